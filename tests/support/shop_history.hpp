// A made-up history of a shop out of a seed: what terminals send, in order or torn, doubled and
// under wrong numbers, and what is done at the server meanwhile. The same seed gives the same
// steps, whoever takes them. Tests only.
#pragma once

#include "sync/messages.hpp"
#include "sync/ops.hpp"
#include "sync/server_peer.hpp"
#include "sync/terminal_journal.hpp"

#include <random>
#include <string>
#include <variant>
#include <vector>

namespace fangxin::sync::testing {

struct SendFrame {
    ServerPeer::Ingest ingest;
    std::string role;
};
struct SayHello {
    Hello hello;
};
struct ClaimBasket {
    ServerPeer::Claim claim;
};
struct ActAtServer {
    OpDraft draft;
};
struct TakeFolder {
    std::string items_csv;
    std::string batches_csv;
};
/// As at a start of the server.
struct PrepareAgain {};
struct DeleteHold {};
using HistoryStep = std::variant<SendFrame, SayHello, ClaimBasket, ActAtServer, TakeFolder,
                                 PrepareAgain, DeleteHold>;

class ShopHistory {
  public:
    explicit ShopHistory(std::uint32_t seed);

    HistoryStep next();
    /// What a server has of this log now: the next frame goes on from there.
    void heard(std::string_view terminal, std::int64_t acked);

  private:
    struct Log {
        std::string terminal;
        std::string role;
        std::vector<std::string> bodies;
        std::vector<Hash> hashes;
        std::int64_t sent = 0;
    };

    std::int64_t pick(std::int64_t below) {
        return static_cast<std::int64_t>(random_() % static_cast<std::uint32_t>(below));
    }
    bool one_in(std::int64_t n) { return pick(n) == 0; }
    std::string item() { return "item-" + std::to_string(pick(4)); }
    std::string lot() { return "L" + std::to_string(pick(5)); }
    /// Of some item, at times of none.
    std::string batch();
    std::string person() { return std::to_string(1001 + pick(3)); }

    template <class Op>
    std::string data(std::string_view& kind, const Op& op) {
        kind = Declaration<Op>::name;
        return json_text(op);
    }
    Sale sale();
    std::string goods_op(std::string_view& kind);
    std::string block_op(std::string_view& kind);
    std::string till_op(std::string_view& kind);
    std::string equipment_op(std::string_view& kind);
    std::string body(const Log& log);
    std::string bad_body(const Log& log, std::int64_t seq);
    void append(Log& log);
    SendFrame frame(Log& log);

    std::mt19937 random_;
    std::vector<Log> logs_;
    std::int64_t minute_ = 0;
};

}  // namespace fangxin::sync::testing
