// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Trees as YAML that people like to read.

#include "steelyard/core/value.hpp"

#include <string>

namespace steelyard::format {

/// The map as YAML: its keys at the left margin, lists and maps on one line where they fit into 100 columns,
/// long texts folded, quotes only where a reader would take the text for something else.
std::string to_yaml(const Value& map);

}  // namespace steelyard::format
