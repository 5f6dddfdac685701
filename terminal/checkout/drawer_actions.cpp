#include "terminal/checkout/drawer_actions.hpp"

#include "terminal/station/common_actions.hpp"

#include <charconv>

namespace fangxin::terminal {

namespace {

json::array tenders_of(const ShiftNow& now, bool tells_cash) {
    json::array tenders;
    for (const domain::TenderTotal& each : now.sums.tenders) {
        if (each.kind == domain::TenderKind::cash && !tells_cash) continue;
        tenders.push_back({{"kind", domain::to_text(each.kind)},
                           {"count", each.count},
                           {"amount_fen", each.amount_fen}});
    }
    return tenders;
}

std::string number_of(const sync::LogState& op) {
    return fmt::format("{}/{}", op.epoch, op.last_seq);
}

json::object shift_object(const ShiftNow& now, bool tells_cash) {
    const domain::ShiftSums& sums = now.sums;
    json::object shift{{"shift", now.shift.id},
                       {"person", now.shift.person},
                       {"day", now.shift.day},
                       {"float_fen", now.shift.float_fen},
                       {"sales", sums.sales},
                       {"lines_fen", sums.lines_fen},
                       {"returns_fen", sums.returns_fen},
                       {"saved_fen", sums.saved_fen},
                       {"rounding_fen", sums.rounding_fen},
                       {"due_fen", sums.due_fen()},
                       {"adds_up", sums.adds_up()},
                       {"paid_in_fen", sums.paid_in_fen},
                       {"paid_out_fen", sums.paid_out_fen},
                       {"dropped_fen", sums.dropped_fen},
                       {"voided", sums.voided},
                       {"drawer_openings", sums.drawer_openings},
                       {"tenders", tenders_of(now, tells_cash)},
                       {"from", number_of(now.range.from)},
                       {"to", number_of(now.range.to)},
                       {"head", now.range.head}};
    if (tells_cash) shift["expected_fen"] = domain::expected_cash(sums, now.shift.float_fen);
    return shift;
}

/// `10000:3;50:4`: notes and coins in fen, how many of each. Nothing if it is not that.
std::optional<std::vector<sync::CashCount>> counts_of(std::string_view text) {
    std::vector<sync::CashCount> counts;
    while (!text.empty()) {
        const auto end = std::min(text.find(';'), text.size());
        const std::string_view each = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto colon = each.find(':');
        if (colon == each.npos) return std::nullopt;
        sync::CashCount count;
        auto fen = std::from_chars(each.data(), each.data() + colon, count.fen);
        auto pieces =
            std::from_chars(each.data() + colon + 1, each.data() + each.size(), count.pieces);
        if (fen.ec != std::errc() || fen.ptr != each.data() + colon || pieces.ec != std::errc() ||
            pieces.ptr != each.data() + each.size())
            return std::nullopt;
        counts.push_back(count);
    }
    return counts;
}

class DrawerActions {
  public:
    DrawerActions(Headless& headless, Till& till) : headless_(headless), till_(till) {}

    void open(const Request& request, json::object& answer) {
        auto shift = drawer().open(*request.integer("float_fen"));
        if (!shift) return refuse(answer, shift.error());
        answer["shift"] = shift->id;
        answer["day"] = shift->day;
    }

    void show(json::object& answer) {
        auto now = drawer().now();
        if (!now) return refuse(answer, now.error());
        answer["shift"] = shift_object(*now, drawer().tells_cash());
    }

    void move(const Request& request, json::object& answer) {
        auto second = approver_of(till_.station(), request);
        if (!second) return refuse(answer, second.error());
        done(drawer().move({.what = request.text("what"),
                            .amount_fen = *request.integer("amount_fen"),
                            .reason = request.text("reason")},
                           *second),
             answer);
    }

    void open_drawer(const Request& request, json::object& answer) {
        auto second = approver_of(till_.station(), request);
        if (!second) return refuse(answer, second.error());
        done(drawer().open_drawer(request.text("reason"), *second), answer);
    }

