// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Numbers and names as a reader likes them.

#include "steelyard/core/rational.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace steelyard::report {

/// At most one decimal, none where it is 0: `8`, `4.5`, `-0.5`.  Never `-0`.
std::string number_text(double value);
inline std::string number_text(const Rational& value) {
    return number_text(value.to_double());
}

/// `one point`, `4.5 points`: the amount without its sign.
std::string points_text(double value);
inline std::string points_text(const Rational& value) {
    return points_text(value.to_double());
}

/// `+4.5`, `-3`, `0`
std::string signed_text(double value);

/// A whole number as printed by an analysis: `1,551,312`; above 15 digits `about 10^30`.
std::string count_text(std::string_view digits);

/// `12%`, `under 1%`, `over 99%`; the share is 0 to 1.
std::string share_text(double share);

/// `no deal`, `one deal`, `3 deals`, `1,200 deals`
std::string count_of(std::size_t count, std::string_view singular, std::string_view plural = {});

/// `a`, `a and b`, `a, b and c`
std::string list_text(const std::vector<std::string>& items);

/// The first letter in upper case (ASCII only).
std::string capitalised(std::string text);

/// The sentence that `text` is: first letter in upper case, one full stop at the end.
std::string sentence(std::string text);

/// The name inside a sentence, with an article where English wants one: `the United States`, `the shipping line`,
/// `Belarus`.
std::string in_sentence(std::string_view name);

/// Whether a name means several and takes a plural verb: `Residents of the waterfront`.
bool is_plural(std::string_view name);

/// The name without what follows a comma, for headings and labels: `Fjordline`.
std::string_view short_name(std::string_view name);

/// `1 (confirmed)` ... `6 (cannot be judged)`: the Admiralty code of a claim.
std::string_view credibility_word(int credibility);

/// `reliable`, ...: the Admiralty code of a source, A to F.
std::string_view reliability_word(char reliability);

/// The text without its full stop, for use inside a sentence.
std::string clause(std::string_view text);

/// At most `most` characters (code points), cut at a word, with an ellipsis.
std::string shortened(std::string_view text, std::size_t most);

/// Code points in a UTF-8 text.
std::size_t text_length(std::string_view text);

}  // namespace steelyard::report
