// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "steelyard/core/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace steelyard::test {

/// The problems of a case text, `line:column: message; found ..; allowed: ..`; empty when it reads.
std::vector<std::string> problems_of(std::string_view text);

/// A case with two actors (us, them) and two issues (rent: low, high; jobs: none_kept, all_kept), to which
/// `more` is added at the end.
std::string small_case(std::string_view more = {});

}  // namespace steelyard::test
