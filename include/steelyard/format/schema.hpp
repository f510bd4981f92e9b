// SPDX-License-Identifier: Apache-2.0
#pragma once
/// JSON Schemas (2020-12) and the reference page, all from the tables that the readers use.

#include "steelyard/core/described.hpp"
#include "steelyard/core/value.hpp"

#include <string>
#include <vector>

namespace steelyard {

/// The schema of case files, for editors.  It knows every key and type; what only the whole case can tell
/// (names that must exist, sheets that must be complete) is the reader's to check.
Value case_schema();

/// The schema of an analysis's options: an object that may leave out any of them.
Value options_schema(const std::vector<FieldShape>& fields);

/// The schema of an analysis's result.
Value result_schema(const Shape& shape);

/// The reference page of the case format, in Markdown.
std::string case_format_page();

}  // namespace steelyard
