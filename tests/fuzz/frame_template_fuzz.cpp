// Any template that a technician may write, up to the first line end, against any bytes behind it:
// a match lies within the bytes, and "more" is said only of fewer than the longest frame has.
#include "domain/check.hpp"
#include "drivers/scales/frame_template.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace fangxin::drivers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::size_t end = input.find('\n');
    if (end == std::string_view::npos) return 0;
    auto frame = FrameTemplate::parse(input.substr(0, end));
    if (!frame) return 0;
    std::string_view bytes = input.substr(end + 1);
    const auto match = frame->match(bytes);
    FANGXIN_CHECK(match.fit != Fit::whole || match.length <= bytes.size());
    FANGXIN_CHECK(match.fit != Fit::whole || match.length <= frame->longest());
    FANGXIN_CHECK(match.fit != Fit::more || bytes.size() < frame->longest());
    return 0;
}
