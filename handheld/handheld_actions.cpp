#include "handheld/handheld_actions.hpp"

#include "terminal/station/common_actions.hpp"
#include "terminal/station/lists.hpp"
#include "terminal/station/verdict_answer.hpp"
#include "terminal/station/words.hpp"

namespace fangxin::handheld {

namespace json = boost::json;
using terminal::any_length;
using terminal::ArgumentType;
using terminal::Request;

namespace {

/// Thousandths from `quantity` (pieces, or kilograms) or from `quantity_milli`.
std::int64_t quantity_milli(const Request& request) {
    if (auto milli = request.integer("quantity_milli")) return *milli;
    constexpr std::int64_t most = 10'000'000;
    std::int64_t whole = request.integer("quantity").value_or(0);
    return whole > most || whole < -most ? -1 : whole * 1000;
}

class Actions {
  public:
    Actions(terminal::Headless* headless, terminal::Station* station, GoodsWork* work,
            terminal::Devices* devices)
        : headless_(headless), station_(station), work_(work), devices_(devices) {}

    /// Runs `work` if the right is there, and writes how it ended.
    void run(const Request& request, domain::Action right, json::object& answer,
             const std::function<Done()>& work) {
        if (refused_by_right(*headless_, *station_, request, right, answer)) return;
        Done done = work();
        if (!done.error.empty()) return headless_->fail(answer, done.error, done.detail);
        answer["batch"] = done.batch;
        answer["item"] = done.item;
        answer["decision"] = done.decision;
    }

    /// The code of the request, or that in its picture; false if the answer is a failure already.
    bool code_of(const Request& request, json::object& answer, std::string& code) {
        code = request.text("code");
        if (!request.has("image")) return true;
        auto decoded = devices_->decoder().decode_file(request.text("image"));
        if (!decoded) {
            headless_->fail(answer, decoded.error().code, decoded.error().detail);
            return false;
        }
        code = decoded->as_scanned();
        return true;
    }

    void scan(const Request& request, json::object& answer) {
        if (!station_->person()) return headless_->fail(answer, "not_logged_in");
        std::string code;
        if (!code_of(request, answer, code)) return;
        look_up(*headless_, *station_, code, answer);
    }

    void receive(const Request& request, json::object& answer) {
        std::string code;
        if (!code_of(request, answer, code)) return;
        run(request, domain::Action::receive, answer, [&] {
            return work_->receive({.code = code,
                                   .item = request.text("item"),
                                   .lot = request.text("lot"),
                                   .production = request.text("production"),
                                   .expiry = request.text("expiry"),
                                   .quantity_milli = quantity_milli(request),
                                   .supplier = request.text("supplier"),
                                   .decision = request.text("decision"),
                                   .reason = request.text("reason"),
                                   .approver = request.text("approver")});
        });
    }

    /// Rules 4: whoever may quarantine, and whose role did, may take that back; no more.
    void release(const Request& request, json::object& answer) {
        std::string batch = request.text("batch");
        std::string reason = request.text("reason");
        bool take_back = !station_->may(domain::Action::release).code.empty() &&
                         !work_->own_quarantines(batch).empty();
        auto right = take_back ? domain::Action::quarantine : domain::Action::release;
        run(request, right, answer, [&] {
            return take_back ? work_->take_back(batch, reason) : work_->release(batch, reason);
        });
    }

    void correct(const Request& request, json::object& answer) {
        run(request, domain::Action::correct_batch, answer, [&] {
            Correction correction{.batch = request.text("batch"),
                                  .production = request.text("production"),
                                  .expiry = request.text("expiry"),
                                  .reason = request.text("reason"),
                                  .photo = request.text("photo")};
            if (request.has("lot")) correction.lot = request.text("lot");
            return work_->correct(correction);
        });
    }

    GoodsWork& work() { return *work_; }

