#include "sync/search_rows.hpp"

#include <limits>
#include <string>
#include <utility>

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

void SearchRows::begin_anew(Database& database, bool is_empty) {
    beside_.reset();
    if (!is_empty) beside_.emplace();
    items_seen_ = {std::numeric_limits<std::int64_t>::min(), ""};
    codes_seen_ = items_seen_;
    // Codes up to here come in with their items.
    Query newest =
        database.query("SELECT ver, barcode FROM barcodes ORDER BY ver DESC, barcode DESC LIMIT 1");
    if (newest.step()) codes_seen_ = {newest.int64(0), newest.text(1)};
}

/// A terminal's first download ends as a replaced server's does, with no old row to be dropped.
void SearchRows::notice_server(Database& database, bool is_empty) {
    RowsOf now{.server = meta(database, "server_epoch"),
               .revised = meta(database, "goods_revised"),
               .among_old = meta(database, "old_rows") == "1"};
    const bool same =
        rows_of_ && rows_of_->server == now.server && rows_of_->revised == now.revised;
    if (same && rows_of_->among_old == now.among_old) return;
    if (now.among_old) {
        Query old = database.query(
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM items WHERE ver < 0) "
            "OR EXISTS (SELECT 1 FROM barcodes WHERE ver < 0)");
        now.any_old = old.step();
    }
    const bool nothing_went = same && rows_of_->among_old && !rows_of_->any_old;
    rows_of_ = std::move(now);
    if (!nothing_went) begin_anew(database, is_empty);
}

Result<bool> SearchRows::catch_up(Database& database, domain::SearchIndex& index,
                                  std::int64_t most) {
    auto whole = database.reading<bool>([&] {
        notice_server(database, index.size() == 0);
        domain::SearchIndex& growing = beside_ ? *beside_ : index;
        return take_items(database, growing, most) && take_codes(database, growing, most);
    });
    if (!whole) rows_of_.reset();  // what could not be read is not passed over the next time
    if (whole && *whole && beside_) {
        index.replace_by(std::move(*beside_));
        beside_.reset();
    }
    return whole;
}

bool SearchRows::take_items(Database& database, domain::SearchIndex& index, std::int64_t most) {
    std::vector<Names> changed;
    {
        Query query = database.query(
            "SELECT code, name_zh, name_en, ver FROM items WHERE (ver, code) > ($1, $2) "
            "ORDER BY ver, code LIMIT $3");
        for (query.bind(items_seen_.ver).bind(items_seen_.key).bind(most); query.step();) {
            changed.push_back({query.text(0), query.text(1), query.text(2)});
            items_seen_ = {query.int64(3), query.text(0)};
        }
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
            "SELECT items.code, name_zh, name_en, new.ver, barcode FROM (SELECT item, ver, barcode "
            "FROM barcodes WHERE (ver, barcode) > ($1, $2) ORDER BY ver, barcode LIMIT $3) AS new "
            "LEFT JOIN items ON items.code = new.item ORDER BY new.ver, barcode");
        for (query.bind(codes_seen_.ver).bind(codes_seen_.key).bind(most); query.step();) {
            ++count;
            codes_seen_ = {query.int64(3), query.text(4)};
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
