// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The brief as text.  Pure functions: a door writes what they return.

#include "steelyard/report/brief.hpp"

#include <string>

namespace steelyard::report {

/// Plain text in lines of at most `width` columns (40 to 200; other widths are brought into that range),
/// with ANSI colours when `colour`.
std::string to_terminal(const Brief& brief, int width, bool colour);

/// CommonMark with tables (GitHub's).  Every text of the case is escaped.
std::string to_markdown(const Brief& brief);

/// One self-contained HTML page: no script, no outside request, pictures as inline SVG, light and dark, A4 when
/// printed.  Well-formed XML as well.  Every text of the case is escaped.
std::string to_html(const Brief& brief);

}  // namespace steelyard::report
