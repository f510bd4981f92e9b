// SPDX-License-Identifier: Apache-2.0
#include "exchange_market.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/core/random.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace steelyard::forecast {

namespace {

/// Moves and gains below this are none.
constexpr double nothing = 1e-10;

/// The version of a candidate that is not on offer any more.
constexpr std::uint32_t gone = 0xFFFFFFFFU;

}  // namespace

ExchangeMarket::ExchangeMarket(const ForecastInput& input, const std::vector<double>& position,
                               const MarketDraws& draws)
    : input_(input),
      draws_(draws),
      n_(input.actor_count()),
      m_(input.issue_count()),
      start_(position),
      now_(position),
      moved_(position.size(), 0.0),
      start_outcome_(m_, 0.0),
      total_(m_, 0.0) {
    constexpr std::size_t most = std::numeric_limits<std::uint16_t>::max();
    if (n_ > most || m_ > most) {
        throw Error(ErrorKind::limit, "the exchange model takes at most 65,535 actors and issues");
    }
    for (std::size_t k = 0; k < m_; ++k) {
        for (std::size_t a = 0; a < n_; ++a) {
            total_[k] += weight(a, k);
            start_outcome_[k] += weight(a, k) * start_[a * m_ + k];
        }
        start_outcome_[k] = total_[k] > 0 ? start_outcome_[k] / total_[k] : 0;
    }
    outcome_ = start_outcome_;
    find_candidates();
}

double ExchangeMarket::weight(std::size_t actor, std::size_t issue) const {
    return input_.weight(actor, issue);
}

int ExchangeMarket::side(std::size_t actor, std::size_t issue) const {
    if (!input_.has(actor, issue)) {
        return 0;
    }
    const double off = start_[actor * m_ + issue] - start_outcome_[issue];
    return off > 0 ? 1 : (off < 0 ? -1 : 0);
}

void ExchangeMarket::find_candidates() {
    std::vector<int> sides(n_ * m_);
    for (std::size_t a = 0; a < n_; ++a) {
        for (std::size_t k = 0; k < m_; ++k) {
            // Who has no weight on an issue cannot move its outcome, and so has nothing to give on it.
            sides[a * m_ + k] = weight(a, k) > 0 ? side(a, k) : 0;
        }
    }
    for (std::size_t p = 0; p < m_; ++p) {
        for (std::size_t q = p + 1; q < m_; ++q) {
            for (std::size_t a = 0; a < n_; ++a) {
                const int ap = sides[a * m_ + p];
                const int aq = sides[a * m_ + q];
                if (ap == 0 || aq == 0) {
                    continue;
                }
                for (std::size_t b = a + 1; b < n_; ++b) {
                    if (sides[b * m_ + p] != -ap || sides[b * m_ + q] != -aq) {
                        continue;
                    }
                    // Each demands the issue that it cares about more, compared with the other.
                    const double first = input_.salience[a * m_ + p] * input_.salience[b * m_ + q];
                    const double second = input_.salience[b * m_ + p] * input_.salience[a * m_ + q];
                    if (first > second || first < second) {
                        const auto i = static_cast<std::uint16_t>(first > second ? a : b);
                        const auto j = static_cast<std::uint16_t>(first > second ? b : a);
                        candidates_.push_back(
                            {i, j, static_cast<std::uint16_t>(p), static_cast<std::uint16_t>(q)});
                    }
                }
            }
        }
    }
    if (candidates_.size() > std::numeric_limits<std::uint32_t>::max() / 2) {
        throw Error(ErrorKind::limit, "more than two thousand million possible exchanges");
    }
    version_.assign(candidates_.size(), 0);
    supplies_begin_.assign(n_ * m_ + 1, 0);
    for (const Candidate& c : candidates_) {
        ++supplies_begin_[c.i * m_ + c.q + 1];
        ++supplies_begin_[c.j * m_ + c.p + 1];
    }
    for (std::size_t s = 1; s < supplies_begin_.size(); ++s) {
        supplies_begin_[s] += supplies_begin_[s - 1];
    }
    supplies_.resize(2 * candidates_.size());
    std::vector<std::uint32_t> next(supplies_begin_.begin(), supplies_begin_.end() - 1);
    for (std::uint32_t c = 0; c < candidates_.size(); ++c) {
        supplies_[next[candidates_[c].i * m_ + candidates_[c].q]++] = c;
        supplies_[next[candidates_[c].j * m_ + candidates_[c].p]++] = c;
    }
}

/// How far the outcome on q shifts for each place that the outcome on p shifts.
double ExchangeMarket::rate(std::size_t candidate) const {
    const Candidate& c = candidates_[candidate];
    const double ip = input_.salience[c.i * m_ + c.p];
    const double iq = input_.salience[c.i * m_ + c.q];
    const double jp = input_.salience[c.j * m_ + c.p];
    const double jq = input_.salience[c.j * m_ + c.q];
    const double equal = (ip + jp) / (iq + jq);
    if (!(draws_.gain_share > 0)) {
        return equal;
    }
    RandomStream stream(draws_.seed, draws_.draw, static_cast<std::uint32_t>(candidate));
    const double share = draws_.gain_share * stream.uniform();
    const bool to_j = stream.below(2) == 0;
    // At iq : ip actor i gains nothing, at jq : jp actor j.
    return equal + share * ((to_j ? ip / iq : jp / jq) - equal);
}

