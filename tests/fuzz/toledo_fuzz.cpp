// Any bytes, in any slices: the same readings, bounded memory, gross = net + tare.
#include "domain/check.hpp"
#include "drivers/scales/toledo.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace {

using fangxin::drivers::Reading;
using fangxin::drivers::ToledoContinuous;

std::vector<Reading> readings(std::span<const std::byte> bytes, std::size_t slice) {
    ToledoContinuous scale;
    std::vector<Reading> result;
    for (std::size_t at = 0; at < bytes.size(); at += slice) {
        scale.feed(bytes.subspan(at, std::min(slice, bytes.size() - at)));
        while (auto reading = scale.next())
            result.push_back(*reading);
        FANGXIN_CHECK(scale.held() <= 19);
    }
    return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2 || size > 4096) return 0;  // beyond 4096 unasked readings would be dropped
    auto bytes = std::as_bytes(std::span(data + 1, size - 1));
    auto one = readings(bytes, 1);
    FANGXIN_CHECK(one == readings(bytes, data[0] + std::size_t{1}));
    for (const Reading& reading : one) {
        FANGXIN_CHECK(reading.gross_mg == reading.net_mg + reading.tare_mg);
        FANGXIN_CHECK(reading.raw.size() == 17 || reading.raw.size() == 18);
    }
    return 0;
}
