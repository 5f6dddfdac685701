#include "terminal/admin/figures_text.hpp"

#include "domain/amount_text.hpp"

namespace fangxin::admin {

std::string grouped_yuan(std::int64_t fen) {
    std::string text = domain::yuan(fen);
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    for (std::size_t at = text.find('.'); at > first + 3;) {
        at -= 3;
        text.insert(at, ",");
    }
    text.insert(first, "¥");
    return text;
}

std::string due_text(const Instant& due, const kit::TextTable& texts) {
    const std::int64_t left = due.at.utc_ms - due.now.utc_ms;
    if (left >= 0) return texts.tr("due in {}", span_text(left, texts));
    return texts.tr("{} overdue", span_text(-left, texts));
}

}  // namespace fangxin::admin
