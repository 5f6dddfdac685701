// fangxin-decode: finds a barcode in one picture after another, shut in, because the pictures are
// anybody's and the libraries that read them have aborted before. Started by
// drivers/pictures/decoder.cpp; not for people. Socket 3, one datagram each way:
//     in    `file` or `grey WIDTH HEIGHT`, with a descriptor of a sealed memfd
//     out   `code FORMAT SYMBOLOGY ECI TEXT_LENGTH` LF text bytes, or `error WORD`
#include "drivers/pictures/decode_helper/sandbox.hpp"
#include "drivers/pictures/decode_helper/symbol.hpp"

#include <charconv>
#include <cstring>
#include <fmt/format.h>
#include <new>
#include <string>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using fangxin::drivers::GreyPicture;
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
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    if (header == nullptr || header->cmsg_type != SCM_RIGHTS) return false;
    std::memcpy(&request.descriptor, CMSG_DATA(header), sizeof request.descriptor);
    return true;
}

std::string answer(const std::optional<Symbol>& symbol) {
    if (!symbol) return "error no_code";
    return fmt::format("code {} {} {} {}\n{}{}", symbol->format, symbol->symbology,
                       symbol->has_eci ? 1 : 0, symbol->text.size(), symbol->text, symbol->bytes);
}

std::string answer(std::string_view words, std::span<const std::byte> bytes) {
    GreyPicture picture;
    if (words == "file") {
        std::string_view error = fangxin::drivers::load_picture(bytes, picture);
        if (!error.empty()) return fmt::format("error {}", error);
        return answer(fangxin::drivers::find_symbol_in_file(picture));
    }
    if (words.substr(0, 5) != "grey ") return "error not_an_image";
    const char* end = words.data() + words.size();
    auto width = std::from_chars(words.data() + 5, end, picture.width);
    if (width.ptr == end) return "error not_an_image";
    std::from_chars(width.ptr + 1, end, picture.height);
    std::int64_t pixels = std::int64_t{picture.width} * picture.height;
    if (picture.width <= 0 || pixels <= 0 || bytes.size() != static_cast<std::size_t>(pixels))
        return "error not_an_image";
    const auto* first = reinterpret_cast<const std::uint8_t*>(bytes.data());
    picture.pixels.assign(first, first + bytes.size());
    return answer(fangxin::drivers::find_symbol(picture));
}

std::string answer(const Request& request) {
    off_t size = ::lseek(request.descriptor, 0, SEEK_END);
    if (size <= 0) return "error not_an_image";
    auto length = static_cast<std::size_t>(size);
    void* mapped = ::mmap(nullptr, length, PROT_READ, MAP_PRIVATE, request.descriptor, 0);
    if (mapped == MAP_FAILED) return "error too_large";
    std::string result;
    try {
        result = answer(request.words, {static_cast<const std::byte*>(mapped), length});
    } catch (const std::bad_alloc&) {
        result = "error too_large";
    }
    ::munmap(mapped, length);
    return result;
}

}  // namespace

int main() {
    ::close_range(parent_socket + 1, ~0U, 0);
    if (!fangxin::drivers::enter_sandbox()) ::_exit(1);
    Request request;
    while (receive(request)) {
        ::alarm(seconds_for_one_picture);
        std::string text = answer(request);
        ::alarm(0);
        ::close(request.descriptor);
        if (::send(parent_socket, text.data(), text.size(), MSG_NOSIGNAL) < 0) break;
    }
    ::_exit(0);
}
