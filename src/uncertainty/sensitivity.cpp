// SPDX-License-Identifier: Apache-2.0
#include "steelyard/uncertainty/sensitivity.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/uncertainty/design.hpp"
#include "steelyard/uncertainty/estimators.hpp"
#include "steelyard/uncertainty/points.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::uncertainty {

namespace {

constexpr std::size_t kMostIndices = 40;  // factors for which `automatic` takes the costlier method

void require_memory(std::uint64_t points, const Model& model) {
    if (points * model.targets().size() > 50'000'000) {
        throw Error(ErrorKind::limit,
                    "more than 50 million values would have to be kept: take fewer samples, "
                    "factors or targets, or screen with method morris first");
    }
}

/// Point 0 is the case at its best; then rows of a, b and one mixture for each factor.
void sobol(const Model& model, const SensitivityOptions& options, const Context& context,
           std::string_view study, SensitivityResult& result) {
    const std::size_t k = model.factors().size();
    const auto rows = static_cast<std::uint64_t>(options.samples);
    const std::uint64_t width = k + 2;
    require_memory(rows * width, model);
    const Sampler sampler(Design::sobol, context.seed, rows, 2 * k);
    const Placing place = [&](std::uint64_t point, std::span<double> values) {
        if (point == 0) {
            std::ranges::copy(model.best(), values.begin());
            return;
        }
        thread_local std::vector<double> u;
        u.resize(2 * k);
        const std::uint64_t column = (point - 1) % width;
        sampler.point((point - 1) / width, u);
        for (std::size_t i = 0; i < k; ++i) {
            const bool other = column == 1 || column == i + 2;
            values[i] = model.factors()[i].at(u[other ? k + i : i]);
        }
    };
    const Points points = evaluate_points(model, 1 + rows * width, place, context, "runs", study);
    result.runs = static_cast<std::int64_t>(points.count());
    for (std::size_t t = 0; t < model.targets().size(); ++t) {
        const bool numeric = model.numeric(t);
        std::vector<double> a;
        std::vector<double> b;
        std::vector<std::vector<double>> mixed(k);
        std::vector<double> row(width);
        for (std::uint64_t r = 0; r < rows; ++r) {
            for (std::size_t c = 0; c < width; ++c) {
                row[c] = as_number(points.at(1 + r * width + c, t), numeric, points.at(0, t));
            }
            if (std::ranges::any_of(row, [](double value) { return std::isnan(value); })) {
                continue;
            }
            a.push_back(row[0]);
            b.push_back(row[1]);
            for (std::size_t i = 0; i < k; ++i) {
                mixed[i].push_back(row[i + 2]);
            }
        }
        const SobolIndices indices =
            sobol_indices(a, b, mixed, static_cast<int>(options.resamples), context.seed);
        TargetSensitivity target;
        target.best = points.value(0, t);
        target.present = static_cast<double>(a.size()) / static_cast<double>(rows);
        if (a.size() >= 2) {
            target.mean = indices.mean;
            target.variance = indices.variance;
        }
        for (std::size_t i = 0; i < k && a.size() >= 2; ++i) {
            const auto& [first, total] = indices.factors[i];
            FactorSensitivity factor;
            factor.factor = model.factors()[i].name;
            factor.first = first.value;
            factor.first_low = first.low;
            factor.first_high = first.high;
            factor.total = total.value;
            factor.total_low = total.low;
            factor.total_high = total.high;
            target.factors.push_back(std::move(factor));
        }
        std::ranges::stable_sort(target.factors, std::greater<>(),
                                 [](const FactorSensitivity& f) { return *f.total; });
        result.targets.push_back(std::move(target));
    }
}

void morris(const Model& model, const SensitivityOptions& options, const Context& context,
            std::string_view study, SensitivityResult& result) {
    const std::size_t k = model.factors().size();
    const auto count = static_cast<std::size_t>(options.paths);
    const std::size_t width = k + 1;
    require_memory(count * width, model);
    std::vector<MorrisPath> paths;
    for (std::size_t p = 0; p < count; ++p) {
        paths.push_back(morris_path(context.seed, p, k));
    }
    const Placing place = [&](std::uint64_t point, std::span<double> values) {
        if (point == 0) {
            std::ranges::copy(model.best(), values.begin());
            return;
        }
        const std::vector<double>& u = paths[(point - 1) / width].points[(point - 1) % width];
        for (std::size_t i = 0; i < k; ++i) {
            values[i] = model.factors()[i].at(u[i]);
        }
    };
    const Points points = evaluate_points(model, 1 + count * width, place, context, "runs", study);
    result.runs = static_cast<std::int64_t>(points.count());
    for (std::size_t t = 0; t < model.targets().size(); ++t) {
        std::vector<std::vector<double>> values(count, std::vector<double>(width));
        double sum = 0;
        std::size_t there = 0;
        for (std::size_t p = 0; p < count; ++p) {
            for (std::size_t c = 0; c < width; ++c) {
                const double value =
                    as_number(points.at(1 + p * width + c, t), model.numeric(t), points.at(0, t));
                values[p][c] = value;
                sum += std::isnan(value) ? 0 : value;
                there += std::isnan(value) ? 0U : 1U;
            }
        }
        TargetSensitivity target;
        target.best = points.value(0, t);
        target.present = static_cast<double>(there) / static_cast<double>(count * width);
        if (there > 0) {
            target.mean = sum / static_cast<double>(there);
        }
        const std::vector<MorrisEffect> effects = morris_effects(paths, values, k);
        for (std::size_t i = 0; i < k; ++i) {
            FactorSensitivity factor;
            factor.factor = model.factors()[i].name;
            factor.mu_star = effects[i].mu_star;
            factor.mu = effects[i].mu;
            factor.sigma = effects[i].sigma;
            target.factors.push_back(std::move(factor));
        }
        std::ranges::stable_sort(target.factors, std::greater<>(),
                                 [](const FactorSensitivity& f) { return *f.mu_star; });
        result.targets.push_back(std::move(target));
    }
}

}  // namespace

SensitivityResult sensitivity(const Case& subject, const SensitivityOptions& options, const Context& context,
                              const Catalogue& catalogue, std::string_view study) {
    const Model model(subject, options.targets, options.factors, context, catalogue);
    require_uncertain(model.factors());
    SensitivityResult result;
    result.method = options.method;
    if (result.method == SensitivityMethod::automatic) {
        result.method =
            model.factors().size() > kMostIndices ? SensitivityMethod::morris : SensitivityMethod::sobol;
    }
    if (result.method == SensitivityMethod::sobol) {
        sobol(model, options, context, study, result);
    } else {
        morris(model, options, context, study, result);
    }
    for (std::size_t t = 0; t < result.targets.size(); ++t) {
        result.targets[t].target = model.targets()[t].text;
        result.targets[t].unit = model.unit(t);
    }
    return result;
}

}  // namespace steelyard::uncertainty
