#include "terminal/desk/drawer_desk.hpp"

#include "domain/amount_text.hpp"
#include "terminal/station/words.hpp"

namespace fangxin::terminal {

namespace {

constexpr std::string_view word_of(till::CashKind kind) {
    switch (kind) {
        case till::CashKind::paid_in:
            return "paid_in";
        case till::CashKind::paid_out:
            return "paid_out";
        case till::CashKind::drop:
        case till::CashKind::no_sale:
            break;
    }
    return "drop";
}

}  // namespace

void DrawerDesk::open() {
    open_ = true;
    state_ = {};
    ended_.reset();
    trouble_.clear();
}

void DrawerDesk::scanned(const std::string&) {
    workplace_.refuse(kit::Msgid("Go back to the checkout first"));
}

till::DrawerFacts DrawerDesk::facts() const {
    Station& station = till_.station();
    Drawer& drawer = till_.checkout().drawer();
    till::DrawerFacts facts{.may_close_others = drawer.tells_cash(),
                            .has_printer = till_.devices().paper().columns > 0,
                            .ended = ended_,
                            .trouble = trouble_};
    const auto named = [&](const sync::Shift& shift) {
        auto person = station.shop().person(shift.person);
        return till::DrawerFacts::Shift{
            .id = shift.id,
            .person = person ? person->name : shift.person,
            .day = shift.day,
            .opened = domain::clock_text(station.at(shift.opened_at_ms)),
            .float_fen = shift.float_fen};
    };
    const auto own = drawer.shift();
    for (const sync::Shift& each : drawer.open_here()) {
        if (!own || each.id != own->id) facts.others.push_back(named(each));
    }
    if (auto now = drawer.now()) {
        facts.shift = named(now->shift);
        facts.shift->sales = now->sums.sales;
        facts.shift->due_fen = now->sums.due_fen();
        if (drawer.tells_cash())
            facts.shift->expected_fen = domain::expected_cash(now->sums, now->shift.float_fen);
    }
    return facts;
}

void DrawerDesk::play(kit::Ui& ui, kit::Rect rest) {
    till::DrawerFacts now = facts();
    if (auto code = ui.take_scan()) scanned(*code);
    till::follow(state_, now);
    const till::DrawerView view = till::present(state_, now, workplace_.texts());
    if (auto action = till::draw(ui, workplace_.texts(), view, rest)) answer(now, *action);
}

void DrawerDesk::answer(const till::DrawerFacts& facts, const till::DrawerAction& action) {
    trouble_.clear();
    auto effect = till::update(state_, facts, action, workplace_.texts());
    if (effect) std::visit([this](const auto& each) { act(each); }, *effect);
}

void DrawerDesk::done(const Result<void>& outcome) {
    if (!outcome) {
        trouble_ = message_for(outcome.error().code, outcome.error().detail,
                               workplace_.texts().language());
        return workplace_.sound(kit::Sound::warn);
    }
    workplace_.sound(kit::Sound::accept);
    till_.devices().wake_printer();
    if (state_.page == till::DrawerPage::cash) state_ = {.ended_shown = state_.ended_shown};
}

void DrawerDesk::with_second(domain::Action action, const std::string& what,
                             const std::function<Result<void>(const Drawer::Second&)>& work) {
    if (till_.station().may(action).code != "needs_second_person") return done(work({}));
    workplace_.ask_second_person(
        {.action = action,
         .what = what,
         .confirmed = [this, work](const domain::Person& second) { done(work(second)); },
         .given_up = [] {}});
}

void DrawerDesk::act(const till::drawer_effect::OpenShift& effect) {
    auto opened = till_.checkout().drawer().open(effect.float_fen);
    done(opened ? Result<void>{} : tl::unexpected(opened.error()));
}

void DrawerDesk::act(const till::drawer_effect::MoveCash& effect) {
    Drawer& drawer = till_.checkout().drawer();
    const kit::TextTable& texts = workplace_.texts();
    const std::string amount = domain::yuan(effect.amount_fen, "¥");
    if (effect.kind == till::CashKind::no_sale) {
        return with_second(domain::Action::drawer, texts.tr("Open the drawer: {}", effect.reason),
                           [&drawer, reason = effect.reason](const Drawer::Second& second) {
                               return drawer.open_drawer(reason, second);
                           });
    }
    const CashMove move{std::string(word_of(effect.kind)), effect.amount_fen, effect.reason};
    with_second(
        domain::Action::drawer, texts.tr("Cash {}: {}", amount, effect.reason),
        [&drawer, move](const Drawer::Second& second) { return drawer.move(move, second); });
}

void DrawerDesk::act(const till::drawer_effect::PrintX&) {
    done(till_.checkout().drawer().print_x(till_.sealed_lines()));
}

void DrawerDesk::act(const till::drawer_effect::CloseShift& effect) {
    CashCounted counted{.shift = effect.shift, .counts = {}};
    for (const auto& [fen, pieces] : effect.counts)
        counted.counts.push_back({fen, pieces});
    close_shift(counted, {});
}

/// A large difference asks for somebody who looks at it; where nobody is there, the shift is closed
/// all the same, and the journal says that nobody looked.
void DrawerDesk::close_shift(const CashCounted& counted, const Drawer::Second& second) {
    auto end = till_.checkout().drawer().close(counted, second, till_.sealed_lines());
    if (!end && end.error().code == "needs_second_person" && !second) {
        CashCounted alone = counted;
        alone.alone = true;
        return workplace_.ask_second_person(
            {.action = domain::Action::shift_close_other,
             .what = workplace_.texts().tr("The count differs: look at it"),
             .confirmed = [this,
                           counted](const domain::Person& other) { close_shift(counted, other); },
             .given_up = [this, alone] { close_shift(alone, {}); }});
    }
    if (end) {
        ended_ = till::DrawerFacts::End{.z = end->closed.z,
                                        .expected_fen = end->closed.expected_fen,
                                        .counted_fen = end->closed.counted_fen,
                                        .difference_fen = end->difference_fen,
                                        .held = end->closed.held};
    }
    done(end ? Result<void>{} : tl::unexpected(end.error()));
}

}  // namespace fangxin::terminal
