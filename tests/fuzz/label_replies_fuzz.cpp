// Any bytes from a label scale: each answer taken shortens them, and what it says of a refusal is
// printable and short.
#include "domain/check.hpp"
#include "drivers/label_scales/registry.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

using namespace fangxin::drivers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    for (const LabelProtocol* protocol : label_protocols()) {
        for (const LabelOrder order : {LabelOrder::put, LabelOrder::erase, LabelOrder::erase_all}) {
            std::string received(data, data + size);
            std::size_t left = received.size();
            while (auto reply = protocol->take_reply(received, {.order = order, .plu = 17})) {
                FANGXIN_CHECK(received.size() < left);
                FANGXIN_CHECK(reply->accepted == reply->reason.empty());
                FANGXIN_CHECK(reply->reason.size() <= 200);
                FANGXIN_CHECK(std::all_of(reply->reason.begin(), reply->reason.end(),
                                          [](char c) { return c >= 0x20 && c < 0x7F; }));
                left = received.size();
            }
        }
    }
    return 0;
}
