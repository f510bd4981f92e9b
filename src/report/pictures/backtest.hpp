// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The pictures of a back-test, each as one <svg> element.  `id` is unique on the page.

#include <string>
#include <string_view>
#include <vector>

namespace steelyard::report {

/// How far a model was off, in places, with an interval.
struct ModelError {
    std::string model;
    double error = 0;
    double low = 0;
    double high = 0;
};

/// A dot with its interval for every model, in the order given; a line down from the model called `against`.
std::string errors_picture(const std::vector<ModelError>& models, std::string_view against,
                           std::string_view id);

/// Options whose likelihoods lay in one band: what was said on average, and how often it came about (0-1).
struct SaidAndCame {
    std::string band;
    int options = 0;
    double said = 0;
    double came = 0;
};

/// What came about over what was said, bands without options left out; on the diagonal words and world agree.
std::string calibration_picture(const std::vector<SaidAndCame>& bands, std::string_view id);

}  // namespace steelyard::report
