// SPDX-License-Identifier: Apache-2.0
#include "steelyard/linkage/order.hpp"

#include "show.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <ranges>

namespace steelyard::linkage {

namespace {

Named<Rational> differences(const Named<Rational>& a, const Named<Rational>& b) {
    Named<Rational> result = a;
    for (std::size_t k = 0; k < result.size(); ++k) {
        result[k].second -= b[k].second;
    }
    return result;
}

}  // namespace

OrderResult order(const Case& subject, const OrderOptions& options, const Context& context) {
    const Talks talks(subject, {options.solution, options.answers}, context);
    std::vector<std::size_t> sequence = chosen_tables(talks.tables(), options.tables);
    // Orders that end alike share what is found: the last place changes most slowly.
    std::vector<std::size_t> places(sequence.size());
    std::iota(places.rbegin(), places.rend(), 0);
    const Named<Rational> without = named_points(subject, talks.without());
    std::size_t total = 1;
    for (std::size_t k = 2; k <= places.size(); ++k) {
        total *= k;
    }
    std::map<std::vector<std::size_t>, OrderRow> rows;
    do {
        context.report("orders", static_cast<double>(rows.size()), static_cast<double>(total));
        std::vector<std::size_t> tables;
        OrderRow row;
        for (const std::size_t place : places) {
            tables.push_back(sequence[place]);
            row.order.push_back(talks.tables()[sequence[place]].id);
        }
        const Outcome outcome = talks.play(tables);
        row.deal = named_deal(subject, outcome);
        row.points = named_points(subject, outcome.points);
        row.gains = differences(row.points, without);
        row.turns = turn_rows(subject, outcome);
        row.obligations_broken = broken_obligations(subject, outcome);
        rows.emplace(places, std::move(row));
    } while (std::ranges::next_permutation(std::views::reverse(places)).found);
    OrderResult result;
    for (auto& [at, row] : rows) {
        result.orders.push_back(std::move(row));
    }

    for (std::size_t a = 0; a < without.size(); ++a) {
        const auto by_points = [&](const OrderRow& row) { return row.points[a].second; };
        const auto best = std::ranges::max_element(result.orders, {}, by_points);
        const auto worst = std::ranges::min_element(result.orders, {}, by_points);
        const Rational spread = by_points(*best) - by_points(*worst);
        result.stakes.push_back(
            {without[a].first, best->order, by_points(*best), worst->order, by_points(*worst), spread});
        result.matters = result.matters || spread > Rational(0);
    }
    for (const std::size_t t : sequence) {
        const Table& table = talks.tables()[t];
        FirstMover mover{table.id, {}};
        for (const ActorId actor : table.actors) {
            Rational sum;
            std::int64_t count = 0;
            for (const OrderRow& row : result.orders) {
                const auto points = std::ranges::find(row.points, subject[actor].id,
                                                      &std::pair<std::string, Rational>::first);
                if (row.order.front() == table.id) {
                    sum += points->second;
                    ++count;
                }
                if (row.order.back() == table.id) {
                    sum -= points->second;
                }
            }
            mover.advantage.emplace_back(subject[actor].id, sum / Rational(count));
        }
        result.first_movers.push_back(std::move(mover));
    }
    return result;
}

}  // namespace steelyard::linkage
