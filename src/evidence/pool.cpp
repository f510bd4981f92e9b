// SPDX-License-Identifier: Apache-2.0
#include "steelyard/evidence/pool.hpp"

#include "basis.hpp"
#include "judgement_lines.hpp"
#include "steelyard/evidence/cooke.hpp"
#include "steelyard/evidence/pooled_spreads.hpp"
#include "steelyard/model/numbers.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace steelyard::evidence {

namespace {

/// The votes on one claim, whatever number they are about; a reader counts once.
struct Count {
    std::map<std::string, ClaimVote> readers;

    void add(const ClaimVote& vote) {
        ClaimVote& kept = readers[vote.reader];
        kept.there = vote.there ? vote.there : kept.there;
        kept.supports = vote.supports ? vote.supports : kept.supports;
        kept.impact = vote.impact ? vote.impact : kept.impact;
    }
};

VotePool pool_question(const std::string& claim, VoteQuestion question, const Count& count,
                       const PoolOptions& options) {
    VotePool pool;
    pool.claim = claim;
    pool.question = question;
    for (const auto& [unused, vote] : count.readers) {
        const auto answer = question == VoteQuestion::there ? vote.there : vote.supports;
        ++(!answer ? pool.not_evaluated : *answer ? pool.up : pool.down);
    }
    pool.mean = beta_mean(pool.up, pool.down, options.prior_up, options.prior_down);
    const Interval interval = wilson(pool.up, pool.down, options.level);
    pool.low = interval.low;
    pool.high = interval.high;
    pool.disagreement = disagreement(pool.up, pool.down);
    pool.contested = pool.up > 0 && pool.down > 0 && pool.low <= 0.5 && pool.high >= 0.5;
    return pool;
}

void pool_votes(const Judgements& judgements, const PoolOptions& options, PoolResult& result) {
    std::map<std::string, Count> claims;
    std::set<std::string> readers;
    for (const ClaimVote& vote : judgements.votes) {
        claims[vote.claim].add(vote);
        readers.insert(vote.reader);
    }
    result.readers = static_cast<int>(readers.size());
    for (const auto& [claim, count] : claims) {
        for (const VoteQuestion question : {VoteQuestion::there, VoteQuestion::supports})
            result.votes.push_back(pool_question(claim, question, count, options));
        ImpactPool impact{claim, 0, 0, 4, 0};
        for (const auto& [unused, vote] : count.readers) {
            if (!vote.impact)
                continue;
            ++impact.readers;
            impact.mean += *vote.impact;
            impact.lowest = std::min(impact.lowest, *vote.impact);
            impact.highest = std::max(impact.highest, *vote.impact);
        }
        if (impact.readers == 0)
            continue;
        impact.mean /= impact.readers;
        result.impacts.push_back(impact);
    }
}

void pool_chances(const Judgements& judgements, const PoolOptions& options, PoolResult& result) {
    std::map<std::string, std::vector<double>> subjects;
    for (const Chance& chance : judgements.chances)
        subjects[chance.about].push_back(chance.probability);
    for (const auto& [about, chances] : subjects) {
        const int experts = static_cast<int>(chances.size());
        result.chances.push_back({about, experts, *std::ranges::min_element(chances),
                                  *std::ranges::max_element(chances), linear_pool(chances),
                                  log_odds_pool(chances),
                                  log_odds_pool(chances, options.extremise, options.prior),
                                  log_odds_pool(chances, neyman_roughgarden_factor(experts), options.prior)});
    }
}

/// Every expert's quantiles, by what they are about.
using Items = std::map<std::string, std::map<std::string, Quantiles>>;

Items items_of(const Judgements& judgements) {
    Items items;
    for (const ThreePoints& estimate : judgements.estimates)
        items[estimate.about][estimate.expert] =
            standardise(estimate.low, estimate.best, estimate.high, estimate.confidence);
    return items;
}

/// The questions with known answers that every expert answered.
struct Seeds {
    std::vector<std::string> experts;
    Answers answers;
    std::vector<double> truths;
};

Seeds seeds_of(const Items& items, const Judgements& judgements) {
    Seeds seeds;
    std::set<std::string> experts;
    for (const ThreePoints& estimate : judgements.estimates)
        experts.insert(estimate.expert);
    seeds.experts.assign(experts.begin(), experts.end());
    for (const auto& [about, truth] : judgements.truths) {
        const auto item = items.find(about);
        if (item == items.end() || item->second.size() != experts.size())
            continue;
        std::vector<Quantiles> row;
        for (const auto& [unused, quantiles] : item->second)
            row.push_back(quantiles);  // a map, so in the order of `experts`
        seeds.answers.push_back(std::move(row));
        seeds.truths.push_back(truth);
    }
    return seeds;
}

/// Weights by expert; empty means equal.
std::vector<std::pair<std::string, double>> weigh(const Judgements& judgements, const PoolOptions& options,
                                                  std::vector<ExpertWeight>* scores = nullptr) {
    const Seeds seeds = seeds_of(items_of(judgements), judgements);
    const int known = static_cast<int>(seeds.truths.size());
    const bool weighed = known > 0 && !seeds.experts.empty();
    const auto equal = 1 / static_cast<double>(std::max<std::size_t>(seeds.experts.size(), 1));
    std::vector<std::pair<std::string, double>> weights;
    if (!weighed) {
        for (const std::string& expert : seeds.experts) {
            if (scores != nullptr)
                scores->push_back({expert, 0, 0, 0, equal});
        }
        return weights;
    }
    const CookeWeights cooke = cooke_weights(seeds.answers, seeds.truths, options.cutoff);
    const bool performance = options.weighting == Weighting::performance;
    for (std::size_t e = 0; e < seeds.experts.size(); ++e) {
        const ExpertScore& score = cooke.experts[e];
        const double weight = performance ? score.weight : equal;
        weights.emplace_back(seeds.experts[e], weight);
        if (scores != nullptr)
            scores->push_back({seeds.experts[e], known, score.calibration, score.information, weight});
    }
    if (scores != nullptr) {
        scores->push_back({"pool:performance", known, cooke.pool.calibration, cooke.pool.information, 0});
        scores->push_back(
            {"pool:equal", known, cooke.equal_weights.calibration, cooke.equal_weights.information, 0});
    }
    return weights;
}

void pool_estimates(const Judgements& judgements, const std::vector<std::pair<std::string, double>>& weights,
                    PoolResult& result) {
    for (const auto& [about, answers] : items_of(judgements)) {
        std::vector<Quantiles> quantiles;
        std::vector<double> shares;
        double sum = 0;
        double common_low = -HUGE_VAL;
        double common_high = HUGE_VAL;
        for (const auto& [expert, own] : answers) {
            const auto weight = std::ranges::find(weights, expert, &std::pair<std::string, double>::first);
            quantiles.push_back(own);
            shares.push_back(weight == weights.end() ? 1 : weight->second);
            sum += shares.back();
            common_low = std::max(common_low, own[0]);
            common_high = std::min(common_high, own[2]);
        }
        for (double& share : shares)
            share = sum > 0 ? share / sum : 1 / static_cast<double>(shares.size());
        std::optional<double> truth;
        for (const auto& [known, value] : judgements.truths) {
            if (known == about)
                truth = value;
        }
        const IntrinsicRange range = intrinsic_range(quantiles, truth);
        const Quantiles mixed = mixture(quantiles, shares, range);
        const IntrinsicRange bare = intrinsic_range(quantiles, {});
        constexpr double longer = 1.2;  // the intrinsic range holds a tenth more at both ends
        const double covered = (bare.high - bare.low) / longer;
        result.estimates.push_back({about, static_cast<int>(answers.size()), mixed[0], mixed[1], mixed[2],
                                    std::max(0.0, common_high - common_low) / covered, truth});
    }
}

void find_contested(const Case& subject, const Judgements& judgements, PoolResult& result) {
    std::set<std::string> contested;
    std::set<std::string> judged;
    for (const VotePool& votes : result.votes) {
        if (votes.contested)
            contested.insert(votes.claim);
        judged.insert(votes.claim);
    }
    for (const Chance& chance : judgements.chances) {
        if (chance.about.starts_with("claim:"))
            judged.insert(chance.about.substr(6));
    }
    std::set<std::string> used;
    for_each_number(subject, [&](const std::string& pointer, const Number& number) {
        bool doubtful = false;
        for (const ClaimId id : basis_of(subject, pointer, number).because) {
            used.insert(subject[id].id);
            doubtful = doubtful || contested.contains(subject[id].id);
        }
        if (doubtful)
            result.contested.push_back(pointer);
    });
    std::ranges::set_difference(used, judged, std::back_inserter(result.unjudged));
}

}  // namespace

PoolResult pool(const Case& subject, const PoolOptions& options, const Context& context) {
    const Judgements judgements = read_judgements(subject, options);
    PoolResult result;
    std::set<std::string> experts;
    for (const Chance& chance : judgements.chances)
        experts.insert(chance.expert);
    for (const ThreePoints& estimate : judgements.estimates)
        experts.insert(estimate.expert);
    result.experts = static_cast<int>(experts.size());
    pool_votes(judgements, options, result);
    context.check();
    pool_chances(judgements, options, result);
    const auto weights = weigh(judgements, options, &result.weights);
    pool_estimates(judgements, weights, result);
    context.check();
    const PooledCase pooled =
        with_pooled_spreads(subject, judgements, {options.prior_up, options.prior_down}, weights);
    for (const SpreadChange& change : pooled.changes)
        result.numbers.push_back(
            {change.number, change.before, change.after, change.support, change.changed, change.why});
    find_contested(subject, judgements, result);
    return result;
}

PooledCase pool_spreads(const Case& subject, const PoolOptions& options) {
    const Judgements judgements = read_judgements(subject, options);
    return with_pooled_spreads(subject, judgements, {options.prior_up, options.prior_down},
                               weigh(judgements, options));
}

}  // namespace steelyard::evidence
