#include "terminal/admin/admin_model.hpp"

#include "terminal/admin/figures_text.hpp"

#include <algorithm>

namespace fangxin::admin {

namespace {

using kit::Role;

std::string words_of(Area area, const kit::TextTable& texts) {
    switch (area) {
        case Area::today:
            return texts.tr("Today");
        case Area::items:
            return texts.tr("Items");
        case Area::batches:
            return texts.tr("Batches");
        case Area::recalls:
            return texts.tr("Recalls");
        case Area::attempts:
            return texts.tr("Blocked sales");
        case Area::complaints:
            return texts.tr("Complaints");
        case Area::terminals:
            return texts.tr("Terminals");
    }
    return {};
}

void add_entries(AdminView& view, const AdminState& state, const AdminFacts& facts,
                 const kit::TextTable& texts) {
    int number = 0;
    for (const Area area : facts.areas) {
        AdminView::Entry entry{
            .area = area,
            .words = words_of(area, texts),
            .key = static_cast<kit::Key>(static_cast<int>(kit::Key::f1) + number++),
            .selected = area == state.area};
        const auto waiting = std::ranges::find(facts.waiting, area, &AdminFacts::Waiting::area);
        if (waiting != facts.waiting.end()) entry.count = waiting->count;
        view.entries.push_back(std::move(entry));
    }
    view.back = texts.tr("Back to the checkout");
}

std::optional<NoticeView> notice_of(const AdminFacts& facts, const kit::TextTable& texts) {
    if (facts.online) return std::nullopt;
    NoticeView notice{.role = Role::warn, .icon = kit::Icon::warning};
    notice.words =
        facts.as_of ? texts.tr("No server: figures as of {}", when_text({*facts.as_of, facts.now}))
                    : texts.tr("No server: only what this till knows");
    return notice;
}

void add_page(AdminView& view, const AdminState&, const AdminFacts& facts,
              const kit::TextTable& texts) {
    if (!facts.trouble.empty()) {
        view.page = AdminView::Trouble{texts.tr("This page could not be read"), facts.trouble,
                                       texts.tr("Try again")};
        return;
    }
    if (facts.loading) {
        view.page = AdminView::Loading{texts.tr("Please wait…")};
        return;
    }
    view.page = present(facts.today, texts);
}

struct Keeper {
    AdminState& state;
    const AdminFacts& facts;

    std::optional<AdminEffect> operator()(const AreaChosen& chosen) const {
        state.area = chosen.area;
        return ReadArea{chosen.area};
    }
    std::optional<AdminEffect> operator()(const BackTouched&) const { return LeaveAdmin{}; }
    std::optional<AdminEffect> operator()(const RetryTouched&) const {
        return ReadArea{state.area};
    }
    std::optional<AdminEffect> operator()(const TodayAction& action) const {
        const auto way = way_of(facts.today, action);
        if (!way || std::ranges::find(facts.areas, way->area) == facts.areas.end())
            return std::nullopt;
        state.area = way->area;
        return ReadArea{way->area};
    }
};

}  // namespace

AdminView present(const AdminState& state, const AdminFacts& facts, const kit::TextTable& texts) {
    AdminView view;
    add_entries(view, state, facts, texts);
    view.notice = notice_of(facts, texts);
    add_page(view, state, facts, texts);
    return view;
}

std::optional<AdminEffect> update(AdminState& state, const AdminFacts& facts,
                                  const AdminAction& action) {
    return std::visit(Keeper{state, facts}, action);
}

}  // namespace fangxin::admin
