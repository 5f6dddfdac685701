#include "terminal/desk/fair_scale_desk.hpp"

#include "terminal/station/station_log.hpp"

namespace fangxin::terminal {

namespace {

constexpr std::int64_t forgotten_after_ms = 60'000;

fair::Trouble trouble_of(const std::string& refusal) {
    if (refusal.empty()) return fair::Trouble::none;
    if (refusal == "no_scale") return fair::Trouble::no_scale;
    if (refusal == "scale_silent") return fair::Trouble::silent;
    const bool papers = refusal == "scale_certificate" || refusal == "scale_unregistered";
    return papers ? fair::Trouble::no_certificate : fair::Trouble::out_of_use;
}

fair::Facts::Unread unread_of(const std::string& code) {
    if (code == "receipt_elsewhere") return fair::Facts::Unread::elsewhere;
    return code == "bad_code" ? fair::Facts::Unread::bad_code : fair::Facts::Unread::no_weight;
}

}  // namespace

FairScaleDesk::FairScaleDesk(Station& station, Devices& devices)
    : station_(station),
      devices_(devices),
      fair_(station, devices),
      zh_(kit::TextTable::load(domain::Language::zh)),
      en_(kit::TextTable::load(domain::Language::en)),
      sounds_([](const Error& error) { station_log("sound", error.code + " " + error.detail); }) {}

fair::Facts FairScaleDesk::facts() const {
    const FairNow now = fair_.now();
    const domain::Instrument& entry = now.standing.instrument;
    fair::Facts facts{.trouble = trouble_of(now.refusal),
                      .max_mg = entry.max_mg,
                      .min_mg = entry.min_mg,
                      .e_mg = entry.e_mg,
                      .certificate = entry.certificate,
                      .until = entry.until,
                      .unread = unread_};
    if (now.reading) {
        using weighing::ScaleState;
        const ScaleState state = now.reading->state;
        facts.reading = fair::Facts::Reading{
            .stable = state == ScaleState::stable,
            .over = state == ScaleState::over,
            .under = state == ScaleState::under || state == ScaleState::zero_error,
            .net_mg = now.reading->net_mg,
            .gross_mg = now.reading->gross_mg};
    }
    for (const ToldWeight& told : told_) {
        facts.told.push_back({.name = told.name,
                              .weight_mg = told.weight_mg,
                              .by_price = told.by_price,
                              .comparison = FairScale::compare(now, told)});
    }
    return facts;
}

void FairScaleDesk::play(kit::Ui& ui) {
    if (auto code = ui.take_scan()) scanned(*code);
    if (devices_.has_scale()) devices_.scale_register().follow(devices_.scale_identity());
    follow_time();
    const fair::Facts now = facts();
    const fair::View view = fair::present(state_, now, {zh_, en_});
    if (auto action = fair::draw(ui, view, ui.screen())) answer(now, *action);
    ui.frame_after(devices_.weight_lasts_ms());
}

void FairScaleDesk::scanned(const std::string& code) {
    forget();
    changed_ = true;
    auto read = fair_.read(code);
    if (!read) unread_ = unread_of(read.error().code);
    if (read) told_ = std::move(*read);
    used_ms_ = Station::monotonic_ms();
    sounds_.play(read ? kit::Sound::accept : kit::Sound::warn, used_ms_);
}

void FairScaleDesk::answer(const fair::Facts& facts, const fair::Action& action) {
    used_ms_ = Station::monotonic_ms();
    changed_ = true;
    auto effect = fair::update(state_, facts, action);
    if (!effect) return;
    forget();
    if (const auto* use = std::get_if<fair::UseWeight>(&*effect)) {
        told_ = {ToldWeight{.name = {}, .weight_mg = use->weight_mg}};
    }
}

void FairScaleDesk::forget() {
    told_.clear();
    unread_ = fair::Facts::Unread::none;
    state_ = {};
}

void FairScaleDesk::follow_time() {
    const bool old = Station::monotonic_ms() - used_ms_ > forgotten_after_ms;
    if (old) forget();
}

StationEvents FairScaleDesk::station_events() {
    StationEvents events;
    events.server_up = events.server_down = [this] { changed_ = true; };
    events.rows_changed = [this] { changed_ = true; };
    events.blocks_applied = [this](const std::vector<domain::Block>&, std::int64_t) {
        changed_ = true;
    };
    events.conflict = [this](const std::string&, const std::string&) { changed_ = true; };
    events.not_let_in = [this](const std::string&, const std::string&) { changed_ = true; };
    events.enrolment = [this](const Enrolment&) { changed_ = true; };
    events.claimed = [](const sync::HoldClaimed&) {};
    return events;
}

DeviceEvents FairScaleDesk::device_events() {
    DeviceEvents events;
    events.scanned = [this](const std::string& code) { scanned(code); };
    events.misread = [this](const std::string&) {
        forget();
        unread_ = fair::Facts::Unread::bad_code;
        used_ms_ = Station::monotonic_ms();
        changed_ = true;
    };
    events.weight_changed = [this] { changed_ = true; };
    events.changed = [this](const std::string&, const std::string&, const std::string&) {
        changed_ = true;
    };
    events.print = [](const std::string&, const std::string&, const std::string&) {};
    return events;
}

}  // namespace fangxin::terminal
