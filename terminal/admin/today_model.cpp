#include "terminal/admin/today_model.hpp"

#include "domain/words.hpp"
#include "terminal/admin/batches_model.hpp"
#include "terminal/admin/figures_text.hpp"
#include "terminal/admin/instruments_model.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace fangxin::admin {

namespace {

using kit::Role;

constexpr std::int64_t fen_per_thousand_yuan = 100'000;
constexpr std::size_t chip_of(BatchFilter filter) { return static_cast<std::size_t>(filter); }
constexpr std::size_t chip_of(Duty::Kind kind) {
    if (kind == Duty::Kind::withdraw) return chip_of(BatchFilter::to_withdraw);
    if (kind == Duty::Kind::certificate) return static_cast<std::size_t>(InstrumentFilter::ending);
    if (kind == Duty::Kind::scale_check)
        return static_cast<std::size_t>(InstrumentFilter::unchecked);
    return kind == Duty::Kind::unrecorded ? chip_of(BatchFilter::unrecorded) : 0;
}

TodayView::Card sales_card(const TodayFacts& facts, const kit::TextTable& texts) {
    TodayView::Card card{.title = texts.tr("Sales today"), .number = grouped_yuan(facts.sales_fen)};
    card.note = texts.tr_n("{} sale", "{} sales", facts.sales_count);
    if (!facts.week_before_fen || *facts.week_before_fen <= 0) return card;
    const std::int64_t change = facts.sales_fen - *facts.week_before_fen;
    const std::int64_t permille = change * 1000 / *facts.week_before_fen;
    const std::int64_t size = permille < 0 ? -permille : permille;
    card.note += " · " + texts.tr("{} on last week", fmt::format("{}{}.{}%", change < 0 ? "-" : "+",
                                                                 size / 10, size % 10));
    card.note_role = change < 0 ? Role::warn : Role::ok;
    return card;
}

TodayView::Card refused_card(const TodayFacts& facts, const kit::TextTable& texts) {
    TodayView::Card card{.title = texts.tr("Blocked sales"), .area = Area::attempts};
    constexpr std::size_t most_reasons = 2;
    std::int64_t all = 0;
    std::int64_t others = 0;
    for (std::size_t i = 0; i < facts.refused.size(); ++i) {
        const auto& each = facts.refused[i];
        all += each.count;
        if (i >= most_reasons) {
            others += each.count;
            continue;
        }
        if (i > 0) card.note += " · ";
        card.note += fmt::format("{} {}", reason_title(each.reason, texts), each.count);
    }
    if (others > 0) card.note += " · " + texts.tr("other {}", others);
    card.number = fmt::format("{}", all);
    card.note_role = Role::block;
    if (all == 0) {
        card.note = texts.tr("Nothing was refused");
        card.note_role = Role::ok;
    }
    return card;
}

TodayView::Card expiry_card(const TodayFacts& facts, const kit::TextTable& texts) {
    TodayView::Card card{.title = texts.tr_c("of a card", "Near expiry"),
                         .number = fmt::format("{}", facts.near_expiry),
                         .area = Area::batches};
    if (facts.withdraw_today > 0) {
        card.note = texts.tr("{} to withdraw today", facts.withdraw_today);
        card.note_role = Role::warn;
    } else {
        card.note = texts.tr("Nothing to withdraw today");
        card.note_role = Role::ok;
    }
    return card;
}

TodayView::Card complaints_card(const TodayFacts& facts, const kit::TextTable& texts) {
    TodayView::Card card{.title = texts.tr("Open complaints"),
                         .number = fmt::format("{}", facts.open_complaints),
                         .area = Area::complaints};
    if (facts.open_complaints == 0 || !facts.next_answer_due) {
        card.note =
            facts.open_complaints == 0 ? texts.tr("All answered") : texts.tr("No answer is due");
        card.note_role = facts.open_complaints == 0 ? Role::ok : Role::muted;
        return card;
    }
    constexpr std::int64_t soon_ms = 4LL * 60 * 60 * 1000;
    card.note = texts.tr("Next: {}", due_text({*facts.next_answer_due, facts.now}, texts));
    const bool soon = facts.next_answer_due->utc_ms - facts.now.utc_ms < soon_ms;
    card.note_role = soon ? Role::block : Role::muted;
    return card;
}

/// Bars in yuan on a slow day, in thousands on others, so that the numbers stay short.
void add_bars(TodayView& view, const TodayFacts& facts, const kit::TextTable& texts) {
    std::int64_t most = 0;
    for (const auto& each : facts.hours)
        most = std::max(most, each.fen);
    const bool thousands = most >= fen_per_thousand_yuan;
    view.chart_title =
        thousands ? texts.tr("Sales by hour (¥ thousand)") : texts.tr("Sales by hour (¥)");
    view.chart_empty = texts.tr("Nothing sold yet today");
    if (most == 0) return;
    for (const auto& each : facts.hours) {
        kit::ChartPoint bar{.label = fmt::format("{}", each.hour),
                            .value = static_cast<float>(each.fen)};
        const std::int64_t tenths =
            (each.fen * 10 + fen_per_thousand_yuan / 2) / fen_per_thousand_yuan;
        if (!thousands) {
            bar.words = fmt::format("{}", (each.fen + 50) / 100);
        } else if (most >= 10 * fen_per_thousand_yuan) {
            bar.words = fmt::format("{}", (tenths + 5) / 10);
        } else {
            bar.words = fmt::format("{}.{}", tenths / 10, tenths % 10);
        }
        view.bars.push_back(std::move(bar));
    }
}

void add_recall(TodayView& view, const TodayFacts& facts, const kit::TextTable& texts) {
    view.recall_title = texts.tr("Recalls");
    view.recall_empty = texts.tr("No recall is running");
    if (facts.running.empty()) return;
    const RecallFact& newest = facts.running.front();
    const domain::Block& block = newest.block;
    view.recall_id = block.id;
    view.recall_title = fmt::format("{} · {} {}", level_words(block.level, texts), newest.item_name,
                                    extent_words(block, texts));
    view.recall_tag = state_tag(block, texts);
    if (facts.running.size() > 1) {
        view.recall_tag = kit::RowTag{texts.tr("{} running", facts.running.size()), Role::block};
    }
    for (const TerminalAnswer& each : newest.terminals)
        view.terminals.push_back({each.name, answer_words(each, facts.now, texts)});
    // Who has it not is read first.
    std::ranges::stable_sort(view.terminals, [](const auto& a, const auto& b) {
        return !a.answer.done && b.answer.done;
    });
}

TodayView::Row row_of(const Duty& duty, const domain::StoreTime& now, const kit::TextTable& texts) {
    TodayView::Row row{.what = duty.what};
    switch (duty.kind) {
        case Duty::Kind::recall:
            row.tag = texts.tr("Recall");
            row.role = Role::block;
            break;
        case Duty::Kind::withdraw:
        case Duty::Kind::recalled_packs:
            row.tag = texts.tr("Withdraw");
            row.role = Role::warn;
            break;
        case Duty::Kind::complaint:
            row.tag = texts.tr("Complaint");
            row.role = Role::block;
            break;
        case Duty::Kind::unrecorded:
            row.tag = texts.tr("Book in");
            row.role = Role::warn;
            break;
        case Duty::Kind::terminal:
            row.tag = texts.tr_c("of a list", "Terminal");
            row.role = Role::warn;
            break;
        case Duty::Kind::fault:
            row.tag = texts.tr("Fault");
            row.role = Role::block;
            break;
        case Duty::Kind::certificate:
            row.tag = texts.tr("Certificate");
            row.role = Role::warn;
            break;
        case Duty::Kind::scale_check:
            row.tag = texts.tr("Check scale");
            row.role = Role::warn;
            break;
    }
    if (duty.due) {
        row.due = due_text({*duty.due, now}, texts);
        if (duty.due->utc_ms < now.utc_ms) row.due_role = Role::block;
    } else if (duty.since) {
        row.due = texts.tr("for {}", span_text(now.utc_ms - duty.since->utc_ms, texts));
    }
    return row;
}

}  // namespace

