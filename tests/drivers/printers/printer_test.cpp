#include "drivers/printers/printer.hpp"

#include "tests/support/pty.hpp"
#include "tests/support/temp_dir.hpp"

#include <arpa/inet.h>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <future>
#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <mutex>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace fangxin::drivers {
namespace {

using namespace std::literals;

constexpr PrinterLimits quick{.connect = 500ms, .stall = 150ms, .answer = 50ms, .first = 50ms};

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

/// A printer on loopback whose behaviour is the test's; serves one connection after the other.
class FakePrinter {
  public:
    explicit FakePrinter(std::function<void(int connection)> serve) {
        listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* where = reinterpret_cast<sockaddr*>(&address);
        int small = 4096;  // so that a stalled printer is noticed after a small job
        ::setsockopt(listener_, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
        EXPECT_EQ(::bind(listener_, where, size), 0);
        EXPECT_EQ(::listen(listener_, 4), 0);
        EXPECT_EQ(::getsockname(listener_, where, &size), 0);
        target = fmt::format("tcp:127.0.0.1:{}", ntohs(address.sin_port));
        thread_ = std::thread([this, serve = std::move(serve)] {
            for (int connection; (connection = ::accept(listener_, nullptr, nullptr)) >= 0;) {
                serve(connection);
                ::close(connection);
            }
        });
    }
    ~FakePrinter() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    std::string target;

  private:
    int listener_ = -1;
    std::thread thread_;
};

/// Reads until the other side ends and answers questions: the answer to `10 04 n` is answers[n].
std::string read_and_answer(int connection, const std::map<int, std::string>& answers) {
    std::string seen;
    for (char byte = 0; ::recv(connection, &byte, 1, 0) == 1;) {
        seen += byte;
        std::size_t size = seen.size();
        if (size < 3 || seen[size - 3] != 0x10 || seen[size - 2] != 0x04) continue;
        auto answer = answers.find(byte);
        if (answer == answers.end()) continue;
        ::send(connection, answer->second.data(), answer->second.size(), MSG_NOSIGNAL);
    }
    return seen;
}

std::string outcome(const Result<void>& printed) { return printed ? "ok" : printed.error().code; }

std::string print_to(const std::string& target, std::string_view bytes,
                     const std::string& id = "7") {
    auto output = make_printer_output(target, quick);
    return output ? outcome((*output)->print(id, bytes, [] {})) : output.error().code;
}

/// The same, and whether any of it may be on paper.
std::string print_begun(const std::string& target, std::string_view bytes) {
    auto output = *make_printer_output(target, quick);
    bool begun = false;
    auto printed = output->print("7", bytes, [&] { begun = true; });
    return outcome(printed) + (begun ? " begun" : "");
}

TEST(Printer, RefusesATargetThatIsNone) {
    for (auto target :
         {"", "file:", "lpt1", "tcp:host", "tcp::9100", "tcp:host:http", "tcp:::1:9100"})
        EXPECT_EQ(print_to(target, "x"), "bad_target") << target;
}

TEST(Printer, AFolderGetsOneFilePerJobAndTheSameJobOnlyOnce) {
    tests::TempDir folder;
    EXPECT_EQ(print_to("file:" + folder.path().string(), "first"), "ok");
    EXPECT_EQ(print_to("file:" + folder.path().string(), "again"), "ok");
    EXPECT_EQ(print_to("file:" + folder.path().string(), "evil", "../8"), "ok");
    EXPECT_EQ(read(folder / "7.bin"), "again");
    EXPECT_EQ(read(folder / "___8.bin"), "evil");
    EXPECT_FALSE(std::filesystem::exists(folder / "7.bin.part"));
}

TEST(Printer, AFileGetsJobsOneAfterTheOther) {
    tests::TempDir folder;
    std::string target = "file:" + (folder / "all.bin").string();
    EXPECT_EQ(print_to(target, "one,"), "ok");
    EXPECT_EQ(print_to(target, "two"), "ok");
    EXPECT_EQ(read(folder / "all.bin"), "one,two");
    EXPECT_EQ(print_to("file:" + (folder / "gone/x").string(), "x"), "printer_gone");
}

TEST(Printer, NobodyListeningIsAPrinterGone) {
    std::string target;
    {
        target = FakePrinter([](int) {}).target;
    }
    EXPECT_EQ(print_to(target, "job"), "printer_gone");
    EXPECT_EQ(print_to("usb:/dev/does-not-exist/lp*", "job"), "printer_gone");
    EXPECT_EQ(print_to("usb:/etc/hostname", "job"), "printer_error");
}

TEST(Printer, PrintsToAPrinterThatAnswersNothing) {
    std::promise<std::string> seen;
    FakePrinter printer([&](int connection) { seen.set_value(read_and_answer(connection, {})); });
    EXPECT_EQ(print_to(printer.target, "job"), "ok");
    EXPECT_EQ(seen.get_future().get(), "\x10\x04\x02job"s);
}

TEST(Printer, AsksBeforeAndAfterWhereThePrinterAnswers) {
    std::promise<std::string> seen;
    std::map<int, std::string> fine{{1, "\x12"}, {2, "\x13\x12"}, {3, "\x12"}, {4, "\x1E"}};
    FakePrinter printer([&](int connection) { seen.set_value(read_and_answer(connection, fine)); });
    EXPECT_EQ(print_to(printer.target, "job"), "ok");
    std::string questions = "\x10\x04\x02\x10\x04\x04\x10\x04\x03\x10\x04\x01";
    EXPECT_EQ(seen.get_future().get(), questions + "job" + questions);
}

TEST(Printer, SendsNothingToAPrinterThatCannotPrint) {
    struct Case {
        std::map<int, std::string> answers;
        std::string code;
    };
    for (const Case& one :
         {Case{{{2, "\x32"}}, "paper_out"}, Case{{{2, "\x16"}}, "cover_open"},
          Case{{{2, "\x52"}}, "printer_error"}, Case{{{2, "\x12"}, {4, "\x72"}}, "paper_out"},
          Case{{{2, "\x12"}, {4, "\x12"}, {3, "\x12"}, {1, "\x1A"}}, "printer_busy"}}) {
        std::promise<std::string> seen;
        FakePrinter printer(
            [&](int connection) { seen.set_value(read_and_answer(connection, one.answers)); });
        EXPECT_EQ(print_to(printer.target, "job"), one.code);
        EXPECT_EQ(seen.get_future().get().find("job"), std::string::npos) << one.code;
    }
}

TEST(Printer, PaperThatEndsDuringAJobIsTold) {
    FakePrinter printer([&](int connection) {
        std::string seen;
        for (char byte = 0; ::recv(connection, &byte, 1, 0) == 1;) {
            seen += byte;
            if (!seen.ends_with("\x10\x04"s + byte)) continue;
            bool printed = seen.find("job") != std::string::npos;
            std::string answer = printed && byte == 2 ? "\x32" : "\x12";
            ::send(connection, answer.data(), 1, MSG_NOSIGNAL);
        }
    });
    EXPECT_EQ(print_to(printer.target, "job"), "paper_out");
}

TEST(Printer, TellsWhetherAPartMayBeOnPaper) {
    FakePrinter no_paper([&](int connection) { read_and_answer(connection, {{2, "\x32"}}); });
    EXPECT_EQ(print_begun(no_paper.target, "job"), "paper_out");
    FakePrinter at_once([](int) {});
    EXPECT_EQ(print_begun(at_once.target, "job"), "printer_gone");
    FakePrinter mute([&](int connection) { read_and_answer(connection, {}); });
    EXPECT_EQ(print_begun(mute.target, "job"), "ok begun");
}

// A printer that takes a job and then says nothing more has perhaps printed half of it.
TEST(Printer, OneThatAnsweredBeforeTheJobAndNotAfterItIsGone) {
    FakePrinter printer([&](int connection) {
        std::string seen;
        for (char byte = 0; ::recv(connection, &byte, 1, 0) == 1;) {
            seen += byte;
            bool asked = seen.ends_with("\x10\x04"s + byte);
            if (asked && seen.find("job") == std::string::npos) ::send(connection, "\x12", 1, 0);
        }
    });
    EXPECT_EQ(print_begun(printer.target, "job"), "printer_gone begun");
}

// The socket took receipt after receipt of a printer that hung, and each counted as printed.
TEST(Printer, OneThatHasAnsweredIsNotTrustedWhenItIsSilent) {
    std::atomic<bool> hangs = false;
    std::atomic<int> bytes = 0;
    FakePrinter printer([&](int connection) {
        std::string seen;
        for (char byte = 0; ::recv(connection, &byte, 1, 0) == 1;) {
            seen += byte;
            ++bytes;
            if (!hangs && seen.ends_with("\x10\x04"s + byte)) ::send(connection, "\x12", 1, 0);
        }
    });
    auto output = *make_printer_output(printer.target, quick);
    EXPECT_EQ(output->answers(), Answers::unknown);
    EXPECT_EQ(outcome(output->print("1", "job", [] {})), "ok");
    EXPECT_EQ(output->answers(), Answers::yes);
    hangs = true;
    bool begun = false;
    EXPECT_EQ(outcome(output->print("2", "job", [&] { begun = true; })), "printer_gone");
    EXPECT_FALSE(begun);
    EXPECT_TRUE(output->status().gone);
    auto after_a_restart =
        *make_printer_output(printer.target, quick, PrinterLanguage::escpos, Answers::yes);
    EXPECT_EQ(outcome(after_a_restart->print("2", "job", [] {})), "printer_gone");
    hangs = false;
    EXPECT_EQ(outcome(output->print("2", "job", [] {})), "ok");
}

// With the paper out and an answer after 250 ms, a receipt counted as printed.
TEST(Printer, TheFirstAnswerMayBeLate) {
    FakePrinter printer([&](int connection) {
        std::string seen;
        int asked = 0;
        for (char byte = 0; ::recv(connection, &byte, 1, 0) == 1;) {
            seen += byte;
            if (seen.ends_with("\x10\x04"s + byte) && ++asked > 3)
                ::send(connection, "\x32", 1, MSG_NOSIGNAL);
        }
    });
    auto output = *make_printer_output(printer.target, {.answer = 20ms, .first = 10s});
    EXPECT_EQ(outcome(output->print("7", "job", [] {})), "paper_out");
}

const std::string cash_job = "\x1B\x40\x1Bp"s + '\0' + "\x19\xFAreceipt\n";
const std::string pulse_now = "\x10\x14\x01"s + '\0' + "\x01";

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size())
        ++found;
    return found;
}

