// SPDX-License-Identifier: Apache-2.0
#pragma once
/// One turn of the spatial model on flat arrays; positions and saliences are shares of 1 here.

#include "steelyard/forecast/spatial.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace steelyard::forecast {

/// A bargain between two actors and the places it would move them to.
struct EngineBargain {
    std::size_t by = 0;
    std::size_t with = 0;
    double chance = 0;
    double gain = 0;
    std::vector<double> by_to, with_to;
    bool by_accepts = false;
    bool with_accepts = false;
};

class SpatialEngine {
public:
    /// `salience` and `position`: rows of actors.  `accommodation`: rows of actors.
    SpatialEngine(const SpatialOptions& options, std::uint64_t seed, std::vector<double> capability,
                  std::vector<double> salience, std::vector<double> position,
                  std::vector<double> accommodation);

    /// What is proposed and accepted at the present positions.  O(actors^2 x (actors + issues)).
    void propose(std::uint64_t turn);
    /// Carries the accepted bargains out.  Returns how far the actors moved, added up.
    double move();

    /// Distances and attitudes at the present positions; part of `propose`.
    void assess();
    /// Each actor's place's probability to win an election among the different places taken (further
    /// than 0.1 on the 0-100 scale apart), everybody voting with its own attitude; actors at one place share
    /// it in equal parts.  `assess` must have been called.
    [[nodiscard]] std::vector<double> shares();

    [[nodiscard]] std::span<const double> positions() const { return position_; }
    [[nodiscard]] std::span<const double> ideals() const { return ideal_; }
    [[nodiscard]] std::span<const double> risks() const { return risk_; }
    [[nodiscard]] std::span<const EngineBargain> bargains() const { return bargains_; }

private:
    /// A challenge as the challenger sees it.
    struct Challenge {
        double chance;
        double gain;
    };

    [[nodiscard]] double distance(std::size_t viewer, const double* place) const;
    [[nodiscard]] Challenge challenge(std::size_t by, std::size_t with, const double* utility) const;
    [[nodiscard]] EngineBargain offer(std::size_t by, std::size_t with, Challenge seen) const;
    void choose(std::uint64_t turn);

    SpatialOptions options_;
    std::uint64_t seed_;
    std::size_t n_, m_;
    std::vector<double> capability_, salience_, position_, ideal_, accommodation_;
    std::vector<double> salience_sum_, salience_norm_;
    std::vector<double> distance_, risk_;
    std::vector<EngineBargain> bargains_;
    std::vector<std::vector<std::size_t>> queues_;  // by actor: bargains it is party to
    std::vector<std::size_t> choice_;               // by actor: its bargain, or none
    Election election_;
};

}  // namespace steelyard::forecast