    void print_x(json::object& answer) { done(drawer().print_x(till_.sealed_lines()), answer); }

    void close(const Request& request, json::object& answer) {
        CashCounted counted{.shift = request.text("shift"),
                            .counts = {},
                            .counted_fen = request.integer("counted_fen").value_or(0),
                            .alone = request.flag("alone")};
        if (request.has("counts") == request.has("counted_fen"))
            return headless_.fail(answer, "bad_argument", "counts or counted_fen");
        auto counts = counts_of(request.text("counts"));
        if (!counts) return headless_.fail(answer, "bad_argument", "counts");
        counted.counts = std::move(*counts);
        auto second = approver_of(till_.station(), request);
        if (!second) return refuse(answer, second.error());
        auto end = drawer().close(counted, *second, till_.sealed_lines());
        if (!end) return refuse(answer, end.error());
        answer["z"] = end->closed.z;
        answer["expected_fen"] = end->closed.expected_fen;
        answer["counted_fen"] = end->closed.counted_fen;
        answer["difference_fen"] = end->difference_fen;
        answer["held"] = end->closed.held;
        answer["head"] = end->closed.head;
        till_.devices().wake_printer();
    }

    void close_day(json::object& answer) {
        auto closed = drawer().close_day();
        if (!closed) return refuse(answer, closed.error());
        answer["day"] = closed->day;
        answer["shifts"] = closed->shifts;
        answer["sales_fen"] = closed->sales_fen;
    }

  private:
    Drawer& drawer() { return till_.checkout().drawer(); }
    void refuse(json::object& answer, const Error& error) {
        headless_.fail(answer, error.code, error.detail);
    }
    void done(const Result<void>& outcome, json::object& answer) {
        if (!outcome) return refuse(answer, outcome.error());
        till_.devices().wake_printer();
    }

    Headless& headless_;
    Till& till_;
};

}  // namespace

void add_drawer_actions(Headless& headless, Till* till) {
    using enum ArgumentType;
    auto actions = std::make_shared<DrawerActions>(headless, *till);
    headless.add({"shift_open",
                  {{"float_fen", integer, true}},
                  "opens the shift of who is logged in, with this cash in the drawer",
                  [actions](const Request& r, json::object& a) { actions->open(r, a); }});
    headless.add({"shift",
                  {},
                  "what the open shift comes to; its cash only for who may know before the count",
                  [actions](const Request&, json::object& a) { actions->show(a); }});
    headless.add({"cash",
                  {{"what", text, true},
                   {"amount_fen", integer, true},
                   {"reason", text, true},
                   {"approver"},
                   {"approver_pin"}},
                  "cash that comes or goes without a sale: paid_in, paid_out or drop",
                  [actions](const Request& r, json::object& a) { actions->move(r, a); }});
    headless.add({"open_drawer",
                  {{"reason", text, true}, {"approver"}, {"approver_pin"}},
                  "opens the drawer without a sale",
                  [actions](const Request& r, json::object& a) { actions->open_drawer(r, a); }});
    headless.add({"x_report",
                  {},
                  "prints what the shift comes to so far",
                  [actions](const Request&, json::object& a) { actions->print_x(a); }});
    headless.add({"shift_close",
                  {{"counts"},
                   {"counted_fen", integer},
                   {"shift"},
                   {"alone", boolean},
                   {"approver"},
                   {"approver_pin"}},
                  "closes a shift by a blind count (counts: fen:pieces;…, or the sum) and prints "
                  "the Z report; alone: nobody is there to look at a difference",
                  [actions](const Request& r, json::object& a) { actions->close(r, a); }});
    headless.add({"day_close",
                  {},
                  "ends the business day of all tills (日结)",
                  [actions](const Request&, json::object& a) { actions->close_day(a); }});
}

}  // namespace fangxin::terminal
