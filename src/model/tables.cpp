// SPDX-License-Identifier: Apache-2.0
#include "steelyard/model/tables.hpp"

#include "steelyard/core/error.hpp"

#include <algorithm>

namespace steelyard {

std::vector<Table> effective_tables(const Case& subject) {
    if (!subject.tables.empty()) {
        return subject.tables;
    }
    Table table;
    table.id = "main";
    table.name = subject.title;
    for (const Preference& preference : subject.preferences) {
        table.actors.push_back(preference.actor);
    }
    std::ranges::sort(table.actors);
    for (std::size_t i = 0; i < subject.issues.size(); ++i) {
        table.issues.emplace_back(i);
    }
    return {table};
}

Table find_table(const Case& subject, std::string_view id) {
    std::vector<Table> tables = effective_tables(subject);
    if (id.empty()) {
        return tables.front();
    }
    std::vector<std::string> names;
    for (Table& table : tables) {
        if (table.id == id) {
            return std::move(table);
        }
        names.push_back(table.id);
    }
    throw Error(ErrorKind::unknown_name,
                std::vector{Problem{
                    {}, "unknown table", std::string(id), join_names(names), nearest_name(id, names)}});
}

bool accepts(const Table& table, const std::vector<bool>& willing) {
    const auto would = [&](ActorId actor) { return static_cast<bool>(willing[actor.index]); };
    const auto reaches = [&](const std::vector<ActorId>& actors, int at_least) {
        return std::ranges::count_if(actors, would) >= at_least;
    };
    if (table.accept.unanimity()) {
        return std::ranges::all_of(table.actors, would);
    }
    return std::ranges::all_of(table.accept.all_of, would) &&
           (!table.accept.at_least || reaches(table.actors, *table.accept.at_least)) &&
           std::ranges::all_of(table.accept.groups, [&](const AcceptanceGroup& group) {
               return reaches(group.of, group.at_least);
           });
}

std::optional<OptionId> settled_option(const Case& subject, IssueId issue) {
    std::optional<OptionId> settled;
    for (const Event& event : subject.events) {
        for (const auto& [settled_issue, option] : event.settles) {
            if (settled_issue == issue) {
                settled = option;
            }
        }
    }
    return settled;
}

std::vector<std::optional<OptionId>> fixed_options(const Case& subject, const Table& table) {
    std::vector<std::optional<OptionId>> fixed(subject.issues.size());
    std::vector<std::string> missing;
    for (std::size_t i = 0; i < subject.issues.size(); ++i) {
        const IssueId issue(i);
        fixed[i] = settled_option(subject, issue);
        if (fixed[i] || std::ranges::find(table.issues, issue) != table.issues.end()) {
            continue;
        }
        fixed[i] = subject[issue].status_quo;
        if (!fixed[i]) {
            missing.push_back(subject[issue].id);
        }
    }
    if (!missing.empty()) {
        throw Error(
            ErrorKind::missing_section,
            std::vector{Problem{{},
                                "table '" + table.id + "' leaves issues to others that have no status_quo",
                                join_names(missing),
                                "give each a status_quo, or put it on the table",
                                {}}});
    }
    return fixed;
}

std::optional<Deal> status_quo_deal(const Case& subject) {
    Deal deal;
    for (std::size_t i = 0; i < subject.issues.size(); ++i) {
        auto option = settled_option(subject, IssueId(i));
        if (!option) {
            option = subject.issues[i].status_quo;
        }
        if (!option) {
            return std::nullopt;
        }
        deal.push_back(*option);
    }
    return deal;
}

}  // namespace steelyard
