#include "terminal/station/side_pages.hpp"

#include "sync/store/meta.hpp"
#include "terminal/station/complaints.hpp"
#include "terminal/station/faults.hpp"
#include "terminal/station/lists.hpp"
#include "terminal/station/screens/complaint_view.hpp"
#include "terminal/station/screens/fault_report_view.hpp"
#include "terminal/station/screens/settings_view.hpp"
#include "terminal/station/station_log.hpp"
#include "terminal/station/words.hpp"

namespace fangxin::terminal {

namespace {

const std::string& item_of(const ComplaintState& state) {
    return state.fields[static_cast<std::size_t>(ComplaintField::item)];
}

}  // namespace

SidePages::SidePages(Around around) : around_(std::move(around)) {}

std::string SidePages::draft_key() const {
    const auto& person = around_.station.person();
    return "complaint_draft " + (person ? person->number : std::string());
}

SidePages::OwnComplaint& SidePages::complaint() {
    std::string key = draft_key();
    auto [at, is_new] = complaints_.try_emplace(key);
    if (!is_new) return at->second;
    at->second.newest = std::make_shared<std::atomic<std::int64_t>>(0);
    auto draft = read_draft(sync::meta(around_.station.reader(), key));
    if (draft) at->second.state = std::move(*draft);
    return at->second;
}

void SidePages::open(Page page) {
    page_ = page;
    settings_ = {};
    const auto& person = around_.station.person();
    std::string number = person ? person->number : "";
    if (number != fault_by_ || !fault_.number.empty()) fault_ = {};
    fault_by_ = std::move(number);
}

void SidePages::open_complaint_of(const std::string& item) {
    open(Page::complaint);
    if (!item.empty()) answer_complaint(complaint::About{item});
}

void SidePages::close() {
    page_ = Page::none;
    around_.writing.close();
}

void SidePages::play(kit::Ui& ui, kit::Rect rest) {
    if (page_ == Page::complaint) play_complaint(ui, rest);
    if (page_ == Page::fault) play_fault(ui, rest);
    if (page_ == Page::settings) play_settings(ui, rest);
}

void SidePages::scanned(const std::string& code) {
    if (page_ == Page::complaint) return answer_complaint(complaint::Scanned{code});
    if (page_ == Page::fault)
        return around_.refuse(kit::Msgid("Leave the report of the fault first, then scan"));
    around_.refuse(kit::Msgid("Close the settings first, then scan"));
}

ComplaintFacts SidePages::complaint_facts(const ComplaintState& state) const {
    ComplaintFacts facts{.online = around_.station.online(), .today = around_.station.now().date()};
    if (item_of(state).empty()) return facts;
    auto found = find_item(around_.station, item_of(state));
    facts.lookup = found ? ItemLookup::found : ItemLookup::unknown;
    if (found) facts.item_name = name_of(found->item, around_.texts.language());
    return facts;
}

void SidePages::play_complaint(kit::Ui& ui, kit::Rect rest) {
    const ComplaintState& state = complaint().state;
    ComplaintView view = present(state, complaint_facts(state), around_.texts);
    if (auto action = draw(ui, around_.texts, view, around_.writing, rest)) {
        answer_complaint(*action);
    }
}

void SidePages::answer_complaint(const ComplaintAction& action) {
    ComplaintState& state = complaint().state;
    for (const ComplaintEffect& effect : update(state, complaint_facts(state), action)) {
        std::visit([this](const auto& each) { act(each); }, effect);
    }
}

void SidePages::act(const SaveComplaint& effect) {
    auto taken = take_complaint(around_.station, {.channel = effect.channel,
                                                  .severity = effect.severity,
                                                  .what = effect.what,
                                                  .item = effect.item,
                                                  .receipt = effect.receipt,
                                                  .customer = effect.customer,
                                                  .contact = effect.contact});
    if (taken) return answer_complaint(complaint::Saved{*taken});
    answer_complaint(complaint::NotSaved{
        message_for(taken.error().code, taken.error().detail, around_.texts.language())});
}

void SidePages::act(const KeepComplaintDraft& effect) {
    const OwnComplaint& own = complaint();
    const std::int64_t number = ++*own.newest;
    around_.station.store().submit(sync::Priority::bulk,
                                   [key = draft_key(), newest = own.newest, number,
                                    draft = effect.draft](sync::Database& database) {
                                       if (*newest != number) return;
                                       auto done = database.transaction([&]() -> Result<void> {
                                           sync::set_meta(database, key, draft);
                                           return {};
                                       });
                                       if (!done) station_log("complaint", done.error().detail);
                                   });
}

void SidePages::play_fault(kit::Ui& ui, kit::Rect rest) {
    const FaultReportView view = present(fault_, fault_devices(), around_.texts);
    auto action = draw(ui, around_.texts, view, around_.writing, rest);
    if (!action) return;
    if (auto effect = update(fault_, *action)) {
        std::visit([this](const auto& each) { act(each); }, *effect);
    }
}

void SidePages::act(const ReportFault& effect) {
    auto raised =
        raise_fault(around_.station, {.device = effect.device,
                                      .severity = std::string(domain::to_text(effect.severity)),
                                      .what = effect.what});
    if (raised) {
        update(fault_, fault_report::Saved{*raised});
        return;
    }
    update(fault_, fault_report::NotSaved{message_for(raised.error().code, raised.error().detail,
                                                      around_.texts.language())});
}

SettingsFacts SidePages::settings_facts() const {
    Station& station = around_.station;
    Preferences preferences = around_.preferences();
    SettingsFacts facts{.language = preferences.language,
                        .dark = preferences.dark,
                        .text_percent = preferences.large_text ? 125 : 100,
                        .volume = static_cast<int>(preferences.volume),
                        .key_caps = preferences.key_caps,
                        .has_sound = around_.has_sound(),
                        .version = FANGXIN_VERSION,
                        .terminal = station.options().terminal,
                        .server = station.options().server,
                        .set_aside = station.set_aside(),
                        .block_cursor = station.block_cursor(),
                        .block_age_ms = station.block_age_ms(),
                        .unsent = station.unsent(),
                        .unsent_age_ms = station.unsent_age_ms(),
                        .comparing = station.comparing(),
                        .repairs = station.repairs(),
                        .devices = around_.devices()};
    if (station.has_server()) {
        facts.server_health = station.online() ? Health::good : Health::trouble;
    }
    if (!station.set_aside().empty()) facts.database = DatabaseState::set_aside;
    return facts;
}

void SidePages::play_settings(kit::Ui& ui, kit::Rect rest) {
    SettingsFacts facts = settings_facts();
    auto action = draw(ui, present(settings_, facts, around_.texts), rest);
    if (!action) return;
    if (auto effect = update(settings_, facts, *action)) {
        std::visit([this](const auto& each) { act(each); }, *effect);
    }
}

void SidePages::act(const UseLanguage& effect) {
    Preferences wanted = around_.preferences();
    wanted.language = effect.language;
    around_.prefer(wanted);
}

void SidePages::act(const UseTheme& effect) {
    Preferences wanted = around_.preferences();
    wanted.dark = effect.dark;
    around_.prefer(wanted);
}

void SidePages::act(const UseTextSize& effect) {
    Preferences wanted = around_.preferences();
    wanted.large_text = effect.percent > 100;
    around_.prefer(wanted);
}

void SidePages::act(const UseVolume& effect) {
    Preferences wanted = around_.preferences();
    wanted.volume = effect.percent;
    around_.prefer(wanted);
}

void SidePages::act(const UseKeyCaps& effect) {
    Preferences wanted = around_.preferences();
    wanted.key_caps = effect.shown;
    around_.prefer(wanted);
}

}  // namespace fangxin::terminal
