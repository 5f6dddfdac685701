#include "tests/sim/sim_server.hpp"

#include "sync/effects.hpp"
#include "sync/frame.hpp"
#include "sync/ops.hpp"
#include "sync/server/feed.hpp"
#include "sync/server/server_rows.hpp"
#include "sync/server/tombstones.hpp"
#include "sync/table_sum.hpp"

#include <fmt/format.h>

namespace fangxin::sync::sim {

namespace {
constexpr std::int64_t tick_every_ms = 250;
constexpr const char* file = "server/store.db";

FeedAsker asker(const ServerPeer& peer) {
    return {peer.role(), peer.server_epoch(), peer.newest_ver()};
}
}  // namespace

SimServer::SimServer(World& world, CrashVfs& disk, Oracle& oracle)
    : world_(world),
      disk_(disk),
      oracle_(oracle),
      large_(world.chance(150)),
      older_versions_(world.chance(300)),
      compares_(older_versions_ || world.chance(600)) {}

void SimServer::start() {
    auto writer = Database::open(file, Database::Access::writer, vfs_name);
    if (!writer || !prepare_book(*writer)) return crash();
    auto reader = Database::open(file, Database::Access::reader, vfs_name);
    if (!reader) return crash();
    if (set_back_ == SetBack::told) {  // as the subcommand `restore` does
        auto begun = writer->transaction([&]() -> Result<void> {
            begin_server_epoch(*writer);
            return {};
        });
        if (!begun) return crash();
    }
    const SetBack set_back = std::exchange(set_back_, SetBack::no);
    if (set_back != SetBack::no) {
        oracle_.server_rolled_back(*writer, set_back == SetBack::told);
    }
    oracle_.server_restarted(*writer);
    reader_.emplace(std::move(*reader));
    feed_.emplace(*reader_);
    store_ = std::make_shared<SimStore>(world_, std::move(*writer), [this] {
        if (disk_.is_off(machine)) {
            crash();
        } else {
            oracle_.server_committed(*reader_);
        }
    });
    world_.note("server is up");
    open_shop();
    tick();
}

void SimServer::crash() {
    world_.note("server crashes");
    ++world_.troubles.server_crashes;
    ++life_;
    disk_.power_off(machine);
    for (const At& session : sessions_) {
        session->open = false;
        if (world_.chance(300)) {
            session->line->go_half_open();
        } else {
            session->line->cut();
        }
    }
    sessions_.clear();
    feed_.reset();
    reader_.reset();
    if (store_) store_->stop();
    store_ = nullptr;
    world_.after(1, [this] {
        disk_.power_on(machine, world_.random);
        come_back();
    });
    world_.after(world_.between(2, 3000), [this] { start(); });
}

/// With its disk, or with a backup of some time ago.
void SimServer::come_back() {
    if (!world_.faults) return;
    if (image_ && world_.chance(250)) {
        ++world_.troubles.old_servers;
        disk_.put_image(machine, *image_);
        const bool silently = !older_versions_ && world_.chance(650);
        set_back_ = silently ? SetBack::silently : SetBack::told;
        world_.note(silently ? "server has an old disk" : "server is restored from a backup");
    } else if (world_.chance(300)) {
        image_ = disk_.image_of(machine);
    }
}

/// The goods, once; items and batches as an import writes them.
void SimServer::open_shop() {
    write([large = large_](Database& database) -> Result<Changed> {
        ServerRows rows(database);
        if (rows.item("item-1")) return Changed{};
        for (int i = 0; large && i < 3500; ++i) {
            rows.put_any(Setting{fmt::format("setting-{}", i), "on"});
        }
        rows.put_any(domain::Category{.code = "food", .batch_control = domain::BatchControl::lot});
        for (int item = 1; item <= 3; ++item) {
            std::string code = fmt::format("item-{}", item);
            rows.put_any(domain::Item{.code = code, .category = "food", .price_fen = 500});
            for (int lot = 1; lot <= 4; ++lot) {
                rows.put_any(domain::Batch{.id = fmt::format("{}/L{}/-", code, lot),
                                           .item = code,
                                           .lot = fmt::format("L{}", lot),
                                           .decision = domain::Decision::released});
            }
        }
        return rows.finish();
    });
}

void SimServer::write(std::function<Result<Changed>(Database&)> work,
                      std::function<void()> or_else) {
    store_->submit(Priority::sale, [this, work = std::move(work),
                                    or_else = std::move(or_else)](Database& database) {
        Changed changed;
        auto done = database.transaction([&]() -> Result<void> {
            auto written = work(database);
            if (!written) return tl::unexpected(written.error());
            changed = *written;
            return {};
        });
        if (done) announce(changed);
        if (!done && or_else) world_.after(1000, or_else);
    });
}

void SimServer::work() {
    if (!up()) return;
    if (world_.chance(100)) image_ = disk_.image_of(machine);
    std::int64_t what = world_.between(1, 14);
    if (what == 11 || what > 12) {
        ++world_.troubles.deleted_rows;
        write([](Database& database) -> Result<Changed> {
            ServerRows rows(database);
            auto held = select_rows<Hold>(database, "WHERE resumed_by <> '' ORDER BY id LIMIT 1");
            if (!held.empty()) rows.remove<Hold>(held[0].id, 1);
            return rows.finish();
        });
        if (world_.chance(400)) world_.after(world_.between(1, 1500), [this] { forget_deleted(); });
    } else if (what == 12) {
        forget_deleted();
    } else if (what <= 4) {
        RecallMade recall{.block = fmt::format("recall:{}", ++recalls_),
                          .item = fmt::format("item-{}", world_.between(1, 3)),
                          .lot = fmt::format("L{}", world_.between(1, 6)),
                          .level = domain::RecallLevel::I};
        world_.note("server " + recall.block + " " + recall.item + " " + recall.lot);
        write([recall](Database& database) {
            return append_server_op(database, draft(recall, noon(), "9001"));
        });
    } else if (what <= 7 && recalls_ > 0) {
        BlockLifted lifted{fmt::format("recall:{}", world_.between(1, recalls_)), ""};
        write([lifted](Database& database) {
            return append_server_op(database, draft(lifted, noon(), "9001"));
        });
    } else {
        domain::Item item{.code = fmt::format("item-{}", world_.between(1, 3)),
                          .category = "food",
                          .price_fen = world_.between(1, 100'000)};
        write([item](Database& database) -> Result<Changed> {
            ServerRows rows(database);
            rows.put_any(item);
            return rows.finish();
        });
    }
}

/// Half a year has gone by.
void SimServer::forget_deleted() {
    if (!up()) return;
    write([](Database& database) -> Result<Changed> {
        drop_old_tombstones(database, 2 + tombstones_kept_ms);
        return Changed{};
    });
}

void SimServer::tick() {
    world_.after(tick_every_ms, [this, life = life_] {
        if (life != life_) return;
        feed_->forget();
        for (const At& session : std::vector(sessions_)) {
            if (session->open) {
                take(session, session->peer.on_tick(world_.now_ms(), world_.now_ms() + 1'000'000));
            }
        }
        std::erase_if(sessions_, [](const At& session) { return !session->open; });
        if (life == life_) tick();
    });
}

void SimServer::announce(const Changed& changed) {
    store_->post([this, changed, life = life_] {
        if (life != life_) return;
        for (const At& session : std::vector(sessions_)) {
            if (!session->open) continue;
            const auto& again = changed.greet_again;
            if (changed.renewed && session->peer.live()) {
                close(session);
            } else if (std::ranges::find(again, session->peer.terminal()) != again.end()) {
                close(session);
            } else {
                take(session, session->peer.on_changed(world_.now_ms(), changed.newest_ver,
                                                       changed.pace_for(session->peer.role())));
            }
        }
    });
}

void SimServer::accept(const std::shared_ptr<Line>& line) {
    auto session = std::make_shared<Session>(Session{line, ServerPeer(world_.now_ms())});
    sessions_.push_back(session);
    std::weak_ptr<Session> weak = session;  // the session owns the line
    auto received = [this, weak](const std::string& frame) {
        auto at = weak.lock();
        if (!at || !at->open) return;
        auto text = unpack_frame(frame);
        if (!text) return close(at);
        auto message = read_message(*text);
        if (!message) return close(at);
        at->line->caps().server_hears(*message);
        take(at, at->peer.on_message(world_.now_ms(), *message));
    };
    auto closed = [weak](const std::string&) {
        if (auto at = weak.lock()) at->open = false;
    };
    line->attach(End::server, {.frame = received, .closed = closed});
}

void SimServer::close(const At& session) {
    session->open = false;
    session->line->close(End::server);
}

void SimServer::take(const At& session, ServerPeer::Actions actions) {
    for (auto& action : actions) {
        if (!session->open) return;
        std::visit([&](auto& each) { act(session, each); }, action);
    }
}

void SimServer::act(const At& session, ServerPeer::Send& action) {
    const std::string& terminal = session->peer.terminal();
    if (const auto* ack = std::get_if<Ack>(&action.message)) {
        oracle_.server_says(terminal, {ack->epoch, ack->seq}, *reader_);
    }
    if (const auto* welcome = std::get_if<Welcome>(&action.message)) {
        for (const LogState& log : welcome->logs)
            oracle_.server_says(terminal, log, *reader_);
    }
    const bool is_push = std::holds_alternative<RowsFrame>(action.message) ||
                         std::holds_alternative<BlocksFrame>(action.message);
    if (is_push && session->drops_pushes) return;
    session->line->caps().server_sends(action.message);
    const auto written = is_push ? std::exchange(session->written, nullptr) : nullptr;
    session->line->send(End::server, written ? written->packed(action.message)
                                             : pack_frame(write_message(action.message)));
}

/// What was not written yet is dropped; after a while the line is free again.
void SimServer::congest() {
    if (sessions_.empty()) return;
    auto last = static_cast<std::int64_t>(sessions_.size()) - 1;
    At session = sessions_[static_cast<std::size_t>(world_.between(0, last))];
    if (!session->open || !session->peer.live() || session->peer.congested()) return;
    session->drops_pushes = true;
    world_.after(world_.between(1, 300), [this, session] {
        if (!session->open) return;
        if (!session->peer.on_congested()) return close(session);
        ++world_.troubles.pokes;
        world_.after(world_.between(1, 500), [this, session] {
            session->drops_pushes = false;
            if (session->open) take(session, session->peer.on_drained());
        });
    });
}

void SimServer::mark() {
    if (!up()) return;
    Checkpoint checkpoint{.at = newest_ver(*reader_),
                          .tables = sum_tables(*reader_, "", schema_version)};
    for (const At& session : std::vector(sessions_)) {
        if (session->open) take(session, session->peer.on_mark(checkpoint.at));
    }
    world_.after(world_.between(1, 500), [this, checkpoint, life = life_] {
        if (life != life_) return;
        for (const At& session : std::vector(sessions_)) {
            if (session->open) take(session, session->peer.on_checkpoint(checkpoint));
        }
    });
}

void SimServer::open_epoch(const std::string& terminal) {
    if (!up()) {
        world_.after(1000, [this, terminal] { open_epoch(terminal); });
        return;
    }
    world_.note("the manager opens an epoch for " + terminal);
    auto open = [terminal](Database& database) {
        return append_server_op(database, draft(EpochOpened{terminal, ""}, noon(), "9001"));
    };
    write(open, [this, terminal] { open_epoch(terminal); });
}

void SimServer::act(const At& session, ServerPeer::Close& action) {
    world_.note("server closes " + session->peer.terminal() + ": " + action.why);
    close(session);
}

template <class Work, class Then>
void SimServer::store(const At& session, Priority priority, Work work, Then then) {
    store_->submit(priority, [this, session, work = std::move(work),
                              then = std::move(then)](Database& database) {
        auto result = work(database);
        // Nothing that a terminal sends may ever hold up what is behind it.
        if (!result && !disk_.is_off(machine) && result.error().code != "disk_full") {
            world_.fail("the server cannot store: " + result.error().detail);
        }
        store_->post([this, session, then, result]() mutable {
            if (!session->open) return;
            if (!result) return take(session, session->peer.on_store_failed(result.error().code));
            then(*result);
        });
    });
}

void SimServer::act(const At& session, ServerPeer::Greet& action) {
    store(
        session, Priority::block,
        [this, hello = action.hello](Database& database) {
            auto done = greet(database, hello, world_.now_ms());
            if (done) announce(done->changed);
            return done;
        },
        [this, session](Greeting& greeting) {
            if (greeting.refused) return take(session, session->peer.on_refused(*greeting.refused));
            take(session, session->peer.on_greeted(greeting.welcome, greeting.newest_ver));
        });
}

void SimServer::act(const At& session, ServerPeer::Ingest& action) {
    store(
        session, Priority::acknowledgement,
        [this, request = action, role = session->peer.role()](Database& database) {
            auto done = ingest(database, request, role, world_.now_ms());
            if (done) announce(done->changed);
            return done;
        },
        [this, session](IngestDone& done) {
            if (!done.answer.refused.empty() &&
                !oracle_.was_rolled_back(session->peer.terminal())) {
                world_.fail("refused " + done.answer.refused);
            }
            take(session, session->peer.on_ingested(done.answer));
        });
}

void SimServer::act(const At& session, ServerPeer::LoadBlocks& action) {
    world_.after(world_.between(0, 5), [this, session, action] {
        if (!session->open) return;
        auto given = feed_->blocks(asker(session->peer), action);
        if (!given) return close(session);
        session->written = given->written;
        take(session, session->peer.on_blocks(std::move(given->frame)));
        session->written = nullptr;
    });
}

void SimServer::act(const At& session, ServerPeer::LoadRows& action) {
    world_.after(world_.between(0, 5), [this, session, asked = action] {
        if (!session->open) return;
        auto given = feed_->rows(asker(session->peer), asked);
        if (!given) return close(session);
        session->written = given->written;
        take(session, session->peer.on_rows(std::move(given->frame), given->is_clean));
        session->written = nullptr;
    });
}

void SimServer::act(const At& session, ServerPeer::LoadTable& action) {
    world_.after(world_.between(0, 5), [this, session, asked = action] {
        if (!session->open) return;
        auto part = load_table_rows(*reader_, session->peer.role(), asked);
        if (!part) return close(session);
        take(session, session->peer.on_table_rows(std::move(*part)));
    });
}

void SimServer::act(const At& session, ServerPeer::LoadHash& action) {
    take(session, session->peer.on_hash(*load_hash(*reader_, action)));
}

void SimServer::act(const At& session, ServerPeer::LoadFigures& action) {
    take(session, session->peer.on_figures({.id = action.asked.id}));
}

void SimServer::act(const At& session, ServerPeer::Claim& action) {
    store(
        session, Priority::sale,
        [this, claim = action](Database& database) {
            auto done = claim_hold(database, claim);
            if (done) announce(done->changed);
            return done;
        },
        [this, session](ClaimDone& done) { take(session, session->peer.on_claimed(done.answer)); });
}

}  // namespace fangxin::sync::sim
