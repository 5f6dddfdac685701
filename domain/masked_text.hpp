// Personal data as a screen shows it until somebody has asked to see it (sync.md, personal data).
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace fangxin::domain {

/// `13812345678` → `138****5678`, `wang@example.com` → `w****@example.com`; of what is shorter than
/// seven characters the last one at most. Characters are those of UTF-8.
std::string masked_contact(std::string_view contact);

/// Of a telephone number what tells it from another: its digits, without +86 or 0086 before a
/// mobile number. Empty: it has none.
std::string phone_digits(std::string_view phone);

}  // namespace fangxin::domain
