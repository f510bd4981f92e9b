// SPDX-License-Identifier: Apache-2.0
#include "show.hpp"

#include "steelyard/core/error.hpp"

#include <algorithm>

namespace steelyard::linkage {

TurnRow turn_row(const Case& subject, const Turn& turn) {
    TurnRow row;
    row.table = turn.table;
    row.actor = turn.actor;
    row.agreed = turn.agreed;
    for (const auto& [issue, option] : turn.changes) {
        row.changes.emplace_back(subject[issue].id, subject.option(issue, option).id);
    }
    for (const MoveId move : turn.moves) {
        row.moves.push_back(subject.conflict->moves[move.index].id);
    }
    row.ties = std::to_string(turn.ties);
    row.text = turn.text;
    return row;
}

std::vector<TurnRow> turn_rows(const Case& subject, const Outcome& outcome) {
    std::vector<TurnRow> rows;
    for (const Turn& turn : outcome.turns) {
        rows.push_back(turn_row(subject, turn));
    }
    return rows;
}

Named<std::string> named_deal(const Case& subject, const Outcome& outcome) {
    Named<std::string> deal;
    for (std::size_t i = 0; i < outcome.deal.size(); ++i) {
        if (outcome.deal[i]) {
            deal.emplace_back(subject.issues[i].id, subject.issues[i].options[outcome.deal[i]->index].id);
        }
    }
    return deal;
}

Named<Rational> named_points(const Case& subject, const std::vector<std::optional<Rational>>& points) {
    Named<Rational> named;
    for (std::size_t a = 0; a < points.size(); ++a) {
        if (points[a]) {
            named.emplace_back(subject.actors[a].id, *points[a]);
        }
    }
    return named;
}

std::vector<std::string> broken_obligations(const Case& subject, const Outcome& outcome) {
    std::vector<std::string> broken;
    for (const Obligation& obligation : subject.obligations) {
        const bool is_broken = std::ranges::any_of(obligation.broken_when, [&](const Condition& condition) {
            return std::ranges::all_of(condition.terms, [&](const auto& term) {
                const auto& option = outcome.deal[term.first.index];
                return option && std::ranges::find(term.second, *option) != term.second.end();
            });
        });
        if (is_broken) {
            broken.push_back(obligation.id);
        }
    }
    return broken;
}

std::vector<std::size_t> chosen_tables(const std::vector<Table>& tables,
                                       const std::vector<std::string>& ids) {
    std::vector<std::size_t> chosen;
    std::vector<std::string> names;
    for (const Table& table : tables) {
        names.push_back(table.id);
    }
    std::vector<Problem> problems;
    for (const std::string& id : ids) {
        const auto at = std::ranges::find(names, id);
        if (at == names.end()) {
            problems.push_back({{}, "unknown table", id, join_names(names), nearest_name(id, names)});
            continue;
        }
        const auto place = static_cast<std::size_t>(at - names.begin());
        if (std::ranges::find(chosen, place) == chosen.end()) {
            chosen.push_back(place);
        }
    }
    if (!problems.empty()) {
        throw Error(ErrorKind::unknown_name, std::move(problems));
    }
    for (std::size_t t = 0; ids.empty() && t < tables.size(); ++t) {
        chosen.push_back(t);
    }
    if (chosen.size() > kMostTables) {
        throw Error(ErrorKind::limit, "orders of at most 6 tables are compared; name them in `tables`");
    }
    return chosen;
}

}  // namespace steelyard::linkage
