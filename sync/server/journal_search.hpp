// Finding and proving entries of the store's journal (REPT-2). Any connection; how much of it a
// person reads is the last row of rules 8's table.
#pragma once

#include "domain/result.hpp"
#include "sync/messages.hpp"
#include "sync/store/database.hpp"

#include <string>
#include <string_view>

namespace fangxin::sync {

inline constexpr std::int64_t journal_lines_a_page = 50;
/// So many entries are looked at for one page; who looks for something rare asks on.
inline constexpr std::int64_t journal_looks = 20'000;

/// Of which kind of work an entry is: `sales` `quality` `complaints` `instruments` `accounts`;
/// empty: of none of them.
std::string_view journal_group(std::string_view kind);

/// `terminal` is where the person asks. Codes: the database's.
Result<JournalPage> search_journal(Database& database, const AskJournal& asked,
                                   std::string_view terminal);
/// `own_key` as in check_log(). Codes: the database's.
Result<JournalEntry> prove_entry(Database& database, const AskEntry& asked,
                                 std::string_view terminal, std::string_view own_key);

}  // namespace fangxin::sync
