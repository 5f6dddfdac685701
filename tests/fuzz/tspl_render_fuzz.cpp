// Any bytes at the label printer: it ends, within a bound, and answers alike however they are cut.
#include "domain/check.hpp"
#include "drivers/printers/paper/tspl_render.hpp"
#include "drivers/transports/virtual_printer.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace fangxin::drivers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    FANGXIN_CHECK(plain_labels(bytes).size() <= 100 * size + 100);
    VirtualConversation whole(VirtualStatus::ok, VirtualLanguage::tspl);
    VirtualConversation cut(VirtualStatus::ok, VirtualLanguage::tspl);
    std::string answers = cut.feed(bytes.substr(0, size / 2));
    answers += cut.feed(bytes.substr(size / 2));
    FANGXIN_CHECK(whole.feed(bytes) == answers);
    return 0;
}
