// Receipts as the till keeps them: what was sold stands in the sale's op and nowhere else; beside
// it lie the few words of that moment (shop, cashier, language). Paper is laid out from both when
// it is printed, first or again, so that payment waits for no layout and a reprint says what the
// journal says. Inside the caller's transaction; any connection.
#pragma once

#include "domain/receipt.hpp"
#include "sync/envelope.hpp"
#include "sync/ops.hpp"
#include "sync/store/database.hpp"
#include "sync/terminal_peer.hpp"
#include "terminal/station/paper.hpp"

#include <optional>
#include <string>

namespace fangxin::terminal {

/// What a receipt says that its sale does not.
struct ReceiptHead {
    domain::Language language = domain::Language::zh;
    std::string shop_name;
    std::string address;
    std::string phone;
    std::string complaint_phone;
    std::int64_t till = 0;
    std::string cashier_name;
    bool test_shop = false;
};

/// The next receipt number of this till and epoch; gapless, since it moves with the sale.
std::string take_receipt_number(sync::Database& database, int till);

struct KeptReceipt {
    std::string number;
    sync::LogState op;  ///< the sale's
    ReceiptHead head;
};
void keep_receipt(sync::Database& database, const KeptReceipt& receipt);

/// The last sale's receipt; empty if there was none.
std::string newest_receipt(sync::Database& database);

/// As it was first printed. None if there is no such receipt or its op cannot be read.
std::optional<domain::Receipt> find_receipt(sync::Database& database, const std::string& number);

domain::Receipt receipt_of(const sync::Sale& sale, const sync::Envelope& op,
                           const ReceiptHead& head);

/// Queues a receipt for the printer; a copy is marked as one and opens no drawer.
void queue_receipt(sync::Database& database, const std::string& number, bool copy);
/// Queues what is no receipt, as the printer's bytes.
void queue_slip(sync::Database& database, const std::string& name, const std::string& bytes);

/// What lays a queued receipt out, without the database. One that cannot be read any more prints as
/// a line that says so: it must not hold up those behind it.
LayOut receipt_layout(sync::Database& database, const std::string& number, bool copy,
                      const Paper& paper);

}  // namespace fangxin::terminal
