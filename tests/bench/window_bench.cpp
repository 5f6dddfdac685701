// The till's window on a display without a screen, drawn by the CPU: how long from a touch to the
// frame, how soon the window stands, what it holds and what it does while nobody does anything.
#include "terminal/station/window_loop.hpp"
#include "tests/bench/disk.hpp"
#include "tests/bench/filled_shop.hpp"
#include "tests/bench/floor_window.hpp"
#include "tests/bench/person_at_window.hpp"
#include "tests/bench/till_at_desk.hpp"
#include "tests/bench/x_display.hpp"

#include <atomic>
#include <exception>
#include <fmt/format.h>
#include <thread>

namespace fangxin::bench {

namespace {

constexpr std::int64_t shop_items = 100'000;
constexpr int lines = 60;
constexpr double frame_target_ms = 16;
constexpr double start_target_ms = 1000;
constexpr double memory_target_mib = 190.7;  // 200 MB
constexpr auto names_are_read = std::chrono::seconds(4);

struct Answers {
    Samples touch;
    Samples key;
    Samples scan;
    Samples swap;
    std::int64_t idle_frames = 0;
    double names_ms = 0;
};

/// What a person does while the window is played by another thread.
void work_at(PersonAtWindow& person, Answers& answers, int rounds) {
    using std::chrono::milliseconds;
    auto rest = [](int i) { std::this_thread::sleep_for(milliseconds(20 + i % 7 * 5)); };
    auto add = [&](Samples& to, const PersonAtWindow::Seen& seen) {
        to.add(seen.submitted_ms);
        answers.swap.add(seen.swap_ms);
    };
    for (int i = 0; i < rounds; ++i) {
        add(answers.touch, person.touch(0.05F, 0.92F));  // F2, and slides off it
        rest(i);
        (void)person.lift(0.5F, 0.02F);
        rest(i);
        add(answers.key, person.press(i % 20 < 10 ? SDLK_DOWN : SDLK_UP));
        rest(i);
        if (i % 4 != 0) continue;
        add(answers.scan, person.scan(ean13_of(200 + i % 40)));
        std::this_thread::sleep_for(milliseconds(80));
    }
    std::int64_t before = person.frames();
    std::this_thread::sleep_for(milliseconds(3000));
    answers.idle_frames = person.frames() - before;
}

Answers measure_answers(const Run& run) {
    TillAtDesk till(filled_shop(run, shop_items), lines);
    Answers answers;
    PersonAtWindow person;
    std::thread works;
    std::exception_ptr trouble;
    std::atomic<bool> done = false;
    const std::int64_t pieces = till.pieces();
    const auto opened_at = Clock::now();
    terminal::WindowProgram program{
        .window = {.title = "fangxin-bench"},
        .draw = [&](kit::Ui& ui) { till.desk().play(ui); },
        .changed =
            [&] {
                person.drew();
                return till.desk().take_changed();
            },
        .idle_work =
            [&] {
                if (till.desk().idle_work()) return true;
                if (works.joinable()) return false;
                answers.names_ms = ms_between(opened_at, Clock::now());
                works = std::thread([&] {
                    try {
                        work_at(person, answers, run.quick ? 40 : 400);
                    } catch (...) {
                        trouble = std::current_exception();
                    }
                    done = true;
                    kit::Shell::nudge();
                });
                return false;
            },
        .done = [&] { return done.load(); },
        .close_asked = [] {},
        .opened = [&](kit::Shell& shell) { person.stands_before(shell); }};
    auto played = terminal::run_windows(till.station(), program);
    if (works.joinable()) works.join();
    if (!played) throw Failed("no window: " + played.error().code, 3);
    if (trouble) std::rethrow_exception(trouble);
    if (till.pieces() != pieces + answers.scan.count())
        throw Failed(
            fmt::format("{} scans sold {} pieces", answers.scan.count(), till.pieces() - pieces));
    return answers;
}

void report_answers(Run& run, const Answers& answers, const Samples& floor) {
    const std::string where = fmt::format(
        "{} lines, {} items, software OpenGL; floor: an event of SDL that wakes a bare loop{}",
        lines, shop_items, run.quick_note());
    auto report = [&](const char* name, const Samples& took, const std::string& what) {
        Figure figure = figure_of_times(name, took, &floor);
        figure.target = Target{.limit = frame_target_ms};
        figure.conditions = what + "; " + where;
        run.report(figure);
    };
    report("touch_to_frame", answers.touch, "finger down to the submitted frame");
    report("key_to_frame", answers.key, "arrow key to the submitted frame");
    report("scan_to_frame", answers.scan,
           "last key of a keyboard scanner's 14 to the submitted frame with the new total");
    Figure swap = figure_of_times("frame_swap", answers.swap, nullptr);
    swap.conditions = "the software renderer's own time for those frames, after they are submitted";
    run.report(swap);
    run.report({.name = "window_names",
                .value = answers.names_ms,
                .unit = "ms",
                .n = 1,
                .conditions = fmt::format("all names to be found by typing, in pieces between "
                                          "frames, after the window stood; {} items",
                                          shop_items)});
    run.report({.name = "window_idle_frames",
                .value = static_cast<double>(answers.idle_frames),
                .unit = "frames",
                .n = 1,
                .target = Target{.of = Target::Of::value, .limit = 1},
                .conditions = "drawn in 3 s in which nobody did anything; one may be the clock's"});
}

struct Shown {
    Samples lit;
    double mib = 0;
    double idle_percent = 0;
};

/// A program in a process of its own, from its start to rest.
Shown measure_shown(const XDisplay& display, const std::filesystem::path& database,
                    const std::vector<std::string>& command, int rounds,
                    std::chrono::milliseconds idle) {
    const std::string log = database.string() + ".window.log";
    Shown shown;
    for (int i = 0; i < rounds; ++i) {
        drop_from_page_cache(database);
        Child child(command, log);
        shown.lit.add(ms_between(child.started_at(), display.wait_lit()));
        if (i + 1 == rounds) {
            std::this_thread::sleep_for(names_are_read);
            double before = child.cpu_ms();
            std::this_thread::sleep_for(idle);
            shown.idle_percent =
                100 * (child.cpu_ms() - before) / static_cast<double>(idle.count());
            shown.mib = child.memory().all;
        }
        child.terminate();
        display.wait_dark();
    }
    return shown;
}

void report_shown(Run& run, const Shown& till, const Shown& bare) {
    Figure start = figure_of_times("window_start", till.lit, &bare.lit);
    start.target = Target{.limit = start_target_ms};
    start.conditions = fmt::format(
        "process start to the first pixel of the login, {} items, after a kill (database checked "
        "first), no page of it cached; floor: a bare window of SDL and OpenGL{}",
        shop_items, run.quick_note());
    run.report(start);
    run.report({.name = "window_memory",
                .value = till.mib,
                .unit = "MiB",
                .n = 1,
                .floor = bare.mib,
                .target = Target{.of = Target::Of::value, .limit = memory_target_mib},
                .conditions = "resident, login shown and all names read; floor: that bare window"});
    run.report({.name = "window_idle",
                .value = till.idle_percent,
                .unit = "% core",
                .n = 1,
                .floor = std::nullopt,
                .target = Target{.of = Target::Of::value, .limit = 1},
                .conditions = "of one core, while nobody does anything"});
}

}  // namespace

void bench_window(Run& run) {
    std::filesystem::path shop = filled_shop(run, shop_items);
    XDisplay display(run);
    Samples floor = PersonAtWindow::bare_events(run.quick ? 40 : 400);
    report_answers(run, measure_answers(run), floor);
    display.wait_dark();
    const int rounds = run.quick ? 3 : 10;
    const auto idle = std::chrono::milliseconds(run.quick ? 2000 : 10'000);
    const std::filesystem::path database = shop / "terminal.db";
    Shown bare = measure_shown(display, database, floor_window_command(), rounds,
                               std::chrono::milliseconds(100));
    Shown till = measure_shown(
        display, database,
        {run.program("fangxin-terminal"), "--data", shop.string(), "--till", "1"}, rounds, idle);
    report_shown(run, till, bare);
}

}  // namespace fangxin::bench
