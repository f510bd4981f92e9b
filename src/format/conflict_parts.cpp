// SPDX-License-Identifier: Apache-2.0
#include "case_keys.hpp"
#include "case_parts.hpp"

#include <algorithm>

namespace steelyard::format {

namespace {

/// Moves beyond the bits of a state are a defect of their own, reported by the validation.
constexpr std::size_t kMostMoves = 64;

StateCode bit(std::size_t move) {
    return move < kMostMoves ? StateCode{1} << move : StateCode{0};
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\n\r");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\n\r") - first + 1);
}

/// Names of an expression: conflict options, and issue.option.
std::string find_name(const Declared& declared, std::string_view name, Expression::Node& node) {
    const auto unknown = [](std::string_view what, const std::string& text, const NameList& names) {
        const std::string message =
            "unknown " + std::string(what) + " '" + text + "'; there are: " + join_names(names.ids());
        const std::string nearest = nearest_name(text, names.ids());
        return nearest.empty() ? message : message + "; did you mean '" + nearest + "'?";
    };
    const std::size_t point = name.find('.');
    const std::string first(name.substr(0, point));
    if (first.size() > CaseLimits::id_characters)
        return "a name of more than " + std::to_string(CaseLimits::id_characters) + " characters";
    if (point == std::string_view::npos) {
        const auto move = declared.moves.find(first);
        if (!move)
            return unknown("conflict option", first, declared.moves);
        node = {Expression::Kind::move, static_cast<std::uint32_t>(*move), 0};
        return {};
    }
    const std::string second(name.substr(point + 1, CaseLimits::id_characters + 1));
    const auto issue = declared.issues.find(first);
    if (!issue)
        return unknown("issue", first, declared.issues);
    const auto option = declared.options[*issue].find(second);
    if (!option)
        return unknown("option of issue '" + first + "'", second, declared.options[*issue]);
    node = {Expression::Kind::option, static_cast<std::uint32_t>(*issue),
            static_cast<std::uint32_t>(*option)};
    return {};
}

}  // namespace

void Codec<Expression>::read(Reader& reader, const Node& node, Expression& target) {
    const std::string* text = reader.text(node, "an expression");
    if (text == nullptr)
        return;
    ExpressionError error;
    Expression expression = parse_expression(
        *text,
        [&](std::string_view name, Expression::Node& found) {
            return find_name(reader.declared(), name, found);
        },
        error);
    if (error.message.empty()) {
        target = std::move(expression);
        return;
    }
    if (!reader.declared().expressions_complete())
        return;
    Node place = node;
    if (node.end - node.begin.offset <=
        text->size() + 2)  // without escapes and line breaks: the column is known
        place.begin.column += error.at + (node.plain ? 0U : 1U);
    reader.complain(place, error.message, shown(node),
                    "option ids and issue.option, joined by not, and, or, if, iff and parentheses");
}

Form Codec<Expression>::form(Glossary& glossary) {
    return glossary.define("expression", {"[expression](#conflict)", schema_type("string")});
}

void Codec<StateCode>::read(Reader& reader, const Node& node, StateCode& target) {
    const std::string* text = reader.text(node, "a state");
    if (text == nullptr)
        return;
    target = 0;
    std::string_view rest = *text;
    if (trimmed(rest) == "none")
        return;
    for (;;) {
        const std::size_t plus = rest.find('+');
        Node name = node;
        name.text = trimmed(rest.substr(0, plus));
        if (const auto move = look_up<MoveTag>(reader, name))
            target |= bit(move->index);
        if (plus == std::string_view::npos)
            return;
        rest.remove_prefix(plus + 1);
    }
}

Value Codec<StateCode>::write(const Case& subject, StateCode state) {
    std::string text;
    for (std::size_t k = 0; k < subject.conflict->moves.size(); ++k) {
        if ((state & bit(k)) != 0)
            text += (text.empty() ? "" : "+") + subject.conflict->moves[k].id;
    }
    return Value(text.empty() ? std::string("none") : text);
}

Form Codec<StateCode>::form(Glossary&) {
    return {"state", schema_type("string")};
}

void Codec<std::pair<StateCode, StateCode>>::read(Reader& reader, const Node& node,
                                                  std::pair<StateCode, StateCode>& target) {
    if (node.kind != Node::Kind::list || node.items.size() != 2) {
        reader.complain(node, "a move is two states", shown(node), "[from, to]");
        return;
    }
    Codec<StateCode>::read(reader, node.items[0], target.first);
    Codec<StateCode>::read(reader, node.items[1], target.second);
}

Value Codec<std::pair<StateCode, StateCode>>::write(const Case& subject,
                                                    const std::pair<StateCode, StateCode>& arc) {
    return Value(Value::List{Codec<StateCode>::write(subject, arc.first),
                             Codec<StateCode>::write(subject, arc.second)});
}

Form Codec<std::pair<StateCode, StateCode>>::form(Glossary& glossary) {
    return {"[from, to]", schema_array(Codec<StateCode>::form(glossary).schema)};
}

