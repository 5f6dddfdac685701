#include "sync/server/qr_text.hpp"

#include <memory>
#include <zint.h>

namespace fangxin::sync {

namespace {

constexpr int quiet = 4;  // modules, ISO/IEC 18004

struct Delete {
    void operator()(zint_symbol* symbol) const { ZBarcode_Delete(symbol); }
};

bool is_dark(const zint_symbol& symbol, int row, int column) {
    if (row < 0 || column < 0 || row >= symbol.rows || column >= symbol.width) return false;
    return (symbol.encoded_data[row][column / 8] >> (column % 8)) & 1;
}

}  // namespace

std::string qr_text(std::string_view text) {
    std::unique_ptr<zint_symbol, Delete> symbol(ZBarcode_Create());
    if (!symbol) return {};
    symbol->symbology = BARCODE_QRCODE;
    symbol->option_1 = 2;  // level M: it may be read off a screen that mirrors a lamp
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    if (ZBarcode_Encode(symbol.get(), bytes, static_cast<int>(text.size())) >= ZINT_ERROR)
        return {};
    std::string lines;
    for (int row = -quiet; row < symbol->rows + quiet; row += 2) {
        for (int column = -quiet; column < symbol->width + quiet; ++column) {
            const bool upper = !is_dark(*symbol, row, column);
            const bool lower = !is_dark(*symbol, row + 1, column);
            lines += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
        }
        lines += '\n';
    }
    return lines;
}

}  // namespace fangxin::sync
