#include "terminal/kit/text_layout.hpp"

#include "domain/text_width.hpp"
#include "terminal/kit/code_points.hpp"

#include <algorithm>

namespace fangxin::kit {

using domain::append_utf8;
using domain::take_code_point;

namespace {

constexpr char32_t ellipsis = U'…';

/// Reads code points of a text and knows where a line that must end now may end.
class LineBreaker {
  public:
    LineBreaker(Fonts& fonts, Type type, float width) : fonts_(fonts), type_(type), width_(width) {}

    /// Takes one line off `rest`; leading blanks were skipped by the caller.
    std::string_view take_line(std::string_view& rest) const {
        std::string_view ahead = rest;
        std::size_t break_at = 0;  // bytes of the line up to the last place where it may end
        char32_t previous = 0;
        float used = 0;
        while (!ahead.empty()) {
            const std::size_t at = rest.size() - ahead.size();
            const char32_t c = take_code_point(ahead);
            if (c == U'\n') return end_at(rest, at, at + 1);
            if (at > 0 && may_break(previous, c)) break_at = at;
            used += fonts_.advance(c, type_.weight) * type_.size;
            if (used > width_ && at > 0 && c != U' ') {
                const std::size_t end = break_at > 0 ? break_at : at;
                return end_at(rest, end, end);
            }
            previous = c;
        }
        return end_at(rest, rest.size(), rest.size());
    }

  private:
    static bool may_break(char32_t before, char32_t after) {
        if (after == U' ' || stays_with_previous(after) || stays_with_next(before)) return false;
        return before == U' ' || is_wide(before) || is_wide(after) || stays_with_next(after);
    }

    static std::string_view end_at(std::string_view& rest, std::size_t end, std::size_t next) {
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(next);
        while (line.ends_with(' '))
            line.remove_suffix(1);
        return line;
    }

    Fonts& fonts_;
    Type type_;
    float width_;
};

}  // namespace

float measure(Fonts& fonts, std::string_view text, Type type) {
    float width = 0;
    while (!text.empty())
        width += fonts.advance(take_code_point(text), type.weight);
    return width * type.size;
}

Cut cut_to(Fonts& fonts, std::string_view text, Type type, float width) {
    const float room = width - fonts.advance(ellipsis, type.weight) * type.size;
    std::string_view rest = text;
    float used = 0;
    std::size_t fits_with_ellipsis = 0;
    while (!rest.empty()) {
        used += fonts.advance(take_code_point(rest), type.weight) * type.size;
        if (used <= room) fits_with_ellipsis = text.size() - rest.size();
        if (used > width + 0.01F) {
            std::string shorter(text.substr(0, fits_with_ellipsis));
            append_utf8(shorter, ellipsis);
            return {std::move(shorter), true};
        }
    }
    return {std::string(text), false};
}

Lines wrap(Fonts& fonts, std::string_view text, Type type, Limits limits) {
    Lines result;
    const LineBreaker breaker(fonts, type, limits.width + 0.01F);
    std::string_view rest = text;
    while (!rest.empty()) {
        const bool last = static_cast<int>(result.lines.size()) + 1 == limits.max_lines;
        if (last) {
            std::string_view all = rest;
            const std::string_view line = breaker.take_line(rest);
            if (rest.empty()) {
                result.lines.emplace_back(line);
            } else {
                all = all.substr(0, std::min(all.find('\n'), all.size()));
                Cut cut = cut_to(fonts, all, type, limits.width);
                if (!cut.shortened) append_utf8(cut.text, ellipsis);
                result.lines.push_back(std::move(cut.text));
                result.shortened = true;
            }
            break;
        }
        result.lines.emplace_back(breaker.take_line(rest));
        while (rest.starts_with(' '))
            rest.remove_prefix(1);
    }
    for (const std::string& line : result.lines) {
        result.widest = std::max(result.widest, measure(fonts, line, type));
    }
    return result;
}

}  // namespace fangxin::kit
