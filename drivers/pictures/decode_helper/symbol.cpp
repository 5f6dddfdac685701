#include "drivers/pictures/decode_helper/symbol.hpp"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>
#include <array>

namespace fangxin::drivers {

namespace {

struct Kind {
    ZXing::BarcodeFormat format;
    std::string_view word;
};
constexpr std::array kinds =
    std::to_array<Kind>({{ZXing::BarcodeFormat::EAN13, "ean13"},
                         {ZXing::BarcodeFormat::EAN8, "ean8"},
                         {ZXing::BarcodeFormat::UPCA, "upca"},
                         {ZXing::BarcodeFormat::UPCE, "upce"},
                         {ZXing::BarcodeFormat::Code128, "code128"},
                         {ZXing::BarcodeFormat::ITF, "itf"},
                         {ZXing::BarcodeFormat::DataBar, "databar"},
                         {ZXing::BarcodeFormat::DataBarExpanded, "databar_expanded"},
                         {ZXing::BarcodeFormat::DataMatrix, "datamatrix"},
                         {ZXing::BarcodeFormat::QRCode, "qr"}});

/// minLineCount stays at 2: with 1, wrong reads rise from 4 to 22 of 703 sample photos.
ZXing::DecodeHints hints() {
    ZXing::BarcodeFormats formats;
    for (const Kind& kind : kinds)
        formats |= kind.format;
    ZXing::DecodeHints result;
    result.setFormats(formats).setTryHarder(true).setTryRotate(true).setMinLineCount(2);
    return result;
}

std::string_view word_of(ZXing::BarcodeFormat format) {
    for (const Kind& kind : kinds) {
        if (kind.format == format) return kind.word;
    }
    return {};
}

/// Whether the text is right because the code names its characters. GB18030 (ECI 32) ZXing 1.4
/// reads as Latin; the parent does it from the bytes.
bool names_characters(const ZXing::Result& result) {
    if (!result.hasECI()) return false;
    ZXing::ByteArray bytes = result.bytesECI();
    std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return text.find("\\000032") == std::string_view::npos;
}

std::array<PicturePoint, 4> corners_of(const ZXing::Position& position) {
    std::array<PicturePoint, 4> corners;
    for (std::size_t i = 0; i < corners.size(); ++i)
        corners[i] = {position[i].x, position[i].y};
    return corners;
}

}  // namespace

/// Single symbol: ReadBarcodes aborts on one picture in ten, ReadBarcode on one in a thousand.
std::optional<Symbol> read_symbol(const GreyPicture& picture) {
    static const ZXing::DecodeHints how = hints();
    ZXing::ImageView view(picture.pixels.data(), picture.width, picture.height,
                          ZXing::ImageFormat::Lum);
    try {
        ZXing::Result result = ZXing::ReadBarcode(view, how);
        if (!result.isValid() || word_of(result.format()).empty()) return std::nullopt;
        std::string identifier = result.symbologyIdentifier();
        Symbol symbol{.format = word_of(result.format()),
                      .symbology = identifier.empty() ? identifier : identifier.substr(1),
                      .has_eci = names_characters(result),
                      .text = result.text(),
                      .bytes = std::string(result.bytes().begin(), result.bytes().end()),
                      .engine = "zxing",
                      .corners = corners_of(result.position())};
        // DataBar holds a GTIN and nothing else; ZXing leaves out the 01 that its identifier
        // promises.
        if (symbol.format == "databar") symbol.text = symbol.bytes = "01" + symbol.bytes;
        return symbol;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

}  // namespace fangxin::drivers
