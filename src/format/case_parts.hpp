// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The parts of a case file that are more than keys with plain values: what stands in one place of the file
/// and in several of the model, and what has a notation of its own.

#include "codec.hpp"
#include "number_codec.hpp"
#include "references.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steelyard::format {

// ---- words --------------------------------------------------------------------------------------

template <>
struct Choices<Direction> {
    static constexpr std::string_view name = "direction";
    static constexpr std::array list{
        Choice<Direction>{Direction::both, "both", "It may be taken up and dropped."},
        Choice<Direction>{Direction::forward, "forward", "It may be taken up, for good."},
        Choice<Direction>{Direction::back, "back", "It may be dropped, for good."},
    };
};
template <>
struct Choices<ClaimKind> {
    static constexpr std::string_view name = "claim kind";
    static constexpr std::array list{
        Choice<ClaimKind>{ClaimKind::fact, "fact", "Something that is or is not so."},
        Choice<ClaimKind>{ClaimKind::assumption, "assumption", "Taken for granted by the speaker."},
        Choice<ClaimKind>{ClaimKind::judgement, "judgement", "Somebody's reading of facts."},
        Choice<ClaimKind>{ClaimKind::estimate, "estimate", "A number or a likelihood."},
    };
};
template <>
struct Choices<QuestionKind> {
    static constexpr std::string_view name = "question kind";
    using enum QuestionKind;
    static constexpr std::array list{
        Choice<QuestionKind>{deal_exists, "deal_exists", "Can anything be agreed?"},
        Choice<QuestionKind>{deal_likely, "deal_likely", "What is likely to be agreed?"},
        Choice<QuestionKind>{deal_holds, "deal_holds", "Would it last?"},
        Choice<QuestionKind>{gains_and_risks, "gains_and_risks", "What does an actor win and risk?"},
        Choice<QuestionKind>{purpose, "purpose", "What is an actor after?"},
        Choice<QuestionKind>{can_offer, "can_offer", "What can one actor give another?"},
        Choice<QuestionKind>{reaction, "reaction", "What would an actor answer?"},
        Choice<QuestionKind>{order, "order", "Which talks first?"},
        Choice<QuestionKind>{partners, "partners", "With whom?"},
        Choice<QuestionKind>{levels, "levels", "On which level is agreement in reach?"},
        Choice<QuestionKind>{what_changes, "what_changes", "What would change a conclusion?"},
    };
};

/// A direction; `both` need not be written.
struct DirectionWord : Codec<Direction> {
    static bool absent(Direction direction) { return direction == Direction::both; }
};

inline constexpr std::string_view kNameMeaning = "What readers call it; the id when left out.";

/// A name that defaults to the id.
template <class S>
struct NameText {
    static void read(Reader& reader, const Node& node, S& target) {
        Codec<std::string>::read(reader, node, target.name);
    }
    static Value write(const Case&, const S& object) { return Value(object.name); }
    static bool absent(const S& object) { return object.name == object.id; }
    static Form form(Glossary& glossary) { return Codec<std::string>::form(glossary); }
};

/// A title that defaults to the id.
struct TitleText {
    static void read(Reader& reader, const Node& node, auto& target) {
        Codec<std::string>::read(reader, node, target.title);
    }
    static Value write(const Case&, const auto& object) { return Value(object.title); }
    static bool absent(const auto& object) { return object.title == object.id; }
    static Form form(Glossary& glossary) { return Codec<std::string>::form(glossary); }
};

/// `steelyard: 1`.  That the version is not too new has been seen to before anything else is read.
struct FormatVersion {
    static void read(Reader& reader, const Node& node, Case& target);
    static Value write(const Case&, const Case&);
    static Form form(Glossary& glossary);
};

/// A letter from A to F.
struct Reliability {
    static void read(Reader& reader, const Node& node, std::optional<char>& target);
    static Value write(const Case&, const std::optional<char>& letter) {
        return Value(std::string(1, *letter));
    }
    static bool absent(const std::optional<char>& letter) { return !letter; }
    static Form form(Glossary& glossary);
};

// ---- issues and deals ---------------------------------------------------------------------------

/// A list of ids (evenly spaced), or a map from ids to places or options.
struct IssueOptions {
    static void read(Reader& reader, const Node& node, Issue& target);
    static Value write(const Case& subject, const Issue& issue);
    static Form form(Glossary& glossary);
};

