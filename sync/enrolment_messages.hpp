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

/// From a manager's page: a code for another terminal.
struct AskCode {
    std::int64_t id = 0;
    std::string role;
    std::string person;  ///< number of who asks
};

struct CodeMade {
    std::int64_t id = 0;
    std::string code;  ///< empty: `error` says why
    std::int64_t until_ms = 0;
    std::string error;
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
struct Declaration<AskCode> {
    using R = AskCode;
    static constexpr std::string_view name = "ask_code";
    static constexpr auto fields =
        std::tuple{field("id", &R::id), field("role", &R::role), field("person", &R::person)};
};
template <>
struct Declaration<CodeMade> {
    using R = CodeMade;
    static constexpr std::string_view name = "code_made";
    static constexpr auto fields =
        std::tuple{field("id", &R::id), field("code", &R::code), field("until_ms", &R::until_ms),
                   field("error", &R::error)};
};
template <>
struct Declaration<CertificateGiven> {
    static constexpr std::string_view name = "certificate";
    static constexpr auto fields = std::tuple{field("certificate", &CertificateGiven::certificate)};
};

}  // namespace fangxin::sync
