// SPDX-License-Identifier: Apache-2.0
#include "spatial_engine.hpp"

#include "steelyard/core/random.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::forecast {

namespace {

constexpr std::size_t status_quo = static_cast<std::size_t>(-1);

/// Places nearer to each other than this are one candidate: twins would take each other's chances.
constexpr double one_place = 1e-3;

/// The utility of distance d with attitude r: averse actors (r > 0) gain less from coming close.
double utility_of(double d, double r) {
    return d <= 1 ? (1 - d) * (1 + d * r) : (1 - d) * (1 + r);
}

double belief_share(RiskBelief belief) {
    switch (belief) {
        case RiskBelief::none:
            return 0;
        case RiskBelief::one_third:
            return 1.0 / 3.0;
        case RiskBelief::half:
            return 0.5;
        case RiskBelief::two_thirds:
            return 2.0 / 3.0;
        case RiskBelief::full:
            break;
    }
    return 1;
}

/// Offers by s1p1 and s2p2 are made in steps of 0.01 on the 0-100 scale.
double rounded(double place) {
    return std::floor(place * 10000 + 0.5) / 10000;
}

}  // namespace

SpatialEngine::SpatialEngine(const SpatialOptions& options, std::uint64_t seed,
                             std::vector<double> capability, std::vector<double> salience,
                             std::vector<double> position, std::vector<double> accommodation)
    : options_(options),
      seed_(seed),
      n_(capability.size()),
      m_(n_ > 0 ? position.size() / n_ : 0),
      capability_(std::move(capability)),
      salience_(std::move(salience)),
      position_(std::move(position)),
      ideal_(position_),
      accommodation_(std::move(accommodation)),
      salience_sum_(n_, 0.0),
      salience_norm_(n_, 0.0),
      distance_(n_ * n_, 0.0),
      risk_(n_, 0.0),
      queues_(n_),
      choice_(n_, status_quo),
      election_({options.voting, options.victory, options.conversion}) {
    for (std::size_t i = 0; i < n_; ++i) {
        for (std::size_t k = 0; k < m_; ++k) {
            const double s = salience_[i * m_ + k];
            salience_sum_[i] += s;
            salience_norm_[i] += s * s;
        }
    }
}

double SpatialEngine::distance(std::size_t viewer, const double* place) const {
    double sum = 0;
    for (std::size_t k = 0; k < m_; ++k) {
        const double d = salience_[viewer * m_ + k] * (ideal_[viewer * m_ + k] - place[k]);
        sum += d * d;
    }
    // Whoever cares about nothing is at no distance from anything.
    return salience_norm_[viewer] > 0 ? std::sqrt(sum / salience_norm_[viewer]) : 0;
}

void SpatialEngine::assess() {
    std::vector<double> utility(n_ * n_);
    for (std::size_t i = 0; i < n_; ++i) {
        for (std::size_t j = 0; j < n_; ++j) {
            const double d = distance(i, &position_[j * m_]);
            distance_[i * n_ + j] = d;
            utility[i * n_ + j] = 1 - d;
        }
    }
    const auto p = election_.run(capability_, utility, n_, n_);
    const auto [low, high] = std::ranges::minmax(p);
    const double range = high - low;
    for (std::size_t i = 0; i < n_; ++i) {
        const double x = p[i];
        double r = 0;
        if (range > 0) {
            switch (options_.risk) {
                case RiskRange::min:
                    r = (x - low) / range;
                    break;
                case RiskRange::mid:
                    r = (3 * x - high - 2 * low) / (2 * range);
                    break;
                case RiskRange::max:
                    r = (2 * x - high - low) / range;
                    break;
            }
        }
        risk_[i] = r;
    }
}

std::vector<double> SpatialEngine::shares() {
    std::vector<std::size_t> first(n_);  // by actor: the first one at its place
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < n_; ++i) {
        first[i] = i;
        for (const std::size_t j : places) {
            double square = 0;
            for (std::size_t k = 0; k < m_; ++k) {
                const double d = position_[i * m_ + k] - position_[j * m_ + k];
                square += d * d;
            }
            if (std::sqrt(square) < one_place) {
                first[i] = j;
                break;
            }
        }
        if (first[i] == i) {
            places.push_back(i);
        }
    }
    std::vector<double> utility;
    for (std::size_t a = 0; a < n_; ++a) {
        for (const std::size_t j : places) {
            utility.push_back(utility_of(distance_[a * n_ + j], risk_[a]));
        }
    }
    const auto p = election_.run(capability_, utility, places.size(), places.size());
    std::vector<double> share(n_);
    for (std::size_t i = 0; i < n_; ++i) {
        const auto place = static_cast<std::size_t>(std::ranges::find(places, first[i]) - places.begin());
        share[i] = p[place] / static_cast<double>(std::ranges::count(first, first[i]));
    }
    return share;
}

