// How a shop's scales write their labels: a pattern in the letters that scale vendors use, bound to
// the flags that it is printed under. Parsed and judged once, then only applied. Pure; any thread.
//     F  flag, one or two digits in front     N  weight, or a count
//     W  goods code                           V  price check digit of the field beside it
//     E  amount                               C  check digit of the whole, the last
// Sources: GB/T 18283 (prefixes 20 to 29 belong to the shop); manuals of label scales; GS1 General
// Specifications 7.9 (check digits).
#pragma once

#include "domain/enum_text.hpp"
#include "domain/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::domain {

/// How C is computed: `gs1` with weights 3, 1, 3 … from the right; `left` with 1, 3, 1 … from the
/// left, which is another digit where the length is even (18 digits); `none`: it is not looked at.
enum class LabelCheck { gs1, left, none };
template <>
struct EnumTable<LabelCheck> {
    static constexpr std::array rows{EnumText{LabelCheck::gs1, "gs1"},
                                     EnumText{LabelCheck::left, "left"},
                                     EnumText{LabelCheck::none, "none"}};
};

/// What N counts. A 市斤 is half a kilogram: read on labels of others, never sold by (WEIGH-5).
enum class LabelUnit { kg, jin, piece };
template <>
struct EnumTable<LabelUnit> {
    static constexpr std::array rows{EnumText{LabelUnit::kg, "kg"}, EnumText{LabelUnit::jin, "jin"},
                                     EnumText{LabelUnit::piece, "piece"}};
};

/// A format as somebody has written it down.
struct LabelFormatSettings {
    std::string pattern;             ///< `FFWWWWWEEEEEC`; 13 or 18 letters
    std::vector<std::string> flags;  ///< as printed, of as many digits as the pattern has F
    int weight_decimals = 3;
    int amount_decimals = 2;          ///< 2: fen, 1: jiao, 0: yuan
    std::optional<LabelCheck> check;  ///< left out: `gs1` where the pattern has a C
    LabelUnit unit = LabelUnit::kg;
};

/// Where in the digits a field stands; `size` 0: the pattern has none.
struct LabelField {
    std::size_t at = 0;
    std::size_t size = 0;

    bool is_there() const { return size != 0; }
    std::string_view of(std::string_view digits) const { return digits.substr(at, size); }
};

/// A format that can be applied.
class LabelFormat {
  public:
    /// Errors, with what is wrong in words: `bad_pattern` `bad_flag` `bad_decimals` `bad_check`.
    /// 13 digits may have the flags 2 and 20 to 29 only, or the goods of all shops would be labels;
    /// 18 digits any but 1 and 10 to 15, which are WeChat's payment codes.
    static Result<LabelFormat> of(const LabelFormatSettings& settings);

    std::size_t size() const { return pattern_.size(); }
    const std::string& pattern() const { return pattern_; }
    const std::vector<std::string>& flags() const { return flags_; }
    LabelCheck check() const { return check_; }
    LabelUnit unit() const { return unit_; }
    /// As it would be written down.
    LabelFormatSettings settings() const {
        return {pattern_, flags_, weight_decimals_, amount_decimals_, check_, unit_};
    }

    const LabelField& flag() const { return flag_; }
    const LabelField& goods() const { return goods_; }
    const LabelField& amount() const { return amount_; }
    const LabelField& weight() const { return weight_; }
    const LabelField& price_check() const { return price_check_; }
    /// The field that the price check digit is of.
    const LabelField& guarded() const { return guarded_; }

    /// What the fields hold; none if that is no whole number of fen or milligrams, or no such field
    /// is there. `digits` are as many as size().
    std::optional<std::int64_t> amount_fen(std::string_view digits) const;
    std::optional<std::int64_t> weight_mg(std::string_view digits) const;
    std::optional<std::int64_t> count(std::string_view digits) const;

  private:
    LabelFormat() = default;
    Result<void> take_pattern(const std::string& pattern);
    Result<void> take_price_check();
    Result<void> take_flags(const std::vector<std::string>& flags);
    Result<void> take_check(std::optional<LabelCheck> check);
    Result<void> take_decimals(const LabelFormatSettings& settings);

    std::string pattern_;
    std::vector<std::string> flags_;
    LabelField flag_;
    LabelField goods_;
    LabelField amount_;
    LabelField weight_;
    LabelField price_check_;
    LabelField guarded_;
    int weight_decimals_ = 3;
    int amount_decimals_ = 2;
    LabelCheck check_ = LabelCheck::gs1;
    LabelUnit unit_ = LabelUnit::kg;
};

/// All formats of a shop. No two of one length share a flag: which one a label is of would be a
/// guess, and an amount read as a weight is the expensive mistake. A flag of two digits goes before
/// its first digit alone, `21` before `2`.
class LabelFormats {
  public:
    LabelFormats() = default;  ///< none

    /// Error: `two_formats`, naming the flag.
    Result<void> add(LabelFormat format);

    /// The format that `digits` are to be read by, or null.
    const LabelFormat* find(std::string_view digits) const;
    const std::vector<LabelFormat>& all() const { return formats_; }
    /// A flag of one digit beside one of two digits that begins with it, where the same digits are
    /// an amount under one and a weight under the other: a label that is torn or keyed wrong would
    /// be read as the other. Told in words; empty if there is none.
    std::string two_meanings() const;

  private:
    /// Of each flag its format's place, counted from 1; 0: none. Two rows of lengths, 13 and 18.
    struct Places {
        std::array<std::uint8_t, 10> of_one{};
        std::array<std::uint8_t, 100> of_two{};
    };
    std::vector<LabelFormat> formats_;
    std::array<Places, 2> places_;
};

/// Until the shop sets its own: 13 digits carry the amount in fen under 20 to 24 and the weight in
/// grams under 25 to 29; 18 digits carry both, the amount first.
const LabelFormats& default_label_formats();

/// What a settings page offers. `settings` lacks the flags.
struct LabelPreset {
    std::string_view id;
    std::string_view zh;
    std::string_view en;
    LabelFormatSettings settings;
};
std::span<const LabelPreset> label_presets();

/// GS1 General Specifications 7.9: the check digit of a price or measure of four or five digits.
std::optional<char> price_check_digit(std::string_view digits);

}  // namespace fangxin::domain
