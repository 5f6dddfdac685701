#include "terminal/desk/scale_desk.hpp"

#include "domain/text_width.hpp"
#include "terminal/station/screens/field_words.hpp"
#include "terminal/station/screens/time_words.hpp"
#include "terminal/station/words.hpp"

#include <algorithm>
#include <map>

namespace fangxin::terminal {

namespace {

using drivers::ScaleCommand;

constexpr std::int64_t obeyed_wait_ms = 2'000;
constexpr std::int64_t checking_frame_ms = 100;
constexpr std::int64_t changes_shown = 8;

till::ScaleAnswer scale_answer(const std::string& refusal) {
    using enum till::ScaleAnswer;
    static const std::map<std::string_view, till::ScaleAnswer> answers{
        {"", ok},
        {"no_scale", no_scale},
        {"scale_library", library},
        {"scale_parameters", parameters},
        {"scale_unregistered", unregistered},
        {"scale_certificate", certificate_out},
        {"scale_elsewhere", elsewhere},
        {"scale_other_device", other_device},
        {"scale_not_bound", not_bound},
        {"scale_check_failed", check_failed},
        {"scale_check_missed", check_missed},
        {"scale_checking", checking},
        {"scale_tare_stays", tare_stays},
        {"scale_silent", silent},
        {"scale_stale", stale},
        {"scale_fault", fault},
        {"scale_zero_error", zero_error},
        {"scale_over", over},
        {"scale_under", under},
        {"scale_motion", motion},
        {"scale_tare_untold", tare_untold},
        {"scale_below_minimum", below_minimum},
        {"scale_pan_not_cleared", pan_not_cleared}};
    auto known = answers.find(refusal);
    return known == answers.end() ? till::ScaleAnswer::fault : known->second;
}

/// `max_mg=…\ne_mg=…\n` in words, as one line.
std::string in_one_line(std::string_view changes, const kit::TextTable& texts) {
    std::string all;
    for (const std::string_view line : domain::lines_of(changes)) {
        const std::string words = change_line(line, texts);
        if (!words.empty()) all += (all.empty() ? "" : " · ") + words;
    }
    return all;
}

}  // namespace

void ScaleObedience::wait_for(ScaleCommand command) {
    waiting_ = Waiting{command, Station::monotonic_ms() + obeyed_wait_ms};
}

std::optional<std::int64_t> ScaleObedience::left_ms() const {
    if (!waiting_) return std::nullopt;
    return std::max<std::int64_t>(0, waiting_->until_ms - Station::monotonic_ms());
}

std::optional<std::string> ScaleObedience::outcome(const Checkout& checkout) {
    if (!waiting_) return std::nullopt;
    const bool obeyed = checkout.scale_shows(waiting_->command);
    if (!obeyed && Station::monotonic_ms() < waiting_->until_ms) return std::nullopt;
    const ScaleCommand command = waiting_->command;
    waiting_.reset();
    return obeyed ? std::string() : not_obeyed(command);
}

till::WeighFacts weigh_facts_of(Till& till, const ScaleNow& now) {
    till::WeighFacts facts{.scale = {.max_mg = now.instrument.max_mg,
                                     .min_mg = now.instrument.min_mg,
                                     .e_mg = now.instrument.e_mg,
                                     .certificate = now.instrument.certificate,
                                     .until = now.instrument.until},
                           .answer = scale_answer(now.refusal),
                           .today = now.today,
                           .ends_in = now.standing.ends_in,
                           .bound_at = now.standing.state.terminal,
                           .most_tare_mg = domain::parameters_of(now.instrument).max_tare_mg,
                           .tare_is_keyed = now.tare_is_keyed};
    if (till.devices().has_scale()) {
        const drivers::Scale& scale = till.devices().scale();
        facts.can_zero = scale.can(ScaleCommand::zero);
        facts.can_tare = scale.can(ScaleCommand::tare);
        facts.can_clear_tare = scale.can(ScaleCommand::clear_tare);
    }
    if (const auto* current = std::get_if<weighing::CurrentReading>(&now.latest)) {
        const weighing::Reading& reading = current->reading;
        auto weights = weighing::weights_of(reading, now.preset_tare_mg);
        facts.reading =
            till::WeighFacts::Reading{.stable = reading.state == weighing::ScaleState::stable,
                                      .gross_mg = reading.gross_mg,
                                      .tare_mg = weights.tare_mg(),
                                      .net_mg = weights.net_mg,
                                      .preset_mg = weights.preset_tare_mg};
    }
    return facts;
}

void ScaleDesk::open() {
    if (!till_.devices().has_scale()) return workplace_.refuse(kit::Msgid("No scale is set up"));
    open_ = true;
    state_ = {};
    shows_check_ = till_.daily_check().is_running();
}

void ScaleDesk::close() {
    if (open_) till_.daily_check().leave();
    open_ = shows_check_ = false;
    state_ = {};
    command_ = {};
}

void ScaleDesk::fill_entry(till::ScaleFacts& facts, const ScaleNow& now) const {
    facts.instrument = now.instrument;
    facts.state = now.standing.state;
    facts.checked_today = now.standing.checked_today;
    Station& station = till_.station();
    if (now.standing.check_due_ms) facts.check_by = station.at(*now.standing.check_due_ms);
    facts.seal = {.version = now.seal.version,
                  .code = now.seal.code,
                  .parameters = now.seal.parameters,
                  .short_form = drivers::short_seal(now.seal),
                  .genuine = now.seal.genuine};
    for (const sync::Change& change :
         till_.devices().scale_register().changes(now.instrument, changes_shown)) {
        facts.changes.push_back({when_text({station.at(change.at_ms), facts.now}), change.person,
                                 in_one_line(change.after, workplace_.texts())});
    }
}

till::ScaleFacts ScaleDesk::facts() const {
    Station& station = till_.station();
    const ScaleNow now = till_.checkout().scale_now();
    till::ScaleFacts facts{.weigh = weigh_facts_of(till_, now),
                           .last_mass_mg = till_.daily_check().last_mass_mg(),
                           .logged_in = station.person().has_value(),
                           .may_check = station.may(domain::Action::scale_check).code.empty(),
                           .has_printer = till_.devices().paper().columns > 0,
                           .printing = printing_,
                           .now = station.now()};
    fill_entry(facts, now);
    const auto& check = till_.daily_check().last();
    if (!shows_check_ || !check) return facts;
    const weighing::CheckTask& task = check->task();
    facts.check = till::ScaleFacts::Check{
        .step = check->step(),
        .mass_mg = task.mass_mg,
        .tolerance_mg =
            weighing::tolerance_in_service_mg(task.accuracy, task.e_mg, task.mass_mg).value_or(0),
        .result = check->result()};
    return facts;
}

void ScaleDesk::play(kit::Ui& ui, kit::Rect rest) {
    if (auto code = ui.take_scan()) scanned(*code);
    follow_command();
    const till::ScaleFacts now = facts();
    const till::ScaleView view = till::present(state_, now, workplace_.texts());
    if (auto action = till::draw(ui, workplace_.texts(), view, rest)) answer(now, *action);
    ui.frame_after(till_.devices().weight_lasts_ms());
    if (till_.daily_check().is_running()) ui.frame_after(checking_frame_ms);
    if (auto left_ms = command_.left_ms()) ui.frame_after(*left_ms);
}

void ScaleDesk::scanned(const std::string& code) {
    if (workplace_.asks_second_person()) {
        workplace_.scanned(code);
        return;
    }
    workplace_.refuse(kit::Msgid("Leave the scale first, then scan"));
}

void ScaleDesk::on_printed(const std::string& job) {
    if (job.ends_with("-seal")) printing_ = false;
}

void ScaleDesk::answer(const till::ScaleFacts& facts, const till::ScaleAction& action) {
    auto effect = till::update(state_, facts, action);
    if (effect) std::visit([this](const auto& each) { act(each); }, *effect);
}

void ScaleDesk::follow_command() {
    auto outcome = command_.outcome(till_.checkout());
    if (!outcome) return;
    if (outcome->empty()) return workplace_.sound(kit::Sound::accept);
    refuse({*outcome, ""});
}

void ScaleDesk::refuse(const Error& error) {
    workplace_.say(message_for(error.code, error.detail, workplace_.texts().language()));
}

void ScaleDesk::act(const till::scale_effect::Zero&) {
    const Outcome told = till_.checkout().tell_scale(ScaleCommand::zero);
    if (!told.error.empty()) return refuse({told.error, told.detail});
    command_.wait_for(ScaleCommand::zero);
}

void ScaleDesk::act(const till::scale_effect::Check& effect) {
    auto started = till_.check_scale(effect.mass_mg);
    if (!started) return refuse(started.error());
    shows_check_ = true;
}

/// With the mass on, leaving is a result, and it is shown.
void ScaleDesk::act(const till::scale_effect::LeaveCheck&) {
    const bool was_running = till_.daily_check().is_running();
    till_.daily_check().leave();
    shows_check_ = was_running && till_.daily_check().last().has_value();
}

/// Whoever works here, if he may; else one who may, by number and PIN.
void ScaleDesk::act(const till::scale_effect::Bind& effect) {
    const auto& person = till_.station().person();
    const bool may = person && domain::right_of(person->role, domain::Action::scale_bind) ==
                                   domain::Right::alone;
    if (may || !person) return bind(effect.reason, std::nullopt);
    workplace_.ask_second_person(
        {.action = domain::Action::scale_bind,
         .what = workplace_.texts().tr("Bind this scale to this till"),
         .confirmed =
             [this, reason = effect.reason](const domain::Person& other) { bind(reason, other); },
         .given_up = [] {}});
}

void ScaleDesk::bind(const std::string& reason, const std::optional<domain::Person>& other) {
    auto bound = till_.bind_scale(reason, other);
    if (!bound) return refuse(bound.error());
    workplace_.sound(kit::Sound::accept);
}

void ScaleDesk::act(const till::scale_effect::Print&) {
    auto printed = till_.print_seal();
    if (!printed) return refuse(printed.error());
    printing_ = true;
}

}  // namespace fangxin::terminal
