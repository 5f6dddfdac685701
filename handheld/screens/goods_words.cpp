#include "handheld/screens/goods_words.hpp"

#include "terminal/station/words.hpp"

namespace fangxin::handheld {

using kit::TextTable;

std::string refusal_text(std::string_view code, std::string_view detail, const TextTable& texts) {
    if (code.empty()) return {};
    return terminal::message_for(code, detail, texts.language());
}

}  // namespace fangxin::handheld
