// Figures are counted on a thread and a connection of their own: a trace through a year's sales
// must not hold up the sockets, on which blocks travel.
#pragma once

#include "sync/messages.hpp"
#include "sync/store/database.hpp"

#include <boost/asio/thread_pool.hpp>
#include <functional>

namespace fangxin::sync {

class FiguresThread {
  public:
    explicit FiguresThread(Database reader) : reader_(std::move(reader)) {}
    /// Waits for the question that is being answered.
    ~FiguresThread();
    FiguresThread(const FiguresThread&) = delete;
    FiguresThread& operator=(const FiguresThread&) = delete;

    /// `then` gets the answer, on this thread. Any thread may ask.
    void ask(const AskFigures& asked, std::int64_t now_ms,
             std::function<void(Result<Figures>)> then);

    /// Sums all tables, without the members that came after `schema`. `begun` hears at which
    /// version they are; both are called on this thread.
    void sum(std::int64_t schema, std::function<void(std::int64_t at)> begun,
             std::function<void(Result<Checkpoint>)> then);

    /// Runs `work` with this thread's connection. Any thread may ask.
    void run(std::function<void(Database&)> work);

  private:
    Database reader_;
    boost::asio::thread_pool thread_{1};
};

}  // namespace fangxin::sync
