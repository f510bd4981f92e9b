// SPDX-License-Identifier: Apache-2.0
#include "exchange_formats.hpp"
#include "foreign_text.hpp"
#include "foreign_tree.hpp"
#include "ids.hpp"
#include "patterns.hpp"
#include "reader.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace steelyard::format {

namespace {

constexpr std::size_t kMostMoves = 30;
constexpr std::size_t kMostMakers = 200;

constexpr std::array<std::string_view, 10> kKnownKeys{"options",
                                                      "decisionMakers",
                                                      "infeasibles",
                                                      "useManualPreferenceRanking",
                                                      "useManualPreferenceVectors",
                                                      "coalitions",
                                                      "coalitionsFull",
                                                      "program",
                                                      "version",
                                                      "nodes"};
constexpr std::array<std::string_view, 9> kKnownOfMaker{
    "name",    "options",     "preferences", "preferenceRanking", "preferenceVector", "misperceptions",
    "payoffs", "isCoalition", "members"};

class GmcrReader {
public:
    GmcrReader(ForeignTree& tree, Findings& findings) : tree_(tree), findings_(findings) {}

    Case read() {
        const Node& root = tree_.root();
        subject_.conflict.emplace();
        Conflict& conflict = *subject_.conflict;
        read_options(root);
        const Node* makers = tree_.need(root, "decisionMakers", "the file");
        if (makers != nullptr && tree_.is_list(*makers, "decisionMakers"))
            read_makers(*makers);
        if (const Node* infeasibles = ForeignTree::find(root, "infeasibles"); infeasibles != nullptr) {
            for (Patterns& patterns : conditions(*infeasibles, "infeasibles")) {
                infeasible_.insert(infeasible_.end(), patterns.begin(), patterns.end());
                given_infeasible_.push_back(std::move(patterns));
            }
        }
        const bool manual = read_manual(root);
        if (makers == nullptr || !findings_.clean())
            return std::move(subject_);
        for (const Patterns& patterns : given_infeasible_)
            conflict.infeasible.emplace_back(expression_of(patterns, conflict.moves));
        const auto states = manual ? feasible_states(infeasible_, conflict.moves.size()) : std::nullopt;
        if (manual && !states)
            tree_.unsupported(root,
                              "too many options and patterns to number the states that rankings refer to", {},
                              "preferences as statements");
        for (std::size_t i = 0; i < makers->items.size(); ++i) {
            if (manual && states)
                read_ranking(makers->items[i], ActorId(i), *states);
            else if (!manual)
                read_statements(makers->items[i], ActorId(i));
            read_misperceptions(makers->items[i], ActorId(i));
        }
        note_the_rest(root);
        return std::move(subject_);
    }

private:
    void read_options(const Node& root) {
        const Node* options = tree_.need(root, "options", "the file");
        if (options == nullptr || !tree_.is_list(*options, "options"))
            return;
        if (options->items.empty() || options->items.size() > kMostMoves)
            tree_.invalid(*options, "a conflict has at most 30 options, and at least one",
                          std::to_string(options->items.size()));
        IdMaker ids("o");
        for (const Node& item : options->items) {
            Move move;
            if (const Node* name = tree_.need(item, "name", "an option"); name != nullptr)
                move.name = tree_.text(*name, "the name of an option").value_or("");
            move.id = ids.make(move.name);
            const Node* direction = ForeignTree::find(item, "permittedDirection");
            if (direction == nullptr || direction->text == "both") {
                move.direction = Direction::both;
            } else if (direction->text == "fwd") {
                move.direction = Direction::forward;
            } else if (direction->text == "back") {
                move.direction = Direction::back;
            } else {
                tree_.invalid(*direction, "no direction", shown(*direction), "both, fwd, back");
            }
            subject_.conflict->moves.push_back(std::move(move));
        }
    }

    void read_makers(const Node& makers) {
        if (makers.items.empty() || makers.items.size() > kMostMakers) {
            tree_.invalid(makers, "a conflict has 1 to 200 decision makers",
                          std::to_string(makers.items.size()));
            return;
        }
        IdMaker ids("a");
        std::vector<const Node*> owner(subject_.conflict->moves.size(), nullptr);
        for (std::size_t i = 0; i < makers.items.size(); ++i) {
            const Node& item = makers.items[i];
            Actor actor;
            if (const Node* name = tree_.need(item, "name", "a decision maker"); name != nullptr)
                actor.name = tree_.text(*name, "the name of a decision maker").value_or("");
            actor.id = ids.make(actor.name);
            subject_.actors.push_back(std::move(actor));
            const Node* options = tree_.need(item, "options", "a decision maker");
            if (options == nullptr || !tree_.is_list(*options, "options"))
                continue;
            for (const Node& number : options->items) {
                const auto k = index(number, owner.size(), "an option");
                if (!k)
                    continue;
                if (owner[*k] != nullptr)
                    tree_.invalid(number, "an option belongs to two decision makers",
                                  subject_.conflict->moves[*k].name, "each option in one list");
                owner[*k] = &item;
                subject_.conflict->moves[*k].by = ActorId(i);
            }
        }
        for (std::size_t k = 0; k < owner.size(); ++k) {
            if (owner[k] == nullptr)
                tree_.invalid(makers, "an option belongs to no decision maker",
                              subject_.conflict->moves[k].name);
        }
    }

