// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Described structs: options and results say once what their fields are called and mean, and every door,
/// schema and reference page follows from that.
///
/// A described struct is an aggregate with a static `fields()`:
///
///     struct FrontierOptions {
///       double epsilon = 0;                       // the default stands here and nowhere else
///       static constexpr auto fields() {
///         return std::tuple{field("epsilon", &FrontierOptions::epsilon, "Error allowed per actor.",
///         "points", {.low = 0})};
///       }
///     };
///
/// A member that `fields()` forgets does not compile.  A described enumeration has, in its own namespace, a
/// function `constexpr auto choices_of(E)` that returns a std::array of `Choice<E>`.
///
/// Field types: bool, integers, double, Rational, std::string, Document, described enumerations, described
/// structs, std::optional, std::vector and Named<T> of these, and Value (anything).  Structs and maps are for
/// results; options stay flat.

#include "steelyard/core/error.hpp"
#include "steelyard/core/rational.hpp"
#include "steelyard/core/sha256.hpp"
#include "steelyard/core/value.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace steelyard {

/// A whole text given as an option, such as an article.  A run records its SHA-256 in its place, so that
/// somebody else's text does not travel with the result; a door may take a file for it.
struct Document {
    std::string text;
    friend bool operator==(const Document&, const Document&) = default;
};

/// Closed bounds of a number; none means unbounded.
struct Bounds {
    std::optional<double> low = std::nullopt;
    std::optional<double> high = std::nullopt;
};

/// One described member of struct `S`.
template <class S, class T>
struct Field {
    std::string_view name;
    T S::* member;
    std::string_view meaning;
    std::string_view unit;
    Bounds bounds;
};

/// Describes a member: its public name, one sentence of meaning, unit (may be empty) and bounds (numbers
/// only).
template <class S, class T>
constexpr Field<S, T> field(std::string_view name, T S::* member, std::string_view meaning,
                            std::string_view unit = "", Bounds bounds = {}) {
    return {name, member, meaning, unit, bounds};
}

/// One value of a described enumeration.
template <class E>
struct Choice {
    E value;
    std::string_view name;
    std::string_view meaning;
};

// ---- run-time descriptions ----------------------------------------------------------------------

enum class ShapeKind { boolean, integer, number, text, choice, list, map, record, anything };

struct FieldShape;

/// The run-time description of a type.
struct Shape {
    ShapeKind kind = ShapeKind::anything;
    bool optional = false;                                               ///< may be absent (null)
    bool exact = false;                                                  ///< a number kept as a fraction
    bool document = false;                                               ///< a text kept as its SHA-256
    std::vector<std::pair<std::string_view, std::string_view>> choices;  ///< choice: name, meaning
    std::shared_ptr<const Shape> item;                                   ///< list, map: what it holds
    std::vector<FieldShape> fields;                                      ///< record
};

/// The run-time description of a struct's field, with the default of a default-constructed struct.
struct FieldShape {
    std::string_view name;
    std::string_view meaning;
    std::string_view unit;
    Bounds bounds;
    Shape shape;
    Value fallback;
};

// ---- the machinery ------------------------------------------------------------------------------

template <class T>
concept Described = std::is_aggregate_v<T> && requires { T::fields(); };

template <class E>
concept DescribedEnum = std::is_enum_v<E> && requires(E e) { choices_of(e); };

namespace detail {

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_named = false;
template <class T>
inline constexpr bool is_named<std::vector<std::pair<std::string, T>>> = true;
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// Converts to anything: counts the members of an aggregate.
struct Any {
    template <class T>
    operator T() const;  // NOLINT(google-explicit-constructor): that is its purpose
};

template <class T, class... A>
consteval std::size_t arity() {
    if constexpr (requires { T{A{}..., Any{}}; }) {
        return arity<T, A..., Any>();
    } else {
        return sizeof...(A);
    }
}

template <Described S>
consteval bool every_member_is_described() {
    return std::tuple_size_v<decltype(S::fields())> == arity<S>();
}

template <DescribedEnum E>
std::string_view choice_name(E value) {
    for (const auto& choice : choices_of(value)) {
        if (choice.value == value)
            return choice.name;
    }
    return "?";
}

/// Collects what is wrong with the arguments of one call.
struct Reader {
    std::vector<Problem> problems;
    void complain(const std::string& pointer, const Value& found, std::string message, std::string allowed,
                  std::string nearest = {});
    /// For what is not `kind` (`a number`): because it is none, or because it cannot be kept exactly.
    void complain_of_number(const std::string& pointer, const Value& found, const std::string& kind);
};

std::string brief_text(const Value& value);
std::optional<std::string> read_text(const Value& value);
std::optional<std::int64_t> read_integer(const Value& value);
std::optional<Rational> read_exact(const Value& value);
std::string bounds_text(const Bounds& bounds);
void check_names(const Value& arguments, const std::vector<std::string>& known, Reader& reader);

}  // namespace detail

