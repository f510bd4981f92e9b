// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"
#include "steelyard/core/sha256.hpp"
#include "steelyard/core/version.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/registry/arguments.hpp"
#include "steelyard/uncertainty/acceptance.hpp"
#include "steelyard/uncertainty/ensemble.hpp"
#include "steelyard/uncertainty/flip.hpp"
#include "steelyard/uncertainty/sensitivity.hpp"
#include "steelyard/uncertainty/tornado.hpp"
#include "steelyard/uncertainty/voi.hpp"

namespace steelyard::registry {

namespace {

using Texts = std::pair<std::string_view, std::string_view>;

/// What an analysis that draws may know of the one it draws from.
uncertainty::AnalysisFacts look_up(std::string_view name) {
    const Analysis& found = find_analysis(name);
    return {found.module, found.result(), [&found](const Named<std::string>& texts) {
                const std::vector<FieldShape> options = found.options();
                return found.complete(arguments_from_texts(options, texts));
            }};
}

/// A fingerprint of all that a run depends on: a checkpoint belongs to one only.
template <class O>
std::string fingerprint(std::string_view name, const Case& subject, const O& options,
                        const Context& context) {
    Value::Map all;
    all.emplace_back("analysis", Value(name));
    all.emplace_back("version", Value(version()));
    all.emplace_back("case", Value(case_hash(subject)));
    all.emplace_back("seed", Value(std::to_string(context.seed)));
    all.emplace_back("options", to_value(options));
    return sha256(to_json(Value(std::move(all))));
}

/// An analysis of the module with the registry to draw from.
template <class O, class R>
using Drawing = R (*)(const Case&, const O&, const Context&, const uncertainty::Catalogue&, std::string_view);

template <const auto& Name, class O, class R, Drawing<O, R> F>
R draw(const Case& subject, const O& options, const Context& context) {
    const std::string study =
        context.runner == nullptr ? std::string() : fingerprint(Name, subject, options, context);
    return F(subject, options, context, &look_up, study);
}

constexpr std::string_view kEnsemble = "ensemble";
constexpr std::string_view kSensitivity = "sensitivity";
constexpr std::string_view kTornado = "tornado";
constexpr std::string_view kFlip = "flip";
constexpr std::string_view kVoi = "voi";
constexpr std::string_view kExplore = "explore";
constexpr std::string_view kAcceptance = "acceptance";

using namespace uncertainty;

constexpr std::array kUncertaintyNeeds{Section::preferences};
constexpr std::string_view kMerger = "business/merger";

constexpr std::array<std::string_view, 4> kEnsembleReferences{
    "Salmon, Moraes, Dror & Shaw, Parallel random numbers: as easy as 1, 2, 3, SC 2011 (random streams)",
    "Joe & Kuo, Constructing Sobol sequences with better two-dimensional projections, SIAM Journal on "
    "Scientific "
    "Computing 30, 2008, 2635-2654; Owen, Randomly permuted (t,m,s)-nets, 1995 (scrambling)",
    "Hemming, Burgman, Hanea, McBride & Wintle, A practical guide to structured expert elicitation using the "
    "IDEA "
    "protocol, Methods in Ecology and Evolution 9, 2018, 169-180 (three-point estimates)",
    "Office of the Director of National Intelligence, Intelligence Community Directive 203: Analytic "
    "Standards, 2015, "
    "section D.6.e (words of likelihood)",
};
constexpr std::array<std::string_view, 3> kSensitivityReferences{
    "Saltelli, Annoni, Azzini, Campolongo, Ratto & Tarantola, Variance based sensitivity analysis of model "
    "output, "
    "Computer Physics Communications 181, 2010, 259-270",
    "Jansen, Analysis of variance designs for model output, Computer Physics Communications 117, 1999, 35-43",
    "Morris, Factorial sampling plans for preliminary computational experiments, Technometrics 33, 1991, "
    "161-174; "
    "Campolongo, Cariboni & Saltelli, Environmental Modelling & Software 22, 2007, 1509-1518 (mu*)",
};
constexpr std::array<std::string_view, 1> kTornadoReferences{
    "Howard, Decision analysis: practice and promise, Management Science 34, 1988, 679-695 (the tornado "
    "diagram)",
};
constexpr std::array<std::string_view, 1> kFlipReferences{
    "Insua & French, A framework for sensitivity analysis in discrete multi-objective decision-making, "
    "European "
    "Journal of Operational Research 54, 1991, 176-190 (the nearest competitor)",
};
constexpr std::array<std::string_view, 2> kVoiReferences{
    "Raiffa & Schlaifer, Applied Statistical Decision Theory, Harvard 1961, chapter 4",
    "Strong, Oakley & Brennan, Estimating multiparameter partial expected value of perfect information from "
    "a "
    "probabilistic sensitivity analysis sample, Medical Decision Making 34, 2014, 311-326",
};
constexpr std::array<std::string_view, 1> kAcceptanceReferences{
    "Lahdelma & Salminen, SMAA-2: stochastic multicriteria acceptability analysis for group decision making, "
    "Operations Research 49, 2001, 444-454",
};

constexpr std::string_view kNashTargets =
    "solutions(concepts=nash):acceptable_exists,solutions(concepts=nash):solutions[0].deal.plants";
constexpr std::array kEnsembleExample{Texts{"targets", kNashTargets}, Texts{"draws", "64"}};
constexpr std::array kFewTargets{
    Texts{"targets", "solutions(concepts=nash):solutions[0].value"},
    Texts{"factors", "no_deal.nordwerk,no_deal.tessal"},
    Texts{"samples", "16"},
};
constexpr std::array kTornadoExample{Texts{"targets", "solutions(concepts=nash):solutions[0].value"}};
constexpr std::array kFlipExample{Texts{"targets", kNashTargets}, Texts{"steps", "2"}, Texts{"draws", "32"}};
constexpr std::array kVoiExample{Texts{"targets", kNashTargets}, Texts{"draws", "64"}};
constexpr std::array kExploreExample{
    Texts{"targets", kNashTargets},
    Texts{"factors", "no_deal.nordwerk,no_deal.tessal"},
    Texts{"steps", "3"},
};
constexpr std::array kAcceptanceExample{Texts{"draws", "64"}};

constexpr std::array kUncertaintyPart{
    analysis<EnsembleOptions, EnsembleResult, &draw<kEnsemble, EnsembleOptions, EnsembleResult, &ensemble>>(
        kEnsemble, "uncertainty", "How far does the answer spread?",
        "Draws every uncertain number of the case, and the choice of method where several are named, and "
        "runs any "
        "analysis on each draw: the distribution of numbers, the likelihood of conclusions, each with its "
        "Monte Carlo "
        "error. The same bytes on any number of threads or ranks. Time grows with draws times one run; "
        "forecasts of "
        "stances are compiled and cost microseconds a draw.",
        Status::cross_checked, kEnsembleReferences, kUncertaintyNeeds, {kMerger, kEnsembleExample}),
    analysis<AcceptanceOptions, AcceptanceResult,
             &draw<kAcceptance, AcceptanceOptions, AcceptanceResult, &acceptance>>(
        kAcceptance, "uncertainty", "How likely is a deal to be accepted, and who would refuse it?",
        "An ensemble over one table: how likely any deal is acceptable, how likely a given deal is, how "
        "likely each "
        "actor would be worse off with it, and how often each option is part of the draw's own Nash deal.",
        Status::cross_checked, kAcceptanceReferences, kUncertaintyNeeds, {kMerger, kAcceptanceExample}),
    analysis<TornadoOptions, TornadoResult, &draw<kTornado, TornadoOptions, TornadoResult, &tornado>>(
        kTornado, "uncertainty", "Which numbers swing the answer most?",
        "Moves each number to its 10th and 90th percentile, all others at their best, and sorts by the "
        "swing. Two "
        "runs for each number.",
        Status::cross_checked, kTornadoReferences, kUncertaintyNeeds, {kMerger, kTornadoExample}),
    analysis<FlipOptions, FlipResult, &draw<kFlip, FlipOptions, FlipResult, &flip>>(
        kFlip, "uncertainty", "What would have to be different for the conclusion to break?",
        "For each number the smallest change, in its own unit, that turns the conclusion, how likely the "
        "number is "
        "that far off, and the smallest joint change that was found.",
        Status::cross_checked, kFlipReferences, kUncertaintyNeeds, {kMerger, kFlipExample}),
    analysis<SensitivityOptions, SensitivityResult,
             &draw<kSensitivity, SensitivityOptions, SensitivityResult, &sensitivity>>(
        kSensitivity, "uncertainty", "Which numbers account for the spread?",
        "First-order and total Sobol indices with bootstrap intervals, or Morris screening when the numbers "
        "are many. "
        "Samples x (factors + 2), or paths x (factors + 1), runs.",
        Status::published, kSensitivityReferences, kUncertaintyNeeds, {kMerger, kFewTargets}),
    analysis<VoiOptions, VoiResult, &draw<kVoi, VoiOptions, VoiResult, &voi>>(
        kVoi, "uncertainty", "What should be looked into next?",
        "The expected value of perfect information, on everything and on each number and claim: how much "
        "likelier a "
        "conclusion is called right, how much an estimate's error shrinks, or how much a choice among acts "
        "gains. By "
        "regression on one set of draws.",
        Status::published, kVoiReferences, kUncertaintyNeeds, {kMerger, kVoiExample}),
    analysis<ExploreOptions, ExploreResult, &draw<kExplore, ExploreOptions, ExploreResult, &explore>>(
        kExplore, "uncertainty", "How does the answer change along one or two numbers?",
        "Sweeps one or two numbers over their range, all others at their best: for sliders and heat maps.",
        Status::cross_checked, kTornadoReferences, kUncertaintyNeeds, {kMerger, kExploreExample}),
};

}  // namespace

std::span<const Analysis> uncertainty_part() {
    return kUncertaintyPart;
}

}  // namespace steelyard::registry
