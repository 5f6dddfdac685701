// X and Z reports, and the slip of cash that came or went, as they lie on paper (SALE-8, SALE-19).
// Pure; any thread.
#pragma once

#include "domain/shift.hpp"

#include <optional>
#include <string>
#include <vector>

namespace fangxin::domain {

struct ShiftReport {
    struct Count {
        std::int64_t fen = 0;  ///< of one note or coin
        std::int64_t pieces = 0;
    };
    /// How the drawer was found; of a Z report.
    struct Counted {
        std::vector<Count> counts;  ///< empty: only the sum was told
        std::int64_t counted_fen = 0;
        std::string approved_by;  ///< who looked at the difference
    };
    struct Held {
        std::string hold;
        std::int64_t lines = 0;
        std::int64_t total_fen = 0;
    };
    /// The terminal's log that it was summed over, end included, and its chain's hash there.
    struct Range {
        std::string from;
        std::string to;
        std::string head;
    };

    Language language = Language::zh;
    std::string shop_name;
    int till = 0;
    std::string cashier_number;
    std::string cashier_name;
    StoreTime time;
    StoreTime opened;
    std::string day;
    std::int64_t z = 0;  ///< 0: an X report
    std::int64_t float_fen = 0;
    ShiftSums sums;
    /// Of an X report for who may not know before he has counted: none.
    bool tells_cash = true;
    std::optional<Counted> counted;
    std::vector<Held> held;
    Range range;
    std::vector<ReceiptLine> weighing;  ///< the scale's entry and seal (WEIGH-4)
    bool test_shop = false;
    bool training = false;
};
std::vector<ReceiptLine> layout_shift_report(const ShiftReport& report, int columns);

struct CashSlip {
    Language language = Language::zh;
    std::string shop_name;
    int till = 0;
    std::string cashier_number;
    std::string cashier_name;
    StoreTime time;
    std::string what;  ///< `paid_in` `paid_out` `drop`
    std::int64_t amount_fen = 0;
    std::string reason;
    std::string approved_by;
    bool test_shop = false;
    bool training = false;
};
/// Opens the drawer, into which it goes or out of which it comes.
std::vector<ReceiptLine> layout_cash_slip(const CashSlip& slip, int columns);

}  // namespace fangxin::domain
