#include "terminal/screens/drawer_model.hpp"

#include "domain/amount_text.hpp"
#include "domain/money.hpp"
#include "terminal/kit/field.hpp"
#include "terminal/screens/money_typed.hpp"

#include <charconv>
#include <fmt/format.h>

namespace fangxin::terminal::till {

namespace {

using kit::Msgid;
using kit::Role;

std::vector<Msgid> reasons_for(CashKind kind) {
    switch (kind) {
        case CashKind::paid_in:
            return {Msgid("Change brought from the safe"), Msgid("Money found at the till"),
                    Msgid("Another reason")};
        case CashKind::paid_out:
            return {Msgid("Small purchase for the shop"), Msgid("Deposit given back"),
                    Msgid("Another reason")};
        case CashKind::drop:
            return {Msgid("To the safe"), Msgid("To the collector"), Msgid("Another reason")};
        case CashKind::no_sale:
            break;
    }
    return {Msgid("Change for a customer"), Msgid("Counting in between"), Msgid("Another reason")};
}

Msgid title_of(CashKind kind) {
    switch (kind) {
        case CashKind::paid_in:
            return Msgid("Pay cash in");
        case CashKind::paid_out:
            return Msgid("Pay cash out");
        case CashKind::drop:
            return Msgid("Drop cash");
        case CashKind::no_sale:
            break;
    }
    return Msgid("Open the drawer");
}

std::int64_t counted(const DrawerState& state) {
    std::int64_t fen = 0;
    for (std::size_t i = 0; i < domain::denominations.size(); ++i)
        fen += domain::denominations[i] * state.pieces[i];
    return fen;
}

const DrawerFacts::Shift* shift_of(const DrawerState& state, const DrawerFacts& facts) {
    if (state.counting.empty()) return facts.shift ? &*facts.shift : nullptr;
    for (const DrawerFacts::Shift& each : facts.others) {
        if (each.id == state.counting) return &each;
    }
    return nullptr;
}

void fill_shift(DrawerView& view, const DrawerFacts& facts, const kit::TextTable& texts) {
    view.title = texts.tr("Shift and drawer");
    view.has_shift = facts.shift.has_value();
    for (const DrawerFacts::Shift& each : facts.others)
        view.others.push_back({each.id, texts.tr("{} · open since {}", each.person, each.opened),
                               facts.may_close_others});
    if (!facts.shift) {
        view.note = texts.tr(
            "No shift is open: count the float and open one. The first sale opens "
            "one too, without a float");
        return;
    }
    const DrawerFacts::Shift& shift = *facts.shift;
    view.rows = {{texts.tr("Cashier"), shift.person},
                 {texts.tr("Business day"), shift.day},
                 {texts.tr("Opened at"), shift.opened},
                 {texts.tr("Float"), domain::yuan(shift.float_fen, "¥")},
                 {texts.tr("Sales"), fmt::format("{}", shift.sales)},
                 {texts.tr("Customers paid"), domain::yuan(shift.due_fen, "¥")}};
    if (shift.expected_fen)
        view.rows.push_back({texts.tr("Cash expected"), domain::yuan(*shift.expected_fen, "¥")});
}

void fill_money(DrawerView& view, const DrawerState& state, const kit::TextTable& texts) {
    const std::int64_t fen = fen_of(state.typed);
    view.typed = domain::yuan(fen, "¥");
    if (state.page == DrawerPage::open) {
        view.title = texts.tr("Open a shift");
        view.note = texts.tr("Count the cash in the drawer: it is the float");
        view.can_confirm = fen <= domain::largest_amount_fen;
        return;
    }
    view.title = texts.tr(title_of(state.kind));
    view.needs_amount = state.kind != CashKind::no_sale;
    for (const Msgid& reason : reasons_for(state.kind))
        view.reasons.push_back(texts.tr(reason));
    view.reason = state.reason;
    view.can_confirm = !view.needs_amount || (fen > 0 && fen <= domain::largest_amount_fen);
}

void fill_count(DrawerView& view, const DrawerState& state, const DrawerFacts& facts,
                const kit::TextTable& texts) {
    view.title = texts.tr("Count the drawer");
    if (const auto* shift = shift_of(state, facts)) {
        view.note = texts.tr("Shift of {}, open since {}", shift->person, shift->opened);
        view.can_confirm = true;
    }
    for (std::size_t i = 0; i < domain::denominations.size(); ++i) {
        const std::int64_t fen = domain::denominations[i];
        view.counts.push_back({domain::yuan(fen, "¥"), fmt::format("{}", state.pieces[i]),
                               domain::yuan(fen * state.pieces[i], "¥"), i == state.selected});
    }
    view.sum = domain::yuan(counted(state), "¥");
}

void fill_ended(DrawerView& view, const DrawerFacts& facts, const kit::TextTable& texts) {
    const DrawerFacts::End& end = *facts.ended;
    view.title = texts.tr("The shift is closed");
    view.rows = {{texts.tr("Z report"), fmt::format("{}", end.z)},
                 {texts.tr("Cash expected"), domain::yuan(end.expected_fen, "¥")},
                 {texts.tr("Cash counted"), domain::yuan(end.counted_fen, "¥")}};
    if (end.held > 0)
        view.rows.push_back({texts.tr("Baskets on hold"), fmt::format("{}", end.held)});
    const std::int64_t by = end.difference_fen;
    view.difference = by == 0  ? texts.tr("It adds up")
                      : by < 0 ? texts.tr("{} are missing", domain::yuan(-by, "¥"))
                               : texts.tr("{} too much", domain::yuan(by, "¥"));
    view.difference_role = by == 0 ? Role::ok : Role::warn;
    view.can_confirm = true;
}

void press_count(DrawerState& state, const std::string& key) {
    std::int64_t& pieces = state.pieces[state.selected];
    std::string typed = state.fresh || pieces == 0 ? std::string() : std::to_string(pieces);
    state.fresh = false;
    kit::key_in(typed, key, 5);
    pieces = 0;
    std::from_chars(typed.data(), typed.data() + typed.size(), pieces);
}

class Update {
  public:
    Update(DrawerState& state, const DrawerFacts& facts, const kit::TextTable& texts)
        : state_(state), facts_(facts), texts_(texts) {}

