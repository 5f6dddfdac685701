#include "handheld/screens/receive_draft.hpp"

#include "terminal/station/screens/draft_text.hpp"

#include <array>
#include <charconv>
#include <fmt/format.h>

namespace fangxin::handheld {

namespace {

constexpr std::string_view first_line = "receive 1\n";
constexpr std::string_view last_line = "end\n";

constexpr std::array page_names{"item",     "dates",    "lot",     "quantity",
                                "supplier", "decision", "summary", "booked"};

class Writer {
  public:
    void add(std::string_view name, std::string_view value) {
        if (!value.empty()) text += fmt::format("{} {}\n", name, terminal::in_one_line(value));
    }
    void add(std::string_view name, bool value) {
        if (value) add(name, std::string_view("yes"));
    }
    void add(std::string_view name, int value) { add(name, fmt::format("{}", value)); }
    void add(std::string_view name, const std::optional<domain::DayMinute>& value) {
        if (value) add(name, domain::format_day_minute(*value));
    }
    std::string text{first_line};
};

class Reader {
  public:
    explicit Reader(ReceiveState& state) : state_(state) {}

    /// False for a value that cannot be.
    bool take(std::string_view name, const std::string& value) {
        if (name == "page") return page(value);
        if (name == "pick") return number(value, state_.date.pick);
        if (name == "reason") return number(value, state_.reason.chosen);
        if (name == "coded_production") return day(value, state_.coded_production);
        if (name == "coded_expiry") return day(value, state_.coded_expiry);
        if (name == "decision") {
            state_.decision = domain::from_text<domain::Decision>(value);
            return state_.decision.has_value();
        }
        if (bool* flag = flag_of(name)) return *flag = true;
        if (std::string* text = text_of(name)) *text = value;
        return true;  // a line of a later version
    }

  private:
    bool page(std::string_view value) {
        for (std::size_t i = 0; i < page_names.size(); ++i) {
            if (value != page_names[i]) continue;
            state_.page = static_cast<ReceivePage>(i);
            return true;
        }
        return false;
    }
    static bool number(std::string_view text, int& into) {
        const char* end = text.data() + text.size();
        const auto [rest, error] = std::from_chars(text.data(), end, into);
        return error == std::errc{} && rest == end;
    }
    static bool day(std::string_view text, std::optional<domain::DayMinute>& into) {
        into = domain::parse_day_minute(text);
        return into.has_value();
    }
    bool* flag_of(std::string_view name) {
        if (name == "back_to_summary") return &state_.back_to_summary;
        if (name == "lot_is_coded") return &state_.lot_is_coded;
        return nullptr;
    }
    std::string* text_of(std::string_view name) {
        if (name == "search") return &state_.search;
        if (name == "code") return &state_.code;
        if (name == "item") return &state_.item;
        if (name == "digits") return &state_.date.digits;
        if (name == "lot") return &state_.lot;
        if (name == "quantity") return &state_.quantity;
        if (name == "supplier") return &state_.supplier;
        if (name == "own_reason") return &state_.reason.own;
        if (name == "refusal") return &state_.refusal;
        if (name == "refusal_detail") return &state_.refusal_detail;
        return nullptr;
    }
    ReceiveState& state_;
};

}  // namespace

std::string write_draft(const ReceiveState& state) {
    const bool is_fresh = state.page == ReceivePage::item && state.item.empty();
    if (is_fresh || state.page == ReceivePage::booked) return {};
    Writer writer;
    writer.add("page", std::string_view(page_names[static_cast<std::size_t>(state.page)]));
    writer.add("back_to_summary", state.back_to_summary);
    writer.add("search", state.search);
    writer.add("code", state.code);
    writer.add("item", state.item);
    writer.add("digits", state.date.digits);
    writer.add("pick", state.date.pick);
    writer.add("coded_production", state.coded_production);
    writer.add("coded_expiry", state.coded_expiry);
    writer.add("lot", state.lot);
    writer.add("lot_is_coded", state.lot_is_coded);
    writer.add("quantity", state.quantity);
    writer.add("supplier", state.supplier);
    if (state.decision) writer.add("decision", domain::to_text(*state.decision));
    writer.add("reason", state.reason.chosen);
    writer.add("own_reason", state.reason.own);
    writer.add("refusal", state.refusal);
    writer.add("refusal_detail", state.refusal_detail);
    return writer.text + std::string(last_line);
}

std::optional<ReceiveState> read_draft(std::string_view text) {
    if (!text.starts_with(first_line) || !text.ends_with(last_line)) return std::nullopt;
    text.remove_prefix(first_line.size());
    text.remove_suffix(last_line.size());
    ReceiveState state;
    Reader reader(state);
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        const std::size_t blank = line.find(' ');
        if (end == text.npos || blank == line.npos) return std::nullopt;
        if (!reader.take(line.substr(0, blank), terminal::from_one_line(line.substr(blank + 1)))) {
            return std::nullopt;
        }
        text.remove_prefix(end + 1);
    }
    return state;
}

}  // namespace fangxin::handheld
