#include "drivers/printers/print_worker.hpp"

#include "drivers/printers/escpos_again.hpp"

#include <algorithm>
#include <utility>

namespace fangxin::drivers {

PrintWorker::PrintWorker(std::unique_ptr<PrinterOutput> output, PrintQueue queue,
                         const PrintRetry& retry)
    : output_(std::move(output)),
      queue_(std::move(queue)),
      retry_(retry),
      delay_(retry.first),
      thread_([this] { run(); }) {}

PrintWorker::~PrintWorker() { stop(); }

void PrintWorker::notify() {
    {
        std::lock_guard lock(mutex_);
        notified_ = true;
    }
    wake_.notify_one();
}

void PrintWorker::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    output_->cancel();
    wake_.notify_one();
    std::call_once(joined_, [this] { thread_.join(); });
}

bool PrintWorker::stopping() {
    std::lock_guard lock(mutex_);
    return stopping_;
}

void PrintWorker::run() {
    while (!stopping()) {
        if (auto job = queue_.next_job()) {
            print(*job);
        } else {
            idle();
        }
    }
}

void PrintWorker::idle() {
    if (!queue_.on_status) return sleep(std::nullopt);
    watch();
    auto left = next_watch_ - std::chrono::steady_clock::now();
    sleep(std::chrono::ceil<std::chrono::milliseconds>(std::max(left, left.zero())));
}

/// A printer that does not answer is trusted, and asked rarely: each question costs its time-out.
void PrintWorker::watch() {
    if (std::chrono::steady_clock::now() < next_watch_) return;
    PrinterStatus status = output_->status();
    bool tells = status.known || status.gone;
    next_watch_ = std::chrono::steady_clock::now() + (tells ? retry_.watch : retry_.watch_mute);
    if (stopping() || status == seen_) return;
    seen_ = status;
    queue_.on_status(status);
}

Result<void> PrintWorker::put_on_paper(const PrintJob& job) {
    auto begins = [this, &job] {
        begun_ = job.id;
        if (queue_.begins) queue_.begins(job.id);
    };
    if (!job.begun && job.id != begun_) return output_->print(job.id, job.bytes, begins);
    return output_->print(job.id, printed_again(job.bytes), begins);
}

void PrintWorker::print(const PrintJob& job) {
    if (job.id == printed_) {
        queue_.done(job.id);
        return back_off();
    }
    auto printed = put_on_paper(job);
    if (printed) {
        delay_ = retry_.first;
        printed_ = job.id;
        queue_.done(job.id);
        return;
    }
    if (stopping()) return;
    queue_.failed(job.id, printed.error());
    if (lacks_paper(printed.error())) open_drawers(job);
    back_off();
}

/// Without paper the customers' change does not wait: the drawers of this job and of those behind
/// it. Each job is looked at once; what cannot be opened now is not opened hours later either.
void PrintWorker::open_drawers(const PrintJob& first) {
    if (drawers_ < first.id) open_drawer(first);
    if (!queue_.job_after) return;
    while (auto job = queue_.job_after(drawers_)) {
        if (stopping()) return;
        open_drawer(*job);
    }
}

void PrintWorker::open_drawer(const PrintJob& job) {
    drawers_ = job.id;
    if (!job.from_before) (void)output_->open_drawer(job.id, job.bytes);
}

void PrintWorker::back_off() {
    sleep(delay_);
    delay_ = std::min(delay_ * 2, retry_.longest);
}

/// A notify() from before the sleep counts: the job that it told of may have come after next_job().
void PrintWorker::sleep(std::optional<std::chrono::milliseconds> limit) {
    std::unique_lock lock(mutex_);
    auto woken = [this] { return notified_ || stopping_; };
    if (limit) {
        wake_.wait_for(lock, *limit, woken);
    } else {
        wake_.wait(lock, woken);
    }
    notified_ = false;
}

}  // namespace fangxin::drivers
