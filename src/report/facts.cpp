// SPDX-License-Identifier: Apache-2.0
#include "report/facts.hpp"

#include "report/answers/answer.hpp"
#include "report/words.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::report {

namespace {

/// Feasible deals spread evenly over the open issues: all of them when there are few, otherwise the points of a
/// Kronecker sequence (fractional parts of k times the square roots of primes), which needs no randomness.
std::vector<std::vector<double>> sampled(const Study& study, const TableStudy& at, int wanted) {
    std::vector<std::vector<double>> points;
    if (at.table.actors.size() != 2 || at.efficient.empty() || wanted <= 0) {
        return points;
    }
    const auto limit = static_cast<std::size_t>(wanted);
    Deal deal = at.efficient.front();  // settled issues and other tables' as everywhere
    const auto add = [&] {
        if (feasible(study.subject, deal)) {
            std::vector<double> point;
            for (const ActorId actor : at.table.actors) {
                point.push_back(study.scores.of(actor, deal).to_double());
            }
            points.push_back(std::move(point));
        }
    };
    std::size_t total = 1;
    for (const IssueId issue : at.open) {
        total = std::min(total * study.subject[issue].options.size(), limit + 1);
    }
    if (total <= limit) {
        for (std::size_t k = 0; k < total; ++k) {
            std::size_t rest = k;
            for (const IssueId issue : at.open) {
                const std::size_t options = study.subject[issue].options.size();
                deal[issue.index] = OptionId(rest % options);
                rest /= options;
            }
            add();
        }
    } else {
        std::vector<double> steps;
        for (int candidate = 2; steps.size() < at.open.size(); ++candidate) {
            bool prime = true;
            for (int d = 2; d * d <= candidate; ++d) {
                prime = prime && candidate % d != 0;
            }
            if (prime) {
                steps.push_back(std::sqrt(static_cast<double>(candidate)));
            }
        }
        const std::size_t tries = limit * 20;
        for (std::size_t k = 1; k <= tries && points.size() < limit; ++k) {
            for (std::size_t i = 0; i < at.open.size(); ++i) {
                const double x = static_cast<double>(k) * steps[i];
                const std::size_t options = study.subject[at.open[i]].options.size();
                const auto option =
                    static_cast<std::size_t>((x - std::floor(x)) * static_cast<double>(options));
                deal[at.open[i].index] = OptionId(std::min(option, options - 1));
            }
            add();
        }
    }
    std::ranges::sort(points);
    const auto again = std::ranges::unique(points);
    points.erase(again.begin(), again.end());
    return points;
}

}  // namespace

TableFacts table_facts(const Study& study, const TableStudy& at, int sample) {
    TableFacts facts;
    facts.id = at.table.id;
    facts.name = study.table_name(at.table);
    facts.deals = at.frontier.deals;
    facts.feasible = at.frontier.feasible;
    facts.acceptable = at.frontier.acceptable;
    if (const auto share = at.acceptable_share()) {
        facts.acceptable_share = *share * 100;
    }
    facts.exact = at.frontier.exact;
    for (const ActorId actor : at.table.actors) {
        facts.actors.push_back(study.subject[actor].id);
    }
    for (const ActorId actor : study.scores.actors()) {
        const std::string& id = study.subject[actor].id;
        facts.no_deal.emplace_back(id, study.scores.no_deal(actor));
        facts.stake.emplace_back(id, study.stake(actor, at));
    }
    for (const Willingness& row : at.willing) {
        facts.acceptance.push_back(
            {study.subject[row.actor].id, row.accepts * 100, static_cast<int>(row.stops)});
    }
    for (std::size_t i = 0; i < at.efficient.size(); ++i) {
        facts.frontier.push_back({at.frontier.points[i].points, at.accepted[i]});
    }
    facts.sample = sampled(study, at, sample);
    for (const ChosenDeal& chosen : at.chosen) {
        MarkedDeal mark;
        for (const space::Concept which : chosen.concepts) {
            for (const auto& choice : choices_of(which)) {
                if (choice.value == which) {
                    mark.concepts.emplace_back(choice.name);
                }
            }
        }
        mark.name = deal_name(chosen);
        mark.deal = name_deal(study.subject, chosen.deal);
        mark.changes = study.changes(at, chosen.deal);
        for (const ActorId actor : study.scores.actors()) {
            const std::string& id = study.subject[actor].id;
            const Rational gain = study.gain(actor, chosen.deal);
            mark.points.emplace_back(id, study.scores.of(actor, chosen.deal));
            mark.gains.emplace_back(id, gain);
            mark.percent.emplace_back(id, study.share(actor, at, gain) * 100);
        }
        mark.ties = chosen.ties;
        for (const std::size_t index : study.broken(chosen.deal)) {
            mark.obligations_broken.push_back(study.subject.obligations[index].id);
        }
        facts.marks.push_back(std::move(mark));
    }
    return facts;
}

std::vector<HeatRow> heat_rows(const Study& study) {
    std::vector<HeatRow> rows;
    const auto actors = study.scores.actors();
    std::vector<Rational> sums(actors.size());
    for (std::size_t i = 0; i < study.subject.issues.size(); ++i) {
        const IssueId issue(i);
        if (settled_option(study.subject, issue)) {
            continue;
        }
        HeatRow row;
        row.issue = study.subject[issue].id;
        row.name = study.issue_name(issue);
        row.levels = study.subject[issue].levels;
        for (const Table& table : study.tables) {
            if (std::ranges::find(table.issues, issue) != table.issues.end()) {
                row.table = study.table_name(table);
            }
        }
        for (std::size_t a = 0; a < actors.size(); ++a) {
            sums[a] += study.range(actors[a], issue);
        }
        rows.push_back(std::move(row));
    }
    for (HeatRow& row : rows) {
        for (std::size_t a = 0; a < actors.size(); ++a) {
            const double all = sums[a].to_double();
            const double own = study.range(actors[a], find_issue(study.subject, row.issue)).to_double();
            row.shares.emplace_back(study.subject[actors[a]].id, all > 0 ? own / all * 100 : 0);
        }
    }
    return rows;
}

}  // namespace steelyard::report
