#include "sync/server/shared_feed.hpp"

#include "sync/frame.hpp"

#include <algorithm>

namespace fangxin::sync {

namespace {

constexpr std::size_t readings_kept = 16;  // of rows and of blocks; 256 KiB of JSON each
constexpr std::size_t frames_kept = 8;     // of a reading

template <class Reading>
void keep(std::deque<Reading>& readings, Reading reading) {
    readings.push_front(std::move(reading));
    if (readings.size() > readings_kept) readings.pop_back();
}

}  // namespace

WrittenFrames::Told WrittenFrames::told(const Message& message) {
    if (const auto* rows = std::get_if<RowsFrame>(&message)) {
        return {rows->from, rows->to, rows->blocks, rows->complete, rows->rows.size()};
    }
    const auto& blocks = std::get<BlocksFrame>(message);
    return {blocks.from, blocks.to, 0, blocks.complete, blocks.rows.size()};
}

/// Whoever stands further on gets the end of the reading, and an older program no deleted rows: so
/// the place and the number of rows say which they are.
std::string WrittenFrames::packed(const Message& message) {
    const Told asked = told(message);
    auto found = std::ranges::find(frames_, asked, &Written::told);
    if (found != frames_.end()) return found->frame;
    std::string frame = pack_frame(write_message(message));
    if (frames_.size() < frames_kept) frames_.push_back({asked, frame});
    return frame;
}

template <class Reading, class Asked>
const Reading* SharedFeed::find(const std::deque<Reading>& readings, const FeedAsker& asker,
                                const Asked& asked) {
    auto found = std::ranges::find_if(
        readings, [&](const Reading& each) { return serves(each, asker, asked); });
    return found == readings.end() ? nullptr : &*found;
}

/// Also whoever stands further on, if the reading tells it where that ends.
bool SharedFeed::serves(const BlocksReading& reading, const FeedAsker& asker,
                        const ServerPeer::LoadBlocks& asked) {
    const LoadedBlocks& loaded = reading.loaded;
    if (loaded.at.server_epoch != asker.server_epoch || loaded.at.newest < asker.newest_ver)
        return false;
    if (asked.after == loaded.from) return true;
    if (asked.after < loaded.from || !loaded.complete) return false;
    return loaded.row_vers.empty() ? asked.after <= loaded.to
                                   : asked.after < loaded.row_vers.back();
}

SharedFeed::GivenBlocks SharedFeed::given(const BlocksReading& reading,
                                          const ServerPeer::LoadBlocks& asked) {
    GivenBlocks given{reading.loaded, reading.written};
    const auto& vers = reading.loaded.row_vers;
    const auto passed = std::ranges::upper_bound(vers, asked.after) - vers.begin();
    given.frame.from = asked.after;
    given.frame.rows.erase(given.frame.rows.begin(), given.frame.rows.begin() + passed);
    given.frame.vers.erase(given.frame.vers.begin(), given.frame.vers.begin() + passed);
    return given;
}

Result<SharedFeed::GivenBlocks> SharedFeed::blocks(const FeedAsker& asker,
                                                   const ServerPeer::LoadBlocks& asked) {
    if (const BlocksReading* known = find(blocks_, asker, asked)) return given(*known, asked);
    ++readings_;
    auto loaded = load_blocks(reader_, asked.after);
    if (!loaded) return tl::unexpected(loaded.error());
    BlocksReading reading{std::move(*loaded), std::make_shared<WrittenFrames>()};
    GivenBlocks answer = given(reading, asked);
    if (serves(reading, asker, asked)) keep(blocks_, std::move(reading));
    return answer;
}

/// Whoever begins is not told of deleted rows. A frame that was full ends before what was asked
/// for.
bool SharedFeed::serves(const RowsReading& reading, const FeedAsker& asker,
                        const ServerPeer::LoadRows& asked) {
    const LoadedRows& loaded = reading.loaded;
    if (loaded.at.server_epoch != asker.server_epoch || loaded.at.newest < asked.up_to)
        return false;
    if (asked.after > 0 && asked.without_deleted < loaded.at.forgotten) return false;
    if (reading.role != asker.role || reading.asked.up_to != asked.up_to ||
        reading.asked.for_mark != asked.for_mark)
        return false;
    if (asked.after == reading.asked.after) return true;
    return reading.asked.after > 0 && reading.asked.after < asked.after && loaded.to == asked.up_to;
}

SharedFeed::GivenRows SharedFeed::given(const RowsReading& reading,
                                        const ServerPeer::LoadRows& asked) {
    const std::vector<RowEntry>& rows = reading.loaded.rows;
    GivenRows given{{.from = asked.after,
                     .to = reading.loaded.to,
                     .blocks = reading.loaded.blocks,
                     .complete = reading.loaded.complete,
                     .branch = reading.loaded.branch},
                    reading.loaded.is_clean,
                    reading.written};
    given.frame.rows.assign(std::ranges::upper_bound(rows, asked.after, {}, &RowEntry::ver),
                            rows.end());
    return given;
}

Result<SharedFeed::GivenRows> SharedFeed::rows(const FeedAsker& asker,
                                               const ServerPeer::LoadRows& asked) {
    if (const RowsReading* known = find(rows_, asker, asked)) return given(*known, asked);
    ++readings_;
    auto loaded = load_rows(reader_, asker.role, asked);
    if (!loaded) return tl::unexpected(loaded.error());
    RowsReading reading{asker.role, asked, std::move(*loaded), std::make_shared<WrittenFrames>()};
    GivenRows answer = given(reading, asked);
    if (serves(reading, asker, asked)) keep(rows_, std::move(reading));
    return answer;
}

void SharedFeed::forget() {
    blocks_.clear();
    rows_.clear();
}

}  // namespace fangxin::sync
