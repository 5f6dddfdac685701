#include "handheld/screens/home_model.hpp"

#include "terminal/station/screens/known_person.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace fangxin::handheld {

using kit::Icon;
using kit::Role;
using kit::TextTable;

TaskGroup group_of(TaskCause cause) {
    switch (cause) {
        case TaskCause::unrecorded_batch:
            return TaskGroup::book;
        case TaskCause::complaint_overdue:
        case TaskCause::complaint:
            return TaskGroup::complaint;
        case TaskCause::near_expiry:
            return TaskGroup::near_expiry;
        default:
            return TaskGroup::withdraw;
    }
}

namespace {

std::string cause_words(TaskCause cause, const TextTable& texts) {
    switch (cause) {
        case TaskCause::recalled:
            return texts.tr_c("why", "Recalled");
        case TaskCause::failed_test:
            return texts.tr_c("why", "Failed a test");
        case TaskCause::quarantined:
            return texts.tr_c("why", "Quarantined");
        case TaskCause::expired:
            return texts.tr_c("why", "Expired");
        case TaskCause::last_day:
            return texts.tr_c("why", "Last day");
        case TaskCause::unrecorded_batch:
            return texts.tr_c("why", "Sold, not booked");
        default:
            return {};
    }
}

/// `2 h`, `3 d`, as long as it is still or already.
std::string span_words(std::int64_t ms, const TextTable& texts) {
    constexpr std::int64_t minute_ms = 60'000;
    constexpr std::int64_t hour_ms = 60 * minute_ms;
    constexpr std::int64_t day_ms = 24 * hour_ms;
    if (ms < hour_ms)
        return texts.tr_c("a time", "{} min", std::max<std::int64_t>(1, ms / minute_ms));
    if (ms < 2 * day_ms) return texts.tr_c("a time", "{} h", ms / hour_ms);
    return texts.tr_c("a time", "{} d", ms / day_ms);
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) {
        if (part.empty()) continue;
        if (!text.empty()) text += " · ";
        text += part;
    }
    return text;
}

/// Without its year where that is the present one.
std::string date_words(const TaskFacts& task, const domain::StoreTime& now,
                       const TextTable& texts) {
    if (!task.date) return {};
    // That it is today is said by the cause.
    if (task.cause == TaskCause::last_day) {
        return task.date->minute ? day_text(*task.date).substr(11) : std::string();
    }
    std::string day = day_text(*task.date);
    if (day.starts_with(domain::format_date(now.date()).substr(0, 5))) day.erase(0, 5);
    return task.cause == TaskCause::unrecorded_batch ? day : texts.tr("until {}", day);
}

void add_what_is_due(HomeView::Task& row, const TaskFacts& task, const HomeFacts& facts,
                     const TextTable& texts) {
    switch (row.group) {
        case TaskGroup::withdraw:
            row.icon = task.cause == TaskCause::last_day ? Icon::clock : Icon::exclamation;
            row.role = task.cause == TaskCause::last_day ? Role::warn : Role::block;
            row.due = task.cause == TaskCause::last_day ? texts.tr_c("due", "Tonight")
                                                        : texts.tr_c("due", "Withdraw");
            return;
        case TaskGroup::book:
            row.icon = Icon::down;
            row.role = Role::primary;
            row.due = texts.tr_c("due", "Book");
            return;
        case TaskGroup::complaint: {
            row.icon = Icon::speech;
            const std::int64_t left = task.due_ms - facts.head.now.utc_ms;
            const bool late = left < 0;
            row.role = late ? Role::block : Role::warn;
            row.due =
                late ? texts.tr("{} late", span_words(-left, texts)) : span_words(left, texts);
            return;
        }
        case TaskGroup::near_expiry:
            return;
    }
}

HomeView::Task present_task(std::size_t index, const HomeFacts& facts, const TextTable& texts) {
    const TaskFacts& task = facts.tasks[index];
    HomeView::Task row{.index = index, .group = group_of(task.cause), .title = task.name};
    if (row.group == TaskGroup::complaint) {
        row.title = texts.tr("Complaint: {}", task.name);
        row.note = joined({task.lot, task.note});
    } else {
        row.note = joined({cause_words(task.cause, texts), task.lot,
                           date_words(task, facts.head.now, texts),
                           task.stock ? quantity_text(*task.stock, texts) : ""});
    }
    add_what_is_due(row, task, facts, texts);
    return row;
}

HomeView::Task near_expiry_row(int count, const TextTable& texts) {
    return {.group = TaskGroup::near_expiry,
            .icon = Icon::clock,
            .role = Role::warn,
            .title = texts.tr("Walk the shelves for near expiry"),
            .note = texts.tr_n("{} batch: sort, mark down or withdraw",
                               "{} batches: sort, mark down or withdraw", count),
            .due = texts.tr_c("due", "Today")};
}

/// Booking is for those who receive; nobody is sent to a page that refuses him at its end.
bool is_for_them(const HomeFacts& facts, TaskGroup group) {
    return group != TaskGroup::book || facts.can_receive;
}

bool is_shown(const HomeState& state, TaskGroup group) {
    return !state.shown || *state.shown == group;
}

