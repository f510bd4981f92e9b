// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The list of analyses, in parts: one file for each module, so that a change to one analysis compiles its
/// own part only.  A new analysis is a new row in its module's part.

#include "steelyard/registry/analysis.hpp"

#include <span>

namespace steelyard::registry {

std::span<const Analysis> space_part();
std::span<const Analysis> forecast_part();
std::span<const Analysis> power_part();
std::span<const Analysis> stability_part();
std::span<const Analysis> linkage_part();
std::span<const Analysis> uncertainty_part();
std::span<const Analysis> evidence_part();

}  // namespace steelyard::registry
