#include "terminal/station/recall_answers.hpp"

#include <algorithm>
#include <map>

namespace fangxin::terminal {

std::vector<HeardTerminal> heard_terminals(Station& station, const sync::Figures* figures) {
    std::map<std::string, HeardTerminal> all;
    for (const sync::TerminalBlocks& each : station.shop().terminals()) {
        all[each.terminal] = {.terminal = each.terminal,
                              .block_cursor = each.block_cursor,
                              .since_ms = each.since_ms};
    }
    if (figures != nullptr) {
        for (const sync::TerminalFigure& each : figures->terminals) {
            HeardTerminal& heard = all[each.terminal];
            heard.terminal = each.terminal;
            heard.known = true;
            heard.online = each.connected;
            if (each.seen_ms > 0) heard.seen_ms = each.seen_ms;
            heard.version = each.app;
            heard.conflict = each.conflict;
        }
    }
    const std::string& own = station.options().terminal;
    HeardTerminal& self = all[own];
    self.terminal = own;
    self.known = true;
    self.online = station.online();
    std::vector<HeardTerminal> list;
    for (auto& [name, each] : all)
        list.push_back(std::move(each));
    return list;
}

std::vector<TerminalAnswer> answers_to(Station& station, const domain::Block& block,
                                       const std::vector<HeardTerminal>& heard,
                                       const sync::Figures* figures, const kit::TextTable& texts) {
    std::vector<TerminalAnswer> answers;
    std::int64_t version = station.shop().cursor_of(block.id);
    bool told = figures != nullptr && figures->block == block.id;
    for (const HeardTerminal& each : heard) {
        // Of one that nobody told of, all that can be said is that it has not acknowledged it.
        TerminalAnswer answer{.name = terminal_name(each.terminal, texts),
                              .online = each.online || !each.known};
        if (each.seen_ms) answer.last_seen = station.at(*each.seen_ms);
        bool is_this = each.terminal == station.options().terminal;
        // It stands here.
        bool has_it = is_this || (version > 0 && each.block_cursor >= version);
        std::int64_t at_ms = is_this && version == 0 ? block.made_at_ms : each.since_ms;
        if (told) {
            auto ack = std::ranges::find(figures->acks, each.terminal, &sync::AckFigure::terminal);
            if (ack != figures->acks.end()) {
                has_it = true;
                at_ms = ack->at_ms;
            }
        }
        if (has_it) answer.after_ms = std::max<std::int64_t>(0, at_ms - block.made_at_ms);
        answers.push_back(std::move(answer));
    }
    return answers;
}

}  // namespace fangxin::terminal
