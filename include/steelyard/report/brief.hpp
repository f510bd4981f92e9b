// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The brief: an answer to each question of a case, in words, with its numbers, its reasons and its evidence.
///
/// A brief is a value.  `make_brief` runs the analyses its questions need and keeps what they found, so that
/// every renderer (render.hpp) and every door shows the same thing; `to_value(brief)` is its JSON.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/core/likelihood.hpp"
#include "steelyard/model/case.hpp"
#include "steelyard/report/facts.hpp"
#include "steelyard/report/forecast_facts.hpp"
#include "steelyard/report/linked_facts.hpp"
#include "steelyard/report/uncertain_facts.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::report {

/// Draws of the uncertain numbers for one brief: more change no word of it.
inline constexpr int kMostDraws = 100'000;

struct BriefOptions {
    std::string case_hash;
    Named<std::string> overrides = {};
    int sample = 600;
    int draws = 1024;

    static constexpr auto fields() {
        return std::tuple{
            field("case_hash", &BriefOptions::case_hash, "SHA-256 of the case file, for the provenance."),
            field("overrides", &BriefOptions::overrides,
                  "Numbers of the case that were replaced for this brief: JSON Pointer and text."),
            field("sample", &BriefOptions::sample,
                  "Deals drawn as dots in the picture of a table, besides the efficient ones.", "deals",
                  {0, 5000}),
            field("draws", &BriefOptions::draws,
                  "How often all uncertain numbers are drawn together, to say how likely the answers are and "
                  "what "
                  "would change them; rounded up to a multiple of 16, 0 leaves it out.",
                  "draws", {0, kMostDraws}),
        };
    }
};

/// What sort of statement an answer makes.
enum class Label { normative, descriptive, prescriptive };

constexpr auto choices_of(Label) {
    return std::array{
        Choice<Label>{Label::normative, "normative",
                      "what would be acceptable, efficient or fair if the numbers hold"},
        Choice<Label>{Label::descriptive, "descriptive", "what somebody is likely to want or do"},
        Choice<Label>{Label::prescriptive, "prescriptive", "what could be done: advice"},
    };
}

/// How sure one may be of a statement, apart from how likely the thing is (ICD 203).
enum class ConfidenceLevel { low, moderate, high };

constexpr auto choices_of(ConfidenceLevel) {
    return std::array{
        Choice<ConfidenceLevel>{ConfidenceLevel::low, "low",
                                "most numbers are assumptions, or all evidence has one origin"},
        Choice<ConfidenceLevel>{ConfidenceLevel::moderate, "moderate", "some of the numbers are assumptions"},
        Choice<ConfidenceLevel>{ConfidenceLevel::high, "high",
                                "the numbers rest on claims from independent sources"},
    };
}

struct Confidence {
    ConfidenceLevel level = ConfidenceLevel::low;
    std::string sentence;

    static constexpr auto fields() {
        return std::tuple{
            field("level", &Confidence::level, "How well the evidence carries the answer."),
            field("sentence", &Confidence::sentence, "The same in words, with the reason."),
        };
    }
};

/// A probability with its word.  Its sentence never speaks of confidence.
struct Likelihood {
    double value = 0;
    LikelihoodBand band = LikelihoodBand::almost_no_chance;
    std::string sentence;

    static constexpr auto fields() {
        return std::tuple{
            field("value", &Likelihood::value, "Probability.", "", {0, 1}),
            field("band", &Likelihood::band, "The ICD 203 word for it."),
            field("sentence", &Likelihood::sentence, "The same in a sentence."),
        };
    }
};

/// A small table that belongs to an answer.
struct FactTable {
    std::string caption;
    std::vector<std::string> columns;
    std::vector<std::vector<Value>> rows;

    static constexpr auto fields() {
        return std::tuple{
            field("caption", &FactTable::caption, "What the table shows."),
            field("columns", &FactTable::columns, "Headings, from left to right."),
            field("rows", &FactTable::rows, "Rows of texts and numbers."),
        };
    }
};

