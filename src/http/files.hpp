// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Files: read whole, replaced whole.

#include <cstddef>
#include <string>
#include <string_view>

namespace steelyard::http {

/// The file's bytes, at most `most` of them.  Throws `Error`: input_output, limit.
std::string read_file(const std::string& path, std::size_t most);

/// Writes a file so that it holds the old text or the new one, whatever happens, and is on the disk on return.
/// Throws `Error` (input_output).
void replace_file(const std::string& path, std::string_view text);

/// The same for a file that must not be there yet; false when it is.
bool create_file(const std::string& path, std::string_view text);

}  // namespace steelyard::http
