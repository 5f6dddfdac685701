// The permission table against rules 8, whose rows stand here as they stand there.
#include "domain/permissions.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace fangxin::domain {
namespace {

struct RulesRow {
    const char* actions;  ///< in the row's own notation: `;` and `/` as there, `,` for one cell
    const char* text;     ///< copied from rules 8
};

const std::vector<RulesRow> rules_8{
    {"sell", "| sell, hold, resume, void a line | P | P | – | – | – | – | P | – |"},
    {"void_sale", "| void a sale before payment | P | P | – | – | – | – | P | – |"},
    {"override_price_small / override_price_large",
     "| price override ≤ 10 % and ≤ ¥5 / more | P / A | P | – | – | – | – | P | – |"},
    {"refund_small / refund_large; refund_without_receipt",
     "| refund with receipt ≤ ¥200 / more; without receipt | P / A; A | P | – | – | A | – | P | – "
     "|"},
    {"drawer", "| open drawer without sale, paid in/out, drop | A | P | – | – | – | – | P | – |"},
    {"shift_open, shift_close; shift_close_other",
     "| open / close own shift; close another's | P; – | P | – | – | – | – | P | – |"},
    {"receive; receive_without_order",
     "| receive; receive without order, over-delivery > 10 % | – | – | P; A | P | – | – | P | – |"},
    {"quarantine", "| quarantine | P (by block slip) | P | P | P | P | – | P | – |"},
    {"release, correct_batch, lift_rule_quarantine, test_result",
     "| release, correct a date, lift a rule's quarantine, test results | – | – | – | P | – | – | "
     "– "
     "| – |"},
    {"recall_make, recall_close; emergency_stop",
     "| recall: make, close; emergency stop | –; A | –; P | –; A | P | –; A | – | P | – |"},
    {"withdraw, mark_down, dispose",
     "| withdraw, mark down, dispose (dispose with a witness) | – | A | P | P | – | – | P | – |"},
    {"complaint_take; complaint_work",
     "| complaint: take; work on, see contact | P; – | P; – | P; – | P; P | P; P | – | P; P | – |"},
    {"compensation_propose; compensation_approve_small / compensation_approve_large",
     "| advance compensation: propose; approve ≤ ¥500 / more | –; – | P; P / – | – | – | P; – | – "
     "| "
     "P; P | – |"},
    {"scale_check; scale_bind",
     "| scale: daily check; bind, certificate | P; – | P; – | – | – | – | P; P | –; P | – |"},
    {"edit_reference",
     "| items, prices, promotions, suppliers, rules | – | – | – | – | – | – | P | – |"},
    {"account_request; account_approve; account_open",
     "| accounts: request; approve; open, lock, roles | – | P; – | – | – | – | – | P; P | –; –; P "
     "|"},
    {"terminal_enrol, terminal_revoke",
     "| terminals: enrol, revoke | – | – | – | – | – | – | P | P |"},
    // FAULT-1: no row of rules 8, but ours.
    {"fault_work", "| faults: take, mend | – | P | – | – | – | P | P | – |"},
    {"reports",
     "| reports, journal | – | own till | own work | quality | complaints | instruments | P | "
     "accounts |"}};

std::string trimmed(std::string text) {
    text.erase(0, text.find_first_not_of(' '));
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

std::vector<std::string> split(const std::string& text, char by) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, by);)
        parts.push_back(trimmed(part));
    return parts;
}

/// A cell of rules 8 as letters, one an action: `P / A; A` of `a / b; c` → a P, b A, c A. A single
/// letter stands for all of the row's actions, a missing one for `–`.
void read_cell(const std::string& actions, std::string cell,
               std::map<std::string, std::string>& to) {
    cell = trimmed(cell.substr(0, cell.find('(')));
    auto groups = split(actions, ';');
    auto cells = split(cell, ';');
    for (std::size_t i = 0; i < groups.size(); ++i) {
        std::string letters = cells.size() == 1 ? cells[0] : i < cells.size() ? cells[i] : "–";
        auto sides = split(groups[i], '/');
        auto side_letters = split(letters, '/');
        for (std::size_t j = 0; j < sides.size(); ++j) {
            std::string letter = side_letters.size() == 1 ? side_letters[0] : side_letters.at(j);
            if (letter != "P" && letter != "A" && letter != "–") letter = "P";  // `own till`
            for (const std::string& action : split(sides[j], ','))
                to[action] += letter + " ";
        }
    }
}

