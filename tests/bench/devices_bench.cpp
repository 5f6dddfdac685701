// The devices of a till at its window: how long from a byte on the wire until a frame shows what it
// says, and what devices cost that are connected and have nothing to say.
#include "terminal/station/window_loop.hpp"
#include "tests/bench/filled_shop.hpp"
#include "tests/bench/person_at_window.hpp"
#include "tests/bench/played_devices.hpp"
#include "tests/bench/till_at_desk.hpp"
#include "tests/bench/x_display.hpp"

#include <SDL.h>
#include <SDL_opengl.h>
#include <atomic>
#include <exception>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

namespace fangxin::bench {

namespace {

using std::chrono::milliseconds;

constexpr std::int64_t shop_items = 100'000;
constexpr int lines = 10;
constexpr double one_frame_ms = 16.7;

/// A till with its devices, played until `work`, on a thread of its own, is done.
class DeviceWindow {
  public:
    DeviceWindow(const Run& run, PlayedScale scale)
        : devices(run, scale), till(filled_shop(run, shop_items), lines, devices.file()) {}

    void play(const std::function<void()>& work);
    /// On the till's own thread, before anything else is done by the one that calls.
    void does(const std::function<void(terminal::Checkout&)>& what);

    PlayedDevices devices;
    TillAtDesk till;
    PersonAtWindow person;

  private:
    std::int64_t to_be_shown();

    kit::Shell* shell_ = nullptr;
};

/// Read before the frame is drawn, so that the frame shows it or something newer: the net mass
/// while goods are weighed, else how many pieces lie in the basket.
std::int64_t DeviceWindow::to_be_shown() {
    terminal::Till& at = till.till();
    if (!std::holds_alternative<terminal::AskWeight>(at.checkout().prompt())) {
        return till.pieces();
    }
    const auto latest = at.devices().weight();
    const auto* current = std::get_if<weighing::CurrentReading>(&latest);
    return current != nullptr ? current->reading.net_mg : -1;
}

void DeviceWindow::play(const std::function<void()>& work) {
    std::thread works;
    std::exception_ptr trouble;
    std::atomic<bool> done = false;
    auto begin = [&] {
        works = std::thread([&] {
            try {
                work();
            } catch (...) {
                trouble = std::current_exception();
            }
            done = true;
            kit::Shell::nudge();
        });
    };
    terminal::WindowProgram program{.window = {.title = "fangxin-bench"},
                                    .draw =
                                        [&](kit::Ui& ui) {
                                            person.draws(to_be_shown());
                                            till.desk().play(ui);
                                        },
                                    .changed =
                                        [&] {
                                            person.drew();
                                            return till.desk().take_changed();
                                        },
                                    .idle_work =
                                        [&] {
                                            if (till.desk().idle_work()) return true;
                                            if (!works.joinable()) begin();
                                            return false;
                                        },
                                    .done = [&] { return done.load(); },
                                    .close_asked = [] {},
                                    .opened =
                                        [&](kit::Shell& shell) {
                                            shell_ = &shell;
                                            person.stands_before(shell);
                                            till.till().devices().start();
                                        }};
    auto played = terminal::run_windows(till.station(), program);
    if (works.joinable()) works.join();
    if (!played) throw Failed("no window: " + played.error().code, 3);
    if (trouble) std::rethrow_exception(trouble);
}

void DeviceWindow::does(const std::function<void(terminal::Checkout&)>& what) {
    std::atomic<bool> done = false;
    till.station().events().push([&] {
        what(till.till().checkout());
        shell_->redraw();
        done = true;
    });
    while (!done)
        std::this_thread::sleep_for(milliseconds(1));
}

void rest(int i) { std::this_thread::sleep_for(milliseconds(40 + i % 7 * 9)); }

/// The floor: a thread that polls the same kind of line, and a loop that does nothing but wait for
/// it and fill its window.
class BareLine {
  public:
    Samples measure(const std::string& bytes, int rounds) {
        if (SDL_Init(SDL_INIT_VIDEO) != 0) {
            throw Failed(fmt::format("no display: {}", SDL_GetError()), 3);
        }
        SDL_Window* window = SDL_CreateWindow("floor", 0, 0, 1280, 800, SDL_WINDOW_OPENGL);
        SDL_GLContext context = window != nullptr ? SDL_GL_CreateContext(window) : nullptr;
        auto clear = reinterpret_cast<void(APIENTRY*)(GLbitfield)>(
            context != nullptr ? SDL_GL_GetProcAddress("glClear") : nullptr);
        if (clear == nullptr) throw Failed("no OpenGL", 3);
        std::thread reader([&] { read_all(bytes.size(), rounds); });
        std::thread writer([&] { write_all(bytes, rounds); });
        Samples took;
        SDL_Event event;
        while (took.count() < rounds && SDL_WaitEvent(&event) != 0) {
            if (event.type != SDL_USEREVENT) continue;
            clear(GL_COLOR_BUFFER_BIT);
            took.add(ms_between(put_at_.load(), Clock::now()));
            SDL_GL_SwapWindow(window);
        }
        writer.join();
        reader.join();
        SDL_GL_DeleteContext(context);
        SDL_DestroyWindow(window);
        SDL_Quit();
        return took;
    }

