// SPDX-License-Identifier: Apache-2.0
#include "case_parts.hpp"

#include "case_keys.hpp"

#include <algorithm>

namespace steelyard::format {

// ---- plain ones ---------------------------------------------------------------------------------

void FormatVersion::read(Reader& reader, const Node& node, Case&) {
    const auto version = node.kind == Node::Kind::scalar ? Rational::parse(node.text) : std::nullopt;
    if (version != Rational(kCaseFormat))
        reader.complain(node, "no format of that version", shown(node), std::to_string(kCaseFormat));
}

Value FormatVersion::write(const Case&, const Case&) {
    return Value(std::int64_t{kCaseFormat});
}

Form FormatVersion::form(Glossary&) {
    return {"`1`", Value(Value::Map{{"const", Value(std::int64_t{kCaseFormat})}})};
}

void Reliability::read(Reader& reader, const Node& node, std::optional<char>& target) {
    const bool letter = node.kind == Node::Kind::scalar && node.text.size() == 1;
    if (letter && node.text[0] >= 'A' && node.text[0] <= 'F')
        target = node.text[0];
    else
        reader.complain(node, "reliability is a letter", shown(node), "A, B, C, D, E or F");
}

Form Reliability::form(Glossary&) {
    Value::List letters;
    for (const char* letter : {"A", "B", "C", "D", "E", "F"})
        letters.emplace_back(letter);
    return {"`A` to `F`", Value(Value::Map{{"enum", Value(std::move(letters))}})};
}

// ---- issues and deals ---------------------------------------------------------------------------

namespace {

/// Where option k of n stands when they are spaced evenly.
Rational even_place(std::size_t k, std::size_t n) {
    return n < 2 ? Rational(0)
                 : Rational::fraction(100 * static_cast<std::int64_t>(k), static_cast<std::int64_t>(n - 1));
}

void read_option(Reader& reader, const Node& node, Option& target) {
    if (node.kind == Node::Kind::scalar) {
        target.name = target.id;
        Codec<Rational>::read(reader, node, target.place);
    } else {
        Codec<Option>::read(reader, node, target);
    }
}

bool stands_as_list(const Issue& issue) {
    for (std::size_t k = 0; k < issue.options.size(); ++k) {
        const Option& option = issue.options[k];
        if (option.name != option.id || !option.about.empty() ||
            option.place != even_place(k, issue.options.size()))
            return false;
    }
    return issue.evenly_spaced;
}

}  // namespace

void IssueOptions::read(Reader& reader, const Node& node, Issue& target) {
    if (node.kind == Node::Kind::map) {
        for (std::size_t k = 0; k < node.keys.size(); ++k) {
            reader.check_option_id(node.keys[k]);
            Option& option = target.options.emplace_back();
            option.id = node.keys[k].text;
            read_option(reader, node.items[k], option);
        }
    } else if (reader.is_list(node, "the options")) {
        target.evenly_spaced = true;
        NameList seen;
        for (const Node& item : node.items) {
            const std::string* id = reader.text(item, "an option's id");
            if (id == nullptr)
                continue;
            reader.check_option_id(item);
            if (seen.find(*id)) {
                reader.complain(item, "the same option twice", *id, "each id once");
                continue;
            }
            seen.add(*id);
            target.options.push_back({*id, *id, {}, {}});
        }
        for (std::size_t k = 0; k < target.options.size(); ++k)
            target.options[k].place = even_place(k, target.options.size());
    }
}

Value IssueOptions::write(const Case& subject, const Issue& issue) {
    if (stands_as_list(issue)) {
        Value::List ids;
        for (const Option& option : issue.options)
            ids.emplace_back(option.id);
        return Value(std::move(ids));
    }
    Value::Map map;
    for (const Option& option : issue.options) {
        const bool place_only = option.name == option.id && option.about.empty();
        map.emplace_back(option.id, place_only ? Value(option.place) : Codec<Option>::write(subject, option));
    }
    return Value(std::move(map));
}

Form IssueOptions::form(Glossary& glossary) {
    const Form option = Codec<Option>::form(glossary);
    const Form place = Codec<Rational>::form(glossary);
    const Form id = IdText::form(glossary);
    return {
        "id: place or " + option.words + "; or a list of ids",
        schema_any_of({schema_array(id.schema), schema_map(schema_any_of({place.schema, option.schema}))})};
}

void StatusQuo::read(Reader& reader, const Node& node, Issue& target) {
    if (const auto issue = reader.declared().issues.find(target.id))
        target.status_quo = reader.option(node, IssueId(*issue));
}

Form StatusQuo::form(Glossary&) {
    return {"option id", schema_type("string")};
}

void Codec<Condition>::read(Reader& reader, const Node& node, Condition& target) {
    if (!reader.is_map(node, "a combination"))
        return;
    if (node.keys.empty())
        reader.missing(node, "a combination names at least one issue", "{issue: option}");
    for (std::size_t k = 0; k < node.keys.size(); ++k) {
        const auto issue = look_up_key<IssueTag>(reader, node, k);
        if (!issue)
            continue;
        auto& options = target.terms.emplace_back(*issue, std::vector<OptionId>{}).second;
        const Node& value = node.items[k];
        if (value.kind != Node::Kind::list) {
            if (const auto option = reader.option(value, *issue))
                options.push_back(*option);
            continue;
        }
        if (value.items.empty())
            reader.missing(value, "no option is named", "[one, another]");
        for (const Node& item : value.items) {
            const auto option = reader.option(item, *issue);
            if (option && std::ranges::find(options, *option) != options.end())
                reader.complain(item, "named twice in one list", item.text, "each name once");
            else if (option)
                options.push_back(*option);
        }
    }
}

Value Codec<Condition>::write(const Case& subject, const Condition& condition) {
    Value::Map map;
    for (const auto& [issue, options] : condition.terms) {
        Value::List ids;
        for (const OptionId option : options)
            ids.emplace_back(subject.option(issue, option).id);
        map.emplace_back(subject[issue].id, ids.size() == 1 ? ids.front() : Value(std::move(ids)));
    }
    return Value(std::move(map));
}

Form Codec<Condition>::form(Glossary& glossary) {
    const Value id = schema_type("string");
    return glossary.define(
        "condition", {"[combination](#combinations)", schema_map(schema_any_of({id, schema_array(id)}))});
}

void Codec<std::vector<std::pair<IssueId, OptionId>>>::read(Reader& reader, const Node& node, Pairs& target) {
    if (!reader.is_map(node, "this"))
        return;
    for (std::size_t k = 0; k < node.keys.size(); ++k) {
        const auto issue = look_up_key<IssueTag>(reader, node, k);
        const auto option = issue ? reader.option(node.items[k], *issue) : std::nullopt;
        if (option)
            target.emplace_back(*issue, *option);
    }
}

Value Codec<std::vector<std::pair<IssueId, OptionId>>>::write(const Case& subject, const Pairs& pairs) {
    Value::Map map;
    for (const auto& [issue, option] : pairs)
        map.emplace_back(subject[issue].id, Value(subject.option(issue, option).id));
    return Value(std::move(map));
}

Form Codec<std::vector<std::pair<IssueId, OptionId>>>::form(Glossary&) {
    return {"issue id: option id", schema_map(schema_type("string"))};
}

void Codec<std::vector<IssueOutcome>>::read(Reader& reader, const Node& node,
                                            std::vector<IssueOutcome>& target) {
    if (!reader.is_map(node, "this"))
        return;
    for (std::size_t k = 0; k < node.keys.size(); ++k) {
        const auto issue = look_up_key<IssueTag>(reader, node, k);
        if (!issue)
            continue;
        const Node& value = node.items[k];
        const auto place = value.kind == Node::Kind::scalar ? Rational::parse(value.text) : std::nullopt;
        if (place && (*place < Rational(0) || *place > Rational(100)))
            reader.complain(value, "a place lies outside the scale", shown(value), "0 to 100");
        else if (place)
            target.push_back({*issue, *place});
        else if (const auto option = reader.option(value, *issue))
            target.push_back({*issue, *option});
    }
}

Value Codec<std::vector<IssueOutcome>>::write(const Case& subject, const std::vector<IssueOutcome>& outcome) {
    Value::Map map;
    for (const IssueOutcome& entry : outcome) {
        const auto* option = std::get_if<OptionId>(&entry.result);
        map.emplace_back(subject[entry.issue].id, option != nullptr
                                                      ? Value(subject.option(entry.issue, *option).id)
                                                      : Value(std::get<Rational>(entry.result)));
    }
    return Value(std::move(map));
}

Form Codec<std::vector<IssueOutcome>>::form(Glossary&) {
    return {"issue id: option id or place",
            schema_map(schema_any_of({schema_type("string"), schema_type("number")}))};
}

// ---- rules, acceptance, voting, questions -------------------------------------------------------

void Keys<RuleEntry>::check(Reader& reader, const Node& node, const RuleEntry& entry) {
    const bool implication = entry.when || entry.then;
    if (entry.forbid && implication)
        reader.complain(node, "a rule has one form only", {}, "forbid, or if with then");
    else if (!entry.forbid && !implication)
        reader.missing(node, "a rule needs to say what it forbids",
                       "forbid: {issue: option}, or if with then");
    else if (implication && !(entry.when && entry.then))
        reader.missing(node, entry.when ? "a rule with if needs then" : "a rule with then needs if",
                       "{if: {issue: option}, then: {issue: option}}");
}

void Codec<Rule>::read(Reader& reader, const Node& node, Rule& target) {
    RuleEntry entry;
    Codec<RuleEntry>::read(reader, node, entry);
    target.when = entry.forbid ? std::move(*entry.forbid) : std::move(entry.when).value_or(Condition{});
    target.then = std::move(entry.then);
    target.why = std::move(entry.why);
    target.because = std::move(entry.because);
}

Value Codec<Rule>::write(const Case& subject, const Rule& rule) {
    RuleEntry entry;
    (rule.then ? entry.when : entry.forbid) = rule.when;
    entry.then = rule.then;
    entry.why = rule.why;
    entry.because = rule.because;
    return Codec<RuleEntry>::write(subject, entry);
}

Form Codec<Rule>::form(Glossary& glossary) {
    return Codec<RuleEntry>::form(glossary);
}

void AcceptanceOrUnanimity::read(Reader& reader, const Node& node, Acceptance& target) {
    if (node.kind == Node::Kind::scalar && node.text == "unanimity")
        return;
    if (node.kind == Node::Kind::scalar && !node.nothing()) {
        reader.complain(node, "not a way to accept", shown(node),
                        "unanimity, or {all_of: [actors], at_least: 2}",
                        nearest_name(node.text.substr(0, 64), std::vector<std::string>{"unanimity"}));
        return;
    }
    Codec<Acceptance>::read(reader, node, target);
}

Value AcceptanceOrUnanimity::write(const Case& subject, const Acceptance& accept) {
    return Codec<Acceptance>::write(subject, accept);
}

Form AcceptanceOrUnanimity::form(Glossary& glossary) {
    const Form parts = Codec<Acceptance>::form(glossary);
    return {"`unanimity` or " + parts.words,
            schema_any_of({Value(Value::Map{{"const", Value("unanimity")}}), parts.schema})};
}

void Codec<std::vector<std::pair<std::string, Rational>>>::read(Reader& reader, const Node& node,
                                                                Members& target) {
    if (!reader.is_map(node, "this"))
        return;
    for (std::size_t k = 0; k < node.keys.size(); ++k) {
        reader.check_id(node.keys[k]);
        Codec<Rational>::read(reader, node.items[k],
                              target.emplace_back(node.keys[k].text, Rational()).second);
    }
}

Value Codec<std::vector<std::pair<std::string, Rational>>>::write(const Case&, const Members& members) {
    Value::Map map;
    for (const auto& [id, weight] : members)
        map.emplace_back(id, Value(weight));
    return Value(std::move(map));
}

Form Codec<std::vector<std::pair<std::string, Rational>>>::form(Glossary& glossary) {
    return {"member id: exact number", schema_map(Codec<Rational>::form(glossary).schema)};
}

void OneTable::read(Reader& reader, const Node& node, std::vector<TableId>& target) {
    if (const auto table = look_up<TableTag>(reader, node))
        target.push_back(*table);
}

Value OneTable::write(const Case& subject, const std::vector<TableId>& tables) {
    return Codec<TableId>::write(subject, tables.front());
}

Form OneTable::form(Glossary& glossary) {
    return Codec<TableId>::form(glossary);
}

void SeveralTables::read(Reader& reader, const Node& node, std::vector<TableId>& target) {
    if (!target.empty())
        reader.complain(node, "tables are named twice", {}, "either table or tables");
    target.clear();
    Codec<std::vector<TableId>>::read(reader, node, target);
}

namespace {

bool states_anything(const PartEntry& part) {
    return part.kind || part.actor || part.to || !part.tables.empty() || !part.conclusion.empty();
}

QuestionPart from_entry(PartEntry entry) {
    return {entry.kind.value_or(QuestionKind::deal_exists), entry.actor, entry.to, std::move(entry.tables),
            std::move(entry.conclusion)};
}

PartEntry entry_of(const QuestionPart& part) {
    return {part.kind, part.actor, part.to, part.tables, part.conclusion};
}

}  // namespace

void Keys<QuestionEntry>::check(Reader& reader, const Node& node, const QuestionEntry& entry) {
    if (states_anything(entry.only) && !entry.parts.empty())
        reader.complain(node, "a question has a kind of its own or parts, not both", {},
                        "move the kind into the parts");
    else if (!entry.only.kind && entry.parts.empty())
        reader.missing(node, "a question needs to say what kind of answer it wants", "kind, or parts");
}

void Codec<Question>::read(Reader& reader, const Node& node, Question& target) {
    QuestionEntry entry;
    Codec<QuestionEntry>::read(reader, node, entry);
    target.id = std::move(entry.id);
    target.ask = std::move(entry.ask);
    if (entry.parts.empty())
        entry.parts.push_back(std::move(entry.only));
    for (PartEntry& part : entry.parts)
        target.parts.push_back(from_entry(std::move(part)));
}

Value Codec<Question>::write(const Case& subject, const Question& question) {
    QuestionEntry entry{question.id, question.ask, {}, {}};
    if (question.parts.size() == 1) {
        entry.only = entry_of(question.parts.front());
    } else {
        for (const QuestionPart& part : question.parts)
            entry.parts.push_back(entry_of(part));
    }
    return Codec<QuestionEntry>::write(subject, entry);
}

Form Codec<Question>::form(Glossary& glossary) {
    return Codec<QuestionEntry>::form(glossary);
}

}  // namespace steelyard::format
