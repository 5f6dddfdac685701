#include "sync/shop_reader.hpp"

#include "domain/delivery.hpp"
#include "sync/holds_asked.hpp"
#include "sync/shop_reader_rows.hpp"
#include "sync/store/meta.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace fangxin::sync {

template <class R>
std::vector<R> ShopReader::of_item(std::string_view item, bool on_top) {
    static const std::string sql = select_sql<R>("WHERE item = $1 ORDER BY id");
    Query query = database_.query(sql);
    std::vector<R> rows = read_rows<R>(query.bind(item));
    if (on_top) lay_over(rows, overlay_of<R>(database_, item));
    return rows;
}

std::optional<FoundItem> ShopReader::by_code(std::string_view code) {
    auto barcode = find_row<domain::Barcode>(database_, code);
    if (!barcode) return std::nullopt;
    auto found = by_item(barcode->item);
    if (found) found->quantity = barcode->quantity;
    return found;
}

std::optional<FoundItem> ShopReader::by_item(std::string_view item_code) {
    auto found = item(item_code);
    if (!found) return std::nullopt;
    auto of = category(found->category);
    if (!of) return std::nullopt;
    return FoundItem{std::move(*found), std::move(*of), 1};
}

std::vector<domain::Item> ShopReader::items_by_plu() {
    return select_rows<domain::Item>(
        database_,
        "WHERE code IN (SELECT item FROM barcodes WHERE length(barcode) < 8) ORDER BY code");
}

std::vector<domain::Item> ShopReader::items_of(std::string_view category, std::int64_t limit) {
    return select_rows<domain::Item>(
        database_, "WHERE $1 = '' OR category = $1 ORDER BY code LIMIT $2", category, limit);
}

std::int64_t ShopReader::items_in(std::string_view category) {
    Query query = database_.query("SELECT count(*) FROM items WHERE $1 = '' OR category = $1");
    query.bind(category);
    return query.step() ? query.int64(0) : 0;
}

std::vector<domain::Barcode> ShopReader::codes_of(std::string_view item) {
    return select_rows<domain::Barcode>(database_, "WHERE item = $1 ORDER BY barcode", item);
}

std::vector<domain::Category> ShopReader::categories() {
    return select_rows<domain::Category>(database_, "ORDER BY code");
}

std::int64_t ShopReader::goods_ver() {
    Query newest = database_.query(
        "SELECT coalesce(max(ver), 0) FROM (SELECT max(ver) AS ver FROM items "
        "UNION ALL SELECT max(ver) FROM barcodes) AS newest");
    return newest.step() ? newest.int64(0) : 0;
}

std::optional<domain::Item> ShopReader::item(std::string_view code) {
    return find_row<domain::Item>(database_, code);
}

std::optional<domain::Category> ShopReader::category(std::string_view code) {
    return find_row<domain::Category>(database_, code);
}

std::optional<domain::Person> ShopReader::person(std::string_view number) {
    return find<domain::Person>(number);
}

bool ShopReader::has_people() {
    Query any = database_.query("SELECT 1 FROM people LIMIT 1");
    return any.step();
}

std::optional<domain::Supplier> ShopReader::supplier(std::string_view code) {
    return find_row<domain::Supplier>(database_, code);
}

std::vector<domain::Supplier> ShopReader::suppliers() {
    return select_rows<domain::Supplier>(database_, "ORDER BY code");
}

std::vector<domain::SupplierPaper> ShopReader::papers_of(std::string_view supplier) {
    return select_rows<domain::SupplierPaper>(database_, "WHERE supplier = $1", supplier);
}

std::string ShopReader::setting(std::string_view key, std::string_view otherwise) {
    auto found = setting_row(key);
    return found ? found->value : std::string(otherwise);
}

std::optional<Setting> ShopReader::setting_row(std::string_view key) { return find<Setting>(key); }

std::optional<domain::Batch> ShopReader::batch(std::string_view id) {
    return find<domain::Batch>(id);
}

std::vector<domain::Batch> ShopReader::batches_of(std::string_view item) {
    return of_item<domain::Batch>(item, side_ == Side::terminal);
}

std::vector<domain::Batch> ShopReader::all_batches() {
    return select<domain::Batch>("ORDER BY id");
}

std::vector<domain::Batch> ShopReader::watched_batches(domain::Date until) {
    auto rows = select<domain::Batch>(
        "WHERE decision NOT IN ('withdrawn', 'returned', 'disposed') AND "
        "(coalesce(expiry, '') < $1 OR test = 'failed' OR decision IN ('recalled', 'quarantined') "
        "OR item IN (SELECT item FROM blocks WHERE lifted = 0)) ORDER BY id",
        domain::format_date(until + std::chrono::days{1}));
    if (side_ == Side::server) return rows;
    // Of blocks that only this terminal knows so far.
    std::set<std::string> read;
    for (const domain::Block& block : overlay_all<domain::Block>(database_)) {
        if (block.lifted || !read.insert(block.item).second) continue;
        lay_over(rows, batches_of(block.item));
    }
    std::erase_if(rows, [](const domain::Batch& row) { return domain::is_gone(row.decision); });
    return rows;
}

std::optional<domain::Block> ShopReader::block(std::string_view id) {
    return find<domain::Block>(id);
}

std::vector<domain::Block> ShopReader::blocks_of(std::string_view item) {
    return of_item<domain::Block>(item, side_ == Side::terminal);
}

