// A recall from its command to the moment when the server's book holds the till's acknowledgement,
// with real processes.
#include "tests/bench/bare_round_trip.hpp"
#include "tests/bench/shop_processes.hpp"

#include <fmt/format.h>
#include <thread>

namespace fangxin::bench {

namespace {

constexpr auto poll_every = std::chrono::microseconds(50);
constexpr auto give_up_after = std::chrono::seconds(10);
constexpr auto pause = std::chrono::milliseconds(20);
constexpr std::size_t message_bytes = 300;
/// Watches which blocks the server knows to be in force at the till.
class Acknowledged {
  public:
    explicit Acknowledged(RawDatabase book)
        : book_(std::move(book)),
          cursor_(book_.prepare("SELECT block_cursor FROM terminals WHERE terminal = 'till-1'")) {}

    void wait_for(std::int64_t ver) {
        auto deadline = Clock::now() + give_up_after;
        while (now() < ver) {
            if (Clock::now() > deadline) throw Failed("no acknowledgement came");
            std::this_thread::sleep_for(poll_every);
        }
    }

  private:
    std::int64_t now() {
        std::int64_t cursor = cursor_.step() ? cursor_.int64(0) : 0;
        cursor_.reset();
        return cursor;
    }

    RawDatabase book_;
    RawStatement cursor_;
};

struct Measured {
    Samples command;
    Samples at_till;
    Samples acknowledged;
    Samples floor;
};

void recall_once(ShopProcesses& shop, TillProcess& till, Acknowledged& acknowledged, int i,
                 Measured& measured) {
    auto asked = Clock::now();
    auto answer = shop.command({{"command", "recall"},
                                {"item", std::to_string(900'000 + i)},
                                {"lot", fmt::format("B{}", i)},
                                {"level", "I"},
                                {"reason", "bench"}});
    auto answered = Clock::now();
    std::int64_t ver = answer.at("ver").as_int64();
    acknowledged.wait_for(ver);
    auto done = Clock::now();
    auto applied = till.child().wait_line([&](const boost::json::object& line) {
        const auto* cursor = line.if_contains("block_cursor");
        return line.contains("event") && cursor && cursor->as_int64() >= ver;
    });
    measured.command.add(ms_between(asked, answered));
    measured.at_till.add(ms_between(asked, applied.at));
    measured.acknowledged.add(ms_between(asked, done));
}

void report(Run& run, const Measured& measured) {
    std::string conditions = fmt::format(
        "server and one till as processes, TLS, idle otherwise, seen by polling the book every {} "
        "µs; three commits in a row are in it; floor: a round trip on loopback in TLS, one "
        "fdatasync on each side{}",
        poll_every.count(), run.quick_note());
    Figure figure = figure_of_times("recall_to_ack", measured.acknowledged, &measured.floor);
    figure.target = Target{.limit = 50};
    figure.conditions = conditions;
    run.report(figure);
    Figure at_till = figure_of_times("recall_to_till_event", measured.at_till, &measured.floor);
    at_till.conditions =
        "the same recalls, until the till wrote its event block_applied" + run.quick_note();
    run.report(at_till);
    Figure command = figure_of_times("recall_command", measured.command, nullptr);
    command.conditions =
        "the same recalls, until the server answered the command" + run.quick_note();
    run.report(command);
}

}  // namespace

void bench_recall_to_ack(Run& run) {
    int rounds = run.quick ? 50 : 200;
    std::filesystem::path folder = run.fresh_folder("recall");
    ShopProcesses shop(run, folder, 1'000);
    shop.start_server();
    auto till = shop.start_till();
    till->login_cashier();
    till->must({{"do", "sync"}});
    BareRoundTrip bare(folder, message_bytes);
    Measured measured;
    {
        Acknowledged acknowledged(shop.open_book());
        for (int i = 0; i < rounds; ++i) {
            recall_once(shop, *till, acknowledged, i, measured);
            std::this_thread::sleep_for(pause);
            measured.floor.add(ms_of([&] { bare.go(); }));
        }
    }
    till->quit();
    shop.stop_server();
    report(run, measured);
}

}  // namespace fangxin::bench
