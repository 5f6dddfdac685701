#include "terminal/checkout/basket_text.hpp"

#include "sync/codec.hpp"

#include <fmt/format.h>

namespace fangxin::sync {

template <>
struct JsonValue<int> {
    static json::value encode(int value) { return std::int64_t{value}; }
    static std::optional<int> decode(const json::value& value) {
        auto wide = JsonValue<std::int64_t>::decode(value);
        if (!wide || *wide < 0 || *wide > 1'000'000) return std::nullopt;
        return static_cast<int>(*wide);
    }
};

template <>
struct Declaration<domain::PackIdentity> {
    using R = domain::PackIdentity;
    static constexpr std::string_view name = "identity";
    static constexpr auto fields = std::tuple{
        field("lot", &R::lot), field("production", &R::production), field("expiry", &R::expiry)};
};

template <>
struct Declaration<domain::PackEvidence> {
    using R = domain::PackEvidence;
    static constexpr std::string_view name = "evidence";
    static constexpr auto fields =
        std::tuple{field("identity", &R::identity), field("read_by_person", &R::read_by_person),
                   field("batch", &R::batch)};
};

template <>
struct Declaration<domain::Weighing> {
    using R = domain::Weighing;
    static constexpr std::string_view name = "weighing";
    static constexpr auto fields = std::tuple{field("instrument", &R::instrument),
                                              field("frame_hex", &R::frame_hex),
                                              field("status", &R::status),
                                              field("library_version", &R::library_version),
                                              field("library_hash", &R::library_hash),
                                              field("preset_tare_mg", &R::preset_tare_mg, 2)};
};

template <>
struct Declaration<domain::Line> {
    using R = domain::Line;
    static constexpr std::string_view name = "line";
    static constexpr auto fields = std::tuple{field("number", &R::number),
                                              field("code", &R::code),
                                              field("item", &R::item),
                                              field("name_zh", &R::name_zh),
                                              field("name_en", &R::name_en),
                                              field("unit", &R::unit),
                                              field("quantity", &R::quantity),
                                              field("gross_mg", &R::gross_mg),
                                              field("tare_mg", &R::tare_mg),
                                              field("net_mg", &R::net_mg),
                                              field("unit_price_fen", &R::unit_price_fen),
                                              field("vat_permille", &R::vat_permille),
                                              field("amount_fen", &R::amount_fen),
                                              field("saved_fen", &R::saved_fen),
                                              field("promotions", &R::promotions, 5),
                                              field("category", &R::category, 5),
                                              field("marks", &R::marks, 6),
                                              field("list_price_fen", &R::list_price_fen, 6),
                                              field("price_reason", &R::price_reason, 6),
                                              field("price_approved_by", &R::price_approved_by, 6),
                                              field("evidence", &R::evidence),
                                              field("verdict", &R::verdict),
                                              field("reasons", &R::reasons),
                                              field("batch", &R::batch),
                                              field("basis", &R::basis),
                                              field("blocked", &R::blocked),
                                              field("label_amount", &R::label_amount),
                                              field("weighing", &R::weighing)};
};

template <>
struct Declaration<domain::ReturnedGoods> {
    using R = domain::ReturnedGoods;
    static constexpr std::string_view name = "returned_goods";
    static constexpr auto fields = std::tuple{field("number", &R::number),
                                              field("receipt", &R::receipt),
                                              field("line", &R::line),
                                              field("item", &R::item),
                                              field("name_zh", &R::name_zh),
                                              field("name_en", &R::name_en),
                                              field("quantity", &R::quantity),
                                              field("net_mg", &R::net_mg),
                                              field("amount_fen", &R::amount_fen),
                                              field("vat_permille", &R::vat_permille),
                                              field("batch", &R::batch),
                                              field("to", &R::to),
                                              field("reason", &R::reason)};
};

template <>
struct Declaration<domain::BasketMember> {
    using R = domain::BasketMember;
    static constexpr std::string_view name = "basket_member";
    static constexpr auto fields =
        std::tuple{field("number", &R::number), field("name", &R::name), field("phone", &R::phone),
                   field("points", &R::points)};
};

template <>
struct Declaration<domain::Basket> {
    using R = domain::Basket;
    static constexpr std::string_view name = "basket";
    static constexpr auto fields = std::tuple{
        field("lines", &R::lines), field("returns", &R::returns, 6), field("member", &R::member, 6),
        field("next_number", &R::next_number), field("age_confirmed", &R::age_confirmed)};
};

}  // namespace fangxin::sync

namespace fangxin::terminal {

std::string write_basket(const domain::Basket& basket) {
    return sync::json::serialize(sync::to_json(basket));
}

std::optional<domain::Basket> read_basket(std::string_view text) {
    auto object = sync::parse_strict_object(text);
    if (!object) return std::nullopt;
    auto basket = sync::from_json<domain::Basket>(*object);
    if (!basket) return std::nullopt;
    return std::move(*basket);
}

domain::Weighing weighing_of(const weighing::Reading& reading, const domain::Instrument& scale,
                             const drivers::WeighingSeal& seal) {
    std::string hex;
    for (unsigned char byte : reading.raw)
        hex += fmt::format("{:02X}", byte);
    return {.instrument = scale.serial,
            .frame_hex = hex,
            .status = std::string(domain::to_text(reading.state)),
            .library_version = seal.version,
            .library_hash = seal.whole};
}

sync::SaleLine sale_line(const domain::Line& line) {
    sync::SaleLine sold{.line = line.number,
                        .code = line.code,
                        .item = line.item,
                        .name = line.name_zh,
                        .name_en = line.name_en,
                        .quantity = line.quantity,
                        .unit_price_fen = line.unit_price_fen,
                        .amount_fen = line.amount_fen,
                        .saved_fen = line.saved_fen,
                        .label_amount = line.label_amount,
                        .vat_permille = line.vat_permille,
                        .batch = line.batch,
                        .batch_basis = line.basis,
                        .lot = line.evidence.identity.lot,
                        .production = line.evidence.identity.production,
                        .expiry = line.evidence.identity.expiry,
                        .reasons = line.reasons,
                        .promotions = line.promotions,
                        .marks = line.marks,
                        .list_price_fen = line.list_price_fen,
                        .price_reason = line.price_reason,
                        .price_approved_by = line.price_approved_by};
    if (line.net_mg > 0) {
        sold.gross_mg = line.gross_mg;
        sold.tare_mg = line.tare_mg;
        sold.net_mg = line.net_mg;
    }
    if (line.weighing) {
        sold.scale = line.weighing->instrument;
        sold.scale_frame = line.weighing->frame_hex;
        sold.scale_status = line.weighing->status;
        sold.preset_tare_mg = line.weighing->preset_tare_mg;
        sold.library = line.weighing->library_version + ' ' + line.weighing->library_hash;
    }
    return sold;
}

}  // namespace fangxin::terminal
