// The real window, under an X server of our own: real SDL events, real OpenGL by software.
#include "terminal/kit/shell.hpp"

#include "terminal/kit/button.hpp"
#include "terminal/kit/live_picture.hpp"
#include "terminal/kit/soft_render.hpp"
#include "tests/kit_gallery_pages.hpp"
#include "tests/support/virtual_display.hpp"

#include <SDL.h>
#include <algorithm>
#include <cmath>
#include <ctime>
#include <gtest/gtest.h>
#include <thread>

namespace fangxin::kit {

namespace {

class ShellTest : public testing::Test {
  protected:
    static void SetUpTestSuite() { display() = std::make_unique<VirtualDisplay>(); }
    static void TearDownTestSuite() { display().reset(); }

    void open(Draw draw) {
        ASSERT_TRUE(display()->is_up());
        auto opened = Shell::open({.title = "test"}, std::move(draw));
        ASSERT_TRUE(opened) << opened.error().code << " " << opened.error().detail;
        shell = std::move(*opened);
        settle();
    }
    /// Until nothing is to be done for a while.
    void settle() {
        std::uint64_t before = 0;
        do {
            before = shell->frames_drawn();
            for (int i = 0; i < 5; ++i)
                shell->step(20);
        } while (shell->frames_drawn() != before);
    }
    static SDL_Window* window(std::string_view title) {
        for (Uint32 id = 1; id < 1'000; ++id) {
            SDL_Window* found = SDL_GetWindowFromID(id);
            if (found != nullptr && SDL_GetWindowTitle(found) == title) return found;
        }
        return nullptr;
    }
    static void finger(Uint32 type, SDL_FingerID id, Point at, Uint32 window_id = 0) {
        SDL_Event event{};
        event.type = type;
        event.tfinger.windowID = window_id;
        event.tfinger.fingerId = id;
        event.tfinger.x = at.x / 1280;
        event.tfinger.y = at.y / 800;
        SDL_PushEvent(&event);
    }
    static void tap(SDL_FingerID id, Point at) {
        finger(SDL_FINGERDOWN, id, at);
        finger(SDL_FINGERUP, id, at);
    }
    static void key(SDL_Keycode code, const char* text = nullptr, int mod = KMOD_NONE) {
        SDL_Event event{};
        event.type = SDL_KEYDOWN;
        event.key.keysym.sym = code;
        event.key.keysym.mod = static_cast<Uint16>(mod);
        SDL_PushEvent(&event);
        if (text == nullptr) return;
        SDL_Event typed{};
        typed.type = SDL_TEXTINPUT;
        SDL_strlcpy(static_cast<char*>(typed.text.text), text, sizeof typed.text.text);
        SDL_PushEvent(&typed);
    }

    static void display_event(SDL_DisplayEventID what, Uint32 display) {
        SDL_Event event{};
        event.type = SDL_DISPLAYEVENT;
        event.display.event = static_cast<Uint8>(what);
        event.display.display = display;
        SDL_PushEvent(&event);
    }

    static std::unique_ptr<VirtualDisplay>& display() {
        static std::unique_ptr<VirtualDisplay> running;
        return running;
    }

