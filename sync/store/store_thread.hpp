// The one thread that owns the writer connection: every write and every checkpoint of a program
// happens here, in the order sale > block > acknowledgement > bulk > checkpoint, so that a sale
// waits for at most the one piece of work that runs. Any thread may submit.
#pragma once

#include "sync/store/database.hpp"

#include <array>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

namespace fangxin::sync {

/// Pages of the write-ahead log after which a checkpoint is due. About 4 MiB: it takes some
/// milliseconds on a till's disk. Counted in pages and not in rows: a transaction of one row writes
/// a page or more, and every page that a reader wants is looked for in the whole log first.
inline constexpr std::int64_t pages_per_checkpoint = 1000;
/// Half as many again, at which it no longer waits for other work: an import or a first snapshot
/// keeps the queue full for seconds, and the log grew by all of it.
inline constexpr std::int64_t pages_overdue = pages_per_checkpoint * 3 / 2;
/// A server's: of an upload each frame writes some hundred pages, and most of them again in the
/// next one.
inline constexpr std::int64_t server_pages_per_checkpoint = 2000;

enum class Priority { sale, block, acknowledgement, bulk, checkpoint };

class StoreThread {
  public:
    explicit StoreThread(Database writer, std::int64_t checkpoint_pages = pages_per_checkpoint);
    /// Finishes what was submitted, then checkpoints and closes.
    ~StoreThread();
    StoreThread(const StoreThread&) = delete;
    StoreThread& operator=(const StoreThread&) = delete;

    /// Runs `work` soon; it must not wait for other work of this thread.
    void submit(Priority priority, std::function<void(Database&)> work);

    /// For work that takes long, between two of its transactions: runs what waits ahead of bulk
    /// work (sales, blocks, what terminals journalled, a checkpoint that is overdue). What was read
    /// before may have changed after it. Only from within work, on the thread itself.
    void let_pass();

    /// Runs `work` and waits for its answer.
    template <class Work>
    auto run(Priority priority, Work work) -> decltype(work(std::declval<Database&>())) {
        using Answer = decltype(work(std::declval<Database&>()));
        std::promise<Answer> promise;
        auto answer = promise.get_future();
        submit(priority, [&promise, &work](Database& database) {
            if constexpr (std::is_void_v<Answer>) {
                work(database);
                promise.set_value();
            } else {
                promise.set_value(work(database));
            }
        });
        return answer.get();
    }

  private:
    enum class Planned { no, when_idle, at_once };

    void loop();
    void plan_checkpoint();
    bool take(std::function<void(Database&)>& work);
    bool take_urgent(std::function<void(Database&)>& work);
    void run_one(std::function<void(Database&)>& work);

    Database writer_;
    const std::int64_t checkpoint_pages_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::array<std::deque<std::function<void(Database&)>>, 5> queues_;
    bool stopping_ = false;
    Planned planned_ = Planned::no;  // these two: the thread's own
    std::int64_t pages_at_checkpoint_ = 0;
    std::thread thread_;
};

}  // namespace fangxin::sync
