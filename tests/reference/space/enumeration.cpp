// SPDX-License-Identifier: Apache-2.0
#include "reference/space/enumeration.hpp"

#include <algorithm>

namespace steelyard::test {

Enumeration::Enumeration(const Case& subject, std::string_view table_id)
    : table(find_table(subject, table_id)) {
    const Scores scores(subject);
    const auto fixed = fixed_options(subject, table);
    Deal deal(subject.issues.size());
    const std::function<void(std::size_t)> choose = [&](std::size_t i) {
        if (i == deal.size()) {
            ++deals;
            if (!steelyard::feasible(subject, deal))
                return;
            Scored scored{deal, {}, {}, false};
            std::vector<bool> willing(subject.actors.size());
            for (const ActorId actor : table.actors) {
                scored.points.push_back(scores.of(actor, deal));
                scored.gains.push_back(scored.points.back() - scores.no_deal(actor));
                willing[actor.index] = scored.gains.back() >= Rational(0);
            }
            scored.acceptable = accepts(table, willing);
            acceptable += static_cast<std::size_t>(scored.acceptable);
            feasible.push_back(std::move(scored));
            return;
        }
        if (fixed[i]) {
            deal[i] = *fixed[i];
            choose(i + 1);
            return;
        }
        for (std::size_t o = 0; o < subject.issues[i].options.size(); ++o) {
            deal[i] = OptionId(o);
            choose(i + 1);
        }
    };
    choose(0);
}

bool dominates(const std::vector<Rational>& a, const std::vector<Rational>& b) {
    for (std::size_t p = 0; p < a.size(); ++p) {
        if (a[p] < b[p])
            return false;
    }
    return a != b;
}

std::map<std::vector<Rational>, PlainPoint> plain_frontier(
    const Enumeration& all, const std::function<bool(const Scored&)>& competes) {
    std::map<std::vector<Rational>, PlainPoint> points;
    for (const Scored& scored : all.feasible) {
        if (!competes(scored))
            continue;
        PlainPoint& point = points[scored.points];
        if (point.deals++ == 0)
            point.first = scored.deal;
    }
    std::map<std::vector<Rational>, PlainPoint> frontier;
    for (const auto& [values, point] : points) {
        if (std::ranges::none_of(points, [&](const auto& other) { return dominates(other.first, values); }))
            frontier.emplace(values, point);
    }
    return frontier;
}

}  // namespace steelyard::test
