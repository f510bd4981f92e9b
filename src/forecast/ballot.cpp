// SPDX-License-Identifier: Apache-2.0
#include "ballot.hpp"

namespace steelyard::forecast {

namespace {

/// `weight_of` every actor on an issue; what makes a position count is asked once, not for each.
void weigh(const ForecastInput& input, Weighting weighting, std::size_t issue, std::vector<double>& weights) {
    const std::size_t actors = input.actor_count();
    const auto fill = [&](auto weight) {
        for (std::size_t a = 0; a < actors; ++a) {
            const std::size_t at = input.at(a, issue);
            weights[a] = input.present[at] != 0 ? weight(a, at) : 0;
        }
    };
    switch (weighting) {
        case Weighting::both:
            fill([&](std::size_t a, std::size_t at) { return input.capability[a] * input.salience[at]; });
            break;
        case Weighting::salience:
            fill([&](std::size_t, std::size_t at) { return input.salience[at]; });
            break;
        case Weighting::capability:
            fill([&](std::size_t a, std::size_t) { return input.capability[a]; });
            break;
        case Weighting::equal:
            fill([](std::size_t, std::size_t) { return 1.0; });
            break;
    }
}

}  // namespace

void Ballot::collect(const ForecastInput& input, Weighting weighting, std::size_t issue,
                     std::span<const char> always) {
    const std::size_t actors = input.actor_count();
    weights_.resize(actors);
    voters_.resize(actors);
    near_.reserve(actors);
    weigh(input, weighting, issue, weights_);
    double largest = 0;
    for (const double weight : weights_) {
        largest = std::max(largest, weight);
    }
    // Scaled where sums might overflow or vanish, and there only.
    const double unit = largest > 0 && (largest < 1e-100 || largest > 1e100) ? largest : 1;
    count_ = 0;
    total_ = 0;
    part_.fill(0);
    for (std::size_t a = 0; a < actors; ++a) {
        const std::size_t at = input.at(a, issue);
        if (!(weights_[a] > 0) && (always.empty() || always[a] == 0 || input.present[at] == 0)) {
            continue;
        }
        constexpr double parts_in_a_place = kParts / 100.0;
        const double place = input.position[at];
        const double weight = unit < 1 || unit > 1 ? weights_[a] / unit : weights_[a];
        const auto part = static_cast<std::size_t>(std::clamp(place * parts_in_a_place, 0.0, kParts - 1.0));
        voters_[count_++] = {place, weight, static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(part)};
        part_[part] += weight;
        total_ += weight;
    }
}

Ballot::Voter Ballot::after(const Voter& voter) const {
    const Voter* next = nullptr;
    for (const Voter& other : voters()) {
        if (voter < other && (next == nullptr || other < *next)) {
            next = &other;
        }
    }
    return next == nullptr ? voter : *next;
}

}  // namespace steelyard::forecast
