// SPDX-License-Identifier: Apache-2.0
#pragma once
/// A case: everything that is known about one negotiation, as a plain value.
///
/// Who is at the table, what is on it, what each option is worth to whom, what happens without a deal, who
/// owes what to whom, and where each number comes from.  Readers make cases, analyses take them, nothing
/// below knows of files. Indices refer to the lists of the same case; `defects` (validate.hpp) says what is
/// wrong with one.

#include "steelyard/core/id.hpp"
#include "steelyard/core/rational.hpp"
#include "steelyard/core/value.hpp"
#include "steelyard/model/expression.hpp"
#include "steelyard/model/number.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace steelyard {

using ActorId = Id<struct ActorTag>;
using IssueId = Id<struct IssueTag>;
using OptionId = Id<struct OptionTag>;  ///< an option of one issue
using TableId = Id<struct TableTag>;
using SourceId = Id<struct SourceTag>;
using MoveId = Id<struct MoveTag>;  ///< an option of the conflict section

/// A party that decides or is affected.
struct Actor {
    std::string id;
    std::string name;
    std::string about;
    std::optional<Number> capability;  ///< what it can bring to bear; any scale, the same for all actors
    friend bool operator==(const Actor&, const Actor&) = default;
};

/// One way to settle an issue.
struct Option {
    std::string id;
    std::string name;
    std::string about;
    Rational place;  ///< on the issue's 0-100 scale
    friend bool operator==(const Option&, const Option&) = default;
};

/// A thing to settle.
struct Issue {
    std::string id;
    std::string name;
    std::string about;
    std::vector<std::string> levels;  ///< free tags, such as `economic`
    std::vector<Option> options;      ///< at least one
    bool evenly_spaced = false;       ///< places were not typed but follow from the order
    std::optional<OptionId> status_quo;
    friend bool operator==(const Issue&, const Issue&) = default;
};

/// One option for every issue, in issue order.
using Deal = std::vector<OptionId>;

// ---- preferences --------------------------------------------------------------------------------

/// Points for every option (a score sheet).  `points[issue][option]`; an empty row: no stake in the issue.
struct PointSheet {
    std::vector<std::vector<Number>> points;
    friend bool operator==(const PointSheet&, const PointSheet&) = default;
};

/// Weights times 0-100 option values: points = weight x value / 100.  An empty row of values: no stake.
struct WeightedValues {
    std::vector<std::optional<Number>> weights;
    std::vector<std::vector<Number>> values;
    friend bool operator==(const WeightedValues&, const WeightedValues&) = default;
};

/// Where an actor stands on an issue and how much it cares, both 0-100.
struct Stance {
    Number position;
    Number salience;
    friend bool operator==(const Stance&, const Stance&) = default;
};

/// Positions: points = salience x (100 - |position - place of the option|) / 100.
struct Stances {
    std::vector<std::optional<Stance>> stances;
    friend bool operator==(const Stances&, const Stances&) = default;
};

/// A `basis` entry: the spread and the claims of every number of one issue (or of all) that states none of
/// its own.
struct SheetBasis {
    std::optional<IssueId> issue;  ///< none: `all`
    Basis basis;
    std::optional<Rational> spread;
    friend bool operator==(const SheetBasis&, const SheetBasis&) = default;
};

/// What the options are worth to one actor.
struct Preference {
    ActorId actor;
    std::optional<Number> no_deal;
    std::variant<PointSheet, WeightedValues, Stances> form;
    std::vector<SheetBasis> basis;
    friend bool operator==(const Preference&, const Preference&) = default;
};

// ---- what couples issues ------------------------------------------------------------------------

/// Holds for a deal when every listed issue takes one of its listed options.
struct Condition {
    std::vector<std::pair<IssueId, std::vector<OptionId>>> terms;
    [[nodiscard]] bool holds(const Deal& deal) const;
    friend bool operator==(const Condition&, const Condition&) = default;
};

