// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What can be wrong with a case whose names all resolve.

#include "steelyard/core/described.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/model/case.hpp"

#include <string_view>
#include <vector>

namespace steelyard {

/// Every defect that makes the case unusable, each with the JSON Pointer of the thing in the case file:
/// numbers whose parameters contradict each other or leave their bounds, score sheets without all options,
/// tables that share an issue or seat an actor without preferences, acceptance nobody can meet, cycles of
/// superseded claims, ...
std::vector<Problem> defects(const Case& subject);

/// Things a careful author would want to know: derived no-deal values, weights that do not sum to 100, actors
/// without capability, claims that nothing rests on.  They stop nothing.
std::vector<Problem> notes(const Case& subject);

/// The bounds that the number at a JSON Pointer must keep to: 0 to 100 for positions, saliences and option values,
/// 0 or more for weights, power, capability and costs, none for points.
Bounds number_bounds(std::string_view pointer);

/// Whether the case has the section, filled well enough for an analysis that needs it.
bool has_section(const Case& subject, Section section);

}  // namespace steelyard