    using Answer = std::optional<DrawerEffect>;

    Answer operator()(const drawer::Back&) {
        if (state_.page == DrawerPage::shift) return drawer_effect::Leave{};
        if (state_.page == DrawerPage::ended) return leave_end();
        go_to(DrawerPage::shift);
        return std::nullopt;
    }
    Answer operator()(const drawer::Open&) {
        if (!facts_.shift) go_to(DrawerPage::open);
        return std::nullopt;
    }
    Answer operator()(const drawer::Count& count) {
        go_to(DrawerPage::count);
        state_.counting = count.shift;
        return std::nullopt;
    }
    Answer operator()(const drawer::Cash& cash) {
        if (!facts_.shift) return std::nullopt;
        go_to(DrawerPage::cash);
        state_.kind = cash.kind;
        return std::nullopt;
    }
    Answer operator()(const drawer::PrintX&) {
        if (!facts_.shift || !facts_.has_printer) return std::nullopt;
        return drawer_effect::PrintX{};
    }
    Answer operator()(const drawer::PadKey& key) {
        if (state_.page == DrawerPage::count) {
            press_count(state_, key.value);
        } else {
            press_money(state_.typed, key.value);
        }
        return std::nullopt;
    }
    Answer operator()(const drawer::Reason& reason) {
        if (reason.place < reasons_for(state_.kind).size()) state_.reason = reason.place;
        return std::nullopt;
    }
    Answer operator()(const drawer::Select& select) {
        if (select.place < domain::denominations.size()) state_.selected = select.place;
        state_.fresh = true;
        return std::nullopt;
    }
    Answer operator()(const drawer::Confirm&) {
        if (!present(state_, facts_, texts_).can_confirm) return std::nullopt;
        switch (state_.page) {
            case DrawerPage::shift:
                return std::nullopt;
            case DrawerPage::open:
                return drawer_effect::OpenShift{fen_of(state_.typed)};
            case DrawerPage::cash:
                return drawer_effect::MoveCash{state_.kind, fen_of(state_.typed),
                                               texts_.tr(reasons_for(state_.kind)[state_.reason])};
            case DrawerPage::count:
                return close_shift();
            case DrawerPage::ended:
                break;
        }
        return leave_end();
    }

  private:
    void go_to(DrawerPage page) {
        const std::string shown = state_.ended_shown;
        state_ = {.page = page, .ended_shown = shown};
    }
    Answer leave_end() {
        if (facts_.ended) state_.ended_shown = std::to_string(facts_.ended->z);
        go_to(DrawerPage::shift);
        return drawer_effect::Leave{};
    }
    Answer close_shift() const {
        drawer_effect::CloseShift close{.shift = state_.counting, .counts = {}};
        for (std::size_t i = 0; i < domain::denominations.size(); ++i) {
            if (state_.pieces[i] > 0)
                close.counts.emplace_back(domain::denominations[i], state_.pieces[i]);
        }
        // An empty drawer is a count too.
        if (close.counts.empty()) close.counts.emplace_back(domain::denominations.back(), 0);
        return close;
    }

    DrawerState& state_;
    const DrawerFacts& facts_;
    const kit::TextTable& texts_;
};

}  // namespace

void follow(DrawerState& state, const DrawerFacts& facts) {
    const bool is_new = facts.ended && std::to_string(facts.ended->z) != state.ended_shown;
    if (is_new && state.page == DrawerPage::count) state.page = DrawerPage::ended;
    if (state.page == DrawerPage::ended && !facts.ended) state.page = DrawerPage::shift;
    if (state.page == DrawerPage::open && facts.shift) state.page = DrawerPage::shift;
}

DrawerView present(const DrawerState& state, const DrawerFacts& facts,
                   const kit::TextTable& texts) {
    DrawerView view{.page = state.page};
    view.has_printer = facts.has_printer;
    view.trouble = facts.trouble;
    switch (state.page) {
        case DrawerPage::shift:
            fill_shift(view, facts, texts);
            break;
        case DrawerPage::open:
        case DrawerPage::cash:
            fill_money(view, state, texts);
            break;
        case DrawerPage::count:
            fill_count(view, state, facts, texts);
            break;
        case DrawerPage::ended:
            fill_ended(view, facts, texts);
            break;
    }
    return view;
}

std::optional<DrawerEffect> update(DrawerState& state, const DrawerFacts& facts,
                                   const DrawerAction& action, const kit::TextTable& texts) {
    return std::visit(Update(state, facts, texts), action);
}

}  // namespace fangxin::terminal::till
