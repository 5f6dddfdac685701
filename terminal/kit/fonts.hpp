// The fonts of the machine: Noto Sans CJK SC first, then whatever installed font has the character.
// Gives widths without drawing anything (layout tests need no display) and pictures of single
// characters at any size. What no font has gets a box with its hexadecimal digits, so that nothing
// is dropped in silence. Owned by who opens it; one thread at a time.
#pragma once

#include "domain/result.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace fangxin::kit {

enum class Weight : std::uint8_t { regular, bold };

/// Coverage of one character, 0 to 255, rows from the top.
struct GlyphBitmap {
    int width = 0;
    int height = 0;
    int left = 0;  ///< pixels from the pen to the first column
    int top = 0;   ///< pixels from the baseline up to the first row
    std::vector<std::uint8_t> coverage;
};

/// One picture: `quarter` moves it right by that many quarters of a pixel, for even Latin spacing.
struct GlyphRequest {
    char32_t code_point = 0;
    Weight weight = Weight::regular;
    std::uint8_t quarter = 0;
    std::uint16_t size_64ths = 0;  ///< pixels of the em, in 64ths
    bool operator==(const GlyphRequest&) const = default;
};

class Fonts {
  public:
    /// Error `no_fonts` when not even one usable font is installed.
    static Result<std::shared_ptr<Fonts>> open();
    ~Fonts();
    Fonts(const Fonts&) = delete;
    Fonts& operator=(const Fonts&) = delete;

    /// How far the pen moves, as a part of the type size (1 for Han). 0 for invisible characters.
    float advance(char32_t code_point, Weight weight);
    /// Whether some installed font has it; otherwise it is drawn as a box with digits.
    bool has(char32_t code_point, Weight weight);
    GlyphBitmap draw(const GlyphRequest& request);

  private:
    struct Impl;
    explicit Fonts(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace fangxin::kit
