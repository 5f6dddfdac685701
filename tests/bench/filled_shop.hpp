// A till's database of any size, filled directly with rows: 3 batches an item, one item in a
// thousand recalled. It is kept in the data folder and used again by later runs.
#pragma once

#include "terminal/checkout/checkout.hpp"
#include "tests/bench/bench.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace fangxin::bench {

inline constexpr std::int64_t batches_per_item = 3;

/// The folder of a till whose database holds so many items. Takes a minute for a million, once.
std::filesystem::path filled_shop(const Run& run, std::int64_t items);

/// Who sells there.
inline constexpr const char* filled_cashier = "1001";
inline constexpr const char* filled_pin = "408213";

/// Goods sold by the kilogram, which no recall names; a scale that may sell them is registered.
inline constexpr const char* weighed_plu = "01011";

/// What a scanner sends for item `n`: an EAN-13, or a DataMatrix that names one of its batches.
std::string ean13_of(std::int64_t n);
std::string data_matrix_of(std::int64_t n);
/// As it stands in the table of codes.
std::string gtin_of(std::int64_t n);
std::string item_code_of(std::int64_t n);
bool is_recalled(std::int64_t n);

/// A till in this process: the product's own models over such a folder, a cashier logged in, no
/// server.
class OpenTill {
  public:
    explicit OpenTill(const std::filesystem::path& directory, int receipt_columns = 0);

    terminal::Checkout& checkout() { return *checkout_; }
    /// Waits until the store thread has written what was handed to it, as it has long before the
    /// next scan at a real till.
    void settle();

  private:
    std::unique_ptr<terminal::Station> station_;
    std::unique_ptr<terminal::Checkout> checkout_;
};

}  // namespace fangxin::bench
