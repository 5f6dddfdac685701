#include "terminal/checkout/checkout_actions.hpp"

#include "sync/codec.hpp"
#include "terminal/station/common_actions.hpp"
#include "terminal/station/lists.hpp"
#include "terminal/station/verdict_answer.hpp"

namespace fangxin::terminal {

namespace {

constexpr std::int64_t sent_wait_ms = 1'000;

json::array promotions_of(const domain::Line& line, domain::Language language) {
    json::array all;
    for (const domain::LinePromotion& each : line.promotions) {
        all.push_back({{"id", each.id},
                       {"name", domain::name_in(language, {each.name_zh, each.name_en})},
                       {"saved_fen", each.saved_fen}});
    }
    return all;
}

json::object line_object(const domain::Line& line, domain::Language language) {
    json::object object{{"line", line.number},
                        {"code", line.code},
                        {"item", line.item},
                        {"name", domain::name_in(language, {line.name_zh, line.name_en})},
                        {"quantity", line.quantity},
                        {"unit_price_fen", line.unit_price_fen},
                        {"amount_fen", line.amount_fen},
                        {"batch", line.batch},
                        {"batch_basis", domain::to_text(line.basis)},
                        {"verdict", domain::to_text(line.verdict)},
                        {"reasons", reasons_of(line.reasons)},
                        {"blocked", line.blocked},
                        {"saved_fen", line.saved_fen},
                        {"promotions", promotions_of(line, language)}};
    if (line.list_price_fen) {
        object["list_price_fen"] = *line.list_price_fen;
        object["price_reason"] = line.price_reason;
    }
    if (line.net_mg > 0) {
        object["net_mg"] = line.net_mg;
        object["tare_mg"] = line.tare_mg;
    }
    return object;
}

class Actions {
  public:
    Actions(Headless* headless, Station* station, Checkout* checkout, Devices* devices)
        : headless_(headless), station_(station), checkout_(checkout), devices_(devices) {}

    void scan(const Request& request, json::object& answer) {
        std::string code = request.text("code");
        if (request.has("image")) {
            auto read = code_in_image(*devices_, request.text("image"));
            if (!read) return headless_->fail(answer, read.error().code, read.error().detail);
            code = *read;
        } else if (!request.has("code")) {
            return headless_->fail(answer, "bad_argument", "code or image");
        }
        put_outcome(checkout_->scan(code), *headless_, *station_, answer);
    }

    void resume(const Request& request, json::object& answer) {
        // What this till put aside a moment ago has to be at the server before it is asked for.
        headless_->wait_until([&] { return !station_->online() || station_->unsent() == 0; },
                              sent_wait_ms);
        Outcome outcome = checkout_->resume(request.text("hold"));
        if (outcome.error.empty() && checkout_->waiting_for_hold() != 0) {
            bool came = headless_->wait_until([&] { return checkout_->waiting_for_hold() == 0; },
                                              hold_wait_ms);
            if (!came) checkout_->give_up_claim();
            outcome = checkout_->claim_outcome();
        }
        emit_rejudged(*headless_, *station_, *checkout_, outcome.rejudged);
        put_outcome(outcome, *headless_, *station_, answer);
    }

    void pay(const Request& request, json::object& answer) {
        if (station_->connecting()) {
            headless_->wait_until([&] { return station_->online(); }, block_lane_wait_ms);
        }
        Outcome outcome = checkout_->pay_cash(*request.integer("tendered_fen"));
        put(outcome, answer);
        if (outcome.error.empty()) devices_->wake_printer();
    }

    void void_sale(const Request& request, json::object& answer) {
        auto second = approver_of(*station_, request);
        if (!second) return headless_->fail(answer, second.error().code, second.error().detail);
        put_outcome(checkout_->void_sale(*second), *headless_, *station_, answer);
    }

    void price(const Request& request, json::object& answer) {
        auto second = approver_of(*station_, request);
        if (!second) return headless_->fail(answer, second.error().code, second.error().detail);
        const std::int64_t line = *request.integer("line");
        put(checkout_->override_price(
                {.line = line > 0 && line < 1'000'000 ? static_cast<int>(line) : -1,
                 .unit_price_fen = *request.integer("unit_price_fen"),
                 .reason = request.text("reason")},
                *second),
            answer);
    }

