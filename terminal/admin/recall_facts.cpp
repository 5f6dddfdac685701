#include "terminal/admin/recall_facts.hpp"

#include "terminal/admin/figures_text.hpp"

#include <algorithm>

namespace fangxin::admin {

int reached(const RecallFact& recall) {
    const auto has = [](const TerminalAnswer& each) { return each.after_ms.has_value(); };
    return static_cast<int>(std::ranges::count_if(recall.terminals, has));
}

bool is_waited_for(const RecallFact& recall) {
    return !recall.block.lifted && reached(recall) < static_cast<int>(recall.terminals.size());
}

std::string level_words(domain::RecallLevel level, const kit::TextTable& texts) {
    switch (level) {
        case domain::RecallLevel::I:
            return texts.tr("Level I");
        case domain::RecallLevel::II:
            return texts.tr("Level II");
        case domain::RecallLevel::III:
            return texts.tr("Level III");
        case domain::RecallLevel::none:
            break;
    }
    return {};
}

int start_deadline_hours(domain::RecallLevel level) {
    switch (level) {
        case domain::RecallLevel::I:
            return 24;
        case domain::RecallLevel::II:
            return 48;
        default:
            return 72;
    }
}

std::string extent_words(const domain::Block& block, const kit::TextTable& texts) {
    if (!block.lot.empty()) return texts.tr("lot {}", block.lot);
    if (block.from && block.to && *block.from == *block.to) return domain::format_date(*block.from);
    if (block.from && block.to) {
        return texts.tr("{} to {}", domain::format_date(*block.from),
                        domain::format_date(*block.to));
    }
    if (block.from) return texts.tr("from {} on", domain::format_date(*block.from));
    if (block.to) return texts.tr("up to {}", domain::format_date(*block.to));
    if (!block.batch.empty()) return texts.tr("batch {}", block.batch);
    return texts.tr("the whole item");
}

kit::RowTag state_tag(const domain::Block& block, const kit::TextTable& texts) {
    if (block.lifted) return {texts.tr("Lifted"), kit::Role::muted};
    if (block.withdrawal_confirmed) return {texts.tr("Off the shelf"), kit::Role::ok};
    return {texts.tr("Running"), kit::Role::block};
}

std::string quantity_words(const Quantity& quantity, const kit::TextTable& texts) {
    const std::string number = thousandths(quantity.milli);
    return quantity.unit == domain::Unit::kg ? texts.tr("{} kg", number)
                                             : texts.tr("{} pcs", number);
}

AnswerWords answer_words(const TerminalAnswer& answer, const domain::StoreTime& now,
                         const kit::TextTable& texts) {
    if (answer.after_ms) return {delay_text(*answer.after_ms, texts), kit::Role::ok, true};
    if (answer.online) return {texts.tr("not yet acknowledged"), kit::Role::block, false};
    if (!answer.last_seen) return {texts.tr("never connected"), kit::Role::warn, false};
    return {texts.tr("offline · last {}", when_text({*answer.last_seen, now})), kit::Role::warn,
            false};
}

}  // namespace fangxin::admin
