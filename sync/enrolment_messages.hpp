// How a terminal gets its certificate and a new one in time (SYNC-3); sync/README.md explains the
// order. Part of messages.hpp.
#pragma once

#include "sync/codec.hpp"

#include <string>

namespace fangxin::sync {

/// On `/enrol`, the first message: a code's token, who wants to be enrolled, and a request for a
/// certificate (PEM) by the key that it has just made.
struct Enrol {
    std::string token;
    std::string terminal;
    std::string role;
    std::string app;
    std::string request;
};

/// The token was good; a manager is to approve. People compare the fingerprint.
struct AwaitingApproval {
    std::string fingerprint;
};

/// On `/terminal`, before or after the hello: a request by a new key, of a terminal that is
/// connected under its present one.
struct Renew {
    std::string request;
};

/// The answer to both, PEM.
struct CertificateGiven {
    std::string certificate;
};

template <>
struct Declaration<Enrol> {
    using R = Enrol;
    static constexpr std::string_view name = "enrol";
    static constexpr auto fields =
        std::tuple{field("token", &R::token), field("terminal", &R::terminal),
                   field("role", &R::role), field("app", &R::app), field("request", &R::request)};
};
template <>
struct Declaration<AwaitingApproval> {
    static constexpr std::string_view name = "waiting";
    static constexpr auto fields = std::tuple{field("fingerprint", &AwaitingApproval::fingerprint)};
};
template <>
struct Declaration<Renew> {
    static constexpr std::string_view name = "renew";
    static constexpr auto fields = std::tuple{field("request", &Renew::request)};
};
template <>
struct Declaration<CertificateGiven> {
    static constexpr std::string_view name = "certificate";
    static constexpr auto fields = std::tuple{field("certificate", &CertificateGiven::certificate)};
};

}  // namespace fangxin::sync
