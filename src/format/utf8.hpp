// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Characters of UTF-8 texts, one at a time.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace steelyard::format {

/// One character: its code point and how many bytes it takes; size 0 means that no valid character begins
/// there.
struct Utf8 {
    std::uint32_t code = 0;
    std::size_t size = 0;
};

/// The character at `at` (below the size of the text).  Overlong forms, surrogates and codes above U+10FFFF
/// are not valid.
Utf8 read_utf8(std::string_view text, std::size_t at);

/// Whether YAML lets the character stand as it is.
bool may_stand_in_yaml(std::uint32_t code);

/// Whether YAML 1.1 ends a line at the character.
bool is_line_break(std::uint32_t code);

/// `0x1f`
std::string hexadecimal(std::uint32_t code);

}  // namespace steelyard::format