std::vector<domain::Block> ShopReader::all_blocks() {
    return select<domain::Block>("ORDER BY made_at_ms, id");
}

std::optional<Complaint> ShopReader::complaint(std::string_view id) { return find<Complaint>(id); }

std::optional<Hold> ShopReader::hold(std::string_view id) { return find<Hold>(id); }

/// Those that wait; on a terminal also those that the server gave it while the answer was lost, and
/// that it has not taken up: elsewhere they are gone.
std::vector<Hold> ShopReader::holds() {
    auto all = select<Hold>("WHERE resumed_by = '' ORDER BY held_at_ms, id");
    std::erase_if(all, [](const Hold& hold) { return !hold.resumed_by.empty(); });
    if (side_ == Side::server) return all;
    const std::string self = meta(database_, "terminal");
    for (const std::string& asked : holds_asked(database_)) {
        auto mine = hold(asked);
        if (mine && mine->resumed_by == self) all.push_back(std::move(*mine));
    }
    return all;
}

std::vector<Complaint> ShopReader::complaints() {
    return select<Complaint>("ORDER BY taken_at_ms, id");
}

std::vector<UnrecordedBatch> ShopReader::unrecorded() {
    auto all = select<UnrecordedBatch>("WHERE settled = 0 ORDER BY first_seen_ms");
    std::erase_if(all, [](const UnrecordedBatch& each) { return each.settled; });
    return all;
}

std::vector<UnrecordedBatch> ShopReader::unrecorded_of(std::string_view item) {
    return of_item<UnrecordedBatch>(item, side_ == Side::terminal);
}

std::vector<Attempt> ShopReader::attempts(std::int64_t since_ms) {
    auto rows = select<Attempt>("WHERE at_ms >= $1 ORDER BY at_ms, id", since_ms);
    std::erase_if(rows, [&](const Attempt& row) { return row.at_ms < since_ms; });
    return rows;
}

std::vector<TerminalBlocks> ShopReader::terminals() {
    return select<TerminalBlocks>("ORDER BY terminal");
}

std::int64_t ShopReader::cursor_of(std::string_view block) {
    Query query = database_.query("SELECT ver FROM blocks WHERE id = $1");
    query.bind(block);
    return query.step() ? query.int64(0) : 0;
}

std::optional<Stock> ShopReader::stock(std::string_view batch) {
    return find_row<Stock>(database_, batch);
}

std::optional<domain::Date> ShopReader::date_keyed(std::string_view mmdd,
                                                   const JudgeRequest& request) {
    auto found = by_item(request.item);
    if (!found) return std::nullopt;
    auto batches = batches_of(request.item);
    domain::VerdictQuestion question;
    question.item = &found->item;
    question.category = &found->category;
    question.batches = batches;
    question.now = request.now;
    return domain::date_keyed(mmdd, question);
}

bool ShopReader::papers_out(std::string_view supplier, domain::Date today) {
    return domain::paper_run_out(papers_of(supplier), today) != nullptr;
}

/// What the lines of one basket have in common, within one read transaction.
struct ShopReader::Shared {
    explicit Shared(ShopReader& reader)
        // Only where the shop turned it on (rules 2.2); receiving stops in any case.
        : papers_block(reader.setting("block_without_supplier_papers") == "1") {
        if (reader.side_ == Side::server) return;
        batches_on_top = overlay_has<domain::Batch>(reader.database_);
        blocks_on_top = overlay_has<domain::Block>(reader.database_);
    }

    bool papers_block;
    bool batches_on_top = false;
    bool blocks_on_top = false;
    std::map<std::string, std::optional<domain::Category>> categories;
};

domain::Verdict ShopReader::judge_one(const JudgeRequest& request, Shared& shared) {
    domain::VerdictQuestion question;
    auto found = item(request.item);
    if (!found) return domain::judge(question);
    auto [of, is_new] = shared.categories.try_emplace(found->category);
    if (is_new) of->second = category(found->category);
    if (!of->second) return domain::judge(question);
    auto batches = of_item<domain::Batch>(request.item, shared.batches_on_top);
    auto blocks = of_item<domain::Block>(request.item, shared.blocks_on_top);
    question.item = &*found;
    question.category = &*of->second;
    question.batches = batches;
    question.blocks = blocks;
    question.evidence = request.evidence;
    question.now = request.now;
    question.clock_unknown = request.clock_unknown;
    question.age_confirmed = request.age_confirmed;
    question.supplier_papers_out = shared.papers_block && !found->supplier.empty() &&
                                   papers_out(found->supplier, request.now.date());
    return domain::judge(question);
}

Result<std::vector<domain::Verdict>> ShopReader::judge_all(std::span<const JudgeRequest> requests) {
    return database_.reading<std::vector<domain::Verdict>>([&] {
        Shared shared(*this);
        std::vector<domain::Verdict> verdicts;
        verdicts.reserve(requests.size());
        for (const JudgeRequest& request : requests)
            verdicts.push_back(judge_one(request, shared));
        return verdicts;
    });
}

Result<domain::Verdict> ShopReader::judge(const JudgeRequest& request) {
    auto verdicts = judge_all({&request, 1});
    if (!verdicts) return tl::unexpected(verdicts.error());
    return std::move(verdicts->front());
}

}  // namespace fangxin::sync
