#include "drivers/pictures/decode_helper/looks.hpp"

#include "drivers/pictures/decode_helper/second_opinion.hpp"

#include <algorithm>

namespace fangxin::drivers {

namespace {

constexpr std::int64_t enough_pixels = 4'000'000;
constexpr int wide_margin = 24;

/// The picture itself, unless it is larger than a code needs.
int shrinking_for(const GreyPicture& picture) {
    std::int64_t pixels = std::int64_t{picture.width} * picture.height;
    int factor = 1;
    while (pixels / (factor * factor) > enough_pixels)
        ++factor;
    return factor;
}

template <class Reader>
std::optional<Symbol> read_shrunk(const GreyPicture& picture, int factor, Reader reader) {
    auto symbol = reader(shrunk(picture, factor));
    if (symbol) {
        for (PicturePoint& corner : symbol->corners)
            corner = {corner.x * factor, corner.y * factor};
    }
    return symbol;
}

std::optional<Symbol> read_whole(const GreyPicture& picture) {
    int factor = shrinking_for(picture);
    if (factor > 1) {
        if (auto symbol = read_shrunk(picture, factor, read_symbol)) return symbol;
    }
    return read_symbol(picture);
}

std::optional<Symbol> read_whole_by_zbar(const GreyPicture& picture) {
    int factor = shrinking_for(picture);
    return factor > 1 ? read_shrunk(picture, factor, read_ean_by_zbar) : read_ean_by_zbar(picture);
}

}  // namespace

void Looks::plan() {
    if (planned_) return;
    planned_ = true;
    if (from_ == From::file && shrinking_for(picture_) == 1) {
        picture_ = with_margin(picture_, wide_margin);
        margin_ = wide_margin;
        steps_.push_back({What::wide});
    }
    patches_ = find_patches(picture_);
    for (What what : {What::smooth, What::sharp, What::zbar_patch}) {
        for (std::size_t i = 0; i < patches_.size(); ++i) {
            if (what != What::zbar_patch || (patches_[i].bars && i < 2))
                steps_.push_back({what, i});
        }
    }
    steps_.push_back({What::zbar_whole});
}

bool Looks::has(int number) {
    if (number > 0) plan();
    return number >= 0 && static_cast<std::size_t>(number) < steps_.size();
}

std::optional<Symbol> Looks::look(int number) {
    if (!has(number)) return std::nullopt;
    auto symbol = take(steps_[static_cast<std::size_t>(number)]);
    if (symbol) {
        for (PicturePoint& corner : symbol->corners)
            corner = {corner.x - margin_, corner.y - margin_};
    }
    return symbol;
}

std::optional<Symbol> Looks::take(const Step& step) {
    switch (step.what) {
        case What::whole:
        case What::wide:
            return read_whole(picture_);
        case What::zbar_whole:
            return read_whole_by_zbar(picture_);
        case What::smooth:
        case What::sharp:
        case What::zbar_patch:
            return look_at_patch(step);
    }
    return std::nullopt;
}

std::optional<Symbol> Looks::look_at_patch(const Step& step) const {
    Cutting cutting = cut_out(picture_, patches_[step.patch],
                              step.what == What::sharp ? Clearing::sharp : Clearing::smooth);
    auto symbol = step.what == What::zbar_patch ? read_ean_by_zbar(cutting.picture)
                                                : read_symbol(cutting.picture);
    if (symbol) {
        for (PicturePoint& corner : symbol->corners)
            corner = cutting.in_whole(corner);
    }
    return symbol;
}

bool Looks::sure(const Symbol& symbol) {
    bool weak = symbol.format == "upce" || symbol.format == "databar";
    if (symbol.engine == "zxing" && !weak) return true;
    std::string reading = std::string(symbol.format) + " " + symbol.text;
    if (std::find(unsure_.begin(), unsure_.end(), reading) != unsure_.end()) return true;
    unsure_.push_back(reading);
    return false;
}

}  // namespace fangxin::drivers