struct StatusQuo {
    static void read(Reader& reader, const Node& node, Issue& target);
    static Value write(const Case&, const Issue& issue) {
        return Value(issue.options[issue.status_quo->index].id);
    }
    static bool absent(const Issue& issue) { return !issue.status_quo; }
    static Form form(Glossary& glossary);
};

/// issue: option, or a list of options
template <>
struct Codec<Condition> {
    static void read(Reader& reader, const Node& node, Condition& target);
    static Value write(const Case& subject, const Condition& condition);
    static Form form(Glossary& glossary);
};

/// issue: option
template <>
struct Codec<std::vector<std::pair<IssueId, OptionId>>> {
    using Pairs = std::vector<std::pair<IssueId, OptionId>>;
    static void read(Reader& reader, const Node& node, Pairs& target);
    static Value write(const Case& subject, const Pairs& pairs);
    static bool absent(const Pairs& pairs) { return pairs.empty(); }
    static Form form(Glossary& glossary);
};

/// issue: option or exact place
template <>
struct Codec<std::vector<IssueOutcome>> {
    static void read(Reader& reader, const Node& node, std::vector<IssueOutcome>& target);
    static Value write(const Case& subject, const std::vector<IssueOutcome>& outcome);
    static bool absent(const std::vector<IssueOutcome>& outcome) { return outcome.empty(); }
    static Form form(Glossary& glossary);
};

// ---- preferences --------------------------------------------------------------------------------

/// Numbers for all options of some issues, by issue; an empty row: the issue is not there.
struct Sheet {
    std::vector<std::vector<Number>> rows;
};

/// Values for some issues, by issue.
template <class T>
struct ByIssue {
    std::vector<std::optional<T>> rows;
};

template <>
struct Codec<Sheet> {
    static void read(Reader& reader, const Node& node, Sheet& target);
    static Value write(const Case& subject, const Sheet& sheet);
    static Form form(Glossary& glossary);
};

template <class T>
struct Codec<ByIssue<T>> {
    static void read(Reader& reader, const Node& node, ByIssue<T>& target) {
        target.rows.resize(reader.declared().issues.ids().size());
        if (!reader.is_map(node, "this"))
            return;
        for (std::size_t k = 0; k < node.keys.size(); ++k) {
            if (const auto issue = look_up_key<IssueTag>(reader, node, k))
                Codec<T>::read(reader, node.items[k], target.rows[issue->index].emplace());
        }
    }
    static Value write(const Case& subject, const ByIssue<T>& values) {
        Value::Map map;
        for (std::size_t i = 0; i < values.rows.size(); ++i) {
            if (values.rows[i])
                map.emplace_back(subject.issues[i].id, Codec<T>::write(subject, *values.rows[i]));
        }
        return Value(std::move(map));
    }
    static Form form(Glossary& glossary) {
        Form value = Codec<T>::form(glossary);
        return {"issue id: " + value.words, schema_map(std::move(value.schema))};
    }
};

/// A preference as it stands in the file.
struct PreferenceEntry {
    std::optional<Number> no_deal;
    std::optional<Sheet> points;
    std::optional<ByIssue<Number>> weights;
    std::optional<Sheet> values;
    std::optional<ByIssue<Stance>> positions;
    std::vector<SheetBasis> basis;
};

template <>
struct Codec<std::vector<Preference>> {
    static void read(Reader& reader, const Node& node, std::vector<Preference>& target);
    static Value write(const Case& subject, const std::vector<Preference>& preferences);
    static bool absent(const std::vector<Preference>& preferences) { return preferences.empty(); }
    static Form form(Glossary& glossary);
};

/// issue or `all`: basis
template <>
struct Codec<std::vector<SheetBasis>> {
    static void read(Reader& reader, const Node& node, std::vector<SheetBasis>& target);
    static Value write(const Case& subject, const std::vector<SheetBasis>& entries);
    static bool absent(const std::vector<SheetBasis>& entries) { return entries.empty(); }
    static Form form(Glossary& glossary);
};

// ---- rules, acceptance, voting, questions -------------------------------------------------------

/// A rule as it stands in the file.
struct RuleEntry {
    std::optional<Condition> forbid, when, then;
    std::string why;
    std::vector<ClaimId> because;
};

template <>
struct Codec<Rule> {
    static void read(Reader& reader, const Node& node, Rule& target);
    static Value write(const Case& subject, const Rule& rule);
    static Form form(Glossary& glossary);
};

