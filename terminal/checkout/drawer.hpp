// The drawer and whose it is (SALE-8, SALE-19): a shift is one person's time at this till's drawer,
// open from his float to his count. Sales belong to it by its id; who sells without having opened
// one has it opened by his first sale, without a float. Closing always succeeds: it is a count, and
// neither the server nor anybody else is waited for. Main loop only.
#pragma once

#include "domain/shift_report.hpp"
#include "sync/checkout_ops.hpp"
#include "terminal/station/paper.hpp"
#include "terminal/station/station.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::terminal {

/// A difference above it asks for the shift lead, unless the shop says another
/// (`cash_difference_fen`).
inline constexpr std::int64_t cash_difference_fen = 1'000;

/// How far this till's log counts for a shift, and its chain's hash there.
struct LogRange {
    sync::LogState from;
    sync::LogState to;
    std::string head;
};

struct ShiftNow {
    sync::Shift shift;
    domain::ShiftSums sums;
    LogRange range;
};

struct CashMove {
    std::string what;  ///< `paid_in` `paid_out` `drop`
    std::int64_t amount_fen = 0;
    std::string reason;
};

struct CashCounted {
    std::string shift;  ///< of somebody else; empty: one's own
    std::vector<sync::CashCount> counts;
    std::int64_t counted_fen = 0;  ///< where only the sum is told
    /// Nobody is there to look at the difference: it is closed all the same, and told.
    bool alone = false;
};

struct ShiftEnd {
    sync::ShiftClosed closed;
    std::int64_t difference_fen = 0;  ///< below zero: cash is missing
};

class Drawer {
  public:
    using Second = std::optional<domain::Person>;

    Drawer(Station& station, const Paper& paper) : station_(station), paper_(paper) {}

    /// Of who is logged in; none: he has none open here.
    std::optional<sync::Shift> shift() const;
    /// Of all at this till, the oldest first.
    std::vector<sync::Shift> open_here() const;
    /// Codes of may(), `shift_is_open`, `amount_out_of_range`.
    Result<sync::Shift> open(std::int64_t float_fen);
    /// In the caller's transaction: the id of the seller's shift, opened now if there is none.
    Result<std::string> shift_of_sale(sync::Database& database);

    /// Codes of may(), `no_shift`, `amount_out_of_range`, `bad_value`.
    Result<void> move(const CashMove& move, const Second& second);
    /// Without a sale. Codes of may(), `no_shift`, `bad_value` (no reason).
    Result<void> open_drawer(const std::string& reason, const Second& second);

    /// What a shift comes to so far. Codes of may(), `no_shift`.
    Result<ShiftNow> now() const;
    /// Whether the person logged in may know what has to lie in the drawer before it is counted.
    bool tells_cash() const;
    /// The X report, on paper. Codes of now(), `no_printer`.
    Result<void> print_x(const std::vector<domain::ReceiptLine>& weighing);
    /// Codes of may(), `no_shift`, `amount_out_of_range`, `needs_second_person` (the difference
    /// asks for the shift lead).
    Result<ShiftEnd> close(const CashCounted& counted, const Second& second,
                           const std::vector<domain::ReceiptLine>& weighing);
    /// The day of all tills ends (日结). Codes of may(), `shifts_open` (with their number),
    /// `day_is_closed`.
    Result<sync::DayClosed> close_day();
    std::string business_day() const;

  private:
    std::optional<sync::Shift> shift_in(sync::Database& database) const;
    std::string day_in(sync::Database& database) const;
    Result<sync::Shift> find(const std::string& id) const;
    Result<ShiftNow> summed(const sync::Shift& shift) const;
    domain::ShiftReport report_of(const ShiftNow& now) const;
    sync::ShiftClosed closed_of(const ShiftNow& now, const CashCounted& counted,
                                std::int64_t counted_fen) const;
    Result<ShiftEnd> finish(const ShiftNow& now, ShiftEnd end,
                            const std::vector<domain::ReceiptLine>& weighing);
    Result<sync::Shift> append_open(sync::Database& database, std::int64_t float_fen);
    Result<void> may(domain::Action action, const Second& second) const;
    using LayLines = std::function<std::vector<domain::ReceiptLine>(int columns)>;
    void queue_paper(sync::Database& database, const std::string& name, const LayLines& lay) const;

    Station& station_;
    Paper paper_;
};

}  // namespace fangxin::terminal
