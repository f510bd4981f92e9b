// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What every fuzzer of an importer does, compiled once for all of them.

#include "steelyard/format/exchange.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace steelyard::fuzz {

/// Prints `what` and the text, and aborts, unless `holds`.
void require(bool holds, const char* what, std::string_view text);

/// An imported case has no defects and is the same after writing and reading.
void require_sound(const Case& subject, std::string_view text);

/// Lines `=== name` begin files; a text without any is one file.
std::vector<TextFile> cut(std::string_view text);

/// Any bytes, cut into files, are a case of the format or an error, and a case survives writing and exporting.
/// Returns 0, as a fuzzer's entry point does.
int import_anything(std::string_view format, const std::uint8_t* data, std::size_t size);

}  // namespace steelyard::fuzz
