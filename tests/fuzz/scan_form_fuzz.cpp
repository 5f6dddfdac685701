// Whatever came out of a scanner is learnt from or refused; a form that was learnt gives the label
// back, can be written down and read again, and harms no other scan.
#include "domain/check.hpp"
#include "drivers/scanners/scan_form.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace fangxin::drivers;
    std::string_view input(reinterpret_cast<const char*>(data), size);
    fangxin::domain::Date today = fangxin::domain::make_date(2026, 11, 23).value();
    // `prefix ␀ separator ␀ suffix ␀ another scan`
    auto take = [&] {
        std::string_view taken = input.substr(0, input.find('\0'));
        input.remove_prefix(std::min(input.size(), taken.size() + 1));
        return std::string(taken);
    };
    std::string prefix = take();
    std::string separator = take();
    std::string suffix = take();
    std::string raw = prefix + "010200000000000810Yz-1_/q" + separator + "21Aa1Zz9" + suffix;
    for (const std::string& came : {raw, std::string(input)}) {
        auto form = learn_scan_form(came);
        if (!form) continue;
        FANGXIN_CHECK(read_scan_form(to_toml(*form)) == *form);
        FANGXIN_CHECK(form->restored(input, today).size() <= input.size());
        std::string label = form->restored(came, today);
        FANGXIN_CHECK(learn_scan_form(label).has_value());
    }
    return 0;
}
