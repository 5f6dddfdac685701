// The camera's page at the desk: when the camera runs, what is told of it, the photo that is kept.
#include "domain/text_width.hpp"
#include "handheld/desk/handheld_desk.hpp"
#include "handheld/screens/camera_view.hpp"
#include "terminal/station/photos.hpp"
#include "terminal/station/words.hpp"

#include <algorithm>

namespace fangxin::handheld {

namespace {

constexpr std::int64_t look_again_ms = 1'000;

kit::PicturePtr shown(const drivers::CameraPicture& picture) {
    return std::make_shared<const kit::Picture>(
        kit::Picture{picture.width, picture.height, picture.rgba});
}

}  // namespace

page::Camera* HandheldDesk::camera_page() {
    return pages_.empty() ? nullptr : std::get_if<page::Camera>(&pages_.back());
}

/// It runs while its page is seen, and at no other time.
void HandheldDesk::follow_camera() {
    const page::Camera* page = camera_page();
    const bool is_seen = page != nullptr && (reads_enrolment() || !workplace_.is_in_front());
    if (is_seen) devices_.open_camera(page->state.use == CameraUse::codes);
    if (!is_seen && devices_.is_camera_open()) {
        devices_.close_camera();
        sight_ = {};
    }
}

const CameraFacts& HandheldDesk::camera_facts() {
    const drivers::CameraSight sight = devices_.camera_sight();
    CameraFacts& facts = sight_.facts;
    facts.head = facts_.head();
    facts.is_set_up = devices_.has_camera();
    facts.trouble = devices_.camera_trouble().code;
    facts.light = sight.light;
    if (sight.picture == nullptr) facts.picture = nullptr;
    if (sight.picture != nullptr && sight.number != sight_.number) {
        facts.picture = shown(*sight.picture);
        sight_.number = sight.number;
    }
    facts.without_a_code_ms =
        sight.picture == nullptr
            ? 0
            : drivers::monotonic_now_ms() - std::max(sight.since_ms, sight.found_ms);
    facts.found.clear();
    for (const drivers::FoundCode& each : sight.codes) {
        CameraFacts::Found found{.text = terminal::shown_code(each.code.text),
                                 .is_confirmed = each.is_confirmed};
        std::ranges::transform(
            each.code.corners, found.corners.begin(), [](drivers::PicturePoint corner) {
                return kit::Point{static_cast<float>(corner.x), static_cast<float>(corner.y)};
            });
        facts.found.push_back(std::move(found));
    }
    return facts;
}

void HandheldDesk::draw_page(kit::Ui& ui, kit::Rect rect, const page::Camera& page) {
    const kit::TextTable& texts = workplace_.texts();
    const CameraView view = present(page.state, camera_facts(), texts);
    if (auto action = draw(ui, texts, view, rect)) answer(*action);
    ui.frame_after(look_again_ms);  // a frame fades and a hint comes by itself
}

void HandheldDesk::play_enrolment_camera(kit::Ui& ui, kit::Rect rest) {
    if (auto code = ui.take_scan()) {
        go_back();
        workplace_.scanned(*code);
    }
    if (const page::Camera* page = camera_page()) draw_page(ui, rest, page::Camera{*page});
}

void HandheldDesk::answer(const camera::Action& action) {
    changed_ = true;
    page::Camera* page = camera_page();
    if (page == nullptr) return;
    auto effect = update(page->state, camera_facts(), action);
    if (effect) std::visit([this](const auto& each) { act(each); }, *effect);
}

void HandheldDesk::act(const camera::Leave&) { go_back(); }

/// What the camera reads, or a scanner, is for the page below; a photo waits for no code.
bool HandheldDesk::camera_takes(const std::string& code) {
    const page::Camera* page = camera_page();
    if (page == nullptr) return false;
    if (page->state.use == CameraUse::photo) {
        heard(false);
        return true;
    }
    go_back();
    on_scan(code);
    return true;
}

/// The photo is on the disk before an op names it.
void HandheldDesk::act(const camera::KeepPhoto&) {
    const kit::PicturePtr picture = camera_facts().picture;
    if (picture == nullptr) return;
    auto kept = terminal::keep_photo(station_.options().directory, *picture);
    if (!kept) return answer(camera::Action{camera::Refused{kept.error().code}});
    go_back();
    if (pages_.empty()) return;
    if (auto* page = std::get_if<page::Decide>(&pages_.back())) {
        page->photo = *kept;
        page->picture = picture;
    }
    heard(true);
}

DecisionFacts HandheldDesk::decision_facts(const page::Decide& page) {
    DecisionFacts facts = facts_.decision(page.deed, page.batch);
    facts.photo = page.photo;
    facts.picture = page.picture;
    return facts;
}

}  // namespace fangxin::handheld
