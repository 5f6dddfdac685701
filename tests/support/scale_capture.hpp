// A capture of a scale with what is to be read from each of its frames. Tests only.
//     02 3F 41 0D   # = motion 0 0 0     words
#pragma once

#include "domain/enum_text.hpp"
#include "drivers/scales/reading.hpp"
#include "drivers/scales/scale_parser.hpp"
#include "tests/support/capture.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <sstream>
#include <string>
#include <vector>

namespace fangxin::tests {

struct CapturedFrame {
    std::string bytes;
    std::string readings;  ///< `motion 0 0 0\n`, or empty
};

inline std::vector<CapturedFrame> captured_frames(const std::string& name) {
    auto path = std::filesystem::path(FANGXIN_SOURCE_DIR) / "tests/captures" / name;
    std::ifstream file(path);
    if (!file) throw std::runtime_error("no capture " + path.string());
    std::vector<CapturedFrame> frames;
    for (std::string line; std::getline(file, line);) {
        const std::size_t mark = line.find("# = ");
        if (line.starts_with('#') || mark == std::string::npos) continue;
        std::istringstream words(line.substr(mark + 4));
        std::string state, gross, net, tare;
        words >> state >> gross >> net >> tare;
        CapturedFrame frame{.bytes = from_hex(line.substr(0, mark)), .readings = {}};
        if (state != "nothing")
            frame.readings = fmt::format("{} {} {} {}\n", state, gross, net, tare);
        frames.push_back(std::move(frame));
    }
    return frames;
}

inline std::string words_of(const drivers::Reading& reading) {
    return fmt::format("{} {} {} {}\n", domain::to_text(reading.state), reading.gross_mg,
                       reading.net_mg, reading.tare_mg);
}

inline std::string drained(drivers::ScaleParser& parser) {
    std::string text;
    while (auto reading = parser.next())
        text += words_of(*reading);
    return text;
}

/// Fed in slices of `size`, or in one piece.
inline std::string readings_of(drivers::ScaleParser& parser, std::string_view bytes,
                               std::size_t size = 0) {
    std::string text;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t length = size == 0 ? bytes.size() : std::min(size, bytes.size() - at);
        parser.feed(as_bytes(bytes.substr(at, length)));
        text += drained(parser);
        at += length;
    }
    return text;
}

}  // namespace fangxin::tests
