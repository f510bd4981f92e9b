// SPDX-License-Identifier: Apache-2.0
#include "setup.hpp"

#include "steelyard/core/error.hpp"

#include <algorithm>

namespace steelyard::space {

namespace {

constexpr std::size_t kHurried = 500;  // width of a relaxed diagram once the budget is used up

std::vector<ActorId> seated(const Table& table, const Scores& scores) {
    std::vector<ActorId> actors;
    for (const ActorId actor : table.actors) {
        if (scores.has(actor))
            actors.push_back(actor);
    }
    if (actors.empty()) {
        throw Error(ErrorKind::missing_section,
                    std::vector{steelyard::Problem{{},
                                                   "no actor at table '" + table.id + "' has preferences",
                                                   "",
                                                   "give the actors that decide their `preferences`",
                                                   ""}});
    }
    return actors;
}

std::vector<std::optional<OptionId>> fixed_around(const Case& subject, const Table& table, const Deal& deal) {
    std::vector<std::optional<OptionId>> fixed;
    for (std::size_t i = 0; i < deal.size(); ++i) {
        const bool open = std::ranges::find(table.issues, IssueId(i)) != table.issues.end();
        fixed.push_back(open ? settled_option(subject, IssueId(i)) : deal[i]);
    }
    return fixed;
}

Diagram diagram_or_error(const Problem& problem, const Plan& plan, const Context& context) {
    if (!plan.exact) {
        throw Error(ErrorKind::limit,
                    "the bundles and rules tie too many issues together for an exact answer");
    }
    return make_diagram(problem, plan, context);
}

}  // namespace

Setup::Setup(const Case& subject_case, std::string_view table_id, const Context& context, const Deal* around,
             Tangled tangled, const Reach& within)
    : subject(subject_case),
      table(find_table(subject, table_id)),
      scores(subject),
      fixed(around != nullptr ? fixed_around(subject, table, *around) : fixed_options(subject, table)),
      problem(make_problem(subject, scores, fixed, seated(table, scores))),
      reach(within),
      plan(plan_order(problem, context, reach.most_nodes)),
      outline(plan.exact || tangled == Tangled::refuse
                  ? nullptr
                  : std::make_unique<Outline>(
                        problem, plan.order, context,
                        context.budget.requested() ? std::min(kHurried, reach.relaxed) : reach.relaxed)),
      diagram(outline ? outline->some_deals({}, reach.some, context)
                      : diagram_or_error(problem, plan, context)),
      rule(table, problem, subject.actors.size()),
      bounds(problem, diagram) {}

Named<Rational> Setup::points(const Deal& deal) const {
    Named<Rational> named;
    for (const ActorId actor : scores.actors())
        named.emplace_back(subject[actor].id, scores.of(actor, deal));
    return named;
}

Named<Rational> Setup::gains(const Deal& deal) const {
    Named<Rational> named;
    for (const ActorId actor : scores.actors())
        named.emplace_back(subject[actor].id, scores.of(actor, deal) - scores.no_deal(actor));
    return named;
}

Named<Rational> Setup::gains_over(const Deal& before, const Deal& after) const {
    Named<Rational> named;
    for (const ActorId actor : scores.actors())
        named.emplace_back(subject[actor].id, scores.of(actor, after) - scores.of(actor, before));
    return named;
}

std::vector<BigInt> Setup::exact_row(const Problem& of, const Deal& deal) const {
    std::vector<BigInt> row;
    for (std::size_t p = 0; p < of.size(); ++p) {
        const Rational points = scores.of(of.actors[p], deal);
        row.push_back(BigInt(points.numerator()) * (of.scale[p] / points.denominator()) - of.constant[p]);
    }
    return row;
}

Width Setup::width_with(const Deal& deal) const {
    Width width = problem.width;
    for (const BigInt& value : exact_row(problem, deal))
        width = std::max(width, width_for(BigInt(boost::multiprecision::abs(value))));
    return width;
}

}  // namespace steelyard::space
