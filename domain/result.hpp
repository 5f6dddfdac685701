// What can go wrong outside our own rules, as a value. Owned by whoever receives it; any thread.
#pragma once

#include <fmt/format.h>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace fangxin {

/// A failure of the world (a file, a cable, a message), never a rule's answer and never a bug.
/// `code` is stable and for programs (`disk_full`); `detail` is for the technician. Words for the
/// person at the screen are made from the code, at the screen.
struct Error {
    std::string code;
    std::string detail;
    bool operator==(const Error&) const = default;
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(std::string code, std::string detail = {}) {
    return tl::unexpected<Error>(Error{std::move(code), std::move(detail)});
}

/// The same error, told from one step further out: `opening the scale: no such device`.
inline Error within(Error error, std::string_view step) {
    error.detail =
        error.detail.empty() ? std::string(step) : fmt::format("{}: {}", step, error.detail);
    return error;
}

}  // namespace fangxin
