// SPDX-License-Identifier: Apache-2.0
#pragma once
/// File names and numbers as other programs write them.

#include "steelyard/core/rational.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace steelyard::format {

/// `a/b/Barter-C_domain.xml` is called `Barter-C_domain`; neither kind of slash leads anywhere.
std::string file_stem(std::string_view file_name);

/// A stem without `_domain` or `-domain` at its end (of any case).
std::string without_domain(std::string stem);

/// Whether a text has no control characters but tabs and line breaks.
bool all_printable(std::string_view text);

/// A decimal as other programs write it, blanks around it allowed; nothing for other text, fractions, NaN and
/// infinities.  `rounded` is set where it has more digits than stay exact.
std::optional<Rational> read_decimal(std::string_view text, bool& rounded);

/// A whole number; nothing for other text.
std::optional<std::int64_t> read_integer(std::string_view text);

/// A decimal for other programs; `rounded` is set where the value has no finite one.
std::string decimal_text(const Rational& value, bool& rounded);

}  // namespace steelyard::format