/// A part of an answer that was not given, and the analysis that would give it.
struct Missing {
    std::string analysis;
    std::string sentence;

    static constexpr auto fields() {
        return std::tuple{
            field("analysis", &Missing::analysis, "The analysis it takes."),
            field("sentence", &Missing::sentence, "What is missing without it."),
        };
    }
};

/// The answer of one analysis to one part of a question.
struct AnswerPart {
    std::string kind;
    std::string title;
    Label label = Label::normative;
    std::string sentence;
    std::vector<std::string> why;
    std::vector<FactTable> tables;
    std::vector<std::string> would_change;
    std::optional<Likelihood> likelihood;
    std::optional<Missing> needs;
    std::string see;
    std::optional<ForecastFacts> forecast;
    std::optional<StateGraph> states;
    std::optional<OrderTree> order;
    std::optional<PartnersFacts> partners;

    static constexpr auto fields() {
        return std::tuple{
            field("kind", &AnswerPart::kind, "The kind of question."),
            field("title", &AnswerPart::title, "What it is about."),
            field("label", &AnswerPart::label, "What sort of statement it is."),
            field("sentence", &AnswerPart::sentence, "The answer in one sentence with its number."),
            field("why", &AnswerPart::why, "The reasons, most important first."),
            field("tables", &AnswerPart::tables, "The figures behind it."),
            field("would_change", &AnswerPart::would_change, "What would change the answer."),
            field("likelihood", &AnswerPart::likelihood, "How likely it is, where an analysis says so."),
            field("needs", &AnswerPart::needs, "What is left open; absent when nothing."),
            field("see", &AnswerPart::see,
                  "The earlier question that has the same part, with its tables and pictures; else empty."),
            field("forecast", &AnswerPart::forecast,
                  "What the forecasting models say, where the part speaks of it."),
            field("states", &AnswerPart::states, "States of the conflict, where it speaks of them."),
            field("order", &AnswerPart::order, "Orders of the tables, where it compares them."),
            field("partners", &AnswerPart::partners, "Choices of partners, where it compares them."),
        };
    }
};

/// A claim that answers lean on.
struct Reference {
    std::string claim;
    std::string text;
    std::string kind;
    std::string by;
    std::string source;
    std::optional<int> paragraph;
    std::optional<int> credibility;
    std::string reliability;
    std::vector<std::string> contradicted_by;

    static constexpr auto fields() {
        return std::tuple{
            field("claim", &Reference::claim, "The claim's id."),
            field("text", &Reference::text, "What it says, in the case author's words."),
            field("kind", &Reference::kind, "fact, assumption, judgement or estimate."),
            field("by", &Reference::by, "Who said it."),
            field("source", &Reference::source, "The id of its source; empty when it names none."),
            field("paragraph", &Reference::paragraph, "Paragraph of the source, from 1."),
            field("credibility", &Reference::credibility,
                  "Admiralty code of the claim, 1 (confirmed) to 6 (cannot be judged)."),
            field(
                "reliability", &Reference::reliability,
                "Admiralty code of the source, A (reliable) to F (cannot be judged); empty when not rated."),
            field("contradicted_by", &Reference::contradicted_by, "Claims that contradict it."),
        };
    }
};

/// How much an answer leans on a claim.
struct Leaning {
    std::string claim;
    int numbers = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("claim", &Leaning::claim, "The claim's id; what it says stands in the brief's `claims`."),
            field("numbers", &Leaning::numbers, "How many numbers of the answer rest on it."),
        };
    }
};

/// What an answer rests on.
struct RestsOn {
    int numbers = 0;
    int assumed = 0;
    int claimed = 0;
    int unsourced = 0;
    double assumed_share = 0;
    std::string sentence;
    std::vector<Leaning> claims;

