#include "sync/server/tombstones.hpp"

#include "sync/store/meta.hpp"

namespace fangxin::sync {

void put_tombstone(Database& database, const Tombstone& tombstone) {
    database.query("INSERT INTO tombstones (ver,tbl,key,at_ms) VALUES ($1,$2,$3,$4)")
        .bind(tombstone.ver)
        .bind(tombstone.table)
        .bind(tombstone.key)
        .bind(tombstone.at_ms)
        .run();
}

void load_tombstones(Database& database, const VersionRange& range, std::vector<RowEntry>& into) {
    Query query = database.query(
        "SELECT ver, tbl, key FROM tombstones WHERE ver > $1 AND ver <= $2 ORDER BY ver LIMIT $3");
    query.bind(range.after).bind(range.up_to).bind(range.limit);
    while (query.step())
        into.push_back({query.text(1), query.int64(0), {}, query.text(2)});
}

void drop_old_tombstones(Database& database, std::int64_t now_ms) {
    const std::int64_t before_ms = now_ms - tombstones_kept_ms;
    std::int64_t horizon = 0;
    {
        Query newest =
            database.query("SELECT coalesce(max(ver), 0) FROM tombstones WHERE at_ms < $1");
        newest.bind(before_ms);
        if (newest.step()) horizon = newest.int64(0);
    }
    if (horizon <= tombstone_horizon(database)) return;
    // All up to there: the clock may have been set back in between.
    database.query("DELETE FROM tombstones WHERE ver <= $1").bind(horizon).run();
    set_meta(database, "tombstone_horizon", std::to_string(horizon));
}

std::int64_t tombstone_horizon(Database& database) {
    return meta_number(database, "tombstone_horizon");
}

}  // namespace fangxin::sync
