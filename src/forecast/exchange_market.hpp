// SPDX-License-Identifier: Apache-2.0
#pragma once
/// One round of exchanges on flat arrays.

#include "steelyard/core/context.hpp"
#include "steelyard/forecast/input.hpp"

#include <cstdint>
#include <vector>

namespace steelyard::forecast {

/// An exchange that was made.  `i` gives way on issue q, `j` on issue p.
struct Trade {
    std::size_t i = 0, j = 0, p = 0, q = 0;
    double i_from = 0, i_to = 0, j_from = 0, j_to = 0;
    double i_gain = 0, j_gain = 0;
    double p_before = 0, p_after = 0, q_before = 0, q_after = 0;
    bool cut = false;
};

/// How ties and splits are drawn; `draw` tells rounds and replications apart.
struct MarketDraws {
    bool random_ties = false;
    double gain_share = 0;
    std::uint64_t seed = 0;
    std::uint64_t draw = 0;
};

class ExchangeMarket {
public:
    /// `position`: rows of actors, the places at the beginning of the round.
    ExchangeMarket(const ForecastInput& input, const std::vector<double>& position, const MarketDraws& draws);

    /// Makes exchanges until none is left.
    std::vector<Trade> run(const Context& context);

    /// Where the actors vote after the exchanges.
    [[nodiscard]] const std::vector<double>& voting() const { return now_; }
    /// Weighted means at the beginning; 0 where an issue has no weight.
    [[nodiscard]] const std::vector<double>& outcomes() const { return start_outcome_; }
    /// Which side of the beginning's outcome an actor stands on: -1, 0 or 1.
    [[nodiscard]] int side(std::size_t actor, std::size_t issue) const;

private:
    /// A pair of actors and of issues that may trade; 16 bits each keep millions of them small.
    struct Candidate {
        std::uint16_t i, j, p, q;
    };
    struct Entry {
        std::int64_t gain;  // in steps of 1e-10: smaller differences are ties
        std::uint64_t order;
        std::uint32_t candidate;
        std::uint32_t version;
        [[nodiscard]] bool operator<(const Entry& other) const {
            return gain != other.gain ? gain < other.gain : order > other.order;
        }
    };

    [[nodiscard]] double weight(std::size_t actor, std::size_t issue) const;
    [[nodiscard]] Trade price(std::size_t candidate) const;
    [[nodiscard]] bool valid(const Trade& trade) const;
    [[nodiscard]] double rate(std::size_t candidate) const;
    void find_candidates();
    void offer(std::size_t candidate);

    const ForecastInput& input_;
    MarketDraws draws_;
    std::size_t n_, m_;
    std::vector<double> start_, now_, moved_;  // by actor and issue; `moved_` has the sign of the direction
    std::vector<double> start_outcome_, outcome_, total_;
    std::vector<Candidate> candidates_;
    std::vector<std::uint32_t> version_;
    std::vector<std::uint32_t> supplies_, supplies_begin_;  // candidates by supplying actor and issue
    std::vector<Entry> heap_;
};

}  // namespace steelyard::forecast
