#include "sync/server/figures_thread.hpp"

#include "sync/server/figures.hpp"

#include <boost/asio/post.hpp>

namespace fangxin::sync {

FiguresThread::~FiguresThread() {
    thread_.stop();
    thread_.join();
}

void FiguresThread::ask(const AskFigures& asked, std::int64_t now_ms,
                        std::function<void(Result<Figures>)> then) {
    boost::asio::post(thread_, [this, asked, now_ms, then = std::move(then)] {
        then(load_figures(reader_, asked, now_ms));
    });
}

}  // namespace fangxin::sync
