// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/forecast.hpp"

#include "known_cases.hpp"
#include "parts.hpp"
#include "steelyard/forecast/challenge.hpp"
#include "steelyard/forecast/compromise.hpp"
#include "steelyard/forecast/election.hpp"
#include "steelyard/forecast/exchange.hpp"
#include "steelyard/forecast/median.hpp"
#include "steelyard/forecast/nash_bargaining.hpp"
#include "steelyard/forecast/procedural.hpp"
#include "steelyard/forecast/spatial.hpp"

namespace steelyard::registry {

namespace {

using Texts = std::pair<std::string_view, std::string_view>;

constexpr std::array kForecastNeeds{Section::preferences};
constexpr std::string_view kCars = "forecast/emission-standards-1994";
constexpr std::string_view kChocolate = "forecast/eu-chocolate-directive";

constexpr std::array<std::string_view, 2> kCompromiseReferences{
    "Achen, Institutional realism and bargaining models, in: Thomson, Stokman, Achen & Koenig (eds.), The "
    "European Union Decides, Cambridge University Press 2006, chapter 4",
    "Van den Bos, Dutch EC Decision Making, Thesis Publishers 1991",
};
constexpr std::array<std::string_view, 1> kMedianReferences{
    "Black, On the rationale of group decision-making, Journal of Political Economy 56, 1948, 23-34",
};
constexpr std::array<std::string_view, 3> kNashReferences{
    "Nash, The bargaining problem, Econometrica 18, 1950, 155-162",
    "Kalai, Nonsymmetric Nash solutions and replications of 2-person bargaining, International Journal of "
    "Game "
    "Theory 6, 1977, 129-133",
    "Gilbert, An iterative procedure for computing the minimum of a quadratic form on a convex set, SIAM "
    "Journal "
    "on Control 4, 1966, 61-80",
};
constexpr std::array<std::string_view, 2> kProceduralReferences{
    "Romer & Rosenthal, Political resource allocation, controlled agendas, and the status quo, Public Choice "
    "33, "
    "1978, 27-43",
    "Krehbiel, Pivotal Politics: A Theory of U.S. Lawmaking, University of Chicago Press 1998",
};
constexpr std::array<std::string_view, 2> kSpatialReferences{
    "Wise, Lester & Efird, An introduction to the KAPSARC Toolkit for Behavioral Analysis (KTAB) using one-"
    "dimensional spatial models, KAPSARC 2015",
    "Wise, Lester & Efird, Multidimensional bargaining using KTAB, KAPSARC 2015",
};
constexpr std::array<std::string_view, 3> kChallengeReferences{
    "Bueno de Mesquita, Political forecasting: an expected utility method, in: Bueno de Mesquita & Stokman "
    "(eds.), European Community Decision Making, Yale University Press 1994, chapter 4",
    "Bueno de Mesquita, A decision making model: its structure and form, International Interactions 23, "
    "1997, "
    "235-266",
    "Scholz, Calbert & Smith, Unravelling Bueno de Mesquita's group decision model, ICAART 2011, volume 2, "
    "13-22, table 2",
};
constexpr std::array<std::string_view, 2> kExchangeReferences{
    "Stokman & Van Oosten, The exchange of voting positions: an object-oriented model of policy networks, "
    "in: "
    "Bueno de Mesquita & Stokman (eds.), European Community Decision Making, Yale University Press 1994, "
    "chapter 5",
    "Dijkstra, Van Assen & Stokman, Outcomes of collective decisions with externalities predicted, Journal "
    "of "
    "Theoretical Politics 20, 2008, 415-441",
};
constexpr std::array<std::string_view, 2> kForecastReferences{
    "Thomson, Stokman, Achen & Koenig (eds.), The European Union Decides, Cambridge University Press 2006, "
    "chapter 11 (comparison of models)",
    "Office of the Director of National Intelligence, Intelligence Community Directive 203: Analytic "
    "Standards, "
    "2015, section D.6.e",
};
constexpr std::array<std::string_view, 2> kBacktestReferences{
    "Arregui & Perarnaud, A new dataset on legislative decision-making in the European Union: the DEU III "
    "dataset, Journal of European Public Policy 29, 2022, 12-22",
    "Davison & Hinkley, Bootstrap Methods and their Application, Cambridge University Press 1997, chapter 2",
};
constexpr std::array<std::string_view, 2> kFitReferences{
    "Wolpert, Stacked generalization, Neural Networks 5, 1992, 241-259",
    "Kivinen & Warmuth, Exponentiated gradient versus gradient descent for linear predictors, Information "
    "and "
    "Computation 132, 1997, 1-63",
};

constexpr std::array kSetterExample{Texts{"setter", "com"}, Texts{"quota", "0.7126"}};
constexpr std::array kExchangeExample{Texts{"rounds", "2"}};
constexpr std::array kBacktestExample{Texts{"models", "compromise,median,exchange,middle"}};

/// A table small enough to stand in an example, with enough proposals for each purpose.
constexpr std::string_view kFewIssues =
    "prnrnmc,prname,isnr,proc,counvte,pcom,scom,pat,sat,pbe,sbe,rp,out\n"
    "1,a,a1,COD,QMV,100,50,0,80,50,40,0,40\n"
    "2,b,b1,COD,QMV,0,50,100,80,70,40,0,70\n"
    "3,c,c1,COD,QMV,20,50,60,80,90,40,,50\n"
    "4,d,d1,COD,QMV,100,50,0,20,0,40,0,60\n"
    "5,e,e1,COD,QMV,0,50,30,80,100,40,100,50\n"
    "6,f,f1,COD,QMV,50,50,0,80,100,90,0,50\n"
    "7,g,g1,COD,QMV,10,50,20,80,30,40,0,20\n"
    "8,h,h1,COD,QMV,90,50,80,80,70,40,,80\n"
    "9,i,i1,COD,QMV,0,90,100,80,100,40,0,60\n"
    "10,j,j1,COD,QMV,100,50,0,60,40,40,0,30\n"
    "11,k,k1,COD,QMV,60,50,40,80,0,40,0,30\n"
    "12,l,l1,COD,QMV,0,20,100,80,50,40,0,80\n";
constexpr std::string_view kFewMembers =
    "abbr,weights,banzhaf,shapleyshubik\nat,4,0.0479,0.04536\nbe,5,0.0587,0.055176\n";
constexpr std::array kFitExample{Texts{"deu", kFewIssues}, Texts{"eu15", kFewMembers},
                                 Texts{"eu27", kFewMembers}};

constexpr std::array kForecastPart{
    analysis<forecast::ForecastOptions, forecast::ForecastResult, &forecast::forecast>(
        "forecast", "forecast", "What is likely to be agreed?",
        "Runs every forecasting model on the open issues of a table and shows them side by side: the median "
        "of "
        "the models, how far they differ, the option nearest to the median, and how likely each option is "
        "given "
        "how far such models have been off where the outcome is known.",
        Status::cross_checked, kForecastReferences, kForecastNeeds, {kChocolate}),
    analysis<forecast::CompromiseOptions, forecast::CompromiseResult, &forecast::compromise>(
        "compromise", "forecast", "Where do the positions balance?",
        "The mean of the positions, weighted by capability times salience, with each actor's pull. The "
        "simplest "
        "model, and so far the one that is hardest to beat.",
        Status::cross_checked, kCompromiseReferences, kForecastNeeds, {kCars}),
    analysis<forecast::MedianOptions, forecast::MedianResult, &forecast::median>(
        "median", "forecast", "Which place would win every vote against another?",
        "The weighted median position of each issue, and among the options, by the actors' points, the one "
        "that "
        "beats all others; where votes run in a circle, the options in it.",
        Status::cross_checked, kMedianReferences, kForecastNeeds, {kCars}),
    analysis<forecast::NashBargainingOptions, forecast::NashBargainingResult, &forecast::nash_bargaining>(
        "nash_bargaining", "forecast", "What would bargainers of unequal strength settle on?",
        "The asymmetric Nash solution, with capabilities as weights: exactly over the deals where the case "
        "has "
        "score sheets, otherwise over all places of the scales, with a bound on how far off it may be.",
        Status::cross_checked, kNashReferences, kForecastNeeds, {kChocolate}),
    analysis<forecast::ProceduralOptions, forecast::ProceduralResult, &forecast::procedural>(
        "procedural", "forecast", "Who is pivotal under the rules, and what follows?",
        "Issue by issue: with an agenda setter, its best proposal that passes against the status quo; under "
        "the "
        "open rule, the place nearest to the status quo that no sufficient majority wants to leave. Quotas "
        "and "
        "vetoes are options.",
        Status::cross_checked, kProceduralReferences, kForecastNeeds, {kChocolate, kSetterExample}),
    analysis<forecast::ElectionOptions, forecast::ElectionResult, &forecast::election>(
        "election", "forecast", "How likely is each position to win?",
        "A probabilistic Condorcet election among the positions taken: every pair is voted on, and the "
        "stronger "
        "side is the likelier, not the certain, winner.",
        Status::published, kSpatialReferences, kForecastNeeds, {kCars}),
    analysis<forecast::ChallengeOptions, forecast::ChallengeResult, &forecast::challenge>(
        "challenge", "forecast", "Who would give way to whom, round by round?",
        "The expected-utility model: every actor weighs a challenge to every other, and who looks weaker "
        "gives "
        "way. Implementations differ; every choice is an option, and presets name known lineages. Time grows "
        "with the cube of the number of actors.",
        Status::published, kChallengeReferences, kForecastNeeds, {kCars}),
    analysis<forecast::ExchangeOptions, forecast::ExchangeResult, &forecast::exchange>(
        "exchange", "forecast", "Who would trade what with whom, and whom would it hurt?",
        "Pairs of actors on opposite sides of two issues each give way where it costs them less, best "
        "bargain "
        "first; with every exchange, the outcomes it moves and its effect on everybody else.",
        Status::published, kExchangeReferences, kForecastNeeds, {kChocolate, kExchangeExample}),
    analysis<forecast::SpatialOptions, forecast::SpatialResult, &forecast::spatial>(
        "spatial", "forecast", "Where do challenges, bargains and votes lead, turn by turn?",
        "The spatial model of politics on all issues at once: challenges weighed with inferred attitudes to "
        "risk, "
        "bargains between two, votes on the bargains, all moves at once, until the actors hardly move. "
        "Repeats "
        "the position histories of KTAB. Time grows with the cube of the number of actors.",
        Status::published, kSpatialReferences, kForecastNeeds, {kChocolate}),
    analysis<BacktestRequest, forecast::BacktestResult, &backtest>(
        "backtest", "forecast", "How good have the forecasts been?",
        "Scores every model on issues whose outcome is known, with paired bootstrap intervals over cases, "
        "and "
        "compares likelihoods with what came about. Takes the case itself, further case files, and the "
        "tables of "
        "the DEU study.",
        Status::cross_checked, kBacktestReferences, {}, {kChocolate, kBacktestExample}),
    analysis<FitRequest, forecast::FitResult, &fit>(
        "fit", "forecast", "How should the models be mixed?",
        "Fits the stacked model on cases whose outcome is known: ingredients, shrinkage and weights by "
        "leaving out one case after the other, scored on cases that had no part in it, split by a hash of "
        "the "
        "case id. Says whether the mixture beats the compromise with confidence.",
        Status::cross_checked, kFitReferences, {}, {kCars, kFitExample}),
};

}  // namespace

std::span<const Analysis> forecast_part() {
    return kForecastPart;
}

}  // namespace steelyard::registry
