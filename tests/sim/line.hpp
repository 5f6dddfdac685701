// A connection between a terminal and the server, with all that can happen to one: delay, a cut
// with a frame half through, a half-open line on which nothing arrives any more, and (which TCP
// would never do, a bug of ours might) frames that are lost, doubled or change places.
#pragma once

#include "sync/messages.hpp"
#include "tests/sim/caps.hpp"
#include "tests/sim/world.hpp"

#include <array>
#include <functional>
#include <memory>
#include <string>

namespace fangxin::sync::sim {

enum class End { terminal, server };

class Line : public std::enable_shared_from_this<Line> {
  public:
    struct Receiver {
        std::function<void(const std::string& frame)> frame;
        std::function<void(const std::string& why)> closed;
    };

    explicit Line(World& world);
    void attach(End end, Receiver receiver);
    Caps& caps() { return caps_; }

    void send(End from, const std::string& frame);
    /// This end is closed; the other hears of it after what is on its way, or loses some of that.
    void close(End end);
    /// Both ends hear of it sooner or later; what is on its way is lost or torn.
    void cut();
    /// Nothing arrives any more and nobody is told.
    void go_half_open();

  private:
    struct Side {
        Receiver receiver;
        bool open = true;
        std::int64_t last_arrival_ms = 0;
    };
    Side& side(End end) { return sides_[end == End::terminal ? 0 : 1]; }
    void arrive(End at, std::string frame);
    void tell_closed(End end, std::int64_t delay_ms, const std::string& why);

    World& world_;
    Caps caps_;
    std::array<Side, 2> sides_;
    std::int64_t slowest_ms_;
    bool wild_;
    bool half_open_ = false;
    bool torn_ = false;
};

}  // namespace fangxin::sync::sim
