#include "terminal/checkout/fair_scale.hpp"

#include "drivers/scales/weighing_seal.hpp"
#include "terminal/checkout/receipts.hpp"
#include "terminal/station/lists.hpp"

namespace fangxin::terminal {

namespace {

using weighing::CurrentReading;

}  // namespace

FairNow FairScale::now() const {
    FairNow now{.refusal = "no_scale"};
    if (!devices_.has_scale()) return now;
    const weighing::LatestReading latest = devices_.weight();
    now.standing = devices_.standing();
    now.refusal = code_of(now.standing.lock);
    if (!drivers::seal_of(devices_.gate()->parameters()).genuine) now.refusal = "scale_library";
    if (!now.refusal.empty()) return now;
    if (std::holds_alternative<weighing::NoScale>(latest)) now.refusal = "no_scale";
    if (std::holds_alternative<weighing::SilentScale>(latest)) now.refusal = "scale_silent";
    if (const auto* current = std::get_if<CurrentReading>(&latest)) {
        if (current->reading.state == weighing::ScaleState::fault) {
            now.refusal = "scale_fault";
        } else {
            now.reading = current->reading;
        }
    }
    return now;
}

Result<std::vector<ToldWeight>> FairScale::read(const std::string& code) const {
    const domain::ScannedCode scanned = domain::parse_code(code, station_.code_context());
    if (scanned.error) return failure("bad_code", std::string(domain::to_text(*scanned.error)));
    if (scanned.kind == domain::CodeKind::receipt) return of_receipt(scanned.text);
    return of_label(scanned);
}

Result<std::vector<ToldWeight>> FairScale::of_label(const domain::ScannedCode& code) const {
    // Goods table first: other shops' 20–29 occur on goods, and are no labels then (rules 7).
    bool is_goods = false;
    auto found = station_.reader().reading<std::optional<sync::FoundItem>>([&] {
        auto goods = code.gtin.empty() ? std::nullopt : station_.shop().by_code(code.gtin);
        is_goods = goods.has_value() && code.kind == domain::CodeKind::instore;
        if (goods || code.plu.empty()) return goods;
        return station_.shop().by_code(code.plu);
    });
    if (!found) return tl::unexpected(found.error());
    if (is_goods) return failure("no_weight_on_it");
    ToldWeight told;
    if (*found) told.name = name_of((*found)->item, station_.options().language);
    if (code.weight_mg) {
        told.weight_mg = *code.weight_mg;
        return std::vector{told};
    }
    const bool by_kg = *found && (*found)->item.unit == domain::Unit::kg;
    auto reckoned = by_kg && code.amount_fen
                        ? domain::weight_of_price(*code.amount_fen, (*found)->item.price_fen)
                        : std::nullopt;
    if (!reckoned || reckoned->weight_mg == 0) return failure("no_weight_on_it");
    told.weight_mg = reckoned->weight_mg;
    told.unsure_mg = reckoned->unsure_mg;
    told.by_price = true;
    return std::vector{told};
}

Result<std::vector<ToldWeight>> FairScale::of_receipt(const std::string& number) const {
    auto receipt = station_.reader().reading<std::optional<domain::Receipt>>(
        [&] { return find_receipt(station_.reader(), number); });
    if (!receipt) return tl::unexpected(receipt.error());
    if (!*receipt) return failure("receipt_elsewhere");
    std::vector<ToldWeight> lines;
    for (const domain::ReceiptItem& item : (*receipt)->items) {
        if (item.weight) lines.push_back({.name = item.name, .weight_mg = item.weight->net_mg});
    }
    if (lines.empty()) return failure("no_weight_on_it");
    return lines;
}

std::optional<domain::FairComparison> FairScale::compare(const FairNow& now,
                                                         const ToldWeight& told) {
    if (!now.reading || now.reading->state != weighing::ScaleState::stable) return std::nullopt;
    return domain::compare_fairly(now.standing.instrument, {.labelled_mg = told.weight_mg,
                                                            .measured_mg = now.reading->net_mg,
                                                            .unsure_mg = told.unsure_mg});
}

}  // namespace fangxin::terminal
