// Any reports at any pace: bounded memory, and no scan is half of what was sent.
#include "domain/check.hpp"
#include "drivers/scanners/hid_pos.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using fangxin::drivers::HidPosScan;
    using fangxin::drivers::ScanBuffer;
    HidPosScan scanner;
    auto bytes = std::as_bytes(std::span(data, size));
    std::size_t fed = 0;
    std::size_t given = 0;
    std::int64_t now_ms = 0;
    while (!bytes.empty()) {
        // One byte says how long the next report is; odd ones come after a pause.
        auto length = std::min<std::size_t>(static_cast<std::size_t>(bytes[0]), bytes.size() - 1);
        now_ms += length % 2 == 1 ? 600 : 1;
        scanner.feed(bytes.subspan(1, length), now_ms);
        fed += length;
        bytes = bytes.subspan(1 + length);
        FANGXIN_CHECK(scanner.held() <= ScanBuffer::longest);
        while (auto scan = scanner.next()) {
            FANGXIN_CHECK(scan->text.empty() == (scan->overlong || scan->torn));
            given += scan->text.size();
        }
    }
    FANGXIN_CHECK(given <= fed);
    scanner.tick(now_ms + 10'000);
    FANGXIN_CHECK(scanner.held() == 0);
    return 0;
}
