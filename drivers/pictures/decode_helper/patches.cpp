#include "drivers/pictures/decode_helper/patches.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>

namespace fangxin::drivers {

namespace {

using Direction = std::complex<float>;

constexpr int block_pixels = 8;      // of the half-sized picture
constexpr float busy_share = 0.35F;  // of the busiest block's edges
constexpr float least_edges = 2.5F;  // grey levels a pixel; below is a wall
constexpr std::size_t most_patches = 5;

/// The edges in one square of the picture.
struct Block {
    float edges = 0;     ///< mean steepness
    Direction twice;     ///< sum of directions, angle doubled: bars agree
    Direction fourfold;  ///< angle times four: the cells of a matrix agree
};

struct Blocks {
    int columns = 0;
    int rows = 0;
    std::vector<Block> blocks;
    Block& at(int x, int y) { return blocks[static_cast<std::size_t>(y * columns + x)]; }
    const Block& at(int x, int y) const {
        return blocks[static_cast<std::size_t>(y * columns + x)];
    }
};

void add_edges(Block& block, const GreyPicture& picture, int x, int y) {
    auto width = static_cast<std::size_t>(picture.width);
    const std::uint8_t* pixel =
        &picture.pixels[static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x)];
    // Roberts' cross: the two diagonals of one square of four pixels.
    float a = static_cast<float>(pixel[width + 1] - pixel[0]);
    float b = static_cast<float>(pixel[width] - pixel[1]);
    float gx = a - b;
    float gy = a + b;
    float steep = std::sqrt(gx * gx + gy * gy);
    if (steep == 0) return;
    Direction doubled((gx * gx - gy * gy) / steep, 2 * gx * gy / steep);
    block.edges += steep;
    block.twice += doubled;
    block.fourfold += doubled * doubled / steep;
}

Blocks edges_of(const GreyPicture& picture) {
    Blocks map{.columns = (picture.width - 1) / block_pixels,
               .rows = (picture.height - 1) / block_pixels,
               .blocks = {}};
    map.blocks.resize(static_cast<std::size_t>(std::max(0, map.columns * map.rows)));
    for (int y = 0; y < map.rows * block_pixels; ++y) {
        for (int x = 0; x < map.columns * block_pixels; ++x)
            add_edges(map.at(x / block_pixels, y / block_pixels), picture, x, y);
    }
    for (Block& block : map.blocks)
        block.edges /= block_pixels * block_pixels;
    return map;
}

/// Each block with half of its neighbours: the end of a code has fewer bars than its middle.
std::vector<float> evened(const Blocks& map) {
    std::vector<float> result(map.blocks.size());
    for (int y = 0; y < map.rows; ++y) {
        for (int x = 0; x < map.columns; ++x) {
            float sum = 0;
            float weight = 0;
            for (int dy = std::max(0, y - 1); dy <= std::min(map.rows - 1, y + 1); ++dy) {
                for (int dx = std::max(0, x - 1); dx <= std::min(map.columns - 1, x + 1); ++dx) {
                    float share = dx == x && dy == y ? 2.0F : 1.0F;
                    sum += share * map.at(dx, dy).edges;
                    weight += share;
                }
            }
            result[static_cast<std::size_t>(y * map.columns + x)] = sum / weight;
        }
    }
    return result;
}

struct Region {
    float edges = 0;
    std::vector<int> blocks;  ///< places in Blocks
};

/// Neighbouring busy blocks, the busiest regions first.
std::vector<Region> regions_of(const Blocks& map, const std::vector<float>& busy) {
    float most = busy.empty() ? 0 : *std::max_element(busy.begin(), busy.end());
    float enough = std::max(least_edges, most * busy_share);
    std::vector<bool> taken(busy.size());
    std::vector<Region> regions;
    for (int start = 0; start < static_cast<int>(busy.size()); ++start) {
        Region region;
        region.blocks.push_back(start);
        for (std::size_t next = 0; next < region.blocks.size(); ++next) {
            int place = region.blocks[next];
            auto index = static_cast<std::size_t>(place);
            bool in = !taken[index] && busy[index] >= enough;
            taken[index] = true;
            if (!in) {
                region.blocks.erase(region.blocks.begin() + static_cast<std::ptrdiff_t>(next--));
                continue;
            }
            region.edges += busy[index];
            int x = place % map.columns;
            int y = place / map.columns;
            for (int dy = std::max(0, y - 1); dy <= std::min(map.rows - 1, y + 1); ++dy) {
                for (int dx = std::max(0, x - 1); dx <= std::min(map.columns - 1, x + 1); ++dx) {
                    if (!taken[static_cast<std::size_t>(dy * map.columns + dx)])
                        region.blocks.push_back(dy * map.columns + dx);
                }
            }
        }
        if (region.blocks.size() >= 4) regions.push_back(std::move(region));
    }
    std::sort(regions.begin(), regions.end(),
              [](const Region& a, const Region& b) { return a.edges > b.edges; });
    if (regions.size() > most_patches) regions.resize(most_patches);
    return regions;
}

/// The box around a region, turned as its edges are.
Patch patch_of(const Region& region, const Blocks& map, double scale) {
    Direction twice;
    Direction fourfold;
    float edges = 0;
    for (int place : region.blocks) {
        const Block& block = map.blocks[static_cast<std::size_t>(place)];
        twice += block.twice;
        fourfold += block.fourfold;
        edges += block.edges * block_pixels * block_pixels;
    }
    Patch patch{.bars = std::abs(twice) > 0.5F * edges};
    // Roberts' cross measures at 45 degrees to the rows only in a and b; gx, gy are along them.
    patch.angle = patch.bars ? std::arg(twice) / 2 : std::arg(fourfold) / 4;
    double c = std::cos(patch.angle);
    double s = std::sin(patch.angle);
    double low_u = 1e9, high_u = -1e9, low_v = 1e9, high_v = -1e9;
    for (int place : region.blocks) {
        double x = (place % map.columns + 0.5) * block_pixels * scale;
        double y = (place / map.columns + 0.5) * block_pixels * scale;
        low_u = std::min(low_u, x * c + y * s);
        high_u = std::max(high_u, x * c + y * s);
        low_v = std::min(low_v, y * c - x * s);
        high_v = std::max(high_v, y * c - x * s);
    }
    double u = (low_u + high_u) / 2;
    double v = (low_v + high_v) / 2;
    patch.middle_x = u * c - v * s;
    patch.middle_y = u * s + v * c;
    double block = block_pixels * scale;
    patch.width = high_u - low_u + 4 * block;
    patch.height = high_v - low_v + (patch.bars ? 1 : 4) * block;
    return patch;
}

std::uint8_t sampled(const GreyPicture& picture, double x, double y) {
    double cx = std::clamp(x - 0.5, 0.0, picture.width - 1.001);
    double cy = std::clamp(y - 0.5, 0.0, picture.height - 1.001);
    auto left = static_cast<std::size_t>(cx);
    auto top = static_cast<std::size_t>(cy);
    auto fx = static_cast<int>((cx - static_cast<double>(left)) * 256);
    auto fy = static_cast<int>((cy - static_cast<double>(top)) * 256);
    auto width = static_cast<std::size_t>(picture.width);
    const std::uint8_t* pixel = &picture.pixels[top * width + left];
    std::size_t right = picture.width > 1 ? 1 : 0;
    std::size_t below = picture.height > 1 ? width : 0;
    int upper = pixel[0] * (256 - fx) + pixel[right] * fx;
    int lower = pixel[below] * (256 - fx) + pixel[below + right] * fx;
    return static_cast<std::uint8_t>((upper * (256 - fy) + lower * fy) >> 16);
}

/// Each pixel the mean of itself and `reach` neighbours on both sides, along columns or rows.
void smooth(GreyPicture& picture, int reach, bool along_columns) {
    int lines = along_columns ? picture.width : picture.height;
    int length = along_columns ? picture.height : picture.width;
    auto step = static_cast<std::size_t>(along_columns ? picture.width : 1);
    auto next_line = static_cast<std::size_t>(along_columns ? 1 : picture.width);
    std::vector<int> line(static_cast<std::size_t>(length));
    for (int n = 0; n < lines; ++n) {
        std::uint8_t* first = &picture.pixels[static_cast<std::size_t>(n) * next_line];
        for (std::size_t i = 0; i < line.size(); ++i)
            line[i] = first[i * step];
        int sum = 0;
        for (int i = -reach; i < length; ++i) {
            int in = i + reach;
            int out = i - reach - 1;
            if (in < length) sum += line[static_cast<std::size_t>(in)];
            if (out >= 0) sum -= line[static_cast<std::size_t>(out)];
            if (i < 0) continue;
            int count = std::min(in, length - 1) - std::max(out, -1);
            first[static_cast<std::size_t>(i) * step] = static_cast<std::uint8_t>(sum / count);
        }
    }
}

/// Adds what a wider look takes away.
void sharpen(GreyPicture& picture, int reach, bool in_both_directions) {
    GreyPicture wide = picture;
    for (int pass = 0; pass < 2; ++pass) {
        smooth(wide, reach, false);
        if (in_both_directions) smooth(wide, reach, true);
    }
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
        int value = picture.pixels[i] + 2 * (picture.pixels[i] - wide.pixels[i]);
        picture.pixels[i] = static_cast<std::uint8_t>(std::clamp(value, 0, 255));
    }
}

}  // namespace

