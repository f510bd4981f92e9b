// SPDX-License-Identifier: Apache-2.0
#pragma once
/// From words in a source to the place a claim names: paragraph, offsets and hash, ready to paste.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::evidence {

struct CiteOptions {
    Document text;
    std::string find;
    std::string source;

    static constexpr auto fields() {
        return std::tuple{
            field("text", &CiteOptions::text, "The source's UTF-8 text."),
            field("find", &CiteOptions::find,
                  "The words to find, as they stand in the text; any white space matches any other."),
            field("source", &CiteOptions::source,
                  "The source of the case that the text belongs to; empty means the one with its SHA-256."),
        };
    }
};

/// One place of the words.
struct Citation {
    std::optional<int> paragraph;
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::string sha256;
    std::string exact;
    std::string at;
    std::vector<std::string> claims;

    static constexpr auto fields() {
        return std::tuple{
            field("paragraph", &Citation::paragraph,
                  "Paragraph, from 1; none when the words run over several."),
            field("start", &Citation::start, "First code point, from 0."),
            field("end", &Citation::end, "Code point behind the last."),
            field("sha256", &Citation::sha256, "SHA-256 of the UTF-8 bytes of the span."),
            field("exact", &Citation::exact, "The words as they stand in the text."),
            field("at", &Citation::at, "A claim's `at:` line, ready to paste."),
            field("claims", &Citation::claims, "Claims of the case whose span overlaps this one."),
        };
    }
};

struct CiteResult {
    std::string source;
    std::string snapshot;
    bool known = false;
    std::vector<Citation> places;

    static constexpr auto fields() {
        return std::tuple{
            field("source", &CiteResult::source,
                  "The source the text belongs to; empty when the case has none with this SHA-256."),
            field("snapshot", &CiteResult::snapshot, "SHA-256 of the whole text, for the source's record."),
            field("known", &CiteResult::known, "Whether the source's record states this SHA-256."),
            field("places", &CiteResult::places, "Every place of the words, in text order."),
        };
    }
};

/// Every place of the words.  Offsets, paragraphs and hashes as in `evidence`, so that a claim with such a
/// place verifies.  O(text x words) at worst.  Throws `Error`: invalid_option (no words, not UTF-8),
/// unknown_name (a source the case does not have).
CiteResult cite(const Case& subject, const CiteOptions& options, const Context& context);

}  // namespace steelyard::evidence
