// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Numbers, in every form that a case file knows.

#include "codec.hpp"
#include "references.hpp"
#include "steelyard/model/number.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

namespace steelyard::format {

/// Says why a node is not a number and what to write instead; `allowed` names the general rule.
void complain_of_number(Reader& reader, const Node& node, std::string_view allowed);

/// A number or the text of one.
Value exact_number_schema();

/// The keys of what a thing rests on, for every struct that has a basis.
template <class Of>
constexpr auto basis_keys(Of of) {
    return std::tuple{
        key(
            "because", [of](auto& s) -> auto& { return of(s).because; }, "The claims it rests on."),
        key(
            "assumption", [of](auto& s) -> auto& { return of(s).assumption; },
            "`yes`: the case author's own assumption. It may still lean on claims."),
        key(
            "why", [of](auto& s) -> auto& { return of(s).why; }, "The reason, in the author's words."),
    };
}

/// One place of a number that is stated as a list, `{normal: [mean, deviation]}`.
template <class S>
struct Part {
    std::string_view name;
    Rational S::* member;
};

/// The places of such a list.
template <class S>
struct Parts;
template <>
struct Parts<Uniform> {
    static constexpr std::tuple list{Part{"low", &Uniform::low}, Part{"high", &Uniform::high}};
};
template <>
struct Parts<Normal> {
    static constexpr std::tuple list{Part{"mean", &Normal::mean}, Part{"deviation", &Normal::deviation}};
};
template <>
struct Parts<Triangular> {
    static constexpr std::tuple list{Part{"low", &Triangular::low}, Part{"mode", &Triangular::mode},
                                     Part{"high", &Triangular::high}};
};
template <>
struct Parts<Beta> {
    static constexpr std::tuple list{Part{"alpha", &Beta::alpha}, Part{"beta", &Beta::beta},
                                     Part{"low", &Beta::low}, Part{"high", &Beta::high}};
};
template <>
struct Parts<Lognormal> {
    static constexpr std::tuple list{Part{"mu", &Lognormal::mu}, Part{"sigma", &Lognormal::sigma}};
};

/// `[mean, deviation]` for the places of `Parts<S>`.
template <class S>
std::string parts_text() {
    std::string text;
    std::apply(
        [&](const auto&... part) { ((text += (text.empty() ? "" : ", ") + std::string(part.name)), ...); },
        Parts<S>::list);
    return '[' + text + ']';
}

template <class S>
    requires requires { Parts<S>::list; }
struct Codec<S> {
    static constexpr std::size_t size = std::tuple_size_v<decltype(Parts<S>::list)>;

    static void read(Reader& reader, const Node& node, S& target) {
        if (node.kind != Node::Kind::list || node.items.size() != size) {
            reader.complain(node, std::to_string(size) + " numbers are due", shown(node), parts_text<S>());
            return;
        }
        std::size_t i = 0;
        std::apply(
            [&](const auto&... part) {
                (Codec<Rational>::read(reader, node.items[i++], target.*(part.member)), ...);
            },
            Parts<S>::list);
    }
    static Value write(const Case&, const S& object) {
        Value::List list;
        std::apply([&](const auto&... part) { (list.emplace_back(object.*(part.member)), ...); },
                   Parts<S>::list);
        return Value(std::move(list));
    }
    static Form form(Glossary& glossary) {
        Value schema = schema_array(Codec<Rational>::form(glossary).schema);
        const Value count(static_cast<std::int64_t>(size));
        return {'`' + parts_text<S>() + '`',
                schema_with(schema_with(std::move(schema), "minItems", count), "maxItems", count)};
    }
};

/// `[[value, probability], ...]`
template <>
struct Codec<Discrete> {
    static void read(Reader& reader, const Node& node, Discrete& target);
    static Value write(const Case&, const Discrete& number);
    static Form form(Glossary& glossary);
};

/// A number as a map: exactly one of its forms.
struct NumberEntry {
    std::optional<Rational> value, spread;
    std::optional<Rational> low, best, high, confidence;
    std::optional<Uniform> uniform;
    std::optional<Normal> normal;
    std::optional<Triangular> triangular;
    std::optional<Beta> beta;
    std::optional<Lognormal> lognormal;
    std::optional<Discrete> discrete;
    Basis basis;
};

template <>
struct Keys<NumberEntry> {
    static constexpr std::string_view name = "number in long form";
    static constexpr std::string_view meaning =
        "A number with its uncertainty and what it rests on. It is stated in one way: `value` (with or "
        "without "
        "`spread`), or `low`, `best` and `high` (with or without `confidence`), or one of the distributions.";
    static constexpr auto list() {
        return std::tuple_cat(
            std::tuple{
                key("value", &NumberEntry::value, "The number."),
                key("spread", &NumberEntry::spread,
                    "Give or take so much: a PERT distribution from value - spread to value + spread."),
                key("low", &NumberEntry::low, "The least that an expert holds plausible."),
                key("best", &NumberEntry::best, "The expert's best estimate."),
                key("high", &NumberEntry::high, "The most that the expert holds plausible."),
                key("confidence", &NumberEntry::confidence,
                    "How sure the expert is that the truth lies from low to high: above 0, at most 1, which "
                    "is "
                    "meant when left out. The range is scaled to full certainty, then drawn as PERT."),
                key("uniform", &NumberEntry::uniform, "Every value between equally likely; short: `55..85`."),
                key("normal", &NumberEntry::normal, "A normal distribution."),
                key("triangular", &NumberEntry::triangular, "A triangular distribution."),
                key("beta", &NumberEntry::beta, "A beta distribution on the range from low to high."),
                key("lognormal", &NumberEntry::lognormal, "e to the power of a normal distribution."),
                key("discrete", &NumberEntry::discrete,
                    "Single values with their probabilities, which sum to 1."),
            },
            basis_keys([](auto& n) -> auto& { return n.basis; }));
    }
};

template <>
struct Codec<Number> {
    static void read(Reader& reader, const Node& node, Number& target);
    static Value write(const Case& subject, const Number& number);
    static Form form(Glossary& glossary);
};

}  // namespace steelyard::format