  private:
    terminal::Headless* headless_;
    terminal::Station* station_;
    GoodsWork* work_;
    terminal::Devices* devices_;
};

void add_decisions(terminal::Headless& headless, const std::shared_ptr<Actions>& actions) {
    using enum ArgumentType;
    headless.add({"quarantine",
                  {{"batch", text, true}, {"reason", text, true}, {"approver"}, {"approver_pin"}},
                  "takes a batch out of sale everywhere",
                  [actions](const Request& r, json::object& a) {
                      actions->run(r, domain::Action::quarantine, a, [&] {
                          return actions->work().quarantine(r.text("batch"), r.text("reason"));
                      });
                  }});
    headless.add({"release",
                  {{"batch", text, true}, {"reason", text, true}},
                  "gives a batch free for sale (inspector); others take back what their role "
                  "quarantined",
                  [actions](const Request& r, json::object& a) { actions->release(r, a); }});
    headless.add({"withdraw",
                  {{"batch", text, true},
                   {"quantity", integer},
                   {"quantity_milli", integer},
                   {"approver"},
                   {"approver_pin"}},
                  "confirms that no pack of a batch (or recall) is left on the shelf",
                  [actions](const Request& r, json::object& a) {
                      actions->run(r, domain::Action::withdraw, a, [&] {
                          return actions->work().withdraw(r.text("batch"), quantity_milli(r),
                                                          r.text("approver"));
                      });
                  }});
    headless.add({"test_result",
                  {{"batch", text, true}, {"result", text, true}, {"kind"}},
                  "records a test, passed or failed; a failed one blocks the batch everywhere",
                  [actions](const Request& r, json::object& a) {
                      actions->run(r, domain::Action::test_result, a, [&] {
                          return actions->work().test(r.text("batch"), r.text("result"),
                                                      r.text("kind"));
                      });
                  }});
}

}  // namespace

void look_up(terminal::Headless& headless, terminal::Station& station, const std::string& code,
             json::object& answer) {
    domain::ScannedCode scanned = domain::parse_code(code, station.code_context());
    if (scanned.error) {
        return headless.fail(answer, "bad_code", std::string(domain::to_text(*scanned.error)));
    }
    auto found = terminal::find_item(station, code);
    if (!found) {
        answer["verdict"] = "unknown";
        answer["message"] =
            terminal::verdict_message(domain::Verdict{}, station.options().language);
        return;
    }
    sync::JudgeRequest request{.item = found->item.code,
                               .now = station.now(),
                               .clock_unknown = station.clock().unknown,
                               .age_confirmed = true};
    request.evidence.identity = {scanned.lot, scanned.production,
                                 scanned.expiry ? scanned.expiry : scanned.best_before};
    auto verdict = station.shop().judge(request);
    if (!verdict) return headless.fail(answer, verdict.error().code, verdict.error().detail);
    answer["item"] = found->item.code;
    answer["name"] = terminal::name_of(found->item, station.options().language);
    answer["lot"] = scanned.lot;
    terminal::add_verdict(answer, *verdict, station.options().language);
}

void add_handheld_actions(terminal::Headless& headless, terminal::Station* station, GoodsWork* work,
                          terminal::Devices* devices) {
    using enum ArgumentType;
    auto actions = std::make_shared<Actions>(&headless, station, work, devices);
    headless.add({"scan",
                  {{"code", text, false, any_length}, {"image"}},
                  "looks a code or a picture's code up",
                  [actions](const Request& r, json::object& a) { actions->scan(r, a); }});
    headless.add({"receive",
                  {{"code", text, false, any_length},
                   {"image"},
                   {"item"},
                   {"lot"},
                   {"production"},
                   {"expiry"},
                   {"quantity", integer},
                   {"quantity_milli", integer},
                   {"supplier"},
                   {"decision"},
                   {"reason"},
                   {"approver"},
                   {"approver_pin"}},
                  "books goods in: item and batch from the code or as keyed, pieces or kg",
                  [actions](const Request& r, json::object& a) { actions->receive(r, a); }});
    headless.add({"correct",
                  {{"batch", text, true},
                   {"lot"},
                   {"production"},
                   {"expiry"},
                   {"reason", text, true},
                   {"photo"}},
                  "corrects a mistyped lot or date (quality inspector); the old value stays",
                  [actions](const Request& r, json::object& a) { actions->correct(r, a); }});
    add_decisions(headless, actions);
}

}  // namespace fangxin::handheld
