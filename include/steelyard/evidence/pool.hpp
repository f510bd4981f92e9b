// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What do many people think?  Votes, probabilities and estimates pooled by published rules.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/evidence/judgements.hpp"
#include "steelyard/evidence/pooled_spreads.hpp"
#include "steelyard/model/case.hpp"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::evidence {

/// How experts are weighted.
enum class Weighting { equal, performance };

constexpr auto choices_of(Weighting) {
    return std::array{
        Choice<Weighting>{Weighting::equal, "equal", "every expert the same"},
        Choice<Weighting>{Weighting::performance, "performance",
                          "Cooke's classical model, on the questions whose answers are known"},
    };
}

struct PoolOptions {
    std::vector<std::string> votes;
    std::vector<std::string> chances;
    std::vector<std::string> estimates;
    Named<double> truths;
    Weighting weighting = Weighting::performance;
    std::optional<double> cutoff;
    double prior_up = 1;
    double prior_down = 1;
    double level = 0.95;
    double extremise = 1;
    double prior = 0.5;

    static constexpr auto fields() {
        return std::tuple{
            field("votes", &PoolOptions::votes,
                  "`CLAIM READER THERE SUPPORTS IMPACT`, and `NUMBER` where the answers are about one number "
                  "only; up, down or - for the two questions, 0 to 4 or - for the impact."),
            field("chances", &PoolOptions::chances,
                  "`ABOUT EXPERT PROBABILITY`, where ABOUT is claim:ID or event:ID."),
            field("estimates", &PoolOptions::estimates,
                  "`ABOUT EXPERT LOW BEST HIGH`, and `CONFIDENCE` (default 0.9), where ABOUT is a number of "
                  "the case or event:ID."),
            field("truths", &PoolOptions::truths,
                  "Answers that are known by now, by what the estimates were about."),
            field("weighting", &PoolOptions::weighting, "How experts' estimates are weighted."),
            field("cutoff", &PoolOptions::cutoff,
                  "Experts less calibrated than this get no weight; without it, the best cut-off on the "
                  "known answers.",
                  "", {0, 1}),
            field("prior_up", &PoolOptions::prior_up, "Up votes that the prior is worth.", "votes",
                  {1e-6, 1e6}),
            field("prior_down", &PoolOptions::prior_down, "Down votes that the prior is worth.", "votes",
                  {1e-6, 1e6}),
            field("level", &PoolOptions::level, "Level of Wilson's interval.", "", {0.5, 0.9999}),
            field("extremise", &PoolOptions::extremise,
                  "Factor by which pooled log odds move away from the prior; 1: not at all.", "", {0, 10}),
            field("prior", &PoolOptions::prior, "The probability they move away from.", "", {0.001, 0.999}),
        };
    }
};

enum class VoteQuestion { there, supports };

constexpr auto choices_of(VoteQuestion) {
    return std::array{
        Choice<VoteQuestion>{VoteQuestion::there, "there", "is it really there, in context?"},
        Choice<VoteQuestion>{VoteQuestion::supports, "supports", "does it support the number?"},
    };
}

/// One question about one claim.
struct VotePool {
    std::string claim;
    VoteQuestion question = VoteQuestion::there;
    int up = 0;
    int down = 0;
    int not_evaluated = 0;
    double mean = 0;
    double low = 0;
    double high = 1;
    double disagreement = 0;
    bool contested = false;

    static constexpr auto fields() {
        return std::tuple{
            field("claim", &VotePool::claim, "The claim."),
            field("question", &VotePool::question, "What was asked."),
            field("up", &VotePool::up, "Readers who say yes."),
            field("down", &VotePool::down, "Readers who say no."),
            field("not_evaluated", &VotePool::not_evaluated,
                  "Readers of this claim who left the question open; they count for neither side."),
            field("mean", &VotePool::mean, "Pooled share of yes, with the prior."),
            field("low", &VotePool::low, "Low end of Wilson's interval."),
            field("high", &VotePool::high, "High end of Wilson's interval."),
            field("disagreement", &VotePool::disagreement, "0: all agree; 1: split evenly."),
            field("contested", &VotePool::contested,
                  "Whether readers differ and the interval holds one half."),
        };
    }
};

struct ImpactPool {
    std::string claim;
    int readers = 0;
    double mean = 0;
    int lowest = 0;
    int highest = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("claim", &ImpactPool::claim, "The claim."),
            field("readers", &ImpactPool::readers, "Readers who rated it."),
            field("mean", &ImpactPool::mean, "Mean impact, 0 to 4."),
            field("lowest", &ImpactPool::lowest, "Lowest rating."),
            field("highest", &ImpactPool::highest, "Highest rating."),
        };
    }
};

