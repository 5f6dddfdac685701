// What has to be done, the batches on record, and what a code or batch is.
#include "handheld/desk/goods_facts.hpp"

#include "handheld/desk/batch_reading.hpp"
#include "terminal/station/lists.hpp"
#include "terminal/station/words.hpp"

#include <algorithm>
#include <array>

namespace fangxin::handheld {

namespace json = boost::json;
using terminal::text_of;

namespace {

TaskCause cause_of(const json::object& row) {
    if (text_of(row, "task") == "book_batch") return TaskCause::unrecorded_batch;
    if (text_of(row, "task") == "answer_complaint") {
        const json::value* overdue = row.if_contains("overdue");
        bool late = overdue && overdue->is_bool() && overdue->get_bool();
        return late ? TaskCause::complaint_overdue : TaskCause::complaint;
    }
    const std::string reason = text_of(row, "reason");
    if (reason == "recalled") return TaskCause::recalled;
    if (reason == "quarantined") return TaskCause::quarantined;
    if (reason == "failed_test") return TaskCause::failed_test;
    return reason == "last_day" ? TaskCause::last_day : TaskCause::expired;
}

}  // namespace

domain::Action action_of(GoodsDeed deed) {
    using domain::Action;
    switch (deed) {
        case GoodsDeed::withdraw:
            return Action::withdraw;
        case GoodsDeed::quarantine:
        case GoodsDeed::take_back:
            return Action::quarantine;
        case GoodsDeed::release:
            return Action::release;
        case GoodsDeed::correct:
            return Action::correct_batch;
        case GoodsDeed::test_result:
            return Action::test_result;
        case GoodsDeed::receive:
            return Action::receive;
        case GoodsDeed::complaint:
            return Action::complaint_take;
    }
    return Action::receive;
}

void GoodsFacts::forget() {
    home_ = {};
    batches_ = {};
    lookup_ = {};
    receive_ = {};
    decision_ = {};
    recall_ = {};
}

bool GoodsFacts::may(domain::Action action) const {
    const auto& person = station_.person();
    return person && domain::right_of(person->role, action) != domain::Right::none;
}

std::string GoodsFacts::name_of(const domain::Item& item) const {
    return terminal::name_of(item, texts_.language());
}

HeadFacts GoodsFacts::head() const {
    HeadFacts facts{.connected = station_.online(),
                    .unsent = station_.unsent(),
                    .block_age_ms = station_.block_age_ms(),
                    .conflict = !station_.conflict().empty(),
                    .set_aside = !station_.set_aside().empty(),
                    .clock_banner = station_.clock().banner,
                    .test_shop = station_.test_shop(),
                    .now = station_.now()};
    if (!station_.not_let_in().empty())
        facts.not_let_in = terminal::message_for(station_.not_let_in(), "", texts_.language());
    facts.plain = station_.is_plain();
    if (const auto& person = station_.person()) {
        facts.person = person->name;
        facts.role = person->role;
    }
    return facts;
}

const HomeFacts& GoodsFacts::home() {
    return kept(home_, "", [this] { return read_home(); });
}

const BatchesFacts& GoodsFacts::batches() {
    return kept(batches_, "", [this] { return read_batches(); });
}

const LookupFacts& GoodsFacts::lookup(const GoodsSubject& subject) {
    return kept(lookup_, subject.id + "\n" + subject.code,
                [&, this] { return read_lookup(subject); });
}

HomeFacts GoodsFacts::read_home() {
    HomeFacts facts{.can_receive = may(domain::Action::receive),
                    .can_recall = may(domain::Action::recall_make)};
    auto tasks = terminal::list_rows(station_, search_, "tasks", "");
    auto near = terminal::list_rows(station_, search_, "near_expiry", "");
    if (!tasks || !near) {
        facts.reading = ReadState::failed;
        return facts;
    }
    for (const json::value& row : *tasks)
        facts.tasks.push_back(task_of(row.get_object()));
    facts.near_expiry = static_cast<int>(near->size());
    return facts;
}

std::optional<sync::Complaint> GoodsFacts::complaint(const std::string& id) const {
    auto all = station_.shop().complaints();
    auto place = std::ranges::find(all, id, &sync::Complaint::id);
    return place == all.end() ? std::nullopt : std::optional(std::move(*place));
}

TaskFacts GoodsFacts::task_of(const json::object& row) {
    TaskFacts task{.cause = cause_of(row),
                   .id = text_of(row, "batch"),
                   .item = text_of(row, "item"),
                   .name = text_of(row, "name"),
                   .lot = text_of(row, "lot")};
    auto item = station_.shop().item(task.item);
    if (group_of(task.cause) == TaskGroup::complaint) {
        task.id = task.name = text_of(row, "complaint");
        auto taken = complaint(task.id);
        if (!taken) return task;
        auto about = station_.shop().item(taken->item);
        if (about) task.name = name_of(*about);
        task.note = taken->what;
        task.due_ms = taken->answer_due_ms;
        return task;
    }
    task.date = domain::parse_day_minute(text_of(row, "expiry"));
    if (task.cause == TaskCause::unrecorded_batch) {
        task.id = task.item;
        bool made = item && item->date_printed == domain::DatePrinted::production;
        if (made) task.date = domain::parse_day_minute(text_of(row, "production"));
    }
    const json::value* stock = row.if_contains("stock_milli");
    if (stock && stock->is_int64() && item) task.stock = Quantity{stock->get_int64(), item->unit};
    return task;
}

BatchesFacts GoodsFacts::read_batches() {
    auto read = station_.reader().reading<std::vector<BatchFacts>>([this] {
        BatchReading reading(station_);
        auto blocks = station_.shop().all_blocks();
        std::vector<BatchFacts> all;
        for (const domain::Batch& batch : station_.shop().all_batches())
            all.push_back(reading.of(batch, blocks));
        return all;
    });
    if (!read) return {.reading = ReadState::failed};
    return {.batches = std::move(*read)};
}

LookupFacts GoodsFacts::read_lookup(const GoodsSubject& subject) {
    auto read = station_.reader().reading<LookupFacts>([&, this] {
        return subject.id.empty() ? read_code(subject.code) : read_batch(subject.id);
    });
    if (read) return std::move(*read);
    // What cannot be read is not for sale.
    return {.result = Lookup::found,
            .code = terminal::shown_code(subject.code),
            .name = subject.code.empty() ? subject.id : terminal::shown_code(subject.code),
            .verdict = domain::VerdictKind::block};
}

LookupFacts GoodsFacts::read_code(const std::string& code) {
    LookupFacts facts{.code = terminal::shown_code(code)};
    domain::ScannedCode scanned = domain::parse_code(code, station_.code_context());
    if (scanned.error) {
        facts.result = Lookup::bad_code;
        return facts;
    }
    auto found = terminal::find_item(station_, code);
    if (!found) {
        facts.result = Lookup::no_such_item;
        return facts;
    }
    facts.result = Lookup::found;
    facts.item = found->item.code;
    facts.name = name_of(found->item);
    facts.price_fen = found->item.price_fen;
    facts.unit = found->item.unit;
    domain::PackEvidence evidence;
    evidence.identity = {scanned.lot, scanned.production,
                         scanned.expiry ? scanned.expiry : scanned.best_before};
    judge(facts, evidence);
    facts.may = rights(facts.batch ? facts.batch->batch.id : "");
    return facts;
}

/// What a till would say. What cannot be judged is not for sale.
domain::Verdict GoodsFacts::verdict(const std::string& item,
                                    const domain::PackEvidence& evidence) const {
    sync::JudgeRequest request{.item = item,
                               .evidence = evidence,
                               .now = station_.now(),
                               .clock_unknown = station_.clock().unknown,
                               .age_confirmed = true};
    auto verdict = station_.shop().judge(request);
    return verdict ? std::move(*verdict) : domain::Verdict{.kind = domain::VerdictKind::block};
}

/// The verdict; which batch it is about, where the pack names one, or which there are.
void GoodsFacts::judge(LookupFacts& facts, const domain::PackEvidence& evidence) {
    const domain::Verdict said = verdict(facts.item, evidence);
    facts.verdict = said.kind;
    facts.reasons = said.reasons;
    auto blocks = station_.shop().blocks_of(facts.item);
    BatchReading reading(station_);
    if (evidence.names_something() && !said.batch.empty()) {
        if (auto batch = station_.shop().batch(said.batch)) {
            facts.batch = reading.of(*batch, blocks);
            return;
        }
    }
    for (const domain::Batch& batch : station_.shop().batches_of(facts.item)) {
        if (domain::is_in_verdict(batch)) facts.batches.push_back(reading.of(batch, blocks));
    }
    std::ranges::stable_sort(facts.batches, [](const BatchFacts& one, const BatchFacts& other) {
        if (!one.expiry || !other.expiry) return one.expiry.has_value() && !other.expiry;
        return one.expiry->date < other.expiry->date;
    });
}

LookupFacts GoodsFacts::read_batch(const std::string& id) {
    LookupFacts facts{.code = id};
    auto batch = station_.shop().batch(id);
    auto recall = batch ? std::nullopt : station_.shop().block(id);
    auto item = station_.shop().item(batch ? batch->item : recall ? recall->item : "");
    if (!item) {
        facts.result = Lookup::no_such_item;
        return facts;
    }
    facts = {.result = Lookup::found,
             .item = item->code,
             .name = name_of(*item),
             .price_fen = item->price_fen,
             .unit = item->unit};
    if (batch) {
        domain::PackEvidence evidence{.identity = domain::identity_of(*batch), .batch = id};
        judge(facts, evidence);
        BatchReading reading(station_);
        facts.batch = reading.of(*batch, station_.shop().blocks_of(item->code));
        facts.batches.clear();
    } else {
        facts.verdict = domain::VerdictKind::block;
        facts.reasons = {domain::Reason::recalled};
        facts.recall = std::move(recall);
    }
    facts.may = rights(id);
    return facts;
}

GoodsRights GoodsFacts::rights(const std::string& batch) const {
    GoodsRights rights{.withdraw = may(action_of(GoodsDeed::withdraw)),
                       .quarantine = may(action_of(GoodsDeed::quarantine)),
                       .release = may(action_of(GoodsDeed::release)),
                       .correct = may(action_of(GoodsDeed::correct)),
                       .test_result = may(action_of(GoodsDeed::test_result)),
                       .receive = may(action_of(GoodsDeed::receive)),
                       .complaint = may(action_of(GoodsDeed::complaint))};
    rights.take_back = rights.quarantine && !work_.own_quarantines(batch).empty();
    return rights;
}

}  // namespace fangxin::handheld
