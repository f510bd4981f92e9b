// SPDX-License-Identifier: Apache-2.0
#include "steelyard/linkage/play.hpp"

#include "backward.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/stability/graph.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace steelyard::linkage {

namespace {

std::string name_of(const Actor& actor) {
    return actor.name.empty() ? actor.id : actor.name;
}

}  // namespace

struct Talks::Inner {
    Inner(const Case& subject, const Rules& rules, Context context_)
        : setup(subject, rules), packing(setup), context(std::move(context_)) {
        for (const Table& table : setup.tables) {
            measures.emplace_back(rules.solution, table);
        }
        classes.resize(setup.tables.size());
        for (std::size_t a = 0; a < subject.actors.size(); ++a) {
            without.push_back(setup.scores.has(ActorId(a)) ? std::optional(setup.scores.no_deal(ActorId(a)))
                                                           : std::nullopt);
        }
    }

    const std::vector<DealClass>& classes_of(std::size_t table) {
        if (!classes[table]) {
            classes[table] = deal_classes(setup, table, context);
        }
        return *classes[table];
    }

    /// The play of these tables: the last one, where it was of the same set.
    Play& play_of(std::vector<std::size_t> tables) {
        std::ranges::sort(tables);
        if (!last_play || last_set != tables) {
            std::vector<Play::TableOfSet> set;
            for (const std::size_t table : tables) {
                set.emplace_back(table, &classes_of(table));
            }
            last_play.emplace(packing, context, measures, set);
            last_set = std::move(tables);
        }
        return *last_play;
    }

    Setup setup;
    Packing packing;
    Context context;
    std::vector<Measure> measures;
    std::vector<std::optional<std::vector<DealClass>>> classes;
    std::vector<std::optional<Rational>> without;
    std::optional<Play> last_play;
    std::vector<std::size_t> last_set;
};

namespace {

std::string agreement_text(const Case& subject, const Table& table, const Turn& turn) {
    std::string text = table.name.empty() ? table.id : table.name;
    if (!turn.agreed) {
        return text + ": no agreement; things stay as they are.";
    }
    text += turn.changes.empty() ? ": agreement to leave things as they are" : " agree: ";
    for (std::size_t k = 0; k < turn.changes.size(); ++k) {
        const auto& [issue, option] = turn.changes[k];
        const Issue& what = subject[issue];
        const Option& how = what.options[option.index];
        text += (k == 0 ? "" : "; ") + (what.name.empty() ? what.id : what.name) + ": " +
                (how.name.empty() ? how.id : how.name);
    }
    return text + ".";
}

}  // namespace

Talks::Talks(const Case& subject, const Rules& rules, const Context& context)
    : inner_(std::make_unique<Inner>(subject, rules, context)) {}
Talks::~Talks() = default;
Talks::Talks(Talks&&) noexcept = default;
Talks& Talks::operator=(Talks&&) noexcept = default;

const std::vector<Table>& Talks::tables() const {
    return inner_->setup.tables;
}

const std::vector<std::optional<Rational>>& Talks::without() const {
    return inner_->without;
}

Outcome Talks::play(const std::vector<std::size_t>& order) const {
    const Setup& setup = inner_->setup;
    const Case& subject = setup.subject;
    const Played played = inner_->play_of(order).solve(order);
    Outcome outcome;
    for (const int option : played.deal) {
        outcome.deal.push_back(option == kUnset ? std::nullopt
                                                : std::optional(OptionId(static_cast<std::size_t>(option))));
    }
    for (std::size_t a = 0; a < subject.actors.size(); ++a) {
        if (!setup.scores.has(ActorId(a))) {
            outcome.points.emplace_back();
        } else if (!played.any_agreed) {
            outcome.points.push_back(inner_->without[a]);
        } else {
            outcome.points.emplace_back(Rational::fraction(played.points[a], setup.scale));
        }
    }
    for (const PlayedTurn& each : played.turns) {
        Turn turn;
        turn.agreed = each.acted;
        turn.ties = each.ties;
        for (std::size_t i = 0; i < each.after.size(); ++i) {
            if (each.after[i] != each.before[i]) {
                turn.changes.emplace_back(IssueId(i), OptionId(static_cast<std::size_t>(each.after[i])));
            }
        }
        if (each.answerer) {
            const ActorId actor(setup.answerers[*each.answerer].actor);
            turn.actor = subject[actor].id;
            for (StateCode left = each.taken_after & ~each.taken_before; left != 0; left &= left - 1) {
                turn.moves.emplace_back(static_cast<std::size_t>(std::countr_zero(left)));
            }
            turn.text =
                turn.agreed
                    ? stability::describe_move(subject, actor, each.taken_before, each.taken_after) + "."
                    : name_of(subject[actor]) + " does not answer.";
        } else {
            const Table& table = setup.tables[each.table];
            turn.table = table.id;
            turn.text = agreement_text(subject, table, turn);
        }
        outcome.turns.push_back(std::move(turn));
    }
    return outcome;
}

}  // namespace steelyard::linkage
