#include "domain/label_format.hpp"

#include "domain/check.hpp"
#include "domain/gs1_ai.hpp"

#include <algorithm>
#include <utility>

namespace fangxin::domain {

namespace {

constexpr std::size_t short_size = 13;
constexpr std::size_t long_size = 18;
constexpr std::size_t longest_field = 9;  ///< 999999999 kg are still whole milligrams of 64 bits
constexpr std::size_t most_formats = 255;

std::size_t row_of(std::size_t size) { return size == long_size ? 1 : 0; }

std::size_t number(std::string_view flag) { return static_cast<std::size_t>(number_of(flag)); }

/// `printed` of a unit that holds `parts` of our smallest, with `decimals`.
std::optional<std::int64_t> scaled(std::string_view printed, std::int64_t parts, int decimals) {
    std::int64_t value = number_of(printed) * parts;
    for (; decimals > 0; --decimals) {
        if (value % 10 != 0) return std::nullopt;  // nobody rounds what a scale has printed
        value /= 10;
    }
    return value;
}

std::string quoted(std::string_view text) { return fmt::format("“{}”", text); }

}  // namespace

Result<void> LabelFormat::take_pattern(const std::string& pattern) {
    if (pattern.size() != short_size && pattern.size() != long_size) {
        return failure("bad_pattern", fmt::format("{} has {} letters, not 13 or 18",
                                                  quoted(pattern), pattern.size()));
    }
    LabelField check_digit;
    const std::array<std::pair<char, LabelField*>, 6> fields{{{'F', &flag_},
                                                              {'W', &goods_},
                                                              {'E', &amount_},
                                                              {'N', &weight_},
                                                              {'V', &price_check_},
                                                              {'C', &check_digit}}};
    for (std::size_t at = 0; at < pattern.size();) {
        char letter = pattern[at];
        const auto* row = std::find_if(fields.begin(), fields.end(),
                                       [&](const auto& field) { return field.first == letter; });
        if (row == fields.end()) {
            return failure("bad_pattern",
                           fmt::format("{}: {} is none of F W E N V C", quoted(pattern),
                                       quoted(std::string_view(pattern).substr(at, 1))));
        }
        std::size_t end = std::min(pattern.find_first_not_of(letter, at), pattern.size());
        if (row->second->is_there()) {
            return failure("bad_pattern",
                           fmt::format("{}: {} stands in two places", quoted(pattern), letter));
        }
        *row->second = {at, end - at};
        at = end;
    }
    auto wrong = [&](std::string_view words) {
        return failure("bad_pattern", fmt::format("{}: {}", quoted(pattern), words));
    };
    if (flag_.at != 0 || flag_.size < 1 || flag_.size > 2) return wrong("begins with F or FF");
    if (!goods_.is_there()) return wrong("has no goods code W");
    if (!amount_.is_there() && !weight_.is_there()) return wrong("has neither E nor N");
    if (std::max({goods_.size, amount_.size, weight_.size}) > longest_field) {
        return wrong("has a field of more than 9 digits");
    }
    if (price_check_.size > 1 || check_digit.size > 1) return wrong("has V or C more than once");
    if (check_digit.is_there() && check_digit.at + 1 != pattern.size()) {
        return wrong("has its C not at the end");
    }
    pattern_ = pattern;
    return {};
}

Result<void> LabelFormat::take_price_check() {
    if (!price_check_.is_there()) return {};
    for (const LabelField& field : {amount_, weight_}) {
        if (field.is_there() && field.at == price_check_.at + 1) guarded_ = field;
    }
    for (const LabelField& field : {amount_, weight_}) {
        bool before = field.is_there() && field.at + field.size == price_check_.at;
        if (before && !guarded_.is_there()) guarded_ = field;
    }
    if (guarded_.size == 4 || guarded_.size == 5) return {};
    return failure("bad_pattern", quoted(pattern_) + ": V is of four or five E or N beside it");
}

Result<void> LabelFormat::take_flags(const std::vector<std::string>& flags) {
    if (flags.empty()) return failure("bad_flag", "no flag is named");
    for (const std::string& flag : flags) {
        if (flag.size() != flag_.size || !all_digits(flag)) {
            return failure("bad_flag", fmt::format("{} is not the {} of {}", quoted(flag),
                                                   flag_.size == 1 ? "one digit" : "two digits",
                                                   quoted(pattern_)));
        }
        if (size() == short_size && flag[0] != '2') {
            return failure("bad_flag", quoted(flag) + " is no flag of the shop's own, 20 to 29");
        }
        bool wallet = flag == "1" || (flag >= "10" && flag <= "15");
        if (wallet) return failure("bad_flag", quoted(flag) + " begins payment codes of WeChat");
        if (std::count(flags.begin(), flags.end(), flag) > 1) {
            return failure("bad_flag", quoted(flag) + " is named twice");
        }
    }
    flags_ = flags;
    return {};
}

Result<void> LabelFormat::take_check(std::optional<LabelCheck> check) {
    bool has_digit = pattern_.back() == 'C';
    check_ = check.value_or(has_digit ? LabelCheck::gs1 : LabelCheck::none);
    if (has_digit || check_ == LabelCheck::none) return {};
    return failure("bad_check", fmt::format("{} has no C for the check {}", quoted(pattern_),
                                            quoted(to_text(check_))));
}

Result<void> LabelFormat::take_decimals(const LabelFormatSettings& settings) {
    constexpr int most_of_weight = 6;
    constexpr int most_of_amount = 2;  // finer than a fen it could be no amount
    if (settings.weight_decimals < 0 || settings.weight_decimals > most_of_weight) {
        return failure("bad_decimals",
                       fmt::format("a weight with {} decimals", settings.weight_decimals));
    }
    if (settings.amount_decimals < 0 || settings.amount_decimals > most_of_amount) {
        return failure("bad_decimals",
                       fmt::format("an amount with {} decimals", settings.amount_decimals));
    }
    weight_decimals_ = settings.weight_decimals;
    amount_decimals_ = settings.amount_decimals;
    unit_ = settings.unit;
    return {};
}

Result<LabelFormat> LabelFormat::of(const LabelFormatSettings& settings) {
    LabelFormat format;
    auto taken = format.take_pattern(settings.pattern)
                     .and_then([&] { return format.take_price_check(); })
                     .and_then([&] { return format.take_flags(settings.flags); })
                     .and_then([&] { return format.take_check(settings.check); })
                     .and_then([&] { return format.take_decimals(settings); });
    if (!taken) return tl::unexpected(taken.error());
    return format;
}

std::optional<std::int64_t> LabelFormat::amount_fen(std::string_view digits) const {
    constexpr std::int64_t fen_of_yuan = 100;
    if (!amount_.is_there()) return std::nullopt;
    return scaled(amount_.of(digits), fen_of_yuan, amount_decimals_);
}

std::optional<std::int64_t> LabelFormat::weight_mg(std::string_view digits) const {
    constexpr std::int64_t milligrams_of_kg = 1'000'000;
    constexpr std::int64_t milligrams_of_jin = 500'000;
    if (!weight_.is_there() || unit_ == LabelUnit::piece) return std::nullopt;
    return scaled(weight_.of(digits), unit_ == LabelUnit::kg ? milligrams_of_kg : milligrams_of_jin,
                  weight_decimals_);
}

std::optional<std::int64_t> LabelFormat::count(std::string_view digits) const {
    if (!weight_.is_there() || unit_ != LabelUnit::piece) return std::nullopt;
    return number_of(weight_.of(digits));
}

Result<void> LabelFormats::add(LabelFormat format) {
    if (formats_.size() >= most_formats) return failure("two_formats", "more than 255 formats");
    Places& places = places_[row_of(format.size())];
    auto place = [&](const std::string& flag) -> std::uint8_t& {
        return flag.size() == 1 ? places.of_one[number(flag)] : places.of_two[number(flag)];
    };
    for (const std::string& flag : format.flags()) {
        if (place(flag) != 0) {
            return failure("two_formats",
                           fmt::format("{} of {} digits is {} already", quoted(flag), format.size(),
                                       quoted(formats_[place(flag) - 1U].pattern())));
        }
    }
    for (const std::string& flag : format.flags()) {
        place(flag) = static_cast<std::uint8_t>(formats_.size() + 1);
    }
    formats_.push_back(std::move(format));
    return {};
}

namespace {

bool overlap(const LabelField& a, const LabelField& b) {
    return a.is_there() && b.is_there() && a.at < b.at + b.size && b.at < a.at + a.size;
}

}  // namespace

std::string LabelFormats::two_meanings() const {
    for (const LabelFormat& broad : formats_) {
        if (broad.flag().size != 1) continue;
        for (const LabelFormat& narrow : formats_) {
            if (narrow.flag().size != 2 || narrow.size() != broad.size()) continue;
            const bool turned = overlap(broad.amount(), narrow.weight()) ||
                                overlap(broad.weight(), narrow.amount());
            if (!turned) continue;
            for (const std::string& flag : narrow.flags()) {
                const bool begins = std::find(broad.flags().begin(), broad.flags().end(),
                                              flag.substr(0, 1)) != broad.flags().end();
                if (!begins) continue;
                return fmt::format("{} of {} and {} of {}", quoted(flag), quoted(narrow.pattern()),
                                   quoted(flag.substr(0, 1)), quoted(broad.pattern()));
            }
        }
    }
    return {};
}

const LabelFormat* LabelFormats::find(std::string_view digits) const {
    if (digits.size() != short_size && digits.size() != long_size) return nullptr;
    if (!all_digits(digits)) return nullptr;
    const Places& places = places_[row_of(digits.size())];
    std::size_t place = places.of_two[number(digits.substr(0, 2))];
    if (place == 0) place = places.of_one[number(digits.substr(0, 1))];
    return place == 0 ? nullptr : &formats_[place - 1];
}

const LabelFormats& default_label_formats() {
    static const LabelFormats formats = [] {
        const std::vector<std::string> low{"20", "21", "22", "23", "24"};
        const std::vector<std::string> high{"25", "26", "27", "28", "29"};
        std::vector<std::string> every = low;
        every.insert(every.end(), high.begin(), high.end());
        LabelFormats made;
        for (const LabelFormatSettings& settings :
             {LabelFormatSettings{.pattern = "FFWWWWWEEEEEC", .flags = low, .check = {}},
              LabelFormatSettings{.pattern = "FFWWWWWNNNNNC", .flags = high, .check = {}},
              LabelFormatSettings{.pattern = "FFWWWWWEEEEENNNNNC", .flags = every, .check = {}}}) {
            FANGXIN_CHECK(made.add(LabelFormat::of(settings).value()).has_value());
        }
        return made;
    }();
    return formats;
}

std::span<const LabelPreset> label_presets() {
    struct Words {
        std::string_view zh;
        std::string_view en;
    };
    auto preset = [](std::string_view id, Words words, std::string pattern, LabelUnit unit) {
        return LabelPreset{id, words.zh, words.en,
                           LabelFormatSettings{.pattern = std::move(pattern),
                                               .flags = {},
                                               .check = LabelCheck::gs1,
                                               .unit = unit}};
    };
    constexpr LabelUnit kg = LabelUnit::kg;
    static const std::array presets{
        preset("amount", {"13位 金额", "13 digits, amount"}, "FFWWWWWEEEEEC", kg),
        preset("weight", {"13位 重量", "13 digits, weight"}, "FFWWWWWNNNNNC", kg),
        preset("count", {"13位 数量", "13 digits, count"}, "FFWWWWWNNNNNC", LabelUnit::piece),
        preset("amount_goods6", {"13位 六位货号 金额", "13 digits, goods code of 6, amount"},
               "FWWWWWWEEEEEC", kg),
        preset("weight_goods6", {"13位 六位货号 重量", "13 digits, goods code of 6, weight"},
               "FWWWWWWNNNNNC", kg),
        preset("amount5_checked",
               {"13位 五位金额带校验", "13 digits, amount of 5 with its own check digit"},
               "FFWWWWVEEEEEC", kg),
        preset("amount4_checked",
               {"13位 四位金额带校验", "13 digits, amount of 4 with its own check digit"},
               "FFWWWWWVEEEEC", kg),
        preset("weight5_checked",
               {"13位 五位重量带校验", "13 digits, weight of 5 with its own check digit"},
               "FFWWWWVNNNNNC", kg),
        preset("weight4_checked",
               {"13位 四位重量带校验", "13 digits, weight of 4 with its own check digit"},
               "FFWWWWWVNNNNC", kg),
        preset("amount_weight", {"18位 金额+重量", "18 digits, amount then weight"},
               "FFWWWWWEEEEENNNNNC", kg),
        preset("weight_amount", {"18位 重量+金额", "18 digits, weight then amount"},
               "FFWWWWWNNNNNEEEEEC", kg),
    };
    return presets;
}

std::optional<char> price_check_digit(std::string_view digits) {
    if ((digits.size() != 4 && digits.size() != 5) || !all_digits(digits)) return std::nullopt;
    // What a digit counts for under each of the four weights: the last digit of its product, less
    // (2-, 5-) or more (5+) the product's tens.
    constexpr std::string_view two_less = "0246891357";
    constexpr std::string_view three = "0369258147";
    constexpr std::string_view five_more = "0516273849";
    constexpr std::string_view five_less = "0594837261";
    constexpr std::array of_four{two_less, two_less, three, five_less};
    constexpr std::array of_five{five_more, two_less, five_less, five_more, two_less};
    auto worth = [&](std::string_view table, std::size_t i) {
        return table[static_cast<std::size_t>(digits[i] - '0')] - '0';
    };
    int sum = 0;
    if (digits.size() == of_four.size()) {
        for (std::size_t i = 0; i < of_four.size(); ++i)
            sum += worth(of_four[i], i);
        return static_cast<char>('0' + sum * 3 % 10);
    }
    for (std::size_t i = 0; i < of_five.size(); ++i)
        sum += worth(of_five[i], i);
    // The digit that, weighted 5-, fills the sum up to the next ten.
    char missing = static_cast<char>('0' + (10 - sum % 10) % 10);
    return static_cast<char>('0' + five_less.find(missing));
}

}  // namespace fangxin::domain