    void print(const Outcome& outcome, json::object& answer) {
        put_outcome(outcome, *headless_, *station_, answer);
        devices_->wake_printer();
    }

    void put(const Outcome& outcome, json::object& answer) {
        put_outcome(outcome, *headless_, *station_, answer);
    }

    Checkout& checkout() { return *checkout_; }

  private:
    Headless* headless_;
    Station* station_;
    Checkout* checkout_;
    Devices* devices_;
};

json::object member_object(const domain::BasketMember& member) {
    return {{"number", domain::masked_member(member.number)},
            {"name", member.name},
            {"phone", member.phone},
            {"points", member.points}};
}

void add_customer(Headless& headless, const std::shared_ptr<Actions>& actions) {
    using enum ArgumentType;
    headless.add({"member",
                  {{"code"}, {"none", boolean}},
                  "the customer is this member (number, card or telephone number), or none",
                  [actions, &headless](const Request& r, json::object& a) {
                      if (r.flag("none")) return actions->put(actions->checkout().drop_member(), a);
                      if (!r.has("code")) return headless.fail(a, "bad_argument", "code or none");
                      actions->put(actions->checkout().set_member(r.text("code")), a);
                  }});
}

void add_selling(Headless& headless, const std::shared_ptr<Actions>& actions) {
    using enum ArgumentType;
    headless.add({"scan",
                  {{"code", text, false, any_length}, {"image"}},
                  "a code as a scanner sends it (]C1 in front, U+001D as GS), or a picture's file",
                  [actions](const Request& r, json::object& a) { actions->scan(r, a); }});
    headless.add({"plu",
                  {{"plu", text, true}},
                  "finds goods by their PLU",
                  [actions](const Request& r, json::object& a) {
                      actions->put(actions->checkout().plu(r.text("plu")), a);
                  }});
    headless.add({"weigh",
                  {},
                  "sells what lies on the configured scale as the chosen item",
                  [actions](const Request&, json::object& a) {
                      actions->put(actions->checkout().weigh(), a);
                  }});
    headless.add({"verify",
                  {{"date"}, {"lot"}, {"code", text, false, any_length}, {"unreadable", boolean}},
                  "answers which date (MMDD or ISO) or lot is on the pack",
                  [actions](const Request& r, json::object& a) {
                      actions->put(
                          actions->checkout().verify({r.text("date"), r.text("lot"), r.text("code"),
                                                      r.flag("unreadable")}),
                          a);
                  }});
    headless.add({"acknowledge",
                  {},
                  "the block was read; or yes to the age question",
                  [actions](const Request&, json::object& a) {
                      actions->put(actions->checkout().acknowledge(), a);
                  }});
    headless.add({"cancel",
                  {},
                  "gives up what is to be weighed or verified; it is not sold",
                  [actions](const Request&, json::object& a) {
                      actions->put(actions->checkout().cancel(), a);
                  }});
    headless.add({"quantity",
                  {{"line", integer}, {"quantity", integer, true}},
                  "pieces of a line; without a line, of the next scan",
                  [actions](const Request& r, json::object& a) {
                      std::optional<int> line;
                      if (auto n = r.integer("line")) {
                          line = *n > 0 && *n < 1'000'000 ? static_cast<int>(*n) : -1;
                      }
                      actions->put(actions->checkout().set_quantity(line, *r.integer("quantity")),
                                   a);
                  }});
    headless.add({"price",
                  {{"line", integer, true},
                   {"unit_price_fen", integer, true},
                   {"reason", text, true},
                   {"approver"},
                   {"approver_pin"}},
                  "another unit price for a line, by who may, else with a second person",
                  [actions](const Request& r, json::object& a) { actions->price(r, a); }});
    headless.add({"void",
                  {{"line", integer, true}},
                  "takes a line out",
                  [actions](const Request& r, json::object& a) {
                      std::int64_t n = *r.integer("line");
                      int line = n > 0 && n < 1'000'000 ? static_cast<int>(n) : -1;
                      actions->put(actions->checkout().void_line(line), a);
                  }});
}

void add_ending(Headless& headless, const std::shared_ptr<Actions>& actions) {
    using enum ArgumentType;
    headless.add({"void_sale",
                  {{"approver"}, {"approver_pin"}},
                  "gives the whole basket up",
                  [actions](const Request& r, json::object& a) { actions->void_sale(r, a); }});
    headless.add(
        {"hold", {}, "puts the basket aside (挂单)", [actions](const Request&, json::object& a) {
             Outcome outcome = actions->checkout().hold();
             if (outcome.error.empty()) a["hold"] = outcome.detail;
             actions->put(outcome, a);
         }});
    headless.add({"resume",
                  {{"hold", text, true}},
                  "takes a held basket up again (取单)",
                  [actions](const Request& r, json::object& a) { actions->resume(r, a); }});
    headless.add({"pay_cash",
                  {{"tendered_fen", integer, true}},
                  "judges every line again, writes the sale, prints the receipt",
                  [actions](const Request& r, json::object& a) { actions->pay(r, a); }});
    headless.add({"reprint",
                  {{"receipt", text, true}},
                  "prints a receipt again, marked 重印",
                  [actions](const Request& r, json::object& a) {
                      actions->print(actions->checkout().reprint(r.text("receipt")), a);
                  }});
    headless.add({"withdrawal_slip",
                  {},
                  "prints what was blocked, for the shelf",
                  [actions](const Request&, json::object& a) {
                      actions->print(actions->checkout().withdrawal_slip(), a);
                  }});
}

}  // namespace

void put_outcome(const Outcome& outcome, Headless& headless, Station& station,
                 json::object& answer) {
    domain::Language language = station.options().language;
    if (outcome.item) {
        answer["item"] = outcome.item->code;
        answer["name"] = name_of(*outcome.item, language);
    }
    if (outcome.line) answer["line"] = *outcome.line;
    if (outcome.member) answer["member"] = member_object(*outcome.member);
    if (outcome.verdict) add_verdict(answer, *outcome.verdict, language);
    if (!outcome.error.empty()) headless.fail(answer, outcome.error, outcome.detail);
}

Result<std::string> code_in_image(Devices& devices, const std::string& file) {
    auto decoded = devices.decoder().decode_file(file);
    if (!decoded) return tl::unexpected(decoded.error());
    return decoded->as_scanned();
}

void add_checkout_actions(Headless& headless, Station* station, Checkout* checkout,
                          Devices* devices) {
    auto actions = std::make_shared<Actions>(&headless, station, checkout, devices);
    add_selling(headless, actions);
    add_customer(headless, actions);
    add_ending(headless, actions);
}

void emit_rejudged(Headless& headless, const Station& station, const Checkout& checkout,
                   const Rejudged& rejudged) {
    auto emit = [&](const char* event, int number) {
        const domain::Line* line = domain::find_line(checkout.basket(), number);
        if (!line) return;
        json::object object = line_object(*line, station.options().language);
        object["event"] = event;
        headless.emit(object);
    };
    for (int number : rejudged.blocked)
        emit("line_blocked", number);
    for (int number : rejudged.to_verify)
        emit("line_verify", number);
    if (rejudged.added) emit("line_added", *rejudged.added);
}

void add_checkout_state(json::object& answer, Station& station, const Checkout& checkout) {
    json::array lines;
    for (const domain::Line& line : checkout.basket().lines) {
        lines.push_back(line_object(line, station.options().language));
    }
    answer["screen"] = checkout.screen();
    answer["basket"] = json::object{{"lines", std::move(lines)},
                                    {"total_fen", domain::total_fen(checkout.basket())},
                                    {"saved_fen", domain::saved_fen(checkout.basket())}};
    if (const auto& member = checkout.basket().member)
        answer["basket"].as_object()["member"] = member_object(*member);
    if (const auto& receipt = checkout.last_receipt()) {
        answer["receipt"] = json::object{{"number", receipt->number},
                                         {"total_fen", receipt->total_fen},
                                         {"rounding_fen", receipt->rounding_fen},
                                         {"paid_fen", receipt->paid_fen},
                                         {"change_fen", receipt->change_fen}};
        if (!receipt->member.empty()) {
            answer["receipt"].as_object()["points_earned"] = receipt->points_earned;
            answer["receipt"].as_object()["points"] = receipt->points;
        }
    }
    add_station_state(answer, station);
}

}  // namespace fangxin::terminal