// No paper, no change: the drawer stayed shut until somebody had put a roll in.
TEST(Printer, WithoutPaperItOpensTheDrawerOnceAndLeavesThePulseOutLater) {
    std::atomic<bool> no_paper = true;
    std::mutex mutex;
    std::string all;
    FakePrinter printer([&](int connection) {
        std::string seen;
        for (char byte = 0; ::recv(connection, &byte, 1, 0) == 1;) {
            seen += byte;
            std::lock_guard lock(mutex);
            all += byte;
            if (seen.ends_with("\x10\x04"s + byte))
                ::send(connection, no_paper ? "\x32" : "\x12", 1, MSG_NOSIGNAL);
        }
    });
    auto output = *make_printer_output(printer.target, quick);
    for (int tries = 0; tries < 3; ++tries) {
        EXPECT_EQ(outcome(output->print("1", cash_job, [] {})), "paper_out");
        EXPECT_EQ(outcome(output->open_drawer("1", cash_job)), "ok");
    }
    EXPECT_EQ(outcome(output->open_drawer("2", cash_job)), "ok");
    no_paper = false;
    EXPECT_EQ(outcome(output->print("1", cash_job, [] {})), "ok");
    EXPECT_EQ(outcome(output->print("2", cash_job, [] {})), "ok");
    EXPECT_EQ(outcome(output->print("3", cash_job, [] {})), "ok");
    std::lock_guard lock(mutex);
    EXPECT_EQ(count(all, pulse_now), 2);
    EXPECT_EQ(count(all, "\x1Bp"), 1);
    EXPECT_EQ(count(all, "receipt"), 3);
}

