// Any keys in any order: bounded memory, whole scans, and nothing left of one in the next.
#include "domain/check.hpp"
#include "drivers/scanners/keyboard_scan.hpp"

#include <cstddef>
#include <cstdint>
#include <linux/input-event-codes.h>

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using fangxin::drivers::KeyboardScan;
    using fangxin::drivers::ScanBuffer;
    if (size == 0) return 0;
    KeyboardScan scanner({.keeps_suffix = (data[0] & 1) != 0, .follows_caps_light = data[0] > 127});
    std::int64_t now_ms = 1'000;
    for (std::size_t i = 1; i + 1 < size; i += 2) {
        now_ms += data[i + 1] / 4;
        if (data[i] == 255) {
            scanner.lost(now_ms);
        } else if (data[i] == 254) {
            scanner.caps_light(data[i + 1] % 2 == 0);
        } else {
            scanner.feed({data[i], data[i + 1] % 4}, now_ms);
        }
        FANGXIN_CHECK(scanner.held() <= ScanBuffer::longest + 4);
        while (auto scan = scanner.next())
            FANGXIN_CHECK(scan->text.empty() == (scan->overlong || scan->torn));
    }
    scanner.tick(now_ms + 1'000);
    FANGXIN_CHECK(scanner.held() == 0);
    while (scanner.next())
        continue;
    scanner.feed({KEY_6, 1}, now_ms + 1'000);
    scanner.tick(now_ms + 2'000);
    FANGXIN_CHECK(scanner.next()->text == "6");
    return 0;
}
