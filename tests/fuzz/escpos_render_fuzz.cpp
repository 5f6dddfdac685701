// Any bytes at the virtual printer: it ends, its text stays within a bound of its input, its status
// answers do not hang on how the bytes are cut, and a copy of it is its head longer.
#include "domain/check.hpp"
#include "drivers/printers/escpos_again.hpp"
#include "drivers/printers/paper/escpos_render.hpp"
#include "drivers/printers/paper/symbol.hpp"
#include "drivers/transports/virtual_printer.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace fangxin::drivers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    std::string text = plain_text(bytes);
    // 3 bytes feed at most 255 lines; a line of one byte, centred, is padded to 48 columns.
    FANGXIN_CHECK(text.size() <= 100 * size + 100);
    for (const PrintedItem& item : parse_escpos(bytes)) {
        const auto* code = std::get_if<PrintedCode>(&item);
        if (code != nullptr) (void)make_symbol({code->sort, code->sent, code->level});
    }
    VirtualConversation whole(VirtualStatus::ok);
    VirtualConversation cut(VirtualStatus::ok);
    std::string answers = cut.feed(bytes.substr(0, size / 2));
    answers += cut.feed(bytes.substr(size / 2));
    FANGXIN_CHECK(whole.feed(bytes) == answers);
    // The head is two lines, drawn at most: 48 and 24 rows of 72 bytes, in bands.
    FANGXIN_CHECK(printed_again(bytes).size() <= size + 6000);
    return 0;
}
