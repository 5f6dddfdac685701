// `rebuild`: what follows from the ops is worked out anew, in a book of its own in memory, and
// compared with what the book says. What differs is told, and put right unless --check is given:
// then terminals get the right rows with the next version. A block that no op explains stays in
// force: that is for people to decide.
#include "sync/ops.hpp"
#include "sync/server/book.hpp"
#include "sync/server/command_context.hpp"
#include "sync/server/op_order.hpp"
#include "sync/server/replayed_book.hpp"
#include "sync/server/sales_tables.hpp"
#include "sync/server/server_rows.hpp"

namespace fangxin::sync {

namespace {

constexpr std::size_t ops_at_once = 500;
/// Of one table; all are counted and put right.
constexpr std::int64_t told_most = 100;

template <class R>
constexpr bool is_derived =
    std::is_same_v<R, domain::Batch> || std::is_same_v<R, domain::Block> ||
    std::is_same_v<R, domain::Person> || std::is_same_v<R, domain::Instrument> ||
    std::is_same_v<R, domain::InstrumentState> || std::is_same_v<R, Complaint> ||
    std::is_same_v<R, Hold> || std::is_same_v<R, UnrecordedBatch> || std::is_same_v<R, Attempt> ||
    std::is_same_v<R, TerminalSetup> || std::is_same_v<R, TerminalDevice> ||
    std::is_same_v<R, FaultTicket> || std::is_same_v<R, Change> || std::is_same_v<R, Stock> ||
    std::is_same_v<R, Shift> || std::is_same_v<R, BusinessDay> ||
    std::is_same_v<R, MemberAccount> || std::is_same_v<R, ReturnedLine> ||
    std::is_same_v<R, VoucherUse> || std::is_same_v<R, Payment> || std::is_same_v<R, Markdown> ||
    std::is_same_v<R, Setting>;

/// Null: that side does not have it.
template <class R>
struct Differing {
    std::string key;
    std::optional<R> book;
    std::optional<R> ops;
};

template <Declared R>
bool is_same(const R& book, const R& ops) {
    if constexpr (std::is_same_v<R, Hold>) {
        // A terminal that claimed one says so with an op only once it has taken it up.
        Hold claimed = ops;
        if (claimed.resumed_by.empty()) claimed.resumed_by = book.resumed_by;
        return to_json(book) == to_json(claimed);
    }
    return to_json(book) == to_json(ops);
}

/// Both in the order of their keys.
template <Declared R>
std::vector<Differing<R>> differing(Database& book, Database& ops) {
    std::vector<Differing<R>> all;
    const std::string in_order = "ORDER BY " + key_columns<R>();
    Query left = book.query(select_sql<R>(in_order));
    Query right = ops.query(select_sql<R>(in_order));
    auto next = [](Query& query) {
        return query.step() ? std::optional(read_row<R>(query)) : std::nullopt;
    };
    auto ours = next(left);
    auto theirs = next(right);
    while (ours || theirs) {
        const std::string our_key = ours ? key_of_row(*ours) : "";
        const std::string their_key = theirs ? key_of_row(*theirs) : "";
        if (!theirs || (ours && our_key < their_key)) {
            all.push_back({our_key, std::move(ours), std::nullopt});
            ours = next(left);
        } else if (!ours || their_key < our_key) {
            all.push_back({their_key, std::nullopt, std::move(theirs)});
            theirs = next(right);
        } else {
            if (!is_same(*ours, *theirs)) all.push_back({our_key, ours, theirs});
            ours = next(left);
            theirs = next(right);
        }
    }
    return all;
}

template <Declared R>
json::value shown(const std::optional<R>& row) {
    return row ? json::value(to_json(*row)) : json::value(nullptr);
}

template <Declared R>
void put_right(ServerRows& rows, const Differing<R>& each, std::int64_t now_ms) {
    if (each.ops) {
        if constexpr (std::is_same_v<R, domain::Block>) {
            rows.put(*each.ops);
        } else {
            rows.put_any(*each.ops);
        }
    } else if constexpr (!std::is_same_v<R, domain::Block> && !std::is_same_v<R, Setting>) {
        rows.template remove<R>(each.key, now_ms);
    }
}

class Rebuild {
  public:
    Rebuild(const CommandContext& context, Database& ops, bool check)
        : context_(context), ops_(ops), check_(check) {}

    Result<void> compare_rows() {
        Result<void> done;
        for_each_row_type([&]<class R>() {
            if constexpr (is_derived<R>) {
                if (done) done = compare<R>();
            }
        });
        if (done) done = compare<domain::Block>();
        return done;
    }

