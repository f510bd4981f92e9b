// SPDX-License-Identifier: Apache-2.0
#include "steelyard/linkage/play.hpp"

#include "backward.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/stability/graph.hpp"

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
        : setup(subject, rules), context(std::move(context_)) {
        for (const Table& table : setup.tables) {
            measures.emplace_back(rules.solution, table);
        }
        classes.resize(setup.tables.size());
        for (std::size_t a = 0; a < subject.actors.size(); ++a) {
            without.push_back(setup.scores.has(ActorId(a)) ? std::optional(setup.scores.no_deal(ActorId(a)))
                                                           : std::nullopt);
        }
    }

    const std::vector<DealClass>& classes_of(std::size_t table) const {
        if (!classes[table]) {
            classes[table] = deal_classes(setup, table, context);
        }
        return *classes[table];
    }

    Setup setup;
    Context context;
    std::vector<Measure> measures;
    mutable std::vector<std::optional<std::vector<DealClass>>> classes;
    std::vector<std::optional<Rational>> without;
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
    std::vector<Play::TableOfOrder> tables;
    for (const std::size_t table : order) {
        tables.emplace_back(table, &inner_->classes_of(table));
    }
    Play play(setup, inner_->context, inner_->measures, tables);
    const auto [end, turns] = play.solve();
    Outcome outcome;
    for (const int option : end.deal) {
        outcome.deal.push_back(option == kUnset ? std::nullopt
                                                : std::optional(OptionId(static_cast<std::size_t>(option))));
    }
    const bool any_agreed = end.agreed != 0;
    for (std::size_t a = 0; a < subject.actors.size(); ++a) {
        if (!setup.scores.has(ActorId(a))) {
            outcome.points.emplace_back();
        } else if (!any_agreed) {
            outcome.points.push_back(inner_->without[a]);
        } else {
            outcome.points.emplace_back(Rational::fraction(play.worth(a, end), setup.scale));
        }
    }
    for (const PlayedTurn& played : turns) {
        Turn turn;
        const Node& node = play.node(played.node);
        turn.agreed = played.acted;
        turn.ties = played.ties;
        for (std::size_t i = 0; i < played.after.size(); ++i) {
            if (played.after[i] != played.before[i]) {
                turn.changes.emplace_back(IssueId(i), OptionId(static_cast<std::size_t>(played.after[i])));
            }
        }
        if (node.table) {
            const Table& table = setup.tables[*node.table];
            turn.table = table.id;
            turn.text = agreement_text(subject, table, turn);
        } else {
            const ActorId actor(setup.answerers[node.answerer].actor);
            turn.actor = subject[actor].id;
            for (StateCode left = played.taken_after & ~played.taken_before; left != 0; left &= left - 1) {
                turn.moves.emplace_back(static_cast<std::size_t>(std::countr_zero(left)));
            }
            turn.text =
                turn.agreed
                    ? stability::describe_move(subject, actor, played.taken_before, played.taken_after) + "."
                    : name_of(subject[actor]) + " does not answer.";
        }
        outcome.turns.push_back(std::move(turn));
    }
    return outcome;
}

}  // namespace steelyard::linkage