/// Several probabilities of one thing.
struct ChancePool {
    std::string about;
    int experts = 0;
    double lowest = 0;
    double highest = 0;
    double linear = 0;
    double log_odds = 0;
    double extremised = 0;
    double neyman_roughgarden = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("about", &ChancePool::about, "The claim or event."),
            field("experts", &ChancePool::experts, "Experts who gave a probability."),
            field("lowest", &ChancePool::lowest, "Lowest of them."),
            field("highest", &ChancePool::highest, "Highest of them."),
            field("linear", &ChancePool::linear, "Mean probability."),
            field("log_odds", &ChancePool::log_odds, "The probability of the mean log odds."),
            field("extremised", &ChancePool::extremised,
                  "The same moved away from the prior by the factor of the options."),
            field("neyman_roughgarden", &ChancePool::neyman_roughgarden,
                  "The same moved by Neyman and Roughgarden's factor for that many experts."),
        };
    }
};

struct EstimatePool {
    std::string about;
    int experts = 0;
    double low = 0;
    double middle = 0;
    double high = 0;
    double overlap = 0;
    std::optional<double> truth;

    static constexpr auto fields() {
        return std::tuple{
            field("about", &EstimatePool::about, "The number or event."),
            field("experts", &EstimatePool::experts, "Experts with an estimate."),
            field("low", &EstimatePool::low, "Pooled 5 % quantile."),
            field("middle", &EstimatePool::middle, "Pooled median."),
            field("high", &EstimatePool::high, "Pooled 95 % quantile."),
            field("overlap", &EstimatePool::overlap,
                  "What all experts' 90 % intervals share, as a part of what they cover together."),
            field("truth", &EstimatePool::truth, "The known answer, where there is one."),
        };
    }
};

struct ExpertWeight {
    std::string expert;
    int seeds = 0;
    double calibration = 0;
    double information = 0;
    double weight = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("expert", &ExpertWeight::expert, "The expert; `pool:` names stand for mixtures of all."),
            field("seeds", &ExpertWeight::seeds, "Questions with known answers that all experts answered."),
            field("calibration", &ExpertWeight::calibration,
                  "Chance that a perfectly calibrated expert would look at least as bad."),
            field("information", &ExpertWeight::information,
                  "How much narrower than the whole range the estimates are, on average."),
            field("weight", &ExpertWeight::weight, "Weight in the pool."),
        };
    }
};

/// What the pools do to one number of the case.
struct NumberChange {
    std::string number;
    std::string before;
    std::string after;
    double support = 0.5;
    bool changed = false;
    std::string why;

    static constexpr auto fields() {
        return std::tuple{
            field("number", &NumberChange::number, "Where it stands, as a JSON Pointer."),
            field("before", &NumberChange::before, "As the case states it."),
            field("after", &NumberChange::after, "With the pooled spread."),
            field("support", &NumberChange::support,
                  "Pooled support of its claims; one half is that of a claim nobody judged."),
            field("changed", &NumberChange::changed, "Whether the spread differs."),
            field("why", &NumberChange::why, "What did it."),
        };
    }
};

struct PoolResult {
    int readers = 0;
    int experts = 0;
    std::vector<VotePool> votes;
    std::vector<ImpactPool> impacts;
    std::vector<ChancePool> chances;
    std::vector<EstimatePool> estimates;
    std::vector<ExpertWeight> weights;
    std::vector<NumberChange> numbers;
    std::vector<std::string> contested;
    std::vector<std::string> unjudged;

    static constexpr auto fields() {
        return std::tuple{
            field("readers", &PoolResult::readers, "Readers who voted."),
            field("experts", &PoolResult::experts, "Experts who gave a probability or an estimate."),
            field("votes", &PoolResult::votes, "The pool of each question about each claim voted on."),
            field("impacts", &PoolResult::impacts, "How much readers say each claim matters."),
            field("chances", &PoolResult::chances, "Pooled probabilities."),
            field("estimates", &PoolResult::estimates, "Pooled estimates."),
            field("weights", &PoolResult::weights, "What each expert's estimates weigh."),
            field("numbers", &PoolResult::numbers, "Numbers whose spread follows from these judgements."),
            field("contested", &PoolResult::contested,
                  "Numbers that rest on a claim with contested votes, by JSON Pointer."),
            field("unjudged", &PoolResult::unjudged, "Claims that numbers rest on and nobody judged."),
        };
    }
};

/// The options' texts as judgements.  Numbers may be short addresses (`rent.high.port`).  Throws `Error`:
/// invalid_option with every line that is not of the stated form, unknown_name for claims and numbers the
/// case does not have.
Judgements read_judgements(const Case& subject, const PoolOptions& options);

/// Pools every judgement and says what follows for the spreads of the case (see pooled_spreads.hpp).
/// A reader or expert counts once for each question: two answers to one question are refused.
/// O(judgements x numbers).  Throws as `read_judgements`, and `Error` (cancelled).
PoolResult pool(const Case& subject, const PoolOptions& options, const Context& context);

/// The case with its pooled spreads, and what changed: what `steelyard brief --pooled` works on.  Throws as
/// `read_judgements`.
PooledCase pool_spreads(const Case& subject, const PoolOptions& options);

}  // namespace steelyard::evidence
