// SPDX-License-Identifier: Apache-2.0
#include "steelyard/uncertainty/voi.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/core/normal.hpp"
#include "steelyard/uncertainty/ensemble.hpp"
#include "steelyard/uncertainty/estimators.hpp"
#include "steelyard/uncertainty/points.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace steelyard::uncertainty {

namespace {

using Columns = std::vector<std::vector<double>>;

/// The draws of one target or choice, ready to be valued.
struct Stake {
    Worth measure = Worth::chance;
    Columns payoffs;                // of the answers or acts; of an estimate: its values
    std::vector<std::size_t> kept;  // the draws that they belong to
};

double mean_of(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double variance_of(const std::vector<double>& values) {
    const double mean = mean_of(values);
    double squares = 0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    return squares / static_cast<double>(values.size());
}

/// The value of knowing what stands in `z` (one column for each factor, over all draws).
InformationValue worth_of(const Stake& stake, const std::vector<const std::vector<double>*>& z) {
    Columns kept;
    for (const std::vector<double>* column : z) {
        kept.emplace_back();
        for (const std::size_t draw : stake.kept) {
            kept.back().push_back((*column)[draw]);
        }
    }
    const std::vector<std::span<const double>> spans(kept.begin(), kept.end());
    if (stake.measure != Worth::error) {
        return evppi(stake.payoffs, spans);
    }
    const std::vector<double>& y = stake.payoffs.front();
    const std::vector<double> fitted = conditional_mean(spans, y);
    const double variance = variance_of(y);
    const double left = std::max(0.0, variance - variance_of(fitted));
    // Standard error of the remaining variance, carried to its root.
    std::vector<double> squares(y.size());
    for (std::size_t j = 0; j < y.size(); ++j) {
        squares[j] = (y[j] - fitted[j]) * (y[j] - fitted[j]);
    }
    const double error = std::sqrt(variance_of(squares) / static_cast<double>(y.size()));
    const double root = std::sqrt(left);
    const double worth = std::sqrt(variance) - root;
    return {worth, worth > 0 && root > 0 ? error / (2 * root) : 0};
}

TargetWorth value_of(const Model& model, const Stake& stake, const Columns& z) {
    TargetWorth target;
    target.measure = stake.measure;
    if (stake.kept.size() < 2) {
        return target;
    }
    if (stake.measure == Worth::error) {
        target.now = std::sqrt(variance_of(stake.payoffs.front()));
        target.everything = target.now;
    } else {
        target.everything = evpi(stake.payoffs).value;
    }
    std::map<std::string, std::vector<const std::vector<double>*>> claims;
    for (std::size_t f = 0; f < model.factors().size(); ++f) {
        const Factor& factor = model.factors()[f];
        const InformationValue value = worth_of(stake, {&z[f]});
        target.factors.push_back({factor.name, std::max(0.0, value.value), value.error});
        for (const std::string& claim : factor.because) {
            claims[claim].push_back(&z[f]);
        }
    }
    std::ranges::stable_sort(target.factors, std::greater<>(), &FactorWorth::worth);
    for (const auto& [claim, columns] : claims) {
        const InformationValue value = worth_of(stake, columns);
        target.claims.push_back(
            {claim, static_cast<std::int64_t>(columns.size()), std::max(0.0, value.value), value.error});
    }
    std::ranges::stable_sort(target.claims, std::greater<>(), &ClaimWorth::worth);
    return target;
}

/// Of a text: each answer pays 1 where it is right.
Stake conclusion(const Points& points, std::size_t target) {
    Stake stake;
    stake.payoffs.resize(points.texts.size() + 1);
    for (std::size_t d = 0; d < points.count(); ++d) {
        const Outcome& outcome = points.at(d, target);
        const std::size_t right = outcome.kind == Outcome::Kind::text ? outcome.text : points.texts.size();
        for (std::size_t answer = 0; answer < stake.payoffs.size(); ++answer) {
            stake.payoffs[answer].push_back(answer == right ? 1 : 0);
        }
        stake.kept.push_back(d);
    }
    return stake;
}

/// Of numbers, in the draws in which they all have a value.
Stake numbers(const Points& points, std::size_t first, std::size_t count, Worth measure) {
    Stake stake;
    stake.measure = measure;
    stake.payoffs.resize(count);
    for (std::size_t d = 0; d < points.count(); ++d) {
        bool all = true;
        for (std::size_t i = 0; i < count; ++i) {
            all = all && points.at(d, first + i).kind == Outcome::Kind::number;
        }
        for (std::size_t i = 0; all && i < count; ++i) {
            stake.payoffs[i].push_back(points.at(d, first + i).number);
        }
        if (all) {
            stake.kept.push_back(d);
        }
    }
    return stake;
}

/// The place of the answer or act with the highest mean payoff.
std::size_t best_of(const Stake& stake) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < stake.payoffs.size(); ++i) {
        if (mean_of(stake.payoffs[i]) > mean_of(stake.payoffs[best])) {
            best = i;
        }
    }
    return best;
}

}  // namespace

