// SPDX-License-Identifier: Apache-2.0
// How the models have done in the back-test that the program comes with; a test takes it again where the data
// are at hand.
#include "steelyard/forecast/forecast.hpp"

#include <array>

namespace steelyard::forecast {

std::span<const ModelRecord> builtin_record() {
    static constexpr std::array record{
        ModelRecord{Model::exchange, 24.94, {21.53, 28.55}},
        ModelRecord{Model::compromise, 25.67, {22.41, 29.18}},
        ModelRecord{Model::election, 25.72, {22.30, 29.46}},
        ModelRecord{Model::nash_bargaining, 25.84, {22.72, 29.15}},
        ModelRecord{Model::model_median, 25.87, {22.40, 29.73}},
        ModelRecord{Model::mean, 27.06, {23.94, 30.52}},
        ModelRecord{Model::middle, 28.34, {25.68, 31.17}},
        ModelRecord{Model::challenge, 28.94, {24.92, 33.06}},
        ModelRecord{Model::spatial, 30.74, {26.76, 35.17}},
        ModelRecord{Model::median, 31.43, {26.56, 36.62}},
        ModelRecord{Model::procedural, 31.98, {26.97, 37.12}},
    };
    return record;
}

std::string_view record_source() {
    return "173 issues of 69 proposals of Decision-making in the European Union III (Arregui and Perarnaud "
           "2021, doi 10.34810/data53), the even-numbered ones; members by votes, institutions as mean "
           "members";
}

}  // namespace steelyard::forecast
