// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Files for the doors: read whole, replaced whole.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace steelyard {

/// Called when a signal breaks the wait for bytes; it may throw.
using Interrupted = std::function<void()>;

/// The file's bytes, at most `most` of them.  Throws `Error`: input_output, limit.
std::string read_file(const std::string& path, std::size_t most, const Interrupted& interrupted = {});

/// What comes from standard input until its end.  Throws `Error`: input_output, limit.
std::string read_standard_input(std::size_t most, const Interrupted& interrupted = {});

/// Writes a file so that it holds the old text or the new one, whatever happens, and is on the disk on return.  A link
/// stays one; permissions stay.  What is there and no ordinary file (`/dev/null`, a pipe) is written directly.
/// Throws `Error` (input_output).
void replace_file(const std::string& path, std::string_view text);

/// The same for a file that must not be there yet; false when it is.
bool create_file(const std::string& path, std::string_view text);

}  // namespace steelyard