  private:
    void read_all(std::size_t size, int rounds) {
        const int opened = ::open(line_.name().c_str(), O_RDONLY | O_NOCTTY | O_CLOEXEC);
        std::string buffer(512, '\0');
        for (std::size_t got = 0; got < size * static_cast<std::size_t>(rounds);) {
            pollfd waits{opened, POLLIN, 0};
            ::poll(&waits, 1, -1);
            const ssize_t count = ::read(opened, buffer.data(), buffer.size());
            if (count <= 0) break;
            got += static_cast<std::size_t>(count);
            if (got % size != 0) continue;
            SDL_Event event{};
            event.type = SDL_USEREVENT;
            SDL_PushEvent(&event);
        }
        ::close(opened);
    }
    void write_all(const std::string& bytes, int rounds) {
        for (int i = 0; i < rounds; ++i) {
            rest(i);
            put_at_ = Clock::now();
            (void)line_.put(bytes);
        }
    }

    PlayedLine line_;
    std::atomic<Clock::time_point> put_at_;
};

Samples weights_shown(DeviceWindow& window, int rounds) {
    Samples took;
    window.devices.hush();
    window.does([](terminal::Checkout& checkout) {
        const terminal::Outcome asked = checkout.plu(weighed_plu);
        if (!asked.error.empty() || checkout.screen() != "weigh") {
            say("bananas are not weighed: " + asked.error + checkout.screen());
        }
    });
    rest(0);
    for (int i = 0; i < rounds; ++i) {
        rest(i);
        const std::int64_t grams = 1000 + i * 35 % 9000;
        const auto put_at = window.devices.scale().put(toledo_frame(grams));
        took.add(window.person.sees(grams * 1000, put_at).submitted_ms);
    }
    window.does([](terminal::Checkout& checkout) { (void)checkout.cancel(); });
    return took;
}

Samples scans_shown(DeviceWindow& window, int rounds) {
    Samples took;
    std::int64_t pieces = window.till.pieces();
    for (int i = 0; i < rounds; ++i) {
        rest(i);
        const auto put_at = window.devices.scanner().put(ean13_of(200 + i % 40) + "\r");
        took.add(window.person.sees(++pieces, put_at).submitted_ms);
    }
    return took;
}

void report_shown(Run& run) {
    const int rounds = run.quick ? 60 : 400;
    const Samples bare_weight = BareLine().measure(toledo_frame(1000), rounds);
    const Samples bare_scan = BareLine().measure(ean13_of(200) + "\r", rounds);
    Samples weight;
    Samples scan;
    DeviceWindow window(run, PlayedScale::continuous);
    window.play([&] {
        weight = weights_shown(window, rounds);
        scan = scans_shown(window, rounds);
    });
    auto report = [&](const char* name, const Samples& took, const Samples& floor,
                      const char* what) {
        Figure figure = figure_of_times(name, took, &floor);
        figure.target = Target{.limit = one_frame_ms};
        figure.conditions = fmt::format(
            "{}; serial line (pseudo-terminal), all devices live, {} lines or more in the basket, "
            "{} items, software OpenGL; floor: the same bytes through a bare poll thread and an "
            "event of SDL to a cleared window{}",
            what, lines, shop_items, run.quick_note());
        run.report(figure);
    };
    report("weight_shown", weight, bare_weight,
           "last byte of a Toledo frame written to the submitted frame with that weight");
    report("scan_line", scan, bare_scan,
           "last byte of a scan written to the submitted frame with its line");
}

double cpu_ms_of_this_process() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    auto ms = [](const timeval& of) {
        return static_cast<double>(of.tv_sec) * 1e3 + static_cast<double>(of.tv_usec) / 1e3;
    };
    return ms(used.ru_utime) + ms(used.ru_stime);
}

void report_idle(Run& run, PlayedScale scale, const char* name, const char* what) {
    const auto idle = run.quick ? milliseconds(5'000) : milliseconds(30'000);
    double percent = 0;
    std::int64_t frames = 0;
    std::int64_t drawn = 0;
    DeviceWindow window(run, scale);
    window.play([&] {
        std::this_thread::sleep_for(milliseconds(4'000));
        auto spent = [&] { return cpu_ms_of_this_process() - window.devices.cpu_ms(); };
        const double before = spent();
        const std::int64_t said = window.devices.frames();
        const std::int64_t shown = window.person.frames();
        std::this_thread::sleep_for(idle);
        percent = 100 * (spent() - before) / static_cast<double>(idle.count());
        frames = window.devices.frames() - said;
        drawn = window.person.frames() - shown;
    });
    if (frames == 0) throw Failed("the scale was not live");
    if (window.devices.pole_bytes() == 0) throw Failed("the display was not live");
    run.report({.name = name,
                .value = percent,
                .unit = "% core",
                .n = frames,
                .floor = std::nullopt,
                .target = Target{.of = Target::Of::value, .limit = 1},
                .conditions = fmt::format(
                    "of one core in {} s in which nobody did anything, cashier logged in, {} "
                    "frames drawn; {}, serial scanner, pole display, network printer with status; "
                    "n: the scale's messages; who plays the devices is not counted{}",
                    idle.count() / 1000, drawn, what, run.quick_note())});
}

}  // namespace

void bench_devices(Run& run) {
    filled_shop(run, shop_items);
    XDisplay display(run);
    report_shown(run);
    report_idle(run, PlayedScale::continuous, "idle_devices",
                "a scale that sends by itself, 20 times a second");
    report_idle(run, PlayedScale::asked, "idle_devices_asked",
                "a scale that is asked, 8 times a second");
}

}  // namespace fangxin::bench
