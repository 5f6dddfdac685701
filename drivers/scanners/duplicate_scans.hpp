// Tells a code that a scanner has sent twice from a second item that a cashier has scanned. One
// object a scanner: the same code from two of them is two items. The clock is passed in; one
// thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fangxin::drivers {

enum class Repetition {
    other_code,   ///< than the last
    second_item,  ///< the same code, scanned again
    sent_twice    ///< the same code, sooner than a hand can: no item
};

class DuplicateScans {
  public:
    /// Bluetooth scanners that miss an acknowledgement send again within about 150 ms. A hand pulls
    /// a trigger again after 600 ms and more, and scanners that read by themselves keep quiet about
    /// the same code for 500 ms. A setting of each scanner; 0, as it is for those on a cable:
    /// nothing is ever sent twice.
    static constexpr int default_within_ms = 300;

    explicit DuplicateScans(int within_ms = default_within_ms) : within_ms_(within_ms) {}

    /// What a scan is that has just come whole. Counted from the last time it was sent, so that ten
    /// in a row are one item too.
    Repetition judge(std::string_view text, std::int64_t now_ms);

  private:
    int within_ms_;
    std::string last_;
    std::int64_t last_ms_ = 0;
};

}  // namespace fangxin::drivers
