// Any bytes at the virtual printer: it ends, and its text stays within a bound of its input.
#include "domain/check.hpp"
#include "drivers/printers/paper/escpos_render.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    std::string text = fangxin::drivers::plain_text(bytes);
    // 3 bytes feed at most 255 lines; a line of one byte, centred, is padded to 48 columns.
    FANGXIN_CHECK(text.size() <= 100 * size + 100);
    return 0;
}
