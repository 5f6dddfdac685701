// Which label formats are in force at this terminal (SALE-14): its own file's, else the shop's
// setting, else the usual ones. And what a label says under formats that are only being tried.
// Main loop only.
#pragma once

#include "domain/code.hpp"
#include "domain/label_format.hpp"
#include "domain/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace fangxin::terminal {

class Station;

inline constexpr std::string_view label_formats_setting = "label_formats";

enum class LabelSource { usual, setting, devices_file };

struct LabelsInForce {
    domain::LabelFormats formats = domain::default_label_formats();
    LabelSource source = LabelSource::usual;
    std::string text;     ///< the setting as it was read last, good or not
    std::string trouble;  ///< why it is not in force, in the words of who reads it; empty: it is
};

/// The setting came, or another one: what cannot be read leaves the last good one in force, an
/// empty one the usual formats.
void take_labels(LabelsInForce& labels, const std::string& text);

/// The shop's formats as a text, read and judged. Codes: `bad_formats_file` with all that is wrong,
/// `two_meanings`.
Result<domain::LabelFormats> judge_labels(const std::string& text);

/// Saves them for every till of the shop. Codes besides: those of the right (edit_reference),
/// `why_wanted`.
Result<void> set_labels(Station& station, const std::string& text, const std::string& reason);

/// A label as it is read under `formats`: which field each digit is of, and what a till would sell.
struct LabelTrial {
    struct Field {
        char letter = ' ';  ///< F W E N V C
        std::string digits;
    };
    std::string digits;
    std::string pattern;  ///< empty: no format has this flag and length
    std::vector<Field> fields;
    domain::ScannedCode code;
    std::string item;  ///< empty: no such goods
    std::string item_name;
    bool whole_code = false;  ///< all 13 digits are goods of their own: no label is read
    /// What would be sold, as on the receipt; 0 where the till asks for it.
    std::int64_t amount_fen = 0;
    std::int64_t net_mg = 0;
    std::int64_t pieces = 0;
    /// Why nothing would be sold, a code with words: `no_label`, `no_format`, `no_such_item`,
    /// `bad_code`, `bad_label`; empty: it would.
    std::string refusal;
};
LabelTrial try_label(Station& station, const domain::LabelFormats& formats,
                     const std::string& code);

}  // namespace fangxin::terminal
