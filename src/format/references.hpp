// SPDX-License-Identifier: Apache-2.0
#pragma once
/// How parts of a case file refer to actors, issues, claims and the like by their ids.

#include "codec.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steelyard::format {

/// Where the ids of a kind of thing are declared, and what it is called.
template <class Tag>
struct Referred;
template <>
struct Referred<ActorTag> {
    static constexpr std::string_view word = "actor";
    static const NameList& names(const Declared& d) { return d.actors; }
    static const std::string& id(const Case& c, ActorId i) { return c[i].id; }
};
template <>
struct Referred<IssueTag> {
    static constexpr std::string_view word = "issue";
    static const NameList& names(const Declared& d) { return d.issues; }
    static const std::string& id(const Case& c, IssueId i) { return c[i].id; }
};
template <>
struct Referred<TableTag> {
    static constexpr std::string_view word = "table";
    static const NameList& names(const Declared& d) { return d.tables; }
    static const std::string& id(const Case& c, TableId i) { return c[i].id; }
};
template <>
struct Referred<SourceTag> {
    static constexpr std::string_view word = "source";
    static const NameList& names(const Declared& d) { return d.sources; }
    static const std::string& id(const Case& c, SourceId i) { return c[i].id; }
};
template <>
struct Referred<ClaimTag> {
    static constexpr std::string_view word = "claim";
    static const NameList& names(const Declared& d) { return d.claims; }
    static const std::string& id(const Case& c, ClaimId i) { return c[i].id; }
};
template <>
struct Referred<MoveTag> {
    static constexpr std::string_view word = "conflict option";
    static const NameList& names(const Declared& d) { return d.moves; }
    static const std::string& id(const Case& c, MoveId i) { return c.conflict->moves[i.index].id; }
};

template <class Tag>
std::optional<Id<Tag>> look_up(Reader& reader, const Node& node) {
    const auto found = reader.look_up(node, Referred<Tag>::names(reader.declared()), Referred<Tag>::word);
    return found ? std::optional(Id<Tag>(*found)) : std::nullopt;
}

/// The same for key `k` of a map.
template <class Tag>
std::optional<Id<Tag>> look_up_key(Reader& reader, const Node& map, std::size_t k) {
    if (!Referred<Tag>::names(reader.declared()).find(map.keys[k].text) && reader.cut_by_comma(map, k))
        return std::nullopt;
    return look_up<Tag>(reader, map.keys[k]);
}

template <class Tag>
struct Codec<Id<Tag>> {
    static void read(Reader& reader, const Node& node, Id<Tag>& target) {
        target = look_up<Tag>(reader, node).value_or(target);
    }
    static Value write(const Case& subject, const Id<Tag>& id) {
        return Value(Referred<Tag>::id(subject, id));
    }
    static Form form(Glossary&) { return {std::string(Referred<Tag>::word) + " id", schema_type("string")}; }
};

template <class Tag>
struct Codec<std::optional<Id<Tag>>> {
    static void read(Reader& reader, const Node& node, std::optional<Id<Tag>>& target) {
        target = look_up<Tag>(reader, node);
    }
    static Value write(const Case& subject, const std::optional<Id<Tag>>& id) {
        return Codec<Id<Tag>>::write(subject, *id);
    }
    static bool absent(const std::optional<Id<Tag>>& id) { return !id; }
    static Form form(Glossary& glossary) { return Codec<Id<Tag>>::form(glossary); }
};

/// A set of references: unknown ones are left out, a name that stands twice is a problem.
template <class Tag>
struct Codec<std::vector<Id<Tag>>> {
    static void read(Reader& reader, const Node& node, std::vector<Id<Tag>>& target) {
        if (!reader.is_list(node, "this"))
            return;
        NameList seen;
        for (const Node& item : node.items) {
            const auto id = look_up<Tag>(reader, item);
            if (!id)
                continue;
            if (seen.find(item.text))
                reader.complain(item, "named twice in one list", item.text, "each name once");
            else
                target.push_back(*id);
            seen.add(item.text);
        }
    }
    static Value write(const Case& subject, const std::vector<Id<Tag>>& ids) {
        Value::List list;
        for (const Id<Tag>& id : ids)
            list.push_back(Codec<Id<Tag>>::write(subject, id));
        return Value(std::move(list));
    }
    static bool absent(const std::vector<Id<Tag>>& ids) { return ids.empty(); }
    static Form form(Glossary& glossary) {
        return {"list of " + std::string(Referred<Tag>::word) + " ids",
                schema_array(Codec<Id<Tag>>::form(glossary).schema)};
    }
};

/// A map from references to values.
template <class Tag, class T>
struct Codec<std::vector<std::pair<Id<Tag>, T>>> {
    using Pairs = std::vector<std::pair<Id<Tag>, T>>;
    static void read(Reader& reader, const Node& node, Pairs& target) {
        if (!reader.is_map(node, "this"))
            return;
        for (std::size_t i = 0; i < node.keys.size(); ++i) {
            if (const auto id = look_up_key<Tag>(reader, node, i))
                Codec<T>::read(reader, node.items[i], target.emplace_back(*id, T{}).second);
        }
    }
    static Value write(const Case& subject, const Pairs& pairs) {
        Value::Map map;
        for (const auto& [id, value] : pairs)
            map.emplace_back(Referred<Tag>::id(subject, id), Codec<T>::write(subject, value));
        return Value(std::move(map));
    }
    static bool absent(const Pairs& pairs) { return pairs.empty(); }
    static Form form(Glossary& glossary) {
        Form value = Codec<T>::form(glossary);
        return {std::string(Referred<Tag>::word) + " id: " + value.words,
                schema_map(std::move(value.schema))};
    }
};

/// A map from actors to what member M of S holds for each.
template <class S, auto M>
struct ByActor {
    using Payload = Codec<std::remove_cvref_t<decltype(std::declval<S>().*M)>>;
    static void read(Reader& reader, const Node& node, std::vector<S>& target) {
        if (!reader.is_map(node, "this"))
            return;
        for (std::size_t i = 0; i < node.keys.size(); ++i) {
            if (const auto actor = look_up_key<ActorTag>(reader, node, i)) {
                S& item = target.emplace_back();
                item.actor = *actor;
                Payload::read(reader, node.items[i], item.*M);
            }
        }
    }
    static Value write(const Case& subject, const std::vector<S>& items) {
        Value::Map map;
        for (const S& item : items)
            map.emplace_back(subject[item.actor].id, Payload::write(subject, item.*M));
        return Value(std::move(map));
    }
    static bool absent(const std::vector<S>& items) { return items.empty(); }
    static Form form(Glossary& glossary) {
        Form value = Payload::form(glossary);
        return {"actor id: " + value.words, schema_map(std::move(value.schema))};
    }
};

}  // namespace steelyard::format
