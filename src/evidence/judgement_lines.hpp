// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Judgements and forecasts as lines of words.

#include "steelyard/core/error.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::evidence {

/// The words of a line, separated by blanks.
std::vector<std::string> words_of(std::string_view line);

/// The finite number a word states.
std::optional<double> number_of(std::string_view word);

}  // namespace steelyard::evidence
