#include "sync/server/figures_thread.hpp"

#include "sync/server/book.hpp"
#include "sync/server/figures.hpp"
#include "sync/table_sum.hpp"

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

void FiguresThread::run(std::function<void(Database&)> work) {
    boost::asio::post(thread_, [this, work = std::move(work)] { work(reader_); });
}

void FiguresThread::sum(std::int64_t schema, std::function<void(std::int64_t at)> begun,
                        std::function<void(Result<Checkpoint>)> then) {
    boost::asio::post(thread_, [this, schema, begun = std::move(begun), then = std::move(then)] {
        then(reader_.reading<Checkpoint>([&] {
            Checkpoint checkpoint{.at = newest_ver(reader_)};
            begun(checkpoint.at);
            checkpoint.tables = sum_tables(reader_, "", schema);
            return checkpoint;
        }));
    });
}

}  // namespace fangxin::sync
