#include "drivers/printers/paper/code128.hpp"

#include <array>
#include <cstddef>

namespace fangxin::drivers {

namespace {

/// ISO/IEC 15417 table 1: widths of bar, space, bar, space, bar, space by value; then the stop.
constexpr std::array widths{
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212",
    "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221",
    "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221",
    "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131",
    "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131",
    "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111",
    "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242",
    "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112"};
constexpr std::size_t stop = 106;
constexpr int shift = 98;
constexpr int fnc1 = 102;

class Reading {
  public:
    explicit Reading(std::string_view data) : rest_(data) {}

    std::optional<Code128> read() {
        if (rest_.size() < 2 || rest_[0] != '{' || rest_[1] < 'A' || rest_[1] > 'C') {
            return std::nullopt;
        }
        set_ = rest_[1];
        code_.values.push_back(103 + (set_ - 'A'));
        rest_.remove_prefix(2);
        while (!rest_.empty()) {
            if (!step()) return std::nullopt;
        }
        return std::move(code_);
    }

  private:
    bool step() {
        int byte = static_cast<unsigned char>(rest_[0]);
        rest_.remove_prefix(1);
        if (set_ == 'C' && byte != '{') return pair(byte);
        if (byte != '{') return character(byte);
        if (rest_.empty()) return false;
        char special = rest_[0];
        rest_.remove_prefix(1);
        return special == '{' ? set_ != 'C' && character('{') : function(special);
    }

    bool pair(int value) {
        if (value > 99) return false;
        code_.values.push_back(value);
        code_.text += static_cast<char>('0' + value / 10);
        code_.text += static_cast<char>('0' + value % 10);
        return true;
    }

    bool character(int byte) {
        char set = shifted_ ? (set_ == 'A' ? 'B' : 'A') : set_;
        shifted_ = false;
        bool has = set == 'A' ? byte < 0x60 : byte >= 0x20 && byte < 0x80;
        if (!has) return false;
        code_.values.push_back(byte < 0x20 ? byte + 64 : byte - 0x20);
        code_.text += static_cast<char>(byte);
        return true;
    }

    bool function(char special) {
        switch (special) {
            case 'A':
            case 'B':
            case 'C':
                if (special != set_) code_.values.push_back(101 - (special - 'A'));
                set_ = special;
                return true;
            case 'S':
                if (set_ == 'C') return false;
                shifted_ = true;
                code_.values.push_back(shift);
                return true;
            case '1':
                if (code_.values.size() > 1) code_.text += '\x1D';
                code_.values.push_back(fnc1);
                return true;
            case '2':
            case '3':
                if (set_ == 'C') return false;
                code_.values.push_back(special == '2' ? 97 : 96);
                return true;
            case '4':
                if (set_ == 'C') return false;
                code_.values.push_back(set_ == 'A' ? 101 : 100);
                return true;
            default:
                return false;
        }
    }

    std::string_view rest_;
    Code128 code_;
    char set_ = 'B';
    bool shifted_ = false;
};

}  // namespace

std::optional<Code128> read_code128(std::string_view data) { return Reading(data).read(); }

std::string code128_widths(const Code128& code) {
    std::string bars;
    std::size_t sum = 0;
    for (std::size_t at = 0; at < code.values.size(); ++at) {
        auto value = static_cast<std::size_t>(code.values[at]);
        sum += value * (at == 0 ? 1 : at);
        bars += widths[value];
    }
    return bars + widths[sum % 103] + widths[stop];
}

}  // namespace fangxin::drivers
