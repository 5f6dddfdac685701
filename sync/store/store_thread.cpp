#include "sync/store/store_thread.hpp"

#include "domain/check.hpp"

namespace fangxin::sync {

StoreThread::StoreThread(Database writer, std::int64_t checkpoint_pages)
    : writer_(std::move(writer)),
      checkpoint_pages_(checkpoint_pages),
      thread_([this] { loop(); }) {}

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

/// What a terminal journalled comes as an acknowledgement's work, and a recall may be among it.
bool StoreThread::take_urgent(std::function<void(Database&)>& work) {
    std::lock_guard lock(mutex_);
    for (Priority priority : {Priority::sale, Priority::block, Priority::acknowledgement}) {
        auto& queue = queues_[static_cast<std::size_t>(priority)];
        if (queue.empty()) continue;
        work = std::move(queue.front());
        queue.pop_front();
        return true;
    }
    return false;
}

void StoreThread::run_one(std::function<void(Database&)>& work) {
    work(writer_);
    work = nullptr;
    // A statement left open keeps an old snapshot: a recalled item was once sold that way.
    FANGXIN_CHECK(writer_.busy_statements() == 0);
    plan_checkpoint();
}

void StoreThread::let_pass() {
    FANGXIN_CHECK(std::this_thread::get_id() == thread_.get_id());
    plan_checkpoint();  // for what the long work wrote itself
    std::function<void(Database&)> work;
    while (take_urgent(work))
        run_one(work);
}

void StoreThread::loop() {
    std::function<void(Database&)> work;
    while (take(work))
        run_one(work);
    writer_.checkpoint();
}

/// Asked for once it is due, and once more ahead of all but sales and blocks when it is overdue.
void StoreThread::plan_checkpoint() {
    std::int64_t pages = writer_.log_pages();
    if (pages < pages_at_checkpoint_) pages_at_checkpoint_ = 0;  // the log began anew
    std::int64_t grown = pages - pages_at_checkpoint_;
    Planned wanted = grown >= checkpoint_pages_ * 3 / 2 ? Planned::at_once
                     : grown >= checkpoint_pages_       ? Planned::when_idle
                                                        : Planned::no;
    if (wanted <= planned_) return;
    planned_ = wanted;
    auto work = [this](Database& database) {
        if (planned_ == Planned::no) return;  // the other one came first
        planned_ = Planned::no;
        database.checkpoint();
        pages_at_checkpoint_ = database.log_pages();
    };
    submit(wanted == Planned::at_once ? Priority::acknowledgement : Priority::checkpoint, work);
}

}  // namespace fangxin::sync
