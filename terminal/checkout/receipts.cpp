#include "terminal/checkout/receipts.hpp"

#include "domain/code.hpp"
#include "domain/member.hpp"
#include "drivers/printers/escpos.hpp"
#include "sync/codec.hpp"
#include "sync/store/meta.hpp"
#include "sync/terminal_journal.hpp"

namespace fangxin::sync {

template <>
struct Declaration<terminal::ReceiptHead> {
    using R = terminal::ReceiptHead;
    static constexpr std::string_view name = "receipt_head";
    static constexpr auto fields = std::tuple{field("language", &R::language),
                                              field("shop_name", &R::shop_name),
                                              field("address", &R::address),
                                              field("phone", &R::phone),
                                              field("complaint_phone", &R::complaint_phone),
                                              field("till", &R::till),
                                              field("cashier_name", &R::cashier_name),
                                              field("test_shop", &R::test_shop)};
};

}  // namespace fangxin::sync

namespace fangxin::terminal {

namespace {

template <class R>
std::optional<R> read(std::string_view text) {
    auto object = sync::parse_strict_object(text);
    if (!object) return std::nullopt;
    auto record = sync::from_json<R>(*object);
    if (!record) return std::nullopt;
    return std::move(*record);
}

domain::ReceiptItem item_of(const sync::SaleLine& line, domain::Language language) {
    domain::ReceiptItem item{
        .name = std::string(domain::name_in(language, {line.name, line.name_en})),
        .marks = line.marks,
        .quantity = line.quantity,
        .unit_price_fen = line.unit_price_fen,
        .amount_fen = line.amount_fen,
        .saved_fen = line.saved_fen,
        .label_only = line.label_amount && !line.net_mg,
        .lot = line.lot,
        .expiry = line.expiry,
        .certain = domain::is_certain(line.batch_basis)};
    for (const domain::LinePromotion& each : line.promotions) {
        if (!item.saved_words.empty())
            item.saved_words += language == domain::Language::zh ? "、" : ", ";
        item.saved_words += domain::name_in(language, {each.name_zh, each.name_en});
    }
    if (line.net_mg) {
        std::int64_t preset_mg = line.preset_tare_mg.value_or(0);
        item.weight = domain::ReceiptWeight{.tare_mg = line.tare_mg.value_or(0) - preset_mg,
                                            .net_mg = *line.net_mg,
                                            .preset_tare_mg = preset_mg};
        if (!line.scale.empty()) item.weight->gross_mg = line.gross_mg;
    }
    return item;
}

}  // namespace

std::string take_receipt_number(sync::Database& database, int till) {
    std::int64_t number = sync::take_number(database, "receipts");
    auto epoch = sync::next_op(database).epoch;
    return domain::format_receipt_number(
        {.till = till, .epoch = static_cast<int>(epoch % 100), .number = number});
}

void keep_receipt(sync::Database& database, const KeptReceipt& receipt) {
    database.query("INSERT INTO receipts (number, epoch, seq, head) VALUES ($1, $2, $3, $4)")
        .bind(receipt.number)
        .bind(receipt.op.epoch)
        .bind(receipt.op.last_seq)
        .bind(sync::json::serialize(sync::to_json(receipt.head)))
        .run();
}

std::string newest_receipt(sync::Database& database) {
    sync::Query query = database.query("SELECT number FROM receipts ORDER BY number DESC LIMIT 1");
    return query.step() ? query.text(0) : std::string();
}

std::optional<domain::Receipt> find_receipt(sync::Database& database, const std::string& number) {
    std::string body;
    std::string head_text;
    {
        sync::Query query = database.query(
            "SELECT body, head FROM receipts JOIN ops USING (epoch, seq) WHERE number = $1");
        query.bind(number);
        if (!query.step()) return std::nullopt;
        body = query.text(0);
        head_text = query.text(1);
    }
    auto head = read<ReceiptHead>(head_text);
    auto op = sync::read_envelope(body);
    if (!head || !op) return std::nullopt;
    auto sale = sync::from_json<sync::Sale>(op->data);
    if (!sale) return std::nullopt;
    return receipt_of(*sale, *op, *head);
}

domain::Receipt receipt_of(const sync::Sale& sale, const sync::Envelope& op,
                           const ReceiptHead& head) {
    domain::Receipt receipt{.language = head.language,
                            .shop_name = head.shop_name,
                            .address = head.address,
                            .phone = head.phone,
                            .complaint_phone = head.complaint_phone,
                            .till = static_cast<int>(head.till),
                            .cashier_number = op.person,
                            .cashier_name = head.cashier_name,
                            .time = op.at,
                            .number = sale.receipt,
                            .total_fen = sale.total_fen,
                            .rounding_fen = sale.rounding_fen,
                            .paid_fen = sale.paid_fen,
                            .change_fen = sale.change_fen,
                            .block_cursor = sale.block_cursor,
                            .open_drawer = true,
                            .test_shop = head.test_shop};
    std::vector<domain::RatedAmount> rated;
    for (const sync::SaleLine& line : sale.lines) {
        receipt.items.push_back(item_of(line, head.language));
        receipt.saved_fen += line.saved_fen;
        rated.push_back({line.vat_permille, line.amount_fen});
    }
    receipt.vat = domain::vat_by_rate(rated);
    if (!sale.member.empty())
        receipt.member = domain::ReceiptMember{domain::masked_member(sale.member),
                                               sale.points_earned, sale.points};
    for (const sync::Tender& tender : sale.tenders) {
        receipt.tenders.push_back({.kind = domain::from_text<domain::TenderKind>(tender.kind)
                                               .value_or(domain::TenderKind::other),
                                   .amount_fen = tender.amount_fen});
    }
    return receipt;
}

namespace {

/// Numbered here and not by the table: a printed job's row is gone, its number is not used again.
sync::Query insert_job(sync::Database& database, const std::string& name) {
    std::int64_t id = sync::take_number(database, "print_jobs");
    sync::Query insert = database.query(
        "INSERT INTO print_jobs (id, name, receipt, copy, bytes) VALUES ($1, $2, $3, $4, $5)");
    insert.bind(id).bind(name);
    return insert;
}

}  // namespace

void queue_receipt(sync::Database& database, const std::string& number, bool copy) {
    insert_job(database, copy ? number + "-copy" : number)
        .bind(number)
        .bind(std::int64_t{copy})
        .bind_bytes("")
        .run();
}

void queue_slip(sync::Database& database, const std::string& name, const std::string& bytes) {
    insert_job(database, name).bind("").bind(std::int64_t{0}).bind_bytes(bytes).run();
}

LayOut receipt_layout(sync::Database& database, const std::string& number, bool copy,
                      const Paper& paper) {
    auto receipt = find_receipt(database, number);
    if (!receipt) {
        return [number] {
            std::vector<domain::ReceiptLine> lines{
                domain::TextLine{.text = "小票 " + number},
                domain::TextLine{.text = "记录已损坏，无法打印 / damaged"}, domain::CutLine{}};
            return drivers::encode(lines);
        };
    }
    receipt->reprint = copy;
    receipt->open_drawer = !copy;
    return [receipt = std::move(*receipt), paper] {
        return drivers::encode(domain::layout(receipt, paper.columns), paper.options);
    };
}

}  // namespace fangxin::terminal
