// Any bytes on a serial line at any pace: bounded memory, and no scan is half of what was sent.
#include "domain/check.hpp"
#include "drivers/scanners/scan_splitter.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using fangxin::drivers::ScanSplitter;
    if (size == 0) return 0;
    const std::int64_t quiet_ms = 20 + data[0] % 4 * 40;
    ScanSplitter splitter(quiet_ms, (data[0] & 0x80) != 0);
    auto bytes = std::as_bytes(std::span(data, size)).subspan(1);
    std::size_t fed = 0;
    std::size_t given = 0;
    std::int64_t now_ms = 0;
    const auto take = [&] {
        while (auto scan = splitter.next()) {
            FANGXIN_CHECK(scan->text.size() <= ScanSplitter::longest);
            FANGXIN_CHECK(scan->text.empty() == (scan->overlong || scan->torn));
            FANGXIN_CHECK(scan->text.find_first_of("\r\n") == std::string::npos);
            given += scan->text.size();
        }
    };
    while (!bytes.empty()) {
        // One byte says how long the next piece is, and how long before it there was silence.
        const auto code = static_cast<std::size_t>(bytes[0]);
        const auto length = std::min<std::size_t>(code / 4, bytes.size() - 1);
        constexpr std::int64_t pauses[] = {1, 25, 200, 1'500};
        now_ms += pauses[code % 4];
        splitter.tick(now_ms);
        splitter.feed(bytes.subspan(1, length), now_ms);
        fed += length;
        bytes = bytes.subspan(1 + length);
        take();
    }
    splitter.tick(now_ms + 10'000);
    take();
    FANGXIN_CHECK(splitter.is_empty());
    FANGXIN_CHECK(given <= fed);
    return 0;
}
