#include "drivers/printers/print_worker.hpp"

#include "drivers/printers/escpos_again.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <fmt/format.h>
#include <functional>
#include <gtest/gtest.h>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace fangxin::drivers {
namespace {

using namespace std::literals;

/// Everything that happens, in order, for the test to wait for.
class Diary {
  public:
    void write(const std::string& event) {
        std::lock_guard lock(mutex_);
        events_.push_back(event);
        changed_.notify_all();
    }
    /// The events so far, once the last of them is `event`, or after ten seconds.
    std::string until(const std::string& event) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, 10s, [&] { return !events_.empty() && events_.back() == event; });
        std::string text;
        for (const std::string& each : events_)
            text += each + " ";
        return text;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> events_;
};

/// Fails as often as it is told, then prints.
class FakeOutput : public PrinterOutput {
  public:
    /// `midway`: each failure is one in the middle of the job.
    FakeOutput(Diary& diary, int failures, bool midway = false, std::string code = "printer_gone")
        : diary_(diary), failures_(failures), midway_(midway), code_(std::move(code)) {}

    Result<void> print(std::string_view job_id, std::string_view bytes,
                       const std::function<void()>& begins) override {
        diary_.write("print-" + std::string(job_id) + "-" + std::string(bytes));
        if (failures_ <= 0 || midway_) begins();
        if (failures_-- > 0) return failure(code_);
        return {};
    }
    Result<void> open_drawer(std::string_view job_id, std::string_view) override {
        diary_.write("drawer-" + std::string(job_id));
        return {};
    }
    Answers answers() const override { return Answers::yes; }
    PrinterStatus status() override {
        PrinterStatus status;
        status.known = asked_ < 4;
        status.paper_low = asked_ == 2;
        diary_.write(fmt::format("asked-{}", ++asked_));
        return status;
    }
    void cancel() override {}

  private:
    Diary& diary_;
    int failures_;
    bool midway_;
    std::string code_;
    int asked_ = 0;
};

/// Hangs until it is cancelled, like a printer that takes no bytes.
class HangingOutput : public PrinterOutput {
  public:
    explicit HangingOutput(Diary& diary) : diary_(diary) {}

    Result<void> print(std::string_view, std::string_view, const std::function<void()>&) override {
        diary_.write("hangs");
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [&] { return cancelled_; });
        return failure("cancelled");
    }
    Answers answers() const override { return Answers::no; }
    PrinterStatus status() override { return {}; }
    void cancel() override {
        std::lock_guard lock(mutex_);
        cancelled_ = true;
        wake_.notify_all();
    }

  private:
    Diary& diary_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool cancelled_ = false;
};

class Queue {
  public:
    explicit Queue(Diary& diary) : diary_(diary) {}

    void push(PrintJob job) {
        std::lock_guard lock(mutex_);
        jobs_.push_back(std::move(job));
    }
    std::size_t size() {
        std::lock_guard lock(mutex_);
        return jobs_.size();
    }
    PrintQueue callbacks() {
        return {.next_job = [this]() -> std::optional<PrintJob> {
                    std::lock_guard lock(mutex_);
                    return jobs_.empty() ? std::nullopt : std::optional(jobs_.front());
                },
                .done =
                    [this](const std::string& id) {
                        {
                            std::lock_guard lock(mutex_);
                            EXPECT_EQ(jobs_.front().id, id);
                            jobs_.pop_front();
                        }
                        diary_.write("done-" + id);
                    },
                .failed = [this](const std::string& id,
                                 const Error& error) { diary_.write(error.code + "-" + id); }};
    }

  private:
    Diary& diary_;
    std::mutex mutex_;
    std::deque<PrintJob> jobs_;
};

TEST(PrintWorker, PrintsWhatIsWaitingInOrder) {
    Diary diary;
    Queue queue(diary);
    queue.push({"1", "a"});
    queue.push({"2", "b"});
    PrintWorker worker(std::make_unique<FakeOutput>(diary, 0), queue.callbacks());
    EXPECT_EQ(diary.until("done-2"), "print-1-a done-1 print-2-b done-2 ");
}

