// What the wiring knows of a recall and how it goes (SAFE-7, SAFE-9), and the words that several
// pages say of it. Plain values; any thread.
#pragma once

#include "domain/batch.hpp"
#include "domain/goods.hpp"
#include "terminal/kit/table.hpp"
#include "terminal/kit/text_table.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::admin {

/// One terminal's word for a block. `after_ms` is none until it has it in force.
struct TerminalAnswer {
    std::string name;  ///< as people call it: `3 号收银台`
    std::optional<std::int64_t> after_ms;
    bool online = false;
    std::optional<domain::StoreTime> last_seen;  ///< none: never
};

struct CoveredBatch {
    std::string lot;
    std::optional<domain::DayMinute> production;
    std::optional<domain::DayMinute> expiry;
    std::optional<std::int64_t> stock_milli;  ///< none: this terminal does not know it
    domain::Unit unit = domain::Unit::piece;
    bool withdrawal_confirmed = false;
};

/// Receipts that contain what is recalled: certainly, by code or date read, or possibly.
struct ReceiptTrace {
    std::int64_t certain = 0;
    std::int64_t possible = 0;
};

struct RecallFact {
    domain::Block block;
    std::string item_name;
    std::string made_by;  ///< the person's name
    domain::StoreTime made_at;
    std::vector<TerminalAnswer> terminals;
    std::vector<CoveredBatch> batches;
    std::optional<ReceiptTrace> trace;  ///< none: only the server can count them
};

int reached(const RecallFact& recall);
/// Some terminal has not yet the recall that is in force.
bool is_waited_for(const RecallFact& recall);

/// `Level I`.
std::string level_words(domain::RecallLevel level, const kit::TextTable& texts);
/// Hours within which a recall of this level begins (food recall rules; SAFE-7): 24, 48 or 72.
int start_deadline_hours(domain::RecallLevel level);
/// `lot L1117`, `2026-11-10 to 2026-11-17`, `the whole item`.
std::string extent_words(const domain::Block& block, const kit::TextTable& texts);
/// Running, off the shelf, or lifted.
kit::RowTag state_tag(const domain::Block& block, const kit::TextTable& texts);
/// `12 pcs`, `3.25 kg`.
struct Quantity {
    std::int64_t milli = 0;
    domain::Unit unit = domain::Unit::piece;
};
std::string quantity_words(const Quantity& quantity, const kit::TextTable& texts);

/// How a terminal answered, in words and colour: `✓ 0.2 s`, `offline · last 09:12`.
struct AnswerWords {
    std::string words;
    kit::Role role = kit::Role::ok;
    bool done = false;
};
AnswerWords answer_words(const TerminalAnswer& answer, const domain::StoreTime& now,
                         const kit::TextTable& texts);

}  // namespace fangxin::admin
