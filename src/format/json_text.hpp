// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "steelyard/core/rational.hpp"

namespace steelyard::format {

/// Whether a JSON number says the value exactly: a finite decimal of at most 17 significant digits.
bool is_json_number(const Rational& value);

}  // namespace steelyard::format
