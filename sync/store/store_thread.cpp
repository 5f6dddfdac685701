#include "sync/store/store_thread.hpp"

#include "domain/check.hpp"

namespace fangxin::sync {

namespace {
// About 4 MiB of write-ahead log: a checkpoint of it takes some milliseconds on a till's disk.
constexpr std::int64_t changes_per_checkpoint = 20'000;
}  // namespace

StoreThread::StoreThread(Database writer)
    : writer_(std::move(writer)), thread_([this] { loop(); }) {}

StoreThread::~StoreThread() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void StoreThread::submit(Priority priority, std::function<void(Database&)> work) {
    {
        std::lock_guard lock(mutex_);
        queues_[static_cast<std::size_t>(priority)].push_back(std::move(work));
    }
    wake_.notify_one();
}

bool StoreThread::take(std::function<void(Database&)>& work) {
    std::unique_lock lock(mutex_);
    while (true) {
        for (auto& queue : queues_) {
            if (queue.empty()) continue;
            work = std::move(queue.front());
            queue.pop_front();
            return true;
        }
        if (stopping_) return false;
        wake_.wait(lock);
    }
}

void StoreThread::loop() {
    std::function<void(Database&)> work;
    while (take(work)) {
        work(writer_);
        work = nullptr;
        // A statement left open keeps an old snapshot: a recalled item was once sold that way.
        FANGXIN_CHECK(writer_.busy_statements() == 0);
        if (writer_.changes() - changes_at_checkpoint_ > changes_per_checkpoint) {
            changes_at_checkpoint_ = writer_.changes();
            submit(Priority::checkpoint, [](Database& database) { database.checkpoint(); });
        }
    }
    writer_.checkpoint();
}

}  // namespace fangxin::sync
