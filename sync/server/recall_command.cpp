// Recalls made and lifted at the server (SAFE-7, rules 4).
#include "domain/batch.hpp"
#include "sync/ops.hpp"
#include "sync/recall_id.hpp"
#include "sync/server/book.hpp"
#include "sync/server/command_context.hpp"
#include "sync/server/import_values.hpp"
#include "sync/shop_reader.hpp"

namespace fangxin::sync {

namespace {

/// By any of the item's GTINs however it is written, its PLU, or its own code.
std::optional<domain::Item> find_item(ShopReader& shop, const std::string& code) {
    if (auto barcode = read_barcode(code)) {
        if (auto found = shop.by_code(*barcode)) return found->item;
    }
    return shop.item(code);
}

Result<std::optional<domain::Date>> date_argument(const CommandContext& context,
                                                  std::string_view name) {
    auto text = argument<std::string>(context, name);
    if (!text) return tl::unexpected(text.error());
    if (text->empty()) return std::optional<domain::Date>();
    auto date = read_date(*text, context.now.date());
    if (!date) return failure("bad_arguments", fmt::format("--{} {}", name, date.error()));
    return std::optional<domain::Date>(*date);
}

Result<std::string> words_argument(const CommandContext& context, std::string_view name) {
    auto text = argument<std::string>(context, name);
    if (!text) return text;
    if (text->empty()) return failure("bad_arguments", fmt::format("--{} is missing", name));
    auto read = read_text(*text);
    if (!read) return failure("bad_arguments", fmt::format("--{} {}", name, read.error()));
    return *read;
}

/// All of the recall but its id.
Result<RecallMade> read_recall(const CommandContext& context) {
    RecallMade recall;
    auto item = words_argument(context, "item");
    if (!item) return tl::unexpected(item.error());
    auto reason = words_argument(context, "reason");
    if (!reason) return tl::unexpected(reason.error());
    auto lot = argument<std::string>(context, "lot");
    if (!lot) return tl::unexpected(lot.error());
    if (auto read = read_lot(*lot); !lot->empty() && !read)
        return failure("bad_arguments", "--lot " + read.error());
    auto from = date_argument(context, "from");
    if (!from) return tl::unexpected(from.error());
    auto to = date_argument(context, "to");
    if (!to) return tl::unexpected(to.error());
    if (*from && *to && **to < **from) return failure("bad_arguments", "--to is before --from");
    auto level = argument<std::string>(context, "level");
    if (!level) return tl::unexpected(level.error());
    auto known = read_enum<domain::RecallLevel>(*level);
    if (!known || level->empty()) return failure("bad_arguments", "--level is I, II or III");
    return RecallMade{
        .item = *item, .lot = *lot, .from = *from, .to = *to, .level = *known, .reason = *reason};
}

json::array batches_covered(ShopReader& shop, const std::string& recall) {
    json::array covered;
    auto block = shop.block(recall);
    if (!block) return covered;
    auto item = shop.item(block->item);
    if (!item) return covered;
    for (const domain::Batch& batch : shop.batches_of(block->item)) {
        if (domain::covers(*block, batch, *item)) covered.push_back(json::string(batch.id));
    }
    return covered;
}

bool is_made(Database& database, const RecallMade& recall) {
    auto made = database.reading<bool>([&] {
        auto block = ShopReader(database, ShopReader::Side::server).block(recall.block);
        return block && block->item == recall.item && block->lot == recall.lot &&
               block->reason == recall.reason && !block->lifted;
    });
    return made.value_or(false);
}

}  // namespace

Result<void> run_recall(const CommandContext& context) {
    auto recall = read_recall(context);
    if (!recall) return tl::unexpected(recall.error());
    json::object answer;
    auto done = context.database.transaction([&]() -> Result<void> {
        ShopReader shop(context.database, ShopReader::Side::server);
        auto item = find_item(shop, recall->item);
        if (!item) return failure("not_found", "no item " + recall->item);
        recall->item = item->code;
        recall->block = server_recall_id(next_server_op(context.database));
        auto changed = append_server_op(context.database,
                                        draft(*recall, context.now, std::string(server_person)));
        if (!changed) return tl::unexpected(changed.error());
        answer = {{"event", "recalled"},
                  {"recall", recall->block},
                  {"item", item->code},
                  {"ver", changed->newest_ver},
                  {"batches", batches_covered(shop, recall->block)}};
        return {};
    });
    // The line was lost at the COMMIT, perhaps behind it: a second recall of the same goods would
    // outlive the lifting of the first.
    if (!done && !answer.empty() && is_made(context.database, *recall)) done = {};
    if (done) context.output(answer);
    return done;
}

Result<void> run_lift(const CommandContext& context) {
    auto id = words_argument(context, "recall");
    if (!id) return tl::unexpected(id.error());
    auto reason = words_argument(context, "reason");
    if (!reason) return tl::unexpected(reason.error());
    json::object answer;
    auto done = context.database.transaction([&]() -> Result<void> {
        ShopReader shop(context.database, ShopReader::Side::server);
        auto block = shop.block(*id);
        if (!block || block->kind != domain::BlockKind::recall) {
            return failure("not_found", "no recall " + *id);
        }
        if (block->lifted) return failure("lifted_already", *id + " was lifted before");
        auto changed = append_server_op(
            context.database,
            draft(BlockLifted{*id, *reason}, context.now, std::string(server_person)));
        if (!changed) return tl::unexpected(changed.error());
        answer = {{"event", "lifted"},
                  {"recall", *id},
                  {"item", block->item},
                  {"ver", changed->newest_ver}};
        return {};
    });
    if (done) context.output(answer);
    return done;
}

}  // namespace fangxin::sync
