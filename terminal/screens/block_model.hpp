// The panel of goods that may not be sold (SAFE-3): what they are, why, what to say to the customer
// and what to do. Reading it is the only way on, by a touch or F8, never by Enter. Pure.
#pragma once

#include "domain/verdict.hpp"
#include "terminal/kit/marks.hpp"
#include "terminal/kit/text_table.hpp"
#include "terminal/screens/effects.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::terminal::till {

struct BlockFacts {
    std::string name;
    std::string code;  ///< as scanned
    domain::PackIdentity pack;
    std::vector<domain::Reason> reasons;  ///< worst first
    domain::Date today;
    bool has_printer = true;
    bool slip_printed = false;
};

struct BlockView {
    std::string reasons;
    std::string name;
    std::vector<kit::KeyValue> rows;
    std::string say;
    std::string action;
    std::string slip;
    bool can_print = true;
};

namespace block {
struct PrintSlip {};
struct Understood {};
}  // namespace block
using BlockAction = std::variant<block::PrintSlip, block::Understood>;

BlockView present(const BlockFacts& facts, const kit::TextTable& texts);
std::optional<Effect> update(const BlockFacts& facts, const BlockAction& action);

}  // namespace fangxin::terminal::till
