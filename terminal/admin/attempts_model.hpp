// The sales that tills refused: when, where, by whom, of what and why (SAFE-3, REPT-1). Pure; any
// thread.
#pragma once

#include "domain/verdict.hpp"
#include "terminal/admin/list_page_model.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace fangxin::admin {

struct AttemptFact {
    std::string id;
    std::string terminal;  ///< as people call it: `3 号收银台`
    std::string person;
    domain::StoreTime at;
    std::string code;  ///< as it was scanned or keyed
    std::string item_name;
    std::string batch;
    std::vector<domain::Reason> reasons;  ///< worst first
};

struct AttemptsFacts {
    std::vector<AttemptFact> attempts;  ///< of the days looked at, newest first
    domain::StoreTime now;
};

/// Chips: the days looked at. The picker has the reasons, by their text.
enum class AttemptDays { today, yesterday, week, all };
/// The attempts that the page wants begin no later than here.
std::int64_t attempts_since_ms(const ListState& state, const domain::StoreTime& now);

ListPageView present_attempts(const ListState& state, const AttemptsFacts& facts,
                              const kit::TextTable& texts);

}  // namespace fangxin::admin
