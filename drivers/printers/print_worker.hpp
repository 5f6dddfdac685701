// Prints jobs one after the other, on a thread of its own, for as long as it takes: while the
// printer is off, out of paper or unplugged it tries again and again and drops nothing. The queue
// is the caller's (durable, in the terminal's database); the worker keeps no job.
//
// What "printed once" means. The printer has a job when print() returned; the queue knows it when
// done() returned. If it fails in between, or after a part of the job went out, the whole job is
// printed again, headed 重印 and without its drawer pulse (escpos_again.hpp): a second copy costs
// paper, a lost receipt costs the customer his proof, and two unmarked originals cost the shop a
// return too many. A queue that keeps what begins() tells it marks the copy after a restart too.
// What the printer had only in its memory when *its* power failed is lost if it had taken the whole
// job: no ESC/POS printer tells.
//
// Between jobs it asks the printer how it is, so that a cashier hears of the paper before the
// customer pays.
#pragma once

#include "domain/result.hpp"
#include "drivers/printers/printer.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace fangxin::drivers {

struct PrintJob {
    std::string id;  ///< never used twice, ascending: a reprint is a job of its own
    std::string bytes;
    bool begun = false;  ///< a part may be on paper from before a restart: printed as a copy
    /// It waits from before a restart: its drawer may have opened, and its customer has gone. It
    /// opens with the paper, when somebody is there, and not without.
    bool from_before = false;
};

/// The caller's queue. All three are called on the worker's thread, one at a time; they must not
/// call stop().
struct PrintQueue {
    /// The oldest job that is not done, without taking it out: it is given again until done(id),
    /// and another one only if the owner withdrew it. None: the worker sleeps until notify().
    std::function<std::optional<PrintJob>()> next_job;
    /// Takes the job out. If it could not (a full disk) and the job is given again, it is not
    /// printed again: done() is called again, with the pauses of a failure.
    std::function<void(const std::string& id)> done;
    /// After each failed try, the first and the hundredth: for the printer's light and a fault
    /// ticket. Codes as in printer.hpp; never `cancelled`.
    std::function<void(const std::string& id, const Error& error)> failed;
    /// May be left out. The oldest job behind this one: while a printer has no paper, or its cover
    /// is open, the drawers of the sales that wait behind the first job open all the same.
    std::function<std::optional<PrintJob>(const std::string& id)> job_after;
    /// May be left out. The first byte of this job is about to go out.
    std::function<void(const std::string& id)> begins;
    /// May be left out; then nothing is asked. What the idle printer says, once and at each change:
    /// status_code() has the word for it.
    std::function<void(const PrinterStatus& status)> on_status;
};

struct PrintRetry {
    std::chrono::milliseconds first{200};  ///< doubled at each failure
    std::chrono::milliseconds longest{5000};
    std::chrono::milliseconds watch{5000};        ///< between two questions to an idle printer
    std::chrono::milliseconds watch_mute{60000};  ///< to one that does not answer them
};

class PrintWorker {
  public:
    PrintWorker(std::unique_ptr<PrinterOutput> output, PrintQueue queue,
                const PrintRetry& retry = {});
    ~PrintWorker();
    PrintWorker(const PrintWorker&) = delete;
    PrintWorker& operator=(const PrintWorker&) = delete;

    /// There may be a new job, or someone wants another try now. Any thread.
    void notify();

    /// Ends within a few milliseconds, also while a printer stalls; the job in hand stays in the
    /// queue. Any thread but the worker's.
    void stop();

  private:
    void run();
    void print(const PrintJob& job);
    Result<void> put_on_paper(const PrintJob& job);
    void open_drawers(const PrintJob& first);
    void open_drawer(const PrintJob& job);
    void idle();
    void watch();
    void back_off();
    void sleep(std::optional<std::chrono::milliseconds> limit);
    bool stopping();

    std::unique_ptr<PrinterOutput> output_;
    PrintQueue queue_;
    PrintRetry retry_;
    std::chrono::milliseconds delay_;
    std::optional<std::string> printed_;  ///< the last job that is on paper
    std::optional<std::string> begun_;    ///< the last job that a part may be on paper of
    std::string drawers_;                 ///< the last job that was looked at for its drawer
    std::optional<PrinterStatus> seen_;   ///< what on_status() heard last
    std::chrono::steady_clock::time_point next_watch_;

    std::mutex mutex_;
    std::condition_variable wake_;
    bool notified_ = false;
    bool stopping_ = false;
    std::once_flag joined_;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace fangxin::drivers