TEST(PrintWorker, WakesForAJobThatComesLater) {
    Diary diary;
    Queue queue(diary);
    PrintWorker worker(std::make_unique<FakeOutput>(diary, 0), queue.callbacks());
    for (std::string id : {"1", "2", "3"}) {
        queue.push({id, "x"});
        worker.notify();
        EXPECT_TRUE(diary.until("done-" + id).ends_with("done-" + id + " "));
    }
}

TEST(PrintWorker, TriesAgainUntilThePrinterIsBackAndKeepsTheOrder) {
    Diary diary;
    Queue queue(diary);
    queue.push({"1", "a"});
    queue.push({"2", "b"});
    PrintWorker worker(std::make_unique<FakeOutput>(diary, 3), queue.callbacks(), {1ms, 2ms});
    EXPECT_EQ(diary.until("done-2"),
              "print-1-a printer_gone-1 print-1-a printer_gone-1 print-1-a printer_gone-1 "
              "print-1-a done-1 print-2-b done-2 ");
}

/// A job whose text says what it is; the pulse in front of it opens the drawer.
const std::string real_job = "\x1B\x40\x1Bp0\x19\xFAreceipt\n";

// SALE-7
TEST(PrintWorker, AJobThatBrokeOffIsPrintedAgainAsACopyWithoutThePulse) {
    Diary diary;
    Queue queue(diary);
    queue.push({"1", real_job});
    queue.push({"2", real_job});
    PrintWorker worker(std::make_unique<FakeOutput>(diary, 1, true), queue.callbacks(), {1ms, 2ms});
    std::string events = diary.until("done-2");
    std::string copy = printed_again(real_job);
    EXPECT_NE(copy, real_job);
    EXPECT_EQ(events, "print-1-" + real_job + " printer_gone-1 print-1-" + copy +
                          " done-1 print-2-" + real_job + " done-2 ");
}

TEST(PrintWorker, AJobThatNeverBeganIsNoCopy) {
    Diary diary;
    Queue queue(diary);
    queue.push({"1", real_job});
    PrintWorker worker(std::make_unique<FakeOutput>(diary, 2), queue.callbacks(), {1ms, 2ms});
    EXPECT_EQ(diary.until("done-1").find(printed_again(real_job)), std::string::npos);
}

TEST(PrintWorker, AJobBegunBeforeARestartIsACopyAndTheQueueHearsOfEachBeginning) {
    Diary diary;
    Queue queue(diary);
    queue.push({"1", real_job, true});
    PrintQueue callbacks = queue.callbacks();
    callbacks.begins = [&](const std::string& id) { diary.write("begins-" + id); };
    PrintWorker worker(std::make_unique<FakeOutput>(diary, 0), callbacks);
    EXPECT_EQ(diary.until("done-1"), "print-1-" + printed_again(real_job) + " begins-1 done-1 ");
}

// A second customer got no change while the first one's receipt waited for paper.
TEST(PrintWorker, WithoutPaperTheDrawersOfTheJobsThatWaitOpenOnceEach) {
    Diary diary;
    Queue queue(diary);
    for (const char* id : {"1", "2", "3"})
        queue.push({id, "x"});
    PrintQueue callbacks = queue.callbacks();
    callbacks.job_after = [](const std::string& id) -> std::optional<PrintJob> {
        if (id >= "3") return std::nullopt;
        return PrintJob{std::string(1, static_cast<char>(id[0] + 1)), "x"};
    };
    PrintWorker worker(std::make_unique<FakeOutput>(diary, 2, false, "paper_out"), callbacks,
                       {1ms, 1ms});
    EXPECT_EQ(
        diary.until("done-3"),
        "print-1-x paper_out-1 drawer-1 drawer-2 drawer-3 print-1-x paper_out-1 print-1-x done-1 "
        "print-2-x done-2 print-3-x done-3 ");
}

