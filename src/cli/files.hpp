// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Files, as every command reads and writes them.

#include <string>
#include <string_view>
#include <vector>

namespace steelyard::cli {

class Terminal;

/// The whole file, or standard input for `-`.  Throws `Error`: input_output, limit (above 64 MiB).
std::string read_file(const std::string& path);

/// Writes the whole file or nothing (see `replace_file`); `-` is standard output.  Throws `Error` (input_output).
void write_file(const std::string& path, std::string_view text, Terminal& terminal);

/// Makes the folder if it is not there; the one it stands in must be.  Throws `Error` (input_output).
void make_folder(const std::string& path);

/// The paths of the ordinary files in a folder, in order of name.  Throws `Error` (input_output).
std::vector<std::string> list_folder(const std::string& path);

}  // namespace steelyard::cli
