#include "handheld/desk/handheld_desk.hpp"

#include "handheld/screens/batches_view.hpp"
#include "handheld/screens/decision_view.hpp"
#include "handheld/screens/head_view.hpp"
#include "handheld/screens/home_view.hpp"
#include "handheld/screens/lookup_view.hpp"
#include "handheld/screens/recall_view.hpp"
#include "handheld/screens/receive_view.hpp"
#include "terminal/kit/panels.hpp"

#include <algorithm>

namespace fangxin::handheld {

using terminal::SidePages;
using terminal::Station;

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t look_again_ms = 5'000;
constexpr std::size_t most_pages = 16;  // batches looked up one from the other

}  // namespace

HandheldDesk::HandheldDesk(Station& station, terminal::Devices& devices,
                           const terminal::Preferences& preferences)
    : station_(station),
      devices_(devices),
      workplace_(station, devices, preferences),
      work_(station),
      facts_(station, work_, workplace_.texts()),
      draft_(station.reader()) {
    workplace_.set_tells({.person = [this] { on_person(); },
                          .language = [this] { facts_.forget(); },
                          .camera = [this] { open_camera(CameraUse::codes); }});
    take_up_delivery();
}

/// A crash or power cut left it; its page comes by itself once somebody is here who receives.
void HandheldDesk::take_up_delivery() {
    auto left = DeliveryDraft::left(station_.reader());
    if (!left) return;
    receive_ = std::move(*left);
    has_left_delivery_ = true;
    if (receive_.page != ReceivePage::booked) return;
    Done done = work_.done_to(receive_.batch);
    receive_.booked = domain::from_text<domain::Decision>(done.decision);
}

void HandheldDesk::on_person() {
    home_ = {};
    pages_.clear();
    end_writing();
    facts_.forget();
    if (!station_.person() || !has_left_delivery_ || !facts_.home().can_receive) return;
    has_left_delivery_ = false;
    go_to(page::Receive{});
}

void HandheldDesk::look_anew() {
    facts_.forget();
    facts_.figures().want();
    changed_ = true;
}

void HandheldDesk::go_to(Page page) {
    end_writing();
    if (pages_.size() >= most_pages) pages_.erase(pages_.begin());
    pages_.push_back(std::move(page));
}

void HandheldDesk::go_back() {
    end_writing();
    if (!pages_.empty()) pages_.pop_back();
    facts_.forget();
}

void HandheldDesk::play(kit::Ui& ui) {
    workplace_.follow_person();
    follow_camera();
    const bool is_beside = workplace_.page() != SidePages::Page::none;
    if (is_beside_ && !is_beside) facts_.forget();  // a complaint may have been taken there
    is_beside_ = is_beside;
    std::int64_t now = Station::monotonic_ms();
    workplace_.sounds().tick(now);
    kit::Rect rest = ui.screen();
    ui.fill(rest, kit::Role::background);
    if (reads_enrolment()) return play_enrolment_camera(ui, rest);
    if (workplace_.is_in_front()) play_shared_bar(ui, rest);
    if (!workplace_.play(ui, rest)) play_page(ui);
    workplace_.play_over(ui);
    if (auto next = workplace_.sounds().next_tick_ms()) {
        ui.frame_after(std::max<std::int64_t>(0, *next - now));
    }
    ui.frame_after(minute_ms - station_.now().utc_ms % minute_ms);
}

/// Over login, settings, complaint and fault, which have no head of the handheld's own.
void HandheldDesk::play_shared_bar(kit::Ui& ui, kit::Rect& rest) {
    const kit::TextTable& texts = workplace_.texts();
    std::string title;
    if (workplace_.page() == SidePages::Page::complaint) {
        title = texts.tr_c("a way", "Complaint");
    } else if (workplace_.page() == SidePages::Page::fault) {
        title = texts.tr("Report a fault");
    } else if (workplace_.page() == SidePages::Page::settings) {
        title = texts.tr_c("on the handheld", "Settings");
    }
    HeadView head = present_head(std::move(title), facts_.head(), texts);
    head.can_go_back = false;  // they have their own way back
    draw_head(ui, texts, head, rest);
}

void HandheldDesk::play_page(kit::Ui& ui) {
    if (auto code = ui.take_scan()) on_scan(*code);
    // What was scanned may have led to a login or to another page.
    if (workplace_.is_in_front()) return;
    if (writing_) return play_writing(ui);
    workplace_.writing().close();
    draw_page(ui, ui.screen());
}

void HandheldDesk::draw_page(kit::Ui& ui, kit::Rect rect) {
    if (!pages_.empty()) {
        const Page page = pages_.back();  // a copy: what is answered may lead to another
        return std::visit([&](const auto& each) { draw_page(ui, rect, each); }, page);
    }
    const kit::TextTable& texts = workplace_.texts();
    HomeView view = present(home_, facts_.home(), texts);
    if (auto action = draw(ui, texts, view, rect)) answer(*action);
}

void HandheldDesk::draw_page(kit::Ui& ui, kit::Rect rect, const page::Receive&) {
    const kit::TextTable& texts = workplace_.texts();
    ReceiveView view = present(receive_, facts_.receive(receive_), texts);
    if (auto action = draw(ui, texts, view, rect)) answer(*action);
}