Trade ExchangeMarket::price(std::size_t candidate) const {
    const Candidate& c = candidates_[candidate];
    Trade t;
    t.i = c.i;
    t.j = c.j;
    t.p = c.p;
    t.q = c.q;
    t.i_from = now_[t.i * m_ + t.q];
    t.j_from = now_[t.j * m_ + t.p];
    // Each goes towards where the other stood at the beginning.
    const double i_target = start_[t.j * m_ + t.q];
    const double j_target = start_[t.i * m_ + t.p];
    const double i_room = std::abs(i_target - t.i_from);
    const double j_room = std::abs(j_target - t.j_from);
    const double q_for_p = rate(candidate);
    const double i_weight = weight(t.i, t.q) / total_[t.q];
    const double j_weight = weight(t.j, t.p) / total_[t.p];
    double dp = j_room * j_weight;
    double dq = dp * q_for_p;
    if (dq > i_room * i_weight) {
        dq = i_room * i_weight;
        dp = dq / q_for_p;
    }
    const double i_way = i_target > t.i_from ? 1 : -1;
    const double j_way = j_target > t.j_from ? 1 : -1;
    t.q_before = outcome_[t.q];
    t.p_before = outcome_[t.p];
    // The outcome must not pass the place of the partner it is moved for.
    const double q_room = (i_target - t.q_before) * i_way;
    const double p_room = (j_target - t.p_before) * j_way;
    if (q_room > 0 && dq > q_room) {
        dq = q_room;
        dp = dq / q_for_p;
        t.cut = true;
    }
    if (p_room > 0 && dp > p_room) {
        dp = p_room;
        dq = dp * q_for_p;
        t.cut = true;
    }
    t.i_to = std::clamp(t.i_from + i_way * dq / i_weight, 0.0, 100.0);
    t.j_to = std::clamp(t.j_from + j_way * dp / j_weight, 0.0, 100.0);
    t.q_after = t.q_before + i_way * dq;
    t.p_after = t.p_before + j_way * dp;
    t.i_gain = dp * input_.salience[t.i * m_ + t.p] - dq * input_.salience[t.i * m_ + t.q];
    t.j_gain = dq * input_.salience[t.j * m_ + t.q] - dp * input_.salience[t.j * m_ + t.p];
    return t;
}

bool ExchangeMarket::valid(const Trade& t) const {
    const auto may_move = [&](std::size_t actor, std::size_t issue, double move) {
        const double before = moved_[actor * m_ + issue];
        return std::abs(move) > nothing && before * move >= 0 && std::abs(before + move) <= 100 + 1e-9;
    };
    return may_move(t.i, t.q, t.i_to - t.i_from) && may_move(t.j, t.p, t.j_to - t.j_from) &&
           t.i_gain + t.j_gain >= 2 * nothing;
}

void ExchangeMarket::offer(std::size_t candidate) {
    if (version_[candidate] == gone) {
        return;
    }
    const Trade trade = price(candidate);
    if (!valid(trade)) {
        version_[candidate] = gone;
        return;
    }
    ++version_[candidate];
    std::uint64_t order = candidate;
    if (draws_.random_ties) {
        RandomStream stream(draws_.seed, draws_.draw, static_cast<std::uint32_t>(candidate));
        (void)stream.bits();  // the first two numbers are for the split
        (void)stream.bits();
        order = stream.bits();
    }
    heap_.push_back({std::llround((trade.i_gain + trade.j_gain) / (2 * nothing)), order,
                     static_cast<std::uint32_t>(candidate), version_[candidate]});
}

std::vector<Trade> ExchangeMarket::run(const Context& context) {
    for (std::size_t c = 0; c < candidates_.size(); ++c) {
        offer(c);
    }
    std::ranges::make_heap(heap_, std::less{});
    std::vector<Trade> made;
    while (!heap_.empty()) {
        std::ranges::pop_heap(heap_, std::less{});
        const Entry entry = heap_.back();
        heap_.pop_back();
        if (entry.version != version_[entry.candidate]) {
            continue;
        }
        context.check();
        // Others may have moved the outcome since it was priced.
        const Trade trade = price(entry.candidate);
        if (!valid(trade)) {
            version_[entry.candidate] = gone;
            continue;
        }
        const std::int64_t gain = std::llround((trade.i_gain + trade.j_gain) / (2 * nothing));
        if (gain < entry.gain) {
            heap_.push_back({gain, entry.order, entry.candidate, entry.version});
            std::ranges::push_heap(heap_, std::less{});
            continue;
        }
        made.push_back(trade);
        now_[trade.i * m_ + trade.q] = trade.i_to;
        now_[trade.j * m_ + trade.p] = trade.j_to;
        moved_[trade.i * m_ + trade.q] += trade.i_to - trade.i_from;
        moved_[trade.j * m_ + trade.p] += trade.j_to - trade.j_from;
        outcome_[trade.q] = trade.q_after;
        outcome_[trade.p] = trade.p_after;
        version_[entry.candidate] = gone;
        for (const std::size_t supplier : {trade.i * m_ + trade.q, trade.j * m_ + trade.p}) {
            for (std::size_t at = supplies_begin_[supplier]; at < supplies_begin_[supplier + 1]; ++at) {
                const std::size_t size = heap_.size();
                offer(supplies_[at]);
                if (heap_.size() > size) {
                    std::ranges::push_heap(heap_, std::less{});
                }
            }
        }
    }
    return made;
}

}  // namespace steelyard::forecast
