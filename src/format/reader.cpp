// SPDX-License-Identifier: Apache-2.0
#include "reader.hpp"

#include "steelyard/format/case_file.hpp"
#include "utf8.hpp"

#include <algorithm>
#include <array>

namespace steelyard::format {

namespace {

constexpr std::array<std::string_view, 7> kReserved{"and", "or", "not", "if", "iff", "none", "all"};

const Node* member(const Node& node, std::string_view name) {
    if (node.kind != Node::Kind::map)
        return nullptr;
    const auto key = std::ranges::find(node.keys, name, &Node::text);
    return key == node.keys.end() ? nullptr : &node.items[static_cast<std::size_t>(key - node.keys.begin())];
}

/// The keys of the map, or the texts of the list, that stands under `name`.
NameList names_in(const Node& parent, std::string_view name) {
    NameList names;
    const Node* node = member(parent, name);
    names.complete = node == nullptr ? !parent.open : !node->open;
    if (node == nullptr)
        return names;
    for (const Node& id : node->kind == Node::Kind::map ? node->keys : node->items) {
        if (id.kind == Node::Kind::scalar)
            names.add(id.text);
    }
    return names;
}

/// The same for a section that must be a map.
NameList keys_of(const Node& parent, std::string_view name) {
    const Node* node = member(parent, name);
    return node == nullptr || node->kind == Node::Kind::map ? names_in(parent, name) : NameList{};
}

bool is_id(std::string_view text) {
    const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
    return !text.empty() && text.size() <= CaseLimits::id_characters && lower(text.front()) &&
           std::ranges::all_of(
               text, [&](char c) { return lower(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
}

/// The id that somebody probably meant by `text`, or nothing.
std::string suggested_id(std::string_view text) {
    std::string id;
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z')
            id += static_cast<char>(c - 'A' + 'a');
        else
            id += c == ' ' || c == '.' ? '_' : c;
    }
    return is_id(id) ? id : std::string{};
}

bool only_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool Reader::declare(const Node& root) {
    declared_.actors = keys_of(root, "actors");
    declared_.issues = keys_of(root, "issues");
    declared_.tables = keys_of(root, "tables");
    declared_.sources = keys_of(root, "sources");
    declared_.claims = keys_of(root, "claims");
    const Node* conflict = member(root, "conflict");
    declared_.moves = keys_of(conflict == nullptr ? root : *conflict, "options");
    std::size_t options = 0;
    if (!declared_.issues.ids().empty()) {
        for (const Node& issue : member(root, "issues")->items) {
            declared_.options.push_back(names_in(issue, "options"));
            options += declared_.options.back().ids().size();
        }
    }
    const auto within = [&](std::size_t count, std::size_t most, std::string_view what) {
        if (count > most)
            complain(root, "the case has too many " + std::string(what), std::to_string(count),
                     "at most " + std::to_string(most));
        return count <= most;
    };
    return within(declared_.actors.ids().size(), CaseLimits::actors, "actors") &&
           within(declared_.issues.ids().size(), CaseLimits::issues, "issues") &&
           within(options, CaseLimits::options, "options");
}

void Reader::complain(const Node& at, std::string message, std::string found, std::string allowed,
                      std::string nearest) {
    if (problems_.size() >= CaseLimits::problems) {
        ++dropped_;
        return;
    }
    problems_.push_back({Place{{}, at.begin.line, at.begin.column, at.pointer}, std::move(message),
                         std::move(found), std::move(allowed), std::move(nearest)});
}

void Reader::missing(const Node& at, std::string message, std::string allowed) {
    if (!at.open)
        complain(at, std::move(message), {}, std::move(allowed));
}

bool Reader::is_map(const Node& node, std::string_view what) {
    if (node.kind == Node::Kind::map || node.nothing())
        return true;
    complain(node, std::string(what) + " is written as names with their values", shown(node), "key: value");
    return false;
}

bool Reader::is_list(const Node& node, std::string_view what) {
    if (node.kind == Node::Kind::list || node.nothing())
        return true;
    complain(node, std::string(what) + " is written as a list", shown(node),
             "[a, b], or a line '- a' for each");
    return false;
}

const std::string* Reader::text(const Node& node, std::string_view what) {
    if (node.kind == Node::Kind::scalar)
        return &node.text;
    complain(node, std::string(what) + " is due", shown(node), "one text; in quotes if it has brackets");
    return nullptr;
}

std::optional<std::size_t> Reader::look_up(const Node& node, const NameList& names, std::string_view what) {
    const std::string* name = text(node, "the id of one " + std::string(what));
    if (name == nullptr)
        return std::nullopt;
    const auto found = names.find(*name);
    if (!found && names.complete) {
        if (node.nothing())
            complain(node, "the id of one " + std::string(what) + " is due", {}, join_names(names.ids()));
        else
            complain(node, "unknown " + std::string(what), shown(node),
                     names.ids().empty() ? "the case declares none" : join_names(names.ids()),
                     near(*name, names.ids()));
    }
    return found;
}

std::optional<OptionId> Reader::option(const Node& node, IssueId issue) {
    const NameList& own = declared_.options[issue.index];
    const std::string& issue_id = declared_.issues.ids()[issue.index];
    if (node.kind == Node::Kind::scalar && !own.find(node.text) && own.complete) {
        for (std::size_t other = 0; other < declared_.options.size(); ++other) {
            if (!declared_.options[other].find(node.text))
                continue;
            complain(node,
                     "this is an option of issue '" + declared_.issues.ids()[other] + "', not of '" +
                         issue_id + "'",
                     shown(node), join_names(own.ids()), near(node.text, own.ids()));
            return std::nullopt;
        }
    }
    const auto found = look_up(node, own, "option of issue '" + issue_id + "'");
    return found ? std::optional(OptionId(*found)) : std::nullopt;
}

std::string Reader::unknown_key(const Node& map, std::size_t k, const std::vector<std::string>& known) {
    if (cut_by_comma(map, k))
        return {};
    const Node& key = map.keys[k];
    std::string nearest = near(key.text, known);
    complain(key, "unknown key", shown(key), join_names(known, 30), nearest);
    return nearest;
}

bool Reader::cut_by_comma(const Node& map, std::size_t k) {
    const Node& key = map.keys[k];
    if (!map.flow || !map.items[k].nothing() || k == 0 || map.items[k - 1].kind != Node::Kind::scalar)
        return false;
    const std::string& before = map.items[k - 1].text;
    if (only_digits(key.text) && Rational::parse(before))
        complain(key, "a decimal comma? Between brackets a comma ends the number", before + ',' + key.text,
                 before + '.' + key.text);
    else
        complain(key, "a comma in a text? Between brackets a comma ends the text", shown(key),
                 "put the whole text in quotes");
    return true;
}

void Reader::check_id(const Node& node) {
    if (std::ranges::find(kReserved, node.text) != kReserved.end()) {
        complain(node, "an id may not be a word with a meaning of its own", node.text,
                 "any other word than and, or, not, if, iff, none, all");
    } else {
        check_option_id(node);
    }
}

void Reader::check_option_id(const Node& node) {
    if (!is_id(node.text)) {
        complain(node, "this cannot be an id", shown(node),
                 "a lower-case letter, then letters a-z, digits, _ or -; at most " +
                     std::to_string(CaseLimits::id_characters),
                 suggested_id(node.text));
    }
}

std::string Reader::near(const std::string& name, const std::vector<std::string>& candidates) {
    // Enough for any file a person writes; a hostile one is not searched for near matches without end.
    constexpr std::size_t kMostCompared = 20'000'000;
    for (const std::string& candidate : candidates)
        near_work_ += (name.size() + 1) * (candidate.size() + 1);
    return near_work_ > kMostCompared ? std::string{} : nearest_name(name, candidates);
}

std::string shown(const Node& node) {
    constexpr std::size_t kMost = 60;
    const std::string count = std::to_string(node.items.size());
    if (node.kind == Node::Kind::list)
        return "a list of " + count;
    if (node.kind == Node::Kind::map)
        return "a map of " + count;
    std::string text;
    std::size_t characters = 0;
    for (std::size_t at = 0; at < node.text.size();) {
        const Utf8 character = read_utf8(node.text, at);
        if (++characters > kMost)
            return text + "...";
        text += character.code < 0x20 ? std::string(" ") : node.text.substr(at, character.size);
        at += std::max<std::size_t>(1, character.size);
    }
    return text;
}

}  // namespace steelyard::format
