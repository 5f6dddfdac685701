#include "drivers/label_scales/dahua_tm.hpp"

#include <algorithm>
#include <string>

namespace fangxin::drivers {

namespace {

constexpr std::size_t shortest_reply = 2;

/// 区位码: row and cell of GB 2312, two digits each.
std::string row_and_cell(std::string_view gb) {
    std::string digits;
    for (const char byte : gb)
        digits += fmt::format("{:02}", static_cast<unsigned char>(byte) - 0xA0);
    return digits;
}

std::string put(const LabelGoods& goods, const LabelScale& scale, std::string_view name) {
    return fmt::format(
        "!0V{:04}A{:0>2}{:0>5}{:06}{}000000{:03}{:02}{:02}{:013}{:05}{:02}{:026}"
        "B{}CDE\r\n",
        goods.plu, scale.flag(), goods.code, goods.price_fen, goods.by_piece ? 1 : 0,
        goods.shelf_life_hours / 24, scale.department, goods.category, 0, goods.tare_mg / 1000,
        goods.label_number, 0, row_and_cell(name));
}

std::string erase_all(const LabelScale&) { return "!0IA\r\n"; }

/// Where the first answer ends: behind CR LF 03h or CR CR LF.
std::size_t reply_end(std::string_view received) {
    const std::size_t one = received.find("\r\n\x03");
    const std::size_t other = received.find("\r\r\n");
    const std::size_t end = std::min(one, other);
    return end == received.npos ? end : end + 3;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20; }

/// Printable, and short enough for a line.
std::string shown(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, 40))
        out += c > 0x20 && c < 0x7F ? std::string(1, c)
                                    : fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    return out;
}

std::optional<LabelReply> take_reply(std::string& received, const LabelQuestion& asked) {
    while (true) {
        const std::size_t end = reply_end(received);
        if (end == received.npos) return std::nullopt;
        std::string text = received.substr(0, end);
        received.erase(0, end);
        while (!text.empty() && is_control(text.back()))
            text.pop_back();
        text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), is_control));
        if (text.size() < shortest_reply) continue;
        if (asked.order == LabelOrder::erase_all) {
            if (text.starts_with("0i")) return LabelReply{.accepted = true, .reason = {}};
        } else if (text == "0v" || text.starts_with(fmt::format("0v{:04}", asked.plu))) {
            return LabelReply{.accepted = true, .reason = {}};
        } else if (text.size() >= 6 && text.starts_with("0v") &&
                   std::all_of(text.begin() + 2, text.begin() + 6,
                               [](char c) { return c >= '0' && c <= '9'; })) {
            continue;  // an answer of before, once more
        }
        return LabelReply{.accepted = false, .reason = shown(text)};
    }
}

}  // namespace

const LabelProtocol dahua_tm{
    .id = "dahua-tm",
    .words = "Shanghai Dahua TM-A, TM-F (大华)",
    .unconfirmed = "how a refusal looks, how one PLU is removed: all are, and sent again",
    .tcp_port = "4001",
    .limits = {.plu = 4000,
               .price_fen = 999'999,
               .tare_grams = 99'999,
               .shelf_life_days = 999,
               .shelf_life_hours = false,
               .pieces = true,
               .name_characters = 32,
               .category = 99,
               .label_number = 15,
               .department = 99},
    .put = put,
    .erase = nullptr,
    .erase_all = erase_all,
    .take_reply = take_reply,
};

}  // namespace fangxin::drivers
