// Every terminal of the shop: when it was last heard, whether it has all blocks in force and since
// when not, and what is wrong with its log (SAFE-9). Pure; any thread.
#pragma once

#include "domain/calendar.hpp"
#include "terminal/admin/list_page_model.hpp"

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
    std::optional<std::int64_t> unsent;          ///< of this one: only a terminal itself knows
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
};

struct TerminalsFacts {
    std::vector<TerminalFact> terminals;
    domain::StoreTime now;
};

/// Something has to be done about it.
bool is_in_trouble(const TerminalFact& fact);

/// Those in trouble first.
ListPageView present_terminals(const ListState& state, const TerminalsFacts& facts,
                               const kit::TextTable& texts);

}  // namespace fangxin::admin
