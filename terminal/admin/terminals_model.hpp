// Every terminal of the shop: when it was last heard, whether it has all blocks in force and since
// when not, and what is wrong with its log (SAFE-9). Who may, gives out a code for a new one,
// approves the one that shows the same fingerprint, and revokes (SYNC-3). Pure; any thread.
#pragma once

#include "domain/calendar.hpp"
#include "terminal/admin/form_model.hpp"

#include <optional>
#include <string>
#include <vector>

namespace fangxin::admin {

struct TerminalFact {
    std::string id;
    std::string name;      ///< as people call it: `3 号收银台`
    bool is_this = false;  ///< the one in front of the person
    bool known = true;     ///< the server told of it; else its acknowledgements alone are known
    bool online = false;
    std::optional<domain::StoreTime> last_seen;  ///< none: enrolled, never connected
    /// Of this one as it is; of another as it said when it connected last, less what came since.
    std::optional<std::int64_t> unsent;
    std::int64_t repairs = 0;  ///< of its tables, that differed from the server's
    std::string version;
    std::int64_t block_cursor = 0;
    std::int64_t newest_block = 0;
    struct Missing {
        std::string words;  ///< `一级召回 鲜牛奶 L1117`
        domain::StoreTime since;
    };
    std::vector<Missing> missing;  ///< oldest first
    /// What parted its log from the server's: `rolled_back` `chain` `revoked` `damaged` …
    std::string conflict;
    std::string identity;  ///< `allowed` `revoked` `replaced`; empty: nobody told
    std::optional<domain::StoreTime> certificate_until;
};

/// One that shows its fingerprint and waits for somebody to compare it.
struct WaitingFact {
    std::string terminal;
    std::string name;
    std::string fingerprint;
    std::string address;
    domain::StoreTime since;
};

/// The code for a new one that was made last.
struct CodeFact {
    std::string text;
    kit::PicturePtr picture;
    domain::StoreTime until;
};

struct TerminalsFacts {
    std::vector<TerminalFact> terminals;
    std::vector<WaitingFact> waiting;
    std::optional<CodeFact> code;
    bool may_enrol = false;  ///< and the server is there
    bool may_revoke = false;
    domain::StoreTime now;
};

/// Something has to be done about it.
bool is_in_trouble(const TerminalFact& fact);

/// What the row's buttons do, by their place.
enum class TerminalDeed { approve, refuse, open_log, revoke };
std::vector<TerminalDeed> deeds_of(const ListState& state, const TerminalsFacts& facts);
const WaitingFact* chosen_waiting(const ListState& state, const TerminalsFacts& facts);

/// The row under which a code is shown.
inline constexpr std::string_view code_row = "code";

FormDraft begin_enrolling();
FormDraft begin_revoking(const std::string& terminal);
FormDraft begin_opening_log(const std::string& terminal);
/// Of the kinds enrol_terminal, revoke_terminal and open_log.
FormView present_terminal_form(const FormDraft& draft, const TerminalsFacts& facts,
                               const kit::TextTable& texts);

/// Those that wait first, then those in trouble.
ListPageView present_terminals(const ListState& state, const TerminalsFacts& facts,
                               const kit::TextTable& texts);

}  // namespace fangxin::admin