    std::unique_ptr<Shell> shell;
    int taps = 0;
    Draw counting = [this](Ui& ui) {
        if (button(ui, {100, 100, 300, 200}, "tap", {.key = Key::enter})) ++taps;
    };
};

/// Another one for each number, as a camera gives them.
PicturePtr taken(int number, int width = 320, int height = 240) {
    auto picture = std::make_shared<Picture>();
    picture->width = width;
    picture->height = height;
    for (int i = 0; i < width * height; ++i) {
        const auto part = [&](int value) { return static_cast<std::uint8_t>(value); };
        picture->rgba.insert(picture->rgba.end(), {part(i + number), part(i / width), 90, 255});
    }
    return picture;
}

/// Channels that differ by more than the last bit or two.
std::size_t differences(const Picture& one, const Picture& other) {
    if (one.rgba.size() != other.rgba.size()) return one.rgba.size();
    std::size_t different = 0;
    for (std::size_t i = 0; i < one.rgba.size(); ++i) {
        if (std::abs(one.rgba[i] - other.rgba[i]) > 2) ++different;
    }
    return different;
}

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

TEST_F(ShellTest, CountsQuickTapsOfARealFinger) {
    open(counting);
    for (int i = 0; i < 3; ++i)
        tap(i, {200, 200});
    settle();
    EXPECT_EQ(taps, 3);
}

TEST_F(ShellTest, SurvivesTwoHundredFingersAndOneThatNeverLifts) {
    open(counting);
    for (int i = 0; i < 200; ++i)
        finger(SDL_FINGERDOWN, i, {200, 200});
    for (int i = 1; i < 200; ++i)
        finger(SDL_FINGERUP, i, {200, 200});
    settle();
    EXPECT_EQ(taps, 0);
    finger(SDL_FINGERUP, 0, {200, 200});
    tap(1, {200, 200});
    settle();
    EXPECT_EQ(taps, 2);
}

TEST_F(ShellTest, TakesTheMouseAsAFinger) {
    open(counting);
    for (const Uint32 type : {SDL_MOUSEBUTTONDOWN, SDL_MOUSEBUTTONUP}) {
        SDL_Event event{};
        event.type = type;
        event.button.button = SDL_BUTTON_LEFT;
        event.button.x = 200;
        event.button.y = 200;
        SDL_PushEvent(&event);
    }
    settle();
    EXPECT_EQ(taps, 1);
}

TEST_F(ShellTest, TurnsAWedgeScannersKeysIntoAScan) {
    std::string scanned;
    open([&](Ui& ui) {
        if (auto code = ui.take_scan()) scanned += *code;
        counting(ui);
    });
    for (const char* digit : {"6", "9", "0", "1"})
        key(digit[0], digit);
    key(SDLK_RETURN);
    settle();
    EXPECT_EQ(scanned, "6901");
    EXPECT_EQ(taps, 0);
    key(SDLK_RETURN);
    settle();
    EXPECT_EQ(taps, 1);
}

TEST_F(ShellTest, DrawsNoFramesWhenNothingHappens) {
    open(gallery::draw_checkout);
    const std::uint64_t frames = shell->frames_drawn();
    const double cpu = cpu_seconds();
    shell->step(1'000);
    EXPECT_EQ(shell->frames_drawn(), frames);
    EXPECT_LT(cpu_seconds() - cpu, 0.01);  // 1 % of a core
}

TEST_F(ShellTest, WakesFromAnotherThreadAndDrawsWhenItIsToldTo) {
    open(counting);
    const std::uint64_t frames = shell->frames_drawn();
    const std::int64_t began = shell->now_ms();
    std::thread other([] { Shell::nudge(); });
    other.join();
    shell->step(5'000);
    EXPECT_LT(shell->now_ms() - began, 4'000);
    EXPECT_EQ(shell->frames_drawn(), frames);
    shell->redraw();
    shell->step(5'000);
    EXPECT_EQ(shell->frames_drawn(), frames + 1);
}

TEST_F(ShellTest, LooksTheSameAsThePictureWithoutADisplay) {
    open(gallery::draw_checkout);
    const Picture window = shell->capture();
    EXPECT_LT(differences(window, shell->stage().picture()), 100U) << window.rgba.size();
}

// SALE-1: what the camera sees is what is shown, frame after frame.
TEST_F(ShellTest, ALivePictureTakesNoMoreTexturesAndSurvivesALostContext) {
    PicturePtr picture = taken(0);
    const std::array frames = {
        FoundFrame{{{{40, 60}, {200, 40}, {210, 120}, {50, 140}}}, Role::ok, "6901234567892"}};
    open([&](Ui& ui) { live_picture(ui, {100, 50, 640, 480}, picture, frames); });
    for (int number = 1; number <= 40; ++number) {
        picture = taken(number);
        shell->redraw();
        settle();
        EXPECT_LE(shell->picture_textures(), 3U);
    }
    const Picture last = shell->stage().picture();
    EXPECT_LT(differences(shell->capture(), last), 100U) << "not the newest one";
    picture = taken(41, 64, 48);  // another camera
    shell->redraw();
    settle();
    EXPECT_LT(differences(shell->capture(), shell->stage().picture()), 100U);
    shell->lose_context();
    picture = taken(40);
    shell->redraw();
    settle();
    EXPECT_LT(differences(shell->capture(), last), 100U);
    EXPECT_LE(shell->picture_textures(), 3U);
}

TEST_F(ShellTest, DrawsEverythingAgainAfterALostContext) {
    open(gallery::draw_checkout);
    const Picture before = shell->capture();
    const std::uint64_t frames = shell->frames_drawn();
    shell->lose_context();
    EXPECT_TRUE(shell->capture().rgba.empty());
    shell->redraw();
    settle();
    EXPECT_GT(shell->frames_drawn(), frames);
    EXPECT_EQ(shell->capture().rgba, before.rgba);
}

TEST_F(ShellTest, SurvivesBeingResizedToNonsense) {
    open(counting);
    ASSERT_NE(window("test"), nullptr);
    for (const auto& [w, h] : {std::pair{1, 1}, {1, 4'000}, {4'000, 1}, {640, 400}}) {
        SDL_SetWindowSize(window("test"), w, h);
        settle();
        EXPECT_GE(shell->capture().width, 1);
    }
    EXPECT_FLOAT_EQ(shell->stage().viewport().scale, 0.5F);
    tap(1, {200, 200});
    settle();
    EXPECT_EQ(taps, 1);
}

TEST_F(ShellTest, ShowsTheCustomerASecondWindow) {
    open(counting);
    int stars = 0;
    ASSERT_TRUE(shell->open_second({.title = "customer", .design = {1024, 600}}, [&](Ui& ui) {
        ui.text({0, 0, 1024, 200}, "欢迎光临", {.size = 72});
        if (button(ui, {0, 200, 1024, 400}, "5")) ++stars;
    }));
    settle();
    tap(1, {200, 200});
    const Uint32 customer = SDL_GetWindowID(window("customer"));
    finger(SDL_FINGERDOWN, 2, {640, 600}, customer);
    finger(SDL_FINGERUP, 2, {640, 600}, customer);
    settle();
    EXPECT_EQ(taps, 1);
    EXPECT_EQ(stars, 1);
}

// What was meant for the customer's window pressed the till where it would have lain, and closing
// it closed the till.
TEST_F(ShellTest, GivesNothingOfAWindowThatIsGoneToTheTill) {
    open(counting);
    constexpr Uint32 gone = 999'999;
    finger(SDL_FINGERDOWN, 1, {200, 200}, gone);
    finger(SDL_FINGERUP, 1, {200, 200}, gone);
    SDL_Event close{};
    close.type = SDL_WINDOWEVENT;
    close.window.event = SDL_WINDOWEVENT_CLOSE;
    close.window.windowID = gone;
    SDL_PushEvent(&close);
    EXPECT_NE(shell->step(20), Shell::Went::close_asked);
    settle();
    EXPECT_EQ(taps, 0);
}

// It lay over the till's own screen, and nobody could sell.
TEST_F(ShellTest, ShowsTheCustomerNoFullScreenWithoutADisplayOfTheirOwn) {
    open(counting);
    const auto opened =
        shell->open_second({.title = "customer", .full_screen = true, .display = 1}, [](Ui&) {});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "no_display");
    EXPECT_EQ(opened.error().detail, "1 attached, number 2 is wanted for customer");
    EXPECT_EQ(window("customer"), nullptr);
    EXPECT_EQ(shell->second_stage(), nullptr);
}

// It stayed where its display had been, or came to lie over the till's own screen.
TEST_F(ShellTest, ShowsTheCustomersFullScreenWhileItsDisplayIsThere) {
    const std::string usual = getenv("DISPLAY");
    {
        const VirtualDisplay two(2);
        open(counting);
        EXPECT_TRUE(shell->open_second({.title = "customer", .full_screen = true, .display = 1},
                                       [](Ui& ui) { button(ui, ui.screen(), "5"); }));
        settle();
        EXPECT_NE(window("customer"), nullptr);
        display_event(SDL_DISPLAYEVENT_DISCONNECTED, 0);
        settle();
        EXPECT_NE(window("customer"), nullptr) << "its own is still there";
        display_event(SDL_DISPLAYEVENT_DISCONNECTED, 1);
        settle();
        EXPECT_EQ(window("customer"), nullptr);
        EXPECT_EQ(shell->second_stage(), nullptr);
        tap(1, {200, 200});
        settle();
        EXPECT_EQ(taps, 1) << "the till works on";
        shell->stage().settings().theme = &Theme::dark();
        display_event(SDL_DISPLAYEVENT_CONNECTED, 1);
        settle();
        EXPECT_NE(window("customer"), nullptr);
        ASSERT_NE(shell->second_stage(), nullptr);
        EXPECT_TRUE(shell->second_stage()->settings().theme->is_dark());
        tap(1, {200, 200});
        settle();
        EXPECT_EQ(taps, 2);
        shell.reset();
    }
    setenv("DISPLAY", usual.c_str(), 1);
}

// A press stayed down while another program had the screen, if only there was a second window.
TEST_F(ShellTest, GivesUpAPressWhenAnotherProgramGetsTheKeyboard) {
    open(counting);
    ASSERT_TRUE(shell->open_second({.title = "customer", .design = {400, 300}}, [](Ui&) {}));
    settle();
    SDL_Window* customer = window("customer");
    const auto focus_lost = [this] {
        SDL_Event event{};
        event.type = SDL_WINDOWEVENT;
        event.window.event = SDL_WINDOWEVENT_FOCUS_LOST;
        event.window.windowID = SDL_GetWindowID(window("test"));
        SDL_PushEvent(&event);
        settle();
    };
    ASSERT_NE(SDL_GetKeyboardFocus(), nullptr);
    finger(SDL_FINGERDOWN, 1, {200, 200});
    focus_lost();
    finger(SDL_FINGERUP, 1, {200, 200});
    settle();
    EXPECT_EQ(taps, 1) << "the focus only went from one of ours to the other";
    finger(SDL_FINGERDOWN, 1, {200, 200});
    settle();
    SDL_HideWindow(customer);
    SDL_HideWindow(window("test"));
    settle();
    ASSERT_EQ(SDL_GetKeyboardFocus(), nullptr);
    focus_lost();
    finger(SDL_FINGERUP, 1, {200, 200});
    settle();
    EXPECT_EQ(taps, 1);
}

TEST_F(ShellTest, TakesEqualsForPlusOnlyWithShift) {
    int added = 0;
    open([&](Ui& ui) {
        if (button(ui, {100, 100, 300, 200}, "add", {.key = Key::plus})) ++added;
    });
    key(SDLK_EQUALS, "=");
    settle();
    EXPECT_EQ(added, 0);
    key(SDLK_EQUALS, "+", KMOD_LSHIFT);
    settle();
    EXPECT_EQ(added, 1);
    key(SDLK_KP_PLUS, "+");
    settle();
    EXPECT_EQ(added, 2);
}

// A busy till answered a double tap only when both taps were long over.
TEST_F(ShellTest, SparesWhatAppearsUnderADoubleTapHoweverLongTheAnswerTakes) {
    bool paid = false;
    int confirmed = 0;
    open([&](Ui& ui) {
        const Rect place{100, 100, 300, 200};
        if (paid) {
            if (button(ui, place, "confirm")) ++confirmed;
        } else if (button(ui, place, "pay")) {
            std::this_thread::sleep_for(std::chrono::milliseconds(450));
            paid = true;
        }
    });
    tap(1, {200, 200});
    shell->step(20);
    EXPECT_TRUE(paid);
    tap(2, {200, 200});
    settle();
    EXPECT_EQ(confirmed, 0);
}

TEST_F(ShellTest, TellsThatThePersonWantsToClose) {
    open(counting);
    SDL_Event event{};
    event.type = SDL_QUIT;
    SDL_PushEvent(&event);
    EXPECT_EQ(shell->step(1'000), Shell::Went::close_asked);
    EXPECT_EQ(shell->step(0), Shell::Went::on);
}

TEST_F(ShellTest, SaysWhatIsMissing) {
    setenv("SDL_VIDEODRIVER", "x11", 1);
    const std::string display_name = getenv("DISPLAY");
    setenv("DISPLAY", ":987", 1);
    auto opened = Shell::open({.title = "test"}, counting);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "no_display");
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    opened = Shell::open({.title = "test"}, counting);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "no_opengl");
    setenv("SDL_VIDEODRIVER", "x11", 1);
    setenv("DISPLAY", display_name.c_str(), 1);
}

}  // namespace fangxin::kit
