#include "tests/bench/bare_round_trip.hpp"

#include "tests/bench/bench.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace fangxin::bench {

namespace {

int make_socket() {
    int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return descriptor;
}

bool read_whole(ssl_st* line, std::string& message) {
    std::size_t got = 0;
    while (got < message.size()) {
        const int more =
            SSL_read(line, message.data() + got, static_cast<int>(message.size() - got));
        if (more <= 0) return false;
        got += static_cast<std::size_t>(more);
    }
    return true;
}

bool write_whole(ssl_st* line, const std::string& message) {
    return SSL_write(line, message.data(), static_cast<int>(message.size())) ==
           static_cast<int>(message.size());
}

sync::Credentials credentials(const sync::Authority& authority, sync::Purpose purpose) {
    const std::string key = sync::make_key();
    auto request = sync::make_request(key, "bench");
    auto certificate = sync::issue(authority, {.request = request.value_or(""),
                                               .name = "bench",
                                               .purpose = purpose,
                                               .until_ms = 4'000'000'000'000,
                                               .hosts = {"127.0.0.1"}});
    if (!certificate) throw Failed("no certificate: " + certificate.error().detail);
    return {key, *certificate, authority.certificate};
}

}  // namespace

void BareRoundTrip::Free::operator()(ssl_st* line) const { SSL_free(line); }

BareRoundTrip::BareRoundTrip(const std::filesystem::path& folder, std::size_t message_bytes)
    : near_(folder / "near.probe"), far_(folder / "far.probe"), message_(message_bytes, 'x') {
    const sync::Authority authority = sync::make_authority("bench");
    auto serves = sync::server_tls(credentials(authority, sync::Purpose::serve));
    auto connects = sync::terminal_tls(credentials(authority, sync::Purpose::connect));
    if (!serves || !connects) throw Failed("no TLS");
    int listener = make_socket();
    sockaddr_in address{.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    socket_ = make_socket();
    bool there = ::bind(listener, plain, size) == 0 && ::listen(listener, 1) == 0 &&
                 ::getsockname(listener, plain, &size) == 0 && ::connect(socket_, plain, size) == 0;
    if (!there) throw Failed("no loopback");
    int accepted = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    ::close(listener);
    int on = 1;
    ::setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    answers_ = std::thread([this, accepted, tls = *serves] { answer(accepted, tls); });
    line_.reset(SSL_new(connects->get()));
    SSL_set_fd(line_.get(), socket_);
    if (SSL_connect(line_.get()) != 1) {
        ::shutdown(socket_, SHUT_RDWR);
        answers_.join();
        throw Failed("no TLS on loopback");
    }
}

BareRoundTrip::~BareRoundTrip() {
    ::shutdown(socket_, SHUT_RDWR);
    answers_.join();
    line_.reset();
    ::close(socket_);
}

void BareRoundTrip::answer(int accepted, const sync::TlsContext& tls) {
    Line line(SSL_new(tls.get()));
    SSL_set_fd(line.get(), accepted);
    std::string message(message_.size(), '\0');
    if (SSL_accept(line.get()) == 1) {
        while (read_whole(line.get(), message)) {
            far_.append_page();
            if (!write_whole(line.get(), message)) break;
        }
    }
    line.reset();
    ::close(accepted);
}

void BareRoundTrip::go() {
    near_.append_page();
    if (!write_whole(line_.get(), message_) || !read_whole(line_.get(), message_))
        throw Failed("the loopback broke");
}

}  // namespace fangxin::bench
