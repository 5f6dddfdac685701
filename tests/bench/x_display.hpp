// A display of its own, without a screen: an X server that keeps its pixels in a file, which can be
// watched while a program draws.
#pragma once

#include "tests/bench/bench.hpp"
#include "tests/bench/child.hpp"

#include <optional>
#include <string>

namespace fangxin::bench {

class XDisplay {
  public:
    /// 1280 by 800. Programs started from now on, and this one, show themselves on it. Fails with 3
    /// where there is no Xvfb.
    explicit XDisplay(const Run& run);
    ~XDisplay();
    XDisplay(const XDisplay&) = delete;
    XDisplay& operator=(const XDisplay&) = delete;

    /// When its middle was first seen not black. Looks 5,000 times a second.
    Clock::time_point wait_lit(std::chrono::seconds timeout = std::chrono::seconds(20)) const;
    /// Until it is black again: the last window is gone.
    void wait_dark() const;

  private:
    bool is_lit() const;
    std::string number_of_it(const std::filesystem::path& file) const;

    std::filesystem::path folder_;
    std::optional<Child> server_;
    const unsigned char* pixels_ = nullptr;
    std::size_t bytes_ = 0;
};

}  // namespace fangxin::bench
