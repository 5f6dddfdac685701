// GS1 Digital Link: a web address that names goods, `https://any.shop/01/GTIN/10/LOT?17=261231`.
// Taken apart as text, never opened. Pure; any thread.
// Sources: GS1 Digital Link Standard, URI Syntax; GB/T 33993 (product 2D code, its URL form).
#pragma once

#include "domain/gs1.hpp"

#include <optional>
#include <string_view>

namespace fangxin::domain {

/// `http://` or `https://`, a host, and no space or control character in it.
bool is_web_address(std::string_view text);

/// The AIs of a web address whose path has `/01/` and a GTIN; none for an ordinary address.
///     https://id.shop.cn/zh/01/06901234567892/22/2A/10/AB%2F12/21/X7?17=261231&ref=poster
///     host, any path     key   GTIN           qualifiers, in order   AIs; other keys passed over
/// The GTIN may have 8, 12, 13 or 14 digits and is padded. Errors are those of the values, `syntax`
/// for qualifiers out of order or without a value and for a broken %-escape.
std::optional<Gs1Elements> read_digital_link(std::string_view url, Date today);

}  // namespace fangxin::domain
