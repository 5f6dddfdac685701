// Whatever a scanner, a camera or a stranger's QR code sends: no crash, no endless loop, and never
// half a reading. Seeds: tests/domain/code_test.cpp has one of each kind.
#include "domain/check.hpp"
#include "domain/code.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

using namespace fangxin::domain;

void check_whole(const ScannedCode& code) {
    FANGXIN_CHECK(code.gtin.empty() || code.gtin.size() == 14);
    if (!code.gtin.empty()) {
        FANGXIN_CHECK(gs1_check_digit(code.gtin.substr(0, 13)) == code.gtin.back());
    }
    FANGXIN_CHECK(code.channel.empty() == (code.kind != CodeKind::payment));
    FANGXIN_CHECK(!code.weight_mg || *code.weight_mg >= 0);
    FANGXIN_CHECK(!code.amount_fen || *code.amount_fen >= 0);
    if (!code.error) return;
    FANGXIN_CHECK(code.gtin.empty() && code.ais.empty() && code.lot.empty() && code.flag.empty());
    FANGXIN_CHECK(!code.expiry && !code.weight_mg && !code.amount_fen && !code.count);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view raw(reinterpret_cast<const char*>(data), size);
    Date today = make_date(2026, 11, 23).value();
    check_whole(parse_code(raw, {.today = today, .state = TillState::selling}));
    check_whole(parse_code(raw, {.today = today, .state = TillState::taking_payment}));
    return 0;
}
