// What one frame of a scale looks like, as a text: the bytes that are always the same, and fields
// in braces. The protocols that are text are rows of such templates (protocols.cpp), and so are the
// profiles that a technician writes for a scale nobody has a manual of (profile.hpp).
// Pure; any thread.
//
//     \x01\x02{[}{state}{sign}{mass:6}{unit:2}{xor}\x03\x04
//     01 02      53    20  30…34    6B 67  65  03  04
//
// Outside braces stand the bytes themselves; `\r` `\n` `\t` `\\` `\{` and `\xHH` for those that
// cannot be typed, and a blank for none to sixteen blanks. Fields:
//     {mass} {mass:N}          digits, blanks in front, perhaps a sign and one point; N characters.
//     {gross} {tare} {net}     The same, where the frame says which of the masses it is.
//     {sign}                   `-` is negative; `+`, a blank and `0` are not
//     {state} {state:N}        N characters (1 if left out) that the rule's table knows
//     {unit} {unit:N}          letters; without N one to three
//     {point}                  one digit: how many of the mass's digits are decimals
//     {any:N}                  N bytes of no meaning here; those of the first such field are kept
//     {rest}                   what can be printed, up to 24 characters
//     {[}                      the checksum begins to count here
//     {xor} {xor:hex}          XOR of the bytes from there, as a byte or as two characters 0-9 A-F
//     {sum} {sum:hex}          their sum, its low eight bits
#pragma once

#include "domain/result.hpp"
#include "drivers/scales/mass_text.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fangxin::drivers {

/// What the fields of one frame said.
struct FrameFields {
    std::string state;
    bool negative = false;
    std::optional<Decimal> mass;
    std::optional<Decimal> gross;
    std::optional<Decimal> tare;
    std::optional<Decimal> net;
    std::string unit;
    std::optional<int> point;
    std::string any;
};

/// Whether bytes begin with a frame: not, perhaps when more have come, or with one that is whole.
enum class Fit { no, more, whole };

class FrameTemplate {
  public:
    /// Errors: bad_template, with the place.
    static Result<FrameTemplate> parse(std::string_view text);

    struct Match {
        Fit fit = Fit::no;
        std::size_t length = 0;  ///< of the whole frame
        FrameFields fields;
    };
    Match match(std::string_view bytes) const;

    /// No frame of this template is longer; `match` says `more` of fewer bytes only.
    std::size_t longest() const { return longest_; }
    bool has_state() const;
    /// What it stands for if it has nothing but bytes.
    std::optional<std::string> literal() const;

  private:
    enum class Kind {
        literal,
        blanks,
        mass,
        gross,
        tare,
        net,
        sign,
        state,
        unit,
        point,
        any,
        rest,
        from,
        xored,
        summed
    };
    struct Part {
        Kind kind = Kind::literal;
        std::size_t width = 0;  ///< 0: as many as fit, of mass and unit
        bool hex = false;       ///< of checksums
        char literal = 0;
    };
    struct Cursor;

    Result<void> add_field(std::string_view name, std::string_view width);
    static Fit match_part(const Part& part, Cursor& cursor);
    static Fit match_mass(const Part& part, Cursor& cursor);
    static Fit match_unit(const Part& part, Cursor& cursor);
    static Fit match_check(const Part& part, Cursor& cursor);
    static Fit match_width(const Part& part, Cursor& cursor);

    std::vector<Part> parts_;
    std::size_t longest_ = 0;
};

}  // namespace fangxin::drivers
