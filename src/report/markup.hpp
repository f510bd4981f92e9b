// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Text made safe for a markup.

#include <string>
#include <string_view>

namespace steelyard::report {

/// For HTML and XML text and quoted attributes: `& < > " '` become entities; bytes that are not UTF-8 and control
/// characters that XML forbids become U+FFFD.
std::string escape_html(std::string_view text);

/// The same for running text, with a minus sign before numbers instead of a hyphen.
std::string html_text(std::string_view text);

/// For Markdown inside a line: characters with a meaning get a backslash or become entities, line breaks become
/// spaces.  `at_start`: also what would begin a list or a heading at the start of a line.
std::string escape_markdown(std::string_view text, bool at_start = true);

/// Whether an address may become a link: http or https, without spaces, quotes or brackets.
bool is_link(std::string_view url);

}  // namespace steelyard::report