    bool read_manual(const Node& root) {
        const Node* manual = ForeignTree::find(root, "useManualPreferenceRanking");
        if (manual == nullptr)
            manual = ForeignTree::find(root, "useManualPreferenceVectors");
        if (manual == nullptr) {
            tree_.need(root, "useManualPreferenceRanking", "the file");
            return false;
        }
        if (manual->text != "true" && manual->text != "false")
            tree_.invalid(*manual, "not a truth value", shown(*manual), "true or false");
        return manual->text == "true";
    }

    void read_statements(const Node& maker, ActorId actor) {
        Statements statements;
        if (const Node* preferences = ForeignTree::find(maker, "preferences"); preferences != nullptr) {
            for (const Patterns& patterns : conditions(*preferences, "preferences"))
                statements.statements.push_back(expression_of(patterns, subject_.conflict->moves));
        }
        if (statements.statements.empty()) {
            findings_.note("'" + subject_[actor].id + "' states no preferences: all states are equal to it");
            subject_.conflict->preferences.push_back({actor, MovePoints{{}, false}});
        } else {
            subject_.conflict->preferences.push_back({actor, std::move(statements)});
        }
    }

    void read_ranking(const Node& maker, ActorId actor, const std::vector<StateCode>& states) {
        const Node* list = ForeignTree::find(maker, "preferenceRanking");
        if (list == nullptr)
            list = ForeignTree::find(maker, "preferenceVector");
        if (list == nullptr) {
            tree_.need(maker, "preferenceRanking", "a decision maker");
            return;
        }
        if (!tree_.is_list(*list, "a ranking"))
            return;
        StateRanking ranking;
        std::vector<bool> seen(states.size(), false);
        for (const Node& item : list->items) {
            std::vector<StateCode> tied;
            const auto add = [&](const Node& number) {
                const auto k = index(number, states.size(), "a state", 1);
                if (k && seen[*k])
                    tree_.invalid(number, "a state is ranked twice", number.text);
                if (k) {
                    seen[*k] = true;
                    tied.push_back(states[*k]);
                }
            };
            if (item.kind == Node::Kind::list)
                std::ranges::for_each(item.items, add);
            else
                add(item);
            if (!tied.empty())
                ranking.ranks.push_back(std::move(tied));
        }
        const auto missing = std::ranges::find(seen, false);
        if (missing != seen.end())
            tree_.invalid(*list, "a ranking leaves out a state", std::to_string(missing - seen.begin() + 1),
                          "every feasible state, from 1 to " + std::to_string(states.size()));
        subject_.conflict->preferences.push_back({actor, std::move(ranking)});
    }

    void read_misperceptions(const Node& maker, ActorId actor) {
        const Node* list = ForeignTree::find(maker, "misperceptions");
        if (list == nullptr)
            return;
        Misperception misperception{actor, {}};
        for (const Patterns& patterns : conditions(*list, "misperceptions"))
            misperception.unseen.push_back(expression_of(patterns, subject_.conflict->moves));
        if (!misperception.unseen.empty())
            subject_.conflict->misperceptions.push_back(std::move(misperception));
    }

    /// A list of conditions: [[option, "Y" or "N"], ..], or {members: [conditions]} for any of several.
    std::vector<Patterns> conditions(const Node& list, std::string_view what) {
        std::vector<Patterns> result;
        if (!tree_.is_list(list, what))
            return result;
        for (const Node& item : list.items) {
            Patterns patterns;
            add_condition(item, patterns, 0);
            if (!patterns.empty())
                result.push_back(std::move(patterns));
        }
        return result;
    }