void HandheldDesk::draw_page(kit::Ui& ui, kit::Rect rect, const page::Lookup& page) {
    const kit::TextTable& texts = workplace_.texts();
    LookupView view = present(facts_.lookup(page.of), texts);
    if (auto action = draw(ui, texts, view, rect)) answer(*action);
}

void HandheldDesk::draw_page(kit::Ui& ui, kit::Rect rect, const page::Batches& page) {
    const kit::TextTable& texts = workplace_.texts();
    BatchesView view = present(page.state, facts_.batches(), texts);
    if (auto action = draw(ui, texts, view, rect)) answer(*action);
}

void HandheldDesk::draw_page(kit::Ui& ui, kit::Rect rect, const page::Decide& page) {
    const kit::TextTable& texts = workplace_.texts();
    DecisionView view = present(page.state, decision_facts(page), texts);
    if (auto action = draw(ui, texts, view, rect)) answer(*action);
}

void HandheldDesk::draw_page(kit::Ui& ui, kit::Rect rect, const page::Recall& page) {
    const kit::TextTable& texts = workplace_.texts();
    if (page.state.page == RecallPage::live) follow_recall(ui, page.state.recall);
    RecallView view = present(page.state, facts_.recall(page.state), texts);
    if (auto action = draw(ui, texts, view, rect)) answer(*action);
}

/// Who is connected changes without any row: the server is asked again and again.
void HandheldDesk::follow_recall(kit::Ui& ui, const std::string& recall) {
    terminal::ServerFigures& figures = facts_.figures();
    figures.want_after(look_again_ms);
    ui.frame_after(figures.ask(recall).value_or(look_again_ms));
}

/// A scanner fires on any page: the page says what it is for, or refuses it aloud.
void HandheldDesk::on_scan(const std::string& code) {
    changed_ = true;
    if (pages_.empty()) return answer(home::Action{home::Scanned{code}});
    if (camera_takes(code)) return;
    const Page page = pages_.back();
    struct Scan {
        HandheldDesk& desk;
        const std::string& code;
        void operator()(const page::Receive&) const {
            desk.answer(receive::Action{receive::Scanned{code}});
        }
        void operator()(const page::Lookup&) const {
            desk.answer(lookup::Action{lookup::Scanned{code}});
        }
        void operator()(const page::Batches&) const {
            desk.answer(batches::Action{batches::Scanned{code}});
        }
        void operator()(const page::Decide&) const {
            desk.answer(decision::Action{decision::Scanned{code}});
        }
        void operator()(const page::Recall&) const {
            desk.answer(recall::Action{recall::Scanned{code}});
        }
        void operator()(const page::Camera&) const {}  // it gave it to the page below
    };
    std::visit(Scan{*this, code}, page);
}

void HandheldDesk::heard(bool accepted) {
    workplace_.sound(accepted ? kit::Sound::accept : kit::Sound::warn);
}

void HandheldDesk::heard_on_page(bool accepted) {
    if (accepted) return heard(true);
    std::string words = refusal_on_page();
    if (words.empty()) return workplace_.refuse(kit::Msgid("This step takes no such code"));
    if (writing_) return workplace_.say(std::move(words));  // the keyboard lies over the page
    heard(false);
}

std::string HandheldDesk::refusal_on_page() const {
    if (pages_.empty()) return {};
    const auto words = [this](const auto& state) {
        return refusal_text(state.refusal, state.refusal_detail, workplace_.texts());
    };
    const Page& page = pages_.back();
    if (std::holds_alternative<page::Receive>(page)) return words(receive_);
    if (const auto* decide = std::get_if<page::Decide>(&page)) return words(decide->state);
    if (const auto* recall = std::get_if<page::Recall>(&page)) return words(recall->state);
    return {};
}

void HandheldDesk::say_no_photo() {
    workplace_.refuse(kit::Msgid("No camera here: a correction needs a photo of the pack"));
}

terminal::StationEvents HandheldDesk::station_events() {
    terminal::StationEvents events;
    events.server_up = events.server_down = events.rows_changed = [this] { look_anew(); };
    events.blocks_applied = [this](const std::vector<domain::Block>&, std::int64_t) {
        look_anew();
    };
    events.conflict = [this](const std::string&, const std::string&) { changed_ = true; };
    events.not_let_in = [this](const std::string&, const std::string&) { changed_ = true; };
    events.enrolment = [this](const terminal::Enrolment&) { changed_ = true; };
    events.claimed = [](const sync::HoldClaimed&) {};
    events.figures = [this](const sync::Figures& figures) {
        facts_.figures().take(figures);
        facts_.forget();
        changed_ = true;
    };
    return events;
}

terminal::DeviceEvents HandheldDesk::device_events() {
    terminal::DeviceEvents events;
    events.scanned = [this](const std::string& code) {
        changed_ = true;
        if (reads_enrolment()) go_back();
        if (!workplace_.scanned(code)) on_scan(code);
    };
    events.misread = [this](const std::string& why) { workplace_.misread(why); };
    events.sight = [this] { changed_ = true; };
    events.changed = [this](const std::string&, const std::string&, const std::string&) {
        changed_ = true;
    };
    events.print = [](const std::string&, const std::string&, const std::string&) {};
    return events;
}

}  // namespace fangxin::handheld
