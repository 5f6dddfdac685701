#include "sync/search_rows.hpp"

#include "sync/store/meta.hpp"

#include <string>

namespace fangxin::sync {

namespace {

struct Names {
    std::string code;
    std::string zh;
    std::string en;
};

void put(Database& database, domain::SearchIndex& index, const Names& item) {
    std::vector<std::string> codes;
    Query query = database.query("SELECT barcode FROM barcodes WHERE item = $1");
    for (query.bind(item.code); query.step();)
        codes.push_back(query.text(0));
    index.put({.code = item.code,
               .name_zh = item.zh,
               .name_en = item.en,
               .codes = {codes.begin(), codes.end()}});
}

}  // namespace

Result<bool> SearchRows::catch_up(Database& database, domain::SearchIndex& index,
                                  std::int64_t most) {
    return database.reading<bool>([&] {
        const std::int64_t epoch = meta_number(database, "server_epoch");
        if (epoch != server_epoch_) {
            index.clear();
            server_epoch_ = epoch;
            items_seen_ = 0;
            // Codes up to here come in with their items.
            Query newest = database.query("SELECT coalesce(max(ver), 0) FROM barcodes");
            codes_seen_ = newest.step() ? newest.int64(0) : 0;
        }
        return take_items(database, index, most) && take_codes(database, index, most);
    });
}

bool SearchRows::take_items(Database& database, domain::SearchIndex& index, std::int64_t most) {
    std::vector<Names> changed;
    {
        Query query = database.query(
            "SELECT code, name_zh, name_en, ver FROM items WHERE ver > $1 ORDER BY ver LIMIT $2");
        for (query.bind(items_seen_).bind(most); query.step(); items_seen_ = query.int64(3))
            changed.push_back({query.text(0), query.text(1), query.text(2)});
    }
    for (const Names& item : changed)
        put(database, index, item);
    return static_cast<std::int64_t>(changed.size()) < most;
}

bool SearchRows::take_codes(Database& database, domain::SearchIndex& index, std::int64_t most) {
    std::vector<Names> changed;
    std::int64_t count = 0;
    {
        // An item that is not there yet brings its codes when it comes.
        Query query = database.query(
            "SELECT items.code, name_zh, name_en, new.ver FROM (SELECT item, ver FROM barcodes "
            "WHERE ver > $1 ORDER BY ver LIMIT $2) AS new LEFT JOIN items ON items.code = new.item "
            "ORDER BY new.ver");
        for (query.bind(codes_seen_).bind(most); query.step(); codes_seen_ = query.int64(3)) {
            ++count;
            if (query.is_null(0)) continue;
            if (!changed.empty() && changed.back().code == query.text(0)) continue;
            changed.push_back({query.text(0), query.text(1), query.text(2)});
        }
    }
    for (const Names& item : changed)
        put(database, index, item);
    return count < most;
}

}  // namespace fangxin::sync
