#include "drivers/printers/paper/symbol.hpp"

#include "drivers/printers/paper/code128.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <zint.h>

namespace fangxin::drivers {

namespace {

struct SortRow {
    CodeSort sort;
    std::string_view name;
    int symbology;
};
constexpr std::array sort_rows{SortRow{CodeSort::upca, "UPCA", BARCODE_UPCA},
                               SortRow{CodeSort::upce, "UPCE", BARCODE_UPCE},
                               SortRow{CodeSort::ean13, "EAN13", BARCODE_EANX},
                               SortRow{CodeSort::ean8, "EAN8", BARCODE_EANX},
                               SortRow{CodeSort::code39, "CODE39", BARCODE_CODE39},
                               SortRow{CodeSort::itf, "ITF", BARCODE_C25INTER},
                               SortRow{CodeSort::codabar, "CODABAR", BARCODE_CODABAR},
                               SortRow{CodeSort::code93, "CODE93", BARCODE_CODE93},
                               SortRow{CodeSort::code128, "CODE128", BARCODE_CODE128},
                               SortRow{CodeSort::qr, "QR", BARCODE_QRCODE},
                               SortRow{CodeSort::pdf417, "PDF417", BARCODE_PDF417},
                               SortRow{CodeSort::datamatrix, "DATAMATRIX", BARCODE_DATAMATRIX}};

const SortRow& row_of(CodeSort sort) { return sort_rows[static_cast<std::size_t>(sort)]; }

struct Delete {
    void operator()(zint_symbol* symbol) const { ZBarcode_Delete(symbol); }
};

Bitmap bars(std::string_view widths) {
    int modules = 0;
    for (char width : widths)
        modules += width - '0';
    Bitmap made = Bitmap::blank(modules, 1);
    int x = 0;
    bool black = true;
    for (char width : widths) {
        for (int end = x + (width - '0'); x < end; ++x) {
            if (black) made.set(x, 0);
        }
        black = !black;
    }
    return made;
}

Result<Bitmap> code128(std::string_view data) {
    auto code = read_code128(data);
    if (!code) return failure("bad_code", "no Code 128 data");
    return bars(code128_widths(*code));
}

/// How long an AI is, and its element with it where that is predefined; 0 if it ends at FNC1.
struct AiRow {
    std::string_view first;  ///< first digits, from
    std::string_view last;   ///< to
    std::size_t ai = 2;
    std::size_t element = 0;
};
/// GS1 General Specifications 7.8.5 (predefined lengths) and 3 (AIs).
constexpr std::array ai_rows{
    AiRow{"00", "00", 2, 20}, AiRow{"01", "03", 2, 16}, AiRow{"04", "04", 2, 18},
    AiRow{"10", "10"},        AiRow{"11", "19", 2, 8},  AiRow{"20", "20", 2, 4},
    AiRow{"21", "22"},        AiRow{"23", "25", 3},     AiRow{"30", "30"},
    AiRow{"31", "36", 4, 10}, AiRow{"37", "37"},        AiRow{"39", "39", 4},
    AiRow{"40", "40", 3},     AiRow{"41", "41", 3, 16}, AiRow{"42", "42", 3},
    AiRow{"43", "43", 4},     AiRow{"70", "70", 4},     AiRow{"71", "71", 3},
    AiRow{"72", "82", 4},     AiRow{"90", "99"}};

/// `~1` begins a GS1 symbol and parts its elements; libzint takes them as `[01]…[10]…`. Empty if it
/// is none.
std::string gs1_in_brackets(std::string_view data) {
    constexpr std::string_view fnc1 = "~1";
    std::string text;
    if (!data.starts_with(fnc1)) return text;
    while (!data.empty()) {
        if (data.starts_with(fnc1)) data.remove_prefix(fnc1.size());
        std::string_view digits = data.substr(0, 2);
        const auto* row = std::find_if(ai_rows.begin(), ai_rows.end(), [&](const AiRow& each) {
            return digits >= each.first && digits <= each.last;
        });
        if (row == ai_rows.end()) return {};
        std::size_t end = row->element != 0 ? row->element : data.find(fnc1);
        end = std::min(end, data.size());
        if (end <= row->ai) return {};
        text += '[' + std::string(data.substr(0, row->ai)) + ']';
        text += data.substr(row->ai, end - row->ai);
        data.remove_prefix(end);
    }
    return text;
}

}  // namespace

std::string_view name_of(CodeSort sort) { return row_of(sort).name; }

Result<Bitmap> make_symbol(const SymbolRequest& request) {
    if (request.sort == CodeSort::code128) return code128(request.data);
    if (request.data.empty()) return failure("bad_code", "no data");
    std::unique_ptr<zint_symbol, Delete> symbol(ZBarcode_Create());
    if (!symbol) return failure("bad_code", "libzint does not start");
    symbol->symbology = row_of(request.sort).symbology;
    symbol->input_mode = DATA_MODE;
    std::string data = request.data;
    bool ean = request.sort == CodeSort::ean13 || request.sort == CodeSort::ean8;
    std::size_t whole = request.sort == CodeSort::ean13 ? 13 : 8;
    if (ean && data.size() == whole) symbol->symbology = BARCODE_EANX_CHK;
    if (ean && data.size() + 1 != whole && data.size() != whole) {
        return failure("bad_code", "so many digits has no EAN");
    }
    if (request.sort == CodeSort::qr) symbol->option_1 = request.level;
    if (request.sort == CodeSort::datamatrix) {
        symbol->option_3 = DM_SQUARE;
        if (std::string gs1 = gs1_in_brackets(data); !gs1.empty()) {
            data = gs1;
            symbol->input_mode = GS1_MODE | GS1NOCHECK_MODE;
        }
    }
    int error = ZBarcode_Encode(symbol.get(), reinterpret_cast<const unsigned char*>(data.data()),
                                static_cast<int>(data.size()));
    if (error >= ZINT_ERROR) return failure("bad_code", symbol->errtxt);
    Bitmap made = Bitmap::blank(symbol->width, symbol->rows);
    for (int y = 0; y < symbol->rows; ++y) {
        for (int x = 0; x < symbol->width; ++x) {
            if ((symbol->encoded_data[y][x / 8] >> (x % 8) & 1) != 0) made.set(x, y);
        }
    }
    return made;
}

}  // namespace fangxin::drivers
