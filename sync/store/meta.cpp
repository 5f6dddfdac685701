#include "sync/store/meta.hpp"

#include "sync/declaration.hpp"

#include <charconv>
#include <fmt/format.h>

namespace fangxin::sync {

Result<bool> is_prepared(Database& database) {
    if (meta(database, "schema").empty()) return false;
    std::int64_t version = meta_number(database, "schema");
    if (version >= oldest_schema_version && version <= schema_version) return true;
    return failure(version > schema_version ? "newer_version" : "older_version",
                   fmt::format("schema {}, this program's is {}", version, schema_version));
}

std::string meta(Database& database, std::string_view key) {
    Query query = database.query("SELECT value FROM meta WHERE key = $1");
    query.bind(key);
    return query.step() ? query.text(0) : std::string();
}

void set_meta(Database& database, std::string_view key, std::string_view value) {
    database
        .query(
            "INSERT INTO meta (key, value) VALUES ($1, $2) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value")
        .bind(key)
        .bind(value)
        .run();
}

std::int64_t meta_number(Database& database, std::string_view key) {
    std::string text = meta(database, key);
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::int64_t take_number(Database& database, std::string_view key) {
    std::int64_t number = meta_number(database, key) + 1;
    set_meta(database, key, std::to_string(number));
    return number;
}

void start_log(Database& database, std::int64_t epoch) {
    database.query("INSERT INTO logs (epoch, last_seq, head, acked_seq) VALUES ($1, 0, $2, 0)")
        .bind(epoch)
        .bind_bytes(std::string(32, '\0'))
        .run();
}

}  // namespace fangxin::sync
