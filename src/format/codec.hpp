// SPDX-License-Identifier: Apache-2.0
#pragma once
/// How types of a case stand in a file: read, written and described by one definition each.
///
/// `Codec<T>` has
///
///     static void read(Reader&, const Node&, T&)      complains to the reader where a node does not fit
///     static Value write(const Case&, const T&)       the tree that reads back as the same T
///     static bool absent(const T&)                    (optional) nothing needs to be written
///     static Form form(Glossary&)                     what may stand there, in words and as JSON Schema
///
/// A struct that stands as a map needs no codec of its own, only its keys:
///
///     template <> struct Keys<Actor> {
///       static constexpr std::string_view name = "actor";
///       static constexpr std::string_view meaning = "A party that decides or is affected.";
///       static constexpr auto list() {
///         return std::tuple{key("about", &Actor::about, "What readers should know of it."), ...};
///       }
///     };
///
/// From `list()` come reading, writing, the messages about unknown and missing keys, the schema and the
/// reference page.  Optional members of Keys<S>: `prepare(S&)` sets what is meant when a key is left out,
/// `check(Reader&, const Node&, S&)` looks at the whole.

#include "form.hpp"
#include "reader.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/core/value.hpp"
#include "steelyard/format/case_file.hpp"

#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace steelyard::format {

// ---- keys ---------------------------------------------------------------------------------------

template <class T>
struct Codec;

template <class S>
struct Keys;

enum class Need { may, must };

/// One key of a map.  `of` leads from the struct to what the key holds: a member pointer or a function.
/// C: the codec, void for that of the member's type.
template <class C, class P>
struct Key {
    std::string_view name;
    P of;
    std::string_view meaning;
    Need need;
};

template <class C = void, class P>
constexpr Key<C, P> key(std::string_view name, P of, std::string_view meaning, Need need = Need::may) {
    return {name, of, meaning, need};
}

/// For codecs that need the whole struct.
inline constexpr auto whole = [](auto& object) -> auto& { return object; };

template <class S>
concept Record = requires { Keys<S>::list(); };

template <class C, class P, class S>
struct CodecOf {
    using type = C;
};
template <class P, class S>
struct CodecOf<void, P, S> {
    using type = Codec<std::remove_cvref_t<std::invoke_result_t<P, S&>>>;
};

template <class S>
std::vector<std::string> key_names() {
    std::vector<std::string> names;
    std::apply([&](const auto&... k) { (names.emplace_back(k.name), ...); }, Keys<S>::list());
    return names;
}

/// Calls `f.template operator()<codec>(key)` for every key of S.
template <class S, class F>
void for_each_key(const F& f) {
    const auto one = [&]<class C, class P>(const Key<C, P>& k) {
        f.template operator()<typename CodecOf<C, P, S>::type>(k);
    };
    std::apply([&](const auto&... k) { (one(k), ...); }, Keys<S>::list());
}

template <Record S>
void read_record(Reader& reader, const Node& node, S& target) {
    if constexpr (requires { Keys<S>::prepare(target); })
        Keys<S>::prepare(target);
    if (!reader.is_map(node, "a " + std::string(Keys<S>::name)))
        return;
    std::vector<bool> known(node.keys.size());
    std::vector<std::string_view> left_out;
    for_each_key<S>([&]<class C>(const auto& k) {
        for (std::size_t i = 0; i < node.keys.size(); ++i) {
            if (node.keys[i].text == k.name) {
                known[i] = true;
                C::read(reader, node.items[i], std::invoke(k.of, target));
                return;
            }
        }
        if (k.need == Need::must)
            left_out.push_back(k.name);
    });
    // A misspelt key is one problem, not two: the key that was probably meant does not count as missing.
    bool misspelt = false;
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
        if (!known[i]) {
            misspelt = true;
            std::erase(left_out, reader.unknown_key(node, i, key_names<S>()));
        }
    }
    for (const std::string_view name : left_out)
        reader.missing(node, "the key '" + std::string(name) + "' is missing");
    if constexpr (requires { Keys<S>::check(reader, node, target); }) {
        if (!misspelt)
            Keys<S>::check(reader, node, target);
    }
}

