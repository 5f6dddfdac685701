// GS1 element strings: from what the scanner sent to what a till uses. Pure; any thread.
// Source: GS1 General Specifications 7.8 (separators); GS1 Syntax Dictionary (exclusive AIs).
#pragma once

#include "domain/code.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace fangxin::domain {

/// FNC1 as scanners send it: ends a value whose length is not predefined.
constexpr char group_separator = '\x1d';

/// Collects AIs, judges each value and what stands beside it, then hands over what a till uses.
/// The gravest error is kept, in the order of CodeError.
class Gs1Elements {
  public:
    /// `today` decides the century of two-digit years.
    explicit Gs1Elements(Date today);

    /// `ai` is one that ai_length() accepts. The same AI with the same value counts once.
    void add(std::string_view ai, std::string_view value);
    void fail(CodeError error);
    std::optional<CodeError> error() const { return error_; }

    /// Sets `code.error`, or all that the AIs say.
    void hand_over(ScannedCode& code) &&;

  private:
    void fill_quantity(ScannedCode& code, const ApplicationIdentifier& element) const;
    void fill_dates(ScannedCode& code) const;
    std::optional<DayMinute> day_minute(std::string_view ai) const;
    std::string_view value_of(std::string_view ai) const;

    std::vector<ApplicationIdentifier> ais_;
    std::optional<CodeError> error_;
    int this_year_;
};

/// An element string as scanners send it, values of variable length ended by GS:
///     01069012345678921726123110AB12␝21X7
///     01 06901234567892   17 261231   10 AB12 ␝   21 X7
/// Separators in front, at the end, doubled or after a predefined length are passed over. A missing
/// one cannot be seen: `10AB12` + `17261231` is a valid lot.
Gs1Elements read_element_string(std::string_view data, Date today);

/// True if `data` opens with an AI in brackets, `(01)`.
bool opens_with_bracketed_ai(std::string_view data);

/// The form people read and ZXing gives for DataBar Expanded: `(01)06901234567892(10)AB12`. A value
/// may hold brackets; one that holds a bracketed AI cannot be told from two elements.
Gs1Elements read_bracketed(std::string_view data, Date today);

}  // namespace fangxin::domain
