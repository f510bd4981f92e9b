// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Trees as JSON (RFC 8259) and back.

#include "steelyard/core/value.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace steelyard {

/// What a JSON text may not exceed.
struct JsonLimits {
    static constexpr std::size_t bytes = 64 * 1024 * 1024;
    static constexpr std::size_t depth = 64;
};

/// The tree as JSON, members in their order, `indent` spaces a level; 0 writes one line without spaces.
///
/// An exact number prints as its decimal where it has a finite one of at most 17 significant digits, otherwise
/// as the shortest number that gives the nearest double back.  Doubles must be finite.  Bytes of a text that
/// are not UTF-8 become U+FFFD.
std::string to_json(const Value& value, int indent = 2);

/// The tree of a JSON text.  Whole numbers stay integers, other numbers stay exact where they have at most 18
/// digits.  Throws `Error`: usage (with line and column) for anything that is not JSON, for a name that
/// stands twice in one object and for a whole number outside 64 bits; limit for too large or too deep a text.
Value from_json(std::string_view text);

}  // namespace steelyard
