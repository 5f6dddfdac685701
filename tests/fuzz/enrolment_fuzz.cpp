// Whatever a stranger scans, types or sends to be enrolled: codes, requests for certificates and
// certificates are read or refused, and a code that is read is written back as it was.
#include "domain/check.hpp"
#include "sync/certificates.hpp"
#include "sync/enrolment_text.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace fangxin;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (auto code = sync::read_enrolment_code(text)) {
        auto again = sync::read_enrolment_code(sync::write_enrolment_code(*code));
        FANGXIN_CHECK(again.has_value() && *again == *code);
    }
    if (auto address = sync::parse_link_address(text))
        FANGXIN_CHECK(!address->is_plain || sync::is_loopback(address->host));
    if (auto facts = sync::request_facts(text)) FANGXIN_CHECK(facts->spki.size() == 64);
    (void)sync::certificate_facts(text);
    return 0;
}
