// SPDX-License-Identifier: Apache-2.0
#include "steelyard/evidence/evidence.hpp"

#include "parts.hpp"
#include "steelyard/evidence/cite.hpp"

namespace steelyard::registry {

namespace {

using Texts = std::pair<std::string_view, std::string_view>;

constexpr std::array<std::string_view, 3> kEvidenceReferences{
    "W3C, Web Annotation Data Model, Recommendation 2017, sections 4.2.4 and 4.2.5 (text quote and text "
    "position selectors)",
    "Office of the Director of National Intelligence, Intelligence Community Directive 206: Sourcing "
    "Requirements for Disseminated Analytic Products, 2015",
    "NATO, AJP-2.1 Allied Joint Doctrine for Intelligence Procedures, 2016 (reliability and credibility "
    "ratings)",
};

constexpr std::array kCiteExample{
    Texts{"text", "The port wrote a letter.\n\nThe carrier has a rival offer, the port says.\n"},
    Texts{"find", "rival offer"},
};

constexpr std::array kPart{
    analysis<evidence::EvidenceOptions, evidence::EvidenceResult, &evidence::evidence>(
        "evidence", "evidence", "How do we know? What does each number rest on?",
        "Re-reads every place that a claim names and compares it to the letter: paragraph, offsets, hash, "
        "quote. What does not match is an orphan and is never moved to a look-alike. Then follows every "
        "number to its claims and every source to the numbers that rest on it. Time grows with the texts and "
        "with the number of links.",
        Status::cross_checked, kEvidenceReferences, {}, {"belarus-us/2025-major-agreement"}),
    analysis<evidence::CiteOptions, evidence::CiteResult, &evidence::cite>(
        "cite", "evidence", "Where in the source do these words stand?",
        "Finds every place of some words in a text and gives paragraph, offsets and hash as a claim states "
        "them, with the claims that already lean on the same words. Runs of white space match each other.",
        Status::cross_checked, kEvidenceReferences, {}, {"belarus-us/2025-major-agreement", kCiteExample}),
};

}  // namespace

std::span<const Analysis> evidence_part() {
    return kPart;
}

}  // namespace steelyard::registry