template <Record S>
Value write_record(const Case& subject, const S& object) {
    Value::Map map;
    for_each_key<S>([&]<class C>(const auto& k) {
        const auto& member = std::invoke(k.of, object);
        if constexpr (requires { C::absent(member); }) {
            if (C::absent(member))
                return;
        }
        map.emplace_back(std::string(k.name), C::write(subject, member));
    });
    return Value(std::move(map));
}

template <Record S>
Form record_form(Glossary& glossary) {
    return glossary.record(
        Keys<S>::name, Keys<S>::meaning, [&](Glossary::Page& page, Value::Map& properties) {
            for_each_key<S>([&]<class C>(const auto& k) {
                const Form form = C::form(glossary);
                page.rows.push_back({k.name, k.need == Need::must, form.words, k.meaning});
                properties.emplace_back(std::string(k.name),
                                        schema_with(form.schema, "description", Value(k.meaning)));
            });
        });
}

template <Record S>
struct Codec<S> {
    static void read(Reader& reader, const Node& node, S& target) { read_record(reader, node, target); }
    static Value write(const Case& subject, const S& object) { return write_record(subject, object); }
    static Form form(Glossary& glossary) { return record_form<S>(glossary); }
};

// ---- plain types --------------------------------------------------------------------------------

template <>
struct Codec<std::string> {
    static void read(Reader& reader, const Node& node, std::string& target);
    static Value write(const Case&, const std::string& text) { return Value(text); }
    static bool absent(const std::string& text) { return text.empty(); }
    static Form form(Glossary& glossary);
};

template <>
struct Codec<bool> {
    static void read(Reader& reader, const Node& node, bool& target);
    static Value write(const Case&, bool truth) { return Value(truth); }
    static bool absent(bool truth) { return !truth; }
    static Form form(Glossary& glossary);
};

template <>
struct Codec<Rational> {
    static void read(Reader& reader, const Node& node, Rational& target);
    static Value write(const Case&, const Rational& value) { return Value(value); }
    static Form form(Glossary& glossary);
};

template <>
struct Codec<std::int64_t> {
    static void read(Reader& reader, const Node& node, std::int64_t& target);
    static Value write(const Case&, std::int64_t value) { return Value(value); }
    static Form form(Glossary& glossary);
};

template <>
struct Codec<int> {
    static void read(Reader& reader, const Node& node, int& target);
    static Value write(const Case&, int value) { return Value(std::int64_t{value}); }
    static Form form(Glossary& glossary);
};

/// Any tree: the options and values of known answers.
template <>
struct Codec<Value> {
    static void read(Reader& reader, const Node& node, Value& target);
    static Value write(const Case&, const Value& value) { return value; }
    static bool absent(const Value& value) { return value.is_null(); }
    static Form form(Glossary& glossary);
};

/// Any tree, where nothing is a value as well.
struct AnyValue {
    static void read(Reader& reader, const Node& node, Value& target) {
        Codec<Value>::read(reader, node, target);
    }
    static Value write(const Case&, const Value& value) { return value; }
    static Form form(Glossary& glossary) { return Codec<Value>::form(glossary); }
};

template <class T>
struct Codec<std::optional<T>> {
    static void read(Reader& reader, const Node& node, std::optional<T>& target) {
        Codec<T>::read(reader, node, target.emplace());
    }
    static Value write(const Case& subject, const std::optional<T>& value) {
        return Codec<T>::write(subject, *value);
    }
    static bool absent(const std::optional<T>& value) { return !value; }
    static Form form(Glossary& glossary) { return Codec<T>::form(glossary); }
};

/// The words of an enumeration: its `name`, and `list`, an array of core's `Choice<E>`.
template <class E>
struct Choices;

template <class E>
    requires requires { Choices<E>::list; }
