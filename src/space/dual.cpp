// SPDX-License-Identifier: Apache-2.0
#include "dual.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace steelyard::space {

namespace {

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

class Search {
public:
    explicit Search(const DualProblem& problem) : p_(problem), n_(problem.offset.size()) {
        for (std::size_t i = 0; i < n_; ++i)
            rate_.push_back(p_.measure.rate(i));
    }

    Directions run(std::size_t most) {
        switch (p_.measure.kind) {
            case Measure::Kind::product:
                product();
                break;
            case Measure::Kind::least:
            case Measure::Kind::leximin:
                least();
                break;
            case Measure::Kind::sum:
            case Measure::Kind::single:
                sum();
                break;
        }
        std::ranges::stable_sort(tried_, {}, &Tried::bound);
        Directions directions;
        // Neighbouring steps resemble each other: after the best, only weights that differ enough.
        for (const Tried& tried : tried_) {
            if (directions.weighed.size() == most)
                break;
            const bool fresh = std::ranges::all_of(directions.weighed, [&](const Weighed& kept) {
                double distance = 0;
                for (std::size_t i = 0; i < n_; ++i)
                    distance = std::max(distance, std::abs(kept.weights[i] - tried.weights[i]) /
                                                      (kept.weights[i] + tried.weights[i] + 1e-300));
                return distance > 0.02;
            });
            if (fresh)
                directions.weighed.push_back(p_.bounds.weigh(tried.weights));
        }
        directions.deals = std::move(deals_);
        return directions;
    }

private:
    struct Tried {
        double bound = 0;
        Vector weights;
    };
    struct Answer {
        Vector gains;
        double value = 0;  ///< weights . gains, the largest there is
    };

    /// The deal that is best for the weights.
    Answer ask(const Vector& weights) {
        p_.bounds.weigh(weights, last_);
        std::vector<std::size_t> options = p_.bounds.best(last_);
        Answer answer{p_.offset, last_.rest[0][0] + dot(weights, p_.offset)};
        const Vector row = p_.bounds.row(options);
        for (std::size_t i = 0; i < n_; ++i)
            answer.gains[i] += row[i];
        if (deals_.size() < 200 && std::ranges::find(deals_, options) == deals_.end())
            deals_.push_back(std::move(options));
        return answer;
    }

    void record(double bound) { tried_.push_back({bound, last_.weights}); }

    /// The gain of each actor in the deal that is best for it alone.
    Vector ideal() {
        Vector best(n_);
        for (std::size_t i = 0; i < n_; ++i) {
            Vector unit(n_);
            unit[i] = 1;
            best[i] = ask(unit).gains[i];
        }
        return best;
    }

    void product() {
        double power = 0;
        for (std::size_t i = 0; i < n_; ++i)
            power += p_.in_play[i] != 0 ? static_cast<double>(p_.measure.exponent[i]) : 0;
        if (power == 0)
            return;
        const Vector best = ideal();
        Vector mean(n_);
        for (std::size_t i = 0; i < n_; ++i)
            mean[i] = best[i] / 2;
        for (int step = 0; step < 80; ++step) {
            Vector weights(n_);
            for (std::size_t i = 0; i < n_; ++i) {
                if (p_.in_play[i] != 0)
                    weights[i] =
                        static_cast<double>(p_.measure.exponent[i]) / std::max(mean[i], best[i] * 1e-3);
            }
            const Answer answer = ask(weights);
            double bound = power * std::log(std::max(answer.value, 1e-300) / power);
            for (std::size_t i = 0; i < n_; ++i) {
                if (p_.in_play[i] != 0) {
                    const auto e = static_cast<double>(p_.measure.exponent[i]);
                    bound += e * std::log(e / weights[i]);
                }
            }
            record(bound);
            const double pace = 2.0 / (step + 3);
            for (std::size_t i = 0; i < n_; ++i)
                mean[i] += pace * (answer.gains[i] - mean[i]);
        }
    }

    void least() {
        std::vector<std::size_t> players;
        for (std::size_t i = 0; i < n_; ++i) {
            if (p_.in_play[i] != 0)
                players.push_back(i);
        }
        if (players.empty())
            return;
        const Vector best = ideal();
        double scale = 0;
        for (const std::size_t i : players)
            scale = std::max(scale, std::abs(best[i] * rate_[i]));
        if (scale == 0)
            scale = 1;
        Vector sums(n_);  // of the gains so far, in comparable units
        for (int step = 0; step < 120; ++step) {
            const double sharpness = std::sqrt(8.0 / (step + 1));
            double lowest = std::numeric_limits<double>::infinity();
            for (const std::size_t i : players)
                lowest = std::min(lowest, sums[i]);
            Vector shares(n_);
            double total = 0;
            for (const std::size_t i : players) {
                shares[i] = std::exp(-sharpness * (sums[i] - lowest) / scale) + 1e-6;
                total += shares[i];
            }
            Vector weights(n_);
            for (const std::size_t i : players)
                weights[i] = shares[i] / total * rate_[i];
            const Answer answer = ask(weights);
            record(answer.value);
            for (const std::size_t i : players)
                sums[i] += answer.gains[i] * rate_[i];
        }
    }

    void sum() {
        Vector base(n_);
        for (std::size_t i = 0; i < n_; ++i)
            base[i] = p_.measure.kind == Measure::Kind::sum || i == p_.measure.actor ? rate_[i] : 0;
        const Vector best = ideal();
        double scale = 0;
        for (std::size_t i = 0; i < n_; ++i)
            scale = std::max(scale, std::abs(best[i] * rate_[i]));
        if (scale == 0)
            scale = 1;
        Vector price(n_);
        for (int step = 0; step < 80; ++step) {
            Vector weights = base;
            for (std::size_t i = 0; i < n_; ++i)
                weights[i] += price[i] * rate_[i];
            const Answer answer = ask(weights);
            record(answer.value);
            bool done = true;
            for (std::size_t i = 0; i < n_; ++i) {
                if (p_.needed[i] == 0)
                    continue;
                const double gain = answer.gains[i] * rate_[i];
                const double moved = std::max(0.0, price[i] - 2 * gain / scale / std::sqrt(step + 1.0));
                done = done && gain >= 0 && price[i] == 0;
                price[i] = moved;
            }
            if (done)
                break;  // the best deal of all asks nothing of those who must not lose
        }
    }

    const DualProblem& p_;
    std::size_t n_;
    Vector rate_;
    Weighed last_;  // its memory serves every question
    std::vector<Tried> tried_;
    std::vector<std::vector<std::size_t>> deals_;
};

}  // namespace

Directions find_directions(const DualProblem& problem, std::size_t most) {
    return Search(problem).run(most);
}

}  // namespace steelyard::space
