// SPDX-License-Identifier: Apache-2.0
#include "game.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace steelyard::space {

namespace {

/// Utilities and aspirations closer than this count as equal: both come from a few roundings.
constexpr double kEqual = 1e-12;

}  // namespace

void OfferList::sort() {
    order.assign(actors, {});
    sorted.assign(actors, {});
    for (std::size_t a = 0; a < actors; ++a) {
        order[a].resize(size());
        std::iota(order[a].begin(), order[a].end(), 0U);
        std::ranges::stable_sort(order[a], std::greater{}, [&](std::uint32_t i) { return utility[a][i]; });
        for (const std::uint32_t i : order[a])
            sorted[a].push_back(utility[a][i]);
    }
}

Player::Player(const OfferList& list, std::size_t actor, Strategy strategy, const GameRules& rules,
               std::uint64_t seed, std::uint64_t game)
    : list_(list),
      actor_(actor),
      strategy_(strategy),
      random_(seed, game, static_cast<std::uint32_t>(actor)),
      reserve_(list.reserve[actor]),
      heard_(list.actors) {
    if (strategy == Strategy::boulware)
        power_ = 1 / rules.boulware_exponent;
    if (strategy == Strategy::conceder)
        power_ = 1 / rules.conceder_exponent;
    if (strategy == Strategy::micro) {
        const auto& sorted = list.sorted[actor];
        open_ = static_cast<std::size_t>(
            std::ranges::partition_point(sorted, [&](double u) { return u >= reserve_; }) - sorted.begin());
        for (Heard& heard : heard_)
            heard.seen.resize(list.size());
    }
}

double Player::aspiration(double t) const {
    const double floor = std::max(reserve_, 0.0);
    return floor + (1 - floor) * (1 - std::pow(t, power_));
}

std::size_t Player::place_of(double target) {
    const auto& sorted = list_.sorted[actor_];
    target -= kEqual;
    // Aspirations mostly fall step by step: look near the last place before searching.
    for (int steps = 0; steps < 8; ++steps) {
        const bool here = sorted[place_] >= target || place_ == 0;
        const bool next = place_ + 1 < sorted.size() && sorted[place_ + 1] >= target;
        if (here && !next)
            return place_;
        if (!here)
            break;
        ++place_;
    }
    const auto after = std::ranges::partition_point(sorted, [&](double u) { return u >= target; });
    place_ = after == sorted.begin() ? 0 : static_cast<std::size_t>(after - sorted.begin()) - 1;
    return place_;
}

bool Player::may_concede() const {
    std::size_t fewest = std::numeric_limits<std::size_t>::max();
    for (std::size_t a = 0; a < heard_.size(); ++a) {
        if (a != actor_)
            fewest = std::min(fewest, heard_[a].different);
    }
    return made_ <= fewest && made_ < open_;
}

/// Tit-for-tat: takes over the mean of the others' last changes, if anybody spoke since the last time.
void Player::follow() {
    if (strategy_ != Strategy::tit_for_tat || !heard_new_)
        return;
    double change = 0;
    int known = 0;
    for (const Heard& heard : heard_) {
        if (heard.change) {
            change += *heard.change;
            ++known;
        }
    }
    if (known > 0)
        target_ = std::clamp(target_ - change / known, std::min(std::max(reserve_, 0.0), 1.0), 1.0);
    heard_new_ = false;
}

bool Player::accepts(std::uint32_t offer, double t) {
    follow();
    const double worth = list_.utility[actor_][offer];
    if (worth < reserve_)
        return false;
    if (strategy_ == Strategy::micro) {
        if (made_ == 0 && open_ == 0)
            return false;
        const std::size_t lowest = may_concede() ? made_ : made_ - 1;
        return worth >= list_.sorted[actor_][lowest];
    }
    return worth >= (strategy_ == Strategy::tit_for_tat ? target_ : aspiration(t)) - kEqual;
}

std::uint32_t Player::offer(double t) {
    const auto& order = list_.order[actor_];
    if (strategy_ == Strategy::micro) {
        if (open_ == 0)
            return order[0];
        if (may_concede())
            return order[made_++];
        return order[static_cast<std::size_t>(random_.below(made_))];
    }
    return order[place_of(strategy_ == Strategy::tit_for_tat ? target_ : aspiration(t))];
}

void Player::hear(std::size_t from, std::uint32_t offer) {
    Heard& heard = heard_[from];
    if (strategy_ == Strategy::tit_for_tat) {
        const auto& utility = list_.utility[actor_];
        if (heard.last)
            heard.change = utility[offer] - utility[*heard.last];
        heard.last = offer;
        heard_new_ = true;
    } else if (strategy_ == Strategy::micro && !heard.seen[offer]) {
        heard.seen[offer] = true;
        ++heard.different;
    }
}

GameEnd play(const OfferList& list, const std::vector<Strategy>& strategies, const GameRules& rules,
             std::uint64_t game, const Context& context) {
    std::vector<Player> players;
    players.reserve(list.actors);
    for (std::size_t a = 0; a < list.actors; ++a)
        players.emplace_back(list, a, strategies[a], rules, context.seed, game);
    GameEnd end;
    const auto remember = [&](const GameTurn& turn) {
        if (rules.trace == 0)
            return;
        end.trace.push_back(turn);
        if (end.trace.size() > rules.trace)
            end.trace.pop_front();
    };
    std::optional<std::uint32_t> standing;
    std::size_t agreed = 0;  // actors besides the proposer that have accepted in a row
    for (std::int64_t round = 0; round < rules.rounds; ++round) {
        if ((round & 1023) == 0) {
            context.check();
            context.report("talks", static_cast<double>(round), static_cast<double>(rules.rounds));
        }
        const double t =
            rules.rounds > 1 ? static_cast<double>(round) / static_cast<double>(rules.rounds - 1) : 1;
        for (std::size_t a = 0; a < players.size(); ++a) {
            if (standing && players[a].accepts(*standing, t)) {
                remember({round + 1, a, true, *standing});
                if (++agreed + 1 < players.size())
                    continue;
                end.agreed = standing;
                end.round = round + 1;
                return end;
            }
            standing = players[a].offer(t);
            agreed = 0;
            end.proposer = a;
            remember({round + 1, a, false, *standing});
            for (std::size_t other = 0; other < players.size(); ++other) {
                if (other != a)
                    players[other].hear(a, *standing);
            }
        }
    }
    return end;
}

}  // namespace steelyard::space
