#include "sync/summing_thread.hpp"

#include "sync/store/meta.hpp"
#include "sync/terminal_repair.hpp"

#include <chrono>

namespace fangxin::sync {

void SummingThread::sum(const Mark& mark, std::function<void(Sums)> then) {
    constexpr auto now = std::chrono::seconds(0);
    if (under_way_.valid() && under_way_.wait_for(now) != std::future_status::ready) {
        return then(std::nullopt);
    }
    std::promise<void> begun;
    auto seen = begun.get_future();
    under_way_ = std::async(std::launch::async, [this, mark, &begun, then = std::move(then)] {
        auto sums = reader_.reading<Sums>([&] {
            meta_number(reader_, "rows");  // the first read fixes what is seen
            begun.set_value();
            return sum_at_mark(reader_, role_, mark);
        });
        then(sums ? *sums : std::nullopt);
    });
    seen.wait();
}

}  // namespace fangxin::sync
