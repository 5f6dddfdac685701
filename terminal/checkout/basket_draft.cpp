#include "terminal/checkout/basket_draft.hpp"

#include "sync/store/meta.hpp"
#include "terminal/checkout/basket_text.hpp"
#include "terminal/station/station_log.hpp"

#include <algorithm>

namespace fangxin::terminal {

namespace {

constexpr std::string_view void_up_to = "draft_void";

struct NumberedDraft {
    std::int64_t number = 0;
    std::string body;
};

NumberedDraft stored(sync::Database& reader) {
    sync::Query query = reader.query("SELECT number, body FROM drafts WHERE name = 'basket'");
    if (!query.step()) return {};
    return {query.int64(0), query.text(1)};
}

void write(sync::Database& writer, const NumberedDraft& draft) {
    writer.query("INSERT OR REPLACE INTO drafts (name, number, body) VALUES ('basket', $1, $2)")
        .bind(draft.number)
        .bind(draft.body)
        .run();
}

}  // namespace

BasketDraft::BasketDraft(sync::Database& reader)
    : newest_(std::make_shared<std::atomic<std::int64_t>>(
          std::max(stored(reader).number, sync::meta_number(reader, void_up_to)))) {}

void BasketDraft::save(sync::StoreThread& store, const domain::Basket& basket) {
    NumberedDraft draft{++*newest_, write_basket(basket)};
    store.submit(sync::Priority::bulk,
                 [newest = newest_, draft = std::move(draft)](sync::Database& writer) {
                     if (*newest != draft.number) return;
                     auto done = writer.transaction([&]() -> Result<void> {
                         write(writer, draft);
                         return {};
                     });
                     if (!done) station_log("draft", done.error().detail);
                 });
}

void BasketDraft::drop(sync::Database& writer) {
    sync::set_meta(writer, void_up_to, std::to_string(++*newest_));
}

void BasketDraft::replace(sync::Database& writer, const std::string& body) {
    write(writer, {++*newest_, body});
}

std::optional<domain::Basket> BasketDraft::load(sync::Database& reader) {
    NumberedDraft draft = stored(reader);
    if (draft.number <= sync::meta_number(reader, void_up_to)) return std::nullopt;
    return read_basket(draft.body);
}

}  // namespace fangxin::terminal