void Codec<StateRanking>::read(Reader& reader, const Node& node, StateRanking& target) {
    if (!reader.is_list(node, "a ranking"))
        return;
    for (const Node& item : node.items)
        OneOrMore<StateCode>::read(reader, item, target.ranks.emplace_back());
}

Value Codec<StateRanking>::write(const Case& subject, const StateRanking& ranking) {
    Value::List ranks;
    for (const auto& rank : ranking.ranks)
        ranks.push_back(OneOrMore<StateCode>::write(subject, rank));
    return Value(std::move(ranks));
}

Form Codec<StateRanking>::form(Glossary& glossary) {
    Form rank = OneOrMore<StateCode>::form(glossary);
    return {"list of states; tied ones in a list", schema_array(std::move(rank.schema))};
}

void StatusQuoState::read(Reader& reader, const Node& node, std::optional<StateCode>& target) {
    target = 0;
    if (!reader.is_map(node, "the state of today"))
        return;
    for (std::size_t k = 0; k < node.keys.size(); ++k) {
        bool taken = false;
        const auto move = look_up_key<MoveTag>(reader, node, k);
        Codec<bool>::read(reader, node.items[k], taken);
        if (move && taken)
            *target |= bit(move->index);
    }
}

Value StatusQuoState::write(const Case& subject, const std::optional<StateCode>& state) {
    Value::Map map;
    for (std::size_t k = 0; k < subject.conflict->moves.size(); ++k)
        map.emplace_back(subject.conflict->moves[k].id, Value((*state & bit(k)) != 0));
    return Value(std::move(map));
}

Form StatusQuoState::form(Glossary& glossary) {
    Form truth = Codec<bool>::form(glossary);
    return {"conflict option id: " + truth.words, schema_map(std::move(truth.schema))};
}

void Codec<Infeasible>::read(Reader& reader, const Node& node, Infeasible& target) {
    if (node.kind != Node::Kind::map) {
        Expression expression;
        Codec<Expression>::read(reader, node, expression);
        target = std::move(expression);
        return;
    }
    InfeasibleEntry entry;
    read_record(reader, node, entry);
    if (node.keys.size() != 1)
        reader.complain(node, "one key is due", shown(node), join_names(key_names<InfeasibleEntry>()));
    else if (entry.mutually_exclusive)
        target = MutuallyExclusive{std::move(*entry.mutually_exclusive)};
    else if (entry.at_least_one)
        target = AtLeastOne{std::move(*entry.at_least_one)};
    else if (entry.requires_)
        target = Requires{std::move(*entry.requires_)};
}

Value Codec<Infeasible>::write(const Case& subject, const Infeasible& infeasible) {
    InfeasibleEntry entry;
    if (const auto* expression = std::get_if<Expression>(&infeasible))
        return Codec<Expression>::write(subject, *expression);
    if (const auto* exclusive = std::get_if<MutuallyExclusive>(&infeasible))
        entry.mutually_exclusive = exclusive->moves;
    else if (const auto* one = std::get_if<AtLeastOne>(&infeasible))
        entry.at_least_one = one->moves;
    else
        entry.requires_ = std::get<Requires>(infeasible).pairs;
    return write_record(subject, entry);
}

Form Codec<Infeasible>::form(Glossary& glossary) {
    const Form expression = Codec<Expression>::form(glossary);
    const Form entry = record_form<InfeasibleEntry>(glossary);
    return {expression.words + " or " + entry.words, schema_any_of({expression.schema, entry.schema})};
}

void Codec<std::variant<Statements, StateRanking, MovePoints>>::read(Reader& reader, const Node& node,
                                                                     Form_& target) {
    if (node.kind != Node::Kind::map) {
        Statements statements;
        Codec<std::vector<Expression>>::read(reader, node, statements.statements);
        target = std::move(statements);
        return;
    }
    ConflictPreferenceEntry entry;
    read_record(reader, node, entry);
    if (node.keys.size() != 1)
        reader.complain(node, "one key is due", shown(node),
                        join_names(key_names<ConflictPreferenceEntry>()));
    else if (entry.ranking)
        target = std::move(*entry.ranking);
    else if (entry.points)
        target = MovePoints{std::move(*entry.points), true};
    else if (entry.weights)
        target = MovePoints{std::move(*entry.weights), false};
}

Value Codec<std::variant<Statements, StateRanking, MovePoints>>::write(const Case& subject,
                                                                       const Form_& form) {
    ConflictPreferenceEntry entry;
    if (const auto* statements = std::get_if<Statements>(&form))
        return Codec<std::vector<Expression>>::write(subject, statements->statements);
    if (const auto* ranking = std::get_if<StateRanking>(&form))
        entry.ranking = *ranking;
    else if (const auto& points = std::get<MovePoints>(form); points.added_to_deal)
        entry.points = points.points;
    else
        entry.weights = points.points;
    return write_record(subject, entry);
}

Form Codec<std::variant<Statements, StateRanking, MovePoints>>::form(Glossary& glossary) {
    const Form statements = Codec<std::vector<Expression>>::form(glossary);
    const Form entry = record_form<ConflictPreferenceEntry>(glossary);
    return {statements.words + ", or " + entry.words, schema_any_of({statements.schema, entry.schema})};
}

}  // namespace steelyard::format
