// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "steelyard/core/value.hpp"

#include <string>
#include <vector>

namespace steelyard::test {

/// Where `value` breaks `schema`, as `pointer: reason`; an independent reading of JSON Schema 2020-12 for the
/// keywords that our schemas use.  A keyword it does not know is reported as well.
std::vector<std::string> schema_problems(const Value& schema, const Value& value);

}  // namespace steelyard::test
