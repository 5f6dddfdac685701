#include "sync/server/branches.hpp"

#include "sync/store/meta.hpp"

#include <array>
#include <sodium.h>

namespace fangxin::sync {

void begin_branch(Database& database) {
    std::array<unsigned char, 8> random{};
    randombytes_buf(random.data(), random.size());
    std::array<char, random.size() * 2 + 1> id{};
    sodium_bin2hex(id.data(), id.size(), random.data(), random.size());
    // One under which nothing was given yet gives way.
    database
        .query(
            "INSERT INTO branches (from_ver,id) VALUES ($1,$2) ON CONFLICT (from_ver) DO UPDATE "
            "SET id = excluded.id")
        .bind(meta_number(database, "ver"))
        .bind(id.data())
        .run();
}

std::string branch_of(Database& database, std::int64_t ver) {
    Query query = database.query(
        "SELECT id FROM branches WHERE from_ver < $1 ORDER BY from_ver DESC LIMIT 1");
    query.bind(ver);
    return query.step() ? query.text(0) : "";
}

}  // namespace fangxin::sync
