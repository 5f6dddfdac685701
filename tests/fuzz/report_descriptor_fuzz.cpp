// Any report descriptor of a USB device that may lie: each usage page once, and no more of them
// than there are bytes.
#include "domain/check.hpp"
#include "drivers/transports/usb_tree.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto pages = fangxin::drivers::usage_pages({reinterpret_cast<const char*>(data), size});
    FANGXIN_CHECK(pages.size() <= size);
    std::ranges::sort(pages);
    FANGXIN_CHECK(std::ranges::adjacent_find(pages) == pages.end());
    return 0;
}
