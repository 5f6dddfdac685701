#include "sync/server/branches.hpp"

#include "sync/hex.hpp"
#include "sync/store/meta.hpp"

#include <sodium.h>

namespace fangxin::sync {

void begin_branch(Database& database) {
    std::string random(8, '\0');
    randombytes_buf(random.data(), random.size());
    // One under which nothing was given yet gives way.
    database
        .query(
            "INSERT INTO branches (from_ver,id) VALUES ($1,$2) ON CONFLICT (from_ver) DO UPDATE "
            "SET id = excluded.id")
        .bind(meta_number(database, "ver"))
        .bind(hex_of(random))
        .run();
}

std::string branch_of(Database& database, std::int64_t ver) {
    Query query = database.query(
        "SELECT id FROM branches WHERE from_ver < $1 ORDER BY from_ver DESC LIMIT 1");
    query.bind(ver);
    return query.step() ? query.text(0) : "";
}

}  // namespace fangxin::sync
