// What a manager gives a terminal to be enrolled by (SYNC-3), as text in a file or in a QR code:
// `FXE1:HOST:PORT/PIN/TOKEN`, the pin 64 and the token 32 hex digits, in capitals so that it makes
// a small code. Any thread.
#pragma once

#include "sync/link_address.hpp"

#include <string>
#include <string_view>

namespace fangxin::sync {

struct EnrolmentCode {
    LinkAddress address;
    std::string pin;    ///< `spki` of the store's authority
    std::string token;  ///< 128 bits, good once
    bool operator==(const EnrolmentCode& other) const {
        return address.text() == other.address.text() && pin == other.pin && token == other.token;
    }
};

/// Whatever follows: a scanner read a code of this kind, or a part of one. Here and in what reads
/// it an AIM identifier may stand in front (`]Q1`).
bool begins_enrolment_code(std::string_view text);

std::string write_enrolment_code(const EnrolmentCode& code);

/// Blanks and line breaks, which typing and mail add, and small letters do not matter. Code
/// `bad_enrolment_code`; the detail says what is wrong with it.
Result<EnrolmentCode> read_enrolment_code(std::string_view text);

}  // namespace fangxin::sync
