#include "terminal/checkout/basket_draft.hpp"

#include "terminal/checkout/basket_text.hpp"
#include "terminal/station/station_log.hpp"

namespace fangxin::terminal {

namespace {

void erase(sync::Database& database) {
    database.query("DELETE FROM drafts WHERE name = 'basket'").run();
}

void write(sync::Database& database, const std::string& body) {
    database.query("INSERT OR REPLACE INTO drafts (name, body) VALUES ('basket', $1)")
        .bind(body)
        .run();
}

}  // namespace

void BasketDraft::save(sync::StoreThread& store, const domain::Basket& basket) {
    std::string body = basket.lines.empty() ? "" : write_basket(basket);
    std::int64_t number = ++*newest_;
    store.submit(sync::Priority::bulk,
                 [newest = newest_, number, body = std::move(body)](sync::Database& database) {
                     if (*newest != number) return;
                     auto done = database.transaction([&]() -> Result<void> {
                         if (body.empty()) {
                             erase(database);
                         } else {
                             write(database, body);
                         }
                         return {};
                     });
                     if (!done) station_log("draft", done.error().detail);
                 });
}

void BasketDraft::drop(sync::Database& database) {
    ++*newest_;
    erase(database);
}

void BasketDraft::replace(sync::Database& database, const std::string& body) {
    ++*newest_;
    write(database, body);
}

std::optional<domain::Basket> BasketDraft::load(sync::Database& reader) {
    sync::Query query = reader.query("SELECT body FROM drafts WHERE name = 'basket'");
    if (!query.step()) return std::nullopt;
    return read_basket(query.text(0));
}

}  // namespace fangxin::terminal
