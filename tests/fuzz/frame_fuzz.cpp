// Whatever a stranger sends to the server's port: no crash, no endless loop, no more memory than
// the limits say, and what is read is written back as it was. Seeds: tests/golden/.
#include "domain/check.hpp"
#include "sync/envelope.hpp"
#include "sync/frame.hpp"
#include "sync/messages.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

using namespace fangxin;

void check_envelope(std::string_view body) {
    auto op = sync::read_envelope(body);
    if (!op) return;
    auto again = sync::read_envelope(sync::write_envelope(*op));
    FANGXIN_CHECK(again.has_value());
    FANGXIN_CHECK(sync::write_envelope(*again) == sync::write_envelope(*op));
}

void check_message(std::string_view text) {
    check_envelope(text);
    auto message = sync::read_message(text);
    if (!message) return;
    std::string written = sync::write_message(*message);
    auto again = sync::read_message(written);
    FANGXIN_CHECK(again.has_value());
    FANGXIN_CHECK(sync::write_message(*again) == written);
    if (const auto* ops = std::get_if<sync::OpsFrame>(&*message)) {
        for (const std::string& body : ops->bodies)
            check_envelope(body);
    }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view raw(reinterpret_cast<const char*>(data), size);
    check_message(raw);
    auto text = sync::unpack_frame(raw);
    if (!text) return 0;
    FANGXIN_CHECK(text->size() <= sync::unpacked_limit);
    check_message(*text);
    return 0;
}
