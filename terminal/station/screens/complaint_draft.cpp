// A complaint's draft as text, one name and value a line:
//
//     complaint 1
//     page goods
//     channel phone
//     what 牛奶有异味\n孩子喝了肚子疼
#include "terminal/station/screens/complaint_model.hpp"
#include "terminal/station/screens/draft_text.hpp"

#include <fmt/format.h>

namespace fangxin::terminal {

namespace {

constexpr std::string_view head = "complaint 1";
constexpr std::array<std::string_view, 3> pages = {"what", "goods", "customer"};

std::string_view take_line(std::string_view& rest) {
    std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return line;
}

void read_line(ComplaintState& state, std::string_view name, std::string_view value) {
    if (name == "page") {
        for (std::size_t i = 0; i < pages.size(); ++i) {
            if (pages[i] == value) state.page = static_cast<ComplaintPage>(i);
        }
    } else if (name == "channel") {
        state.channel =
            domain::from_text<ComplaintChannel>(value).value_or(ComplaintChannel::in_person);
    } else if (name == "severity") {
        state.severity =
            domain::from_text<ComplaintSeverity>(value).value_or(ComplaintSeverity::normal);
    } else if (auto field = domain::from_text<ComplaintField>(name)) {
        state.fields[static_cast<std::size_t>(*field)] = from_one_line(value);
    }
}

}  // namespace

std::string write_draft(const ComplaintState& state) {
    bool is_empty = state.page == ComplaintPage::done;
    std::string texts;
    for (std::size_t i = 0; i < complaint_fields; ++i) {
        if (state.fields[i].empty()) continue;
        texts += fmt::format("{} {}\n", domain::to_text(static_cast<ComplaintField>(i)),
                             in_one_line(state.fields[i]));
    }
    if (is_empty || texts.empty()) return {};
    return fmt::format("{}\npage {}\nchannel {}\nseverity {}\n{}", head,
                       pages[static_cast<std::size_t>(state.page)], domain::to_text(state.channel),
                       domain::to_text(state.severity), texts);
}

std::optional<ComplaintState> read_draft(std::string_view draft) {
    if (take_line(draft) != head) return std::nullopt;
    ComplaintState state;
    while (!draft.empty()) {
        std::string_view line = take_line(draft);
        std::size_t blank = line.find(' ');
        if (blank != line.npos) read_line(state, line.substr(0, blank), line.substr(blank + 1));
    }
    return state;
}

}  // namespace fangxin::terminal
