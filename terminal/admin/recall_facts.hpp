// What the wiring knows of a recall and how it goes (SAFE-7, SAFE-9), and the words that several
// pages say of it. Plain values; any thread.
#pragma once

#include "domain/batch.hpp"
#include "domain/goods.hpp"
#include "terminal/kit/table.hpp"
#include "terminal/kit/text_table.hpp"
#include "terminal/station/screens/goods_words.hpp"
#include "terminal/station/screens/recall_words.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::admin {

using terminal::answer_words;
using terminal::AnswerWords;
using terminal::extent_words;
using terminal::quantity_text;
using terminal::start_deadline_hours;
using terminal::TerminalAnswer;

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
/// It is in force and some terminal has it not yet, or none is known that could.
bool is_waited_for(const RecallFact& recall);

/// `Level I`; a recall of the server need not have one.
std::string level_words(domain::RecallLevel level, const kit::TextTable& texts);
/// `Level I recall`, `Quarantine`: what kind of block it is.
std::string kind_words(const domain::Block& block, const kit::TextTable& texts);
/// Running, off the shelf, or lifted.
kit::RowTag state_tag(const domain::Block& block, const kit::TextTable& texts);

}  // namespace fangxin::admin