/// Points added for deals that contain a combination.
struct Bundle {
    Condition when;
    std::vector<std::pair<ActorId, Number>> points;
    Basis basis;
    friend bool operator==(const Bundle&, const Bundle&) = default;
};

/// Forbids a combination; with `then`, forbids `when` without `then`.
struct Rule {
    Condition when;
    std::optional<Condition> then;
    std::string why;
    std::vector<ClaimId> because;
    [[nodiscard]] bool allows(const Deal& deal) const;
    friend bool operator==(const Rule&, const Rule&) = default;
};

/// A commitment of one actor to another that some deals would break.
struct Obligation {
    std::string id;
    ActorId by, to;
    std::string text;
    std::vector<Condition> broken_when;            ///< any of them breaks it
    bool hard = false;                             ///< a deal that breaks it is infeasible
    std::vector<std::pair<ActorId, Number>> cost;  ///< points lost when it is broken
    std::vector<ClaimId> because;
    [[nodiscard]] bool broken_by(const Deal& deal) const;
    friend bool operator==(const Obligation&, const Obligation&) = default;
};

// ---- who decides --------------------------------------------------------------------------------

/// `at_least` of `of` must accept.
struct AcceptanceGroup {
    std::vector<ActorId> of;
    int at_least = 0;
    friend bool operator==(const AcceptanceGroup&, const AcceptanceGroup&) = default;
};

/// Who must accept a deal.  Every part that is stated must hold; with no part at all, everybody at the table
/// must.
struct Acceptance {
    std::vector<ActorId> all_of;  ///< vetoes
    std::optional<int> at_least;  ///< of the table's actors
    std::vector<AcceptanceGroup> groups;
    [[nodiscard]] bool unanimity() const { return all_of.empty() && !at_least && groups.empty(); }
    friend bool operator==(const Acceptance&, const Acceptance&) = default;
};

/// Talks in which some actors settle some issues.
struct Table {
    std::string id;
    std::string name;
    std::vector<ActorId> actors;
    std::vector<IssueId> issues;
    Acceptance accept;
    std::vector<std::pair<ActorId, Number>> power;  ///< bargaining weights; 1 where none is given
    friend bool operator==(const Table&, const Table&) = default;
};

/// A voting body.
struct VotingMajority {
    std::vector<std::pair<std::string, Rational>> members;  ///< member id, weight
    Rational quota;
    friend bool operator==(const VotingMajority&, const VotingMajority&) = default;
};
struct VotingBody {
    std::string id;
    std::string name;
    VotingMajority majority;
    std::vector<std::string> vetoes;
    std::vector<VotingMajority> also;  ///< further majorities that must hold as well
    std::optional<ActorId> ratifies;   ///< gates that actor's acceptance
    friend bool operator==(const VotingBody&, const VotingBody&) = default;
};

// ---- conflict -----------------------------------------------------------------------------------

enum class Direction { both, forward, back };

/// An option of the graph model: something one actor may do or leave.
struct Move {
    std::string id;
    std::string name;
    ActorId by;
    Direction direction = Direction::both;
    friend bool operator==(const Move&, const Move&) = default;
};

/// A state of the graph model: the moves that are taken.  Bit k of the code stands for move k.
using StateCode = std::uint64_t;

struct MutuallyExclusive {
    std::vector<MoveId> moves;
    friend bool operator==(const MutuallyExclusive&, const MutuallyExclusive&) = default;
};
struct AtLeastOne {
    std::vector<MoveId> moves;
    friend bool operator==(const AtLeastOne&, const AtLeastOne&) = default;
};
struct Requires {
    std::vector<std::pair<MoveId, MoveId>> pairs;  ///< the first is possible only with the second
    friend bool operator==(const Requires&, const Requires&) = default;
};
using Infeasible = std::variant<Expression, MutuallyExclusive, AtLeastOne, Requires>;