VoiResult voi(const Case& subject, const VoiOptions& options, const Context& context,
              const Catalogue& catalogue, std::string_view study) {
    std::vector<std::string> asked = options.targets;
    asked.insert(asked.end(), options.acts.begin(), options.acts.end());
    const Model model(subject, asked, options.factors, context, catalogue);
    require_uncertain(model.factors());
    const std::size_t targets = options.targets.size();
    std::vector<Problem> problems;
    if (options.acts.size() == 1) {
        problems.push_back({Place{{}, 0, 0, "/acts"},
                            "one act alone is no choice",
                            options.acts.front(),
                            "two or more",
                            {}});
    }
    for (std::size_t t = targets; t < asked.size(); ++t) {
        if (!model.numeric(t)) {
            problems.push_back(
                {Place{{}, 0, 0, "/acts"}, "the payoff of an act is a number", asked[t], {}, {}});
        }
    }
    if (!problems.empty()) {
        throw Error(ErrorKind::invalid_option, std::move(problems));
    }
    const std::size_t k = model.factors().size();
    const std::uint64_t draws =
        (static_cast<std::uint64_t>(options.draws) + kRepetitions - 1) / kRepetitions * kRepetitions;
    const Sampler sampler(Design::sobol, context.seed, draws, k,
                          correlation_matrix(subject, model.factors(), options.correlations));
    const Placing place = [&](std::uint64_t point, std::span<double> values) {
        sampler.point(point, values);
        for (std::size_t f = 0; f < k; ++f) {
            values[f] = model.factors()[f].at(values[f]);
        }
    };
    const Points points = evaluate_points(model, draws, place, context, "draws", study);
    // What would be known, as normal scores; of a choice, or a number with few values, the value itself.
    Columns z(k, std::vector<double>(draws));
    std::vector<double> u(k);
    for (std::uint64_t d = 0; d < draws; ++d) {
        sampler.point(d, u);
        for (std::size_t f = 0; f < k; ++f) {
            const Factor& factor = model.factors()[f];
            z[f][d] = factor.quantile.few_values() ? factor.at(u[f]) : normal_quantile(u[f]);
        }
    }
    VoiResult result;
    result.draws = static_cast<std::int64_t>(draws);
    for (std::size_t t = 0; t < targets; ++t) {
        const bool numeric = model.numeric(t);
        const Stake stake = numeric ? numbers(points, t, 1, Worth::error) : conclusion(points, t);
        TargetWorth target = value_of(model, stake, z);
        target.target = model.targets()[t].text;
        target.unit = numeric ? model.unit(t) : "";
        if (numeric && stake.kept.size() >= 2) {
            target.choice = Value(mean_of(stake.payoffs.front()));
        } else if (!numeric) {
            const std::size_t answer = best_of(stake);
            target.choice = answer < points.texts.size() ? Value(points.texts[answer]) : Value();
            target.now = mean_of(stake.payoffs[answer]);
        }
        result.targets.push_back(std::move(target));
    }
    if (!options.acts.empty()) {
        const Stake stake = numbers(points, targets, options.acts.size(), Worth::payoff);
        TargetWorth target = value_of(model, stake, z);
        target.target = "acts";
        target.unit = model.unit(targets);
        if (stake.kept.size() >= 2) {
            const std::size_t act = best_of(stake);
            target.choice = Value(asked[targets + act]);
            target.now = mean_of(stake.payoffs[act]);
        }
        result.targets.push_back(std::move(target));
    }
    return result;
}

}  // namespace steelyard::uncertainty
