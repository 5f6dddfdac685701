// What must hold whatever happens: it hears what the machines commit and say, looks into their
// databases, and ends the run at the first broken promise. One thread.
#pragma once

#include "sync/envelope.hpp"
#include "sync/ops.hpp"
#include "sync/shop_reader.hpp"
#include "sync/store/database.hpp"
#include "sync/terminal_journal.hpp"
#include "tests/sim/world.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>

namespace fangxin::sync::sim {

/// Noon of the day on which every run takes place; nothing in the shop depends on the hour.
domain::StoreTime noon();

class Oracle {
  public:
    explicit Oracle(World& world) : world_(world) {}

    /// An acknowledgement leaves the server: it must be durable, now and for ever.
    void server_says(const std::string& terminal, const LogState& log, Database& server);
    void server_committed(Database& server);
    void server_restarted(Database& server);

    /// An op was committed: it must never be lost or changed from here on.
    void terminal_committed(const std::string& terminal, Database& database);
    void terminal_restarted(const std::string& terminal, Database& database);
    /// The peer never believes more than its database holds.
    void check_cursors(const TerminalState& believed, Database& database);
    /// All blocks up to the cursor are there.
    void check_blocks(const std::string& terminal, Database& database);
    /// No block that it has had goes away again, whatever server comes after.
    void check_blocks_kept(const std::string& terminal, Database& database);
    /// Rows of its goods go only where the frame was the last of a new server's.
    void check_goods(const std::string& terminal, Database& database, bool may_go);
    void goods_were_damaged(const std::string& terminal) { committed_[terminal].goods = 0; }
    /// A repair leaves alone what came since `at`: give it what is there before and after.
    using Versions = std::map<std::string, std::int64_t>;
    static Versions versions(Database& database, const std::string& table);
    void check_repair(const std::string& terminal, const Versions& before, const Versions& after,
                      std::int64_t at);
    /// What this terminal did is on its screens, without a flicker.
    void check_own_work(const std::string& terminal, Database& database);
    void sold(const std::string& terminal, Database& database, const SaleLine& line);
    void claimed(const std::string& hold, const std::string& terminal);

    /// Its disk is an older image: what it committed since, and did not send, is lost with it.
    void terminal_rolled_back(const std::string& terminal, Database& database);
    bool was_rolled_back(const std::string& terminal) const {
        return rolled_back_.contains(terminal);
    }
    /// The server's is: what it acknowledged since comes again from the terminals. Unless it is
    /// told, it does not know until one of them comes.
    void server_rolled_back(Database& server, bool told);

    /// At the end, when all is quiet: both sides hold the same.
    void check_quiet(const TerminalIdentity& identity, Database& terminal, Database& server);
    /// And the server's stock is what came and went, and no sale stands in it twice.
    void check_stock(Database& server);
    void check_receipts(Database& server);
    std::int64_t ops() const { return ops_; }

  private:
    struct Known {
        LogState log;
        std::string head;
        std::int64_t ops = 0;
        std::int64_t complaints = 0;
        std::int64_t goods = 0;
        std::set<std::string> blocks;
    };
    struct KnownBlock {
        domain::Block block;
        std::string text;
        std::int64_t ver = 0;
    };
    void check_logs(const std::string& terminal, Database& ours, Database& server);
    void check_log(const std::string& terminal, std::int64_t epoch, Database& ours,
                   Database& server);
    /// Each recall's lot is judged `block`.
    void check_recalls(const std::string& terminal, Database& database);
    /// Whether this terminal's block cursor is one of the server's present history.
    bool is_of_server(Database& terminal) const;
    void check_own_numbers(Database& server);
    void check_sums(const std::string& terminal, Database& ours, Database& server);

    World& world_;
    std::map<std::string, Known> committed_;
    std::map<std::pair<std::string, std::int64_t>, std::int64_t> acknowledged_;  // by epoch
    std::set<std::string> rolled_back_;
    std::string server_epoch_;
    std::map<std::int64_t, std::string> branches_;
    std::map<std::string, KnownBlock> blocks_;
    std::int64_t blocks_seen_ = 0;
    std::map<std::string, std::string> claims_;
    std::map<std::pair<std::int64_t, std::int64_t>, std::string> own_numbers_;
    std::int64_t ops_ = 0;
};

}  // namespace fangxin::sync::sim
