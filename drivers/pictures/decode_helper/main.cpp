// fangxin-decode: finds a barcode in one picture after another, shut in, because the pictures are
// anybody's and the libraries that read them have aborted before. Started by
// drivers/pictures/decoder.cpp; not for people. Socket 3, one datagram each way:
//     in    `file LOOK` or `grey LOOK WIDTH HEIGHT`, with a descriptor of a sealed memfd;
//           `again LOOK` for another look at the same picture
//     out   `code FORMAT SYMBOLOGY ECI ENGINE SURE X Y X Y X Y X Y TEXT_LENGTH` LF text bytes,
//           or `error WORD`; `error no_more` when there is no look of that number
#include "drivers/pictures/decode_helper/looks.hpp"
#include "drivers/pictures/decode_helper/sandbox.hpp"

#include <array>
#include <charconv>
#include <cstring>
#include <fmt/format.h>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using fangxin::drivers::GreyPicture;
using fangxin::drivers::Looks;
using fangxin::drivers::Symbol;

constexpr int parent_socket = 3;
constexpr unsigned seconds_for_one_picture = 10;  // the parent is less patient, if it still lives

struct Request {
    std::string words;
    int descriptor = -1;
};

/// False when the parent has gone.
bool receive(Request& request) {
    char words[64];
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
    iovec part{.iov_base = words, .iov_len = sizeof words};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    ssize_t count = ::recvmsg(parent_socket, &message, MSG_CMSG_CLOEXEC);
    if (count <= 0) return false;
    request.words.assign(words, static_cast<std::size_t>(count));
    request.descriptor = -1;
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    if (header != nullptr && header->cmsg_type == SCM_RIGHTS)
        std::memcpy(&request.descriptor, CMSG_DATA(header), sizeof request.descriptor);
    return true;
}

std::string answer_of_look(Looks& looks, int number) {
    if (!looks.has(number)) return "error no_more";
    auto symbol = looks.look(number);
    if (!symbol) return "error no_code";
    const auto& c = symbol->corners;
    return fmt::format("code {} {} {:d} {} {:d} {} {} {} {} {} {} {} {} {}\n{}{}", symbol->format,
                       symbol->symbology, symbol->has_eci, symbol->engine, looks.sure(*symbol),
                       c[0].x, c[0].y, c[1].x, c[1].y, c[2].x, c[2].y, c[3].x, c[3].y,
                       symbol->text.size(), symbol->text, symbol->bytes);
}

/// The first word, and up to three numbers behind it; what is missing is 0.
struct Words {
    std::string_view first;
    std::array<int, 3> numbers{};

    explicit Words(std::string_view text) : first(text.substr(0, text.find(' '))) {
        const char* at = text.data() + first.size();
        const char* end = text.data() + text.size();
        for (int& number : numbers) {
            if (at == end) return;
            at = std::from_chars(at + 1, end, number).ptr;
        }
    }
};

/// Empty if it went well, and then `looks` has the picture.
std::string_view open_picture(const Words& words, std::span<const std::byte> bytes,
                              std::optional<Looks>& looks) {
    GreyPicture picture;
    if (words.first == "file") {
        std::string_view error = fangxin::drivers::load_picture(bytes, picture);
        if (error.empty()) looks.emplace(std::move(picture), Looks::From::file);
        return error;
    }
    picture.width = words.numbers[1];
    picture.height = words.numbers[2];
    std::int64_t pixels = std::int64_t{picture.width} * picture.height;
    if (words.first != "grey" || picture.width <= 0 || pixels <= 0 ||
        bytes.size() != static_cast<std::size_t>(pixels))
        return "not_an_image";
    const auto* first = reinterpret_cast<const std::uint8_t*>(bytes.data());
    picture.pixels.assign(first, first + bytes.size());
    looks.emplace(std::move(picture), Looks::From::camera);
    return {};
}

std::string_view open_picture(const Words& words, int descriptor, std::optional<Looks>& looks) {
    looks.reset();
    off_t size = ::lseek(descriptor, 0, SEEK_END);
    if (size <= 0) return "not_an_image";
    auto length = static_cast<std::size_t>(size);
    void* mapped = ::mmap(nullptr, length, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (mapped == MAP_FAILED) return "too_large";
    std::string_view error = "too_large";
    try {
        error = open_picture(words, {static_cast<const std::byte*>(mapped), length}, looks);
    } catch (const std::bad_alloc&) {
    }
    ::munmap(mapped, length);
    return error;
}

std::string answer(const Request& request, std::optional<Looks>& looks) {
    Words words(request.words);
    if (words.first != "again") {
        std::string_view error = open_picture(words, request.descriptor, looks);
        if (!error.empty()) return fmt::format("error {}", error);
    }
    if (!looks) return "error no_more";
    try {
        return answer_of_look(*looks, words.numbers[0]);
    } catch (const std::bad_alloc&) {
        return "error too_large";
    }
}

}  // namespace

int main() {
    ::close_range(parent_socket + 1, ~0U, 0);
    if (!fangxin::drivers::enter_sandbox()) ::_exit(1);
    Request request;
    std::optional<Looks> looks;  // the picture of before, for another look
    while (receive(request)) {
        ::alarm(seconds_for_one_picture);
        std::string text = answer(request, looks);
        ::alarm(0);
        if (request.descriptor >= 0) ::close(request.descriptor);
        if (::send(parent_socket, text.data(), text.size(), MSG_NOSIGNAL) < 0) break;
    }
    ::_exit(0);
}
