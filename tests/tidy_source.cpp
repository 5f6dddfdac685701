#include "tests/tidy_source.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <utility>

namespace fangxin::tidy {

namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

bool starts_with_word(std::string_view text, std::string_view word) {
    return text.starts_with(word) && (text.size() == word.size() || !is_word(text[word.size()]));
}

/// The word that ends where the text ends.
std::string_view last_word(std::string_view text) {
    text = trimmed(text);
    std::size_t from = text.size();
    while (from > 0 && is_word(text[from - 1]))
        --from;
    return text.substr(from);
}

/// Walks a text once and blanks what is not code.
class Blanker {
  public:
    explicit Blanker(std::string_view text) : in_(text), out_(text) {}

    std::string run() {
        while (at_ < in_.size())
            step();
        return std::move(out_);
    }

  private:
    void step() {
        const std::string_view rest = in_.substr(at_);
        if (rest.starts_with("//")) {
            blank_through(in_.find('\n', at_), 0);
        } else if (rest.starts_with("/*")) {
            blank_through(in_.find("*/", at_ + 2), 2);
        } else if (rest.front() == '"') {
            literal();
        } else if (rest.front() == '\'' && !separates_digits()) {
            quoted('\'');
        } else {
            ++at_;
        }
    }

    void literal() {
        const std::size_t line = in_.rfind('\n', at_) + 1;  // npos + 1 is the text's begin
        const std::string_view before = trimmed(in_.substr(line, at_ - line));
        if (before.starts_with('#') && trimmed(before.substr(1)) == "include") {
            at_ = std::min(in_.find('\n', at_), in_.size());
        } else if (last_word(in_.substr(0, at_)).ends_with('R') && in_[at_ - 1] == 'R') {
            const std::size_t open = std::min(in_.find('(', at_), in_.size());
            std::string end = ")";
            end += in_.substr(at_ + 1, open - at_ - 1);
            end += '"';
            blank_through(in_.find(end, open), end.size());
        } else {
            quoted('"');
        }
    }

    /// The `'` in 60'000: what stands before it began with a digit.
    bool separates_digits() const {
        std::size_t from = at_;
        while (from > 0 && (is_word(in_[from - 1]) || in_[from - 1] == '\''))
            --from;
        return from < at_ && std::isdigit(static_cast<unsigned char>(in_[from])) != 0;
    }

    void quoted(char quote) {
        std::size_t end = at_ + 1;
        while (end < in_.size() && in_[end] != quote && in_[end] != '\n') {
            end += in_[end] == '\\' ? 2 : 1;
        }
        const std::size_t begin = at_;
        blank_through(std::min(end, in_.size()), 1);
        out_[begin] = quote;
    }

    void blank_through(std::size_t found, std::size_t length) {
        const std::size_t end = found >= in_.size() ? in_.size() : found + length;
        for (; at_ < end; ++at_) {
            if (in_[at_] != '\n') out_[at_] = ' ';
        }
    }

    std::string_view in_;
    std::string out_;
    std::size_t at_ = 0;
};

enum class Scope { outside, type, value, initialiser, function };

/// The head with everything inside parentheses, brackets and template arguments taken out, so that
/// `template <class T> void f(int a = 0)` reads `void f()`.
std::string bare(std::string_view head) {
    if (head = trimmed(head); starts_with_word(head, "template")) {
        int depth = 0;
        std::size_t at = 0;
        for (; at < head.size(); ++at) {
            if (head[at] == '<') ++depth;
            if (head[at] == '>' && --depth == 0) break;
        }
        return bare(head.substr(std::min(at + 1, head.size())));
    }
    std::string out;
    int depth = 0;
    for (const char c : head) {
        if (c == ')' || c == ']') --depth;
        if (depth == 0) out += c;
        if (c == '(' || c == '[') ++depth;
    }
    return out;
}

/// Is this `{` in `Till::Till() : rows_{} {` that of a member?
bool initialises_member(std::string_view head) {
    const std::size_t closed = head.find(')');
    if (closed == std::string_view::npos) return false;
    bool colon = false;
    for (std::size_t at = closed; at < head.size(); ++at) {
        if (head[at] != ':') continue;
        if (at + 1 < head.size() && head[at + 1] == ':') {
            ++at;
        } else {
            colon = true;
        }
    }
    return colon && (is_word(head.back()) || head.back() == '>');
}

/// What does the `{` after this head open, outside of functions?
Scope scope_after(std::string_view head) {
    const std::string text = bare(head);
    const std::string_view view = trimmed(text);
    for (const char* word : {"namespace", "inline namespace", "extern"}) {
        if (starts_with_word(view, word) && view.find('(') == view.npos) return Scope::outside;
    }
    for (const char* word : {"class", "struct", "union", "enum"}) {
        const bool constrained = starts_with_word(view, "requires");
        if (starts_with_word(view, word) || (constrained && !lines_with_word(view, word).empty())) {
            return Scope::type;
        }
    }
    if (view.empty() || view.find('(') == view.npos) return Scope::value;
    if (initialises_member(view)) return Scope::initialiser;
    const bool assigned = view.find('=') != view.npos && view.find("operator") == view.npos;
    if (assigned && view.find('[') == view.npos) return Scope::value;
    return Scope::function;
}

std::string name_in(std::string_view head) {
    const std::string text = bare(head);
    if (const std::size_t at = text.find("operator"); at != text.npos) {
        return text.substr(at, text.find('(', at) - at);
    }
    const bool lambda = text.find('[') != text.npos;
    const std::size_t end = lambda ? text.find('=') : text.find('(');
    const std::string_view before = std::string_view(text).substr(0, end);
    if (last_word(before) == "TEST" || last_word(before) == "TEST_F") {
        const std::size_t open = head.find('(');
        return std::string(head.substr(open + 1, head.find(')') - open - 1));
    }
    return std::string(last_word(before));
}

/// Follows the braces of a text and notes which of them are functions.
class Braces {
  public:
    explicit Braces(std::string_view code) : code_(code) {}

