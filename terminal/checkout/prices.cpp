// What the shop's promotions take off the basket in hand (SALE-4, rules 5).
#include "domain/pricing/basket_prices.hpp"
#include "sync/store/row_table.hpp"
#include "terminal/checkout/checkout.hpp"
#include "terminal/station/station_log.hpp"

namespace fangxin::terminal {

/// True if there are others now than there were. Rows that cannot be read leave those in force
/// that were; one promotion that makes no sense is told of and stands in no other's way.
bool Checkout::read_promotions() {
    sync::Database& reader = station_.reader();
    auto are = reader.reading<std::string>([&] {
        sync::Query query = reader.query("SELECT count(*), coalesce(max(ver), 0) FROM promotions");
        return query.step() ? fmt::format("{} {}", query.int64(0), query.int64(1)) : "";
    });
    if (!are || *are == prices_are_) return false;
    auto rows = reader.reading<std::vector<domain::Promotion>>(
        [&] { return sync::select_rows<domain::Promotion>(reader, ""); });
    if (!rows) return false;
    prices_ = domain::PriceBook(*rows);
    prices_are_ = std::move(*are);
    for (const domain::PriceBook::Fault& fault : prices_.faults())
        station_log("promotion", fault.promotion + " " + fault.why);
    return true;
}

/// By the moment of each change of the basket; a payment takes what is on the screen.
void Checkout::price() { domain::price_lines(basket_, prices_, station_.now()); }

}  // namespace fangxin::terminal
