#include "tests/sim/sim_terminal.hpp"

#include "sync/effects.hpp"
#include "sync/frame.hpp"
#include "sync/terminal_repair.hpp"

#include <fmt/format.h>

namespace fangxin::sync::sim {

namespace {
constexpr std::int64_t tick_every_ms = 200;
constexpr std::int64_t year_ms = 365LL * 24 * 60 * 60 * 1000;
}  // namespace

SimTerminal::SimTerminal(Shop shop, TerminalIdentity identity)
    : world_(shop.world),
      disk_(shop.disk),
      oracle_(shop.oracle),
      server_(shop.server),
      identity_(std::move(identity)) {}

void SimTerminal::start() {
    auto opened =
        Database::open(identity_.terminal + "/terminal.db", Database::Access::writer, vfs_name);
    if (!opened || !prepare_journal(*opened, identity_)) return crash();
    if (std::exchange(set_back_, false)) {
        oracle_.terminal_rolled_back(identity_.terminal, *opened);
    }
    oracle_.terminal_restarted(identity_.terminal, *opened);
    is_older_ = world_.faults && server_.knows_older_versions() && world_.chance(250);
    world_.troubles.older_versions += is_older_ ? 1 : 0;
    may_be_misled_ |= is_older_ && oracle_.was_rolled_back(identity_.terminal);
    peer_.emplace(load_terminal_state(*opened, identity_));
    store_ = std::make_shared<SimStore>(world_, std::move(*opened), [this] {
        if (disk_.is_off(identity_.terminal)) crash();
    });
    world_.note(identity_.terminal + " is up");
    connect();
    tick();
}

void SimTerminal::crash() {
    world_.note(identity_.terminal + " crashes");
    ++world_.troubles.terminal_crashes;
    ++life_;
    ++line_number_;
    disk_.power_off(identity_.terminal);
    if (line_) world_.chance(300) ? line_->go_half_open() : line_->cut();
    line_ = nullptr;
    peer_.reset();
    claims_.clear();
    in_conflict_ = false;
    if (store_) store_->stop();
    store_ = nullptr;
    world_.after(1, [this] {
        disk_.power_on(identity_.terminal, world_.random);
        come_back();
    });
    world_.after(world_.between(2, 3000), [this] { start(); });
}

/// With the disk as it is, or an image of it that somebody kept; its clock may have forgotten.
void SimTerminal::come_back() {
    if (!world_.faults) return;
    if (world_.chance(100)) {
        ++world_.troubles.clock_jumps;
        clock_is_off_by_ms_ = world_.between(-3, 3) * year_ms;
    }
    if (image_ && world_.chance(150)) {
        world_.note(identity_.terminal + " has an old disk");
        ++world_.troubles.old_terminals;
        disk_.put_image(identity_.terminal, *image_);
        set_back_ = true;
        // Whoever is alone for long enough has written as much again as was lost.
        if (world_.chance(500)) offline_until_ms_ = world_.now_ms() + world_.between(0, 8000);
    } else if (world_.chance(300)) {
        image_ = disk_.image_of(identity_.terminal);
    }
}

domain::StoreTime SimTerminal::now() const {
    domain::StoreTime at = noon();
    at.utc_ms += clock_is_off_by_ms_;
    return at;
}

bool SimTerminal::is_quiet() {
    if (!up() || !peer_->caught_up() || peer_->unsent() != 0 || peer_->repairing()) return false;
    Query overlay = database().query("SELECT 1 FROM overlay LIMIT 1");
    return !overlay.step();
}

void SimTerminal::connect() {
    const bool alone = world_.faults && world_.now_ms() < offline_until_ms_;
    if (!server_.up() || alone) return retry();
    line_ = std::make_shared<Line>(world_);
    auto mine = [this, number = ++line_number_] { return number == line_number_; };
    line_->attach(End::terminal, {.frame =
                                      [this, mine](const std::string& frame) {
                                          if (mine()) received(frame);
                                      },
                                  .closed =
                                      [this, mine](const std::string& why) {
                                          if (mine()) drop(why);
                                      }});
    server_.accept(line_);
    take(peer_->on_connected(world_.now_ms()));
}

void SimTerminal::retry() {
    world_.after(wait_ms_, [this, life = life_] {
        if (life == life_ && !line_) connect();
    });
    wait_ms_ = std::min<std::int64_t>(wait_ms_ * 2, 2000);
}

void SimTerminal::drop(const std::string& why) {
    if (!line_) return;
    world_.note(identity_.terminal + " drops its line: " + why);
    ++line_number_;
    line_->close(End::terminal);
    line_ = nullptr;
    take(peer_->on_closed());
    retry();
}

/// All programs are of this version in the end.
void SimTerminal::upgrade() {
    if (is_older_ && up()) crash();
}

void SimTerminal::cut_line() {
    if (line_) line_->cut();
}

void SimTerminal::lose_line() {
    if (line_) line_->go_half_open();
}

void SimTerminal::tick() {
    world_.after(tick_every_ms, [this, life = life_] {
        if (life != life_) return;
        take(peer_->on_tick(world_.now_ms()));
        if (life == life_) tick();
    });
}

namespace {
/// The program before this one did not know that it is told them.
void pass_over_heads(Message& message) {
    if (auto* welcome = std::get_if<Welcome>(&message)) welcome->heads.clear();
    if (auto* ack = std::get_if<Ack>(&message)) ack->head.clear();
}
}  // namespace

void SimTerminal::received(const std::string& frame) {
    auto text = unpack_frame(frame);
    if (!text) return drop("bad frame: " + text.error().detail);
    auto message = read_message(*text);
    if (!message) return drop("bad message: " + message.error().detail);
    if (line_) line_->caps().terminal_hears(*message);
    if (is_older_) pass_over_heads(*message);
    take(peer_->on_message(world_.now_ms(), *message));
}

void SimTerminal::take(TerminalPeer::Actions actions) {
    oracle_.check_cursors(peer_->durable(), database());
    for (auto& action : actions) {
        std::visit([&](auto& each) { act(each); }, action);
    }
}

void SimTerminal::act(TerminalPeer::Send& action) {
    auto* hello = std::get_if<Hello>(&action.message);
    if (hello && is_older_) {  // as the program before this one said it
        hello->protocol_max = 1;
        hello->schema = 3;
        hello->snapshot = 0;
        hello->rows_branch = hello->blocks_branch = "";
    }
    if (!line_) return;
    line_->caps().terminal_sends(action.message);
    line_->send(End::terminal, pack_frame(write_message(action.message)));
}

void SimTerminal::act(TerminalPeer::Conflict& action) {
    world_.note(identity_.terminal + " is in conflict: " + action.code + " " + action.detail);
    if (!oracle_.was_rolled_back(identity_.terminal)) {
        world_.fail(identity_.terminal + " is in conflict: " + action.code);
    }
    if (!std::exchange(in_conflict_, true)) ask_the_manager();
}

/// Who looks at it after a while, and asks again where it is still so.
void SimTerminal::ask_the_manager() {
    world_.after(world_.between(200, 3000), [this, life = life_] {
        if (life != life_ || !in_conflict_) return;
        server_.open_epoch(identity_.terminal);
        world_.after(10'000, [this, life] {  // a server that was put back has forgotten it
            if (life == life_ && in_conflict_) ask_the_manager();
        });
    });
}

