// Declared types to JSON and back. A wrong type refuses the entry and names the member; unknown
// fields are handed back so that an older program keeps what a newer one wrote.
#pragma once

#include "domain/calendar.hpp"
#include "domain/enum_text.hpp"
#include "domain/result.hpp"
#include "sync/declaration.hpp"
#include "sync/strict_json.hpp"

#include <boost/json/array.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace fangxin::sync {

namespace json = boost::json;

template <Declared R>
json::object to_json(const R& record);
template <Declared R>
Result<R> from_json(const json::object& object, json::object* unknown = nullptr);

/// One specialisation per member type: its JSON form.
template <class T>
struct JsonValue;

template <>
struct JsonValue<std::int64_t> {
    static json::value encode(std::int64_t value) { return value; }
    static std::optional<std::int64_t> decode(const json::value& value) {
        if (!value.is_int64()) return std::nullopt;
        return value.get_int64();
    }
};

template <>
struct JsonValue<bool> {
    static json::value encode(bool value) { return value; }
    static std::optional<bool> decode(const json::value& value) {
        if (!value.is_bool()) return std::nullopt;
        return value.get_bool();
    }
};

template <>
struct JsonValue<std::string> {
    static json::value encode(const std::string& value) { return json::string(value); }
    static std::optional<std::string> decode(const json::value& value) {
        if (!value.is_string()) return std::nullopt;
        return std::string(value.get_string());
    }
};

/// Types that travel as text.
template <class T>
struct TextForm;
template <>
struct TextForm<domain::Date> {
    static std::string format(domain::Date value) { return domain::format_date(value); }
    static std::optional<domain::Date> parse(std::string_view text) {
        return domain::parse_date(text);
    }
};
template <>
struct TextForm<domain::DayMinute> {
    static std::string format(const domain::DayMinute& v) { return domain::format_day_minute(v); }
    static std::optional<domain::DayMinute> parse(std::string_view text) {
        return domain::parse_day_minute(text);
    }
};
template <>
struct TextForm<domain::ShelfLife> {
    static std::string format(const domain::ShelfLife& v) { return domain::format_shelf_life(v); }
    static std::optional<domain::ShelfLife> parse(std::string_view text) {
        return domain::parse_shelf_life(text);
    }
};
template <class E>
requires std::is_enum_v<E>
struct TextForm<E> {
    static std::string format(E value) { return std::string(domain::to_text(value)); }
    static std::optional<E> parse(std::string_view text) { return domain::from_text<E>(text); }
};

template <class T>
concept Textual = requires(const T& value) {
    TextForm<T>::format(value);
};

template <Textual T>
struct JsonValue<T> {
    static json::value encode(const T& value) { return json::string(TextForm<T>::format(value)); }
    static std::optional<T> decode(const json::value& value) {
        if (!value.is_string()) return std::nullopt;
        return TextForm<T>::parse(value.get_string());
    }
};

template <Declared R>
struct JsonValue<R> {
    static json::value encode(const R& value) { return to_json(value); }
    static std::optional<R> decode(const json::value& value) {
        if (!value.is_object()) return std::nullopt;
        auto record = from_json<R>(value.get_object());
        if (!record) return std::nullopt;
        return std::move(*record);
    }
};

template <class T>
struct JsonValue<std::vector<T>> {
    static json::value encode(const std::vector<T>& values) {
        json::array array;
        array.reserve(values.size());
        for (const T& value : values)
            array.push_back(JsonValue<T>::encode(value));
        return array;
    }
    static std::optional<std::vector<T>> decode(const json::value& value) {
        if (!value.is_array()) return std::nullopt;
        std::vector<T> values;
        values.reserve(value.get_array().size());
        for (const json::value& each : value.get_array()) {
            auto decoded = JsonValue<T>::decode(each);
            if (!decoded) return std::nullopt;
            values.push_back(std::move(*decoded));
        }
        return values;
    }
};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// Absent optional fields are left out.
template <Declared R>
json::object to_json(const R& record) {
    json::object object;
    object.reserve(field_count<R>);
    for_each_field<R>([&](const auto& m) {
        const auto& value = record.*(m.pointer);
        using T = std::decay_t<decltype(value)>;
        if constexpr (is_optional<T>) {
            if (value) object.emplace(m.name, JsonValue<typename T::value_type>::encode(*value));
        } else {
            object.emplace(m.name, JsonValue<T>::encode(value));
        }
    });
    return object;
}

/// Reads one member; false if it is missing or of a wrong type.
template <class T>
bool decode_field(const json::value* value, bool may_miss, T& into) {
    if constexpr (is_optional<T>) {
        if (!value || value->is_null()) return true;
        into = JsonValue<typename T::value_type>::decode(*value);
        return into.has_value();
    } else {
        if (!value) return may_miss;
        auto decoded = JsonValue<T>::decode(*value);
        if (decoded) into = std::move(*decoded);
        return decoded.has_value();
    }
}

/// Refuses with code `bad_record` and `items.price_fen` as detail.
template <Declared R>
Result<R> from_json(const json::object& object, json::object* unknown) {
    R record{};
    std::string refused;
    std::size_t known = 0;
    for_each_field<R>([&](const auto& m) {
        const json::value* value = object.if_contains(m.name);
        if (value) ++known;
        if (!decode_field(value, m.since > 1, record.*(m.pointer)) && refused.empty()) {
            refused = m.name;
        }
    });
    if (!refused.empty()) {
        return failure("bad_record", std::string(Declaration<R>::name) + "." + refused);
    }
    if (unknown && known < object.size()) {
        *unknown = object;
        for_each_field<R>([&](const auto& m) { unknown->erase(m.name); });
    }
    return record;
}

}  // namespace fangxin::sync
