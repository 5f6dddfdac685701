#include "handheld/desk/delivery_draft.hpp"

#include "handheld/screens/receive_draft.hpp"
#include "sync/store/meta.hpp"
#include "terminal/station/station_log.hpp"

#include <algorithm>
#include <charconv>

namespace fangxin::handheld {

namespace {

constexpr std::string_view draft_key = "receive_draft";
constexpr std::string_view booked_key = "receive_booked";

/// A number, a line end and what belongs to it.
struct Numbered {
    std::int64_t number = 0;
    std::string text;
};

Numbered read(sync::Database& reader, std::string_view key) {
    std::string kept = sync::meta(reader, key);
    std::size_t end = kept.find('\n');
    Numbered numbered;
    if (end == kept.npos) return numbered;
    std::from_chars(kept.data(), kept.data() + end, numbered.number);
    numbered.text = kept.substr(end + 1);
    return numbered;
}

void write(sync::Database& writer, std::string_view key, const Numbered& numbered) {
    sync::set_meta(writer, key, std::to_string(numbered.number) + "\n" + numbered.text);
}

}  // namespace

DeliveryDraft::DeliveryDraft(sync::Database& reader)
    : newest_(std::make_shared<std::atomic<std::int64_t>>(
          std::max(read(reader, draft_key).number, read(reader, booked_key).number))),
      kept_(read(reader, draft_key).text) {}

void DeliveryDraft::keep(sync::StoreThread& store, const ReceiveState& state) {
    std::string text = write_draft(state);
    if (text == kept_) return;
    kept_ = text;
    Numbered draft{next(), std::move(text)};
    store.submit(sync::Priority::bulk,
                 [newest = newest_, draft = std::move(draft)](sync::Database& writer) {
                     if (*newest != draft.number) return;
                     auto done = writer.transaction([&]() -> Result<void> {
                         write(writer, draft_key, draft);
                         return {};
                     });
                     if (!done) terminal::station_log("delivery", done.error().detail);
                 });
}

void DeliveryDraft::booked(sync::Database& writer, std::int64_t number, const std::string& text,
                           const std::string& batch) {
    write(writer, draft_key, {number, text});
    write(writer, booked_key, {number, batch});
}

std::optional<ReceiveState> DeliveryDraft::left(sync::Database& reader) {
    Numbered draft = read(reader, draft_key);
    Numbered booked = read(reader, booked_key);
    auto state = read_draft(draft.text);
    if (!state) return std::nullopt;
    if (draft.number <= booked.number) {
        state->page = ReceivePage::booked;
        state->batch = booked.text;
    }
    return state;
}

}  // namespace fangxin::handheld
