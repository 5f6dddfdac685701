// By what a weight is taken (WEIGH-4, WEIGH-5): the legal library's version, its code and the
// scale's protected parameters, each with its hash and all of them in one. Shown, printed, and kept
// with every weighed line. Any thread.
#pragma once

#include "domain/weighing/parameters.hpp"

#include <string>
#include <string_view>

namespace fangxin::drivers {

struct WeighingSeal {
    std::string version;
    std::string code;        ///< SHA-256 of the library's machine code, 64 hexadecimal digits
    std::string parameters;  ///< of canonical_text()
    std::string whole;       ///< of version, code and parameters
    bool genuine = false;    ///< the code is what this program was built with
    bool operator==(const WeighingSeal&) const = default;
};

/// The code is hashed once, when it is first asked for.
WeighingSeal seal_of(const weighing::Parameters& parameters);

/// As it is read aloud and compared with a certificate: `1.0.0 3F2A-91C0-…`, the first 16 digits.
std::string short_seal(const WeighingSeal& seal);

/// Of the library that was linked when this program was built.
std::string_view pinned_code_hash();

}  // namespace fangxin::drivers