template <class Work, class Then>
void SimTerminal::store(Priority priority, Work work, Then then) {
    store_->submit(priority, [this, work = std::move(work), then = std::move(then),
                              line = line_number_](Database& database) {
        auto result = work(database);
        store_->post([this, line, then, result, life = life_]() mutable {
            if (life != life_) return;
            if (result) return then(line == line_number_, *result);
            const std::string& code = result.error().code;
            world_.note(identity_.terminal + " cannot store: " + code);
            const bool parts = code == "chain" && oracle_.was_rolled_back(identity_.terminal);
            if (code != "disk_full" && !code.ends_with("_missing") && !parts) {
                world_.fail(identity_.terminal + " cannot store: " + result.error().detail);
            }
            if (line == line_number_) take(peer_->on_store_failed(code));
        });
    });
}

namespace {
Result<bool> as_answer(const Result<void>& done) {
    if (!done) return tl::unexpected(done.error());
    return true;
}
}  // namespace

void SimTerminal::act(TerminalPeer::LoadOps& action) {
    store(
        Priority::bulk,
        [action](Database& database) {
            return database.reading<LoadedOps>(
                [&] { return load_ops(database, action.epoch, action.first); });
        },
        [this, action](bool same_line, LoadedOps& loaded) {
            if (!same_line) return;
            take(peer_->on_ops_loaded(action, std::move(loaded.bodies), std::move(loaded.head)));
        });
}

/// The program before this one takes other ops of the same numbers for its own, once it was set
/// back and has written as many again. This one finds out, and begins an epoch.
void SimTerminal::check_own_work(Database& database) {
    if (!may_be_misled_) oracle_.check_own_work(identity_.terminal, database);
}

void SimTerminal::act(TerminalPeer::StoreRows& action) {
    store(
        Priority::bulk,
        [this, frame = action.frame](Database& database) {
            auto done = store_rows(database, frame);
            oracle_.check_goods(identity_.terminal, database, frame.complete);
            if (done) check_own_work(database);
            if (done) oracle_.check_blocks(identity_.terminal, database);
            if (done) oracle_.check_blocks_kept(identity_.terminal, database);
            return as_answer(done);
        },
        [this, stored = TerminalPeer::Stored{action.frame.to, action.frame.complete,
                                             action.frame.branch}](bool same_line, bool) {
            if (same_line) take(peer_->on_rows_stored(stored));
        });
}

