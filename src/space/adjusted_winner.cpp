// SPDX-License-Identifier: Apache-2.0
#include "steelyard/space/adjusted_winner.hpp"

#include "problem.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/model/tables.hpp"

#include <algorithm>
#include <array>

namespace steelyard::space {

namespace {

/// A contested issue.
struct Stake {
    IssueId issue;
    std::array<OptionId, 2> best;   ///< the option that is best for each
    std::array<Rational, 2> worth;  ///< of 100 points each
    std::array<Rational, 2> share;
};

std::array<ActorId, 2> the_two(const Case& subject, const Table& table, const Scores& scores,
                               const std::vector<std::string>& names) {
    std::vector<ActorId> actors;
    for (const std::string& name : names)
        actors.push_back(find_actor(subject, name));
    for (const ActorId actor : table.actors) {
        if (names.empty() && scores.has(actor))
            actors.push_back(actor);
    }
    if (actors.size() != 2 || actors[0] == actors[1]) {
        throw Error(ErrorKind::unsupported,
                    std::vector{steelyard::Problem{{},
                                                   "adjusted winner divides issues between two actors",
                                                   std::to_string(actors.size()) + " actors",
                                                   "name two with `actors`",
                                                   {}}});
    }
    for (const ActorId actor : actors) {
        if (!scores.has(actor))
            throw Error(ErrorKind::missing_section, "actor '" + subject[actor].id + "' has no preferences");
    }
    return {actors[0], actors[1]};
}

/// The first option that is best for the actor.
OptionId best_option(const Scores& scores, ActorId actor, const OpenIssue& issue) {
    return *std::ranges::max_element(issue.options, {},
                                     [&](OptionId option) { return scores.points(actor, issue.id, option); });
}

/// Hands issues of the one that leads to the other until both have the same.
void equalise(std::vector<Stake>& stakes, std::array<Rational, 2>& points) {
    const std::size_t leader = points[0] < points[1] ? 1 : 0;
    const std::size_t other = 1 - leader;
    std::vector<Stake*> owned;
    for (Stake& stake : stakes) {
        if (stake.share[leader] == Rational(1))
            owned.push_back(&stake);
    }
    // By rising ratio worth[leader] / worth[other]; what is worth nothing to the other comes last.
    std::ranges::stable_sort(owned, [&](const Stake* a, const Stake* b) {
        return a->worth[leader] * b->worth[other] < b->worth[leader] * a->worth[other];
    });
    for (Stake* stake : owned) {
        if (points[leader] == points[other])
            return;
        const Rational lead = points[leader] - points[other];
        const Rational part = std::min(Rational(1), lead / (stake->worth[leader] + stake->worth[other]));
        stake->share[leader] -= part;
        stake->share[other] += part;
        points[leader] -= part * stake->worth[leader];
        points[other] += part * stake->worth[other];
    }
}

}  // namespace

AdjustedWinnerResult adjusted_winner(const Case& subject, const AdjustedWinnerOptions& options,
                                     const Context& context) {
    context.check();
    const Table table = find_table(subject, options.table);
    const Scores scores(subject);
    const std::array<ActorId, 2> actors = the_two(subject, table, scores, options.actors);
    const Problem problem =
        make_problem(subject, scores, fixed_options(subject, table), {actors[0], actors[1]});
    if (!problem.terms.empty() || problem.impossible) {
        throw Error(
            ErrorKind::unsupported,
            "adjusted winner needs issues that add up: here bundles, rules or obligations tie some together");
    }

    AdjustedWinnerResult result;
    result.table = table.id;
    std::vector<Stake> stakes;
    std::array<Rational, 2> totals;
    for (const OpenIssue& issue : problem.issues) {
        Stake stake{issue.id, {}, {}, {}};
        for (std::size_t p = 0; p < 2; ++p)
            stake.best[p] = best_option(scores, actors[p], issue);
        const auto best_for = [&](std::size_t p, OptionId option) {
            return scores.points(actors[p], issue.id, option) ==
                   scores.points(actors[p], issue.id, stake.best[p]);
        };
        const auto shared = std::ranges::find_if(
            issue.options, [&](OptionId option) { return best_for(0, option) && best_for(1, option); });
        if (shared != issue.options.end()) {
            result.agreed.emplace_back(subject[issue.id].id, subject.option(issue.id, *shared).id);
            continue;
        }
        for (std::size_t p = 0; p < 2; ++p) {
            stake.worth[p] = scores.points(actors[p], issue.id, stake.best[p]) -
                             scores.points(actors[p], issue.id, stake.best[1 - p]);
            totals[p] += stake.worth[p];
        }
        stakes.push_back(stake);
    }
    std::array<Rational, 2> points;
    for (Stake& stake : stakes) {
        for (std::size_t p = 0; p < 2; ++p) {
            stake.worth[p] = stake.worth[p] * 100 / totals[p];  // contested: worth something to both
        }
        const std::size_t winner = stake.worth[0] < stake.worth[1] ? 1 : 0;
        stake.share[winner] = 1;
        points[winner] += stake.worth[winner];
    }
    equalise(stakes, points);

    for (std::size_t p = 0; p < 2; ++p)
        result.points.emplace_back(subject[actors[p]].id, points[p]);
    for (const Stake& stake : stakes) {
        DividedIssue divided{subject[stake.issue].id, {}, {}, {}};
        for (std::size_t p = 0; p < 2; ++p) {
            divided.worth.emplace_back(subject[actors[p]].id, stake.worth[p]);
            divided.shares.emplace_back(subject[actors[p]].id, stake.share[p]);
            if (stake.share[p] == Rational(1))
                divided.option = subject.option(stake.issue, stake.best[p]).id;
        }
        if (divided.option.empty())
            result.divided = divided.issue;
        result.issues.push_back(std::move(divided));
    }
    return result;
}

}  // namespace steelyard::space
