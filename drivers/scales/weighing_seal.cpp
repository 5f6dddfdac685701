#include "drivers/scales/weighing_seal.hpp"

#include "domain/weighing/library.hpp"
#include "drivers/scales/weighing_code.hpp"

#include <fmt/format.h>

namespace fangxin::drivers {

WeighingSeal seal_of(const weighing::Parameters& parameters) {
    static const std::string code = code_hash_in_memory();
    WeighingSeal seal{.version = std::string(weighing::library_version()),
                      .code = code,
                      .parameters = sha256_hex(weighing::canonical_text(parameters)),
                      .whole = {},
                      .genuine = code == pinned_code_hash()};
    seal.whole = sha256_hex(fmt::format("{}\n{}\n{}\n", seal.version, seal.code, seal.parameters));
    return seal;
}

std::string short_seal(const WeighingSeal& seal) {
    std::string text = seal.version + ' ';
    for (std::size_t i = 0; i < 16; ++i) {
        if (i > 0 && i % 4 == 0) text += '-';
        char digit = seal.whole[i];
        text += digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit;
    }
    return text;
}

}  // namespace fangxin::drivers
