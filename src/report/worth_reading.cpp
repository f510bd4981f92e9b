// SPDX-License-Identifier: Apache-2.0
#include "report/worth_reading.hpp"

#include "report/words.hpp"
#include "steelyard/uncertainty/estimators.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace steelyard::report {

namespace {

constexpr std::size_t most_claims = 5;

struct Candidate {
    std::size_t claim = 0;
    std::size_t numbers = 0;
    double worth = 0;
    double most = 0;  ///< of one conclusion
    std::size_t conclusion = 0;
    double shrinks = 0;  ///< the standard deviation of a gain, as a share
    std::size_t actor = 0;
};

double mean_of(std::span<const double> values) {
    double sum = 0;
    for (const double value : values) {
        sum += value;
    }
    return sum / static_cast<double>(values.size());
}

double variance_of(std::span<const double> values) {
    const double mean = mean_of(values);
    double sum = 0;
    for (const double value : values) {
        sum += (value - mean) * (value - mean);
    }
    return sum / static_cast<double>(values.size());
}

/// The numbers that visibly go with it: a correlation of more than three standard errors.
std::vector<std::size_t> going_with(const Draws& draws, std::span<const double> values) {
    std::vector<std::size_t> found;
    const double mean = mean_of(values);
    const double variance = variance_of(values);
    const auto count = static_cast<double>(values.size());
    constexpr double errors = 3;
    for (std::size_t f = 0; variance > 0 && f < draws.count(); ++f) {
        const std::span<const double> scores = draws.scores(f);
        const double own = variance_of(scores);
        const double own_mean = mean_of(scores);
        double sum = 0;
        for (std::size_t d = 0; d < values.size(); ++d) {
            sum += (values[d] - mean) * (scores[d] - own_mean);
        }
        if (own > 0 && std::abs(sum / count) > errors * std::sqrt(variance * own / count)) {
            found.push_back(f);
        }
    }
    return found;
}

/// Of the numbers that go with something, those that rest on the claim.
std::vector<std::span<const double>> resting(const Draws& draws, const std::vector<std::size_t>& numbers,
                                             std::size_t claim) {
    std::vector<std::span<const double>> scores;
    for (const std::size_t f : numbers) {
        if (std::ranges::find(draws.number(f).because, ClaimId(claim)) != draws.number(f).because.end()) {
            scores.push_back(draws.scores(f));
        }
    }
    return scores;
}

std::string reason(const Study& study, const UncertainFacts& facts, const Candidate& candidate) {
    const std::string rest = count_of(candidate.numbers, "uncertain number") +
                             (candidate.numbers == 1 ? " rests" : " rest") + " on it; settling " +
                             (candidate.numbers == 1 ? "it" : "them") + " ";
    if (candidate.worth > 0) {
        return sentence(rest + fmt::format("would raise the chance of judging rightly whether {} by {:.1f} "
                                           "percentage points",
                                           facts.conclusions[candidate.conclusion].claim,
                                           candidate.most * 100));
    }
    return sentence(rest + "would change no conclusion, but narrow the spread of what " +
                    study.name(find_actor(study.subject, facts.gains[candidate.actor].actor)) + " gains by " +
                    share_text(candidate.shrinks));
}

}  // namespace

std::vector<ReadNext> worth_reading(const Study& study, const Draws& draws, const UncertainFacts& facts,
                                    const std::vector<Answer>& answers) {
    std::set<std::string> leaned_on;
    for (const Answer& answer : answers) {
        for (const Leaning& leaning : answer.rests_on.claims) {
            leaned_on.insert(leaning.claim);
        }
    }
    std::vector<Candidate> candidates;
    for (std::size_t c = 0; c < study.subject.claims.size(); ++c) {
        Candidate candidate;
        candidate.claim = c;
        for (std::size_t f = 0; f < draws.count(); ++f) {
            const auto& because = draws.number(f).because;
            candidate.numbers += std::ranges::find(because, ClaimId(c)) != because.end() ? 1U : 0U;
        }
        if (candidate.numbers > 0 && leaned_on.contains(study.subject.claims[c].id)) {
            candidates.push_back(candidate);
        }
    }
    for (std::size_t c = 0; c < facts.conclusions.size(); ++c) {
        const std::vector<double>& held = draws.held(c);
        if (facts.conclusions[c].share <= 0 || facts.conclusions[c].share >= 1) {
            continue;
        }
        std::vector<double> not_held;
        for (const double value : held) {
            not_held.push_back(1 - value);
        }
        const std::vector<std::size_t> numbers = going_with(draws, held);
        for (Candidate& candidate : candidates) {
            study.context.check();
            const auto scores = resting(draws, numbers, candidate.claim);
            if (scores.empty()) {
                continue;
            }
            const uncertainty::InformationValue worth = uncertainty::evppi({held, not_held}, scores);
            if (worth.value <= 2 * worth.error) {
                continue;  // cannot be told from nothing
            }
            candidate.worth += worth.value;
            if (worth.value > candidate.most) {
                candidate.most = worth.value;
                candidate.conclusion = c;
            }
        }
    }
    for (std::size_t a = 0; a < facts.gains.size(); ++a) {
        const std::vector<double>& gains = draws.drawn_gains()[a];
        const double variance = variance_of(gains);
        const std::vector<std::size_t> numbers = going_with(draws, gains);
        for (Candidate& candidate : candidates) {
            const auto scores = resting(draws, numbers, candidate.claim);
            if (scores.empty() || candidate.worth > 0) {
                continue;
            }
            const double known = variance_of(uncertainty::conditional_mean(scores, gains));
            const double shrinks = 1 - std::sqrt(std::max(0.0, 1 - known / variance));
            if (shrinks > candidate.shrinks) {
                candidate.shrinks = shrinks;
                candidate.actor = a;
            }
        }
    }
    std::erase_if(candidates, [](const Candidate& one) { return one.worth <= 0 && one.shrinks <= 0; });
    std::ranges::stable_sort(candidates, [](const Candidate& one, const Candidate& other) {
        return one.worth > other.worth || (one.worth == other.worth && one.shrinks > other.shrinks);
    });
    candidates.resize(std::min(candidates.size(), most_claims));
    std::vector<ReadNext> next;
    for (const Candidate& candidate : candidates) {
        next.push_back({study.subject.claims[candidate.claim].id, candidate.worth,
                        candidate.worth > 0 ? facts.conclusions[candidate.conclusion].question : "",
                        reason(study, facts, candidate)});
    }
    return next;
}

}  // namespace steelyard::report
