// The handheld's camera: what it sees, and why it sees nothing.
#include "handheld/screens/camera_view.hpp"
#include "tests/ui/handheld_facts.hpp"
#include "tests/ui/screen_rows.hpp"

namespace fangxin::ui_rows {

namespace {

using namespace handheld;

ScreenRow camera_row(std::string state, const CameraFacts& facts, const CameraState& is = {}) {
    return {"handheld_camera", std::move(state), handheld_size,
            [facts, is](kit::Ui& ui, const kit::TextTable& texts) {
                draw(ui, texts, present(is, facts, texts), ui.screen());
            }};
}

void fill(kit::Picture& picture, int left, int top, int width, int height,
          std::array<std::uint8_t, 3> color) {
    for (int y = top; y < top + height; ++y) {
        for (int x = left; x < left + width; ++x)
            std::copy(
                color.begin(), color.end(),
                picture.rgba.begin() + (static_cast<std::ptrdiff_t>(y) * picture.width + x) * 4);
    }
}

/// A carton on a shelf with a label of bars.
kit::PicturePtr carton(int shade = 255) {
    auto picture = std::make_shared<kit::Picture>();
    picture->width = 640;
    picture->height = 480;
    picture->rgba.assign(std::size_t{640} * 480 * 4, 255);
    const auto dimmed = [&](int value) { return static_cast<std::uint8_t>(value * shade / 255); };
    fill(*picture, 0, 0, 640, 480, {dimmed(96), dimmed(88), dimmed(80)});
    fill(*picture, 0, 400, 640, 80, {dimmed(150), dimmed(150), dimmed(156)});
    fill(*picture, 120, 60, 400, 340, {dimmed(190), dimmed(150), dimmed(104)});
    fill(*picture, 200, 170, 240, 130, {dimmed(245), dimmed(245), dimmed(240)});
    constexpr std::uint64_t bars = 0b1010110110010111001101011000110101101011001011011010;
    for (int i = 0; i < 52; ++i) {
        if ((bars >> static_cast<unsigned>(i) & 1U) != 0)
            fill(*picture, 216 + i * 4, 186, 4, 96, {dimmed(20), dimmed(20), dimmed(20)});
    }
    return picture;
}

CameraFacts seeing() { return {.head = handheld_head(), .picture = carton(), .light = 130}; }

CameraFacts::Found label(bool is_confirmed) {
    return {.text = "6901234567892",
            .is_confirmed = is_confirmed,
            .corners = {{{212, 184}, {428, 184}, {428, 284}, {212, 284}}}};
}

}  // namespace

std::vector<ScreenRow> camera_rows() {
    std::vector<ScreenRow> rows;
    rows.push_back(camera_row("looking", seeing()));
    CameraFacts read = seeing();
    read.found = {label(true)};
    rows.push_back(camera_row("read", read));
    CameraFacts unsure = seeing();
    unsure.found = {label(false)};
    rows.push_back(camera_row("second_look", unsure));
    CameraFacts two = seeing();
    two.found = {label(true),
                 {.text = "https://id.example.cn/01/06901234567892/10/…",
                  .is_confirmed = false,
                  .corners = {{{560, 300}, {660, 300}, {660, 400}, {560, 400}}}}};
    two.head = handheld_offline();
    rows.push_back(camera_row("two_codes", two));
    CameraFacts nothing = seeing();
    nothing.without_a_code_ms = 7'000;
    rows.push_back(camera_row("nothing_found", nothing));
    CameraFacts dark = seeing();
    dark.picture = carton(40);
    dark.light = 20;
    rows.push_back(camera_row("dark", dark));
    rows.push_back(camera_row("starting", {.head = handheld_head()}));
    rows.push_back(camera_row("lost", {.head = handheld_head(), .trouble = "no_permission"}));
    rows.push_back(camera_row("none", {.head = handheld_head(), .is_set_up = false}));
    const CameraState photo{.use = CameraUse::photo};
    rows.push_back(camera_row("photo", seeing(), photo));
    rows.push_back(camera_row("photo_starting", {.head = handheld_head()}, photo));
    rows.push_back(camera_row("photo_not_kept", seeing(),
                              {.use = CameraUse::photo, .refusal = "cannot_write"}));
    return rows;
}

}  // namespace fangxin::ui_rows