    static constexpr auto fields() {
        return std::tuple{
            field("numbers", &RestsOn::numbers, "Numbers of the case that the answer uses."),
            field("assumed", &RestsOn::assumed, "Of these, marked as the author's assumptions."),
            field("claimed", &RestsOn::claimed, "Of these, resting on at least one claim."),
            field("unsourced", &RestsOn::unsourced, "Of these, with neither claim nor assumption."),
            field("assumed_share", &RestsOn::assumed_share, "Share that are assumptions.", "%"),
            field("sentence", &RestsOn::sentence, "The same in words."),
            field("claims", &RestsOn::claims, "The claims behind them, the weightiest first."),
        };
    }
};

/// The answer to one question.
struct Answer {
    std::string id;
    std::string ask;
    std::string sentence;
    std::vector<AnswerPart> parts;
    RestsOn rests_on;
    Confidence confidence;

    static constexpr auto fields() {
        return std::tuple{
            field("id", &Answer::id, "The question's id."),
            field("ask", &Answer::ask, "The question as asked."),
            field("sentence", &Answer::sentence, "The answer: one sentence with its number for each part."),
            field("parts", &Answer::parts, "The parts it is made of."),
            field("rests_on", &Answer::rests_on, "What it rests on."),
            field("confidence", &Answer::confidence, "How sure one may be of it."),
        };
    }
};

struct Provenance {
    std::string version;
    std::string case_id;
    std::string case_hash;
    Value options;
    std::uint64_t seed = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("version", &Provenance::version, "Version of Steelyard."),
            field("case_id", &Provenance::case_id, "The case's id."),
            field("case_hash", &Provenance::case_hash, "SHA-256 of the case; empty when the door gave none."),
            field("options", &Provenance::options, "The complete options of the brief."),
            field("seed", &Provenance::seed, "Seed of the random streams."),
        };
    }
};

struct Brief {
    std::string title;
    std::string as_of;
    std::string about;
    std::string citation;
    std::vector<Person> actors;
    std::vector<std::string> summary;
    std::vector<Answer> answers;
    std::vector<TableFacts> tables;
    std::vector<HeatRow> heat;
    std::optional<UncertainFacts> uncertain;
    Evidence evidence;
    std::vector<Reference> claims;
    std::vector<SourceNote> sources;
    std::vector<std::string> notes;
    Provenance provenance;

    static constexpr auto fields() {
        return std::tuple{
            field("title", &Brief::title, "The case's title."),
            field("as_of", &Brief::as_of, "The date the case describes."),
            field("about", &Brief::about, "What the case is about."),
            field("citation", &Brief::citation, "Where the case comes from."),
            field("actors", &Brief::actors, "Who decides or is affected."),
            field("summary", &Brief::summary, "The main findings, one sentence each."),
            field("answers", &Brief::answers, "An answer to each question."),
            field("tables", &Brief::tables, "Each table of talks that the answers speak of."),
            field("heat", &Brief::heat, "How much each issue matters to each actor."),
            field("uncertain", &Brief::uncertain,
                  "How the conclusions fare when the numbers vary; absent without draws or ranges."),
            field("evidence", &Brief::evidence, "What the numbers of the case rest on."),
            field("claims", &Brief::claims,
                  "The claims that the answers lean on, in the order of first use."),
            field("sources", &Brief::sources, "The sources of the claims."),
            field("notes", &Brief::notes, "How to read the words and numbers of this brief."),
            field("provenance", &Brief::provenance, "What made this brief, so that it can be made again."),
        };
    }
};

/// Answers every question of the case; for a case without questions, the usual ones: whether a deal exists,
/// which one theory points to, and what each actor at the first table gains, wants and risks.
///
/// Cost: one `frontier` and one `solutions` run per table and per variation that a question asks for.
/// Throws `Error`: missing_section (no preferences), cancelled.
Brief make_brief(const Case& subject, const BriefOptions& options, const Context& context);

}  // namespace steelyard::report
