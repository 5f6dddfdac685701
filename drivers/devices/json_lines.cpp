#include "drivers/devices/json_lines.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <string_view>

namespace fangxin::drivers {

namespace {

namespace json = boost::json;

void put(json::object& object, std::string_view key, std::string_view value) {
    if (!value.empty()) object.emplace(json::string_view(key.data(), key.size()), value);
}

void put(json::object& object, std::string_view key, std::optional<std::int64_t> value) {
    if (value) object.emplace(json::string_view(key.data(), key.size()), *value);
}

void put(json::object& object, std::string_view key,
         const std::optional<domain::DayMinute>& value) {
    if (value) put(object, key, domain::format_day_minute(*value));
}

void put_contents(json::object& object, const domain::ScannedCode& code) {
    put(object, "gtin", code.gtin);
    json::object ais;
    for (const auto& identifier : code.ais)
        ais[identifier.ai] = identifier.value;
    if (!ais.empty()) object["ais"] = std::move(ais);
    put(object, "lot", code.lot);
    put(object, "production", code.production);
    put(object, "expiry", code.expiry);
    put(object, "best_before", code.best_before);
    put(object, "serial", code.serial);
    put(object, "weight_mg", code.weight_mg);
    put(object, "amount_fen", code.amount_fen);
    put(object, "count", code.count);
    put(object, "flag", code.flag);
    put(object, "plu", code.plu);
    put(object, "channel", code.channel);
}

std::string hex(std::string_view bytes) {
    std::string text;
    for (char byte : bytes)
        text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    return text;
}

}  // namespace

std::string json_line(const domain::ScannedCode& code) {
    json::object object;
    put(object, "kind", domain::to_text(code.kind));
    put(object, "symbology", code.symbology);
    if (code.error) {
        put(object, "error", domain::to_text(*code.error));
    } else {
        put_contents(object, code);
    }
    return json::serialize(object);
}

std::string json_line(const Reading& reading) {
    json::object object;
    put(object, "state", domain::to_text(reading.state));
    put(object, "gross_mg", std::optional(reading.gross_mg));
    put(object, "tare_mg", std::optional(reading.tare_mg));
    put(object, "net_mg", std::optional(reading.net_mg));
    put(object, "raw", hex(reading.raw));
    return json::serialize(object);
}

namespace {

void put(json::object& object, const Decoded& decoded) {
    put(object, "format", decoded.format);
    put(object, "symbology", decoded.symbology);
    put(object, "text", decoded.text);
    put(object, "engine", decoded.engine == Engine::zbar ? "zbar" : "zxing");
    json::array corners;
    for (PicturePoint corner : decoded.corners)
        corners.push_back(json::array{corner.x, corner.y});
    object["corners"] = std::move(corners);
    put(object, "ms", std::optional(decoded.ms));
}

}  // namespace

std::string json_line(const std::string& file, const Result<Decoded>& decoded) {
    json::object object;
    put(object, "file", file);
    if (decoded) {
        put(object, *decoded);
    } else {
        put(object, "error", decoded.error().code);
    }
    return json::serialize(object);
}

std::string json_line(const Decoded& decoded) {
    json::object object;
    put(object, decoded);
    return json::serialize(object);
}

}  // namespace fangxin::drivers
