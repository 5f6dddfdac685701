// Labels for shelves and cases, as TSPL printers take them (TSC, 佳博, 汉印 and others): lines of
// text, places in dots. Pure; any thread. Source: TSC, TSPL/TSPL2 Programming Manual: TEXT,
// BARCODE, DMATRIX.
//
//   SIZE 60 mm,40 mm                                  GAP 2 mm,0 mm
//   TEXT x,y,"TSS24.BF2",rotation,times,times,"…"     24-dot Chinese, GB18030 of two bytes
//   BARCODE x,y,"EAN13",height,words,rotation,narrow,wide,"…"
//   DMATRIX x,y,width,height,c126,x4,"~101…"          ~ (126) escapes, ~1 is FNC1
//   REVERSE x,y,width,height                          PRINT 1,copies
//
// A quote in a text is \["], and no text holds a control byte, so that it cannot end its line.
#pragma once

#include "domain/calendar.hpp"
#include "domain/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fangxin::drivers {

struct LabelMedia {
    int width_mm = 60;   ///< 30..104
    int height_mm = 40;  ///< 20..200
    int gap_mm = 2;      ///< 0 on paper without gaps
    int dots_a_mm = 8;   ///< 12 at 300 dpi
};

/// The price per kilogram, litre or other unit that stands beside a package's price.
struct UnitPrice {
    std::int64_t fen = 0;
    std::string unit;  ///< `kg` `L` `100g`
};

/// What hangs on the shelf under the goods.
struct ShelfLabel {
    std::string name;
    std::int64_t price_fen = 0;
    std::string unit;           ///< `盒` `kg`: behind the price
    std::string specification;  ///< `250ml×12`
    std::string origin;
    std::optional<UnitPrice> unit_price;
    std::string code;  ///< EAN-13 or EAN-8 with check digit, else printed as Code 128
    std::optional<std::int64_t> before_fen;  ///< set: reduced (临期特价), the old price struck out
    std::optional<domain::Date> expiry;      ///< of reduced goods
};

/// What a case carries, or a pallet: with a GS1 DataMatrix of (01)(11)(17)(10).
struct CaseLabel {
    std::string name;
    std::string specification;
    std::string gtin;  ///< 14 digits
    std::string lot;
    std::optional<domain::Date> production;
    std::optional<domain::Date> expiry;
    int pieces = 0;  ///< in the case; 0 is not printed
    std::string supplier;
};

/// A GS1 DataMatrix to set scanners up by.
struct ScannerLabel {
    std::string title;
    std::string elements;  ///< `(01)…(10)…(21)…`; all but (01) may be of any length
};

/// The label's bytes. What does not fit between the edges, or would lie over something else, is
/// made smaller or, of what may be missed, left out: a second line of the name, specification and
/// origin. Error: `bad_label`, its detail the field's name and what is wrong with it: media on
/// which the rest does not fit, a name that is empty, a price below 0, a code whose check digit
/// does not hold, a lot of other characters than GS1 allows or over 20, an expiry before the
/// production, media or copies (1..999) out of range.
Result<std::string> encode_label(const ShelfLabel& label, const LabelMedia& media, int copies);
Result<std::string> encode_label(const CaseLabel& label, const LabelMedia& media, int copies);
Result<std::string> encode_label(const ScannerLabel& label, const LabelMedia& media, int copies);

/// One text between quotes, as TSPL takes it.
std::string tspl_text(std::string_view utf8);

}  // namespace fangxin::drivers
