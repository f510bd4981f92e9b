// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The text that claims were read from, addressed as claims address it: paragraphs and code points.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steelyard::evidence {

/// A half-open range of code points.
struct Span {
    std::size_t start = 0;
    std::size_t end = 0;
    friend bool operator==(const Span&, const Span&) = default;
};

/// A UTF-8 text with its code points and paragraphs counted once.  Nothing is normalised: a code point is
/// counted as it stands, a line end of two characters as two.
class Snapshot {
public:
    /// O(bytes).  Throws `Error` (invalid_option) naming `label` and the byte when `text` is not UTF-8.
    Snapshot(std::string text, std::string_view label);

    /// How many code points it has.
    [[nodiscard]] std::size_t size() const { return starts_.size() - 1; }
    [[nodiscard]] const std::string& text() const { return text_; }
    /// The UTF-8 bytes of a span that lies inside the text.
    [[nodiscard]] std::string_view bytes(Span span) const;

    /// Paragraphs are runs of lines that are not blank.  Each reaches from the first character of its first
    /// line to the end of its last line, line end not included.
    [[nodiscard]] const std::vector<Span>& paragraphs() const { return paragraphs_; }
    /// The paragraph, from 1, that holds the whole span; nothing where it crosses or leaves paragraphs.
    [[nodiscard]] std::optional<std::size_t> paragraph_of(Span span) const;

    /// Every place of `words` inside `within`, also overlapping ones.  Each run of white space in `words`
    /// matches any run of white space, so a line break does not hide a quote.
    [[nodiscard]] std::vector<Span> find(std::string_view words, Span within) const;
    [[nodiscard]] Span all() const { return {0, size()}; }

private:
    [[nodiscard]] std::size_t code_point_at(std::size_t byte) const;

    std::string text_;
    std::vector<std::size_t> starts_;  // byte offset of every code point, and of the end
    std::vector<Span> paragraphs_;
};

/// The length in bytes of the longest well-formed UTF-8 beginning of `text` (RFC 3629: no surrogates, no
/// overlong forms, nothing above U+10FFFF).
std::size_t valid_utf8(std::string_view text);

}  // namespace steelyard::evidence
