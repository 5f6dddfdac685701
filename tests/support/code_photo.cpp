#include "tests/support/code_photo.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>
#include <png.h>
#include <random>
#include <stdexcept>

namespace fangxin::tests {

namespace {

using Point = std::array<double, 2>;

/// std:: distributions differ between libraries, so the numbers are made here.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    double between(double low, double high) {
        return low + (high - low) * static_cast<double>(engine_() >> 11U) * 0x1p-53;
    }
    std::int64_t number(std::int64_t below) {
        return static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(below));
    }
    std::string digits(int count) {
        std::string text;
        for (int i = 0; i < count; ++i)
            text += static_cast<char>('0' + number(10));
        return text;
    }
    /// Bell-shaped enough: four dice of sixteen bits, mean 0, deviation 1.
    double bell() {
        std::uint64_t bits = engine_();
        double sum = 0;
        for (unsigned i = 0; i < 4; ++i)
            sum += static_cast<double>((bits >> (16 * i)) & 0xFFFFU) / 65535.0 - 0.5;
        return sum * std::numbers::sqrt3;
    }

  private:
    std::mt19937_64 engine_;
};

std::string with_check_digit(std::string digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i)
        sum += (digits[digits.size() - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
    return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

/// The EAN-13, EAN-8 or UPC behind a UPC-E (GS1 General Specifications, 5.2.2.4.2).
std::string expanded_upce(std::string_view eight) {
    std::string d(eight.substr(1, 6));
    std::string body = d[5] <= '2'   ? d.substr(0, 2) + d[5] + "0000" + d.substr(2, 3)
                       : d[5] == '3' ? d.substr(0, 3) + "00000" + d.substr(3, 2)
                       : d[5] == '4' ? d.substr(0, 4) + "00000" + d[4]
                                     : d.substr(0, 5) + "0000" + d[5];
    return std::string(1, eight[0]) + body + eight[7];
}

constexpr std::array kinds =
    std::to_array<PhotoKind>({{"ean13", "ean13"},
                              {"ean8", "ean8"},
                              {"upca", "upca"},
                              {"upce", "upce"},
                              {"itf14", "itf"},
                              {"code128", "code128"},
                              {"gs1_128", "code128"},
                              {"databar", "databar"},
                              {"databar_stacked", "databar"},
                              {"databar_expanded", "databar_expanded"},
                              {"databar_expanded_stacked", "databar_expanded"},
                              {"gs1_datamatrix", "datamatrix"},
                              {"qr", "qr"},
                              {"digital_link", "qr"}});

constexpr std::array hard = std::to_array<Hardship>({
    {.name = "plain"},
    {.name = "turned", .any_angle = true},
    {.name = "small", .least_module = 1.2, .most_module = 1.6},
    {.name = "blurred", .blur = 2.0},
    {.name = "noisy", .noise = 28},
    {.name = "pale", .black = 105, .white = 150},
    {.name = "tilted", .tilt = 0.12},
    {.name = "all",
     .any_angle = true,
     .tilt = 0.06,
     .blur = 1.2,
     .noise = 14,
     .black = 70,
     .white = 185},
});

std::string upce(Dice& dice) {
    std::string six = dice.digits(6);
    if (six[5] == '3' && six[2] <= '2') six[2] = '5';  // else it is another form of the same number
    if (six[5] == '4' && six[3] == '0') six[3] = '7';
    if (six[5] >= '5' && six[4] == '0') six[4] = '8';
    return "0" + six;
}

DrawnCode drawn_gs1(std::string_view kind, Dice& dice) {
    std::string gtin = with_check_digit("0690" + dice.digits(9));
    std::string lot = fmt::format("L{}", dice.digits(4));
    std::string day = fmt::format("27{:02}{:02}", 1 + dice.number(12), 1 + dice.number(28));
    if (kind == "databar_expanded" || kind == "databar_expanded_stacked") {
        std::string mass = "00" + dice.digits(4);
        return {
            fmt::format("-b {} -d '[01]{}[3103]{}[17]{}'",
                        kind == "databar_expanded" ? "DBAR_EXP" : "DBAR_EXPSTK", gtin, mass, day),
            "01" + gtin + "3103" + mass + "17" + day};
    }
    std::string_view symbology = kind == "gs1_128" ? "GS1_128" : "DATAMATRIX --gs1";
    return {fmt::format("-b {} -d '[01]{}[17]{}[10]{}'", symbology, gtin, day, lot),
            "01" + gtin + "17" + day + "10" + lot};
}

double cross(Point a, Point b, Point p) {
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
}

/// The eight numbers that take the corners `from` to the corners `to`, seen in perspective.
std::array<double, 8> perspective(const std::array<Point, 4>& from,
                                  const std::array<Point, 4>& to) {
    std::array<std::array<double, 9>, 8> m{};
    for (std::size_t i = 0; i < 4; ++i) {
        auto [x, y] = from[i];
        auto [u, v] = to[i];
        m[2 * i] = {x, y, 1, 0, 0, 0, -u * x, -u * y, u};
        m[2 * i + 1] = {0, 0, 0, x, y, 1, -v * x, -v * y, v};
    }
    for (std::size_t column = 0; column < 8; ++column) {
        std::size_t best = column;
        for (std::size_t row = column; row < 8; ++row)
            if (std::abs(m[row][column]) > std::abs(m[best][column])) best = row;
        std::swap(m[column], m[best]);
        for (std::size_t row = 0; row < 8; ++row) {
            double factor = row == column ? 0 : m[row][column] / m[column][column];
            for (std::size_t k = column; k < 9; ++k)
                m[row][k] -= factor * m[column][k];
        }
    }
    std::array<double, 8> result{};
    for (std::size_t i = 0; i < 8; ++i)
        result[i] = m[i][8] / m[i][i];
    return result;
}

Point through(const std::array<double, 8>& h, Point p) {
    double w = h[6] * p[0] + h[7] * p[1] + 1;
    return {(h[0] * p[0] + h[1] * p[1] + h[2]) / w, (h[3] * p[0] + h[4] * p[1] + h[5]) / w};
}

/// One pixel's light: nine places in it, each the nearest of the drawing. -1 beside the label.
double light_at(const GreyPhoto& code, const std::array<double, 8>& back, double x, double y) {
    double sum = 0;
    for (int i = 0; i < 9; ++i) {
        const int row_of_three = i / 3;
        Point at = through(back, {x + (i % 3 - 1) / 3.0, y + (row_of_three - 1) / 3.0});
        auto column = static_cast<int>(std::floor(at[0]));
        auto row = static_cast<int>(std::floor(at[1]));
        if (column < 0 || row < 0 || column >= code.width || row >= code.height) return -1;
        sum += code.pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(code.width) +
                           static_cast<std::size_t>(column)];
    }
    return sum / 9;
}

struct Field {  // light before it becomes a byte
    int width;
    int height;
    std::vector<double> light;
    double& at(int x, int y) {
        return light[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                     static_cast<std::size_t>(x)];
    }
};

void blur_lines(Field& field, double sigma, bool along_x) {
    auto reach = static_cast<int>(std::ceil(sigma * 2.5));
    std::vector<double> weights;
    double sum = 0;
    for (int i = -reach; i <= reach; ++i) {
        weights.push_back(std::exp(-i * i / (2 * sigma * sigma)));
        sum += weights.back();
    }
    const auto place_of = [&](int i) {
        const int place = i + reach;
        return static_cast<std::size_t>(place);
    };
    Field before = field;
    int last_x = field.width - 1;
    int last_y = field.height - 1;
    for (int y = 0; y <= last_y; ++y) {
        for (int x = 0; x <= last_x; ++x) {
            double value = 0;
            for (int i = -reach; i <= reach; ++i)
                value +=
                    weights[place_of(i)] * before.at(std::clamp(along_x ? x + i : x, 0, last_x),
                                                     std::clamp(along_x ? y : y + i, 0, last_y));
            field.at(x, y) = value / sum;
        }
    }
}

/// White paper around the drawing: the quiet zone and a little more.
GreyPhoto on_label(const GreyPhoto& code) {
    int margin = 24 + code.width / 20;
    GreyPhoto label{code.width + 2 * margin, code.height + 2 * margin, {}};
    const auto place = [](const GreyPhoto& photo, int x, int y) {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(photo.width) +
               static_cast<std::size_t>(x);
    };
    label.pixels.assign(place(label, 0, label.height), 0xFF);
    for (int y = 0; y < code.height; ++y)
        std::copy_n(&code.pixels[place(code, 0, y)], code.width,
                    &label.pixels[place(label, margin, y + margin)]);
    return label;
}

/// Where the label's corners lie in the photo.
std::array<Point, 4> placed(const GreyPhoto& label, const Hardship& how, Dice& dice, int width,
                            int height) {
    constexpr double drawn_module = 2;  // zint's pixels for the narrowest bar
    double angle = how.any_angle ? dice.between(0, 2 * std::numbers::pi) : dice.between(-.03, .03);
    double most = 0.95 * std::min(width, height);
    double scale = dice.between(how.least_module, how.most_module) / drawn_module;
    double diagonal = std::hypot(label.width, label.height);
    double room = how.any_angle ? most / diagonal : 0.95 * width / label.width;
    scale = std::min({scale, room, 0.95 * height / label.height});
    double w = label.width * scale / 2;
    double h = label.height * scale / 2;
    double turned_w = std::abs(w * std::cos(angle)) + std::abs(h * std::sin(angle));
    double turned_h = std::abs(w * std::sin(angle)) + std::abs(h * std::cos(angle));
    double spare_x = std::max(0.0, width / 2.0 - turned_w);
    double spare_y = std::max(0.0, height / 2.0 - turned_h);
    Point middle{width / 2.0 + dice.between(-spare_x, spare_x),
                 height / 2.0 + dice.between(-spare_y, spare_y)};
    std::array<Point, 4> corners{Point{-w, -h}, Point{w, -h}, Point{w, h}, Point{-w, h}};
    for (Point& corner : corners) {
        double shift = how.tilt * 2 * std::min(w, h);
        Point moved{corner[0] * (1 - dice.between(0, shift) / w),
                    corner[1] * (1 - dice.between(0, shift) / h)};
        corner = {middle[0] + moved[0] * std::cos(angle) - moved[1] * std::sin(angle),
                  middle[1] + moved[0] * std::sin(angle) + moved[1] * std::cos(angle)};
    }
    return corners;
}

/// What lies behind the label: light falling off, and boxes with edges that look like bars.
void paint_ground(Field& field, Dice& dice) {
    double left = dice.between(60, 190);
    double right = dice.between(60, 190);
    for (int y = 0; y < field.height; ++y)
        for (int x = 0; x < field.width; ++x)
            field.at(x, y) = left + (right - left) * x / field.width;
    for (int box = 0; box < 30; ++box) {
        auto x = static_cast<int>(dice.number(field.width));
        auto y = static_cast<int>(dice.number(field.height));
        auto w = static_cast<int>(4 + dice.number(120));
        auto h = static_cast<int>(4 + dice.number(120));
        double light = dice.between(20, 235);
        for (int row = y; row < std::min(y + h, field.height); ++row)
            for (int column = x; column < std::min(x + w, field.width); ++column)
                field.at(column, row) = light;
    }
}

}  // namespace

