// Terminals enrolled, approved, refused and revoked at the server (SYNC-3).
#include "sync/certificates.hpp"
#include "sync/enrolment_text.hpp"
#include "sync/server/authority.hpp"
#include "sync/server/command_context.hpp"
#include "sync/server/identities.hpp"
#include "sync/server/import_values.hpp"
#include "sync/store/private_file.hpp"

#include <algorithm>

namespace fangxin::sync {

namespace {

Result<std::string> needed(const CommandContext& context, std::string_view name) {
    auto text = argument<std::string>(context, name);
    if (text && text->empty())
        return failure("bad_arguments", fmt::format("--{} is missing", name));
    return text;
}

/// As people read it to each other: with or without dashes, in any letters.
std::string folded_fingerprint(std::string_view typed) {
    std::string digits;
    for (const char c : typed) {
        if (c == '-' || c == ' ' || c == ':') continue;
        digits += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return fingerprint_of(digits);
}

/// Where terminals reach this server: as it was told, or as it listens.
Result<LinkAddress> address_to_tell(const CommandContext& context) {
    auto given = argument<std::string>(context, "address");
    if (!given) return tl::unexpected(given.error());
    auto folder = argument<std::string>(context, "data");
    if (!folder) return tl::unexpected(folder.error());
    auto listens = read_private_file(std::filesystem::path(*folder) / "server.address");
    if (!listens) return tl::unexpected(listens.error());
    if (!*listens && given->empty())
        return failure("not_serving", "start the server (serve) in this folder before");
    const std::string at = listens->value_or("");
    if (!given->empty()) {
        const bool has_port = given->rfind(':') != given->npos && !given->ends_with(']');
        const std::string port = has_port ? "" : ":" + at.substr(at.rfind(':') + 1);
        auto address = parse_link_address(*given + port);
        if (!address) return failure("bad_arguments", "--address is HOST or HOST:PORT");
        return address;
    }
    auto address = parse_link_address(at);
    if (!address) return address;
    address->host = hosts_of_machine(address->host).front();
    return address;
}

template <class Op>
Result<void> append(const CommandContext& context, const Op& op) {
    auto changed =
        append_server_op(context.database, draft(op, context.now, std::string(server_person)));
    return changed ? Result<void>() : Result<void>(tl::unexpected(changed.error()));
}

bool is_waiting(Database& database, const std::string& terminal, const std::string& fingerprint) {
    return std::ranges::any_of(waiting_terminals(database), [&](const WaitingTerminal& each) {
        return each.terminal == terminal && each.fingerprint == fingerprint;
    });
}

template <class Op>
Result<void> decide(const CommandContext& context, std::string_view event) {
    auto terminal = needed(context, "terminal");
    if (!terminal) return tl::unexpected(terminal.error());
    auto typed = needed(context, "fingerprint");
    if (!typed) return tl::unexpected(typed.error());
    const std::string fingerprint = folded_fingerprint(*typed);
    auto done = context.database.transaction([&]() -> Result<void> {
        if (!is_waiting(context.database, *terminal, fingerprint)) {
            return failure("not_found", fmt::format("no {} with fingerprint {} waits: compare it "
                                                    "with what its screen shows",
                                                    *terminal, fingerprint));
        }
        return append(context, Op{*terminal, fingerprint});
    });
    if (done)
        context.output({{"event", event}, {"terminal", *terminal}, {"fingerprint", fingerprint}});
    return done;
}

}  // namespace

Result<void> run_enrol(const CommandContext& context) {
    auto kind = needed(context, "kind");
    if (!kind) return tl::unexpected(kind.error());
    if (*kind != "till" && *kind != "handheld")
        return failure("bad_arguments", "--kind is till or handheld");
    auto terminal = argument<std::string>(context, "terminal");
    if (!terminal) return tl::unexpected(terminal.error());
    if (!terminal->empty() && !terminal->starts_with(*kind + "-"))
        return failure("bad_arguments", fmt::format("--name of a {0} is {0}-1, {0}-2 …", *kind));
    auto address = address_to_tell(context);
    if (!address) return tl::unexpected(address.error());
    EnrolmentCode code{.address = *address};
    auto done = context.database.transaction([&]() -> Result<void> {
        code.pin = authority_pin(context.database);
        if (code.pin.empty())
            return failure("not_serving", "start the server (serve) once, with TLS");
        code.token = open_enrolment(context.database, {*kind, *terminal}, context.now.utc_ms);
        return append(context, EnrolmentOpened{*kind, *terminal});
    });
    if (!done) return done;
    const auto until = context.zone.at(context.now.utc_ms + code_life_ms);
    context.output({{"event", "enrolment_opened"},
                    {"kind", *kind},
                    {"terminal", *terminal},
                    {"address", code.address.text()},
                    {"pin", code.pin},
                    {"token", code.token},
                    {"code", write_enrolment_code(code)},
                    {"until", domain::format_instant(until)}});
    return {};
}

Result<void> run_approve(const CommandContext& context) {
    return decide<TerminalApproved>(context, "approved");
}

Result<void> run_refuse(const CommandContext& context) {
    return decide<TerminalRefused>(context, "refused_terminal");
}

Result<void> run_revoke(const CommandContext& context) {
    auto terminal = needed(context, "terminal");
    if (!terminal) return tl::unexpected(terminal.error());
    auto reason = needed(context, "reason");
    if (!reason) return tl::unexpected(reason.error());
    auto words = read_text(*reason);
    if (!words) return failure("bad_arguments", "--reason " + words.error());
    auto done = context.database.transaction([&]() -> Result<void> {
        auto known = identity_of_terminal(context.database, *terminal);
        if (!known) return failure("not_found", "no terminal " + *terminal + " was enrolled");
        if (known->state != "allowed")
            return failure("revoked_already", *terminal + " is let in no more");
        return append(context, TerminalRevoked{*terminal, *words});
    });
    if (done) context.output({{"event", "revoked"}, {"terminal", *terminal}});
    return done;
}

}  // namespace fangxin::sync
