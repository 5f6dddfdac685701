// In which form a scanner sends what it reads, learnt from one scan of a known label, and taken off
// again. Pure; any thread.
#pragma once

#include "domain/calendar.hpp"
#include "domain/result.hpp"

#include <string>
#include <string_view>

namespace fangxin::drivers {

struct ScanForm {
    std::string prefix;  ///< in front of the AIM identifier
    std::string suffix;  ///< `\r`, `\r\n`, `\t` … as text; function_key_text() for function keys
    bool aim = true;     ///< identifiers such as `]C1` are sent
    /// What stands for GS: U+001D itself (serial lines; keyboards by Ctrl+] or Alt 029), `029` (Alt
    /// 029 as Linux types it), `<GS>`, `|`, `~`, `#`, a function key; empty: nothing is sent.
    std::string separator = "\x1d";
    bool swapped_case = false;  ///< letters come turned over: Caps Lock was lit
    bool operator==(const ScanForm&) const = default;

    /// A scan as if it had come over a serial line: prefix and suffix off, letters the right way
    /// round, GS as U+001D. Only GS1 data is changed, `]C1 ]e0 ]d2 ]Q3` in front of it or, from a
    /// scanner without identifiers, if it makes sense as such to its last byte: a `#` in a web
    /// address, a `029` in an EAN-13 stay. Of several ways to read `029` the one with most
    /// separators that is valid; `today` decides the century of dates.
    std::string restored(std::string_view raw, domain::Date today) const;
};

/// The label that is scanned to learn from, a GS1 DataMatrix, as barcode programs take it. Letters
/// of both cases and signs show Caps Lock and foreign layouts; its GTIN is no goods' (GS1 prefix 2,
/// for a shop's own use).
constexpr std::string_view learn_label = "(01)02000000000008(10)Yz-1_/q(21)Aa1Zz9";

/// Learns from the label as it came out, prefix and suffix included. Errors:
///     nothing            no scan came
///     cut_short          the end of the label is missing
///     scanned_twice      the label came more than once
///     other_layout       digits are right, letters or signs are not: the scanner's keyboard
///                        country, or the desktop's layout, is not US
///     not_gs1            the label was printed as an ordinary DataMatrix or QR code
///     unknown_separator  what stands for GS could be part of a value
///     not_the_label      anything else
Result<ScanForm> learn_scan_form(std::string_view raw);

/// For the devices file, a table `[scanner.form]`:
///     prefix = "" / suffix = "\r" / aim = true / separator = "gs" / swapped_case = false
/// `separator` by name: `gs` `029` `<GS>` `|` `~` `#` `F8` `none`.
std::string to_toml(const ScanForm& form);

/// The same as one JSON object.
std::string to_json(const ScanForm& form);

/// Reads such a fragment, with its table's head or without. Error: `bad_scan_form`.
Result<ScanForm> read_scan_form(std::string_view toml);

}  // namespace fangxin::drivers
