// SPDX-License-Identifier: Apache-2.0
// How likely each option is, given what several models say and how far such models are off.
#include "steelyard/forecast/models.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace steelyard::forecast {

namespace {

constexpr double scale_end = 100;

/// The share of a Laplace distribution around `middle` that lies below `place`.
double below(double place, double middle, double error) {
    return place < middle ? std::exp((place - middle) / error) / 2
                          : 1 - std::exp((middle - place) / error) / 2;
}

/// A stretch of the scale, and how many options share it.
struct Cell {
    double from = 0;
    double to = scale_end;
    std::size_t options = 0;
};

}  // namespace

std::vector<double> option_likelihoods(const std::vector<PlacedOption>& options,
                                       std::span<const double> values, double error) {
    std::vector<double> places;
    for (const PlacedOption& option : options) {
        places.push_back(option.place);
    }
    std::ranges::sort(places);
    places.erase(std::ranges::unique(places).begin(), places.end());
    std::vector<Cell> cells(places.size());
    for (std::size_t c = 0; c + 1 < cells.size(); ++c) {
        cells[c].to = cells[c + 1].from = std::midpoint(places[c], places[c + 1]);
    }
    const auto cell_of = [&](const PlacedOption& option) {
        return static_cast<std::size_t>(std::ranges::lower_bound(places, option.place) - places.begin());
    };
    for (const PlacedOption& option : options) {
        ++cells[cell_of(option)].options;
    }
    std::vector<double> mass(cells.size(), 0.0);
    double total = 0;
    for (std::size_t c = 0; c < cells.size(); ++c) {
        for (const double x : values) {
            const double middle = std::clamp(x, 0.0, scale_end);
            const double whole = below(scale_end, middle, error) - below(0, middle, error);
            mass[c] += (below(cells[c].to, middle, error) - below(cells[c].from, middle, error)) / whole;
        }
        if (values.empty()) {
            mass[c] = cells[c].to - cells[c].from;  // nothing is known: the scale alone decides
        }
        mass[c] = std::max(mass[c], 0.0);
        total += mass[c];
    }
    std::vector<double> likelihood;
    for (const PlacedOption& option : options) {
        const std::size_t c = cell_of(option);
        likelihood.push_back(mass[c] / total / static_cast<double>(cells[c].options));
    }
    return likelihood;
}

}  // namespace steelyard::forecast