std::string matrix_of_rules() {
    std::string text;
    for (const RulesRow& row : rules_8) {
        auto cells = split(row.text, '|');  // an empty one, the action, eight roles
        std::map<std::string, std::string> letters;
        for (std::size_t i = 2; i < 10; ++i)
            read_cell(row.actions, cells.at(i), letters);
        std::string names = row.actions;
        for (char& c : names)
            c = c == ';' || c == '/' ? ',' : c;
        for (const std::string& name : split(names, ','))
            text += letters[name] + name + "\n";
    }
    return text;
}

std::string matrix() {
    std::string text;
    for (const auto& action : EnumTable<Action>::rows) {
        for (const auto& role : EnumTable<Role>::rows) {
            text += fmt::format("{} ", to_text(right_of(role.value, action.value)));
        }
        text += fmt::format("{}\n", action.text);
    }
    return text;
}

const Actor wang{Role::cashier, "1001"};
const Actor li{Role::shift_lead, "2001"};
const Actor zhang{Role::after_sales, "3001"};

// ACCT-2
TEST(Permissions, AreTheTableOfRulesEight) { EXPECT_EQ(matrix(), matrix_of_rules()); }

// ACCT-2
TEST(Permissions, AreAskedAloneWhereTheTableSaysP) {
    EXPECT_TRUE(allowed(wang, Action::sell));
    EXPECT_FALSE(allowed(wang, Action::release));
    EXPECT_FALSE(allowed(wang, Action::release, Actor{Role::inspector, "4001"}));
}

// ACCT-2
TEST(Permissions, NeedASecondPersonWhoHasThemWhereTheTableSaysA) {
    EXPECT_FALSE(allowed(wang, Action::drawer));
    EXPECT_TRUE(allowed(wang, Action::drawer, li));
    EXPECT_FALSE(allowed(wang, Action::drawer, Actor{Role::cashier, "1002"}));
    EXPECT_FALSE(allowed(wang, Action::refund_large, zhang));  // two who may only with a third
}

// ACCT-2
TEST(Permissions, NobodyApprovesHimself) {
    EXPECT_FALSE(allowed(wang, Action::drawer, Actor{Role::shift_lead, "1001"}));
    EXPECT_FALSE(may_approve(li, Action::compensation_approve_small, "2001"));
    EXPECT_TRUE(may_approve(li, Action::compensation_approve_small, "3001"));
    EXPECT_FALSE(may_approve(li, Action::compensation_approve_large, "3001"));
}

// ACCT-2
TEST(Permissions, DisposalAloneNeedsAWitness) {
    for (const auto& action : EnumTable<Action>::rows) {
        EXPECT_EQ(needs_witness(action.value), action.value == Action::dispose) << action.text;
    }
}

// ACCT-2
TEST(Permissions, ASmallOverrideIsSmallInPercentAndInYuan) {
    EXPECT_EQ(override_price_action({5'000, 4'500}), Action::override_price_small);
    EXPECT_EQ(override_price_action({5'000, 4'499}), Action::override_price_large);
    EXPECT_EQ(override_price_action({10'000, 9'499}), Action::override_price_large);
    EXPECT_EQ(override_price_action({1'000, 900}), Action::override_price_small);
    EXPECT_EQ(override_price_action({1'000, 899}), Action::override_price_large);
    EXPECT_EQ(override_price_action({1'000, 1'101}), Action::override_price_large);
}

// ACCT-2
TEST(Permissions, AmountsDecideRefundsAndCompensation) {
    EXPECT_EQ(refund_action(20'000), Action::refund_small);
    EXPECT_EQ(refund_action(20'001), Action::refund_large);
    EXPECT_EQ(compensation_approve_action(50'000), Action::compensation_approve_small);
    EXPECT_EQ(compensation_approve_action(50'001), Action::compensation_approve_large);
}

// ACCT-2
TEST(Permissions, EachRoleReadsItsOwnReports) {
    EXPECT_EQ(report_scope_of(Role::cashier), ReportScope::none);
    EXPECT_EQ(report_scope_of(Role::manager), ReportScope::everything);
    for (const auto& role : EnumTable<Role>::rows) {
        bool reads = right_of(role.value, Action::reports) != Right::none;
        EXPECT_EQ(report_scope_of(role.value) != ReportScope::none, reads) << role.text;
    }
}

}  // namespace
}  // namespace fangxin::domain
