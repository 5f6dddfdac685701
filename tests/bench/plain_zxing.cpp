#include "tests/bench/plain_readers.hpp"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

namespace fangxin::bench {

std::string plain_zxing(const tests::GreyPhoto& photo) {
    using ZXing::BarcodeFormat;
    static const ZXing::DecodeHints how =
        ZXing::DecodeHints()
            .setFormats(BarcodeFormat::EAN13 | BarcodeFormat::EAN8 | BarcodeFormat::UPCA |
                        BarcodeFormat::UPCE | BarcodeFormat::Code128 | BarcodeFormat::ITF |
                        BarcodeFormat::DataBar | BarcodeFormat::DataBarExpanded |
                        BarcodeFormat::DataMatrix | BarcodeFormat::QRCode)
            .setTryHarder(true)
            .setTryRotate(true);
    const ZXing::ImageView view(photo.pixels.data(), photo.width, photo.height,
                                ZXing::ImageFormat::Lum);
    const ZXing::Result result = ZXing::ReadBarcode(view, how);
    return result.isValid() ? result.text() : std::string();
}

}  // namespace fangxin::bench
