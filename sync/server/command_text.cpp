#include "sync/server/command_text.hpp"

#include "domain/text_width.hpp"
#include "sync/server/qr_text.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <iterator>
#include <string_view>

namespace fangxin::sync {

namespace json = boost::json;

namespace {

constexpr int label_columns = 20;

/// Text as it stands; other values as JSON writes them.
std::string plain(const json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_null()) return "-";
    if (value.is_bool()) return value.get_bool() ? "yes" : "no";
    return json::serialize(value);
}

std::string member(const json::object& answer, std::string_view name) {
    const json::value* value = answer.if_contains(name);
    return value ? plain(*value) : "-";
}

std::string line(std::string_view label, std::string_view value) {
    return fmt::format("{}{}\n", domain::pad_end(label, label_columns), value);
}

std::string imported(const json::object& answer) {
    std::string text;
    if (const json::value* rows = answer.if_contains("rows"); rows && rows->is_object()) {
        for (const auto& [table, count] : rows->get_object()) {
            text += line(std::string_view(table),
                         fmt::format("{:>8}, {} new or changed", plain(count),
                                     member(answer.at("changed").as_object(), table)));
        }
    }
    if (member(answer, "generated") != "0") text += line("made up", member(answer, "generated"));
    text += line("test shop", member(answer, "test_shop"));
    return text;
}

std::string recalled(const json::object& answer) {
    std::string text = line("recall", member(answer, "recall"));
    text += line("item", member(answer, "item"));
    const json::array& batches = answer.at("batches").as_array();
    for (const json::value& batch : batches)
        text += line("batch on record", plain(batch));
    if (batches.empty()) text += line("batch on record", "none");
    return text;
}

std::string lifted(const json::object& answer) {
    return line("lifted", member(answer, "recall")) + line("item", member(answer, "item"));
}

std::string epoch_opened(const json::object& answer) {
    return line("new epoch for", member(answer, "terminal"));
}

std::string unkeyed(const json::object&) {
    return "a terminal still runs an older program: PINs and telephone numbers are kept as it "
           "knows "
           "them; import once more when all are new\n";
}

std::string verified(const json::object& answer) {
    return fmt::format("{} epoch {}: {} ops as they were sent, signed up to {}, {}\n",
                       member(answer, "terminal"), member(answer, "epoch"), member(answer, "ops"),
                       member(answer, "signed"), member(answer, "head"));
}

std::string broken(const json::object& answer) {
    return fmt::format("{} epoch {}: op {} is the first that is not ({})\n",
                       member(answer, "terminal"), member(answer, "epoch"), member(answer, "seq"),
                       member(answer, "why"));
}

std::string backed_up(const json::object& answer) {
    return line("backup", member(answer, "file")) + line("bytes", member(answer, "bytes")) +
           line("ops", member(answer, "ops"));
}

std::string restored(const json::object& answer) {
    std::string text =
        line("restored", member(answer, "file")) + line("ops", member(answer, "ops"));
    const std::string aside = member(answer, "set_aside");
    return aside.empty() ? text : text + line("the one before", aside);
}

std::string number_of(const json::object& op) {
    return fmt::format("{} epoch {} op {}", member(op, "terminal"), member(op, "epoch"),
                       member(op, "seq"));
}

std::string op(const json::object& answer) {
    return fmt::format("{} {}: {} by {} at {}: {}\n", member(answer, "status"), number_of(answer),
                       member(answer, "kind"), member(answer, "person"), member(answer, "at"),
                       member(answer, "why"));
}

std::string replayed(const json::object& answer) {
    return fmt::format("{} has its effect now\n", number_of(answer));
}

std::string kept(const json::object& answer) {
    return fmt::format("{} stays {}: {}\n", number_of(answer), member(answer, "status"),
                       member(answer, "why"));
}

std::string differs(const json::object& answer) {
    return fmt::format("{} {}\n  book {}\n  ops  {}\n", member(answer, "table"),
                       member(answer, "key"), member(answer, "book"), member(answer, "ops"));
}

std::string rebuilt(const json::object& answer) {
    return line("ops", member(answer, "ops")) + line("rows that differ", member(answer, "differ")) +
           line("put right", member(answer, "put_right"));
}

std::string terminal_line(const json::object& terminal) {
    std::string logs;
    for (const json::value& log : terminal.at("logs").as_array()) {
        logs += fmt::format(" {}:{}", member(log.as_object(), "epoch"),
                            member(log.as_object(), "last_seq"));
    }
    std::string conflict = member(terminal, "conflict");
    return fmt::format("  {} {} seen {} blocks {} unsent {} logs{}{}\n",
                       domain::pad_end(member(terminal, "terminal"), label_columns - 3),
                       domain::pad_end(member(terminal, "role"), 9), member(terminal, "last_seen"),
                       member(terminal, "block_cursor"), member(terminal, "unsent"), logs,
                       conflict.empty() ? "" : " CONFLICT " + conflict);
}

std::string status(const json::object& answer) {
    std::string text;
    for (const char* name : {"shop", "test_shop", "items", "batches", "ops", "ver", "newest_block",
                             "rejected", "flagged", "pending"}) {
        text += line(name, member(answer, name));
    }
    const json::array& terminals = answer.at("terminals").as_array();
    text += line("terminals", std::to_string(terminals.size()));
    for (const json::value& terminal : terminals)
        text += terminal_line(terminal.as_object());
    return text;
}

std::string enrolment_opened(const json::object& answer) {
    const std::string code = member(answer, "code");
    std::string text = qr_text(code) + code + "\n\n";
    text += line("for a", member(answer, "kind"));
    if (!member(answer, "terminal").empty()) text += line("alone", member(answer, "terminal"));
    text += line("address", member(answer, "address"));
    text += line("good until", member(answer, "until"));
    return text + "then: approve NAME --fingerprint, as the terminal's screen shows it\n";
}

std::string decided(const json::object& answer) {
    return line(member(answer, "event") == "approved" ? "approved" : "refused",
                member(answer, "terminal")) +
           line("fingerprint", member(answer, "fingerprint"));
}

std::string revoked(const json::object& answer) {
    return line("revoked", member(answer, "terminal"));
}

struct Form {
    std::string_view event;
    std::string (*text)(const json::object&);
};
constexpr std::array forms{Form{"imported", imported},
                           Form{"recalled", recalled},
                           Form{"lifted", lifted},
                           Form{"epoch_opened", epoch_opened},
                           Form{"status", status},
                           Form{"unkeyed", unkeyed},
                           Form{"verified", verified},
                           Form{"broken", broken},
                           Form{"backed_up", backed_up},
                           Form{"restored", restored},
                           Form{"op", op},
                           Form{"replayed", replayed},
                           Form{"kept", kept},
                           Form{"differs", differs},
                           Form{"rebuilt", rebuilt},
                           Form{"enrolment_opened", enrolment_opened},
                           Form{"approved", decided},
                           Form{"refused_terminal", decided},
                           Form{"revoked", revoked}};

}  // namespace

std::string command_text(const json::object& answer) {
    std::string event = member(answer, "event");
    for (const Form& form : forms) {
        if (form.event == event) return form.text(answer);
    }
    return json::serialize(answer) + "\n";
}

}  // namespace fangxin::sync