void SimTerminal::act(TerminalPeer::StoreBlocks& action) {
    store(
        Priority::block,
        [this, frame = action.frame](Database& database) {
            auto done = store_blocks(database, frame, now());
            if (done) oracle_.terminal_committed(identity_.terminal, database);
            if (done) oracle_.check_blocks(identity_.terminal, database);
            if (done) oracle_.check_blocks_kept(identity_.terminal, database);
            return done;
        },
        [this, stored = TerminalPeer::Stored{action.frame.to, action.frame.complete,
                                             action.frame.branch}](bool same_line,
                                                                   const LogState& written) {
            if (same_line) take(peer_->on_blocks_stored(stored));
            if (written.last_seq > 0) take(peer_->on_appended(written));
        });
}

void SimTerminal::act(TerminalPeer::StoreAck& action) {
    store(
        Priority::acknowledgement,
        [this, ack = action.ack](Database& database) {
            auto done = store_ack(database, ack);
            if (done) check_own_work(database);
            return as_answer(done);
        },
        [this, ack = action.ack](bool, bool) { take(peer_->on_ack_stored(ack)); });
}

void SimTerminal::act(TerminalPeer::TakeBack& action) {
    store(
        Priority::acknowledgement,
        [log = action.log](Database& database) { return as_answer(take_back(database, log)); },
        [this, done = action](bool, bool) { take(peer_->on_taken_back(done)); });
}

void SimTerminal::act(TerminalPeer::ResetRows& action) {
    store(
        Priority::bulk,
        [reset = action](Database& database) { return as_answer(reset_rows(database, reset)); },
        [this, reset = action](bool, bool) { take(peer_->on_reset(reset)); });
}

void SimTerminal::act(TerminalPeer::NewEpoch& action) {
    world_.note(fmt::format("{} begins epoch {} and keeps {}", identity_.terminal, action.epoch,
                            action.keep));
    if (!oracle_.was_rolled_back(identity_.terminal)) {
        world_.fail(fmt::format("{} is told to begin epoch {}", identity_.terminal, action.epoch));
    }
    world_.troubles.opened_epochs += action.opened ? 1 : 0;
    store(
        Priority::sale,
        [this, wanted = action](Database& database) {
            auto done = begin_epoch(database, wanted);
            if (done) may_be_misled_ = in_conflict_ = false;
            if (done) oracle_.terminal_committed(identity_.terminal, database);
            return done;
        },
        [this](bool, TerminalLogs& logs) { take(peer_->on_epoch(logs)); });
}

void SimTerminal::act(TerminalPeer::LoadHash& action) {
    store(
        Priority::bulk,
        [asked = action](Database& database) {
            return Result<std::string>(op_hash(database, asked.epoch, asked.seq));
        },
        [this, asked = action](bool same_line, std::string& hash) {
            if (same_line) take(peer_->on_hash(asked, hash));
        });
}

void SimTerminal::act(TerminalPeer::SumTables& action) {
    using Sums = std::optional<std::vector<TableSum>>;
    store(
        Priority::bulk,
        [role = identity_.role, mark = action.mark](Database& database) {
            return Result<Sums>(sum_at_mark(database, role, mark));
        },
        [this, mark = action.mark](bool same_line, Sums& sums) {
            if (same_line) take(peer_->on_summed(mark, std::move(sums)));
        });
}

void SimTerminal::act(TerminalPeer::StoreTable& action) {
    store(
        Priority::bulk,
        [this, asked = action](Database& database) {
            const auto before = Oracle::versions(database, asked.part.table);
            auto done = store_table(database, asked, now());
            if (!done) return done;
            const auto after = Oracle::versions(database, asked.part.table);
            oracle_.check_repair(identity_.terminal, before, after, asked.part.at);
            world_.troubles.repairs += done->repaired > 0 ? 1 : 0;
            if (!done->blocks.empty()) world_.fail("a block was missing before the repair");
            oracle_.terminal_committed(identity_.terminal, database);
            oracle_.check_blocks(identity_.terminal, database);
            return done;
        },
        [this, part = action.part](bool same_line, TableStored& stored) {
            if (same_line) take(peer_->on_table_stored(part, stored.repaired));
            if (stored.written.last_seq > 0) take(peer_->on_appended(stored.written));
        });
}

void SimTerminal::act(TerminalPeer::Claimed& action) {
    std::string hold = claims_[action.answer.id];
    if (hold.empty() || !action.answer.code.empty()) return;
    claims_.erase(action.answer.id);
    oracle_.claimed(hold, identity_.terminal);
    append([this, hold](Database&) { return draft(BasketResumed{hold}, now(), "1001"); });
}

void SimTerminal::append(const Draft& make) {
    store_->submit(Priority::sale, [this, make](Database& database) {
        LogState number;
        LogState before = next_op(database);
        auto done = database.transaction([&]() -> Result<void> {
            auto op = make(database);
            if (!op) return {};
            auto appended = append_op(database, *op);
            if (appended) number = *appended;
            return {};
        });
        if (!done && !disk_.is_off(identity_.terminal) && !(next_op(database) == before)) {
            world_.fail(identity_.terminal + " kept half of a failed transaction");
        }
        if (!done || number.last_seq == 0) return;
        oracle_.terminal_committed(identity_.terminal, database);
        store_->post([this, number, life = life_] {
            if (life == life_) take(peer_->on_appended(number));
        });
    });
}

}  // namespace fangxin::sync::sim