TEST(Printer, OneThatAnswersLateAfterALongJobHasPrintedIt) {
    FakePrinter printer([&](int connection) {
        std::string seen;
        int silent = 3;
        for (char byte = 0; ::recv(connection, &byte, 1, 0) == 1;) {
            seen += byte;
            if (!seen.ends_with("\x10\x04"s + byte)) continue;
            if (seen.find("job") != std::string::npos && silent-- > 0) continue;
            ::send(connection, "\x12", 1, 0);
        }
    });
    auto output = *make_printer_output(printer.target, {.stall = 10s, .answer = 20ms});
    EXPECT_EQ(outcome(output->print("7", "job", [] {})), "ok");
}

TEST(Printer, SaysHowItIsBetweenJobs) {
    auto status_of = [](const std::string& target) {
        return status_code((*make_printer_output(target, quick))->status());
    };
    std::map<int, std::string> low{{1, "\x12"}, {2, "\x12"}, {3, "\x12"}, {4, "\x1E"}};
    FakePrinter near_end([&](int connection) { read_and_answer(connection, low); });
    EXPECT_EQ(status_of(near_end.target), "paper_low");
    FakePrinter open([&](int connection) { read_and_answer(connection, {{2, "\x16"}}); });
    EXPECT_EQ(status_of(open.target), "cover_open");
    FakePrinter automatic([&](int connection) {
        read_and_answer(connection, {{2, std::string("\x18\x00\x0C\x0F\x12", 5)}});
    });
    EXPECT_EQ(status_of(automatic.target), "paper_out");
    FakePrinter mute([&](int connection) { read_and_answer(connection, {}); });
    EXPECT_EQ(status_of(mute.target), "");
    EXPECT_EQ(status_of("usb:/dev/does-not-exist/lp*"), "printer_gone");
    EXPECT_EQ(status_of("file:/tmp"), "");
}

