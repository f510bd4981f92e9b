// SPDX-License-Identifier: Apache-2.0
#pragma once
/// How do we know?  Every claim checked against the text it was read from, every number followed to its
/// claims, and back.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::evidence {

struct EvidenceOptions {
    Named<Document> texts;
    std::optional<int> stale_after;
    std::string source;

    static constexpr auto fields() {
        return std::tuple{
            field("texts", &EvidenceOptions::texts,
                  "The text each source was read from: source id and UTF-8 text."),
            field("stale_after", &EvidenceOptions::stale_after,
                  "A claim older than this before the case's as_of date is stale; without it none is by age.",
                  "days", {0, 1e6}),
            field("source", &EvidenceOptions::source,
                  "Also list what falls if this source is discredited; empty means none."),
        };
    }
};

/// What became of a claim's place.
enum class PlaceStatus { verified, orphan, unpinned, no_text, no_place };

constexpr auto choices_of(PlaceStatus) {
    return std::array{
        Choice<PlaceStatus>{PlaceStatus::verified, "verified",
                            "the hash or the quote stands exactly where the claim says"},
        Choice<PlaceStatus>{PlaceStatus::orphan, "orphan", "the text does not hold what the claim says"},
        Choice<PlaceStatus>{PlaceStatus::unpinned, "unpinned",
                            "the place exists, but no hash or quote ties the claim to its words"},
        Choice<PlaceStatus>{PlaceStatus::no_text, "no_text", "the source's text was not given"},
        Choice<PlaceStatus>{PlaceStatus::no_place, "no_place", "the claim names no place in a source"},
    };
}

struct ClaimFinding {
    std::string claim;
    PlaceStatus status = PlaceStatus::no_place;
    std::string problem;
    std::string source;
    std::optional<int> paragraph;
    std::optional<std::int64_t> start;
    std::optional<std::int64_t> end;
    std::vector<std::string> numbers;
    std::vector<std::string> others;

    static constexpr auto fields() {
        return std::tuple{
            field("claim", &ClaimFinding::claim, "The claim's id."),
            field("status", &ClaimFinding::status, "What became of its place."),
            field("problem", &ClaimFinding::problem, "What is wrong with the place; empty when nothing is."),
            field("source", &ClaimFinding::source, "Its source; empty when it names none."),
            field("paragraph", &ClaimFinding::paragraph, "Paragraph it names, from 1."),
            field("start", &ClaimFinding::start, "First code point of its span, from 0."),
            field("end", &ClaimFinding::end, "Code point behind its span."),
            field("numbers", &ClaimFinding::numbers, "Numbers that rest on it, by JSON Pointer."),
            field("others", &ClaimFinding::others,
                  "Rules, bundles, obligations and events that rest on it, by JSON Pointer."),
        };
    }
};

struct NumberFinding {
    std::string number;
    std::vector<std::string> claims;
    std::vector<std::string> origins;
    bool assumption = false;

    static constexpr auto fields() {
        return std::tuple{
            field("number", &NumberFinding::number, "Where it stands, as a JSON Pointer."),
            field("claims", &NumberFinding::claims, "The claims it rests on."),
            field("origins", &NumberFinding::origins,
                  "Where those claims ultimately come from; several reports of one origin count once."),
            field("assumption", &NumberFinding::assumption, "Whether the case marks it as an assumption."),
        };
    }
};

enum class TextStatus { matches, differs, unhashed, no_text };

constexpr auto choices_of(TextStatus) {
    return std::array{
        Choice<TextStatus>{TextStatus::matches, "matches", "the text is the one the case was read from"},
        Choice<TextStatus>{TextStatus::differs, "differs", "the text has another SHA-256 than the case says"},
        Choice<TextStatus>{TextStatus::unhashed, "unhashed", "the case does not say its SHA-256"},
        Choice<TextStatus>{TextStatus::no_text, "no_text", "the text was not given"},
    };
}

struct SourceFinding {
    std::string source;
    TextStatus text = TextStatus::no_text;
    std::string reliability;
    std::string origin;
    std::vector<std::string> claims;
    std::vector<std::string> numbers;

    static constexpr auto fields() {
        return std::tuple{
            field("source", &SourceFinding::source, "The source's id."),
            field("text", &SourceFinding::text, "Whether its text is the one the case was read from."),
            field("reliability", &SourceFinding::reliability,
                  "Admiralty code A to F as the case rates it; empty when it does not."),
            field("origin", &SourceFinding::origin, "Its origin; the source itself where none is stated."),
            field("claims", &SourceFinding::claims, "Claims read from it."),
            field("numbers", &SourceFinding::numbers, "Numbers that rest on these claims, by JSON Pointer."),
        };
    }
};