SpatialEngine::Challenge SpatialEngine::challenge(std::size_t by, std::size_t with,
                                                  const double* utility) const {
    // utility[m * n + j]: what the challenger thinks j's place is worth to m.
    const auto u = [&](std::size_t who, std::size_t place) { return utility[who * n_ + place]; };
    const auto strength = [&](std::size_t who) { return salience_sum_[who] * capability_[who]; };
    double x0 = 1e-10;
    double y0 = 1e-10;
    const auto count = [](double votes, double& for_it, double& against) {
        for_it += std::max(votes, 0.0);
        against += std::max(-votes, 0.0);
    };
    count(vote(options_.voting, strength(by), u(by, by) - u(by, with)), x0, y0);
    count(vote(options_.voting, strength(with), u(with, by) - u(with, with)), x0, y0);
    double x = x0;
    double y = y0;
    if (options_.third_parties != ThirdParties::no_commit) {
        const bool semi = options_.third_parties == ThirdParties::semi_commit;
        for (std::size_t m = 0; m < n_; ++m) {
            if (m == by || m == with) {
                continue;
            }
            const double w = strength(m);
            double votes = vote(options_.voting, w, u(m, by) - u(m, with));
            if (semi) {
                const double for_it = x0 + std::max(votes, 0.0);
                const double against = y0 + std::max(-votes, 0.0);
                const double p = for_it / (for_it + against);
                const double q = 1 - p;
                const double backs = p * (2 * u(m, by) + u(m, m)) + q * (3 * u(m, with));
                const double opposes = p * (3 * u(m, by)) + q * (2 * u(m, with) + u(m, m));
                votes = vote(options_.voting, w, backs - opposes);
            }
            count(votes, x, y);
        }
    }
    const double phi = x / (x + y);
    const double s = salience_sum_[with];
    const double won = 2 * u(by, by);
    const double lost = 2 * u(by, with);
    const double now = u(by, by) + u(by, with);
    return {phi, (1 - s) * won + s * (phi * won + (1 - phi) * lost) - now};
}

EngineBargain SpatialEngine::offer(std::size_t by, std::size_t with, Challenge seen) const {
    EngineBargain bargain;
    bargain.by = by;
    bargain.with = with;
    bargain.chance = seen.chance;
    bargain.gain = seen.gain;
    bargain.by_to.resize(m_);
    bargain.with_to.resize(m_);
    constexpr double least = 1e-6;
    const double p = seen.chance;
    const double q = 1 - p;
    for (std::size_t k = 0; k < m_; ++k) {
        const double si = salience_[by * m_ + k];
        const double sj = salience_[with * m_ + k];
        const double xi = position_[by * m_ + k];
        const double xj = position_[with * m_ + k];
        if (options_.bargain == BargainRule::s2pmax) {
            const double di = std::max(0.0, q - p);
            const double dj = std::max(0.0, p - q);
            const double fi = di * sj * sj / (di * sj * sj + least + (1 - di) * si * si);
            const double fj = dj * si * si / (dj * si * si + least + (1 - dj) * sj * sj);
            bargain.by_to[k] = xi + fi * (xj - xi);
            bargain.with_to[k] = xj + fj * (xi - xj);
            continue;
        }
        const bool squares = options_.bargain == BargainRule::s2p2;
        const double wi = squares ? si * si * p * p : si * p;
        const double wj = squares ? sj * sj * q * q : sj * q;
        bargain.by_to[k] = rounded(((wi + least) * xi + wj * xj) / (wi + least + wj));
        bargain.with_to[k] = rounded((wi * xi + (least + wj) * xj) / (wi + least + wj));
    }
    return bargain;
}

void SpatialEngine::propose(std::uint64_t turn) {
    assess();
    bargains_.clear();
    const double share = belief_share(options_.belief);
    std::vector<double> utility(n_ * n_);
    for (std::size_t i = 0; i < n_; ++i) {
        for (std::size_t k = 0; k < n_; ++k) {
            const double r = (1 - share) * risk_[i] + share * risk_[k];
            for (std::size_t j = 0; j < n_; ++j) {
                utility[k * n_ + j] = utility_of(distance_[k * n_ + j], r);
            }
        }
        std::size_t target = n_;
        Challenge best{0, 1e-5};
        for (std::size_t j = 0; j < n_; ++j) {
            if (j != i) {
                const Challenge seen = challenge(i, j, utility.data());
                if (seen.gain > best.gain) {
                    best = seen;
                    target = j;
                }
            }
        }
        if (target < n_) {
            bargains_.push_back(offer(i, target, best));
        }
    }
    choose(turn);
}

