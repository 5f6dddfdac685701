#include "terminal/admin/recall_facts.hpp"

#include <algorithm>

namespace fangxin::admin {

int reached(const RecallFact& recall) {
    const auto has = [](const TerminalAnswer& each) { return each.after_ms.has_value(); };
    return static_cast<int>(std::ranges::count_if(recall.terminals, has));
}

bool is_waited_for(const RecallFact& recall) {
    const auto known = static_cast<int>(recall.terminals.size());
    return !recall.block.lifted && (known == 0 || reached(recall) < known);
}

std::string level_words(domain::RecallLevel level, const kit::TextTable& texts) {
    if (level == domain::RecallLevel::none) return texts.tr("No level");
    return terminal::level_words(level, texts);
}

std::string kind_words(const domain::Block& block, const kit::TextTable& texts) {
    switch (block.kind) {
        case domain::BlockKind::recall:
            return texts.tr("Recall, {}", level_words(block.level, texts));
        case domain::BlockKind::quarantine:
            return texts.tr("Quarantine");
        case domain::BlockKind::failed_test:
            return texts.tr("Failed a test");
        case domain::BlockKind::stop_sale:
            break;
    }
    return texts.tr("Sale stopped");
}

kit::RowTag state_tag(const domain::Block& block, const kit::TextTable& texts) {
    if (block.lifted) return {texts.tr("Lifted"), kit::Role::muted};
    if (block.withdrawal_confirmed) return {texts.tr("Off the shelf"), kit::Role::ok};
    return {texts.tr("Running"), kit::Role::block};
}

}  // namespace fangxin::admin