// After a power cut with no paper the drawers of all that waited opened, with nobody there.
TEST(PrintWorker, TheDrawerOfAJobFromBeforeARestartWaitsForThePaper) {
    Diary diary;
    Queue queue(diary);
    queue.push({.id = "1", .bytes = "x", .from_before = true});
    queue.push({.id = "2", .bytes = "x", .from_before = true});
    queue.push({"3", "x"});
    PrintQueue callbacks = queue.callbacks();
    callbacks.job_after = [](const std::string& id) -> std::optional<PrintJob> {
        if (id == "1") return PrintJob{.id = "2", .bytes = "x", .from_before = true};
        if (id == "2") return PrintJob{"3", "x"};
        return std::nullopt;
    };
    PrintWorker worker(std::make_unique<FakeOutput>(diary, 1, false, "paper_out"), callbacks,
                       {1ms, 1ms});
    EXPECT_EQ(diary.until("done-3"),
              "print-1-x paper_out-1 drawer-3 print-1-x done-1 print-2-x done-2 print-3-x done-3 ");
}

// The paper is told of before a customer pays; one that does not answer is asked rarely.
TEST(PrintWorker, AnIdlePrinterIsAskedAndEachChangeTold) {
    Diary diary;
    Queue queue(diary);
    PrintQueue callbacks = queue.callbacks();
    callbacks.on_status = [&](const PrinterStatus& status) {
        diary.write(status.known ? "says-" + status_code(status) : "mute");
    };
    PrintWorker worker(std::make_unique<FakeOutput>(diary, 0), callbacks,
                       {.watch = 1ms, .watch_mute = 1h});
    EXPECT_EQ(diary.until("mute"),
              "asked-1 says- asked-2 asked-3 says-paper_low asked-4 says- asked-5 mute ");
    queue.push({"1", "a"});
    worker.notify();
    EXPECT_TRUE(diary.until("done-1").ends_with("mute print-1-a done-1 "));
}

TEST(PrintWorker, NotifyTriesAgainWithoutWaiting) {
    Diary diary;
    Queue queue(diary);
    queue.push({"1", "a"});
    PrintWorker worker(std::make_unique<FakeOutput>(diary, 1), queue.callbacks(), {1h, 1h});
    diary.until("printer_gone-1");
    worker.notify();
    EXPECT_TRUE(diary.until("done-1").ends_with("done-1 "));
}

TEST(PrintWorker, AQueueThatCannotForgetAJobCostsNoSecondCopy) {
    Diary diary;
    int forgets = 3;
    PrintQueue queue{.next_job = [&]() -> std::optional<PrintJob> {
                         if (forgets == 0) return std::nullopt;
                         return PrintJob{"1", "a"};
                     },
                     .done =
                         [&](const std::string& id) {
                             --forgets;
                             diary.write(forgets == 0 ? "done-" + id : "disk-full");
                         },
                     .failed = [](const std::string&, const Error&) {}};
    PrintWorker worker(std::make_unique<FakeOutput>(diary, 0), queue, {1ms, 1ms});
    EXPECT_EQ(diary.until("done-1"), "print-1-a disk-full disk-full done-1 ");
}

TEST(PrintWorker, StopsWhileThePrinterHangsAndKeepsTheJob) {
    Diary diary;
    Queue queue(diary);
    queue.push({"1", "a"});
    PrintWorker worker(std::make_unique<HangingOutput>(diary), queue.callbacks());
    diary.until("hangs");
    worker.stop();
    worker.stop();
    EXPECT_EQ(diary.until("hangs"), "hangs ");
    EXPECT_EQ(queue.size(), 1U);
}

TEST(PrintWorker, StopsWhileItWaitsForTheNextTryOrForAJob) {
    Diary diary;
    Queue queue(diary);
    { PrintWorker idle(std::make_unique<FakeOutput>(diary, 0), queue.callbacks()); }
    queue.push({"1", "a"});
    PrintWorker waiting(std::make_unique<FakeOutput>(diary, 1), queue.callbacks(), {1h, 1h});
    diary.until("printer_gone-1");
    waiting.stop();
    EXPECT_EQ(queue.size(), 1U);
}

}  // namespace
}  // namespace fangxin::drivers