void SpatialEngine::choose(std::uint64_t turn) {
    // What each bargain is worth to each actor: the mean over all places, with the two parties moved.
    const std::size_t count = bargains_.size();
    std::vector<double> now(n_ * n_);
    std::vector<double> worth(n_ * (count + 1));  // rows of actors; the last column is the status quo
    for (std::size_t a = 0; a < n_; ++a) {
        double sum = 0;
        for (std::size_t j = 0; j < n_; ++j) {
            now[a * n_ + j] = utility_of(distance_[a * n_ + j], risk_[a]);
            sum += now[a * n_ + j];
        }
        worth[a * (count + 1) + count] = sum / static_cast<double>(n_);
        for (std::size_t b = 0; b < count; ++b) {
            const EngineBargain& bargain = bargains_[b];
            const double by = utility_of(distance(a, bargain.by_to.data()), risk_[a]);
            const double with = utility_of(distance(a, bargain.with_to.data()), risk_[a]);
            // In order, not by difference: near-ties must come out as they would in a plain sum.
            double moved = 0;
            for (std::size_t j = 0; j < n_; ++j) {
                moved += j == bargain.by ? by : (j == bargain.with ? with : now[a * n_ + j]);
            }
            worth[a * (count + 1) + b] = moved / static_cast<double>(n_);
        }
    }
    for (auto& queue : queues_) {
        queue.assign(1, status_quo);
    }
    for (std::size_t b = 0; b < count; ++b) {
        queues_[bargains_[b].by].push_back(b);
        queues_[bargains_[b].with].push_back(b);
    }
    std::vector<double> utility;
    for (std::size_t k = 0; k < n_; ++k) {
        const auto& queue = queues_[k];
        choice_[k] = status_quo;
        if (queue.size() == 1) {
            continue;
        }
        utility.resize(n_ * queue.size());
        for (std::size_t a = 0; a < n_; ++a) {
            for (std::size_t b = 0; b < queue.size(); ++b) {
                const std::size_t column = queue[b] == status_quo ? count : queue[b];
                utility[a * queue.size() + b] = worth[a * (count + 1) + column];
            }
        }
        const auto p = election_.run(capability_, utility, queue.size(), queue.size());
        std::size_t winner = 0;
        if (options_.transitions == Transitions::stochastic) {
            double left = RandomStream(seed_, turn, static_cast<std::uint32_t>(k)).uniform();
            while (winner + 1 < queue.size() && left >= p[winner]) {
                left -= p[winner++];
            }
        } else {
            winner = static_cast<std::size_t>(std::ranges::max_element(p) - p.begin());
        }
        choice_[k] = queue[winner];
        if (choice_[k] != status_quo) {
            EngineBargain& bargain = bargains_[choice_[k]];
            (bargain.by == k ? bargain.by_accepts : bargain.with_accepts) = true;
        }
    }
}

double SpatialEngine::move() {
    double total = 0;
    for (std::size_t i = 0; i < n_; ++i) {
        if (choice_[i] == status_quo) {
            continue;
        }
        const EngineBargain& bargain = bargains_[choice_[i]];
        const std::vector<double>& to = bargain.by == i ? bargain.by_to : bargain.with_to;
        double square = 0;
        for (std::size_t k = 0; k < m_; ++k) {
            const double d = to[k] - position_[i * m_ + k];
            square += d * d;
            position_[i * m_ + k] = to[k];
        }
        total += std::sqrt(square);
    }
    std::vector<double> ideal(n_ * m_);
    for (std::size_t i = 0; i < n_; ++i) {
        double row = 0;
        for (std::size_t j = 0; j < n_; ++j) {
            row += accommodation_[i * n_ + j];
        }
        for (std::size_t k = 0; k < m_; ++k) {
            double to = 0;
            for (std::size_t j = 0; j < n_; ++j) {
                to += accommodation_[i * n_ + j] * position_[j * m_ + k];
            }
            ideal[i * m_ + k] = to + (1 - row) * ideal_[i * m_ + k];
        }
    }
    ideal_ = std::move(ideal);
    return total;
}

}  // namespace steelyard::forecast
