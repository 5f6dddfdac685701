#include "sync/server/contact_keys.hpp"

#include "sync/hex.hpp"

namespace fangxin::sync {

SealKey contact_key_of(Database& database, std::string_view month, std::string_view vault) {
    {
        Query known = database.query("SELECT open FROM contact_keys WHERE month = $1");
        known.bind(month);
        if (known.step()) return {std::string(month), bytes_of_hex(known.text(0)).value_or("")};
    }
    const SealPair made = make_seal_pair();
    database
        .query(
            "INSERT INTO contact_keys (month,open,locked,made) VALUES ($1,$2,$3, "
            "(SELECT coalesce(max(made), 0) + 1 FROM contact_keys))")
        .bind(month)
        .bind(hex_of(made.open))
        .bind(lock_away(vault, made.secret))
        .run();
    return {std::string(month), made.open};
}

std::vector<std::string> forget_contact_keys(Database& database, std::string_view before_month,
                                             std::int64_t kept) {
    std::vector<std::string> months;
    Query old = database.query(
        "SELECT month FROM contact_keys WHERE month < $1 AND made <= (SELECT max(made) FROM "
        "contact_keys) - $2 ORDER BY month");
    for (old.bind(before_month).bind(kept); old.step();)
        months.push_back(old.text(0));
    for (const std::string& month : months)
        database.query("DELETE FROM contact_keys WHERE month = $1").bind(month).run();
    return months;
}

Result<std::string> open_contact(Database& database, std::string_view sealed,
                                 std::string_view vault) {
    const std::string month = month_of_sealed(sealed);
    if (month.empty()) return failure("bad_value", "nothing sealed");
    Query query = database.query("SELECT open, locked FROM contact_keys WHERE month = $1");
    query.bind(month);
    if (!query.step()) return failure("removed", month);
    auto secret = unlock(vault, query.text(1));
    if (!secret) return failure("bad_value", "the key of " + month + " is another store's");
    auto text = open_sealed({bytes_of_hex(query.text(0)).value_or(""), *secret}, sealed);
    if (!text) return failure("bad_value", "not sealed by the key of " + month);
    return *text;
}

}  // namespace fangxin::sync
