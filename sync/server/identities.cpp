#include "sync/server/identities.hpp"

#include "domain/permissions.hpp"
#include "sync/certificates.hpp"
#include "sync/hex.hpp"
#include "sync/log_ops.hpp"

#include <algorithm>
#include <array>
#include <sodium.h>

namespace fangxin::sync {

namespace {

constexpr std::int64_t kept_ms = 24LL * 60 * 60 * 1000;  // codes and requests, after their end

std::string hash_of_token(std::string_view token) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(token.data()),
                       token.size());
    return hex_of({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

struct Code {
    std::string hash;
    std::string role;
    std::string terminal;
    std::int64_t until_ms = 0;
    std::string spki;
};

std::optional<Code> code_of(Database& database, const std::string& token) {
    const std::string hash = hash_of_token(token);
    Query query = database.query(
        "SELECT role, terminal, until_ms, spki FROM enrolment_codes WHERE token_hash = $1");
    query.bind(hash);
    if (!query.step()) return std::nullopt;
    return Code{hash, query.text(0), query.text(1), query.int64(2), query.text(3)};
}

std::string role_on_record(Database& database, std::string_view terminal) {
    Query query = database.query("SELECT role FROM known_terminals WHERE terminal = $1");
    query.bind(terminal);
    return query.step() ? query.text(0) : "";
}

KnownIdentity read_identity(Query& query) {
    return {query.text(0), query.text(1), query.text(2), query.int64(3), query.text(4)};
}

/// What of the code speaks against it, if it was not used yet.
std::optional<Refused> judge_new(Database& database, const Code& code, const Asking& asking) {
    if (asking.now_ms > code.until_ms)
        return Refused{"token_expired", "this code is older than ten minutes"};
    if (asking.enrol.role != code.role) return Refused{"role", "this code is for a " + code.role};
    if (!code.terminal.empty() && code.terminal != asking.enrol.terminal)
        return Refused{"terminal", "this code is for " + code.terminal};
    const std::string known = role_on_record(database, asking.enrol.terminal);
    if (!known.empty() && known != asking.enrol.role)
        return Refused{"role", asking.enrol.terminal + " is known as a " + known};
    if (identity_of(database, asking.spki).value_or(std::nullopt))
        return Refused{"terminal", "this key was enrolled before"};
    return std::nullopt;
}

void set_waiting(Database& database, const Code& code, const Asking& asking) {
    database.query("UPDATE enrolment_codes SET spki = $1 WHERE token_hash = $2")
        .bind(asking.spki)
        .bind(code.hash)
        .run();
    database
        .query(
            "INSERT INTO enrolment_requests "
            "(spki,terminal,role,fingerprint,address,asked_ms,state) "
            "VALUES ($1,$2,$3,$4,$5,$6,'waiting') ON CONFLICT (spki) DO UPDATE SET "
            "terminal = excluded.terminal, role = excluded.role, address = excluded.address, "
            "asked_ms = excluded.asked_ms, state = excluded.state")
        .bind(asking.spki)
        .bind(asking.enrol.terminal)
        .bind(asking.enrol.role)
        .bind(fingerprint_of(asking.spki))
        .bind(asking.address)
        .bind(asking.now_ms)
        .run();
}

void drop_old(Database& database, std::int64_t now_ms) {
    database.query("DELETE FROM enrolment_codes WHERE until_ms < $1").bind(now_ms - kept_ms).run();
    database.query("DELETE FROM enrolment_requests WHERE asked_ms < $1")
        .bind(now_ms - kept_ms)
        .run();
}

}  // namespace

std::string open_enrolment(Database& database, const CodeWanted& wanted, std::int64_t now_ms) {
    drop_old(database, now_ms);
    std::string random(16, '\0');
    randombytes_buf(random.data(), random.size());
    const std::string token = hex_of(random);
    database
        .query(
            "INSERT INTO enrolment_codes (token_hash,role,terminal,until_ms) VALUES ($1,$2,$3,$4)")
        .bind(hash_of_token(token))
        .bind(wanted.role)
        .bind(wanted.terminal)
        .bind(now_ms + code_life_ms)
        .run();
    return token;
}

std::optional<Refused> ask_enrolment(Database& database, const Asking& asking) {
    auto code = code_of(database, asking.enrol.token);
    if (!code) return Refused{"bad_token", "no such code"};
    if (code->spki.empty()) {
        auto refused = judge_new(database, *code, asking);
        if (!refused) set_waiting(database, *code, asking);
        return refused;
    }
    if (code->spki != asking.spki)
        return Refused{"token_used", "another terminal has used this code"};
    switch (request_state(database, asking.spki)) {  // the same one again, after a broken line
        case RequestState::waiting:
        case RequestState::approved:
            return std::nullopt;
        case RequestState::refused:
            return Refused{"refused", "it was refused"};
        case RequestState::unknown:
            break;
    }
    return Refused{"token_expired", "nobody approved it within a day"};
}

RequestState request_state(Database& database, std::string_view spki) {
    Query query = database.query("SELECT state FROM enrolment_requests WHERE spki = $1");
    query.bind(spki);
    if (!query.step()) return RequestState::unknown;
    const std::string state = query.text(0);
    if (state == "approved") return RequestState::approved;
    return state == "refused" ? RequestState::refused : RequestState::waiting;
}

std::vector<WaitingTerminal> waiting_terminals(Database& database) {
    std::vector<WaitingTerminal> all;
    Query query = database.query(
        "SELECT terminal, role, fingerprint, address, asked_ms FROM enrolment_requests "
        "WHERE state = 'waiting' ORDER BY asked_ms, spki");
    while (query.step()) {
        all.push_back({query.text(0), query.text(1), query.text(2), query.text(3), query.int64(4)});
    }
    return all;
}

Result<std::optional<KnownIdentity>> identity_of(Database& database, std::string_view spki) {
    return database.reading<std::optional<KnownIdentity>>([&]() -> std::optional<KnownIdentity> {
        Query query = database.query(
            "SELECT terminal, role, state, until_ms, reason FROM identities WHERE spki = $1");
        query.bind(spki);
        if (!query.step()) return std::nullopt;
        return read_identity(query);
    });
}

std::optional<KnownIdentity> identity_of_terminal(Database& database, std::string_view terminal) {
    Query query = database.query(
        "SELECT terminal, role, state, until_ms, reason FROM identities WHERE terminal = $1 "
        "ORDER BY state = 'allowed' DESC, approved_ms DESC LIMIT 1");
    query.bind(terminal);
    if (!query.step()) return std::nullopt;
    return read_identity(query);
}

bool approve(Database& database, const TerminalApproved& approved, std::int64_t now_ms) {
    std::string spki;
    std::string role;
    {
        Query query = database.query(
            "SELECT spki, role FROM enrolment_requests WHERE terminal = $1 AND fingerprint = $2 "
            "AND state = 'waiting'");
        query.bind(approved.terminal).bind(approved.fingerprint);
        if (!query.step()) return false;
        spki = query.text(0);
        role = query.text(1);
    }
    database.query("UPDATE enrolment_requests SET state = 'approved' WHERE spki = $1")
        .bind(spki)
        .run();
    database
        .query(
            "UPDATE identities SET state = 'replaced', reason = 'another machine was enrolled' "
            "WHERE terminal = $1 AND state = 'allowed'")
        .bind(approved.terminal)
        .run();
    database
        .query(
            "INSERT INTO identities (spki,terminal,role,state,approved_ms,until_ms) "
            "VALUES ($1,$2,$3,'allowed',$4,$5)")
        .bind(spki)
        .bind(approved.terminal)
        .bind(role)
        .bind(now_ms)
        .bind(now_ms + certificate_life_ms)
        .run();
    // Whichever machine is let in now, the others are let in no more.
    database.query("UPDATE known_terminals SET conflict = '' WHERE terminal = $1 AND conflict = $2")
        .bind(approved.terminal)
        .bind(two_machines)
        .run();
    return true;
}

void refuse(Database& database, const TerminalRefused& refused) {
    database
        .query(
            "UPDATE enrolment_requests SET state = 'refused' WHERE terminal = $1 AND "
            "fingerprint = $2 AND state = 'waiting'")
        .bind(refused.terminal)
        .bind(refused.fingerprint)
        .run();
}

void revoke(Database& database, const TerminalRevoked& revoked) {
    database
        .query(
            "UPDATE identities SET state = 'revoked', reason = $1 WHERE terminal = $2 AND "
            "state <> 'revoked'")
        .bind(revoked.reason)
        .bind(revoked.terminal)
        .run();
    database
        .query(
            "UPDATE enrolment_requests SET state = 'refused' WHERE terminal = $1 AND "
            "state = 'waiting'")
        .bind(revoked.terminal)
        .run();
}

Result<void> allow_also(Database& database, std::string_view present_spki,
                        std::string_view new_spki, std::int64_t now_ms) {
    auto present = identity_of(database, present_spki);
    if (!present) return tl::unexpected(present.error());
    if (!*present || (*present)->state != "allowed")
        return failure("revoked", "this terminal is let in no more");
    auto known = identity_of(database, new_spki);
    if (!known) return tl::unexpected(known.error());
    if (*known && ((*known)->terminal != (*present)->terminal || (*known)->state != "allowed"))
        return failure("terminal", "this key is another terminal's");
    // Whoever asks again and again has two at most.
    database
        .query(
            "UPDATE identities SET state = 'replaced', reason = 'renewed' WHERE terminal = $1 AND "
            "state = 'allowed' AND spki <> $2 AND spki <> $3")
        .bind((*present)->terminal)
        .bind(present_spki)
        .bind(new_spki)
        .run();
    database
        .query(
            "INSERT INTO identities (spki,terminal,role,state,approved_ms,until_ms) "
            "VALUES ($1,$2,$3,'allowed',$4,$5) ON CONFLICT (spki) DO UPDATE SET "
            "until_ms = excluded.until_ms")
        .bind(new_spki)
        .bind((*present)->terminal)
        .bind((*present)->role)
        .bind(now_ms)
        .bind(now_ms + certificate_life_ms)
        .run();
    return {};
}

bool has_older_keys(Database& database, std::string_view spki) {
    Query query = database.query(
        "SELECT 1 FROM identities o JOIN identities n ON o.terminal = n.terminal "
        "WHERE n.spki = $1 AND o.spki <> $1 AND o.state = 'allowed' AND "
        "o.approved_ms <= n.approved_ms");
    query.bind(spki);
    return query.step();
}

void note_key_used(Database& database, std::string_view spki) {
    database
        .query(
            "UPDATE identities SET state = 'replaced', reason = 'renewed' WHERE spki <> $1 AND "
            "state = 'allowed' AND terminal = (SELECT terminal FROM identities WHERE spki = $1) "
            "AND approved_ms <= (SELECT approved_ms FROM identities WHERE spki = $1)")
        .bind(spki)
        .run();
}

void note_double(Database& database, std::string_view terminal) {
    database.query("UPDATE known_terminals SET conflict = $1 WHERE terminal = $2")
        .bind(two_machines)
        .bind(terminal)
        .run();
}

std::string forbidden_of_identities(const Envelope& op, std::optional<domain::Person> person) {
    static constexpr std::array servers_own{
        Declaration<EnrolmentOpened>::name, Declaration<EnrolmentAsked>::name,
        Declaration<EnrolmentFailed>::name, Declaration<CertificateIssued>::name};
    if (std::ranges::find(servers_own, op.kind) != servers_own.end())
        return "only the server does this";
    const bool is_enrolment = op.kind == Declaration<TerminalApproved>::name ||
                              op.kind == Declaration<TerminalRefused>::name ||
                              op.kind == Declaration<EpochOpened>::name;
    const bool is_revocation = op.kind == Declaration<TerminalRevoked>::name;
    if (!is_enrolment && !is_revocation) return {};
    const auto action =
        is_enrolment ? domain::Action::terminal_enrol : domain::Action::terminal_revoke;
    if (!person || !domain::allowed(domain::actor_of(*person), action))
        return "this person may not decide of terminals";
    return {};
}

}  // namespace fangxin::sync
