#include "terminal/screens/basket_model.hpp"

#include "domain/amount_text.hpp"
#include "terminal/screens/member_model.hpp"
#include "terminal/screens/override_model.hpp"
#include "terminal/screens/till_words.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace fangxin::terminal::till {

namespace {

using domain::Line;
using domain::Reason;
using kit::Role;

bool is_weighed(const Line& line) { return line.weighing || line.net_mg > 0; }

bool has(const Line& line, Reason reason) {
    return std::ranges::find(line.reasons, reason) != line.reasons.end();
}

bool is_marked(const Line& line, std::string_view mark) {
    return fmt::format(";{};", line.marks).find(fmt::format(";{};", mark)) != std::string::npos;
}

std::vector<kit::RowTag> tags_of(const Line& line, const kit::TextTable& texts) {
    std::vector<kit::RowTag> tags;
    if (line.blocked) return {{texts.tr("Not for sale: void it"), Role::block}};
    if (line.verdict == domain::VerdictKind::verify) {
        tags.push_back({texts.tr("Date to check"), Role::warn});
    }
    if (line.list_price_fen) tags.push_back({texts.tr("Price changed"), Role::warn});
    if (is_marked(line, "organic")) tags.push_back({texts.tr("Organic"), Role::ok});
    if (is_marked(line, "green")) tags.push_back({texts.tr("Green food"), Role::ok});
    if (has(line, Reason::near_expiry)) tags.push_back({texts.tr("Near expiry"), Role::warn});
    if (has(line, Reason::unrecorded_batch)) {
        tags.push_back({texts.tr("Batch not booked in"), Role::warn});
    }
    if (has(line, Reason::age_check)) tags.push_back({texts.tr("Ask the age"), Role::warn});
    if (line.unit == domain::Unit::kg) tags.push_back({texts.tr("By weight"), Role::primary});
    if (line.saved_fen > 0) {
        tags.push_back({texts.tr("Saved {}", domain::yuan(line.saved_fen, "¥")), Role::ok});
    }
    return tags;
}

void join(std::string& text, std::string_view more) {
    if (!text.empty()) text += " · ";
    text += more;
}

/// Whoever asks why it is cheaper is answered by the line itself. Lot and dates only where the pack
/// said them: a guess is not shown as a fact (rules 2).
std::string note_of(const Line& line, const kit::TextTable& texts) {
    std::string note;
    if (line.blocked) return titles_of(line.reasons, texts);
    for (const domain::LinePromotion& each : line.promotions)
        join(note, domain::name_in(texts.language(), {each.name_zh, each.name_en}));
    if (line.label_amount) join(note, texts.tr("Amount as labelled"));
    if (line.tare_mg > 0) join(note, texts.tr("Tare {} kg", domain::kilograms(line.tare_mg)));
    if (!domain::is_certain(line.basis)) return note;
    const domain::PackIdentity& pack = line.evidence.identity;
    if (!pack.lot.empty()) join(note, texts.tr("Lot {}", pack.lot));
    if (pack.expiry) {
        join(note, texts.tr("Until {}", short_date(*pack.expiry)));
    } else if (pack.production) {
        join(note, texts.tr("Made {}", short_date(*pack.production)));
    }
    return note;
}

kit::Row row_of(const Line& line, const kit::TextTable& texts) {
    const Role role = line.blocked ? Role::block : Role::text;
    const bool by_kg = is_weighed(line);
    std::string quantity =
        by_kg ? domain::kilograms(line.net_mg) + " kg" : fmt::format("{}", line.quantity);
    std::string price = line.label_amount && !by_kg ? std::string("–")
                                                    : price_text({line.unit_price_fen, line.unit});
    kit::Row row;
    row.cells = {
        {fmt::format("{}", line.number), 18, kit::Weight::regular, Role::muted},
        {name_of(line, texts), 24, kit::Weight::regular, role},
        {std::move(quantity), 22, kit::Weight::regular, role},
        {std::move(price), 20, kit::Weight::regular, Role::muted},
        {domain::yuan(line.amount_fen), 26, kit::Weight::bold, role},
    };
    row.tags = tags_of(line, texts);
    row.note = note_of(line, texts);
    return row;
}

std::vector<BasketView::Button> buttons_of(const Line& line) {
    const bool counts = may_change_quantity(line);  // each stays in its place, for the fingers
    return {{LineAction::less, counts && line.quantity > 1},
            {LineAction::quantity, counts},
            {LineAction::more, counts && line.quantity < domain::most_pieces},
            {LineAction::price, may_override(line)},
            {LineAction::take_out}};
}

}  // namespace

bool may_change_quantity(const Line& line) {
    return line.unit == domain::Unit::piece && !line.blocked && !line.label_amount &&
           !is_weighed(line);
}

BasketView present_basket(const domain::Basket& basket, std::optional<int> selected,
                          const kit::TextTable& texts) {
    BasketView view;
    view.rows.reserve(basket.lines.size());
    for (const Line& line : basket.lines) {
        if (selected == line.number) {
            view.selected = view.rows.size();
            view.buttons = buttons_of(line);
        }
        view.rows.push_back(row_of(line, texts));
        view.numbers.push_back(line.number);
    }
    if (basket.member) {
        view.member = member_words(*basket.member);
        view.points = texts.tr_n("{} point", "{} points", basket.member->points);
    }
    return view;
}

}  // namespace fangxin::terminal::till
