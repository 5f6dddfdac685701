#include "drivers/label_scales/cas_cl5000.hpp"

#include <array>
#include <string>

namespace fangxin::drivers {

namespace {

constexpr std::size_t header_size = 10;
constexpr std::size_t tail_size = 3;
constexpr std::size_t verdict_at = 14;
constexpr std::size_t name_line = 28;  // of a field of 40

constexpr unsigned no_such_data = 98;

struct Trouble {
    int number;
    std::string_view words;
};
constexpr std::array troubles = {
    Trouble{82, "number is over"},
    Trouble{84, "header, tail or checksum fails"},
    Trouble{88, "direct message full"},
    Trouble{89, "memory full"},
    Trouble{95, "unknown data type"},
    Trouble{97, "data structure fails"},
    Trouble{no_such_data, "data do not exist"},
};

void number(std::string& bytes, std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i)
        bytes.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
}

void text(std::string& bytes, std::string_view value, std::size_t size) {
    bytes += value.substr(0, size);
    bytes.append(size - std::min(size, value.size()), ' ');
}

std::string framed(std::string_view body) {
    std::string bytes = "WL";
    number(bytes, 0, 4);
    bytes += ',';
    number(bytes, body.size(), 2);
    bytes += ':';
    bytes += body;
    bytes += ':';
    unsigned sum = 0;
    for (const char byte : std::string_view(bytes).substr(2))
        sum += static_cast<unsigned char>(byte);
    number(bytes, sum & 0xFF, 1);
    return bytes + '\r';
}

std::uint64_t flag_of(const LabelScale& scale) { return std::stoul(scale.flag()); }

std::string put(const LabelGoods& goods, const LabelScale& scale, std::string_view name) {
    std::string body;
    number(body, flag_of(scale), 2);
    number(body, static_cast<std::uint64_t>(goods.plu), 4);
    number(body, 1, 1);  // by weight
    text(body, name.substr(0, name_line), 40);
    text(body, name.size() > name_line ? name.substr(name_line, name_line) : "", 40);
    text(body, "", 5);
    number(body, static_cast<std::uint64_t>(goods.category), 2);
    number(body, static_cast<std::uint64_t>(goods.label_number), 2);
    body.append(2 + 2 + 1 + 4, char{});  // second label, origin, unit weight, fixed weight
    number(body, std::stoul(goods.code), 4);
    body.append(2 + 1 + 1, char{});  // quantity and its symbol, fixed price
    number(body, static_cast<std::uint64_t>(goods.price_fen), 4);
    body.append(4 + 4 + 1 + 2 + 2 + 2 + 2 + 1, '\0');  // special price, tare … packed time
    number(body, static_cast<std::uint64_t>(goods.shelf_life_hours / 24), 4);
    number(body, static_cast<std::uint64_t>(goods.shelf_life_hours % 24), 1);
    body.append(2 + 2 + 2 + 1, '\0');  // messages
    return framed(body);
}

std::string erase(const LabelScale& scale, int plu) {
    std::string body;
    number(body, flag_of(scale), 2);
    number(body, static_cast<std::uint64_t>(plu), 4);
    return framed(body);
}

std::string erase_all(const LabelScale&) { return framed(std::string(6, '\0')); }

std::optional<LabelReply> take_reply(std::string& received, const LabelQuestion& question) {
    if (received.size() <= verdict_at) return std::nullopt;
    const auto at = [&](std::size_t place) {
        return static_cast<unsigned>(static_cast<unsigned char>(received[place]));
    };
    const std::size_t size = header_size + (at(7) | at(8) << 8) + tail_size;
    if (received[6] != ',' || received[9] != ':' || size <= verdict_at) {
        received.clear();  // no frame begins here, and none tells where the next would
        return LabelReply{.accepted = false, .reason = "not an answer of this scale"};
    }
    if (received.size() < size) return std::nullopt;
    const unsigned verdict = at(verdict_at);
    const bool ends = received[size - 1] == '\r' && received[size - tail_size] == ':';
    received.erase(0, size);
    if (!ends) return LabelReply{.accepted = false, .reason = "an answer without its end"};
    if (verdict == ':') return LabelReply{.accepted = true, .reason = {}};
    // What was to go is not there: the answer to the first try was lost, or a hand was quicker.
    if (question.order == LabelOrder::erase && verdict == no_such_data) {
        return LabelReply{.accepted = true, .reason = {}};
    }
    for (const Trouble& trouble : troubles) {
        if (static_cast<unsigned>(trouble.number) == verdict)
            return LabelReply{.accepted = false,
                              .reason = fmt::format("{} {}", verdict, trouble.words)};
    }
    return LabelReply{.accepted = false, .reason = fmt::format("{}", verdict)};
}

}  // namespace

const LabelProtocol cas_cl5000{
    .id = "cas-cl5000",
    .words = "CAS CL5000J: goods by weight, without tare",
    .unconfirmed = "the unit of a tare, goods by the piece: both refused; Chinese names",
    .tcp_port = "20304",
    .limits = {.plu = 999'999,
               .price_fen = 999'999,
               .tare_grams = 0,
               .shelf_life_days = 999,
               .shelf_life_hours = true,
               .pieces = false,
               .name_characters = 28,
               .category = 99,
               .label_number = 99,
               .department = 0},
    .put = put,
    .erase = erase,
    .erase_all = erase_all,
    .take_reply = take_reply,
};

}  // namespace fangxin::drivers
