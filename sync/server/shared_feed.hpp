// The feed of all terminals of a server: what many ask for at once, as a whole store does after a
// change, is read, written and packed once. Lives on the socket thread.
//
// A reading is no newer when it is given the second time, and need not be: versions only grow, so
// what was written since comes behind it. But it must reach what the terminal was told of, and be
// of the book that it was welcomed to.
#pragma once

#include "sync/server/feed.hpp"

#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace fangxin::sync {

/// What one reading became on the wire: terminals that are told the same are sent the same bytes.
class WrittenFrames {
  public:
    /// The frame of this message, made of that reading and nothing else.
    std::string packed(const Message& message);

  private:
    /// In what frames of one reading can differ: where the terminal stands, and what it is told.
    struct Told {
        std::int64_t from = 0;
        std::int64_t to = 0;
        std::int64_t blocks = 0;
        bool complete = false;
        std::size_t rows = 0;
        bool operator==(const Told&) const = default;
    };
    static Told told(const Message& message);
    struct Written {
        Told told;
        std::string frame;
    };
    std::vector<Written> frames_;
};

/// Whoever asks, and what it was told of: ServerPeer knows.
struct FeedAsker {
    std::string role;
    std::int64_t server_epoch = 0;
    std::int64_t newest_ver = 0;
};

class SharedFeed {
  public:
    explicit SharedFeed(Database& reader) : reader_(reader) {}

    struct GivenBlocks {
        BlocksFrame frame;
        std::shared_ptr<WrittenFrames> written;
    };
    /// Codes of load_blocks().
    Result<GivenBlocks> blocks(const FeedAsker& asker, const ServerPeer::LoadBlocks& asked);

    struct GivenRows {
        RowsFrame frame;
        bool is_clean = true;
        std::shared_ptr<WrittenFrames> written;
    };
    /// Codes of load_rows().
    Result<GivenRows> rows(const FeedAsker& asker, const ServerPeer::LoadRows& asked);

    /// Called now and then: nothing is kept that nobody asks for.
    void forget();

    /// How often the book was read.
    std::int64_t readings() const { return readings_; }

  private:
    struct BlocksReading {
        LoadedBlocks loaded;
        std::shared_ptr<WrittenFrames> written;
    };
    struct RowsReading {
        std::string role;
        ServerPeer::LoadRows asked;
        LoadedRows loaded;
        std::shared_ptr<WrittenFrames> written;
    };
    static bool serves(const BlocksReading& reading, const FeedAsker& asker,
                       const ServerPeer::LoadBlocks& asked);
    static bool serves(const RowsReading& reading, const FeedAsker& asker,
                       const ServerPeer::LoadRows& asked);
    static GivenBlocks given(const BlocksReading& reading, const ServerPeer::LoadBlocks& asked);
    static GivenRows given(const RowsReading& reading, const ServerPeer::LoadRows& asked);
    template <class Reading, class Asked>
    static const Reading* find(const std::deque<Reading>& readings, const FeedAsker& asker,
                               const Asked& asked);

    Database& reader_;
    std::deque<BlocksReading> blocks_;  // the newest first, each a frame's worth at most
    std::deque<RowsReading> rows_;
    std::int64_t readings_ = 0;
};

}  // namespace fangxin::sync
