// What the screens say of a recall: how grave it is, which packs it names, how soon it has to
// begin, and what each terminal answered (SAFE-7, SAFE-9). Pure; any thread.
#pragma once

#include "domain/batch.hpp"
#include "terminal/kit/text_table.hpp"
#include "terminal/kit/theme.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace fangxin::terminal {

/// `Level I`.
std::string level_words(domain::RecallLevel level, const kit::TextTable& texts);
/// Hours within which a recall of this level begins (food recall rules; SAFE-7): 24, 48 or 72.
int start_deadline_hours(domain::RecallLevel level);
/// `lot L1117`, `2026-11-10 to 2026-11-17`, `the whole item`.
std::string extent_words(const domain::Block& block, const kit::TextTable& texts);

/// `till-3` as people call it: `Till 3`.
std::string terminal_name(const std::string& terminal, const kit::TextTable& texts);

/// One terminal's word for a block. `after_ms` is none until it has it in force.
struct TerminalAnswer {
    std::string name;  ///< as people call it: `3 号收银台`
    std::optional<std::int64_t> after_ms;
    bool online = false;
    std::optional<domain::StoreTime> last_seen;  ///< none: never
};
/// How it answered, in words and colour: `0.2 s`, `offline · last 09:12`.
struct AnswerWords {
    std::string words;
    kit::Role role = kit::Role::ok;
    bool done = false;
};
AnswerWords answer_words(const TerminalAnswer& answer, const domain::StoreTime& now,
                         const kit::TextTable& texts);

}  // namespace fangxin::terminal
