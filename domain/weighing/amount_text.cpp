#include "domain/weighing/amount_text.hpp"

#include <fmt/format.h>

namespace fangxin::weighing {

namespace {

/// Also of the smallest number, whose negative is none.
std::uint64_t size_of(std::int64_t value) {
    return value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

}  // namespace

std::string yuan(std::int64_t fen, std::string_view currency) {
    std::uint64_t size = size_of(fen);
    return fmt::format("{}{}{}.{:02}", fen < 0 ? "-" : "", currency, size / 100, size % 100);
}

std::string kilograms(std::int64_t mg) {
    std::uint64_t size = size_of(mg);
    std::string text =
        fmt::format("{}{}.{:06}", mg < 0 ? "-" : "", size / 1'000'000, size % 1'000'000);
    while (text.ends_with('0') && text[text.size() - 4] != '.')
        text.pop_back();
    return text;
}

}  // namespace fangxin::weighing
