#include "sync/server/import_values.hpp"

#include "domain/code.hpp"
#include "domain/lot.hpp"
#include "domain/text_width.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace fangxin::sync {

namespace {

constexpr std::size_t text_bytes_limit = 1000;
constexpr std::size_t code_bytes_limit = 64;
constexpr std::size_t gtin_digits = 14;
constexpr std::int64_t relative_days_limit = 36'500;

template <class... Args>
tl::unexpected<std::string> refuse(fmt::format_string<Args...> format, Args&&... args) {
    return tl::unexpected(fmt::format(format, std::forward<Args>(args)...));
}

/// C0, DEL, C1, and the two line breaks that Unicode adds.
bool is_control(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

bool has_control(std::string_view text) {
    while (!text.empty()) {
        if (is_control(domain::take_code_point(text))) return true;
    }
    return false;
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// What `text` has of `today…`: the day, and how many bytes told it.
struct RelativeDay {
    domain::Date date;
    std::size_t size = 0;
};

std::optional<RelativeDay> relative_day(std::string_view text, domain::Date today) {
    constexpr std::string_view word = "today";
    if (!text.starts_with(word)) return std::nullopt;
    std::size_t end = text.find('d', word.size());
    std::string_view sign = text.substr(word.size(), 1);
    if (sign != "-" && sign != "+") return RelativeDay{today, word.size()};
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view digits = text.substr(word.size() + 1, end - word.size() - 1);
    auto count = read_integer(digits, {.most = relative_days_limit});
    if (!count || digits.starts_with('-')) return std::nullopt;
    std::chrono::days offset{sign == "-" ? -*count : *count};
    return RelativeDay{today + offset, end + 1};
}

}  // namespace

std::string in_quotes(std::string_view text) {
    std::string shown;
    for (std::string_view rest = text.substr(0, text_bytes_limit); !rest.empty();) {
        char32_t c = domain::take_code_point(rest);
        domain::append_utf8(shown, is_control(c) ? domain::replacement_character : c);
    }
    return "'" + domain::truncate(shown, 60) + "'";
}

Read<std::string> read_text(std::string_view text) {
    if (text.size() > text_bytes_limit) {
        return refuse("is longer than {} bytes", text_bytes_limit);
    }
    if (has_control(text)) return refuse("holds a control character or a line break");
    return std::string(text);
}

Read<std::string> read_code(std::string_view text) {
    if (text.size() > code_bytes_limit) {
        return refuse("is longer than {} bytes", code_bytes_limit);
    }
    if (has_control(text)) return refuse("holds a control character or a line break");
    if (text.find_first_of(" /;,'\"") != std::string_view::npos) {
        return refuse("{} holds a blank, quote or one of / ; ,", in_quotes(text));
    }
    return std::string(text);
}

Read<std::string> read_lot(std::string_view text) {
    auto lot = read_text(text);
    if (lot && !domain::is_lot(*lot)) return refuse("{} can be no lot", in_quotes(text));
    return lot;
}

Read<std::int64_t> read_integer(std::string_view text, const IntegerRange& range) {
    std::int64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::invalid_argument || end != text.data() + text.size()) {
        return refuse("{} is not a whole number", in_quotes(text));
    }
    if (error == std::errc::result_out_of_range || value < range.least || value > range.most) {
        return refuse("{} is not from {} to {}", in_quotes(text), range.least, range.most);
    }
    return value;
}

Read<bool> read_bool(std::string_view text) {
    if (text == "true") return true;
    if (text == "false") return false;
    return refuse("{} is none of: true, false", in_quotes(text));
}

Read<domain::Date> read_date(std::string_view text, domain::Date today) {
    if (auto relative = relative_day(text, today); relative && relative->size == text.size()) {
        return relative->date;
    }
    if (auto date = domain::parse_date(text)) return *date;
    return refuse("{} is no date (write 2026-11-23, today or today-3d)", in_quotes(text));
}

Read<domain::DayMinute> read_day_minute(std::string_view text, domain::Date today) {
    std::string absolute(text);
    if (auto relative = relative_day(text, today)) {
        absolute = domain::format_date(relative->date);
        absolute += text.substr(relative->size);
    }
    if (auto day = domain::parse_day_minute(absolute)) return *day;
    return refuse("{} is no date (write 2026-11-23, 2026-11-23T08:00, today or today-3d)",
                  in_quotes(text));
}

Read<domain::ShelfLife> read_shelf_life(std::string_view text) {
    if (auto life = domain::parse_shelf_life(text)) return *life;
    return refuse("{} is no shelf life (write 24h, 7d or 12m)", in_quotes(text));
}

Read<std::string> read_barcode(std::string_view text) {
    if (!all_digits(text)) return refuse("{} is not all digits", in_quotes(text));
    if (text.size() <= 6) return std::string(text);
    if (text.size() != 8 && (text.size() < 12 || text.size() > gtin_digits)) {
        return refuse("{} has {} digits: a GTIN has 8, 12, 13 or 14, a PLU 1 to 6", in_quotes(text),
                      text.size());
    }
    char right = *domain::gs1_check_digit(text.substr(0, text.size() - 1));
    if (text.back() != right) {
        return refuse("{}: its check digit would be {}", in_quotes(text), right);
    }
    return std::string(gtin_digits - text.size(), '0').append(text);
}

Read<std::string> read_pin(std::string_view text) {
    // Never quoted: reasons land in logs and on screens.
    if (!all_digits(text)) return refuse("is not all digits");
    if (text.size() < 6 || text.size() > 32) return refuse("has not 6 to 32 digits");
    return std::string(text);
}

}  // namespace fangxin::sync
