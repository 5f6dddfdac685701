// What a scanner has read, however it is connected, and the bounded buffer in which each parser of
// this folder puts it together. One thread.
#pragma once

#include <cstddef>
#include <optional>
#include <queue>
#include <string>
#include <string_view>

namespace fangxin::drivers {

/// One pull of the trigger. `text` as sent, GS (U+001D) and `]C1` included, without its suffix.
struct Scan {
    std::string text;
    bool overlong = false;  ///< more than 4096 bytes: not a code, and `text` is empty
    bool torn = false;  ///< a part was lost: what is left would be another code; `text` is empty
    bool operator==(const Scan&) const = default;
};

class ScanBuffer {
  public:
    static constexpr std::size_t longest = 4096;

    void add(char byte);
    void add(std::string_view bytes);
    /// The scan is whole. Nothing since the last end is nothing, and no empty scan.
    void end();
    /// The scan will never be whole: it is told, without its text.
    void tear();
    /// Likewise, and what still comes of it is dropped, up to its end.
    void tear_to_end();
    bool is_empty() const { return text_.empty() && !dropping_; }
    bool ends_with(char byte) const { return text_.ends_with(byte); }
    void drop_last() { text_.pop_back(); }
    std::size_t held() const { return text_.size(); }

    std::optional<Scan> next();

  private:
    std::string text_;
    bool dropping_ = false;  ///< the rest of an overlong scan
    std::queue<Scan> ready_;
};

}  // namespace fangxin::drivers
