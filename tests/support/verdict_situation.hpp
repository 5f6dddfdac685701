// A shop's situation in a line of text, judged, and the verdict as a line of text, so that a test
// of rules 2 is a row that reads like the rule. It is noon of 2026-11-23 in the shop (UTC+8).
//
//     verdict_of("A lot=L1 exp=+50; B lot=L2 exp=+60; recall lot=L1", "lot=L1")
//         == "block recalled A coded"
//
// Parts of a situation, `;` between them; days are relative to today (`exp=-1`, `exp=+0T14:05`):
//     batch   one capital letter, then lot= prod= exp= a decision's name, `confirmed` (withdrawal),
//             `empty` (no stock), test= pb= ; released and in stock unless it says otherwise
//     block   recall | quarantine | failed_test | stop, then batch= lot= from= to= `lifted`
//             `confirmed`; of the whole item if it names nothing
//     item    `item` status=, life=, prints=production, marks=
//     goods   `goods` control=, near=, age=
//     till    `till` clock_unknown | papers_out | age_confirmed
// The pack: lot= prod= exp= batch= and `read` if a person read it.
// The verdict: kind, reasons, batch and basis; verify lists its choices, `verify+lot` asks the lot.
#pragma once

#include "domain/verdict.hpp"

#include <fmt/format.h>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::domain::testing {

inline const StoreTime noon_today = *parse_instant("2026-11-23T12:00:00+08:00");

/// `key=value` words and bare words (value empty) of one part; the first word is its head.
struct Part {
    std::string head;
    std::map<std::string, std::string> words;
    bool has(const std::string& key) const { return words.count(key) > 0; }
    std::string of(const std::string& key) const {
        return has(key) ? words.at(key) : std::string();
    }
};

inline Part read_part(const std::string& text, bool with_head) {
    Part part;
    std::istringstream stream(text);
    if (with_head) stream >> part.head;
    for (std::string word; stream >> word;) {
        auto equals = word.find('=');
        std::string value = equals == std::string::npos ? "" : word.substr(equals + 1);
        part.words[word.substr(0, equals)] = value;
    }
    return part;
}

/// `+10`, `-3`, `+0T14:05`.
inline std::optional<DayMinute> day(const Part& part, const std::string& key) {
    if (!part.has(key)) return std::nullopt;
    std::string text = part.of(key);
    Date date = noon_today.date() + std::chrono::days{std::stoi(text)};
    auto time = text.find('T');
    if (time == std::string::npos) return DayMinute{date, std::nullopt};
    return DayMinute{date,
                     std::stoi(text.substr(time + 1)) * 60 + std::stoi(text.substr(time + 4))};
}

template <class E>
E named(const Part& part, const std::string& key, E otherwise) {
    return part.has(key) ? from_text<E>(part.of(key)).value() : otherwise;
}

inline Batch read_batch(const Part& part) {
    Batch batch;
    batch.id = part.head;
    batch.item = "milk";
    batch.lot = part.of("lot");
    batch.production = day(part, "prod");
    batch.expiry = day(part, "exp");
    batch.decision = Decision::released;
    for (const auto& row : EnumTable<Decision>::rows) {
        if (part.has(std::string(row.text))) batch.decision = row.value;
    }
    batch.test = named(part, "test", TestResult::none);
    batch.private_brand = named(part, "pb", PrivateBrandInspection::not_private);
    batch.withdrawal_confirmed = part.has("confirmed");
    batch.in_stock = !part.has("empty");
    return batch;
}

inline Block read_block(const Part& part) {
    Block block;
    block.kind = part.head == "stop" ? BlockKind::stop_sale : *from_text<BlockKind>(part.head);
    block.item = "milk";
    block.batch = part.of("batch");
    block.lot = part.of("lot");
    if (auto from = day(part, "from")) block.from = from->date;
    if (auto to = day(part, "to")) block.to = to->date;
    block.lifted = part.has("lifted");
    block.withdrawal_confirmed = part.has("confirmed");
    return block;
}

struct Situation {
    Item item;
    Category category;
    std::vector<Batch> batches;
    std::vector<Block> blocks;
    Part till;
};

inline void read_into(Situation& situation, const Part& part) {
    if (part.head == "item") {
        situation.item.status = named(part, "status", ItemStatus::active);
        situation.item.date_printed = named(part, "prints", DatePrinted::expiry);
        situation.item.marks = part.of("marks");
        if (part.has("life")) situation.item.shelf_life = parse_shelf_life(part.of("life"));
    } else if (part.head == "goods") {
        situation.category.batch_control = named(part, "control", BatchControl::lot);
        if (part.has("near")) situation.category.near_expiry_days = std::stoi(part.of("near"));
        if (part.has("age")) situation.category.minimum_age = std::stoi(part.of("age"));
    } else if (part.head == "till") {
        situation.till = part;
    } else if (part.head.size() == 1) {
        situation.batches.push_back(read_batch(part));
    } else {
        situation.blocks.push_back(read_block(part));
    }
}

inline Situation read_situation(std::string_view text) {
    Situation situation;
    situation.item.code = "milk";
    situation.item.date_printed = DatePrinted::expiry;
    situation.item.shelf_life = ShelfLife{100, LifeUnit::days};  // near expiry 15 days before
    situation.category.batch_control = BatchControl::lot;
    std::istringstream stream{std::string(text)};
    for (std::string part; std::getline(stream, part, ';');) {
        Part words = read_part(part, true);
        if (!words.head.empty()) read_into(situation, words);
    }
    return situation;
}

inline PackEvidence read_pack(std::string_view text) {
    Part part = read_part(std::string(text), false);
    PackEvidence evidence;
    evidence.identity = {part.of("lot"), day(part, "prod"), day(part, "exp")};
    evidence.read_by_person = part.has("read");
    evidence.batch = part.of("batch");
    return evidence;
}

inline Verdict judge(const Situation& situation, const PackEvidence& evidence) {
    VerdictQuestion question;
    question.item = &situation.item;
    question.category = &situation.category;
    question.batches = situation.batches;
    question.blocks = situation.blocks;
    question.evidence = evidence;
    question.now = noon_today;
    question.clock_unknown = situation.till.has("clock_unknown");
    question.supplier_papers_out = situation.till.has("papers_out");
    question.age_confirmed = situation.till.has("age_confirmed");
    return domain::judge(question);
}

inline std::string print(const Verdict& verdict) {
    std::string text{to_text(verdict.kind)};
    if (verdict.ask_lot) text += "+lot";
    for (std::size_t i = 0; i < verdict.reasons.size(); ++i) {
        text += fmt::format("{}{}", i == 0 ? " " : ",", to_text(verdict.reasons[i]));
    }
    if (!verdict.batch.empty()) text += " " + verdict.batch;
    if (verdict.basis != BatchBasis::none) text += fmt::format(" {}", to_text(verdict.basis));
    for (const VerifyChoice& choice : verdict.choices)
        text += " " + choice.batch;
    return text;
}

inline std::string verdict_of(std::string_view situation, std::string_view pack = "") {
    return print(judge(read_situation(situation), read_pack(pack)));
}

}  // namespace fangxin::domain::testing
