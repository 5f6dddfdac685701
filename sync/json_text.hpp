// Declared records straight to JSON text, without the tree in between: an op is written in the
// transaction that a customer waits for. The text is exactly what json::serialize makes of to_json.
#pragma once

#include "sync/codec.hpp"

#include <fmt/format.h>
#include <iterator>
#include <string>
#include <string_view>

namespace fangxin::sync {

/// Appends `text` as a JSON string. UTF-8 goes out as it is.
inline void append_json(std::string& out, std::string_view text) {
    out.push_back('"');
    for (char c : text) {
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\b':
                out += "\\b";
                break;
            case '\f':
                out += "\\f";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
                } else {
                    out.push_back(c);
                }
        }
    }
    out.push_back('"');
}

template <Declared R>
void append_json(std::string& out, const R& record);

inline void append_json(std::string& out, std::int64_t value) {
    fmt::format_to(std::back_inserter(out), "{}", value);
}

template <class T>
requires std::is_same_v<T, bool>
void append_json(std::string& out, T value) { out += value ? "true" : "false"; }

template <Textual T>
void append_json(std::string& out, const T& value) {
    append_json(out, std::string_view(TextForm<T>::format(value)));
}

template <class T>
void append_json(std::string& out, const std::vector<T>& values) {
    out.push_back('[');
    for (const T& value : values) {
        if (out.back() != '[') out.push_back(',');
        append_json(out, value);
    }
    out.push_back(']');
}

/// Absent optional fields are left out.
template <Declared R>
void append_json(std::string& out, const R& record) {
    out.push_back('{');
    for_each_field<R>([&](const auto& m) {
        const auto& value = record.*(m.pointer);
        using T = std::decay_t<decltype(value)>;
        if constexpr (is_optional<T>) {
            if (!value) return;
        }
        if (out.back() != '{') out.push_back(',');
        append_json(out, m.name);
        out.push_back(':');
        if constexpr (is_optional<T>) {
            append_json(out, *value);
        } else {
            append_json(out, value);
        }
    });
    out.push_back('}');
}

template <Declared R>
std::string json_text(const R& record) {
    std::string text;
    append_json(text, record);
    return text;
}

}  // namespace fangxin::sync
