// How an action of the checkout ended, and what its lines became when they were judged again.
// Values; any thread.
#pragma once

#include "domain/goods.hpp"
#include "domain/member.hpp"
#include "domain/result.hpp"
#include "domain/verdict.hpp"

#include <optional>
#include <string>
#include <vector>

namespace fangxin::terminal {

/// What the basket's lines became when they were judged again.
struct Rejudged {
    std::vector<int> blocked;
    std::vector<int> to_verify;
    /// Goods that a question had kept out and that may be sold without it now.
    std::optional<int> added;
};

/// `error` is empty when it was done; a refusal by a rule (a block, an unknown code) is an answer,
/// not an error.
struct Outcome {
    std::string error;
    std::string detail;
    std::optional<domain::Verdict> verdict;
    std::optional<domain::Item> item;
    std::optional<int> line;
    std::optional<domain::BasketMember> member;  ///< who the customer turned out to be
    Rejudged rejudged;                           ///< of a basket that was taken up again
};

inline Outcome refused(std::string error, std::string detail = {}) {
    return {.error = std::move(error), .detail = std::move(detail)};
}

inline Outcome failed(const Error& error) { return refused(error.code, error.detail); }

}  // namespace fangxin::terminal