TEST(Printer, ALabelPrinterIsAskedInItsOwnLanguage) {
    for (auto [answer, code] : {std::pair{'\x00', "ok"}, std::pair{'\x20', "ok"},
                                std::pair{'\x04', "paper_out"}, std::pair{'\x01', "cover_open"}}) {
        std::promise<std::string> seen;
        FakePrinter printer([&, said = answer](int connection) {
            std::string bytes;
            for (char byte = 0; ::recv(connection, &byte, 1, 0) == 1;) {
                bytes += byte;
                if (bytes.ends_with("\x1B!?")) ::send(connection, &said, 1, MSG_NOSIGNAL);
            }
            seen.set_value(bytes);
        });
        auto output = *make_printer_output(printer.target, quick, PrinterLanguage::tspl);
        EXPECT_EQ(outcome(output->print("7", "CLS\r\n", [] {})), code);
        std::string job = code == "ok"s ? "CLS\r\n\x1B!?" : "";
        EXPECT_EQ(seen.get_future().get(), "\x1B!?" + job);
    }
}

TEST(Printer, APrinterThatStopsTakingBytesIsGone) {
    std::promise<void> tried;
    FakePrinter printer([&](int) { tried.get_future().wait(); });
    EXPECT_EQ(print_to(printer.target, std::string(16 << 20, 'x')), "printer_gone");
    tried.set_value();
}

// What the kernel still held for a printer that hung came out when it woke, and the drawer opened
// once more.
TEST(Printer, WhatAHangingPrinterHasNotTakenIsThrownAway) {
    std::promise<void> given_up;
    int ended = -1;
    {
        FakePrinter printer([&](int connection) {
            given_up.get_future().wait();
            std::array<char, 4096> buffer{};
            ssize_t count = 0;
            do
                count = ::recv(connection, buffer.data(), buffer.size(), 0);
            while (count > 0);
            ended = count < 0 ? errno : 0;
        });
        EXPECT_EQ(print_to(printer.target, std::string(200'000, 'x')), "printer_gone");
        given_up.set_value();
    }
    EXPECT_EQ(ended, ECONNRESET);
}

TEST(Printer, APrinterThatHangsUpIsGone) {
    FakePrinter at_once([](int) {});
    EXPECT_EQ(print_to(at_once.target, "job"), "printer_gone");
    FakePrinter midway([](int connection) {
        char byte = 0;
        for (int at = 0; at < 100; ++at)
            ::recv(connection, &byte, 1, 0);
    });
    EXPECT_EQ(print_to(midway.target, std::string(1 << 20, 'x')), "printer_gone");
}

TEST(Printer, CancelEndsAPrintThatWaits) {
    std::promise<void> accepted;
    std::promise<void> tried;
    FakePrinter printer([&](int) {
        accepted.set_value();
        tried.get_future().wait();
    });
    auto output = *make_printer_output(printer.target, {.stall = 60s, .answer = 60s});
    auto print = std::async(std::launch::async, [&] { return output->print("7", "job", [] {}); });
    accepted.get_future().wait();
    output->cancel();
    EXPECT_EQ(outcome(print.get()), "cancelled");
    EXPECT_EQ(outcome(output->print("8", "job", [] {})), "cancelled");
    tried.set_value();
}

TEST(Printer, PrintsToTheFirstDeviceThatTheGlobFinds) {
    tests::Pty printer;
    std::string pattern = fmt::format("usb:/dev/pt[s]/{}", printer.path().substr(9));
    EXPECT_EQ(print_to(pattern, "job"), "ok");
    std::string seen;
    while (seen.size() < 6)
        seen += printer.received();
    EXPECT_EQ(seen, "\x10\x04\x02job"s);
}

}  // namespace
}  // namespace fangxin::drivers
