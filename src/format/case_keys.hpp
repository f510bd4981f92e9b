// SPDX-License-Identifier: Apache-2.0
// Long: every key of the format stands here, and nowhere else.
#pragma once
/// The case format: every key of every part of a case file, with what it means.
///
/// This is the one place where they stand.  The reader, the canonical writer, the messages about unknown and
/// missing keys, the JSON Schema and docs/reference/case-format.md follow from it.  To add a key: add the
/// member to the model's struct and a line here.  What is not a plain map, list, text or number is read by a
/// codec of case_parts.hpp (preferences, conditions, conflict).

#include "case_parts.hpp"
#include "codec.hpp"
#include "number_codec.hpp"

#include <array>
#include <string>
#include <string_view>
#include <tuple>

namespace steelyard::format {

template <>
struct Keys<Actor> {
    static constexpr std::string_view name = "actor";
    static constexpr std::string_view meaning = "A party that decides or is affected.";
    static void prepare(Actor& actor) { actor.name = actor.id; }
    static constexpr auto list() {
        return std::tuple{
            key<NameText<Actor>>("name", whole, kNameMeaning),
            key("capability", &Actor::capability,
                "What it can bring to bear, on any scale from 0 that is the same for all actors. Forecasts "
                "need it."),
            key("about", &Actor::about, "What a reader should know of it."),
        };
    }
};

template <>
struct Keys<Option> {
    static constexpr std::string_view name = "option";
    static constexpr std::string_view meaning =
        "One way to settle an issue. Where only the place is to be said, the number alone will do: `high: "
        "100`.";
    static void prepare(Option& option) { option.name = option.id; }
    static constexpr auto list() {
        return std::tuple{
            key("place", &Option::place, "Where it stands on the issue's scale, 0 to 100.", Need::must),
            key<NameText<Option>>("name", whole, kNameMeaning),
            key("about", &Option::about, "What a reader should know of it."),
        };
    }
};

template <>
struct Keys<Issue> {
    static constexpr std::string_view name = "issue";
    static constexpr std::string_view meaning = "A thing to settle.";
    static void prepare(Issue& issue) { issue.name = issue.id; }
    static constexpr auto list() {
        return std::tuple{
            key<NameText<Issue>>("name", whole, kNameMeaning),
            key<OneOrMore<std::string>>(
                "level", &Issue::levels,
                "Free tags, such as `economic`. Questions about levels group issues by them."),
            key<IssueOptions>("options", whole,
                              "The ways to settle it. A list of ids is spaced evenly from 0 to 100.",
                              Need::must),
            key<StatusQuo>("status_quo", whole, "The option that is in force now."),
            key("about", &Issue::about, "What a reader should know of it."),
        };
    }
};

template <>
struct Keys<SheetBasis> {
    static constexpr std::string_view name = "basis";
    static constexpr std::string_view meaning =
        "What the plain numbers of one issue (or of `all`) rest on, in one actor's preferences. It applies "
        "to every "
        "number that states nothing but its value, so that a score sheet stays readable.";
    static constexpr auto list() {
        return std::tuple_cat(
            std::tuple{
                key("spread", &SheetBasis::spread,
                    "Give or take so much, in the number's own unit; above 0. The number becomes a PERT "
                    "distribution from value - spread to value + spread.")},
            basis_keys([](auto& b) -> auto& { return b.basis; }));
    }
};

template <>
struct Keys<Stance> {
    static constexpr std::string_view name = "stance";
    static constexpr std::string_view meaning = "Where an actor stands on an issue, and how much it cares.";
    static constexpr auto list() {
        return std::tuple{
            key("position", &Stance::position, "The outcome it wants most, 0 to 100.", Need::must),
            key("salience", &Stance::salience, "How much it cares, 0 to 100.", Need::must),
        };
    }
};

template <>
struct Keys<PreferenceEntry> {
    static constexpr std::string_view name = "preference";
    static constexpr std::string_view meaning =
        "What the options are worth to one actor, in one form: `points`, or `weights` with `values`, or "
        "`positions`. "
        "Issues that are left out count 0 for the actor.";
    static void check(Reader& reader, const Node& node, const PreferenceEntry& entry);
    static constexpr auto list() {
        return std::tuple{
            key("no_deal", &PreferenceEntry::no_deal,
                "The points it has without agreement. Left out: the points of the status quo where every "
                "issue has "
                "one, otherwise 0."),
            key("points", &PreferenceEntry::points, "A score sheet: points for every option of an issue."),
            key("weights", &PreferenceEntry::weights,
                "The weight of each issue; points = weight x value / 100. They need not sum to anything."),
            key("values", &PreferenceEntry::values,
                "With weights: the value of every option of an issue, 0 to 100."),
            key("positions", &PreferenceEntry::positions,
                "Stances; points = salience x (100 - |position - place of the option|) / 100."),
            key("basis", &PreferenceEntry::basis, "What the plain numbers of an issue rest on."),
        };
    }
};

template <>
struct Keys<Bundle> {
    static constexpr std::string_view name = "bundle";
    static constexpr std::string_view meaning = "Points that are added when a combination is in the deal.";
    static constexpr auto list() {
        return std::tuple_cat(
            std::tuple{
                key("when", &Bundle::when, "The combination.", Need::must),
                key("points", &Bundle::points, "What it adds (or, below 0, takes) for an actor.", Need::must),
            },
            basis_keys([](auto& b) -> auto& { return b.basis; }));
    }
};

template <>
struct Keys<RuleEntry> {
    static constexpr std::string_view name = "rule";
    static constexpr std::string_view meaning =
        "Combinations that no deal may have: either `forbid`, or `if` with `then`.";
    static void check(Reader& reader, const Node& node, const RuleEntry& entry);
    static constexpr auto list() {
        return std::tuple{
            key("forbid", &RuleEntry::forbid, "No deal may have this."),
            key("if", &RuleEntry::when, "A deal that has this ..."),
            key("then", &RuleEntry::then, "... must have this as well."),
            key("why", &RuleEntry::why, "The reason, in the author's words."),
            key("because", &RuleEntry::because, "The claims it rests on."),
        };
    }
};

template <>
struct Keys<Obligation> {
    static constexpr std::string_view name = "obligation";
    static constexpr std::string_view meaning =
        "A commitment of one actor to another that some deals would break.";
    static constexpr auto list() {
        return std::tuple{
            key<IdText>("id", &Obligation::id, "How results name it.", Need::must),
            key("by", &Obligation::by, "Who owes it.", Need::must),
            key("to", &Obligation::to, "To whom it is owed.", Need::must),
            key("text", &Obligation::text, "What was promised."),
            key<OneOrMore<Condition>>("broken_when", &Obligation::broken_when,
                                      "The combinations that break it: any of them.", Need::must),
            key("hard", &Obligation::hard, "`yes`: a deal that breaks it is not feasible."),
            key("cost", &Obligation::cost, "The points that actors lose when it is broken."),
            key("because", &Obligation::because, "The claims it rests on."),
        };
    }
};

template <>
struct Keys<AcceptanceGroup> {
    static constexpr std::string_view name = "group";
    static constexpr std::string_view meaning = "Some actors of whom enough must accept.";
    static constexpr auto list() {
        return std::tuple{
            key("at_least", &AcceptanceGroup::at_least, "How many of them.", Need::must),
            key("of", &AcceptanceGroup::of, "The actors.", Need::must),
        };
    }
};

template <>
struct Keys<Acceptance> {
    static constexpr std::string_view name = "acceptance";
    static constexpr std::string_view meaning =
        "Who must accept a deal: every part that is stated must hold. `unanimity` alone, or nothing, means "
        "everybody "
        "at the table.";
    static constexpr auto list() {
        return std::tuple{
            key("all_of", &Acceptance::all_of, "Actors without whom there is no deal."),
            key("at_least", &Acceptance::at_least, "How many of the table's actors."),
            key("groups", &Acceptance::groups, "Further majorities, each within a group."),
        };
    }
};

template <>
struct Keys<Table> {
    static constexpr std::string_view name = "table";
    static constexpr std::string_view meaning =
        "Talks in which some actors settle some issues. An issue belongs to one table at most; analysed "
        "alone, a "
        "table takes all other issues at their status quo.";
    static void prepare(Table& table) { table.name = table.id; }
    static constexpr auto list() {
        return std::tuple{
            key<NameText<Table>>("name", whole, kNameMeaning),
            key("actors", &Table::actors, "Who sits at it. Each needs preferences.", Need::must),
            key("issues", &Table::issues, "What is settled at it.", Need::must),
            key<AcceptanceOrUnanimity>("accept", &Table::accept, "Who must accept; everybody when left out."),
            key("power", &Table::power, "Bargaining weights, 0 or more; 1 for an actor that is left out."),
        };
    }
};

template <>
struct Keys<Move> {
    static constexpr std::string_view name = "conflict option";
    static constexpr std::string_view meaning =
        "Something that one actor may do or leave, as the graph model has it.";
    static void prepare(Move& move) { move.name = move.id; }
    static constexpr auto list() {
        return std::tuple{
            key<NameText<Move>>("name", whole, kNameMeaning),
            key("by", &Move::by, "Whose option it is.", Need::must),
            key<DirectionWord>(
                "direction", &Move::direction,
                "Which change is possible: `forward` takes it up, `back` drops it; `both` when left out."),
        };
    }
};

template <>
struct Keys<InfeasibleEntry> {
    static constexpr std::string_view name = "infeasible";
    static constexpr std::string_view meaning =
        "A kind of state that cannot be, where an expression would be long: one of these keys.";
    static constexpr auto list() {
        return std::tuple{
            key("mutually_exclusive", &InfeasibleEntry::mutually_exclusive, "At most one of them is taken."),
            key("at_least_one", &InfeasibleEntry::at_least_one, "One of them at least is taken."),
            key("requires", &InfeasibleEntry::requires_, "The first is possible only with the second."),
        };
    }
};

template <>
struct Keys<StateDeal> {
    static constexpr std::string_view name = "state deal";
    static constexpr std::string_view meaning =
        "The deal that states stand for: the status quo, overwritten by every entry that holds, in order.";
    static constexpr auto list() {
        return std::tuple{
            key("when", &StateDeal::when, "In which states.", Need::must),
            key("then", &StateDeal::then, "The options that the deal takes.", Need::must),
        };
    }
};

template <>
struct Keys<ConflictPreferenceEntry> {
    static constexpr std::string_view name = "conflict preference";
    static constexpr std::string_view meaning =
        "How an actor orders the states, where it is not a list of statements (most important first): one of "
        "these "
        "keys.";
    static constexpr auto list() {
        return std::tuple{
            key("ranking", &ConflictPreferenceEntry::ranking,
                "States from best to worst; tied ones share a list. A state is its options joined by `+`, or "
                "`none`."),
            key("points", &ConflictPreferenceEntry::points,
                "Points for each option taken, added to the points of the deal that the state stands for."),
            key("weights", &ConflictPreferenceEntry::weights,
                "Points for each option taken, and nothing else."),
        };
    }
};

template <>
struct Keys<Conflict> {
    static constexpr std::string_view name = "conflict";
    static constexpr std::string_view meaning =
        "The conflict in option form: what each actor may do, which states can be, and how actors order "
        "them. An "
        "expression joins option ids and `issue.option` by not, and, or, if, iff and parentheses; `a if b` "
        "is true "
        "where a is, or b is not.";
    static constexpr auto list() {
        return std::tuple{
            key<ById<Move>>("options", &Conflict::moves, "What the actors may do.", Need::must),
            key("infeasible", &Conflict::infeasible, "Which states cannot be."),
            key("coalesce", &Conflict::coalesce,
                "States of which all that match an expression count as one."),
            key<ByActor<MoveGraph, &MoveGraph::arcs>>("graph", &Conflict::graph,
                                                      "An actor's moves, state by state. Left out: every "
                                                      "change of its own options in a permitted direction."),
            key<StatusQuoState>("status_quo", &Conflict::status_quo,
                                "Which options are taken now; those left out are not."),
            key("deal", &Conflict::deal, "Which deal a state stands for."),
            key<ByActor<Misperception, &Misperception::unseen>>("misperceptions", &Conflict::misperceptions,
                                                                "States that an actor does not see."),
            key<ByActor<ConflictPreference, &ConflictPreference::form>>("preferences", &Conflict::preferences,
                                                                        "How each actor orders the states."),
        };
    }
};

template <>
struct Keys<VotingMajority> {
    static constexpr std::string_view name = "majority";
    static constexpr std::string_view meaning = "Weights, and how much of them is enough.";
    static constexpr auto list() {
        return std::tuple{
            key("members", &VotingMajority::members, "Each member's weight, 0 or more.", Need::must),
            key("quota", &VotingMajority::quota, "The weight that is enough; above 0.", Need::must),
        };
    }
};

template <>
struct Keys<VotingBody> {
    static constexpr std::string_view name = "voting body";
    static constexpr std::string_view meaning = "A body that decides by weighted votes.";
    static void prepare(VotingBody& body) { body.name = body.id; }
    static constexpr auto list() {
        constexpr auto majority = [](auto member) {
            return [member](auto& body) -> auto& { return body.majority.*member; };
        };
        return std::tuple{
            key<NameText<VotingBody>>("name", whole, kNameMeaning),
            key("members", majority(&VotingMajority::members),
                "Each member's weight, 0 or more. Members may be actors or not.", Need::must),
            key("quota", majority(&VotingMajority::quota), "The weight that is enough; above 0.", Need::must),
            key("vetoes", &VotingBody::vetoes, "Members without whom nothing passes."),
            key("also", &VotingBody::also, "Further majorities that must be reached as well."),
            key("ratifies", &VotingBody::ratifies, "The actor that cannot accept a deal without this body."),
        };
    }
};

template <>
struct Keys<Event> {
    static constexpr std::string_view name = "event";
    static constexpr std::string_view meaning = "Something that happened.";
    static constexpr auto list() {
        return std::tuple{
            key("date", &Event::date, "As 2025-10-15; the end may be left out."),
            key("text", &Event::text, "What happened."),
            key("settles", &Event::settles,
                "Issues that are no longer open, and how they were settled: in every deal, and without one."),
            key("because", &Event::because, "The claims it rests on."),
        };
    }
};

template <>
struct Keys<Source> {
    static constexpr std::string_view name = "source";
    static constexpr std::string_view meaning = "Where claims come from.";
    static void prepare(Source& source) { source.title = source.id; }
    static constexpr auto list() {
        return std::tuple{
            key<TitleText>("title", whole, kNameMeaning),
            key("publisher", &Source::publisher, "Who published it."),
            key("author", &Source::author, "Who wrote it."),
            key("date", &Source::date, "When, as 2025-10-15."),
            key("url", &Source::url, "Where it can be read."),
            key("licence", &Source::licence, "On which terms it may be used."),
            key<Reliability>("reliability", &Source::reliability,
                             "Admiralty code: A completely reliable ... E unreliable, F cannot be judged."),
            key("origin", &Source::origin,
                "Where the report comes from: several reports of one origin count once."),
            key("sha256", &Source::sha256, "Of the text snapshot that claims point into."),
            key("note", &Source::note, "Anything else."),
        };
    }
};

template <>
struct Keys<SourcePlace> {
    static constexpr std::string_view name = "place in a source";
    static constexpr std::string_view meaning = "Where in the source's text snapshot a claim is made.";
    static constexpr auto list() {
        return std::tuple{
            key("paragraph", &SourcePlace::paragraph, "From 1; blank lines separate paragraphs."),
            key("start", &SourcePlace::start, "First character, counted from 0 in Unicode code points."),
            key("end", &SourcePlace::end, "The character behind the last."),
            key("sha256", &SourcePlace::sha256, "Of the UTF-8 bytes from start to end."),
            key("exact", &SourcePlace::exact, "The words themselves, if short."),
            key("prefix", &SourcePlace::prefix, "The words before."),
            key("suffix", &SourcePlace::suffix, "The words behind."),
        };
    }
};

template <>
struct Keys<Claim> {
    static constexpr std::string_view name = "claim";
    static constexpr std::string_view meaning = "A statement that numbers rest on.";
    static constexpr auto list() {
        return std::tuple{
            key("text", &Claim::text, "What is claimed, in the case author's words.", Need::must),
            key("kind", &Claim::kind, "What sort of statement it is.", Need::must),
            key("by", &Claim::by, "Who said it."),
            key("source", &Claim::source, "Where it was said."),
            key("at", &Claim::at, "At which place of the source."),
            key("credibility", &Claim::credibility,
                "Admiralty code: 1 confirmed ... 5 improbable, 6 cannot be judged."),
            key("date", &Claim::date, "When it was said."),
            key("superseded_by", &Claim::superseded_by, "The claim that takes its place."),
            key("contradicts", &Claim::contradicts, "Claims that cannot be true together with it."),
            key("written_by", &Claim::written_by, "Who entered it: a person, or a tool with its version."),
        };
    }
};

/// The keys of one thing to answer; they stand in a question itself where it has one part.
template <class Of>
constexpr auto part_keys(Of of, Need need) {
    return std::tuple{
        key(
            "kind", [of](auto& s) -> auto& { return of(s).kind; }, "What is to be answered.", need),
        key(
            "actor", [of](auto& s) -> auto& { return of(s).actor; },
            "Whose gains, purpose, offers or reaction."),
        key(
            "to", [of](auto& s) -> auto& { return of(s).to; }, "To whom it can offer something."),
        key<OneTable>(
            "table", [of](auto& s) -> auto& { return of(s).tables; },
            "The table meant; the first when left out."),
        key<SeveralTables>(
            "tables", [of](auto& s) -> auto& { return of(s).tables; }, "The tables that are compared."),
        key(
            "conclusion", [of](auto& s) -> auto& { return of(s).conclusion; },
            "What might change: the id of a question, or a kind."),
    };
}

template <>
struct Keys<PartEntry> {
    static constexpr std::string_view name = "part";
    static constexpr std::string_view meaning = "One of several things that answer a question together.";
    static constexpr auto list() { return part_keys(whole, Need::must); }
};

template <>
struct Keys<QuestionEntry> {
    static constexpr std::string_view name = "question";
    static constexpr std::string_view meaning =
        "Something the brief must answer. It has a `kind` of its own, or several `parts`.";
    static void check(Reader& reader, const Node& node, const QuestionEntry& entry);
    static constexpr auto list() {
        return std::tuple_cat(
            std::tuple{
                key<IdText>("id", &QuestionEntry::id, "How the brief refers to it."),
                key("ask", &QuestionEntry::ask, "The question, as a reader would ask it.", Need::must),
            },
            part_keys([](auto& q) -> auto& { return q.only; }, Need::may),
            std::tuple{key("parts", &QuestionEntry::parts, "What answers it together.")});
    }
};

template <>
struct Keys<KnownAnswer> {
    static constexpr std::string_view name = "known answer";
    static constexpr std::string_view meaning = "A published answer that tests compare with.";
    static constexpr auto list() {
        return std::tuple{
            key("analysis", &KnownAnswer::analysis, "The analysis that gives it.", Need::must),
            key("options", &KnownAnswer::options, "Its options."),
            key("path", &KnownAnswer::path,
                "Where it stands in the result: names joined by dots, `[3]` an item, `[concept=nash]` the "
                "first item "
                "whose member has that value, `#` the number of items.",
                Need::must),
            key<AnyValue>("value", &KnownAnswer::value, "The published value.", Need::must),
            key("within", &KnownAnswer::within, "How far off the result may be."),
            key("cite", &KnownAnswer::cite, "Author, year, title, page."),
        };
    }
};

template <>
struct Keys<Case> {
    static constexpr std::string_view name = "case";
    static constexpr std::string_view meaning =
        "A whole case. `steelyard`, `case`, `actors` and `issues` are required; an analysis says what else "
        "it needs.";
    static void check(Reader& reader, const Node& node, Case& subject);
    static constexpr auto list() {
        return std::tuple{
            key<FormatVersion>("steelyard", whole, "The version of the format: 1.", Need::must),
            key<IdText>("case", &Case::id, "The id of the case.", Need::must),
            key<TitleText>("title", whole, "What readers call it; the id when left out."),
            key("as_of", &Case::as_of, "The date up to which the case is true, as 2025-10-15."),
            key("about", &Case::about, "What a reader should know of it."),
            key("citation", &Case::citation, "Where the case comes from."),
            key<ById<Actor>>("actors", &Case::actors, "Who decides or is affected.", Need::must),
            key<ById<Issue>>("issues", &Case::issues, "What is to be settled.", Need::must),
            key("preferences", &Case::preferences, "What the options are worth to the actors."),
            key("bundles", &Case::bundles, "Points for combinations of options."),
            key("rules", &Case::rules, "Combinations that no deal may have."),
            key<WithIds<Obligation>>("obligations", &Case::obligations, "Who owes what to whom."),
            key<ById<Table>>(
                "tables", &Case::tables,
                "Who settles what. Left out: one table with every actor that has preferences and every "
                "issue; all must accept."),
            key("conflict", &Case::conflict, "What the actors may do to each other."),
            key<ById<VotingBody>>("voting", &Case::voting, "Bodies that vote."),
            key("events", &Case::events, "What has happened."),
            key<ById<Source>>("sources", &Case::sources, "Where claims come from."),
            key<ById<Claim>>("claims", &Case::claims, "What the numbers rest on."),
            key<WithIds<Question>>("questions", &Case::questions, "What the brief must answer."),
            key("outcome", &Case::outcome,
                "What was agreed in the end: an option, or an exact place from 0 to 100. Back-tests use it."),
            key("known", &Case::known, "Published answers that tests compare with."),
        };
    }
};

}  // namespace steelyard::format
