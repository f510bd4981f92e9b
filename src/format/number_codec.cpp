// SPDX-License-Identifier: Apache-2.0
#include "number_codec.hpp"

#include <algorithm>
#include <array>

namespace steelyard::format {

namespace {

constexpr std::string_view kForms =
    "a number: 70, -3.5, 1/3, 55..85, {low: 55, best: 70, high: 85} or {value: 70, spread: 10}";

/// The longest beginning (or end) of `text` that is a number.
std::string_view leading_number(std::string_view text) {
    for (std::size_t length = std::min<std::size_t>(text.size(), 32); length > 0; --length) {
        if (Rational::parse(text.substr(0, length)))
            return text.substr(0, length);
    }
    return {};
}
std::string_view trailing_number(std::string_view text) {
    for (std::size_t length = std::min<std::size_t>(text.size(), 32); length > 0; --length) {
        if (Rational::parse(text.substr(text.size() - length)))
            return text.substr(text.size() - length);
    }
    return {};
}

/// `text` without the characters that separate thousands.
std::string without_separators(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c != ' ' && c != ',' && c != '\'' && c != '_')
            out += c;
    }
    return out;
}

bool is_word(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, text) != words.end();
}

/// Why a text is not a number, where that can be told: the reason, and what to write.
struct Diagnosis {
    std::string reason;
    std::string instead;
};

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

Diagnosis diagnose(const std::string& text) {
    const std::string word = lower(text.substr(0, 32));
    if (is_word(word, {"yes", "no", "true", "false", "on", "off", "null", "none", "~"}))
        return {"a number is due, and '" + text + "' is a word", "0, if nothing is meant"};
    if (is_word(word, {"nan", ".nan", "inf", ".inf", "-inf", "-.inf", "+inf", "infinity", "-infinity"}))
        return {"a number has to be finite", {}};
    const std::size_t comma = text.find(',');
    std::string point = text;
    if (comma != std::string::npos)
        point[comma] = '.';
    const std::string joined = without_separators(text);
    if (comma != std::string::npos && Rational::parse(point)) {
        const bool thousands = text.size() - comma == 4;
        return {"a decimal comma", thousands ? point + "; or " + joined + ", if thousands are meant" : point};
    }
    if (joined.size() < text.size() && Rational::parse(joined))
        return {"a number is written without thousands separators", joined};
    std::string_view number = leading_number(text);
    if (number.empty()) {
        const std::string_view end = trailing_number(text);
        return end.empty() ? Diagnosis{} : Diagnosis{"a number stands without a unit", std::string(end)};
    }
    const std::string_view rest = std::string_view(text).substr(number.size());
    number = number.substr(0, number.find_last_not_of('.') + 1);
    const std::size_t second = std::min(rest.find_first_not_of(" .-"), rest.size());
    if (second > 0 && Rational::parse(rest.substr(second)))
        return {"a range is written with two dots",
                std::string(number) + ".." + std::string(rest.substr(second))};
    if (rest.find_first_not_of("0123456789.eE+-/") == std::string_view::npos)
        return {"the number has too many digits, or leaves the range that stays exact",
                "at most 18 significant digits, between -9.2e18 and 9.2e18"};
    return {"a number stands without a unit", std::string(number)};
}

/// The distribution that an entry states; complains where it states none, or several.
std::optional<Distribution> distribution_of(Reader& reader, const Node& node, const NumberEntry& entry) {
    const bool point = entry.value || entry.spread;
    const bool elicited = entry.low || entry.best || entry.high || entry.confidence;
    int forms = int{point} + int{elicited};
    Distribution distribution;
    const auto consider = [&](const auto& stated) {
        if (stated) {
            ++forms;
            distribution = *stated;
        }
    };
    consider(entry.uniform);
    consider(entry.normal);
    consider(entry.triangular);
    consider(entry.beta);
    consider(entry.lognormal);
    consider(entry.discrete);
    if (forms == 0) {
        reader.missing(node, "no number is stated here", std::string(kForms));
        return std::nullopt;
    }
    if (forms > 1) {
        reader.complain(node, "a number is stated in one way only", {},
                        "value and spread; or low, best, high and confidence; or one distribution");
        return std::nullopt;
    }
    if (point && !entry.value) {
        reader.missing(node, "a spread needs the value it is around", "{value: 70, spread: 10}");
        return std::nullopt;
    }
    if (elicited && !(entry.low && entry.best && entry.high)) {
        reader.missing(node, "an estimate needs low, best and high",
                       "{low: 55, best: 70, high: 85}; or a range, 55..85");
        return std::nullopt;
    }
    if (elicited)
        return Elicited{*entry.low, *entry.best, *entry.high, entry.confidence.value_or(1)};
    if (point && entry.spread)
        return Spread{*entry.value, *entry.spread};
    if (point)
        return Exact{*entry.value};
    return distribution;
}

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};

