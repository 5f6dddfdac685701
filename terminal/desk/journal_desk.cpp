#include "terminal/desk/journal_desk.hpp"

#include "domain/text_width.hpp"
#include "terminal/station/recall_answers.hpp"
#include "terminal/station/words.hpp"

#include <algorithm>

namespace fangxin::terminal {

namespace {

constexpr std::size_t members_most = 60;
constexpr std::size_t value_most = 300;  // bytes of a member that is shown

std::string shortened(const std::string& text) {
    if (text.size() <= value_most) return text;
    return std::string(domain::whole_beginning(text, value_most)) + "…";
}

using Members = std::vector<std::pair<std::string, std::string>>;

std::string value_text(const boost::json::value& value) {
    return shortened(value.is_string() ? std::string(value.get_string())
                                       : boost::json::serialize(value));
}

/// Members as they are named, those of members with a dot between.
void add_members(Members& members, const std::string& before, const boost::json::value& value) {
    if (members.size() >= members_most) return;
    if (value.is_object()) {
        for (const auto& [name, each] : value.get_object())
            add_members(members, before + (before.empty() ? "" : ".") + std::string(name), each);
    } else if (value.is_array() && !value.get_array().empty()) {
        std::size_t place = 0;
        for (const auto& each : value.get_array())
            add_members(members, fmt::format("{} {}", before, ++place), each);
    } else {
        members.emplace_back(before, value_text(value));
    }
}

/// The data of an entry, or all of it where it is none that can be read.
Members members_of(const std::string& body) {
    Members members;
    if (auto op = sync::read_envelope(body, sync::Zeros::allowed)) {
        add_members(members, "", op->data);
    } else {
        members.emplace_back("?", shortened(body));
    }
    return members;
}

}  // namespace

void JournalDesk::forget() {
    asked_.reset();
    next_.reset();
    lines_.clear();
    more_.clear();
    looked_at_.clear();
    awaited_ = false;  // what was asked before is answered to nobody
    entry_asked_.clear();
    entry_.reset();
}

void JournalDesk::want(const admin::ListState& shown) {
    const Question question{admin::read_search(shown.search), shown.picked};
    if (asked_ != question) {
        if (awaited_) {
            next_ = question;
        } else {
            ask(question, "");
        }
    }
    want_entry(shown.chosen);
}

void JournalDesk::want_older() {
    if (asked_ && !awaited_ && !more_.empty()) ask(*asked_, more_);
}

void JournalDesk::ask(const Question& question, const std::string& after) {
    if (after.empty()) {
        lines_.clear();
        more_.clear();
        looked_at_.clear();
    }
    asked_ = question;
    trouble_.clear();
    auto asked = station_.search_journal({.kind = question.kind,
                                          .text = question.search.text,
                                          .from = question.search.from,
                                          .until = question.search.until,
                                          .after = after});
    awaited_ = asked.has_value();
    if (!asked) trouble_ = message_for(asked.error().code, asked.error().detail, texts_.language());
}

/// Of what is on the page: an entry that was chosen before may be none of it.
void JournalDesk::want_entry(const std::string& chosen) {
    if (chosen == entry_asked_) return;
    const auto line = std::ranges::find_if(lines_, [&](const sync::JournalLine& each) {
        return admin::journal_id(each.terminal, each.epoch, each.seq) == chosen;
    });
    if (line == lines_.end()) return;
    entry_.reset();
    entry_trouble_.clear();
    entry_asked_ = chosen;
    auto asked = station_.ask_entry({line->terminal, line->epoch, line->seq});
    if (!asked)
        entry_trouble_ = message_for(asked.error().code, asked.error().detail, texts_.language());
}

bool JournalDesk::take_answers() {
    bool any = false;
    if (const auto& page = station_.answers().page.message(); page && awaited_) {
        any = true;
        awaited_ = false;
        if (page->error.empty()) {
            lines_.insert(lines_.end(), page->lines.begin(), page->lines.end());
            more_ = page->next;
            looked_at_ = page->looked_at;
        } else {
            trouble_ = message_for(page->error, "", texts_.language());
        }
        if (next_) ask(*std::exchange(next_, std::nullopt), "");
    }
    if (const auto& entry = station_.answers().entry.message(); entry && !entry_asked_.empty()) {
        any = true;
        if (entry->error.empty()) entry_ = *entry;
        if (!entry->error.empty())
            entry_trouble_ = message_for(entry->error, "", texts_.language());
    }
    return any;
}

admin::JournalFact JournalDesk::fact_of(const sync::JournalLine& line,
                                        const NameOf& name_of) const {
    return {.id = admin::journal_id(line.terminal, line.epoch, line.seq),
            .kind = line.kind,
            .when = line.at,
            .at = domain::parse_instant(line.at),
            .terminal = terminal_name(line.terminal, texts_),
            .person = line.person.empty() ? "" : name_of(line.person),
            .status = line.status,
            .begins = line.begins};
}

admin::EntryFact JournalDesk::entry_fact(const sync::JournalEntry& entry) const {
    return {.id = admin::journal_id(entry.terminal, entry.epoch, entry.seq),
            .data = members_of(entry.body),
            .hash = entry.hash,
            .why = entry.why,
            .epoch = entry.epoch,
            .seq = entry.seq,
            .proved_to = entry.proved_to,
            .broken = entry.broken,
            .break_is = entry.break_is,
            .signed_to = entry.signed_to,
            .signed_by = entry.signed_by};
}

admin::JournalFacts JournalDesk::facts(const NameOf& name_of) const {
    admin::JournalFacts facts{.awaited = awaited_,
                              .more = !more_.empty(),
                              .looked_at = domain::parse_instant(looked_at_),
                              .trouble = trouble_,
                              .entry_trouble = entry_trouble_,
                              .now = station_.now()};
    facts.entries.reserve(lines_.size());
    for (const sync::JournalLine& line : lines_)
        facts.entries.push_back(fact_of(line, name_of));
    if (entry_) facts.entry = entry_fact(*entry_);
    return facts;
}

}  // namespace fangxin::terminal
