// Barcodes as modules, for the printer without paper: what a scanner would read off real paper is
// really there. libzint makes all but Code 128, whose code sets the caller of a receipt printer
// chooses. Pure; any thread.
#pragma once

#include "domain/result.hpp"
#include "drivers/printers/bitmap.hpp"

#include <string>

namespace fangxin::drivers {

enum class CodeSort {
    upca,
    upce,
    ean13,
    ean8,
    code39,
    itf,
    codabar,
    code93,
    code128,
    qr,
    pdf417,
    datamatrix
};

struct SymbolRequest {
    CodeSort sort = CodeSort::code128;
    std::string data;  ///< of Code 128 as `GS k 73` has it; of a DataMatrix with ~1 for FNC1
    int level = 0;     ///< QR: 1..4 for L M Q H
};

/// One dot a module; a linear code is one row high. No quiet zone. Error: `bad_code`, with why.
Result<Bitmap> make_symbol(const SymbolRequest& request);

/// `CODE128` `EAN13` `QR` …
std::string_view name_of(CodeSort sort);

}  // namespace fangxin::drivers
