// What happens to terminals' identities (SYNC-3), as the journal keeps it. Part of ops.hpp. The
// server makes most of them; a manager's decisions may come from a terminal's admin pages.
#pragma once

#include "sync/declaration.hpp"

#include <string>

namespace fangxin::sync {

/// A code was made; never what it says.
struct EnrolmentOpened {
    std::string role;
    std::string terminal;  ///< for which alone it is good; empty: any of that role
};

/// Somebody came with a code's token and a key of his own.
struct EnrolmentAsked {
    std::string terminal;
    std::string role;
    std::string fingerprint;
    std::string address;
};

/// Somebody came with a token that is none, is too old, or was used by another key.
struct EnrolmentFailed {
    std::string terminal;
    std::string why;
    std::string address;
};

struct TerminalApproved {
    std::string terminal;
    std::string fingerprint;
};

struct TerminalRefused {
    std::string terminal;
    std::string fingerprint;
};

struct TerminalRevoked {
    std::string terminal;
    std::string reason;
};

/// The first one after an approval, or a renewed one.
struct CertificateIssued {
    std::string terminal;
    std::string fingerprint;
    std::int64_t until_ms = 0;
};

template <>
struct Declaration<EnrolmentOpened> {
    using R = EnrolmentOpened;
    static constexpr std::string_view name = "enrolment_opened";
    static constexpr auto fields =
        std::tuple{field("role", &R::role), field("terminal", &R::terminal)};
};
template <>
struct Declaration<EnrolmentAsked> {
    using R = EnrolmentAsked;
    static constexpr std::string_view name = "enrolment_asked";
    static constexpr auto fields =
        std::tuple{field("terminal", &R::terminal), field("role", &R::role),
                   field("fingerprint", &R::fingerprint), field("address", &R::address)};
};
template <>
struct Declaration<EnrolmentFailed> {
    using R = EnrolmentFailed;
    static constexpr std::string_view name = "enrolment_failed";
    static constexpr auto fields = std::tuple{field("terminal", &R::terminal),
                                              field("why", &R::why), field("address", &R::address)};
};
template <>
struct Declaration<TerminalApproved> {
    using R = TerminalApproved;
    static constexpr std::string_view name = "terminal_approved";
    static constexpr auto fields =
        std::tuple{field("terminal", &R::terminal), field("fingerprint", &R::fingerprint)};
};
template <>
struct Declaration<TerminalRefused> {
    using R = TerminalRefused;
    static constexpr std::string_view name = "terminal_refused";
    static constexpr auto fields =
        std::tuple{field("terminal", &R::terminal), field("fingerprint", &R::fingerprint)};
};
template <>
struct Declaration<TerminalRevoked> {
    using R = TerminalRevoked;
    static constexpr std::string_view name = "terminal_revoked";
    static constexpr auto fields =
        std::tuple{field("terminal", &R::terminal), field("reason", &R::reason)};
};
template <>
struct Declaration<CertificateIssued> {
    using R = CertificateIssued;
    static constexpr std::string_view name = "certificate_issued";
    static constexpr auto fields =
        std::tuple{field("terminal", &R::terminal), field("fingerprint", &R::fingerprint),
                   field("until_ms", &R::until_ms)};
};

}  // namespace fangxin::sync