    Result<void> compare_sales() {
        for (std::string_view table : sales_table_names) {
            const auto count = differing_sales(context_.database, ops_, table);
            if (count.empty()) continue;
            for (std::size_t i = 0; i < std::min<std::size_t>(count.size(), told_most); ++i)
                tell(table, count[i], nullptr, nullptr);
            note(table, static_cast<std::int64_t>(count.size()));
        }
        if (check_ || !touched_sales_) return {};
        return replace_sales(context_.database, ops_);
    }

    /// In the server's own log, with what was put right.
    Result<void> finish() {
        for (const auto& [table, rows] : counts_) {
            if (check_) break;
            auto noted = append_server_op(
                context_.database,
                draft(TableRebuilt{table, rows}, context_.now, std::string(server_person)));
            if (!noted) return tl::unexpected(noted.error());
        }
        return {};
    }

    /// Put out once it is durable.
    std::vector<json::object> take_told() { return std::move(told_); }
    std::int64_t differ() const {
        std::int64_t all = 0;
        for (const auto& [table, rows] : counts_)
            all += rows;
        return all;
    }

  private:
    template <Declared R>
    Result<void> compare() {
        auto found = differing<R>(context_.database, ops_);
        if constexpr (std::is_same_v<R, Setting>) {
            // Those that a shop begins with come from no op.
            std::erase_if(found, [](const auto& each) { return !each.ops; });
        }
        if (found.empty()) return {};
        std::int64_t told = 0;
        ServerRows rows(context_.database);
        for (const Differing<R>& each : found) {
            if (told++ < told_most)
                tell(Declaration<R>::name, each.key, shown(each.book), shown(each.ops));
            if (!check_) put_right(rows, each, context_.now.utc_ms);
        }
        note(Declaration<R>::name, static_cast<std::int64_t>(found.size()));
        rows.finish();
        return {};
    }

    void tell(std::string_view table, std::string_view key, const json::value& book,
              const json::value& ops) {
        told_.push_back(
            {{"event", "differs"}, {"table", table}, {"key", key}, {"book", book}, {"ops", ops}});
    }
    void note(std::string_view table, std::int64_t rows) {
        counts_.emplace_back(table, rows);
        touched_sales_ |= std::ranges::find(sales_table_names, table) != sales_table_names.end();
    }

    const CommandContext& context_;
    Database& ops_;
    bool check_;
    bool touched_sales_ = false;
    std::vector<std::pair<std::string, std::int64_t>> counts_;
    std::vector<json::object> told_;
};

/// All but the last few while others write; those, and what is done about them, at one moment.
Result<std::int64_t> replay_all(const CommandContext& context, ReplayedBook& replayed,
                                OpOrder& order, bool to_the_end) {
    std::int64_t count = 0;
    while (true) {
        auto ops = order.next(ops_at_once);
        if (!ops) return tl::unexpected(ops.error());
        if (auto applied = replayed.apply(*ops); !applied) return tl::unexpected(applied.error());
        count += static_cast<std::int64_t>(ops->size());
        if (ops->size() < ops_at_once) return count;
        if (!to_the_end && context.let_pass) context.let_pass();
    }
}

}  // namespace

Result<void> run_rebuild(const CommandContext& context) {
    auto check = argument<bool>(context, "check");
    if (!check) return tl::unexpected(check.error());
    auto replayed = ReplayedBook::begin(context.database);
    if (!replayed) return tl::unexpected(replayed.error());
    OpOrder order(context.database);
    auto count = replay_all(context, *replayed, order, false);
    if (!count) return tl::unexpected(count.error());
    std::int64_t differ = 0;
    std::vector<json::object> told;
    auto done = context.database.transaction([&]() -> Result<void> {
        auto last = replay_all(context, *replayed, order, true);
        if (!last) return tl::unexpected(last.error());
        *count += *last;
        if (auto finished = replayed->finish(); !finished) return finished;
        Rebuild rebuild(context, replayed->database(), *check);
        if (auto rows = rebuild.compare_rows(); !rows) return rows;
        if (auto sales = rebuild.compare_sales(); !sales) return sales;
        differ = rebuild.differ();
        if (auto error = replayed->database().take_error()) return tl::unexpected(*error);
        told = rebuild.take_told();
        return rebuild.finish();
    });
    if (!done) return done;
    for (const json::object& each : told)
        context.output(each);
    context.output({{"event", "rebuilt"},
                    {"ops", *count},
                    {"differ", differ},
                    {"put_right", *check ? 0 : differ}});
    return {};
}

}  // namespace fangxin::sync
