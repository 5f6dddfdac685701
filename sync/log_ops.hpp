// Facts about the logs and the book themselves, not about goods: what went wrong with them, what
// was put right, and who decided so.
#pragma once

#include "domain/batch.hpp"
#include "sync/records.hpp"

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

namespace fangxin::sync {

/// A table differed from the server's at a checkpoint and was put right.
struct TableRepaired {
    std::string table;
    std::int64_t rows = 0;  ///< that were missing, wrong or there no more
};

/// A block that is in force here, and that the server does not know any more: it was put back from
/// a backup of before.
struct BlockKept {
    domain::Block block;
};

/// A manager lets a terminal whose disk was rolled back begin a new epoch of its log.
struct EpochOpened {
    std::string terminal;
    std::string reason;
};

/// The book is a backup's from here on; what terminals have sent since, they send again.
struct BookRestored {
    std::string file;
    std::int64_t ops = 0;  ///< in it
    std::int64_t ver = 0;  ///< its newest
};

/// An op that had no effect when it came was applied now.
struct OpReplayed {
    std::string terminal;
    std::int64_t epoch = 0;
    std::int64_t seq = 0;
    std::string reason;
};

/// A derived table was not what the ops make of it, and was made anew.
struct TableRebuilt {
    std::string table;
    std::int64_t rows = 0;  ///< that were missing, wrong or too many
};

/// By which key a terminal signs its log from now on, as it said on a line that only it can have;
/// empty: an older program runs there again, which does not sign.
struct LogKeyKnown {
    std::string terminal;
    std::string key;         ///< Ed25519, 64 hex digits
    std::int64_t epoch = 0;  ///< how far the server had its log then; 0: it had none
    std::int64_t seq = 0;
};

/// Rows that were kept as long as they are kept; their ops stay. Of each kind those from before
/// this time went, 0: none.
struct OldRowsDropped {
    std::int64_t attempts_before_ms = 0;
    std::int64_t changes_before_ms = 0;
    std::int64_t contacts_before_ms = 0;  ///< of complaints, that were never sealed
    std::vector<std::string> months;      ///< whose keys were forgotten: contacts sealed by them
};

/// Somebody looks at how to reach a customer (personal data).
struct ContactShown {
    std::string complaint;
};

template <>
struct Declaration<TableRepaired> {
    using R = TableRepaired;
    static constexpr std::string_view name = "table_repaired";
    static constexpr auto fields = std::tuple{field("table", &R::table), field("rows", &R::rows)};
};

template <>
struct Declaration<BlockKept> {
    static constexpr std::string_view name = "block_kept";
    static constexpr auto fields = std::tuple{field("block", &BlockKept::block)};
};

template <>
struct Declaration<EpochOpened> {
    using R = EpochOpened;
    static constexpr std::string_view name = "epoch_opened";
    static constexpr auto fields =
        std::tuple{field("terminal", &R::terminal), field("reason", &R::reason)};
};

template <>
struct Declaration<BookRestored> {
    using R = BookRestored;
    static constexpr std::string_view name = "book_restored";
    static constexpr auto fields =
        std::tuple{field("file", &R::file), field("ops", &R::ops), field("ver", &R::ver)};
};

template <>
struct Declaration<OpReplayed> {
    using R = OpReplayed;
    static constexpr std::string_view name = "op_replayed";
    static constexpr auto fields =
        std::tuple{field("terminal", &R::terminal), field("epoch", &R::epoch),
                   field("seq", &R::seq), field("reason", &R::reason)};
};

template <>
struct Declaration<LogKeyKnown> {
    using R = LogKeyKnown;
    static constexpr std::string_view name = "log_key_known";
    static constexpr auto fields =
        std::tuple{field("terminal", &R::terminal), field("key", &R::key),
                   field("epoch", &R::epoch), field("seq", &R::seq)};
};

template <>
struct Declaration<OldRowsDropped> {
    using R = OldRowsDropped;
    static constexpr std::string_view name = "old_rows_dropped";
    static constexpr auto fields = std::tuple{field("attempts_before_ms", &R::attempts_before_ms),
                                              field("changes_before_ms", &R::changes_before_ms),
                                              field("contacts_before_ms", &R::contacts_before_ms),
                                              field("months", &R::months)};
};

template <>
struct Declaration<ContactShown> {
    static constexpr std::string_view name = "contact_shown";
    static constexpr auto fields = std::tuple{field("complaint", &ContactShown::complaint)};
};

template <>
struct Declaration<TableRebuilt> {
    using R = TableRebuilt;
    static constexpr std::string_view name = "table_rebuilt";
    static constexpr auto fields = std::tuple{field("table", &R::table), field("rows", &R::rows)};
};

}  // namespace fangxin::sync