    void add_condition(const Node& node, Patterns& patterns, int depth) {
        if (node.kind == Node::Kind::map) {
            const Node* members = tree_.need(node, "members", "a compound condition");
            if (members == nullptr || !tree_.is_list(*members, "members"))
                return;
            if (depth > 16) {
                tree_.invalid(node, "conditions are nested too deeply");
                return;
            }
            for (const Node& member : members->items)
                add_condition(member, patterns, depth + 1);
            return;
        }
        if (!tree_.is_list(node, "a condition"))
            return;
        if (node.items.empty()) {
            tree_.invalid(node, "a condition says nothing", "[]", R"([[option, "Y" or "N"], ..])");
            return;
        }
        Pattern pattern;
        bool sound = true;
        for (const Node& literal : node.items) {
            if (literal.kind != Node::Kind::list || literal.items.size() != 2) {
                tree_.invalid(literal, "not a part of a condition", shown(literal),
                              R"([option, "Y"] or [option, "N"])");
                sound = false;
                continue;
            }
            const auto k = index(literal.items[0], subject_.conflict->moves.size(), "an option");
            const std::string& taken = literal.items[1].text;
            if (taken != "Y" && taken != "N")
                tree_.invalid(literal.items[1], "an option is taken or not", shown(literal.items[1]),
                              "Y or N");
            if (!k || (taken != "Y" && taken != "N")) {
                sound = false;
                continue;
            }
            const StateCode bit = StateCode{1} << *k;
            if ((pattern.care & bit) != 0 && ((pattern.taken & bit) != 0) != (taken == "Y")) {
                tree_.invalid(literal, "a condition asks for an option to be taken and not taken",
                              subject_.conflict->moves[*k].name);
                sound = false;
            }
            pattern.care |= bit;
            pattern.taken |= taken == "Y" ? bit : 0;
        }
        if (sound && std::ranges::find(patterns, pattern) == patterns.end())
            patterns.push_back(pattern);
    }

    /// A number from `first` on, of `count` things, as a place from 0.
    std::optional<std::size_t> index(const Node& node, std::size_t count, std::string_view what,
                                     std::int64_t first = 0) {
        const auto number = node.kind == Node::Kind::scalar ? read_integer(node.text) : std::nullopt;
        if (number && *number >= first && *number < first + static_cast<std::int64_t>(count))
            return static_cast<std::size_t>(*number - first);
        tree_.invalid(
            node, "no number of " + std::string(what), shown(node),
            std::to_string(first) + " to " + std::to_string(first + static_cast<std::int64_t>(count) - 1));
        return std::nullopt;
    }

    void note_the_rest(const Node& root) {
        if (const Node* coalitions = ForeignTree::find(root, "coalitions");
            coalitions != nullptr && std::ranges::any_of(coalitions->items, [](const Node& item) {
                return item.kind == Node::Kind::list && item.items.size() > 1;
            }))
            findings_.note(
                "the file's coalitions are left out: the analysis `coalitions` looks at all of them");
        std::set<std::string> unknown;
        for (const Node& key : root.keys) {
            if (std::ranges::find(kKnownKeys, key.text) == kKnownKeys.end())
                unknown.insert(key.text);
        }
        if (const Node* makers = ForeignTree::find(root, "decisionMakers"); makers != nullptr) {
            for (const Node& maker : makers->items) {
                for (const Node& key : maker.keys) {
                    if (std::ranges::find(kKnownOfMaker, key.text) == kKnownOfMaker.end())
                        unknown.insert(key.text);
                }
            }
        }
        for (const std::string& key : unknown)
            findings_.note("'" + key + "' is left out: not a key of the format as published");
    }

    ForeignTree& tree_;
    Findings& findings_;
    Case subject_;
    Patterns infeasible_;
    std::vector<Patterns> given_infeasible_;
};

}  // namespace

Imported read_gmcr(std::span<const TextFile> files, const ExchangeOptions&) {
    Findings findings;
    if (files.size() != 1)
        findings.invalid({files[1].name, 0, 0, {}}, "a conflict is one file",
                         std::to_string(files.size()) + " files");
    findings.raise();
    ForeignTree tree(files.front(), findings);
    Imported result;
    if (!tree.broken() && tree.is_map(tree.root(), "the file")) {
        result.value = GmcrReader(tree, findings).read();
        const std::string stem = file_stem(files.front().name);
        result.value.id = IdMaker("conflict").make(stem);
        result.value.title = all_printable(stem) && !stem.empty() ? stem : result.value.id;
        result.value.about =
            "Imported from a .gmcr file: the conflict is what counts here, nothing is bargained over.";
        result.value.issues = {Issue{"conflict",
                                     "The conflict",
                                     "",
                                     {},
                                     {{"as_it_is", "as it is", "", 0}, {"changed", "changed", "", 100}},
                                     true,
                                     OptionId(0)}};
    }
    findings.raise();
    result.notes = findings.take_notes();
    return result;
}

}  // namespace steelyard::format
