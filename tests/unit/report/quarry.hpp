// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "steelyard/model/case.hpp"

#include <string>

namespace steelyard::test {

/// A small invented case with something of everything that a brief speaks of: two tables, an outsider, levels,
/// a bundle across tables, obligations, a settled issue, conflict moves, sources, claims, a question of every kind.
Case quarry();

/// The same as text, so that a test can change it before it is read.
std::string quarry_text();

/// The quarry with `text` in every text field that a person may fill.
Case quarry_full_of(const std::string& text);

}  // namespace steelyard::test
