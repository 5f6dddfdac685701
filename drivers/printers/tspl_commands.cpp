#include "drivers/printers/tspl_commands.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace fangxin::drivers {

namespace {

using State = TsplCommand::State;

/// Where the `count`th comma outside of quotes stands in the line.
std::size_t find_comma(std::string_view line, int count) {
    bool quoted = false;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] == '\r' || line[at] == '\n') break;
        if (line[at] == '"') quoted = !quoted;
        if (line[at] == ',' && !quoted && --count == 0) return at;
    }
    return std::string_view::npos;
}

std::optional<std::size_t> number_after(std::string_view line, int comma) {
    std::size_t at = find_comma(line, comma);
    if (at == std::string_view::npos) return std::nullopt;
    while (at + 1 < line.size() && line[at + 1] == ' ')
        ++at;
    std::uint16_t value = 0;
    auto read = std::from_chars(line.data() + at + 1, line.data() + line.size(), value);
    return read.ec == std::errc() ? std::optional<std::size_t>(value) : std::nullopt;
}

struct Carrier {
    std::string_view name;
    int commas;  ///< before the data
};
constexpr std::array carriers{Carrier{"BITMAP ", 5}, Carrier{"DOWNLOAD ", 2}};

/// The data's length as the line says it; none if it is not told.
std::optional<std::size_t> data_size(std::string_view line, const Carrier& carrier) {
    if (carrier.commas == 2) return number_after(line, 1);
    auto wide = number_after(line, 2);
    auto high = number_after(line, 3);
    return wide && high ? std::optional(*wide * *high) : std::nullopt;
}

}  // namespace

TsplCommand next_tspl_command(std::string_view bytes) {
    if (bytes[0] == 0x1B || bytes.starts_with("~!") || bytes == "~") {
        if (bytes.size() < 3) return {State::cut, bytes.size(), bytes, {}};
        return {State::whole, 3, bytes.substr(0, 3), {}};
    }
    for (const Carrier& carrier : carriers) {
        if (!bytes.starts_with(carrier.name)) continue;
        std::size_t comma = find_comma(bytes, carrier.commas);
        auto size = data_size(bytes, carrier);
        if (comma == std::string_view::npos || !size) break;
        if (comma + 1 + *size > bytes.size()) {
            return {State::cut, bytes.size(), bytes.substr(0, comma), {}};
        }
        return {State::whole, comma + 1 + *size, bytes.substr(0, comma),
                bytes.substr(comma + 1, *size)};
    }
    std::size_t end = bytes.find_first_of("\r\n");
    if (end == std::string_view::npos) return {State::cut, bytes.size(), bytes, {}};
    return {State::whole, end + 1, bytes.substr(0, end), {}};
}

}  // namespace fangxin::drivers
