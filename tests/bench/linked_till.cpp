#include "tests/bench/linked_till.hpp"

#include "sync/server/authority.hpp"
#include "sync/server/identities.hpp"
#include "sync/store_zone.hpp"
#include "tests/bench/bench.hpp"

#include <algorithm>
#include <chrono>

namespace fangxin::bench {

namespace {

constexpr std::int64_t ops_per_transaction = 1000;

std::int64_t wall_ms() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

template <class T>
T must(Result<T> result, const char* what) {
    if (!result)
        throw Failed(std::string(what) + ": " + result.error().code + " " + result.error().detail);
    return std::move(*result);
}

}  // namespace

LinkedTill::LinkedTill(const std::filesystem::path& folder, std::string name,
                       const std::string& server)
    : name_(std::move(name)) {
    const sync::TerminalIdentity who{name_, "till"};
    auto identity = must(sync::load_identity(folder), "no identity");
    auto journal = must(sync::open_journal(folder, who), "no journal");
    auto state = sync::load_terminal_state(journal.writer, who);
    auto reader = must(sync::Database::open(folder / "terminal.db", sync::Database::Access::reader),
                       "no reader");
    lock_.emplace(std::move(journal.lock));
    store_ = std::make_unique<sync::StoreThread>(std::move(journal.writer));
    sync::LinkWay way{must(sync::parse_link_address(server), "no address"), folder, identity};
    link_ = std::make_unique<sync::Link>(std::move(way), std::move(state), *store_,
                                         std::move(reader), events());
}

LinkedTill::~LinkedTill() {
    link_.reset();
    store_->submit(sync::Priority::checkpoint,
                   [](sync::Database& database) { sync::mark_clean(database); });
    store_.reset();
}

domain::StoreTime LinkedTill::now() const { return {wall_ms(), 8 * 60}; }

sync::LinkEvents LinkedTill::events() {
    sync::LinkEvents events;
    events.server_time = [](std::int64_t) {};
    events.online = [] {};
    events.offline = [this] {
        std::lock_guard lock(mutex_);
        caught_up_ = false;
    };
    events.caught_up = [this] {
        std::lock_guard lock(mutex_);
        if (!std::exchange(caught_up_, true)) caught_up_at_ = Clock::now();
    };
    events.rows_changed = [this] {
        std::lock_guard lock(mutex_);
        rows_.push_back(Clock::now());
    };
    events.blocks_applied = [this](const std::vector<domain::Block>&, std::int64_t cursor) {
        std::lock_guard lock(mutex_);
        blocks_.push_back({cursor, Clock::now()});
    };
    events.unsent = [this](std::int64_t count) { on_unsent(count); };
    auto fail = [this](const std::string& code, const std::string& detail) {
        say(name_ + ": " + code + " " + detail);
    };
    events.conflict = fail;
    events.not_let_in = fail;
    events.conflict_over = [] {};
    events.comparing = [](bool) {};
    events.repaired = [fail](const std::string& table, std::int64_t) { fail("repaired", table); };
    events.claimed = [](const sync::HoldClaimed&) {};
    events.figures = [](const sync::Figures&) {};
    events.code = [](const sync::CodeMade&) {};
    events.journal = [](const sync::JournalPage&) {};
    events.entry = [](const sync::JournalEntry&) {};
    events.contact = [](const sync::ContactTold&) {};
    events.store_key = [](const sync::StoreKey&) {};
    events.log = [](const std::string&) {};
    events.now = [this] { return now(); };
    return events;
}

void LinkedTill::on_unsent(std::int64_t count) {
    std::lock_guard lock(mutex_);
    if (count == 0 && unsent_ > 0) drained_at_ = Clock::now();
    unsent_ = count;
    if (!given_) return;
    if (count > 0) {
        given_->told = true;
    } else if (given_->told) {
        acknowledged_.push_back(ms_between(given_->at, Clock::now()));
        given_.reset();
    }
}

void LinkedTill::append(sync::OpDraft draft) {
    const auto at = Clock::now();
    store_->submit(sync::Priority::sale,
                   [this, at, draft = std::move(draft)](sync::Database& database) {
                       sync::LogState number;
                       auto done = database.transaction([&]() -> Result<void> {
                           auto appended = sync::append_op(database, draft);
                           if (!appended) return tl::unexpected(appended.error());
                           number = *appended;
                           return {};
                       });
                       if (!done) return say(name_ + ": cannot write: " + done.error().detail);
                       {
                           std::lock_guard lock(mutex_);
                           if (!given_) given_ = Given{at};
                       }
                       link_->appended(number);
                   });
}

void LinkedTill::append_all(std::int64_t count,
                            const std::function<sync::OpDraft(std::int64_t)>& draft) {
    store_->run(sync::Priority::sale, [&](sync::Database& database) {
        sync::LogState number;
        for (std::int64_t first = 0; first < count; first += ops_per_transaction) {
            auto done = database.transaction([&]() -> Result<void> {
                const std::int64_t end = std::min(count, first + ops_per_transaction);
                for (std::int64_t n = first; n < end; ++n) {
                    auto appended = sync::append_op(database, draft(n));
                    if (!appended) return tl::unexpected(appended.error());
                    number = *appended;
                }
                return {};
            });
            if (!done) return say(name_ + ": cannot write: " + done.error().detail);
        }
        {
            std::lock_guard lock(mutex_);
            unsent_ = count;
        }
        link_->appended(number);
    });
}

void LinkedTill::read(const std::function<void(sync::Database&)>& work) {
    store_->run(sync::Priority::sale, work);
}

std::vector<double> LinkedTill::acknowledged() {
    std::lock_guard lock(mutex_);
    return std::exchange(acknowledged_, {});
}

bool LinkedTill::is_caught_up() const {
    std::lock_guard lock(mutex_);
    return caught_up_;
}

bool LinkedTill::is_drained() const {
    std::lock_guard lock(mutex_);
    return unsent_ == 0;
}

Clock::time_point LinkedTill::caught_up_at() const {
    std::lock_guard lock(mutex_);
    return caught_up_at_;
}

Clock::time_point LinkedTill::drained_at() const {
    std::lock_guard lock(mutex_);
    return drained_at_;
}

std::optional<Clock::time_point> LinkedTill::blocks_at(std::int64_t ver) const {
    std::lock_guard lock(mutex_);
    for (const Applied& each : blocks_) {
        if (each.cursor >= ver) return each.at;
    }
    return std::nullopt;
}

std::optional<Clock::time_point> LinkedTill::rows_after(Clock::time_point since) const {
    std::lock_guard lock(mutex_);
    auto found = std::ranges::upper_bound(rows_, since);
    return found == rows_.end() ? std::nullopt : std::optional(*found);
}

void enrol_tills(const sync::BookPlace& book, const std::filesystem::path& folder,
                 const std::vector<std::string>& names) {
    auto held = must(sync::hold_whole_book(book), "no book");
    sync::Database& database = held.writer;
    auto authority = must(
        sync::StoreAuthority::open(book.directory, database, sync::hosts_of_machine("127.0.0.1")),
        "no authority");
    const std::int64_t now_ms = wall_ms();
    for (const std::string& name : names) {
        const std::string key = sync::make_key();
        const std::string request = must(sync::make_request(key, name), "no request");
        const std::string spki = must(sync::request_facts(request), "no request").spki;
        auto done = database.transaction([&]() -> Result<void> {
            const std::string token = sync::open_enrolment(database, {"till", name}, now_ms);
            const sync::Enrol asked{token, name, "till", FANGXIN_VERSION, request};
            auto refused = sync::ask_enrolment(database, {asked, spki, "127.0.0.1", now_ms});
            if (refused) return failure(refused->code, refused->detail);
            const std::string fingerprint = sync::fingerprint_of(spki);
            return sync::approve(database, {name, fingerprint}, now_ms)
                       ? Result<void>()
                       : failure("not_found", "nobody waits under " + name);
        });
        if (!done) throw Failed("not enrolled: " + done.error().detail);
        auto certificate =
            must(authority->issue_to(name, request, now_ms, now_ms + sync::certificate_life_ms),
                 "no certificate");
        const std::filesystem::path directory = folder / name;
        std::filesystem::create_directories(directory);
        must(sync::save_identity(directory, {key, certificate, authority->authority().certificate}),
             "no identity");
    }
    database.checkpoint();
}

}  // namespace fangxin::bench