/// The tree of a described struct, or of any field type.
template <class T>
Value to_value(const T& object) {
    if constexpr (std::same_as<T, Value>) {
        return object;
    } else if constexpr (std::same_as<T, bool>) {
        return Value(object);
    } else if constexpr (std::integral<T>) {
        return Value(static_cast<std::int64_t>(object));
    } else if constexpr (std::floating_point<T>) {
        return Value(static_cast<double>(object));
    } else if constexpr (std::same_as<T, Rational>) {
        return Value(object);
    } else if constexpr (std::convertible_to<T, std::string_view>) {
        return Value(std::string_view(object));
    } else if constexpr (std::same_as<T, Document>) {
        return Value("sha256:" + sha256(object.text));
    } else if constexpr (DescribedEnum<T>) {
        return Value(detail::choice_name(object));
    } else if constexpr (detail::is_optional<T>) {
        return object ? to_value(*object) : Value();
    } else if constexpr (detail::is_named<T>) {
        Value::Map map;
        map.reserve(object.size());
        for (const auto& [name, item] : object)
            map.emplace_back(name, to_value(item));
        return Value(std::move(map));
    } else if constexpr (detail::is_vector<T>) {
        Value::List list;
        list.reserve(object.size());
        for (const auto& item : object) {
            list.push_back(to_value(static_cast<const typename T::value_type&>(item)));
        }
        return Value(std::move(list));
    } else {
        static_assert(Described<T>, "not a type that described structs may hold");
        static_assert(detail::every_member_is_described<T>(), "every member must be described in fields()");
        Value::Map map;
        std::apply(
            [&](const auto&... f) {
                (map.emplace_back(std::string(f.name), to_value(object.*(f.member))), ...);
            },
            T::fields());
        return Value(std::move(map));
    }
}

template <Described S>
std::vector<FieldShape> fields_of();

/// The run-time description of a type.
template <class T>
Shape shape_of() {
    Shape shape;
    if constexpr (std::same_as<T, Value>) {
        shape.kind = ShapeKind::anything;
    } else if constexpr (std::same_as<T, bool>) {
        shape.kind = ShapeKind::boolean;
    } else if constexpr (std::integral<T>) {
        shape.kind = ShapeKind::integer;
    } else if constexpr (std::floating_point<T>) {
        shape.kind = ShapeKind::number;
    } else if constexpr (std::same_as<T, Rational>) {
        shape.kind = ShapeKind::number;
        shape.exact = true;
    } else if constexpr (std::convertible_to<T, std::string_view>) {
        shape.kind = ShapeKind::text;
    } else if constexpr (std::same_as<T, Document>) {
        shape.kind = ShapeKind::text;
        shape.document = true;
    } else if constexpr (DescribedEnum<T>) {
        shape.kind = ShapeKind::choice;
        for (const auto& choice : choices_of(T{}))
            shape.choices.emplace_back(choice.name, choice.meaning);
    } else if constexpr (detail::is_optional<T>) {
        shape = shape_of<typename T::value_type>();
        shape.optional = true;
    } else if constexpr (detail::is_named<T>) {
        shape.kind = ShapeKind::map;
        shape.item = std::make_shared<const Shape>(shape_of<typename T::value_type::second_type>());
    } else if constexpr (detail::is_vector<T>) {
        shape.kind = ShapeKind::list;
        shape.item = std::make_shared<const Shape>(shape_of<typename T::value_type>());
    } else {
        static_assert(Described<T>, "not a type that described structs may hold");
        shape.kind = ShapeKind::record;
        shape.fields = fields_of<T>();
    }
    return shape;
}

/// The run-time description of a described struct's fields, with their defaults.
template <Described S>
std::vector<FieldShape> fields_of() {
    static_assert(detail::every_member_is_described<S>(), "every member must be described in fields()");
    const S fresh{};
    std::vector<FieldShape> shapes;
    std::apply(
        [&](const auto&... f) {
            (shapes.push_back({f.name, f.meaning, f.unit, f.bounds,
                               shape_of<std::remove_cvref_t<decltype(fresh.*(f.member))>>(),
                               to_value(fresh.*(f.member))}),
             ...);
        },
        S::fields());
    return shapes;
}