/// `unanimity`, or who must accept.
struct AcceptanceOrUnanimity {
    static void read(Reader& reader, const Node& node, Acceptance& target);
    static Value write(const Case& subject, const Acceptance& accept);
    static bool absent(const Acceptance& accept) { return accept.unanimity(); }
    static Form form(Glossary& glossary);
};

/// member id: weight
template <>
struct Codec<std::vector<std::pair<std::string, Rational>>> {
    using Members = std::vector<std::pair<std::string, Rational>>;
    static void read(Reader& reader, const Node& node, Members& target);
    static Value write(const Case&, const Members& members);
    static Form form(Glossary& glossary);
};

/// `table: one`
struct OneTable {
    static void read(Reader& reader, const Node& node, std::vector<TableId>& target);
    static Value write(const Case& subject, const std::vector<TableId>& tables);
    static bool absent(const std::vector<TableId>& tables) { return tables.size() != 1; }
    static Form form(Glossary& glossary);
};

/// `tables: [one, another]`
struct SeveralTables : Codec<std::vector<TableId>> {
    static void read(Reader& reader, const Node& node, std::vector<TableId>& target);
    static bool absent(const std::vector<TableId>& tables) { return tables.size() < 2; }
};

/// A part of a question, and a question, as they stand in the file.
struct PartEntry {
    std::optional<QuestionKind> kind;
    std::optional<ActorId> actor, to;
    std::vector<TableId> tables;
    std::string conclusion;
};
struct QuestionEntry {
    std::string id;
    std::string ask;
    PartEntry only;
    std::vector<PartEntry> parts;
};

template <>
struct Codec<Question> {
    static void read(Reader& reader, const Node& node, Question& target);
    static Value write(const Case& subject, const Question& question);
    static Form form(Glossary& glossary);
};

// ---- conflict -----------------------------------------------------------------------------------

template <>
struct Codec<Expression> {
    static void read(Reader& reader, const Node& node, Expression& target);
    static Value write(const Case&, const Expression& expression) { return Value(expression.text); }
    static Form form(Glossary& glossary);
};

/// A state, `strike+relocate` or `none`.
template <>
struct Codec<StateCode> {
    static void read(Reader& reader, const Node& node, StateCode& target);
    static Value write(const Case& subject, StateCode state);
    static Form form(Glossary& glossary);
};

/// [from, to]
template <>
struct Codec<std::pair<StateCode, StateCode>> {
    static void read(Reader& reader, const Node& node, std::pair<StateCode, StateCode>& target);
    static Value write(const Case& subject, const std::pair<StateCode, StateCode>& arc);
    static Form form(Glossary& glossary);
};

/// A ranking; a rank is a state, or a list of tied states.
template <>
struct Codec<StateRanking> {
    static void read(Reader& reader, const Node& node, StateRanking& target);
    static Value write(const Case& subject, const StateRanking& ranking);
    static Form form(Glossary& glossary);
};

/// The state of today: option: yes or no
struct StatusQuoState {
    static void read(Reader& reader, const Node& node, std::optional<StateCode>& target);
    static Value write(const Case& subject, const std::optional<StateCode>& state);
    static bool absent(const std::optional<StateCode>& state) { return !state; }
    static Form form(Glossary& glossary);
};

/// What stands in the map form of an infeasible kind of state.
struct InfeasibleEntry {
    std::optional<std::vector<MoveId>> mutually_exclusive, at_least_one;
    std::optional<std::vector<std::pair<MoveId, MoveId>>> requires_;
};

template <>
struct Codec<Infeasible> {
    static void read(Reader& reader, const Node& node, Infeasible& target);
    static Value write(const Case& subject, const Infeasible& infeasible);
    static Form form(Glossary& glossary);
};

/// What stands in the map form of a conflict preference.
struct ConflictPreferenceEntry {
    std::optional<StateRanking> ranking;
    std::optional<std::vector<std::pair<MoveId, Number>>> points, weights;
};

template <>
struct Codec<std::variant<Statements, StateRanking, MovePoints>> {
    using Form_ = std::variant<Statements, StateRanking, MovePoints>;
    static void read(Reader& reader, const Node& node, Form_& target);
    static Value write(const Case& subject, const Form_& form);
    static Form form(Glossary& glossary);
};

}  // namespace steelyard::format
