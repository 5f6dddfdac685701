// A terminal's line to the server: a WebSocket that comes back by itself, on a thread of its own,
// driving the protocol core (TerminalPeer) and the store thread. What happens is told through
// `LinkEvents`, called on the link's thread: they queue and return.
#pragma once

#include "sync/identity_file.hpp"
#include "sync/link_address.hpp"
#include "sync/log_key.hpp"
#include "sync/store/store_thread.hpp"
#include "sync/store_key.hpp"
#include "sync/terminal_journal.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fangxin::sync {

struct LinkEvents {
    std::function<void(std::int64_t utc_ms)> server_time;
    std::function<void()> online;  ///< connected, block lane whole
    std::function<void()> offline;
    std::function<void()> caught_up;
    std::function<void()> rows_changed;
    std::function<void(std::vector<domain::Block> blocks, std::int64_t cursor)> blocks_applied;
    std::function<void(std::int64_t unsent)> unsent;
    std::function<void(std::string code, std::string detail)> conflict;
    std::function<void()> conflict_over;  ///< a manager let it begin a new epoch of its log
    /// The server does not let this terminal in: `revoked`, `expired` (it renews its certificate
    /// itself), `enrol_again`, `not_enrolled`. Empty: it does again.
    std::function<void(std::string code, std::string detail)> not_let_in;
    std::function<void(bool now)> comparing;  ///< its tables with the server's
    std::function<void(std::string table, std::int64_t rows)> repaired;
    std::function<void(HoldClaimed answer)> claimed;
    std::function<void(Figures figures)> figures;
    std::function<void(CodeMade made)> code;
    std::function<void(JournalPage page)> journal;
    std::function<void(JournalEntry entry)> entry;
    std::function<void(ContactTold told)> contact;
    std::function<void(StoreKey key)> store_key;  ///< another one than this terminal had
    std::function<void(std::string what)> log;
    std::function<domain::StoreTime()> now;  ///< for the ops that the link writes; any thread
};

/// Where to, and as whom. Without an identity only plainly, on loopback.
struct LinkWay {
    LinkAddress address;
    std::filesystem::path directory;  ///< the terminal's, where its identity is renewed
    std::optional<Identity> identity;
    std::optional<LogKey> log_key;  ///< without one the log is not signed
    StoreKey store_key;             ///< that it has
};

class Link {
  public:
    /// `reader` is a connection to the terminal's database for the link alone.
    Link(LinkWay way, TerminalState durable, StoreThread& store, Database reader,
         LinkEvents events);
    /// Closes the line and waits for its thread. The store thread must still run.
    ~Link();
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    /// An op was committed. Any thread.
    void appended(const LogState& log);
    /// Asks for a basket that another till holds; `claimed` answers. Any thread.
    void claim_hold(std::int64_t id, std::string hold);
    /// Asks for what only the server knows; `figures` answers, if there is a server. Any thread.
    void ask_figures(std::int64_t id, std::string block);
    /// Asks for a code for another terminal, for entries of the journal, for a customer's number,
    /// in the name of a person; the event of the same name answers, if there is a server. Any
    /// thread.
    void ask(Message question);

    class Impl;

  private:
    std::shared_ptr<Impl> impl_;
};

}  // namespace fangxin::sync
