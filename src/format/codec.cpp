// SPDX-License-Identifier: Apache-2.0
#include "codec.hpp"

#include "number_codec.hpp"
#include "steelyard/format/case_file.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace steelyard::format {

void Codec<std::string>::read(Reader& reader, const Node& node, std::string& target) {
    if (const std::string* text = reader.text(node, "a text"))
        target = *text;
}

Form Codec<std::string>::form(Glossary& glossary) {
    // YAML readers of editors take an unquoted 1974 for a number and `no` for a truth value; here it is a text.
    Value::List types{Value("string"), Value("number"), Value("boolean"), Value("null")};
    return glossary.define("text", {"text", Value(Value::Map{{"type", Value(std::move(types))}})});
}

void Codec<bool>::read(Reader& reader, const Node& node, bool& target) {
    if (node.kind == Node::Kind::scalar && (node.text == "true" || node.text == "yes"))
        target = true;
    else if (node.kind == Node::Kind::scalar && (node.text == "false" || node.text == "no"))
        target = false;
    else
        reader.complain(node, "yes or no is due", shown(node), "yes, no, true, false");
}

Form Codec<bool>::form(Glossary& glossary) {
    Value::List words{Value(true), Value(false), Value("yes"), Value("no")};
    return glossary.define("truth", {"`yes` or `no`", Value(Value::Map{{"enum", Value(std::move(words))}})});
}

void Codec<Rational>::read(Reader& reader, const Node& node, Rational& target) {
    if (node.kind == Node::Kind::scalar) {
        if (const auto value = Rational::parse(node.text)) {
            target = *value;
            return;
        }
    }
    complain_of_number(reader, node, "an exact number: 70, -3.5, 1/3");
}

Form Codec<Rational>::form(Glossary& glossary) {
    return glossary.define("exact_number", {"exact number", exact_number_schema()});
}

void Codec<std::int64_t>::read(Reader& reader, const Node& node, std::int64_t& target) {
    Rational value;
    const std::size_t before = reader.count();
    Codec<Rational>::read(reader, node, value);
    if (reader.count() != before)
        return;
    if (value.denominator() != 1 || value.numerator() < 0)
        reader.complain(node, "a whole number is due", shown(node), "0, 1, 2, ...");
    else
        target = value.numerator();
}

Form Codec<std::int64_t>::form(Glossary&) {
    return {"whole number", schema_with(schema_type("integer"), "minimum", Value(std::int64_t{0}))};
}

void Codec<int>::read(Reader& reader, const Node& node, int& target) {
    std::int64_t value = target;
    Codec<std::int64_t>::read(reader, node, value);
    if (value > std::numeric_limits<int>::max())
        reader.complain(node, "the number is too large here", shown(node),
                        "at most " + std::to_string(std::numeric_limits<int>::max()));
    else
        target = static_cast<int>(value);
}

Form Codec<int>::form(Glossary& glossary) {
    return Codec<std::int64_t>::form(glossary);
}

void Codec<Value>::read(Reader& reader, const Node& node, Value& target) {
    if (node.kind == Node::Kind::list) {
        Value::List list(node.items.size());
        for (std::size_t i = 0; i < node.items.size(); ++i)
            read(reader, node.items[i], list[i]);
        target = Value(std::move(list));
    } else if (node.kind == Node::Kind::map) {
        Value::Map map;
        for (std::size_t i = 0; i < node.keys.size(); ++i)
            read(reader, node.items[i], map.emplace_back(node.keys[i].text, Value()).second);
        target = Value(std::move(map));
    } else if (!node.plain) {
        target = Value(node.text);
    } else if (node.nothing() || node.text == "null" || node.text == "~") {
        target = Value();
    } else if (node.text == "true" || node.text == "false") {
        target = Value(node.text == "true");
    } else if (const auto number = Rational::parse(node.text)) {
        target = number->denominator() == 1 ? Value(number->numerator()) : Value(*number);
    } else {
        target = Value(node.text);
    }
}

Form Codec<Value>::form(Glossary&) {
    return {"anything", Value(Value::Map{})};
}

void IdText::read(Reader& reader, const Node& node, std::string& target) {
    if (const std::string* text = reader.text(node, "an id")) {
        reader.check_id(node);
        target = *text;
    }
}

Form IdText::form(Glossary& glossary) {
    Value schema = schema_with(schema_type("string"), "pattern", Value("^[a-z][a-z0-9_-]*$"));
    schema = schema_with(std::move(schema), "maxLength",
                         Value(static_cast<std::int64_t>(CaseLimits::id_characters)));
    return glossary.define("id", {"id", std::move(schema)});
}

}  // namespace steelyard::format
