// SPDX-License-Identifier: Apache-2.0
#include "steelyard/evidence/cite.hpp"

#include "snapshot.hpp"
#include "sources.hpp"
#include "steelyard/core/sha256.hpp"

#include <algorithm>

namespace steelyard::evidence {

namespace {

/// The `at:` line as a case file has it.
std::string at_line(const Citation& place) {
    std::string line = "at: {";
    if (place.paragraph)
        line += "paragraph: " + std::to_string(*place.paragraph) + ", ";
    return line + "start: " + std::to_string(place.start) + ", end: " + std::to_string(place.end) +
           ", sha256: " + place.sha256 + "}";
}

/// Claims read from this text whose span shares a character with the given one.
std::vector<std::string> claims_on(const Case& subject, const std::vector<bool>& read_from, Span span) {
    std::vector<std::string> claims;
    for (const Claim& claim : subject.claims) {
        if (!claim.source || !read_from[claim.source->index] || !claim.at || !claim.at->start ||
            !claim.at->end)
            continue;
        if (*claim.at->start < static_cast<std::int64_t>(span.end) &&
            *claim.at->end > static_cast<std::int64_t>(span.start))
            claims.push_back(claim.id);
    }
    return claims;
}

}  // namespace

CiteResult cite(const Case& subject, const CiteOptions& options, const Context& context) {
    const Snapshot text(options.text.text, "the source");
    if (valid_utf8(options.find) != options.find.size())
        throw Error(ErrorKind::invalid_option, "option 'find': the words are not UTF-8");
    if (options.find.find_first_not_of(" \t\r\n\f\v") == std::string::npos)
        throw Error(ErrorKind::invalid_option, "option 'find': there are no words to find");

    CiteResult result;
    result.snapshot = sha256(text.text());
    result.source = options.source;
    if (!options.source.empty())
        result.known = subject[find_source(subject, options.source)].sha256 == result.snapshot;
    std::vector<bool> read_from;
    for (const Source& source : subject.sources) {
        const bool same_text = source.sha256 == result.snapshot;
        if (same_text && result.source.empty()) {
            result.source = source.id;
            result.known = true;
        }
        read_from.push_back(same_text || source.id == options.source);
    }
    for (const Span span : text.find(options.find, text.all())) {
        context.check();
        Citation place;
        if (const auto paragraph = text.paragraph_of(span))
            place.paragraph = static_cast<int>(*paragraph);
        place.start = static_cast<std::int64_t>(span.start);
        place.end = static_cast<std::int64_t>(span.end);
        place.exact = text.bytes(span);
        place.sha256 = sha256(place.exact);
        place.at = at_line(place);
        place.claims = claims_on(subject, read_from, span);
        result.places.push_back(std::move(place));
    }
    return result;
}

}  // namespace steelyard::evidence