    std::vector<FunctionSpan> run() {
        for (at_ = 0; at_ < code_.size(); ++at_)
            step(code_[at_]);
        return std::move(found_);
    }

  private:
    void step(char c) {
        if (c == '\n') ++line_;
        if (inner_ > 0) {
            if (c == '{') ++inner_;
            if (c == '}' && --inner_ == 0) end_function();
        } else if (c == '#' && trimmed(head_).empty()) {
            skip_directive();
        } else if (c == '{') {
            open();
        } else if (c == '}') {
            close();
        } else if (c == ';' && round_ == 0) {
            begin_head();
        } else {
            extend(c);
        }
    }

    void extend(char c) {
        if (c == '(') ++round_;
        if (c == ')') --round_;
        if (c == ':' && (trimmed(head_) == "public" || trimmed(head_) == "private" ||
                         trimmed(head_) == "protected")) {
            begin_head();
            return;
        }
        if (head_.empty() && is_blank(c)) return;
        if (head_.empty()) head_line_ = line_;
        head_ += c;
    }

    void open() {
        Scope scope = round_ > 0 ? Scope::initialiser : scope_after(head_);
        if (scope == Scope::function && !stack_.empty() && stack_.back() == Scope::value) {
            // A row of a table: only a lambda in it is a function, and it begins here.
            if (!trimmed(head_).ends_with(')') || head_.find('[') == head_.npos) {
                scope = Scope::value;
            }
            head_line_ = line_;
        }
        if (scope == Scope::function) {
            inner_ = 1;
            return;
        }
        stack_.push_back(scope);
        if (scope == Scope::outside || scope == Scope::type) begin_head();
    }

    void close() {
        const Scope scope = stack_.empty() ? Scope::outside : stack_.back();
        if (!stack_.empty()) stack_.pop_back();
        if (scope == Scope::outside || scope == Scope::type) begin_head();
        if (scope == Scope::initialiser) head_ += "()";
    }

    void end_function() {
        found_.push_back({name_in(head_), head_line_, line_});
        begin_head();
    }

    void begin_head() {
        head_.clear();
        round_ = 0;
    }

    void skip_directive() {
        while (at_ < code_.size() && (code_[at_] != '\n' || code_[at_ - 1] == '\\')) {
            if (code_[at_] == '\n') ++line_;
            ++at_;
        }
        if (at_ < code_.size()) ++line_;
    }

    std::string_view code_;
    std::vector<FunctionSpan> found_;
    std::vector<Scope> stack_;
    std::string head_;
    std::size_t at_ = 0;
    int head_line_ = 1;
    int line_ = 1;
    int round_ = 0;  ///< open parentheses of the head
    int inner_ = 0;  ///< open braces of the function
};

}  // namespace

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string code_of(std::string_view text) { return Blanker(text).run(); }

std::vector<Include> includes_of(std::string_view code) {
    std::vector<Include> includes;
    int number = 0;
    for (std::string_view line : lines_of(code)) {
        ++number;
        line = trimmed(line);
        if (!line.starts_with('#')) continue;
        line = trimmed(line.substr(1));
        if (!line.starts_with("include")) continue;
        line = trimmed(line.substr(7));
        if (line.empty() || (line.front() != '"' && line.front() != '<')) continue;
        const bool quoted = line.front() == '"';
        const std::size_t end = line.find(quoted ? '"' : '>', 1);
        if (end == line.npos) continue;
        includes.push_back({number, std::string(line.substr(1, end - 1)), quoted});
    }
    return includes;
}

std::vector<FunctionSpan> functions_of(std::string_view code) { return Braces(code).run(); }

int columns_of(std::string_view line) {
    int columns = 0;
    for (std::size_t at = 0; at < line.size();) {
        const auto first = static_cast<unsigned char>(line[at]);
        const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        std::uint32_t point = length == 1 ? first : first & (0x7FU >> length);
        for (std::size_t i = 1; i < length && at + i < line.size(); ++i) {
            point = point << 6 | (static_cast<unsigned char>(line[at + i]) & 0x3FU);
        }
        const bool wide = (point >= 0x2E80 && point < 0xD7A4) ||
                          (point >= 0xF900 && point < 0xFB00) ||
                          (point >= 0xFE30 && point < 0xFE70) ||
                          (point >= 0xFF01 && point < 0xFF61) || point >= 0x1F300;
        columns += wide ? 2 : 1;
        at += length;
    }
    return columns;
}

std::vector<int> lines_with_word(std::string_view code, std::string_view word) {
    std::vector<int> found;
    int number = 0;
    for (const std::string_view line : lines_of(code)) {
        ++number;
        for (std::size_t at = line.find(word); at != line.npos; at = line.find(word, at + 1)) {
            const bool begins = at == 0 || !is_word(line[at - 1]);
            const std::size_t end = at + word.size();
            if (begins && (end == line.size() || !is_word(line[end]))) {
                found.push_back(number);
                break;
            }
        }
    }
    return found;
}

}  // namespace fangxin::tidy