NumberEntry entry_of(const Number& number) {
    NumberEntry entry;
    entry.basis = number.basis;
    std::visit(Overloaded{
                   [&](const Exact& d) { entry.value = d.value; },
                   [&](const Spread& d) {
                       entry.value = d.value;
                       entry.spread = d.spread;
                   },
                   [&](const Elicited& d) {
                       entry.low = d.low;
                       entry.best = d.best;
                       entry.high = d.high;
                       if (d.confidence != Rational(1))
                           entry.confidence = d.confidence;
                   },
                   [&](const Uniform& d) { entry.uniform = d; },
                   [&](const Normal& d) { entry.normal = d; },
                   [&](const Triangular& d) { entry.triangular = d; },
                   [&](const Beta& d) { entry.beta = d; },
                   [&](const Lognormal& d) { entry.lognormal = d; },
                   [&](const Discrete& d) { entry.discrete = d; },
               },
               number.distribution);
    return entry;
}

}  // namespace

void complain_of_number(Reader& reader, const Node& node, std::string_view allowed) {
    if (node.kind != Node::Kind::scalar || node.nothing()) {
        reader.complain(node, "a number is due", shown(node), std::string(allowed));
        return;
    }
    Diagnosis diagnosis = diagnose(node.text);
    if (diagnosis.reason.empty())
        diagnosis.reason = "a number is due";
    if (diagnosis.instead.empty())
        diagnosis.instead = allowed;
    reader.complain(node, std::move(diagnosis.reason), shown(node), std::move(diagnosis.instead));
}

Value exact_number_schema() {
    Value text = schema_with(schema_type("string"), "pattern",
                             Value(R"(^[-+]?[0-9.]+([eE][-+]?[0-9]+)?(/[-+]?[0-9.]+([eE][-+]?[0-9]+)?)?$)"));
    return schema_any_of({schema_type("number"), std::move(text)});
}

void Codec<Discrete>::read(Reader& reader, const Node& node, Discrete& target) {
    const bool pairs = node.kind == Node::Kind::list && std::ranges::all_of(node.items, [](const Node& item) {
                           return item.kind == Node::Kind::list && item.items.size() == 2;
                       });
    if (!pairs) {
        reader.complain(node, "values with their probabilities are due", shown(node),
                        "[[10, 0.3], [20, 0.7]]");
        return;
    }
    for (const Node& item : node.items) {
        auto& [value, probability] = target.values.emplace_back();
        Codec<Rational>::read(reader, item.items[0], value);
        Codec<Rational>::read(reader, item.items[1], probability);
    }
}

Value Codec<Discrete>::write(const Case&, const Discrete& number) {
    Value::List list;
    for (const auto& [value, probability] : number.values)
        list.emplace_back(Value::List{Value(value), Value(probability)});
    return Value(std::move(list));
}

Form Codec<Discrete>::form(Glossary& glossary) {
    return {"`[[value, probability], ...]`",
            schema_array(schema_array(Codec<Rational>::form(glossary).schema))};
}

void Codec<Number>::read(Reader& reader, const Node& node, Number& target) {
    if (node.kind == Node::Kind::map) {
        NumberEntry entry;
        const std::size_t before = reader.count();
        read_record(reader, node, entry);
        target.basis = std::move(entry.basis);
        if (reader.count() != before)
            return;
        if (auto distribution = distribution_of(reader, node, entry))
            target.distribution = std::move(*distribution);
        return;
    }
    const auto number = node.kind == Node::Kind::scalar ? parse_number(node.text) : std::nullopt;
    if (number)
        target = *number;
    else
        complain_of_number(reader, node, kForms);
}

Value Codec<Number>::write(const Case& subject, const Number& number) {
    if (number.inherited)
        return Value(number.best());
    if (number.basis == Basis{}) {
        if (const auto* exact = std::get_if<Exact>(&number.distribution))
            return Value(exact->value);
        if (const auto* range = std::get_if<Uniform>(&number.distribution))
            return Value(range->low.text() + ".." + range->high.text());
    }
    return write_record(subject, entry_of(number));
}

Form Codec<Number>::form(Glossary& glossary) {
    Value::List choices{Codec<Rational>::form(glossary).schema};
    choices.push_back(
        schema_with(schema_type("string"), "pattern", Value(R"(^[-+0-9.eE/]+\.\.[-+0-9.eE/]+$)")));
    choices.push_back(record_form<NumberEntry>(glossary).schema);
    return glossary.define("number", {"[number](#numbers)", schema_any_of(std::move(choices))});
}

}  // namespace steelyard::format