/// Ordered statements, most important first; compared lexicographically.
struct Statements {
    std::vector<Expression> statements;
    friend bool operator==(const Statements&, const Statements&) = default;
};
/// States from best to worst; tied states share a list.
struct StateRanking {
    std::vector<std::vector<StateCode>> ranks;
    friend bool operator==(const StateRanking&, const StateRanking&) = default;
};
/// Points for each move taken; with `added_to_deal` they are added to the points of the deal the state stands
/// for.
struct MovePoints {
    std::vector<std::pair<MoveId, Number>> points;
    bool added_to_deal = true;
    friend bool operator==(const MovePoints&, const MovePoints&) = default;
};
struct ConflictPreference {
    ActorId actor;
    std::variant<Statements, StateRanking, MovePoints> form;
    friend bool operator==(const ConflictPreference&, const ConflictPreference&) = default;
};

/// In states where `when` holds, the deal takes these options.
struct StateDeal {
    Expression when;
    std::vector<std::pair<IssueId, OptionId>> then;
    friend bool operator==(const StateDeal&, const StateDeal&) = default;
};

struct Misperception {
    ActorId actor;
    std::vector<Expression> unseen;
    friend bool operator==(const Misperception&, const Misperception&) = default;
};

struct MoveGraph {
    ActorId actor;
    std::vector<std::pair<StateCode, StateCode>> arcs;
    friend bool operator==(const MoveGraph&, const MoveGraph&) = default;
};

/// A conflict in option form (Howard 1971; Fang, Hipel & Kilgour 1993).
struct Conflict {
    std::vector<Move> moves;
    std::vector<Infeasible> infeasible;
    std::vector<Expression> coalesce;
    std::vector<MoveGraph>
        graph;  ///< explicit arcs; empty: every change of own moves in a permitted direction
    std::optional<StateCode> status_quo;
    std::vector<StateDeal> deal;
    std::vector<Misperception> misperceptions;
    std::vector<ConflictPreference> preferences;
    friend bool operator==(const Conflict&, const Conflict&) = default;
};

// ---- evidence -----------------------------------------------------------------------------------

/// Something that happened.  What it settles is no longer open, with or without a deal.
struct Event {
    std::string date;  ///< ISO 8601, may be partial (`2025-10`)
    std::string text;
    std::vector<std::pair<IssueId, OptionId>> settles;
    std::vector<ClaimId> because;
    friend bool operator==(const Event&, const Event&) = default;
};

/// Where claims come from.
struct Source {
    std::string id, title, publisher, author, date, url, licence, note;
    std::optional<char> reliability;  ///< Admiralty code A-F; F means unknown
    std::string origin;               ///< several reports of one origin count once
    std::string sha256;               ///< of the text snapshot it was read from
    friend bool operator==(const Source&, const Source&) = default;
};

/// A place in a source's snapshot (W3C Web Annotation, text position and text quote selectors).
struct SourcePlace {
    std::optional<int> paragraph;            ///< from 1; paragraphs are separated by blank lines
    std::optional<std::int64_t> start, end;  ///< offsets in Unicode code points, end exclusive
    std::string sha256;                      ///< of the span's UTF-8 bytes
    std::string exact, prefix, suffix;
    friend bool operator==(const SourcePlace&, const SourcePlace&) = default;
};

enum class ClaimKind { fact, assumption, judgement, estimate };

/// A statement that numbers rest on.
struct Claim {
    std::string id;
    std::string text;  ///< in the case author's words
    ClaimKind kind = ClaimKind::judgement;
    std::string by;  ///< who said it
    std::optional<SourceId> source;
    std::optional<SourcePlace> at;
    std::optional<int> credibility;  ///< Admiralty code 1-6; 6 means unknown
    std::string date;
    std::optional<ClaimId> superseded_by;
    std::vector<ClaimId> contradicts;
    std::string written_by;  ///< a person, or a tool with its version
    friend bool operator==(const Claim&, const Claim&) = default;
};

