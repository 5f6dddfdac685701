// Whatever stands in an op that a terminal sends: it is refused, or it has its effect on the rows,
// and what it left there can be read again. Seeds: the logs of tests/golden/databases.
#include "domain/check.hpp"
#include "sync/codec.hpp"
#include "sync/effects.hpp"
#include "sync/envelope.hpp"
#include "sync/overlay.hpp"
#include "sync/terminal_journal.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

using namespace fangxin;

/// A terminal's, in memory; nothing that an input did stays in it.
sync::Database& journal() {
    static sync::Database database = [] {
        auto opened = sync::Database::open("", sync::Database::Access::writer);
        FANGXIN_CHECK(opened.has_value());
        FANGXIN_CHECK(sync::prepare_journal(*opened, {"till-1", "till"}).has_value());
        return std::move(*opened);
    }();
    return database;
}

/// What lies on top of the server's rows is JSON of our own.
void read_overlay(sync::Database& database) {
    sync::Query query = database.query("SELECT body FROM overlay");
    while (query.step())
        FANGXIN_CHECK(sync::parse_strict_object(query.text(0)).has_value());
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    auto op = sync::read_envelope(body);
    if (!op) return 0;
    sync::Database& database = journal();
    auto done = database.transaction([&]() -> Result<void> {
        sync::OverlayRows rows(database, op->epoch, op->seq);
        if (sync::apply_effect(rows, *op)) read_overlay(database);
        return failure("taken back");
    });
    FANGXIN_CHECK(!done.has_value() && done.error().code == "taken back");
    return 0;
}
