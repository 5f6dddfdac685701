// Any bytes to any scale protocol, in any slices: the same readings, bounded memory, and a raw
// frame that stood in the bytes.
#include "domain/check.hpp"
#include "drivers/scales/registry.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace {

using fangxin::drivers::Cable;
using fangxin::drivers::Reading;
using fangxin::drivers::ScaleDriver;

std::vector<Reading> readings(const ScaleDriver& driver, std::span<const std::byte> bytes,
                              std::size_t slice) {
    const auto parser = driver.make();
    std::vector<Reading> result;
    for (std::size_t at = 0; at < bytes.size(); at += slice) {
        parser->feed(bytes.subspan(at, std::min(slice, bytes.size() - at)));
        while (auto reading = parser->next())
            result.push_back(*reading);
        parser->reply();
        FANGXIN_CHECK(parser->held() <= 128);
    }
    return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3 || size > 4096) return 0;
    const auto drivers = fangxin::drivers::scale_drivers();
    const ScaleDriver& driver = drivers[data[0] % drivers.size()];
    const auto bytes = std::as_bytes(std::span(data + 2, size - 2));
    const std::string_view text(reinterpret_cast<const char*>(data + 2), size - 2);
    const bool keeps_borders = driver.cable == Cable::hid;
    const auto whole = readings(driver, bytes, keeps_borders ? bytes.size() : 1);
    if (!keeps_borders) FANGXIN_CHECK(whole == readings(driver, bytes, data[1] + std::size_t{1}));
    for (const Reading& reading : whole) {
        FANGXIN_CHECK(reading.gross_mg == reading.net_mg + reading.tare_mg);
        // Of several lines where one tells the weight and another its tare.
        std::string_view raw = reading.raw;
        while (!raw.empty()) {
            const std::size_t end = std::min(raw.find('\n'), raw.size() - 1) + 1;
            FANGXIN_CHECK(text.find(raw.substr(0, end)) != std::string_view::npos);
            raw.remove_prefix(end);
        }
    }
    return 0;
}
