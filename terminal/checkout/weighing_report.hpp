// What an inspector takes home (WEIGH-4, WELMEC 7.2): the scale's entry in the register, the legal
// library's seal, the event counter and the last changes, as lines for the receipt printer. Values
// in, lines out; any thread.
#pragma once

#include "domain/receipt.hpp"
#include "terminal/checkout/checkout.hpp"

#include <string>
#include <vector>

namespace fangxin::terminal {

struct WeighingReport {
    struct Change {
        std::string when;
        std::string who;
        std::string after;  ///< `name=value`, a line each
    };
    domain::Language language = domain::Language::zh;
    domain::Instrument instrument;
    domain::InstrumentState state;
    drivers::WeighingSeal seal;
    std::vector<Change> changes;  ///< the latest first
};

/// Without head and cut, for X and Z reports to stand in.
std::vector<domain::ReceiptLine> weighing_lines(const WeighingReport& report, int columns);

struct SealSlip {
    WeighingReport report;
    std::string shop_name;
    int till = 0;
    std::string person;  ///< who printed it; empty: nobody was logged in
    domain::StoreTime time;
    bool test_shop = false;
};
std::vector<domain::ReceiptLine> layout_seal_slip(const SealSlip& slip, int columns);

}  // namespace fangxin::terminal
