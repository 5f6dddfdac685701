// Stable error codes into words for the person at the screen: what happened and what to do next.
// Pure; any thread.
#pragma once

#include "domain/code.hpp"
#include "domain/receipt.hpp"
#include "domain/result.hpp"
#include "domain/verdict.hpp"

#include <string>
#include <string_view>

namespace fangxin::terminal {

/// `detail` fills the place of `{}` in the words, where there is one. Of the codes of till and
/// handheld, of their screens and of headless answers alike.
std::string message_for(std::string_view code, std::string_view detail, domain::Language language);

/// A code as it was scanned, for a screen or a log: signs that print, at most forty columns. Of a
/// payment code, which is money, its beginning alone.
std::string shown_code(std::string_view raw);

/// A code as an event tells it to another program: as scanned where it is plain text, at most 100
/// characters; else as shown_code() has it, and so is what is a payment code to this till.
std::string told_code(std::string_view raw, const domain::CodeContext& context);

/// Why a code that was scanned names no goods: `bad_code`, `payment_code` or `no_such_item`.
Error trouble_with_code(std::string_view raw, domain::Date today);

/// What the cashier reads, and can say aloud, of a verdict.
std::string verdict_message(const domain::Verdict& verdict, domain::Language language);

}  // namespace fangxin::terminal
