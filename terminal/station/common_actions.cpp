#include "terminal/station/common_actions.hpp"

#include "terminal/station/complaints.hpp"
#include "terminal/station/equipment_actions.hpp"
#include "terminal/station/lists.hpp"
#include "terminal/station/recalls.hpp"
#include "terminal/station/station_log.hpp"

namespace fangxin::terminal {

namespace {

constexpr std::int64_t sync_wait_ms = 30'000;
constexpr std::int64_t answer_wait_ms = 10'000;
constexpr std::int64_t first_connection_wait_ms = 3'000;
constexpr std::int64_t first_snapshot_wait_ms = 60'000;

void fail(Headless& headless, json::object& answer, const Error& error) {
    headless.fail(answer, error.code, error.detail);
}

void add_people(Headless& headless, Station* station) {
    headless.add({"login",
                  {{"person", ArgumentType::text, true}, {"pin", ArgumentType::text, true}},
                  "logs a person in by number and PIN, also without a server",
                  [&headless, station](const Request& request, json::object& answer) {
                      if (!station->shop().has_people()) {
                          return headless.fail(answer, "not_synced");
                      }
                      auto done = station->login(request.text("person"), request.text("pin"));
                      if (!done) return fail(headless, answer, done.error());
                      answer["person"] = station->person()->number;
                      answer["name"] = station->person()->name;
                      answer["role"] = domain::to_text(station->person()->role);
                  }});
    headless.add({"unlock",
                  {{"person", ArgumentType::text, true}},
                  "opens an account that wrong PINs locked (account administrator)",
                  [&headless, station](const Request& request, json::object& answer) {
                      auto refusal = station->may(domain::Action::account_open);
                      if (!refusal.code.empty()) return headless.fail(answer, refusal.code);
                      auto done = station->open_account(request.text("person"));
                      if (!done) return fail(headless, answer, done.error());
                  }});
    headless.add({"logout", {}, "logs the person out", [station](const Request&, json::object&) {
                      station->logout("asked");
                  }});
}

void complain(Headless& headless, Station& station, const Request& request, json::object& answer) {
    auto taken = take_complaint(
        station, {.channel = request.text("channel"),
                  .severity = request.text("severity"),
                  .what = request.text("what"),
                  .item = request.has("item") ? request.text("item") : request.text("code"),
                  .batch = request.text("batch"),
                  .receipt = request.text("receipt"),
                  .customer = request.text("customer"),
                  .contact = request.text("contact")});
    if (!taken) return fail(headless, answer, taken.error());
    answer["complaint"] = *taken;
}

std::optional<domain::Date> date_of(const Request& request, std::string_view name, bool& wrong) {
    if (!request.has(name)) return std::nullopt;
    auto date = domain::parse_date(request.text(name));
    wrong = wrong || !date;
    return date;
}

void recall(Headless& headless, Station& station, const Request& request, json::object& answer) {
    if (refused_by_right(headless, station, request, domain::Action::recall_make, answer)) return;
    bool wrong_date = false;
    auto level = domain::from_text<domain::RecallLevel>(request.text("level"));
    RecallOrder order{.item = request.has("item") ? request.text("item") : request.text("code"),
                      .lot = request.text("lot"),
                      .from = date_of(request, "from", wrong_date),
                      .to = date_of(request, "to", wrong_date),
                      .level = level.value_or(domain::RecallLevel::none),
                      .reason = request.text("reason")};
    if (wrong_date) return headless.fail(answer, "bad_value", "from, to");
    auto made = make_recall(station, order, request.text("approver"));
    if (!made) return fail(headless, answer, made.error());
    answer["recall"] = *made;
}

void add_work(Headless& headless, Station* station) {
    using enum ArgumentType;
    headless.add({"complain",
                  {{"what", text, true},
                   {"channel"},
                   {"customer"},
                   {"contact"},
                   {"receipt"},
                   {"item"},
                   {"code"},
                   {"batch"},
                   {"severity"}},
                  "takes a complaint; it travels when there is a server",
                  [&headless, station](const Request& request, json::object& answer) {
                      complain(headless, *station, request, answer);
                  }});
    headless.add({"recall",
                  {{"item"},
                   {"code"},
                   {"lot"},
                   {"from"},
                   {"to"},
                   {"level", text, true},
                   {"reason", text, true},
                   {"approver"},
                   {"approver_pin"}},
                  "recalls an item, a lot or a range of dates; in force here at once",
                  [&headless, station](const Request& request, json::object& answer) {
                      recall(headless, *station, request, answer);
                  }});
    headless.add(
        {"list",
         {{"what", text, true}, {"filter"}},
         "rows of items, batches, tasks, near_expiry, blocks, complaints, terminals, holds, "
         "attempts, "
         "faults, devices, setups, instruments, changes or label_formats",
         [&headless, station, goods = station ? std::make_shared<GoodsSearch>(*station) : nullptr](
             const Request& request, json::object& answer) {
             if (!station->person()) return headless.fail(answer, "not_logged_in");
             auto rows = list_rows(*station, *goods, request.text("what"), request.text("filter"));
             if (!rows) return fail(headless, answer, rows.error());
             answer["rows"] = std::move(*rows);
         }});
}

void set_clock(Headless& headless, Station& station, const Request& request, json::object& answer) {
    if (!station.test_shop()) return headless.fail(answer, "only_test_shop");
    auto at = domain::parse_instant(request.text("at"));
    if (!at) return headless.fail(answer, "bad_value", "at");
    auto done = station.set_test_clock(*at);
    bool manager = station.person() && station.person()->role == domain::Role::manager;
    if (done && manager) {  // who sets it has answered already
        done = station.answer_clock(domain::ClockAnswer::clock_is_right, station.person()->number);
    }
    if (!done) return fail(headless, answer, done.error());
    answer["now"] = domain::format_instant(station.now());
    answer["clock_unknown"] = station.clock().unknown;
}

void answer_clock(Headless& headless, Station& station, const Request& request,
                  json::object& answer) {
    std::string right = request.text("right");
    if (right != "clock" && right != "journal") {
        return headless.fail(answer, "bad_value", "right: clock, journal");
    }
    auto done = station.answer_clock(right == "clock" ? domain::ClockAnswer::clock_is_right
                                                      : domain::ClockAnswer::journal_is_right,
                                     request.text("person"), request.text("pin"));
    if (!done) return fail(headless, answer, done.error());
    answer["now"] = domain::format_instant(station.now());
}

void add_station(Headless& headless, Station* station) {
    using enum ArgumentType;
    headless.add(
        {"sync",
         {},
         "waits until all was sent and received; offline if that cannot be",
         [&headless, station](const Request&, json::object& answer) {
             auto done = [&] {
                 return station->online() && station->caught_up() && station->unsent() == 0;
             };
             std::int64_t wait = station->online() ? sync_wait_ms : first_connection_wait_ms;
             if (station->has_server() && headless.wait_until(done, wait)) return;
             headless.fail(answer, "offline");
         }});
    headless.add({"enrol",
                  {{"code", text, true, 512}},
                  "becomes its store's terminal by the text of a code; events enrolment",
                  [&headless, station](const Request& request, json::object& answer) {
                      auto asked = station->enrol(request.text("code"));
                      if (!asked) fail(headless, answer, asked.error());
                  }});
    headless.add({"clock",
                  {{"at", text, true}},
                  "sets this terminal's clock (test shops only)",
                  [&headless, station](const Request& request, json::object& answer) {
                      set_clock(headless, *station, request, answer);
                  }});
    headless.add({"clock_answer",
                  {{"right", text, true}, {"person", text, true}, {"pin", text, true}},
                  "a manager says which date is right after a jump: the clock or the journal",
                  [&headless, station](const Request& request, json::object& answer) {
                      answer_clock(headless, *station, request, answer);
                  }});
    headless.add({"quit", {}, "ends the program", [&headless](const Request&, json::object&) {
                      headless.quit();
                  }});
}

/// Waits for the answer that is awaited, and says what it is not.
template <class Message>
const Message* awaited(Headless& headless, const Awaited<Message>& answer,
                       const Result<void>& asked, json::object& into) {
    if (!asked) {
        fail(headless, into, asked.error());
        return nullptr;
    }
    if (!headless.wait_until([&] { return answer.message().has_value(); }, answer_wait_ms)) {
        headless.fail(into, "offline");
        return nullptr;
    }
    const Message& message = *answer.message();
    if (message.error.empty()) return &message;
    headless.fail(into, message.error);
    return nullptr;
}

void find_entries(Headless& headless, Station& station, const Request& request,
                  json::object& answer) {
    auto asked = station.search_journal({.terminal = request.text("terminal"),
                                         .kind = request.text("kind"),
                                         .by = request.text("by"),
                                         .text = request.text("text"),
                                         .from = request.text("from"),
                                         .until = request.text("until"),
                                         .after = request.text("after")});
    const auto* page = awaited(headless, station.answers().page, asked, answer);
    if (page == nullptr) return;
    json::array entries;
    for (const sync::JournalLine& line : page->lines)
        entries.push_back(sync::to_json(line));
    answer["entries"] = std::move(entries);
    answer["next"] = page->next;
    answer["looked_at"] = page->looked_at;
}

void prove_entry(Headless& headless, Station& station, const Request& request,
                 json::object& answer) {
    auto asked = station.ask_entry({request.text("terminal"), request.integer("epoch").value_or(0),
                                    request.integer("seq").value_or(0)});
    const auto* entry = awaited(headless, station.answers().entry, asked, answer);
    if (entry == nullptr) return;
    for (const auto& [name, value] : sync::to_json(*entry))
        answer[name] = value;
    answer.erase("error");
    answer["unchanged"] = entry->broken == 0;
}

void show_contact(Headless& headless, Station& station, const Request& request,
                  json::object& answer) {
    auto asked = station.show_contact(request.text("complaint"));
    const auto* told = awaited(headless, station.answers().contact, asked, answer);
    if (told != nullptr) answer["contact"] = told->contact;
}

void add_questions(Headless& headless, Station* station) {
    using enum ArgumentType;
    headless.add({"journal",
                  {{"text", text, false, 200},
                   {"terminal", text},
                   {"kind", text},
                   {"by", text},
                   {"from", text},
                   {"until", text},
                   {"after", text}},
                  "entries of the store's journal, the newest first: of a kind (sale) or a group "
                  "(sales, quality, complaints, instruments, accounts), with a text in them, of "
                  "days from until; after: next of the page before",
                  [&headless, station](const Request& request, json::object& answer) {
                      find_entries(headless, *station, request, answer);
                  }});
    headless.add({"journal_entry",
                  {{"terminal", text, true}, {"epoch", integer, true}, {"seq", integer, true}},
                  "one entry as it was written, and whether it is unchanged",
                  [&headless, station](const Request& request, json::object& answer) {
                      prove_entry(headless, *station, request, answer);
                  }});
    headless.add({"show_contact",
                  {{"complaint", text, true}},
                  "how to reach a customer; that it was looked at is journalled",
                  [&headless, station](const Request& request, json::object& answer) {
                      show_contact(headless, *station, request, answer);
                  }});
}

}  // namespace

void add_common_actions(Headless& headless, Station* station) {
    add_people(headless, station);
    add_work(headless, station);
    add_equipment_actions(headless, station);
    add_questions(headless, station);
    add_station(headless, station);
}

Result<std::optional<domain::Person>> approver_of(Station& station, const Request& request) {
    if (!request.has("approver")) return std::optional<domain::Person>{};
    auto person = station.second_person(request.text("approver"), request.text("approver_pin"));
    if (!person) return tl::unexpected(person.error());
    return std::optional<domain::Person>(std::move(*person));
}

bool refused_by_right(Headless& headless, Station& station, const Request& request,
                      domain::Action action, json::object& answer) {
    auto approver = approver_of(station, request);
    if (!approver) {
        fail(headless, answer, approver.error());
        return true;
    }
    Refusal refusal = station.may(action, *approver);
    if (refusal.code.empty()) return false;
    headless.fail(answer, refusal.code);
    return true;
}

void add_station_state(json::object& answer, Station& station) {
    constexpr std::int64_t old_blocks_ms = 24LL * 60 * 60 * 1000;  // rules 4
    json::array banners;
    auto age = station.block_age_ms();
    if (age) answer["block_age_s"] = *age / 1000;
    if (age && *age > old_blocks_ms) banners.push_back("blocks_old");
    auto clock = station.clock();
    if (clock.banner) banners.push_back("clock_from_journal");
    if (clock.unknown) {  // rules 3: both dates are shown, a manager says which is right
        banners.push_back("clock_unknown");
        answer["clock_question"] = json::object{
            {"clock", domain::format_instant(station.at(clock.clock_ms))},
            {"journal",
             domain::format_instant(station.at(clock.last_journal_ms.value_or(clock.clock_ms)))}};
    }
    if (!station.conflict().empty()) banners.push_back("conflict");
    if (station.needs_enrolment()) banners.push_back("not_enrolled");
    if (!station.not_let_in().empty()) banners.push_back(json::string(station.not_let_in()));
    if (station.is_plain()) banners.push_back("plain");
    if (station.test_shop()) banners.push_back("test_shop");
    answer["banners"] = std::move(banners);
    answer["unsent"] = station.unsent();
    answer["unsent_age_s"] = station.unsent_age_ms() / 1000;
    answer["comparing"] = station.comparing();
    answer["repairs"] = station.repairs();
    answer["block_cursor"] = station.block_cursor();
}

StationEvents common_events(Headless& headless) {
    StationEvents events;
    events.server_up = [&] { headless.emit({{"event", "server_up"}}); };
    events.server_down = [&] { headless.emit({{"event", "server_down"}}); };
    events.rows_changed = [] {};
    events.blocks_applied = [&headless](const std::vector<domain::Block>& blocks,
                                        std::int64_t cursor) {
        json::array ids;
        for (const domain::Block& block : blocks)
            ids.push_back(json::string(block.id));
        headless.emit({{"event", "block_applied"}, {"block_cursor", cursor}, {"blocks", ids}});
    };
    events.conflict = [&headless](const std::string& code, const std::string& detail) {
        if (code.empty()) return headless.emit({{"event", "conflict_over"}});
        headless.emit({{"event", "conflict"}, {"error", code}, {"detail", detail}});
    };
    events.claimed = [](const sync::HoldClaimed&) {};
    events.not_let_in = [&headless](const std::string& code, const std::string& detail) {
        if (code.empty()) return headless.emit({{"event", "let_in"}});
        headless.emit({{"event", "not_let_in"},
                       {"error", code},
                       {"message", headless.message(code, detail)}});
    };
    events.enrolment = [&headless](const Enrolment& enrolment) {
        json::object event{{"event", "enrolment"}, {"state", text_of(enrolment.state)}};
        if (!enrolment.fingerprint.empty()) event["fingerprint"] = enrolment.fingerprint;
        if (!enrolment.error.empty()) {
            event["error"] = enrolment.error;
            event["message"] = headless.message(enrolment.error, enrolment.detail);
        }
        headless.emit(event);
    };
    return events;
}

std::function<bool()> first_snapshot_gate(Station& station) {
    return [&station, started = std::int64_t{0}, done = false]() mutable {
        // Also of one that is enrolled while it runs.
        if (done || !station.has_server()) return false;
        if (started == 0) {
            done = station.shop().has_people();
            started = Station::monotonic_ms();
        }
        std::int64_t waited = Station::monotonic_ms() - started;
        bool connected = station.block_cursor() > 0 || station.online();
        done = done || station.caught_up() || waited > first_snapshot_wait_ms ||
               (!connected && waited > first_connection_wait_ms);
        return !done;
    };
}

}  // namespace fangxin::terminal
