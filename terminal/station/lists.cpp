#include "terminal/station/lists.hpp"

#include "domain/code.hpp"
#include "domain/masked_text.hpp"
#include "domain/text_width.hpp"
#include "sync/codec.hpp"
#include "terminal/station/equipment_lists.hpp"
#include "terminal/station/item_names.hpp"

namespace fangxin::terminal {

namespace json = boost::json;

namespace {

constexpr std::int64_t most_items = 500;

json::object batch_row(Station& station, ItemNames& names, const domain::Batch& batch,
                       const std::vector<domain::Block>& blocks) {
    json::object row = sync::to_json(batch);
    row["batch"] = batch.id;
    row.erase("id");
    row["name"] = names.name(batch.item);
    row["decision"] = domain::to_text(names.decision(batch, blocks));
    row["age"] = domain::to_text(names.age(batch));
    if (auto stock = station.shop().stock(batch.id)) row["stock_milli"] = stock->quantity_milli;
    return row;
}

json::array batches(Station& station, bool near_expiry_only) {
    ItemNames names(station);
    auto blocks = station.shop().all_blocks();
    json::array rows;
    for (const domain::Batch& batch : station.shop().all_batches()) {
        if (near_expiry_only) {
            bool gone = batch.decision != domain::Decision::released || !batch.in_stock;
            if (gone || names.age(batch) != domain::Age::near_expiry) continue;
        }
        rows.push_back(batch_row(station, names, batch, blocks));
    }
    return rows;
}

json::array tasks(Station& station) {
    ItemNames names(station);
    auto blocks = station.shop().all_blocks();
    json::array rows;
    for (const domain::Batch& batch : station.shop().watched_batches(station.now().date())) {
        domain::WithdrawalCause cause =
            names.withdrawal_cause(batch, names.standing(batch, blocks));
        if (cause == domain::WithdrawalCause::none) continue;
        json::object row = batch_row(station, names, batch, blocks);
        row["task"] = "withdraw";
        row["reason"] = domain::to_text(cause);
        rows.push_back(std::move(row));
    }
    for (const domain::Block& block : blocks) {
        if (block.lifted || block.withdrawal_confirmed || names.is_on_record(block)) continue;
        rows.push_back(json::object{{"task", "withdraw"},
                                    {"reason", "recalled"},
                                    {"batch", block.id},
                                    {"item", block.item},
                                    {"name", names.name(block.item)},
                                    {"lot", block.lot}});
    }
    for (const sync::UnrecordedBatch& each : station.shop().unrecorded()) {
        json::object row = sync::to_json(each);
        row["task"] = "book_batch";
        row["reason"] = "unrecorded_batch";
        row["name"] = names.name(each.item);
        rows.push_back(std::move(row));
    }
    for (const sync::Complaint& each : station.shop().complaints()) {
        if (each.state != "received") continue;
        rows.push_back(json::object{{"task", "answer_complaint"},
                                    {"reason", each.severity},
                                    {"complaint", each.id},
                                    {"overdue", station.now().utc_ms > each.answer_due_ms}});
    }
    return rows;
}

json::array items(Station& station, const std::vector<domain::Item>& listed) {
    json::array rows;
    for (const domain::Item& item : listed) {
        json::object row = sync::to_json(item);
        row["item"] = item.code;
        row["name"] = name_of(item, station.options().language);
        rows.push_back(std::move(row));
    }
    return rows;
}

json::array complaints(Station& station) {
    bool sees_contact = station.may(domain::Action::complaint_work).code.empty();
    json::array rows;
    for (const sync::Complaint& each : station.shop().complaints()) {
        json::object row = sync::to_json(each);
        row["complaint"] = each.id;
        row.erase("id");
        row.erase("contact_sealed");
        if (!sees_contact) row["contact"] = domain::masked_contact(each.contact);
        row["overdue"] = each.state == "received" && station.now().utc_ms > each.answer_due_ms;
        rows.push_back(std::move(row));
    }
    return rows;
}

json::array blocks(Station& station) {
    ItemNames names(station);
    json::array rows;
    for (const domain::Block& each : station.shop().all_blocks()) {
        if (each.lifted) continue;
        json::object row = sync::to_json(each);
        row["block"] = each.id;
        row.erase("id");
        row["name"] = names.name(each.item);
        rows.push_back(std::move(row));
    }
    return rows;
}

/// SAFE-9: who has the newest blocks and who has not, and since when.
json::array terminals(Station& station) {
    std::int64_t newest = 0;
    auto all = station.shop().terminals();
    for (const auto& each : all)
        newest = std::max(newest, each.block_cursor);
    json::array rows;
    for (const auto& each : all) {
        json::object row = sync::to_json(each);
        row["has_all_blocks"] = each.block_cursor == newest;
        rows.push_back(std::move(row));
    }
    return rows;
}

json::array holds(Station& station) {
    json::array rows;
    for (const sync::Hold& each : station.shop().holds()) {
        json::object row = sync::to_json(each);
        row["hold"] = each.id;
        row.erase("id");
        row.erase("body");
        row.erase("resumed_by");
        rows.push_back(std::move(row));
    }
    return rows;
}

json::array attempts(Station& station) {
    json::array rows;
    for (const sync::Attempt& each : station.shop().attempts()) {
        rows.push_back(sync::to_json(each));
    }
    return rows;
}

bool contains(const json::object& row, const std::string& filter) {
    if (filter.empty()) return true;
    for (const auto& [key, value] : row) {
        if (!value.is_string()) continue;
        std::string_view text = value.get_string();
        if (text.find(filter) != std::string_view::npos) return true;
    }
    return false;
}

Result<json::array> list_items(Station& station, GoodsSearch& goods, const std::string& filter) {
    if (auto taken = goods.take_all_names(); !taken) return tl::unexpected(taken.error());
    return station.reader().reading<json::array>([&] {
        return items(station, filter.empty() ? station.shop().items_of("", most_items)
                                             : goods.find(filter, most_items));
    });
}

}  // namespace

std::string text_of(const json::object& row, std::string_view name) {
    const json::value* value = row.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::string name_of(const domain::Item& item, domain::Language language) {
    return std::string(domain::name_in(language, {item.name_zh, item.name_en}));
}

std::optional<sync::FoundItem> find_item(Station& station, const std::string& code) {
    domain::ScannedCode scanned = domain::parse_code(code, station.code_context());
    std::optional<sync::FoundItem> found;
    if (!scanned.error && !scanned.gtin.empty()) found = station.shop().by_code(scanned.gtin);
    if (!found && !scanned.plu.empty()) found = station.shop().by_code(scanned.plu);
    if (!found) found = station.shop().by_item(code);
    if (!found) found = station.shop().by_code(code);
    return found;
}

Result<json::array> list_rows(Station& station, GoodsSearch& goods, const std::string& what,
                              const std::string& filter) {
    if (what == "items") return list_items(station, goods, filter);
    std::function<json::array()> read;
    if (what == "batches") read = [&] { return batches(station, false); };
    if (what == "near_expiry") read = [&] { return batches(station, true); };
    if (what == "tasks") read = [&] { return tasks(station); };
    if (what == "blocks") read = [&] { return blocks(station); };
    if (what == "complaints") read = [&] { return complaints(station); };
    if (what == "terminals") read = [&] { return terminals(station); };
    if (what == "holds") read = [&] { return holds(station); };
    if (what == "attempts") read = [&] { return attempts(station); };
    if (!read) read = equipment_list(station, what);
    if (!read) return failure("no_such_list", what);
    auto rows = station.reader().reading<json::array>(read);
    if (!rows) return rows;
    json::array kept;
    for (json::value& row : *rows) {
        if (contains(row.get_object(), filter)) kept.push_back(std::move(row));
    }
    return kept;
}

}  // namespace fangxin::terminal
