// Any bytes from a printer: no status of it is half read, and at most one comes a byte.
#include "domain/check.hpp"
#include "drivers/printers/printer_status.hpp"

#include <cstddef>
#include <cstdint>

using namespace fangxin::drivers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    StatusReader reader(size == 0 ? 1 : 1 + data[0] % 4);
    for (std::size_t at = 0; at < size; ++at) {
        auto status = reader.feed(data[at]);
        if (status) FANGXIN_CHECK(status->known && !status->gone);
        if (status) FANGXIN_CHECK(status_code(*status).size() < 20);
    }
    return 0;
}
