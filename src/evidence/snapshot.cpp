// SPDX-License-Identifier: Apache-2.0
#include "snapshot.hpp"

#include "steelyard/core/error.hpp"

#include <algorithm>

namespace steelyard::evidence {

namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool is_blank(std::string_view line) {
    return std::ranges::all_of(line, is_space);
}

bool continues_a_code_point(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// How many bytes the well-formed code point at the front of `text` takes; 0 when there is none.
std::size_t leading_code_point(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    if (first < 0x80)
        return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length)
        return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (!continues_a_code_point(text[i]))
            return 0;
    }
    const unsigned second = byte(1);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool surrogate = first == 0xED && second >= 0xA0;
    const bool beyond = first == 0xF4 && second >= 0x90;
    return overlong || surrogate || beyond ? 0 : length;
}

/// Where a match of `words` that begins at byte `at` ends; npos when there is none.
std::size_t match_end(std::string_view text, std::size_t at, std::string_view words) {
    for (std::size_t i = 0; i < words.size();) {
        if (at >= text.size())
            return std::string_view::npos;
        if (!is_space(words[i])) {
            if (text[at++] != words[i++])
                return std::string_view::npos;
            continue;
        }
        if (!is_space(text[at]))
            return std::string_view::npos;
        while (i < words.size() && is_space(words[i]))
            ++i;
        while (at < text.size() && is_space(text[at]))
            ++at;
    }
    return at;
}

std::string_view trimmed(std::string_view words) {
    while (!words.empty() && is_space(words.front()))
        words.remove_prefix(1);
    while (!words.empty() && is_space(words.back()))
        words.remove_suffix(1);
    return words;
}

}  // namespace

std::size_t valid_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t length = leading_code_point(text.substr(at));
        if (length == 0)
            break;
        at += length;
    }
    return at;
}

Snapshot::Snapshot(std::string text, std::string_view label) : text_(std::move(text)) {
    if (const std::size_t valid = valid_utf8(text_); valid != text_.size()) {
        throw Error(ErrorKind::invalid_option,
                    "the text of " + std::string(label) + " is not UTF-8: byte " + std::to_string(valid + 1));
    }
    for (std::size_t at = 0; at < text_.size(); ++at) {
        if (!continues_a_code_point(text_[at]))
            starts_.push_back(at);
    }
    starts_.push_back(text_.size());

    bool inside = false;
    for (std::size_t line = 0; line < text_.size();) {
        const std::size_t end = std::min(text_.find('\n', line), text_.size());
        if (is_blank(std::string_view(text_).substr(line, end - line))) {
            inside = false;
        } else {
            const bool carriage_return = text_[end - 1] == '\r';
            const Span span{code_point_at(line), code_point_at(end) - (carriage_return ? 1U : 0U)};
            if (inside)
                paragraphs_.back().end = span.end;
            else
                paragraphs_.push_back(span);
            inside = true;
        }
        line = end + 1;
    }
}

std::size_t Snapshot::code_point_at(std::size_t byte) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(starts_, byte) - starts_.begin());
}

std::string_view Snapshot::bytes(Span span) const {
    return std::string_view(text_).substr(starts_[span.start], starts_[span.end] - starts_[span.start]);
}

std::optional<std::size_t> Snapshot::paragraph_of(Span span) const {
    // The last paragraph that does not begin behind the span is the only one that can hold it.
    const auto behind = std::ranges::upper_bound(paragraphs_, span.start, {}, &Span::start);
    if (behind == paragraphs_.begin() || std::prev(behind)->end < span.end)
        return std::nullopt;
    return static_cast<std::size_t>(behind - paragraphs_.begin());
}

std::vector<Span> Snapshot::find(std::string_view words, Span within) const {
    words = trimmed(words);
    std::vector<Span> places;
    if (words.empty())
        return places;
    const std::size_t last = starts_[within.end];
    for (std::size_t at = text_.find(words.front(), starts_[within.start]); at < last;
         at = text_.find(words.front(), at + 1)) {
        const std::size_t end = match_end(text_, at, words);
        if (end <= last)
            places.push_back({code_point_at(at), code_point_at(end)});
    }
    return places;
}

}  // namespace steelyard::evidence
