#include "terminal/kit/glyph_cache.hpp"

#include <algorithm>
#include <bit>
#include <iconv.h>

namespace fangxin::kit {

GlyphCache::GlyphCache(std::shared_ptr<Fonts> fonts, Budget budget)
    : fonts_(std::move(fonts)), budget_(budget) {
    pages_.reserve(static_cast<std::size_t>(budget_.pages));
    add_page();
}

std::size_t GlyphCache::Hash::operator()(const GlyphRequest& request) const {
    std::uint64_t bits = request.code_point;
    bits = (bits << 16U) | request.size_64ths;
    bits = (bits << 4U) | (request.quarter << 1U) |
           static_cast<unsigned>(request.weight == Weight::bold);
    bits *= 0x9E3779B97F4A7C15U;
    return bits ^ (bits >> 32U);
}

const Glyph& GlyphCache::get(const GlyphRequest& request) {
    const auto at = glyphs_.find(request);
    if (at != glyphs_.end() && !at->second.no_room) {
        const int page = at->second.page;
        if (page >= 0) places_[static_cast<std::size_t>(page)].last_frame = frame_;
        return at->second;
    }
    const Glyph placed = place(fonts_->draw(request));
    return glyphs_.insert_or_assign(request, placed).first->second;
}

Glyph GlyphCache::place(const GlyphBitmap& bitmap) {
    Glyph glyph;
    glyph.width = static_cast<std::int16_t>(bitmap.width);
    glyph.height = static_cast<std::int16_t>(bitmap.height);
    glyph.left = static_cast<std::int16_t>(bitmap.left);
    glyph.top = static_cast<std::int16_t>(bitmap.top);
    if (bitmap.width == 0 || bitmap.height == 0) return glyph;
    Spot spot{};
    if (!find_spot(bitmap.width + 1, bitmap.height + 1, spot)) {
        glyph.no_room = true;
        return glyph;
    }
    glyph.page = spot.page;
    glyph.x = static_cast<std::int16_t>(spot.x);
    glyph.y = static_cast<std::int16_t>(spot.y);
    Page& page = pages_[static_cast<std::size_t>(spot.page)];
    for (int row = 0; row < bitmap.height; ++row) {
        std::copy_n(bitmap.coverage.begin() + row * bitmap.width, bitmap.width,
                    page.coverage.begin() + (spot.y + row) * page_side + spot.x);
    }
    const bool clean = page.dirty_from == page.dirty_to;
    page.dirty_from = clean ? spot.y : std::min(page.dirty_from, spot.y);
    page.dirty_to =
        clean ? spot.y + bitmap.height : std::max(page.dirty_to, spot.y + bitmap.height);
    places_[static_cast<std::size_t>(spot.page)].last_frame = frame_;
    return glyph;
}

bool GlyphCache::find_on(std::size_t page, int width, int height, Spot& spot) {
    Place& place = places_[page];
    for (Shelf& shelf : place.shelves) {
        const bool wasteful = shelf.height > height + height / 3 + 4;
        if (height > shelf.height || wasteful || shelf.x + width > page_side) continue;
        spot = {static_cast<int>(page), shelf.x, shelf.y};
        shelf.x += width;
        return true;
    }
    const int shelf_height = (height + 3) / 4 * 4;
    if (place.bottom + shelf_height > page_side || width > page_side) return false;
    place.shelves.push_back({place.bottom, shelf_height, width});
    spot = {static_cast<int>(page), 0, place.bottom};
    place.bottom += shelf_height;
    return true;
}

bool GlyphCache::find_spot(int width, int height, Spot& spot) {
    if (find_on(open_page_, width, height, spot)) return true;
    if (static_cast<int>(pages_.size()) < budget_.pages) {
        add_page();
    } else if (!empty_oldest()) {
        return false;
    }
    return find_on(open_page_, width, height, spot);
}

void GlyphCache::add_page() {
    Page page;
    page.coverage.assign(static_cast<std::size_t>(page_side) * page_side, 0);
    pages_.push_back(std::move(page));
    places_.emplace_back();
    open_page_ = pages_.size() - 1;
    for (const int at : {0, 1, page_side, page_side + 1}) {
        pages_.back().coverage[static_cast<std::size_t>(at)] = 255;
    }
}

bool GlyphCache::empty_oldest() {
    const auto oldest = std::ranges::min_element(places_, {}, &Place::last_frame);
    if (oldest->last_frame >= frame_) return false;
    const auto index = static_cast<std::size_t>(oldest - places_.begin());
    std::erase_if(glyphs_, [&](const auto& entry) {
        return entry.second.page < 0 || entry.second.page == static_cast<int>(index);
    });
    places_[index] = Place{};
    Page& page = pages_[index];
    std::fill(page.coverage.begin() + 2 * page_side, page.coverage.end(), std::uint8_t{0});
    page.dirty_from = 0;
    page.dirty_to = page_side;
    open_page_ = index;
    return true;
}

void GlyphCache::all_dirty() {
    for (Page& page : pages_) {
        page.dirty_from = 0;
        page.dirty_to = page_side;
    }
}

std::size_t GlyphCache::memory_bytes() const {
    constexpr std::size_t entry = sizeof(GlyphRequest) + sizeof(Glyph) + 3 * sizeof(void*);
    return pages_.size() * page_side * page_side + glyphs_.size() * entry;
}

void GlyphCache::want(std::u32string_view characters, GlyphRequest like) {
    for (const char32_t c : characters) {
        like.code_point = c;
        wanted_.push_back(like);
    }
}

bool GlyphCache::warm(int count) {
    for (int i = 0; i < count && !wanted_.empty(); ++i) {
        get(wanted_.front());
        wanted_.pop_front();
    }
    return !wanted_.empty();
}

std::u32string GlyphCache::common_han() {
    std::string codes;
    for (int high = 0xB0; high <= 0xD7; ++high) {
        const int last = high == 0xD7 ? 0xF9 : 0xFE;
        for (int low = 0xA1; low <= last; ++low) {
            codes += static_cast<char>(high);
            codes += static_cast<char>(low);
        }
    }
    std::u32string characters(codes.size() / 2, U'\0');
    const iconv_t converter = iconv_open("UTF-32LE", "GB2312");
    if (converter == std::bit_cast<iconv_t>(std::intptr_t{-1}))
        return {};  // libc's tables are not installed
    char* from = codes.data();
    auto* to = reinterpret_cast<char*>(characters.data());
    std::size_t from_left = codes.size();
    std::size_t to_left = characters.size() * sizeof(char32_t);
    iconv(converter, &from, &from_left, &to, &to_left);
    iconv_close(converter);
    characters.resize(characters.size() - to_left / sizeof(char32_t));
    return characters;
}

}  // namespace fangxin::kit
