// SPDX-License-Identifier: Apache-2.0
// The weights that the program comes with, as `steelyard fit` printed them. A test fits them again where the
// data are at hand.
#include "steelyard/forecast/stacked.hpp"

namespace steelyard::forecast {

const StackedWeights& builtin_weights() {
    // 70 proposals (the even-numbered ones) of Decision-making in the European Union III, Arregui & Perarnaud
    // 2021, doi 10.34810/data53; split by the SHA-256 of the case id.
    static const StackedWeights weights{"70 cases e5c46c9bb1bf",
                                        {{"compromise", 0},
                                         {"median", 0.073},
                                         {"nash_bargaining", 0},
                                         {"procedural", 0.066},
                                         {"election", 0.019},
                                         {"challenge", 0.176},
                                         {"exchange", 0.574},
                                         {"spatial", 0},
                                         {"status_quo", 0.092}},
                                        38};
    return weights;
}

}  // namespace steelyard::forecast
