// A verdict as an answer of the headless interface carries it. Pure; any thread.
#pragma once

#include "domain/receipt.hpp"
#include "domain/verdict.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <vector>

namespace fangxin::terminal {

/// `verdict` `reasons` `batch` `batch_basis`, for verify `choices` and `ask`, and the words.
void add_verdict(boost::json::object& answer, const domain::Verdict& verdict,
                 domain::Language language);

boost::json::array reasons_of(const std::vector<domain::Reason>& reasons);

}  // namespace fangxin::terminal
