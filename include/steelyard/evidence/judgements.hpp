// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What people think of claims, events and numbers, and the rules by which many opinions become one.

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace steelyard::evidence {

/// One reader's answers about one claim.  A question that is not answered is absent, which is no opinion.
struct ClaimVote {
    std::string claim;
    std::string reader;
    std::optional<bool> there;     ///< is it really there, in context?
    std::optional<bool> supports;  ///< does it support the number?
    std::optional<int> impact;     ///< how much does it matter, 0 to 4?
    std::string number;            ///< a number by JSON Pointer; empty: every number that rests on the claim
};

/// One expert's probability that a claim holds (`claim:ID`) or an event happens (`event:ID`).
struct Chance {
    std::string about;
    std::string expert;
    double probability = 0;
};

/// One expert's estimate of a number (JSON Pointer) or of a seed question (`event:ID`).
struct ThreePoints {
    std::string about;
    std::string expert;
    double low = 0;
    double best = 0;
    double high = 0;
    double confidence = 0.9;  ///< how sure the expert is that the truth lies between low and high
};

/// Everything that was said about one case.
struct Judgements {
    std::vector<ClaimVote> votes;
    std::vector<Chance> chances;
    std::vector<ThreePoints> estimates;
    std::vector<std::pair<std::string, double>> truths;  ///< what turned out, by `about`
};

/// Mean of the Beta(prior_up + up, prior_down + down) distribution: the pooled share of up votes.  With a
/// uniform prior (1, 1) seven up and two down give 8/11.
double beta_mean(int up, int down, double prior_up = 1, double prior_down = 1);

struct Interval {
    double low = 0;
    double high = 1;
};

/// Wilson's score interval of a share (Wilson 1927, J. Am. Stat. Assoc. 22, 209-212).  7 of 9 at 0.95:
/// .452589 to .936775.  With no votes it is [0, 1].
Interval wilson(int up, int down, double level = 0.95);

/// How far a vote is split: 0 when all agree, 1 when as many say yes as no; 0 without votes.
double disagreement(int up, int down);

/// Probabilities nearer to 0 or 1 than this count as this near in pools of log odds, where certainty would
/// silence everybody else.
inline constexpr double kCertainty = 1e-3;

/// Weighted mean.  Weights of equal length, at least one positive; empty means equal weights.
double linear_pool(std::span<const double> chances, std::span<const double> weights = {});

/// Weighted mean of the log odds, moved away from the `prior` by `factor` (1: not at all).
double log_odds_pool(std::span<const double> chances, double factor = 1, double prior = 0.5,
                     std::span<const double> weights = {});

/// Neyman and Roughgarden's factor for `experts` forecasters who may share information, without knowing how
/// much: d(n) = n (sqrt(3 n^2 - 3 n + 1) - 2) / (n^2 - n - 1); d(2) = 1.291503, d(10) = 1.624953
/// (Neyman & Roughgarden 2022, "Are you smarter than a random expert?", EC '22).  d(1) = 1.
double neyman_roughgarden_factor(int experts);

}  // namespace steelyard::evidence