/// How many of the case's numbers rest on what.
struct Coverage {
    int numbers = 0;
    int claimed = 0;
    int assumed = 0;
    int assumed_only = 0;
    int unsourced = 0;
    double claimed_share = 0;
    double assumed_share = 0;
    double unsourced_share = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("numbers", &Coverage::numbers, "Numbers in the case."),
            field("claimed", &Coverage::claimed, "Numbers that rest on at least one claim."),
            field("assumed", &Coverage::assumed, "Numbers marked as assumptions, with or without claims."),
            field("assumed_only", &Coverage::assumed_only, "Assumptions that lean on no claim."),
            field("unsourced", &Coverage::unsourced, "Numbers with neither claim nor assumption."),
            field("claimed_share", &Coverage::claimed_share, "Share of numbers with a claim.", "%"),
            field("assumed_share", &Coverage::assumed_share, "Share of numbers marked as assumptions.", "%"),
            field("unsourced_share", &Coverage::unsourced_share, "Share of numbers with neither.", "%"),
        };
    }
};

struct StaleClaim {
    std::string claim;
    std::string why;
    std::vector<std::string> numbers;

    static constexpr auto fields() {
        return std::tuple{
            field("claim", &StaleClaim::claim, "The claim's id."),
            field("why", &StaleClaim::why, "Why it is stale: superseded, or too old."),
            field("numbers", &StaleClaim::numbers, "Numbers that still rest on it."),
        };
    }
};

struct ContradictedClaim {
    std::string claim;
    std::vector<std::string> by;
    std::vector<std::string> numbers;

    static constexpr auto fields() {
        return std::tuple{
            field("claim", &ContradictedClaim::claim, "The claim's id."),
            field("by", &ContradictedClaim::by, "Claims that say they contradict it."),
            field("numbers", &ContradictedClaim::numbers, "Numbers that rest on it."),
        };
    }
};

/// What a discredited source takes with it.
struct Fall {
    std::string source;
    std::vector<std::string> claims;
    std::vector<std::string> lost;
    std::vector<std::string> weakened;

    static constexpr auto fields() {
        return std::tuple{
            field("source", &Fall::source, "The discredited source."),
            field("claims", &Fall::claims, "Claims that fall with it."),
            field("lost", &Fall::lost, "Numbers left without any claim."),
            field("weakened", &Fall::weakened, "Numbers that keep a claim from another source."),
        };
    }
};

struct EvidenceResult {
    Coverage coverage;
    int verified = 0;
    std::vector<std::string> orphans;
    std::vector<SourceFinding> sources;
    std::vector<ClaimFinding> claims;
    std::vector<NumberFinding> numbers;
    std::vector<std::string> unsourced;
    std::vector<std::string> single_origin;
    std::vector<StaleClaim> stale;
    std::vector<ContradictedClaim> contradicted;
    std::vector<std::string> unused;
    std::optional<Fall> fall;

    static constexpr auto fields() {
        return std::tuple{
            field("coverage", &EvidenceResult::coverage, "What the numbers rest on."),
            field("verified", &EvidenceResult::verified, "Claims whose place was found exactly as stated."),
            field("orphans", &EvidenceResult::orphans,
                  "Claims whose place does not hold what they say; nothing is moved to a look-alike."),
            field("sources", &EvidenceResult::sources, "Every source, with what rests on it."),
            field("claims", &EvidenceResult::claims, "Every claim, with its place and what rests on it."),
            field("numbers", &EvidenceResult::numbers, "Every number, with what it rests on."),
            field("unsourced", &EvidenceResult::unsourced, "Numbers with neither claim nor assumption."),
            field("single_origin", &EvidenceResult::single_origin,
                  "Numbers whose claims all come from one origin."),
            field("stale", &EvidenceResult::stale, "Claims that are superseded or too old."),
            field("contradicted", &EvidenceResult::contradicted, "Claims that other claims contradict."),
            field("unused", &EvidenceResult::unused, "Claims that nothing rests on."),
            field("fall", &EvidenceResult::fall, "What falls with the source the options name."),
        };
    }
};

/// Checks every claim against the given texts and indexes what rests on what.
///
/// Offsets are Unicode code points, paragraphs are separated by blank lines, hashes are SHA-256 of the UTF-8
/// bytes of the span (W3C Web Annotation text position and text quote selectors).  A claim that does not
/// match exactly is an orphan.  A superseded claim is stale; by age, one that is certainly older than
/// `stale_after`, reading a partial date of the claim as its last day and of `as_of` as its first.
/// O(text + numbers x claims they name).  Throws `Error`: invalid_option (a text is not UTF-8), unknown_name
/// (a source the case does not have), cancelled.
EvidenceResult evidence(const Case& subject, const EvidenceOptions& options, const Context& context);

}  // namespace steelyard::evidence
