// Card numbers that somebody typed into a free text (a complaint, a reason): they are kept nowhere
// (PCI DSS 4.0, 3.4.1). Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace fangxin::domain {

/// Each run of 15 to 19 digits, blanks and hyphens between them, that a card's check digit fits
/// (ISO/IEC 7812-1, Luhn) becomes asterisks but for its last four. Shorter ones stay: they are bar
/// codes. UTF-8, full-width digits too.
std::string without_card_numbers(std::string_view text);

}  // namespace fangxin::domain
