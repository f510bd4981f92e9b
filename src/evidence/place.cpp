// SPDX-License-Identifier: Apache-2.0
#include "place.hpp"

#include "steelyard/core/sha256.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

namespace steelyard::evidence {

namespace {

PlaceFinding orphan(std::string problem) {
    return {PlaceStatus::orphan, std::move(problem)};
}

std::string text_of(Span span) {
    return std::to_string(span.start) + ".." + std::to_string(span.end);
}

bool same_digest(std::string_view a, std::string_view b) {
    return std::ranges::equal(
        a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// The quote with its surroundings at a known place.
PlaceFinding check_quote_at(const SourcePlace& place, const Snapshot& text, Span span) {
    if (!place.exact.empty() && text.bytes(span) != place.exact)
        return orphan("the words at " + text_of(span) + " are not the quote");
    const std::string_view before = text.bytes({0, span.start});
    const std::string_view behind = text.bytes({span.end, text.size()});
    if (!before.ends_with(place.prefix))
        return orphan("what stands before " + text_of(span) + " is not the prefix");
    if (!behind.starts_with(place.suffix))
        return orphan("what stands behind " + text_of(span) + " is not the suffix");
    return {PlaceStatus::verified, {}};
}

/// The quote with its surroundings somewhere in a span; one place only will do.
PlaceFinding search_quote(const SourcePlace& place, const Snapshot& text, Span within) {
    const std::string quote = place.prefix + place.exact + place.suffix;
    const std::string_view bytes = text.bytes(within);
    int found = 0;
    for (std::size_t at = bytes.find(quote); at != std::string_view::npos; at = bytes.find(quote, at + 1))
        ++found;
    if (found == 0)
        return orphan("the quote does not stand there");
    if (found > 1)
        return {PlaceStatus::unpinned, "the quote stands there " + std::to_string(found) + " times"};
    return {PlaceStatus::verified, {}};
}

}  // namespace

PlaceFinding check_place(const SourcePlace& place, const Snapshot& text) {
    const auto paragraphs = static_cast<std::int64_t>(text.paragraphs().size());
    if (place.paragraph && (*place.paragraph < 1 || *place.paragraph > paragraphs)) {
        return orphan("there is no paragraph " + std::to_string(*place.paragraph) + "; the text has " +
                      std::to_string(paragraphs));
    }
    if (place.start.has_value() != place.end.has_value())
        return orphan("a span needs both its start and its end");

    std::optional<Span> span;
    if (place.start) {
        const auto size = static_cast<std::int64_t>(text.size());
        if (*place.start < 0 || *place.end <= *place.start || *place.end > size) {
            return orphan("the span " + std::to_string(*place.start) + ".." + std::to_string(*place.end) +
                          " is not inside the text, which has " + std::to_string(size) + " characters");
        }
        span = Span{static_cast<std::size_t>(*place.start), static_cast<std::size_t>(*place.end)};
        const auto stands_in = text.paragraph_of(*span);
        if (place.paragraph && stands_in != static_cast<std::size_t>(*place.paragraph)) {
            return orphan("the span " + text_of(*span) +
                          (stands_in ? " stands in paragraph " + std::to_string(*stands_in)
                                     : " runs over several paragraphs") +
                          ", not in paragraph " + std::to_string(*place.paragraph));
        }
    } else if (place.paragraph) {
        span = text.paragraphs()[static_cast<std::size_t>(*place.paragraph - 1)];
    }

    if (!place.sha256.empty() && !same_digest(sha256(text.bytes(span.value_or(text.all()))), place.sha256)) {
        return orphan("the words " + (span ? "at " + text_of(*span) : std::string("of the text")) +
                      " have another SHA-256");
    }
    if (place.start && (!place.exact.empty() || !place.prefix.empty() || !place.suffix.empty())) {
        const PlaceFinding quote = check_quote_at(place, text, *span);
        if (quote.status == PlaceStatus::orphan || !place.exact.empty())
            return quote;
    } else if (!place.exact.empty()) {
        const PlaceFinding quote = search_quote(place, text, span.value_or(text.all()));
        if (quote.status == PlaceStatus::orphan || place.sha256.empty())
            return quote;
    }
    if (place.sha256.empty())
        return {PlaceStatus::unpinned, "no hash and no quote says which words are meant"};
    return {PlaceStatus::verified, {}};
}

}  // namespace steelyard::evidence
