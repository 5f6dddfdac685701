#include "terminal/station/labels.hpp"

#include "domain/text_width.hpp"
#include "domain/weighing/price.hpp"
#include "drivers/label_formats_file.hpp"
#include "terminal/station/lists.hpp"
#include "terminal/station/station.hpp"

#include <algorithm>
#include <array>

namespace fangxin::terminal {

namespace {

void add_fields(LabelTrial& trial, const domain::LabelFormat& format) {
    trial.pattern = format.pattern();
    for (std::size_t at = 0; at < trial.pattern.size();) {
        const char letter = trial.pattern[at];
        const std::size_t end =
            std::min(trial.pattern.find_first_not_of(letter, at), trial.pattern.size());
        trial.fields.push_back({letter, trial.digits.substr(at, end - at)});
        at = end;
    }
}

std::string refusal_of(const LabelTrial& trial, const std::optional<sync::FoundItem>& found) {
    if (trial.code.error) return "bad_code";
    if (trial.code.kind != domain::CodeKind::instore) return "no_label";
    if (trial.pattern.empty()) return "no_format";
    if (!found) return "no_such_item";
    const bool by_the_piece = found->item.unit == domain::Unit::piece;
    if (trial.code.count) return by_the_piece && *trial.code.count > 0 ? "" : "bad_label";
    if (!trial.code.amount_fen && !trial.code.weight_mg) return "bad_label";
    if (by_the_piece && !trial.code.amount_fen) return "bad_label";
    return trial.code.amount_fen.value_or(1) <= 0 || trial.code.weight_mg.value_or(1) <= 0
               ? "bad_label"
               : "";
}

/// As the checkout does: the label's amount wins, a weight or a count costs what the goods cost.
void add_sold(LabelTrial& trial, const domain::Item& item) {
    trial.net_mg = trial.code.weight_mg.value_or(0);
    trial.pieces = trial.code.count.value_or(0);
    if (trial.code.amount_fen) {
        trial.amount_fen = *trial.code.amount_fen;
    } else if (trial.code.count) {
        trial.amount_fen = item.price_fen * *trial.code.count;
    } else {
        trial.amount_fen = weighing::weight_amount({trial.net_mg, item.price_fen}).value_or(0);
    }
}

}  // namespace

Result<domain::LabelFormats> judge_labels(const std::string& text) {
    auto formats = drivers::parse_label_formats(text, std::string(label_formats_setting));
    if (!formats) return formats;
    if (auto both = formats->two_meanings(); !both.empty()) return failure("two_meanings", both);
    return formats;
}

void take_labels(LabelsInForce& labels, const std::string& text) {
    labels.text = text;
    labels.trouble.clear();
    if (text.empty()) {
        labels.formats = domain::default_label_formats();
        labels.source = LabelSource::usual;
        return;
    }
    auto formats = judge_labels(text);
    if (!formats) {
        labels.trouble = formats.error().detail;
        return;
    }
    labels.formats = std::move(*formats);
    labels.source = LabelSource::setting;
}

Result<void> set_labels(Station& station, const std::string& text, const std::string& reason) {
    auto refusal = station.may(domain::Action::edit_reference);
    if (!refusal.code.empty()) return failure(refusal.code);
    if (domain::is_blank(reason)) return failure("why_wanted");
    if (auto formats = judge_labels(text); !formats) return tl::unexpected(formats.error());
    auto done = station.journal(sync::SettingSet{std::string(label_formats_setting), text, reason});
    if (!done) return tl::unexpected(done.error());
    station.follow_labels();
    return {};
}

LabelTrial try_label(Station& station, const domain::LabelFormats& formats,
                     const std::string& code) {
    LabelTrial trial;
    trial.code =
        domain::parse_code(code, {.today = station.now().date(), .label_formats = &formats});
    // A customer's payment code is shown to nobody, whoever holds it before the scanner.
    if (trial.code.kind == domain::CodeKind::payment) {
        trial.code = {.kind = domain::CodeKind::payment};
        trial.refusal = "no_label";
        return trial;
    }
    trial.digits = trial.code.text;
    // Also where a check digit is wrong: which one, is to be seen.
    const domain::LabelFormat* format = formats.find(trial.digits);
    if (format != nullptr) add_fields(trial, *format);
    sync::ShopReader& shop = station.shop();
    std::optional<sync::FoundItem> found;
    if (!trial.code.error && !trial.code.gtin.empty()) found = shop.by_code(trial.code.gtin);
    trial.whole_code = found.has_value();
    if (!trial.code.error && !found && !trial.code.plu.empty()) {
        found = shop.by_code(trial.code.plu);
    }
    if (found) {
        trial.item = found->item.code;
        trial.item_name = name_of(found->item, station.options().language);
    }
    // Goods of another shop that wear such digits are sold as goods (rules 7).
    trial.refusal = trial.whole_code ? "" : refusal_of(trial, found);
    if (trial.whole_code) {
        trial.amount_fen = found->item.price_fen;
        trial.pieces = 1;
    } else if (trial.refusal.empty()) {
        add_sold(trial, found->item);
    }
    return trial;
}

}  // namespace fangxin::terminal
