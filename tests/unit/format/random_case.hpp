// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "steelyard/model/case.hpp"

#include <rapidcheck.h>

#include <string>

namespace steelyard::test {

/// Any text that a case may hold: words, and everything that YAML or JSON might stumble over.
rc::Gen<std::string> any_text();

/// A valid case with every section, and every form of number and preference, filled at random.
rc::Gen<Case> any_case();

}  // namespace steelyard::test
