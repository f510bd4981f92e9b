// SPDX-License-Identifier: Apache-2.0
#include "report/tendency.hpp"

#include "report/scan.hpp"
#include "report/words.hpp"
#include "steelyard/core/normal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace steelyard::report {

namespace {

constexpr double fewest_draws = 10;
// Of a thousand numbers that do not matter, in one case of sixteen one strays as far from its mean.
constexpr double clear_deviations = 4;

/// `51.4 on average, against 49.2 where it is`, in as few decimals as show the difference.
std::string means_text(double failing, double holding) {
    constexpr int most_decimals = 6;
    int decimals = 1;
    while (decimals < most_decimals && std::abs(failing - holding) < 2 * std::pow(10.0, -decimals)) {
        ++decimals;
    }
    // Adding 0 keeps a rounded -0 from showing its sign.
    const auto rounded = [&](double value) {
        const double scale = std::pow(10.0, decimals);
        return std::round(value * scale) / scale + 0.0;
    };
    return fmt::format("{:.{}f} on average, against {:.{}f} where it is", rounded(failing), decimals,
                       rounded(holding), decimals);
}

}  // namespace

std::vector<Tendency> tendencies(const Study& study, Draws& draws, std::size_t conclusion,
                                 const std::vector<TurningPoint>& known, std::size_t most) {
    const std::vector<double>& held = draws.held(conclusion);
    const auto all = static_cast<double>(held.size());
    const double holding = draws.share(conclusion).first * all;
    const double failing = all - holding;
    if (std::min(holding, failing) < fewest_draws) {
        return {};
    }
    struct Candidate {
        double deviations;
        std::size_t factor;
    };
    std::vector<Candidate> candidates;
    for (std::size_t f = 0; f < draws.count(); ++f) {
        double sum = 0;
        for (std::size_t d = 0; d < held.size(); ++d) {
            sum += (1 - held[d]) * draws.scores(f)[d];
        }
        // Normal scores have variance 1; all of them together sum to nothing, so the two sides stray alike.
        const double deviations = std::abs(sum) / std::sqrt(failing * holding / all);
        const bool told =
            std::ranges::find(known, draws.factor(f).name, &TurningPoint::number) != known.end();
        if (deviations > clear_deviations && !told) {
            candidates.push_back({deviations, f});
        }
    }
    std::ranges::stable_sort(candidates, std::ranges::greater{}, &Candidate::deviations);
    std::vector<Tendency> found;
    for (const Candidate& candidate : candidates) {
        if (found.size() == most) {
            break;
        }
        if (!draws.mends(conclusion, candidate.factor)) {
            continue;  // chance after all, or it only goes along with what matters
        }
        const uncertainty::Factor& factor = draws.factor(candidate.factor);
        Tendency tendency;
        tendency.number = factor.name;
        for (std::size_t d = 0; d < held.size(); ++d) {
            const double value = factor.at(normal_probability(draws.scores(candidate.factor)[d]));
            tendency.failing += (1 - held[d]) * value / failing;
            tendency.holding += held[d] * value / holding;
        }
        tendency.sentence =
            sentence("where it is not so, " + number_phrase(study, draws.number(candidate.factor)) +
                     " is mostly " + (tendency.failing > tendency.holding ? "higher: " : "lower: ") +
                     means_text(tendency.failing, tendency.holding));
        found.push_back(std::move(tendency));
    }
    return found;
}

}  // namespace steelyard::report
