// SPDX-License-Identifier: Apache-2.0
#include "steelyard/linkage/partners.hpp"

#include "show.hpp"
#include "steelyard/core/error.hpp"

#include <algorithm>
#include <bit>

namespace steelyard::linkage {

namespace {

bool sits_at(const Table& table, ActorId actor) {
    return std::ranges::find(table.actors, actor) != table.actors.end();
}

ActorId chosen_actor(const Case& subject, const std::vector<Table>& tables, const std::string& id) {
    if (!id.empty()) {
        return find_actor(subject, id);
    }
    ActorId most(std::size_t{0});
    std::ptrdiff_t count = -1;
    for (std::size_t a = 0; a < subject.actors.size(); ++a) {
        const auto seats =
            std::ranges::count_if(tables, [&](const Table& table) { return sits_at(table, ActorId(a)); });
        if (seats > count) {
            most = ActorId(a);
            count = seats;
        }
    }
    return most;
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t k = 0; k < names.size(); ++k) {
        text += (k == 0 ? "" : k + 1 == names.size() ? " and " : ", ") + names[k];
    }
    return text.empty() ? "nobody" : text;
}

}  // namespace

PartnersResult partners(const Case& subject, const PartnersOptions& options, const Context& context) {
    const Talks talks(subject, {options.solution, options.answers}, context);
    const std::vector<Table>& tables = talks.tables();
    const ActorId actor = chosen_actor(subject, tables, options.actor);
    std::vector<std::size_t> own;
    std::vector<std::size_t> others;
    for (std::size_t t = 0; t < tables.size(); ++t) {
        (sits_at(tables[t], actor) ? own : others).push_back(t);
    }
    if (own.empty()) {
        throw Error(ErrorKind::invalid_option, std::vector{Problem{{{}, 0, 0, "/actor"},
                                                                   "the actor sits at no table",
                                                                   subject[actor].id,
                                                                   "an actor that does",
                                                                   {}}});
    }
    if (tables.size() > kMostTables) {
        throw Error(ErrorKind::limit, "partners are compared at no more than 6 tables");
    }

    PartnersResult result;
    result.actor = subject[actor].id;
    const unsigned sets = 1U << own.size();
    for (unsigned mask = 0; mask < sets; ++mask) {
        context.report("partners", mask, sets);
        std::vector<std::size_t> order;
        PartnerSet set;
        for (std::size_t k = 0; k < own.size(); ++k) {
            if ((mask >> k & 1U) != 0) {
                order.push_back(own[k]);
                set.tables.push_back(tables[own[k]].id);
            }
        }
        const std::size_t of_actor = order.size();
        if (options.others) {
            order.insert(order.end(), others.begin(), others.end());
        }
        const auto points = [&](const Outcome& outcome) { return *outcome.points[actor.index]; };
        std::optional<Outcome> best;
        std::vector<std::size_t> best_order;
        // Orders that end alike share what is found: of the actor's tables the last one changes most slowly.
        std::vector<std::size_t> trial = order;
        const auto first = std::make_reverse_iterator(trial.begin() + static_cast<std::ptrdiff_t>(of_actor));
        if (options.sequence == Sequence::best) {
            std::reverse(first, trial.rend());
        }
        do {
            Outcome outcome = talks.play(trial);
            if (!best || points(outcome) > points(*best) ||
                (points(outcome) == points(*best) && trial < best_order)) {
                best = std::move(outcome);
                best_order = trial;
            }
        } while (options.sequence == Sequence::best && std::next_permutation(first, trial.rend()));
        for (const std::size_t t : best_order) {
            set.order.push_back(tables[t].id);
        }
        set.points = points(*best);
        set.others = named_points(subject, best->points);
        std::erase_if(set.others, [&](const auto& entry) { return entry.first == result.actor; });
        set.turns = turn_rows(subject, *best);
        set.obligations_broken = broken_obligations(subject, *best);
        result.sets.push_back(std::move(set));
    }
    for (PartnerSet& set : result.sets) {
        set.gain = set.points - result.sets[0].points;
    }

    // Set `mask` stands at place `mask`.
    const auto better = [&](unsigned a, unsigned b) {
        return result.sets[a].points != result.sets[b].points ? result.sets[a].points > result.sets[b].points
                                                              : std::popcount(a) < std::popcount(b);
    };
    unsigned best = 0;
    std::optional<unsigned> single;
    std::optional<unsigned> several;
    for (unsigned mask = 0; mask < sets; ++mask) {
        best = better(mask, best) ? mask : best;
        if (std::popcount(mask) == 1 && (!single || better(mask, *single))) {
            single = mask;
        }
        if (std::popcount(mask) > 1 && (!several || better(mask, *several))) {
            several = mask;
        }
    }
    result.best = result.sets[best].tables;
    result.best_single = result.sets[*single].tables;
    result.several_over_single =
        several ? result.sets[*several].points - result.sets[*single].points : Rational(0);

    std::vector<Rational> share(own.size() + 1);  // of a set of k other tables: k! (n - k - 1)! / n!
    for (std::size_t k = 0; k < own.size(); ++k) {
        Rational value = Rational::fraction(1, static_cast<std::int64_t>(own.size()));
        for (std::size_t j = 1; j <= k; ++j) {
            value *=
                Rational::fraction(static_cast<std::int64_t>(j), static_cast<std::int64_t>(own.size() - j));
        }
        share[k] = value;
    }
    for (std::size_t k = 0; k < own.size(); ++k) {
        TableWorth worth{tables[own[k]].id, result.sets[1U << k].gain, {}, {}};
        for (unsigned mask = 0; mask < sets; ++mask) {
            if ((mask >> k & 1U) == 0) {
                const Rational added = result.sets[mask | 1U << k].points - result.sets[mask].points;
                worth.shapley += added * share[static_cast<std::size_t>(std::popcount(mask))];
                worth.last = added;  // the last such set is that of all others
            }
        }
        result.worth.push_back(std::move(worth));
    }

    const auto said = [](const Rational& value) { return Rational::nearest(value.to_double(), 4).text(); };
    const std::string name = subject[actor].name.empty() ? subject[actor].id : subject[actor].name;
    result.text = name + " does best by talking at " +
                  (result.best.empty() ? "no table" : joined(result.best)) + " (" +
                  said(result.sets[best].gain) + " points above talking to nobody).";
    if (several) {
        result.text += " The best single table is " + joined(result.best_single) + " (" +
                       said(result.sets[*single].gain) + "); talking at " +
                       joined(result.sets[*several].tables) + " gives " +
                       said(abs(result.several_over_single)) +
                       (result.several_over_single < Rational(0) ? " points less." : " points more.");
    }
    return result;
}

}  // namespace steelyard::linkage