std::span<const PhotoKind> photo_kinds() { return kinds; }
std::span<const Hardship> hardships() { return hard; }

DrawnCode drawn_code(std::string_view kind, std::uint64_t seed) {
    Dice dice(seed);
    if (kind == "ean13") {
        std::string body = "69" + dice.digits(10);
        return {"-b EANX -d " + body, with_check_digit(body)};
    }
    if (kind == "ean8") {
        std::string body = "6" + dice.digits(6);
        return {"-b EANX -d " + body, with_check_digit(body)};
    }
    if (kind == "upca") {
        std::string body = "0" + dice.digits(10);
        return {"-b UPCA -d " + body, with_check_digit(body)};
    }
    if (kind == "upce") {
        std::string body = upce(dice);
        std::string whole = with_check_digit(expanded_upce(body + "0").substr(0, 11));
        return {"-b UPCE -d " + body.substr(1), body + whole.back()};
    }
    if (kind == "itf14") {
        std::string body = "1690" + dice.digits(9);
        return {"-b ITF14 -d " + body, with_check_digit(body)};
    }
    if (kind == "code128") {
        std::string text = fmt::format("FX{}-{}", dice.digits(5), dice.digits(3));
        return {"-b CODE128 -d " + text, text};
    }
    if (kind == "databar" || kind == "databar_stacked") {
        std::string body = "0690" + dice.digits(9);
        std::string_view symbology = kind == "databar" ? "DBAR_OMN" : "DBAR_OMNSTK";
        return {fmt::format("-b {} -d {}", symbology, body), "01" + with_check_digit(body)};
    }
    if (kind == "qr") {
        std::string text = fmt::format("https://example.com/p?n={}", dice.digits(8));
        return {"-b QRCODE -d '" + text + "'", text};
    }
    if (kind == "digital_link") {
        std::string gtin = with_check_digit("0690" + dice.digits(9));
        std::string text =
            fmt::format("https://example.com/01/{}/10/L{}?17=270105", gtin, dice.digits(4));
        return {"-b QRCODE -d '" + text + "'", text};
    }
    return drawn_gs1(kind, dice);
}

