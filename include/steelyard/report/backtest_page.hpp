// SPDX-License-Identifier: Apache-2.0
#pragma once
/// A back-test as a page: how far each model was off, and whether its likelihoods kept what they said.

#include "steelyard/core/value.hpp"

#include <string>
#include <string_view>

namespace steelyard::report {

/// One self-contained HTML page from the result of the `backtest` analysis: pictures as inline SVG with the
/// numbers behind them, no script, no outside request; light, dark, and printed.  `against` is the model that
/// the others are compared with, `origin` says what the run was made from.  Every text is escaped.
std::string backtest_page(const Value& result, std::string_view against, std::string_view origin);

}  // namespace steelyard::report
