// What is kept for a time and then goes, from terminals too: by an op of the server's own, so that
// a rebuild comes to the same rows.
#include "sync/sealed_text.hpp"
#include "sync/server/contact_keys.hpp"
#include "sync/server/server_rows.hpp"

#include <algorithm>

namespace fangxin::sync {

namespace {

/// Keys of rows whose time lies before; inside a transaction.
template <Declared R>
std::vector<std::string> keys_before(Database& database, std::string_view where,
                                     std::int64_t before_ms) {
    std::vector<std::string> keys;
    if (before_ms == 0) return keys;
    Query query = database.query(select_sql<R>(where));
    query.bind(before_ms);
    while (query.step())
        keys.push_back(key_of_row(read_row<R>(query)));
    return keys;
}

}  // namespace

void ServerRows::drop_old(const OldRowsDropped& dropped, const Envelope& op) {
    const std::int64_t now_ms = op.at.utc_ms;
    auto drop = [&]<class R>(std::string_view where, std::int64_t before_ms) {
        settle(Declaration<R>::name);
        for (const std::string& key : keys_before<R>(database_, where, before_ms))
            remove<R>(key, now_ms);
    };
    drop.template operator()<Attempt>("WHERE at_ms < $1", dropped.attempts_before_ms);
    drop.template operator()<Change>("WHERE at_ms < $1", dropped.changes_before_ms);
    if (dropped.contacts_before_ms == 0 && dropped.months.empty()) return;
    settle(Declaration<Complaint>::name);
    std::vector<Complaint> complaints;
    Query query =
        database_.query(select_sql<Complaint>("WHERE contact <> '' OR contact_sealed <> ''"));
    while (query.step()) {
        Complaint each = read_row<Complaint>(query);
        const std::string month = month_of_sealed(each.contact_sealed);
        const bool is_over =
            month.empty()
                ? each.taken_at_ms > known_since_ms && each.taken_at_ms < dropped.contacts_before_ms
                : std::ranges::find(dropped.months, month) != dropped.months.end();
        if (is_over) complaints.push_back(std::move(each));
    }
    for (Complaint& each : complaints) {
        each.contact.clear();
        each.contact_sealed.clear();
        put(each);
    }
}

}  // namespace fangxin::sync
