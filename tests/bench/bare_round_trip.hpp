// The floor of whatever a terminal waits for: something made durable here, a message in TLS over
// loopback, something made durable there, an answer. Bare OpenSSL on blocking sockets; one thread.
#pragma once

#include "sync/tls.hpp"
#include "tests/bench/disk.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <thread>

namespace fangxin::bench {

class BareRoundTrip {
  public:
    BareRoundTrip(const std::filesystem::path& folder, std::size_t message_bytes);
    ~BareRoundTrip();
    BareRoundTrip(const BareRoundTrip&) = delete;
    BareRoundTrip& operator=(const BareRoundTrip&) = delete;

    /// One page here, the message, one page there, as many bytes back.
    void go();

  private:
    struct Free {
        void operator()(ssl_st* line) const;
    };
    using Line = std::unique_ptr<ssl_st, Free>;
    void answer(int accepted, const sync::TlsContext& tls);

    SyncedFile near_;
    SyncedFile far_;
    std::string message_;
    int socket_ = -1;
    Line line_;
    std::thread answers_;
};

}  // namespace fangxin::bench
