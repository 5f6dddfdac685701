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

kit::RowTag state_tag(const domain::Block& block, const kit::TextTable& texts) {
    if (block.lifted) return {texts.tr("Lifted"), kit::Role::muted};
    if (block.withdrawal_confirmed) return {texts.tr("Off the shelf"), kit::Role::ok};
    return {texts.tr("Running"), kit::Role::block};
}

}  // namespace fangxin::admin
