// Which terminals are let in (SYNC-3): the allow-list of their keys, codes that were given out, and
// who waits to be approved. Writer connection on the store thread, inside the caller's transaction,
// unless a function says otherwise.
#pragma once

#include "sync/enrolment_messages.hpp"
#include "sync/enrolment_ops.hpp"
#include "sync/messages.hpp"
#include "sync/server/book.hpp"
#include "sync/store/database.hpp"

#include <optional>
#include <string>
#include <vector>

namespace fangxin::sync {

inline constexpr std::int64_t code_life_ms = 10LL * 60 * 1000;
inline constexpr std::int64_t certificate_life_ms = 365LL * 24 * 60 * 60 * 1000;
/// After its end a certificate is good for getting a new one, and for nothing else.
inline constexpr std::int64_t renewal_grace_ms = 60LL * 24 * 60 * 60 * 1000;

inline constexpr std::string_view identities_ddl =
    "CREATE TABLE IF NOT EXISTS identities (spki TEXT PRIMARY KEY, terminal TEXT NOT NULL, "
    "role TEXT NOT NULL, state TEXT NOT NULL, approved_ms INTEGER NOT NULL, "
    "until_ms INTEGER NOT NULL, reason TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS identities_terminal ON identities(terminal);"
    "CREATE TABLE IF NOT EXISTS enrolment_codes (token_hash TEXT PRIMARY KEY, role TEXT NOT NULL, "
    "terminal TEXT NOT NULL, until_ms INTEGER NOT NULL, spki TEXT NOT NULL DEFAULT '') STRICT, "
    "WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS enrolment_requests (spki TEXT PRIMARY KEY, terminal TEXT NOT NULL, "
    "role TEXT NOT NULL, fingerprint TEXT NOT NULL, address TEXT NOT NULL, "
    "asked_ms INTEGER NOT NULL, state TEXT NOT NULL) STRICT, WITHOUT ROWID;";

struct CodeWanted {
    std::string role;
    std::string terminal;  ///< empty: any of this role
};
/// Makes a code and keeps the hash of its token; what is left of old ones goes.
std::string open_enrolment(Database& database, const CodeWanted& wanted, std::int64_t now_ms);

struct Asking {
    Enrol enrol;
    std::string spki;  ///< of its request, which was checked
    std::string address;
    std::int64_t now_ms = 0;
};
/// Nothing: it waits to be approved, or was so already. Codes `bad_token`, `token_expired`,
/// `token_used`, `terminal`, `role`, `refused`.
std::optional<Refused> ask_enrolment(Database& database, const Asking& asking);

enum class RequestState { unknown, waiting, approved, refused };
/// Any connection.
RequestState request_state(Database& database, std::string_view spki);
struct WaitingTerminal {
    std::string terminal;
    std::string role;
    std::string fingerprint;
    std::string address;
    std::int64_t asked_ms = 0;
};
/// Any connection; the oldest first.
std::vector<WaitingTerminal> waiting_terminals(Database& database);

struct KnownIdentity {
    std::string terminal;
    std::string role;
    std::string state;  ///< `allowed`, `revoked`, `replaced`
    std::int64_t until_ms = 0;
    std::string reason;
};
/// Any connection. Code: the database's.
Result<std::optional<KnownIdentity>> identity_of(Database& database, std::string_view spki);
/// The one in force, or else the last. Any connection.
std::optional<KnownIdentity> identity_of_terminal(Database& database, std::string_view terminal);

/// Of effects: false if nobody waits under this name and fingerprint.
bool approve(Database& database, const TerminalApproved& approved, std::int64_t now_ms);
void refuse(Database& database, const TerminalRefused& refused);
void revoke(Database& database, const TerminalRevoked& revoked);

/// Another key for a terminal that is let in: both are good until the new one is used.
Result<void> allow_also(Database& database, std::string_view present_spki,
                        std::string_view new_spki, std::int64_t now_ms);
/// It came under this key: those of before are good no more.
void note_key_used(Database& database, std::string_view spki);
/// There is something for note_key_used() to do. Any connection.
bool has_older_keys(Database& database, std::string_view spki);

/// Two machines come under this terminal's identity: a manager is to see it.
inline constexpr std::string_view two_machines = "two machines use its identity";
void note_double(Database& database, std::string_view terminal);

/// Why a person may not decide this of a terminal (rules 8), or no terminal may; empty: go on.
std::string forbidden_of_identities(const Envelope& op, std::optional<domain::Person> person);

}  // namespace fangxin::sync
