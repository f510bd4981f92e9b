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

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::report {

struct BriefOptions {
    std::string case_hash;
    Named<std::string> overrides = {};
    int sample = 600;

    static constexpr auto fields() {
        return std::tuple{
            field("case_hash", &BriefOptions::case_hash, "SHA-256 of the case file, for the provenance."),
            field("overrides", &BriefOptions::overrides,
                  "Numbers of the case that were replaced for this brief: JSON Pointer and text."),
            field("sample", &BriefOptions::sample,
                  "Deals drawn as dots in the picture of a table, besides the efficient ones.", "deals",
                  {0, 5000}),
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

/// A part of an answer that this version cannot give.
struct Missing {
    std::string module;
    std::string sentence;

    static constexpr auto fields() {
        return std::tuple{
            field("module", &Missing::module, "The module it takes."),
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
    std::optional<Missing> needs_module;
    std::string see;

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
            field("needs_module", &AnswerPart::needs_module,
                  "What this version leaves open; absent when nothing."),
            field("see", &AnswerPart::see,
                  "The earlier question that has the same part, so that it need not be read twice; else "
                  "empty."),
        };
    }
};

/// A claim as an answer cites it.
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
    int numbers = 0;

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
            field("numbers", &Reference::numbers, "How many numbers of the answer rest on it."),
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
    std::vector<Reference> claims;

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

// ---- facts for pictures -------------------------------------------------------------------------

struct Person {
    std::string id;
    std::string name;
    std::string about;
    std::vector<std::string> tables;

    static constexpr auto fields() {
        return std::tuple{
            field("id", &Person::id, "The actor's id."),
            field("name", &Person::name, "Its name."),
            field("about", &Person::about, "Who it is."),
            field("tables", &Person::tables, "Tables it sits at."),
        };
    }
};

/// A deal worth a mark of its own.
struct MarkedDeal {
    std::vector<std::string> concepts;
    std::string name;
    Named<std::string> deal;
    std::vector<std::string> changes;
    Named<Rational> points;
    Named<Rational> gains;
    Named<double> percent;
    std::string ties;
    std::vector<std::string> obligations_broken;

    static constexpr auto fields() {
        return std::tuple{
            field("concepts", &MarkedDeal::concepts, "The solution concepts that choose it."),
            field("name", &MarkedDeal::name, "What it is called in this brief."),
            field("deal", &MarkedDeal::deal, "Issue and option."),
            field("changes", &MarkedDeal::changes, "What it changes from today, in words."),
            field("points", &MarkedDeal::points, "Points of every actor that has preferences.", "points"),
            field("gains", &MarkedDeal::gains, "Points above the no-deal value.", "points"),
            field("percent", &MarkedDeal::percent,
                  "The gain as a share of what is at stake for the actor at this table.", "%"),
            field("ties", &MarkedDeal::ties, "How many deals are equally good by the first of its concepts."),
            field("obligations_broken", &MarkedDeal::obligations_broken, "Obligations it breaks, by id."),
        };
    }
};

struct EfficientDeal {
    Named<Rational> points;
    bool acceptable = false;

    static constexpr auto fields() {
        return std::tuple{
            field("points", &EfficientDeal::points, "Points of every actor that has preferences.", "points"),
            field("acceptable", &EfficientDeal::acceptable, "Whether the table accepts it."),
        };
    }
};

/// One table: how much can be agreed, and where the deals lie.
struct TableFacts {
    std::string id;
    std::string name;
    std::vector<std::string> actors;
    std::string deals;
    std::string feasible;
    std::string acceptable;
    std::optional<double> acceptable_share;
    bool exact = true;
    Named<Rational> no_deal;
    Named<Rational> stake;
    Named<double> refuses;
    std::vector<EfficientDeal> frontier;
    std::vector<std::vector<double>> sample;
    std::vector<MarkedDeal> marks;

    static constexpr auto fields() {
        return std::tuple{
            field("id", &TableFacts::id, "The table's id."),
            field("name", &TableFacts::name, "Its name."),
            field("actors", &TableFacts::actors, "Who sits there."),
            field("deals", &TableFacts::deals, "All deals of the table."),
            field("feasible", &TableFacts::feasible, "Deals that break no rule and no hard obligation."),
            field("acceptable", &TableFacts::acceptable, "Feasible deals that the table accepts."),
            field("acceptable_share", &TableFacts::acceptable_share,
                  "Acceptable deals as a share of feasible ones.", "%"),
            field("exact", &TableFacts::exact, "Whether the frontier is complete."),
            field("no_deal", &TableFacts::no_deal, "What each actor has without agreement.", "points"),
            field("stake", &TableFacts::stake,
                  "What is at stake for each actor: best minus worst option, added over the open issues.",
                  "points"),
            field("refuses", &TableFacts::refuses,
                  "Share of feasible deals that leave the actor below its no-deal value.", "%"),
            field("frontier", &TableFacts::frontier,
                  "The efficient deals: none is better for one actor and worse for no other."),
            field("sample", &TableFacts::sample,
                  "Other feasible deals, spread evenly: points in the order of `actors`."),
            field("marks", &TableFacts::marks, "The deals that bargaining theory singles out."),
        };
    }
};

/// How much of an actor's stake lies in an issue.
struct HeatRow {
    std::string issue;
    std::string name;
    std::vector<std::string> levels;
    std::string table;
    Named<double> shares;

    static constexpr auto fields() {
        return std::tuple{
            field("issue", &HeatRow::issue, "The issue's id."),
            field("name", &HeatRow::name, "Its name."),
            field("levels", &HeatRow::levels, "Its level tags."),
            field("table", &HeatRow::table, "The table it is settled at; empty when at none."),
            field("shares", &HeatRow::shares,
                  "Best minus worst option as a share of the actor's sum over all open issues.", "%"),
        };
    }
};

/// What the numbers of the whole case rest on.  The four kinds add up to `numbers`.
struct Evidence {
    int numbers = 0;
    int claims_only = 0;
    int assumed_with_claims = 0;
    int assumed_only = 0;
    int unsourced = 0;
    int claims = 0;
    int sources = 0;
    int origins = 0;
    int contradicted = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("numbers", &Evidence::numbers, "Numbers in the case."),
            field("claims_only", &Evidence::claims_only, "Taken from claims, without an assumption."),
            field("assumed_with_claims", &Evidence::assumed_with_claims,
                  "The author's assumptions that lean on a claim."),
            field("assumed_only", &Evidence::assumed_only, "The author's assumptions that lean on none."),
            field("unsourced", &Evidence::unsourced, "With neither claim nor assumption."),
            field("claims", &Evidence::claims, "Claims in the case."),
            field("sources", &Evidence::sources, "Sources in the case."),
            field("origins", &Evidence::origins,
                  "Independent origins of these sources; several reports of one origin count once."),
            field("contradicted", &Evidence::contradicted, "Claims that another claim contradicts."),
        };
    }
};

struct SourceNote {
    std::string id;
    std::string title;
    std::string publisher;
    std::string author;
    std::string date;
    std::string url;
    std::string reliability;
    std::string note;
    int claims = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("id", &SourceNote::id, "The source's id."),
            field("title", &SourceNote::title, "Its title."),
            field("publisher", &SourceNote::publisher, "Who published it."),
            field("author", &SourceNote::author, "Who wrote it."),
            field("date", &SourceNote::date, "When."),
            field("url", &SourceNote::url, "Where it can be read."),
            field("reliability", &SourceNote::reliability, "Admiralty code A to F; empty when not rated."),
            field("note", &SourceNote::note, "What the case author says of it."),
            field("claims", &SourceNote::claims, "Claims read from it."),
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
    Evidence evidence;
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
            field("evidence", &Brief::evidence, "What the numbers of the case rest on."),
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
