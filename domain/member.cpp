#include "domain/member.hpp"

namespace fangxin::domain {

namespace {
constexpr std::size_t shown_digits = 4;
}

std::int64_t points_for(std::int64_t paid_fen, std::int64_t fen_per_point) {
    return fen_per_point <= 0 ? 0 : paid_fen / fen_per_point;
}

std::string masked_member(const std::string& number) {
    const std::size_t shown = number.size() > shown_digits ? shown_digits : number.size() / 2;
    return std::string(number.size() - shown, '*') + number.substr(number.size() - shown);
}

}  // namespace fangxin::domain
