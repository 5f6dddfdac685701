#include "terminal/station/screens/recall_words.hpp"

#include "terminal/station/screens/time_words.hpp"

#include <charconv>

namespace fangxin::terminal {

using kit::TextTable;

std::string level_words(domain::RecallLevel level, const TextTable& texts) {
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

std::string terminal_name(const std::string& terminal, const kit::TextTable& texts) {
    const std::size_t dash = terminal.rfind('-');
    int number = 0;
    if (dash != std::string::npos) {
        std::from_chars(terminal.data() + dash + 1, terminal.data() + terminal.size(), number);
    }
    if (number == 0) return terminal;
    if (terminal.starts_with("till-")) return texts.tr("Till {}", number);
    return terminal.starts_with("handheld-") ? texts.tr("Handheld {}", number) : terminal;
}

AnswerWords answer_words(const TerminalAnswer& answer, const domain::StoreTime& now,
                         const kit::TextTable& texts) {
    if (answer.after_ms) return {delay_text(*answer.after_ms, texts), kit::Role::ok, true};
    if (answer.online) return {texts.tr("not yet acknowledged"), kit::Role::block, false};
    if (!answer.last_seen) return {texts.tr("never connected"), kit::Role::warn, false};
    return {texts.tr("offline · last {}", when_text({*answer.last_seen, now})), kit::Role::warn,
            false};
}

}  // namespace fangxin::terminal