// ---- questions and answers ----------------------------------------------------------------------

enum class QuestionKind {
    deal_exists,
    deal_likely,
    deal_holds,
    gains_and_risks,
    purpose,
    can_offer,
    reaction,
    order,
    partners,
    levels,
    what_changes
};

/// Something to answer by one analysis.
struct QuestionPart {
    QuestionKind kind = QuestionKind::deal_exists;
    std::optional<ActorId> actor, to;
    std::vector<TableId> tables;  ///< empty: the first, or all where the kind compares tables
    std::string conclusion;       ///< what_changes: the question id or conclusion meant
    friend bool operator==(const QuestionPart&, const QuestionPart&) = default;
};

/// A question of the reader, with what answers it.
struct Question {
    std::string id;
    std::string ask;
    std::vector<QuestionPart> parts;
    friend bool operator==(const Question&, const Question&) = default;
};

/// What was agreed on an issue in the end: an option, or a place on its scale.
struct IssueOutcome {
    IssueId issue;
    std::variant<OptionId, Rational> result;
    friend bool operator==(const IssueOutcome&, const IssueOutcome&) = default;
};

/// A published answer that the tests check.
struct KnownAnswer {
    std::string analysis;
    Value options;     ///< a map, or nothing
    std::string path;  ///< into the result, see `select`
    Value value;
    std::optional<Rational> within;
    std::string cite;
    friend bool operator==(const KnownAnswer&, const KnownAnswer&) = default;
};

// ---- the case -----------------------------------------------------------------------------------

/// The parts of a case that an analysis may need.
enum class Section {
    preferences,
    positions,
    capabilities,
    tables,
    conflict,
    voting,
    claims,
    questions,
    outcome
};

struct Case {
    std::string id;
    std::string title;
    std::string as_of;
    std::string about;
    std::string citation;
    std::vector<Actor> actors;
    std::vector<Issue> issues;
    std::vector<Preference> preferences;
    std::vector<Bundle> bundles;
    std::vector<Rule> rules;
    std::vector<Obligation> obligations;
    std::vector<Table>
        tables;  ///< as written; `effective_tables` (tables.hpp) adds the one that is meant by none
    std::optional<Conflict> conflict;
    std::vector<VotingBody> voting;
    std::vector<Event> events;
    std::vector<Source> sources;
    std::vector<Claim> claims;
    std::vector<Question> questions;
    std::vector<IssueOutcome> outcome;
    std::vector<KnownAnswer> known;

    [[nodiscard]] const Actor& operator[](ActorId id_) const { return actors[id_.index]; }
    [[nodiscard]] const Issue& operator[](IssueId id_) const { return issues[id_.index]; }
    [[nodiscard]] const Table& operator[](TableId id_) const { return tables[id_.index]; }
    [[nodiscard]] const Source& operator[](SourceId id_) const { return sources[id_.index]; }
    [[nodiscard]] const Claim& operator[](ClaimId id_) const { return claims[id_.index]; }
    [[nodiscard]] const Option& option(IssueId issue, OptionId option_) const {
        return issues[issue.index].options[option_.index];
    }

    friend bool operator==(const Case&, const Case&) = default;
};

/// The actor, issue, option, ... of that id.  Throws `Error` (unknown_name) with a near match.
ActorId find_actor(const Case& subject, std::string_view id);
IssueId find_issue(const Case& subject, std::string_view id);
OptionId find_option(const Case& subject, IssueId issue, std::string_view id);

/// The actor's preference, or nullptr.
const Preference* preference_of(const Case& subject, ActorId actor);

/// `issue: option` for every issue: how a deal is shown.
Named<std::string> name_deal(const Case& subject, const Deal& deal);

/// The deal that names options for issues; issues left out take their settled option or status quo.
/// Throws `Error` (unknown_name, or missing_section when an issue without status quo is left out).
Deal deal_from_names(const Case& subject, const Named<std::string>& names);

}  // namespace steelyard
