// Barcodes in pictures (files, camera frames), read by the helper program fangxin-decode, which is
// shut in and may die: a picture can then cost a read, never the till. Owned by whoever needs
// pictures read; one thread, and not the one that draws: a call may take as long as its time-out.
#pragma once

#include "domain/result.hpp"
#include "drivers/pictures/child_program.hpp"
#include "drivers/pictures/picture_point.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace fangxin::drivers {

/// Who read a code. zbar is wrong more often: see ReadConfirmation.
enum class Engine { zxing, zbar };

struct Decoded {
    std::string format;     ///< `ean13` `ean8` `upca` `upce` `code128` `itf` `databar`
                            ///< `databar_expanded` `datamatrix` `qr`
    std::string symbology;  ///< AIM identifier without the bracket, `d2`
    std::string text;       ///< UTF-8, GS as U+001D; DataBar Expanded as `(01)…(10)…`
    Engine engine = Engine::zxing;
    bool sure = true;  ///< in a frame: false if it was seen once and its kind betrays little
    std::array<PicturePoint, 4> corners{};  ///< from the code's own top left round
    std::int64_t ms = 0;                    ///< from the call to the answer, rounded
    /// As a scanner would send it, for domain::parse_code: `]d2` and the text.
    std::string as_scanned() const { return symbology.empty() ? text : "]" + symbology + text; }
};

/// One camera frame: a byte a pixel, rows without gaps.
struct GreyFrame {
    int width = 0;
    int height = 0;
    std::span<const std::byte> pixels;
};

struct DecoderOptions {
    std::string helper = default_helper();
    int timeout_ms = 3000;
    std::int64_t largest_file = 20'000'000;
    int file_budget_ms = 1000;  ///< no other look at a picture is begun after that
    int frame_budget_ms = 80;

    /// fangxin-decode beside the running program.
    static std::string default_helper();
};

class Decoder {
  public:
    explicit Decoder(DecoderOptions options = {}) : options_(std::move(options)) {}

    /// PNG or JPEG, up to 20 MB and 40 million pixels. Errors: not_found, not_readable,
    /// not_an_image, too_large, no_code, decoder_died (also when it was too slow; the next picture
    /// gets a new one). What was read is sure: two looks said the same where one is not enough.
    Result<Decoded> decode_file(const std::string& path);
    /// Errors: not_an_image (sizes that do not fit), too_large, no_code, decoder_died.
    Result<Decoded> decode_frame(const GreyFrame& frame);

    /// Of the helper now waiting; 0 if none. For tests.
    int helper_process() const { return helper_.process(); }

  private:
    /// A picture on its way: what to call it in front of the number of a look, and its bytes.
    struct Picture {
        std::string_view kind;
        std::string sizes;
        int memory;
        int budget_ms;
    };
    Result<Decoded> look_at(const Picture& picture);
    Result<Decoded> ask(const std::string& words, int memory);
    Result<void> start();
    Result<std::string> wait_for_answer() const;

    DecoderOptions options_;
    ChildProgram helper_;
};

}  // namespace fangxin::drivers