bool same_code(std::string_view kind, std::string_view drawn, std::string_view read) {
    auto plain = [kind](std::string_view text) {
        std::string kept;
        for (char c : text)
            if (c != '(' && c != ')' && c != '\x1D') kept += c;
        if (kind == "upce" && kept.size() == 8) kept = expanded_upce(kept);
        if ((kind == "upce" || kind == "upca") && kept.size() == 13 && kept[0] == '0')
            kept.erase(0, 1);
        if (kind.starts_with("databar") && kept.size() == 14) kept.insert(0, "01");
        return kept;
    };
    return plain(drawn) == plain(read);
}

CodePhoto photograph(const GreyPhoto& code, const Hardship& hardship, std::uint64_t seed, int width,
                     int height) {
    Dice dice(seed);
    GreyPhoto label = on_label(code);
    std::array<Point, 4> corners = placed(label, hardship, dice, width, height);
    auto w = static_cast<double>(label.width);
    auto h = static_cast<double>(label.height);
    auto back = perspective(corners, {Point{0, 0}, Point{w, 0}, Point{w, h}, Point{0, h}});
    Field field{width, height, {}};
    field.light.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    paint_ground(field, dice);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            Point p{x + 0.5, y + 0.5};
            bool inside = true;
            for (std::size_t i = 0; i < 4; ++i)
                inside = inside && cross(corners[i], corners[(i + 1) % 4], p) >= 0;
            double light = inside ? light_at(label, back, p[0], p[1]) : -1;
            if (light >= 0)
                field.at(x, y) = hardship.black + (hardship.white - hardship.black) * light / 255;
        }
    }
    blur_lines(field, hardship.blur, true);
    blur_lines(field, hardship.blur, false);
    GreyPhoto photo{width, height, {}};
    photo.pixels.reserve(field.light.size());
    for (double light : field.light)
        photo.pixels.push_back(static_cast<std::uint8_t>(
            std::clamp(light + hardship.noise * dice.bell() + 0.5, 0.0, 255.0)));
    return {std::move(photo), corners};
}

GreyPhoto load_png(const std::string& path) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_file(&image, path.c_str()) == 0)
        throw std::runtime_error("no picture: " + path);
    image.format = PNG_FORMAT_GRAY;
    GreyPhoto photo{static_cast<int>(image.width), static_cast<int>(image.height), {}};
    photo.pixels.resize(PNG_IMAGE_SIZE(image));
    png_image_finish_read(&image, nullptr, photo.pixels.data(), 0, nullptr);
    return photo;
}

void save_png(const std::string& path, const GreyPhoto& photo) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(photo.width);
    image.height = static_cast<png_uint_32>(photo.height);
    image.format = PNG_FORMAT_GRAY;
    if (png_image_write_to_file(&image, path.c_str(), 0, photo.pixels.data(), 0, nullptr) == 0)
        throw std::runtime_error("cannot write: " + path);
}

}  // namespace fangxin::tests
