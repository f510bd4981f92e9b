// SPDX-License-Identifier: Apache-2.0
#include "steelyard/evidence/evidence.hpp"

#include "parts.hpp"
#include "steelyard/evidence/cite.hpp"
#include "steelyard/evidence/forecast_scores.hpp"
#include "steelyard/evidence/origins.hpp"
#include "steelyard/evidence/pool.hpp"

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

constexpr std::array<std::string_view, 6> kPoolReferences{
    "E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference, Journal of "
    "the "
    "American Statistical Association 22, 209-212",
    "R. M. Cooke (1991), Experts in Uncertainty, Oxford University Press, chapter 12",
    "R. M. Cooke & L. L. H. J. Goossens (2008), TU Delft expert judgment data base, Reliability Engineering "
    "& "
    "System Safety 93, 657-674",
    "E. Neyman & T. Roughgarden (2022), Are you smarter than a random expert? The robust aggregation of "
    "substitutable signals, EC '22",
    "V. Hemming et al. (2018), A practical guide to structured expert elicitation using the IDEA protocol, "
    "Methods in Ecology and Evolution 9, 169-180",
    "H. A. Linstone & M. Turoff, eds. (1975), The Delphi Method: Techniques and Applications, Addison-Wesley",
};

constexpr std::array<std::string_view, 4> kScoreReferences{
    "G. W. Brier (1950), Verification of forecasts expressed in terms of probability, Monthly Weather Review "
    "78, "
    "1-3",
    "I. J. Good (1952), Rational decisions, Journal of the Royal Statistical Society B 14, 107-114",
    "A. H. Murphy (1973), A new vector partition of the probability score, Journal of Applied Meteorology "
    "12, "
    "595-600",
    "D. B. Stephenson, C. A. S. Coelho & I. T. Jolliffe (2008), Two extra components in the Brier score "
    "decomposition, Weather and Forecasting 23, 752-757",
};

constexpr std::array<std::string_view, 2> kOriginsReferences{
    "A. Z. Broder (1997), On the resemblance and containment of documents, Compression and Complexity of "
    "Sequences, 21-29",
    "Office of the Director of National Intelligence, Intelligence Community Directive 206: Sourcing "
    "Requirements for Disseminated Analytic Products, 2015",
};

constexpr std::array kPoolExample{
    Texts{"votes", "p5_willing ann up up 4,p5_willing ben up down 3,p4_trump_deal ann down - -"},
    Texts{"chances", "event:deal ann 0.7,event:deal ben 0.4"},
};

constexpr std::array kScoresExample{
    Texts{"forecasts",
          "deal expert:ann yes=0.7 no=0.3,deal model:median yes=0.4 no=0.6,rent expert:ann low=0.2 high=0.8"},
    Texts{"outcomes", "deal=yes,rent=high"},
};

constexpr std::array kCiteExample{
    Texts{"text", "The port wrote a letter.\n\nThe carrier has a rival offer, the port says.\n"},
    Texts{"find", "rival offer"},
};

constexpr std::array kEvidencePart{
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
    analysis<evidence::OriginsOptions, evidence::OriginsResult, &evidence::origins>(
        "origins", "evidence", "Do several sources tell the same story in the same words?",
        "Compares the texts of the sources by the runs of words they share and says which numbers would rest "
        "on "
        "a single origin if two of them were one. It suggests; the author states origins. Time grows with "
        "the "
        "words of the texts and with pairs of texts.",
        Status::cross_checked, kOriginsReferences, {}, {"belarus-us/2025-major-agreement"}),
    analysis<evidence::PoolOptions, evidence::PoolResult, &evidence::pool>(
        "pool", "evidence", "What do many people think, and what follows for the numbers?",
        "Pools readers' votes (Beta mean, Wilson interval), experts' probabilities (linear, log odds, "
        "extremised) and three-point estimates (Cooke's weights where answers are known), shows "
        "disagreement, "
        "and says how the spread of each number changes by the mapping of decision 0061. `steelyard pool` "
        "takes "
        "the judgements from the store. Time grows with judgements times numbers.",
        Status::published, kPoolReferences, {}, {"belarus-us/2025-major-agreement", kPoolExample}),
    analysis<evidence::ForecastScoresOptions, evidence::ForecastScoresResult, &evidence::forecast_scores>(
        "forecast_scores", "evidence", "How good were the forecasts?",
        "Brier and logarithmic scores of forecasts whose outcomes are known, Murphy's decomposition and the "
        "calibration of each forecaster. `steelyard score` takes them from the store. Time grows with the "
        "forecasts.",
        Status::cross_checked, kScoreReferences, {}, {"belarus-us/2025-major-agreement", kScoresExample}),
};

}  // namespace

std::span<const Analysis> evidence_part() {
    return kEvidencePart;
}

}  // namespace steelyard::registry