std::vector<HomeView::Tile> present_tiles(const HomeState& state, const HomeFacts& facts,
                                          const TextTable& texts) {
    std::array<int, 4> counts{};
    for (const TaskFacts& task : facts.tasks) {
        const TaskGroup group = group_of(task.cause);
        if (is_for_them(facts, group)) ++counts[static_cast<std::size_t>(group)];
    }
    counts[static_cast<std::size_t>(TaskGroup::near_expiry)] = facts.near_expiry;
    const std::array<const char*, 4> words{
        texts.tr_c("a kind of task", "Withdraw"), texts.tr_c("a kind of task", "Book"),
        texts.tr_c("a kind of task", "Complaints"), texts.tr_c("a kind of task", "Near expiry")};
    constexpr std::array roles{Role::block, Role::primary, Role::warn, Role::warn};
    std::vector<HomeView::Tile> tiles;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto group = static_cast<TaskGroup>(i);
        tiles.push_back({.group = group,
                         .count = counts[i] > 999 ? "999+" : fmt::format("{}", counts[i]),
                         .words = words[i],
                         .role = counts[i] > 0 ? roles[i] : Role::muted,
                         .selected = state.shown == group});
    }
    return tiles;
}

void add_empty(HomeView& view, const HomeState& state, const TextTable& texts) {
    if (state.shown) {
        view.empty = {Icon::check, texts.tr("Nothing of this kind"),
                      texts.tr("Touch the tile again to see everything")};
        return;
    }
    view.empty = {Icon::check, texts.tr("Nothing to do"),
                  texts.tr("Scan a pack to look it up, or receive a delivery")};
}

}  // namespace

HomeView present(const HomeState& state, const HomeFacts& facts, const TextTable& texts) {
    HomeView view;
    const std::string role = terminal::role_name(facts.head.role, texts);
    view.head = present_head(facts.head.person.empty() ? role : facts.head.person + " · " + role,
                             facts.head, texts);
    view.head.can_go_back = false;
    view.can_receive = facts.can_receive;
    view.can_recall = facts.can_recall;
    view.more_is_open = state.more_is_open;
    view.loading = facts.reading == ReadState::loading;
    if (facts.reading == ReadState::failed) {
        view.empty = {Icon::warning, texts.tr("The task list cannot be read"),
                      texts.tr("Scanning and receiving still work: call the manager")};
    }
    if (facts.reading != ReadState::ready) return view;
    view.tiles = present_tiles(state, facts, texts);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < facts.tasks.size(); ++i) {
        const TaskGroup group = group_of(facts.tasks[i].cause);
        if (is_for_them(facts, group) && is_shown(state, group)) order.push_back(i);
    }
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        const TaskFacts& one = facts.tasks[a];
        const TaskFacts& other = facts.tasks[b];
        if (one.cause != other.cause) return one.cause < other.cause;
        return one.due_ms < other.due_ms;
    });
    for (const std::size_t index : order)
        view.tasks.push_back(present_task(index, facts, texts));
    if (facts.near_expiry > 0 && is_shown(state, TaskGroup::near_expiry)) {
        view.tasks.push_back(near_expiry_row(facts.near_expiry, texts));
    }
    if (view.tasks.empty()) add_empty(view, state, texts);
    return view;
}

namespace {

using home::Effect;
using home::Way;

struct Update {
    HomeState& state;
    const HomeFacts& facts;

    std::optional<Effect> operator()(const home::TaskOpened& opened) const {
        if (opened.group == TaskGroup::near_expiry) return home::OpenBatches{true};
        if (opened.index >= facts.tasks.size()) return std::nullopt;
        const TaskFacts& task = facts.tasks[opened.index];
        switch (group_of(task.cause)) {
            case TaskGroup::book:
                if (!facts.can_receive) return std::nullopt;
                return home::StartReceiving{task.item, task.lot, task.date};
            case TaskGroup::complaint:
                return home::OpenComplaint{task.id};
            default:
                return home::OpenBatch{task.id};
        }
    }
    std::optional<Effect> operator()(const home::GroupChosen& chosen) const {
        const bool again = state.shown == chosen.group;
        state.shown = again ? std::nullopt : std::optional(chosen.group);
        return std::nullopt;
    }
    std::optional<Effect> operator()(const home::WayTaken& taken) const {
        if (taken.way == Way::more) {
            state.more_is_open = true;
            return std::nullopt;
        }
        state.more_is_open = false;
        switch (taken.way) {
            case Way::receive:
                if (!facts.can_receive) return std::nullopt;
                return home::StartReceiving{};
            case Way::batches:
                return home::OpenBatches{};
            case Way::complaint:
                return home::OpenComplaint{};
            default:
                return home::Go{taken.way};
        }
    }
    std::optional<Effect> operator()(const home::MoreClosed&) const {
        state.more_is_open = false;
        return std::nullopt;
    }
    std::optional<Effect> operator()(const home::Scanned& scanned) const {
        state.more_is_open = false;
        return home::LookUp{scanned.code};
    }
};

}  // namespace

std::optional<Effect> update(HomeState& state, const HomeFacts& facts, const home::Action& action) {
    return std::visit(Update{state, facts}, action);
}

}  // namespace fangxin::handheld
