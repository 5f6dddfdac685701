#include "tests/bench/fleet.hpp"

#include "tests/bench/outage_sales.hpp"

#include <fmt/format.h>
#include <queue>
#include <random>
#include <sys/resource.h>

namespace fangxin::bench {

namespace {

constexpr auto give_up_after = std::chrono::seconds(60);
constexpr auto look_every = std::chrono::milliseconds(1);
constexpr unsigned seed = 5;

/// Each till has a database, its log, two readers and a socket.
void allow_many_files() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// Asks until it is answered.
template <class Ask>
auto wait_for(const Ask& ask, Clock::time_point deadline, const std::string& what) {
    while (true) {
        if (auto answer = ask()) return *answer;
        if (Clock::now() > deadline) throw Failed(what);
        std::this_thread::sleep_for(look_every);
    }
}

}  // namespace

Fleet::Fleet(const ShopProcesses& shop, std::filesystem::path folder, int tills)
    : folder_(std::move(folder)), shop_(shop) {
    allow_many_files();
    for (int n = 1; n <= tills; ++n)
        names_.push_back(fmt::format("till-{}", n));
    enrol_tills(shop.book(), folder_, names_);
}

void Fleet::connect() {
    for (const std::string& name : names_)
        tills_.push_back(
            std::make_unique<LinkedTill>(folder_ / name, name, shop_.server_address()));
}

Samples Fleet::seconds_until_caught_up(Clock::time_point since) {
    Samples took;
    const auto deadline = Clock::now() + give_up_after;
    for (const auto& till : tills_) {
        const auto at = wait_for(
            [&]() -> std::optional<Clock::time_point> {
                if (!till->is_caught_up() || !till->is_drained()) return std::nullopt;
                return std::max(till->caught_up_at(), till->drained_at());
            },
            deadline, till->name() + " was not caught up");
        took.add(std::max(0.0, ms_between(since, at) / 1000));
    }
    return took;
}

Samples Fleet::ms_until_blocks(std::int64_t ver, Clock::time_point since) {
    Samples took;
    const auto deadline = Clock::now() + give_up_after;
    for (const auto& till : tills_) {
        const auto at = wait_for([&] { return till->blocks_at(ver); }, deadline,
                                 till->name() + " did not hear of a recall");
        took.add(ms_between(since, at));
    }
    return took;
}

Samples Fleet::acknowledged() {
    Samples all;
    for (const auto& till : tills_) {
        for (double ms : till->acknowledged())
            all.add(ms);
    }
    return all;
}

FleetSales::FleetSales(Fleet& fleet, std::vector<domain::Batch> batches,
                       std::chrono::milliseconds period)
    : fleet_(fleet),
      batches_(std::move(batches)),
      thread_([this, period](std::stop_token stop) { sell(stop, period); }) {}

void FleetSales::stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

void FleetSales::sell(const std::stop_token& stop, std::chrono::milliseconds period) {
    using Due = std::pair<Clock::time_point, LinkedTill*>;
    std::priority_queue<Due, std::vector<Due>, std::greater<>> due;
    std::minstd_rand random(seed);
    const auto begun = Clock::now();
    for (const auto& till : fleet_.tills()) {
        const auto first = std::chrono::milliseconds(random() % period.count());
        due.emplace(begun + first, till.get());
    }
    while (!stop.stop_requested()) {
        auto [at, till] = due.top();
        if (Clock::now() < at) {
            std::this_thread::sleep_for(
                std::min<Clock::duration>(at - Clock::now(), std::chrono::milliseconds(20)));
            continue;
        }
        due.pop();
        due.emplace(at + period, till);
        const std::int64_t n = ++made_;
        const domain::StoreTime now = *domain::parse_instant("2026-11-23T12:00:00+08:00");
        till->append(sync::draft(made_up_sale(n, batches_), now, "1001"));
    }
}

}  // namespace fangxin::bench
