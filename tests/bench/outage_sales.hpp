// Sales that a till made while the server was away, straight into its journal. For the benches that
// send them.
#pragma once

#include "sync/messages.hpp"
#include "sync/ops.hpp"
#include "sync/shop_reader.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace fangxin::bench {

inline constexpr std::int64_t lines_per_sale = 10;
inline constexpr std::int64_t sales_per_transaction = 1000;
inline constexpr std::int64_t made_up_items = 1'000;  ///< that the shop has to hold

/// Of the goods that `import --generate` makes, one batch each.
std::vector<domain::Batch> made_up_batches(sync::ShopReader shop, std::int64_t items);
/// The `n`-th sale: ten lines, other goods than the one before.
sync::Sale made_up_sale(std::int64_t n, const std::vector<domain::Batch>& batches);

struct Written {
    sync::LogState end;
    std::int64_t first_seq = 0;
};

Written write_sales(const std::filesystem::path& till, std::int64_t count);
/// The bytes of those ops, in their order.
std::vector<std::string> bodies_of(const std::filesystem::path& till, const Written& written);

}  // namespace fangxin::bench
