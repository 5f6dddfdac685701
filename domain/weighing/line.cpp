#include "domain/weighing/line.hpp"

#include "domain/weighing/amount_text.hpp"

#include <fmt/format.h>

namespace fangxin::weighing {

namespace {

std::string kg(std::int64_t mg) { return kilograms(mg) + "kg"; }

std::string tares(const WeighedLine& line, bool chinese) {
    std::string text;
    if (line.taken_tare_mg != 0 || line.preset_tare_mg == 0) {
        text += (chinese ? " 皮重 " : " tare ") + kg(line.taken_tare_mg);
    }
    if (line.preset_tare_mg != 0) {
        text += (chinese ? " 预置皮重PT " : " preset tare PT ") + kg(line.preset_tare_mg);
    }
    return text;
}

}  // namespace

WeighedLineWords words_of(const WeighedLine& line, domain::Language language) {
    bool chinese = language == domain::Language::zh;
    std::string net = (chinese ? "净重 " : "net ") + kg(line.net_mg);
    std::string price = fmt::format(" × {}/kg", yuan(line.price_fen_per_kg));
    if (!line.gross_mg) return {.weights = {}, .price = net + price};
    return {.weights = (chinese ? "毛重 " : "gross ") + kg(*line.gross_mg) + tares(line, chinese) +
                       ' ' + net,
            .price = kg(line.net_mg) + price};
}

}  // namespace fangxin::weighing
