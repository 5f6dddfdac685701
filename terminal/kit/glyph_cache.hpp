// Pictures of characters in one-channel pages of 1024×1024, drawn when they are first needed and
// kept within a budget: when all pages are full, the one unused for longest is emptied. Every page
// begins with a white corner, so that shapes are drawn from whichever page is current and a screen
// costs few draw calls. Owned by the stage's thread; knows nothing of GL.
#pragma once

#include "terminal/kit/fonts.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fangxin::kit {

constexpr int page_side = 1024;

/// Where a glyph lies. `page` < 0: it has no pixels (a space), or there was no room for it this
/// frame (`no_room`), which the canvas shows as a solid box.
struct Glyph {
    int page = -1;
    bool no_room = false;
    std::int16_t x = 0;
    std::int16_t y = 0;
    std::int16_t width = 0;
    std::int16_t height = 0;
    std::int16_t left = 0;
    std::int16_t top = 0;
};

class GlyphCache {
  public:
    struct Budget {
        int pages = 40;  ///< of one MiB each
    };
    explicit GlyphCache(std::shared_ptr<Fonts> fonts) : GlyphCache(std::move(fonts), Budget{}) {}
    GlyphCache(std::shared_ptr<Fonts> fonts, Budget budget);

    Fonts& fonts() { return *fonts_; }
    /// Pages used since the last call may not be emptied before the next.
    void begin_frame() { ++frame_; }
    const Glyph& get(const GlyphRequest& request);

    struct Page {
        std::vector<std::uint8_t> coverage;  ///< page_side × page_side
        int dirty_from = 0;                  ///< rows changed since the renderer last cleared this
        int dirty_to = page_side;
    };
    const std::vector<Page>& pages() const { return pages_; }
    /// The renderer has uploaded the page.
    void uploaded(std::size_t page) { pages_[page].dirty_from = pages_[page].dirty_to = 0; }
    /// The textures are gone (lost context): everything has to be uploaded again.
    void all_dirty();

    std::size_t memory_bytes() const;
    std::size_t glyph_count() const { return glyphs_.size(); }

    /// Characters to be drawn ahead while nothing happens, at `size_64ths`.
    void want(std::u32string_view characters, GlyphRequest like);
    /// The 3,755 common characters of GB2312 level 1, by pronunciation.
    static std::u32string common_han();
    /// Draws at most `count` of the wanted ones; false when none are left.
    bool warm(int count);

  private:
    struct Shelf {
        int y;
        int height;
        int x;
    };
    struct Place {
        std::vector<Shelf> shelves;
        int bottom = 2;
        std::uint64_t last_frame = 0;
    };
    struct Hash {
        std::size_t operator()(const GlyphRequest& request) const;
    };
    struct Spot {
        int page;
        int x;
        int y;
    };

    bool find_spot(int width, int height, Spot& spot);
    bool find_on(std::size_t page, int width, int height, Spot& spot);
    void add_page();
    bool empty_oldest();
    Glyph place(const GlyphBitmap& bitmap);

    std::shared_ptr<Fonts> fonts_;
    Budget budget_;
    std::uint64_t frame_ = 1;
    std::size_t open_page_ = 0;
    std::vector<Page> pages_;
    std::vector<Place> places_;
    std::unordered_map<GlyphRequest, Glyph, Hash> glyphs_;
    std::deque<GlyphRequest> wanted_;
};

}  // namespace fangxin::kit