struct Codec<E> {
    static void read(Reader& reader, const Node& node, E& target) {
        std::vector<std::string> names;
        for (const auto& choice : Choices<E>::list) {
            names.emplace_back(choice.name);
            if (node.kind == Node::Kind::scalar && node.text == choice.name) {
                target = choice.value;
                return;
            }
        }
        reader.complain(node, "not one of the words that may stand here", shown(node), join_names(names, 20),
                        nearest_name(node.text.substr(0, CaseLimits::id_characters), names));
    }
    static Value write(const Case&, E value) {
        for (const auto& choice : Choices<E>::list) {
            if (choice.value == value)
                return Value(choice.name);
        }
        return {};
    }
    static Form form(Glossary& glossary) {
        return glossary.choice(Choices<E>::name, [](std::vector<Glossary::Row>& rows) {
            for (const auto& choice : Choices<E>::list)
                rows.push_back({choice.name, false, {}, choice.meaning});
        });
    }
};

// ---- lists and maps -----------------------------------------------------------------------------

/// A list.  Every item is kept, also one that could not be read, so that places stay in step.
template <class T>
struct Codec<std::vector<T>> {
    static void read(Reader& reader, const Node& node, std::vector<T>& target) {
        if (!reader.is_list(node, "this"))
            return;
        for (const Node& item : node.items)
            Codec<T>::read(reader, item, target.emplace_back());
    }
    static Value write(const Case& subject, const std::vector<T>& items) {
        Value::List list;
        for (const T& item : items)
            list.push_back(Codec<T>::write(subject, item));
        return Value(std::move(list));
    }
    static bool absent(const std::vector<T>& items) { return items.empty(); }
    static Form form(Glossary& glossary) {
        Form item = Codec<T>::form(glossary);
        return {"list of " + item.words, schema_array(std::move(item.schema))};
    }
};

/// One item as it is, several as a list.
template <class T>
struct OneOrMore {
    static void read(Reader& reader, const Node& node, std::vector<T>& target) {
        if (node.kind == Node::Kind::list)
            Codec<std::vector<T>>::read(reader, node, target);
        else
            Codec<T>::read(reader, node, target.emplace_back());
    }
    static Value write(const Case& subject, const std::vector<T>& items) {
        return items.size() == 1 ? Codec<T>::write(subject, items.front())
                                 : Codec<std::vector<T>>::write(subject, items);
    }
    static bool absent(const std::vector<T>& items) { return items.empty(); }
    static Form form(Glossary& glossary) {
        const Form item = Codec<T>::form(glossary);
        return {item.words + ", or a list of them", schema_any_of({item.schema, schema_array(item.schema)})};
    }
};

/// A map from ids, declared here, to records: `S::id` is the key.
template <class S>
struct ById {
    static void read(Reader& reader, const Node& node, std::vector<S>& target) {
        if (!reader.is_map(node, "this"))
            return;
        for (std::size_t i = 0; i < node.keys.size(); ++i) {
            reader.check_id(node.keys[i]);
            S& item = target.emplace_back();
            item.id = node.keys[i].text;
            Codec<S>::read(reader, node.items[i], item);
        }
    }
    static Value write(const Case& subject, const std::vector<S>& items) {
        Value::Map map;
        for (const S& item : items)
            map.emplace_back(item.id, Codec<S>::write(subject, item));
        return Value(std::move(map));
    }
    static bool absent(const std::vector<S>& items) { return items.empty(); }
    static Form form(Glossary& glossary) {
        Form item = Codec<S>::form(glossary);
        return {"id: " + item.words, schema_map(std::move(item.schema))};
    }
};

/// A list of records that carry an `id`, each its own.
template <class S>
struct WithIds : Codec<std::vector<S>> {
    static void read(Reader& reader, const Node& node, std::vector<S>& target) {
        Codec<std::vector<S>>::read(reader, node, target);
        NameList seen;
        for (std::size_t i = 0; i < target.size(); ++i) {
            if (!target[i].id.empty() && seen.find(target[i].id))
                reader.complain(node.items[i], "the same id twice", target[i].id, "each id once");
            seen.add(target[i].id);
        }
    }
};

/// An id that is declared where it stands.
struct IdText {
    static void read(Reader& reader, const Node& node, std::string& target);
    static Value write(const Case&, const std::string& text) { return Value(text); }
    static bool absent(const std::string& text) { return text.empty(); }
    static Form form(Glossary& glossary);
};

}  // namespace steelyard::format
