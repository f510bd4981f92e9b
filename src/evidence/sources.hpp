// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "steelyard/model/case.hpp"

#include <string_view>

namespace steelyard::evidence {

/// The source of that id.  Throws `Error` (unknown_name) with a near match.
SourceId find_source(const Case& subject, std::string_view id);

}  // namespace steelyard::evidence
