#include "terminal/station/screens/draft_text.hpp"

namespace fangxin::terminal {

std::string in_one_line(std::string_view text) {
    std::string line;
    for (const char c : text) {
        if (c == '\n') {
            line += "\\n";
        } else if (c == '\\') {
            line += "\\\\";
        } else {
            line += c;
        }
    }
    return line;
}

std::string from_one_line(std::string_view line) {
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const bool pair = line[i] == '\\' && i + 1 < line.size();
        if (pair) ++i;
        text += pair && line[i] == 'n' ? '\n' : line[i];
    }
    return text;
}

}  // namespace fangxin::terminal
