// The store's journal: entries found by day, kind and text, one of them whole, and the proof that
// it is what was written (REPT-2). The server finds and proves; a till holds only its own log.
// Pure; any thread.
#pragma once

#include "domain/calendar.hpp"
#include "terminal/admin/list_page_model.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fangxin::admin {

struct JournalFact {
    std::string id;  ///< journal_id()
    std::string kind;
    std::string when;  ///< as the entry says; empty: it cannot be read
    std::optional<domain::StoreTime> at;
    std::string terminal;  ///< as people call it
    std::string person;
    std::string status;  ///< `applied` `flagged` `pending` `rejected`
    std::string begins;
};

/// The chosen entry, as it is kept at the server.
struct EntryFact {
    std::string id;
    std::vector<std::pair<std::string, std::string>> data;  ///< members as they are named there
    std::string hash;
    std::string why;  ///< it is rejected, flagged or pending
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    std::int64_t proved_to = 0;  ///< from it to here everything adds up
    std::int64_t broken = 0;     ///< 0: unchanged
    std::string break_is;
    std::int64_t signed_to = 0;
    std::string signed_by;
};

struct JournalFacts {
    std::vector<JournalFact> entries;            ///< newest first
    bool awaited = false;                        ///< the server is looking
    bool more = false;                           ///< there are older ones
    std::optional<domain::StoreTime> looked_at;  ///< how far back it has looked
    std::string trouble;                         ///< why there is no answer, in words
    std::optional<EntryFact> entry;
    std::string entry_trouble;
    domain::StoreTime now;
};

std::string journal_id(const std::string& terminal, std::int64_t epoch, std::int64_t seq);

/// What is typed into the search: days written as 2026-11-24, one or first and last, in any place;
/// the rest is a text that stands in the entry.
struct JournalSearch {
    std::string text;
    std::string from;  ///< empty: all days
    std::string until;
    bool operator==(const JournalSearch&) const = default;
};
JournalSearch read_search(std::string_view typed);

std::string kind_words_of(const std::string& kind, const kit::TextTable& texts);

ListPageView present_journal(const ListState& state, const JournalFacts& facts,
                             const kit::TextTable& texts);

}  // namespace fangxin::admin
