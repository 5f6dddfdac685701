#include "drivers/scales/template_parser.hpp"

#include "domain/check.hpp"

#include <algorithm>
#include <utility>

namespace fangxin::drivers {

namespace {

constexpr std::size_t most_ready = 256;

const StateWord* find_word(const FrameRule& rule, std::string_view text) {
    auto word = std::ranges::find(rule.states, text, &StateWord::text);
    return word == rule.states.end() ? nullptr : &*word;
}

bool tells_a_weight(ScaleState state) {
    return state == ScaleState::stable || state == ScaleState::motion;
}

/// In milligrams, or none.
class Masses {
  public:
    Masses(const FrameFields& fields, std::int64_t milligrams_of_one, int decimals)
        : fields_(fields), milligrams_of_one_(milligrams_of_one), decimals_(decimals) {}

    std::optional<std::int64_t> operator()(const std::optional<Decimal>& field) const {
        if (!field) return std::nullopt;
        Decimal mass = *field;
        if (!mass.has_point) mass.decimals = fields_.point.value_or(decimals_);
        if (fields_.negative) mass.digits = -mass.digits;
        return to_milligrams(mass, milligrams_of_one_);
    }

  private:
    const FrameFields& fields_;
    std::int64_t milligrams_of_one_;
    int decimals_;
};

/// False where the frame says no mass, or one that milligrams cannot hold.
bool weigh(Reading& reading, const FrameFields& fields, const Masses& masses) {
    const std::optional<std::int64_t> tare = masses(fields.tare);
    if (fields.tare && !tare) return false;
    reading.tare_mg = tare.value_or(0);
    if (const auto net = masses(fields.net)) {
        reading.tare_told = tare.has_value();
        reading.net_mg = *net;
        reading.gross_mg = *net + reading.tare_mg;
        return true;
    }
    const auto gross = masses(fields.gross ? fields.gross : fields.mass);
    if (!gross) return false;
    reading.gross_mg = *gross;
    reading.net_mg = *gross - reading.tare_mg;
    return true;
}

}  // namespace

TemplateParser::TemplateParser(FrameProtocol protocol)
    : seven_bits_(protocol.seven_bits), decimals_(protocol.decimals) {
    for (FrameRule& rule : protocol.rules) {
        auto frame = FrameTemplate::parse(rule.frame);
        FANGXIN_CHECK(frame);
        rules_.push_back({std::move(*frame), std::move(rule)});
    }
}

void TemplateParser::feed(std::span<const std::byte> bytes) {
    for (const std::byte byte : bytes) {
        raw_.push_back(static_cast<char>(byte));
        text_.push_back(seven_bits_ ? static_cast<char>(byte & std::byte{0x7F})
                                    : static_cast<char>(byte));
        settle();
    }
}

std::optional<Reading> TemplateParser::next() {
    if (ready_.empty()) return std::nullopt;
    Reading reading = std::move(ready_.front());
    ready_.pop_front();
    return reading;
}

void TemplateParser::settle() {
    while (!text_.empty()) {
        const std::size_t used = settle_front();
        if (used == 0) return;
        raw_.erase(0, used);
        text_.erase(0, used);
    }
}

std::size_t TemplateParser::settle_front() {
    bool wait = false;
    for (const Compiled& each : rules_) {
        const FrameTemplate::Match match = each.frame.match(text_);
        if (match.fit == Fit::more) wait = true;
        if (match.fit != Fit::whole) continue;
        if (!each.rule.reply.empty()) {
            reply_ = each.rule.reply;
            return match.length;
        }
        std::optional<Reading> reading = read(each.rule, match);
        if (!reading) continue;
        ready_.push_back(std::move(*reading));
        if (ready_.size() > most_ready) ready_.pop_front();
        return match.length;
    }
    return wait ? 0 : 1;
}

std::optional<Reading> TemplateParser::read(const FrameRule& rule,
                                            const FrameTemplate::Match& match) const {
    const FrameFields& fields = match.fields;
    Reading reading{.state = rule.state, .raw = raw_.substr(0, match.length)};
    if (!fields.state.empty()) {
        const StateWord* word = find_word(rule, fields.state);
        if (word == nullptr) return std::nullopt;
        reading.state = word->state;
    }
    const auto milligrams = milligrams_of(fields.unit.empty() ? rule.unit : fields.unit);
    const bool is_told =
        milligrams && weigh(reading, fields, Masses(fields, *milligrams, decimals_));
    if (tells_a_weight(reading.state)) {
        const bool says_mass = fields.mass || fields.gross || fields.net;
        if (!says_mass) return std::nullopt;
        if (!is_told) reading.state = ScaleState::fault;
    }
    if (rule.refine != nullptr) return rule.refine(fields, std::move(reading));
    return reading;
}

}  // namespace fangxin::drivers