Area area_of(Duty::Kind kind) {
    switch (kind) {
        case Duty::Kind::recall:
        case Duty::Kind::recalled_packs:
            return Area::recalls;
        case Duty::Kind::complaint:
            return Area::complaints;
        case Duty::Kind::terminal:
            return Area::terminals;
        case Duty::Kind::fault:
            return Area::faults;
        case Duty::Kind::certificate:
        case Duty::Kind::scale_check:
            return Area::instruments;
        case Duty::Kind::withdraw:
        case Duty::Kind::unrecorded:
            break;
    }
    return Area::batches;
}

void sort_duties(std::vector<Duty>& duties, const domain::StoreTime& now) {
    const auto urgency = [&](const Duty& duty) {
        const std::int64_t since_ms = duty.since ? duty.since->utc_ms : now.utc_ms;
        if (duty.begin_by) return std::pair{0, duty.begin_by->utc_ms};
        if (duty.due) return std::pair{2, duty.due->utc_ms};
        return std::pair{duty.kind == Duty::Kind::withdraw ? 1 : 3, since_ms};
    };
    std::ranges::stable_sort(duties, {}, urgency);
}

TodayView present(const TodayFacts& facts, std::size_t first_duty, const kit::TextTable& texts) {
    TodayView view;
    if (facts.sees_sales) {
        view.cards.push_back(sales_card(facts, texts));
        add_bars(view, facts, texts);
    }
    view.cards.push_back(refused_card(facts, texts));
    view.cards.push_back(expiry_card(facts, texts));
    view.cards.push_back(complaints_card(facts, texts));
    add_recall(view, facts, texts);
    view.duties_title = texts.tr("To be done");
    view.go = texts.tr("Go");
    view.duties_empty = texts.tr("All done for now");
    view.next_duties = texts.tr("Next ones");
    for (const Duty& duty : facts.duties)
        view.duties.push_back(row_of(duty, facts.now, texts));
    view.first_duty = first_duty < view.duties.size() ? first_duty : 0;
    return view;
}

std::optional<Way> way_of(const TodayFacts& facts, const TodayAction& action) {
    if (const auto* duty = std::get_if<DutyChosen>(&action)) {
        if (duty->index >= facts.duties.size()) return std::nullopt;
        const Duty& chosen = facts.duties[duty->index];
        return Way{area_of(chosen.kind), chosen.id, chip_of(chosen.kind)};
    }
    if (const auto* card = std::get_if<CardChosen>(&action)) {
        constexpr std::array areas{Area::today, Area::attempts, Area::batches, Area::complaints};
        const std::size_t place = card->index + (facts.sees_sales ? 0 : 1);
        if (place == 0 || place >= areas.size()) return std::nullopt;
        const bool expiry = areas[place] == Area::batches;
        return Way{areas[place], {}, expiry ? chip_of(BatchFilter::near_expiry) : 0};
    }
    if (std::holds_alternative<DutiesTurned>(action)) return std::nullopt;
    return Way{Area::recalls, facts.running.empty() ? "" : facts.running.front().block.id};
}

std::string reason_title(domain::Reason reason, const kit::TextTable& texts) {
    const domain::Words& words = domain::words_of(reason).title;
    return std::string(texts.language() == domain::Language::zh ? words.zh : words.en);
}

}  // namespace fangxin::admin