std::vector<Patch> find_patches(const GreyPicture& picture) {
    int factor = 2;
    while (std::int64_t{picture.width} * picture.height / (factor * factor) > 400'000)
        ++factor;
    GreyPicture small = shrunk(picture, factor);
    if (small.width <= block_pixels || small.height <= block_pixels) return {};
    Blocks map = edges_of(small);
    std::vector<Patch> patches;
    for (const Region& region : regions_of(map, evened(map)))
        patches.push_back(patch_of(region, map, factor));
    return patches;
}

PicturePoint Cutting::in_whole(PicturePoint in_cutting) const {
    double u = in_cutting.x / scale - patch.width / 2;
    double v = in_cutting.y / scale - patch.height / 2;
    return {
        static_cast<int>(patch.middle_x + u * std::cos(patch.angle) - v * std::sin(patch.angle)),
        static_cast<int>(patch.middle_y + u * std::sin(patch.angle) + v * std::cos(patch.angle))};
}

Cutting cut_out(const GreyPicture& picture, const Patch& patch, Clearing clearing) {
    constexpr double enough = 1400;
    double longest = std::max(patch.width, patch.height);
    Cutting cutting{.picture = {}, .patch = patch, .scale = std::clamp(enough / longest, 0.2, 2.0)};
    GreyPicture& cut = cutting.picture;
    cut.width = std::max(1, static_cast<int>(patch.width * cutting.scale));
    cut.height = std::max(1, static_cast<int>(patch.height * cutting.scale));
    cut.pixels.resize(static_cast<std::size_t>(cut.width) * static_cast<std::size_t>(cut.height));
    double step_x = std::cos(patch.angle) / cutting.scale;
    double step_y = std::sin(patch.angle) / cutting.scale;
    std::size_t at = 0;
    for (int row = 0; row < cut.height; ++row) {
        double v = (row + 0.5) / cutting.scale - patch.height / 2;
        double u = 0.5 / cutting.scale - patch.width / 2;
        double x = patch.middle_x + u * std::cos(patch.angle) - v * std::sin(patch.angle);
        double y = patch.middle_y + u * std::sin(patch.angle) + v * std::cos(patch.angle);
        for (int column = 0; column < cut.width; ++column, x += step_x, y += step_y)
            cut.pixels[at++] = sampled(picture, x, y);
    }
    auto fine = static_cast<int>(std::lround(cutting.scale / 2));
    if (patch.bars) smooth(cut, std::max(1, static_cast<int>(3 * cutting.scale)), true);
    if (!patch.bars && fine > 0) smooth(cut, fine, true);
    if (!patch.bars && fine > 0) smooth(cut, fine, false);
    if (clearing == Clearing::sharp)
        sharpen(cut, std::max(1, static_cast<int>(2 * cutting.scale)), !patch.bars);
    return cutting;
}

}  // namespace fangxin::drivers
