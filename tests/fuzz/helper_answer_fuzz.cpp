// Any datagram of the decode helper, which has read hostile bytes: an answer that makes sense, or
// an error.
#include "domain/check.hpp"
#include "drivers/pictures/helper_answer.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view message(reinterpret_cast<const char*>(data), size);
    auto decoded = fangxin::drivers::parse_helper_answer(message);
    // A byte that is no text becomes a replacement of three, and GB18030 grows by half.
    FANGXIN_CHECK(!decoded || decoded->text.size() <= 3 * message.size());
    FANGXIN_CHECK(decoded || !decoded.error().code.empty());
    return 0;
}