namespace detail {

/// Reads one field; complains and leaves `target` alone where the value does not fit.
template <class T>
void read(const Value& value, T& target, const Bounds& bounds, const std::string& pointer, Reader& reader) {
    const auto within = [&](double x) {
        if ((!bounds.low || x >= *bounds.low) && (!bounds.high || x <= *bounds.high))
            return true;
        reader.complain(pointer, value, "out of range", bounds_text(bounds));
        return false;
    };
    if constexpr (std::same_as<T, Value>) {
        target = value;
    } else if constexpr (is_optional<T>) {
        if (value.is_null()) {
            target.reset();
            return;
        }
        typename T::value_type inner{};
        const std::size_t before = reader.problems.size();
        read(value, inner, bounds, pointer, reader);
        if (reader.problems.size() == before)
            target = std::move(inner);
    } else if constexpr (std::same_as<T, bool>) {
        const auto* truth = value.get<bool>();
        const auto text = read_text(value);
        if (truth != nullptr) {
            target = *truth;
        } else if (text == "true" || text == "yes") {
            target = true;
        } else if (text == "false" || text == "no") {
            target = false;
        } else {
            reader.complain(pointer, value, "not a truth value", "true or false");
        }
    } else if constexpr (std::integral<T>) {
        const auto integer = read_integer(value);
        if (!integer) {
            reader.complain_of_number(pointer, value, "a whole number");
        } else if (within(static_cast<double>(*integer))) {
            if (std::in_range<T>(*integer))
                target = static_cast<T>(*integer);
            else
                reader.complain(pointer, value, "out of range", "a whole number nearer to 0");
        }
    } else if constexpr (std::floating_point<T> || std::same_as<T, Rational>) {
        const auto exact = read_exact(value);
        if (!exact) {
            reader.complain_of_number(pointer, value, "a number");
        } else if (within(exact->to_double())) {
            if constexpr (std::same_as<T, Rational>) {
                target = *exact;
            } else {
                target = value.get<double>() != nullptr ? *value.get<double>() : exact->to_double();
            }
        }
    } else if constexpr (std::same_as<T, std::string> || std::same_as<T, Document>) {
        if (auto text = read_text(value)) {
            target = T{std::move(*text)};
        } else {
            reader.complain(pointer, value, "not a text", "a text");
        }
    } else if constexpr (DescribedEnum<T>) {
        const auto text = read_text(value);
        std::vector<std::string> names;
        for (const auto& choice : choices_of(T{})) {
            names.emplace_back(choice.name);
            if (text && *text == choice.name) {
                target = choice.value;
                return;
            }
        }
        reader.complain(pointer, value, "not one of the choices", join_names(names),
                        text ? nearest_name(*text, names) : std::string{});
    } else if constexpr (is_named<T>) {
        const auto* map = value.get<Value::Map>();
        if (map == nullptr) {
            reader.complain(pointer, value, "not a map", "names with their values");
            return;
        }
        T items;
        for (const auto& [name, item] : *map) {
            items.emplace_back(name, typename T::value_type::second_type{});
            read(item, items.back().second, bounds, pointer + '/' + name, reader);
        }
        target = std::move(items);
    } else if constexpr (is_vector<T>) {
        const auto* list = value.get<Value::List>();
        if (list == nullptr) {
            reader.complain(pointer, value, "not a list", "a list");
            return;
        }
        T items;
        for (std::size_t i = 0; i < list->size(); ++i) {
            items.push_back({});
            read((*list)[i], items.back(), bounds, pointer + '/' + std::to_string(i), reader);
        }
        target = std::move(items);
    } else {
        static_assert(sizeof(T) == 0, "options hold flat values only");
    }
}

}  // namespace detail

/// Options from their arguments (a map from field name to value; null means none given).
///
/// Texts are accepted where a number, truth value or choice is due, as a command line gives them.
/// Throws `Error` (invalid_option) with every problem: unknown names (with a near match), wrong types, values
/// out of bounds.
template <Described S>
S read_options(const Value& arguments) {
    static_assert(detail::every_member_is_described<S>(), "every member must be described in fields()");
    S options{};
    detail::Reader reader;
    std::vector<std::string> known;
    std::apply(
        [&](const auto&... f) {
            (known.emplace_back(f.name), ...);
            const auto one = [&](const auto& each) {
                if (const Value* value = arguments.find(each.name)) {
                    detail::read(*value, options.*(each.member), each.bounds, '/' + std::string(each.name),
                                 reader);
                }
            };
            (one(f), ...);
        },
        S::fields());
    detail::check_names(arguments, known, reader);
    if (!reader.problems.empty())
        throw Error(ErrorKind::invalid_option, std::move(reader.problems));
    return options;
}

}  // namespace steelyard
