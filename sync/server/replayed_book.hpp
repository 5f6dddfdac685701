// A book in memory that begins with the shop's reference records and is given its ops again: what
// follows from them, to be compared with what the shop's book says. What an op's effect took from a
// record that was changed since (an item's shelf life) is worked out with the record of today.
#pragma once

#include "sync/server/op_order.hpp"
#include "sync/store/database.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::sync {

class ReplayedBook {
  public:
    /// Codes: the database's.
    static Result<ReplayedBook> begin(Database& book);

    /// The next ones in the order of OpOrder. Those without effect in the book have none here.
    Result<void> apply(std::span<const OrderedOp> ops);
    /// Settings that no op made are none of what follows from ops. After the last apply().
    Result<void> finish();
    Database& database() { return database_; }

  private:
    explicit ReplayedBook(Database database) : database_(std::move(database)) {}
    void apply_one(class ServerRows& rows, const OrderedOp& op);

    Database database_;
    std::map<std::string, std::vector<OrderedOp>> waiting_;  ///< by what they wait for
};

/// Sales (`sales` or `sale_lines`) that are in one of the two books only, or otherwise there:
/// `till-1/1/17`, in order.
std::vector<std::string> differing_sales(Database& book, Database& ops, std::string_view table);
/// All sales of the book are those of the other one. Inside a transaction.
Result<void> replace_sales(Database& book, Database& ops);

}  // namespace fangxin::sync
