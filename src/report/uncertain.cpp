// SPDX-License-Identifier: Apache-2.0
#include "report/uncertain.hpp"

#include "report/draws.hpp"
#include "report/scan.hpp"
#include "report/tendency.hpp"
#include "report/turning.hpp"
#include "report/words.hpp"
#include "report/worth_reading.hpp"
#include "steelyard/uncertainty/estimators.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace steelyard::report {

namespace {

constexpr std::size_t most_turns = 3;
constexpr std::size_t shown_numbers = 8;
constexpr std::size_t indexed_numbers = 6;  // with a total Sobol index, which costs runs

struct Moments {
    double mean = 0;
    double deviation = 0;
};

Moments moments_of(const std::vector<double>& values) {
    Moments found;
    for (const double value : values) {
        found.mean += value / static_cast<double>(values.size());
    }
    for (const double value : values) {
        found.deviation += (value - found.mean) * (value - found.mean);
    }
    found.deviation = std::sqrt(found.deviation / static_cast<double>(values.size()));
    return found;
}

double quantile_of(std::vector<double> values, double p) {
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(std::lround(p * static_cast<double>(values.size() - 1)))];
}

/// The swings of every seated actor's gain, one number at a time.
std::vector<GainSpread> swings(const Study& study, Draws& draws, const std::vector<ActorId>& actors) {
    std::vector<GainSpread> gains;
    draws.reset();
    const std::vector<double> best = draws.gains();
    for (std::size_t a = 0; a < actors.size(); ++a) {
        GainSpread spread;
        spread.actor = study.subject[actors[a]].id;
        spread.name = study.name(actors[a]);
        spread.best = best[a];
        gains.push_back(std::move(spread));
    }
    for (std::size_t f = 0; f < draws.count(); ++f) {
        const uncertainty::Factor& factor = draws.factor(f);
        const double low = factor.at(0.1);
        const double high = factor.at(0.9);
        const std::vector<double> at_low = draws.gains_with(f, low);
        const std::vector<double> at_high = draws.gains_with(f, high);
        for (std::size_t a = 0; a < actors.size(); ++a) {
            if (at_low[a] != best[a] || at_high[a] != best[a]) {
                NumberEffect effect;
                effect.number = factor.name;
                effect.name = number_phrase(study, draws.number(f));
                effect.low = low;
                effect.high = high;
                effect.at_low = at_low[a];
                effect.at_high = at_high[a];
                gains[a].numbers.push_back(std::move(effect));
            }
        }
    }
    for (GainSpread& spread : gains) {
        std::ranges::stable_sort(spread.numbers, std::ranges::greater{}, [&](const NumberEffect& effect) {
            return std::max({effect.at_low, effect.at_high, spread.best}) -
                   std::min({effect.at_low, effect.at_high, spread.best});
        });
        spread.numbers.resize(std::min(spread.numbers.size(), shown_numbers));
    }
    return gains;
}

/// First-order indices from the draws, total ones from Saltelli's design over the numbers that matter most.
void add_indices(Draws& draws, std::vector<GainSpread>& gains) {
    for (std::size_t a = 0; a < gains.size(); ++a) {
        const std::vector<double>& values = draws.drawn_gains()[a];
        const double variance = std::pow(moments_of(values).deviation, 2);
        std::vector<std::size_t> leading;
        for (NumberEffect& effect : gains[a].numbers) {
            const std::size_t f = draws.place(effect.number);
            const double known =
                moments_of(uncertainty::conditional_mean({draws.scores(f)}, values)).deviation;
            effect.first = variance > 0 ? std::min(1.0, known * known / variance) : 0;
            if (leading.size() < indexed_numbers) {
                leading.push_back(f);
            }
        }
        const SaltelliRows rows = draws.saltelli(a, leading);
        constexpr int resamples = 100;
        const uncertainty::SobolIndices indices =
            uncertainty::sobol_indices(rows.a, rows.b, rows.mixed, resamples, draws.seed());
        for (std::size_t i = 0; i < leading.size(); ++i) {
            NumberEffect& effect = gains[a].numbers[i];
            const uncertainty::Interval& total = indices.factors[i].total;
            effect.total = std::clamp(total.value, 0.0, 1.0);
            effect.total_low = std::clamp(total.low, 0.0, 1.0);
            effect.total_high = std::clamp(total.high, 0.0, 1.0);
        }
    }
}

/// `Belarus and the United States`, with what is left of the spread of their gains.
std::string assumption_sentence(const Draws& draws, const std::vector<GainSpread>& gains) {
    std::size_t assumed = 0;
    for (std::size_t f = 0; f < draws.count(); ++f) {
        assumed += draws.number(f).assumption ? 1U : 0U;
    }
    const std::string numbers = count_of(draws.count(), "uncertain number");
    if (assumed == 0) {
        return "None of the " + numbers + " is marked as an assumption.";
    }
    if (assumed == draws.count()) {
        return "All of the " + numbers +
               " that points rest on are the case author's assumptions: so is all of the spread described "
               "here.";
    }
    std::vector<std::string> left;
    for (const GainSpread& spread : gains) {
        if (spread.without_assumptions) {
            left.push_back(spread.name + " " + share_text(1 - *spread.without_assumptions));
        }
    }
    return sentence(
        std::to_string(assumed) + " of the " + numbers + " that points rest on are assumptions" +
        (left.empty() ? ""
                      : "; with these at their best the spread of the gain at the first table shrinks by: " +
                            list_text(left)));
}

std::string surest_sentence(const std::vector<ConclusionFacts>& conclusions) {
    const auto firm = std::ranges::count_if(
        conclusions, [](const ConclusionFacts& one) { return one.share > 0.95; });  // ICD 203: almost certain
    const auto weakest = std::ranges::min_element(conclusions, {}, &ConclusionFacts::share);
    return sentence((firm == std::ssize(conclusions)
                         ? "every conclusion of this brief is almost certain if the stated ranges are right"
                         : std::to_string(firm) + " of the " + count_of(conclusions.size(), "conclusion") +
                               " of this brief " + (firm == 1 ? "is" : "are") +
                               " almost certain if the stated ranges are right") +
                    "; the least sure is that " + weakest->claim + " (" + share_text(weakest->share) + ")");
}

}  // namespace

std::optional<UncertainFacts> study_uncertainty(Study& study, const std::vector<Concluded>& concluded,
                                                const std::vector<Answer>& answers, int draws) {
    // One conclusion for all answers that say the same.
    std::vector<const Conclusion*> conclusions;
    UncertainFacts facts;
    for (const Concluded& entry : concluded) {
        if (std::ranges::none_of(conclusions, [&](const Conclusion* known) {
                return known->claim == entry.conclusion.claim;
            })) {
            conclusions.push_back(&entry.conclusion);
            facts.conclusions.push_back({answers[entry.answer].id, entry.conclusion.claim, 0, 0, {}, 0, {}});
        }
    }
    if (conclusions.empty()) {
        return std::nullopt;
    }
    const TableStudy& first = study.at("");
    Draws drawn(study, first, conclusions, draws);
    if (drawn.count() == 0) {
        return std::nullopt;
    }
    drawn.draw();
    for (std::size_t c = 0; c < conclusions.size(); ++c) {
        ConclusionFacts& conclusion = facts.conclusions[c];
        std::tie(conclusion.share, conclusion.error) = drawn.share(c);
        std::vector<TurningPoint> turns = turning_points(study, drawn, *conclusions[c]);
        conclusion.turning = std::ssize(turns);
        turns.resize(std::min(turns.size(), most_turns));
        conclusion.turns = std::move(turns);
        conclusion.tendencies =
            tendencies(study, drawn, c, conclusion.turns, most_turns - conclusion.turns.size());
    }
    if (first.agreement()) {
        facts.gains = swings(study, drawn, first.table.actors);
        for (std::size_t a = 0; a < facts.gains.size(); ++a) {
            const std::vector<double>& values = drawn.drawn_gains()[a];
            facts.gains[a].mean = moments_of(values).mean;
            facts.gains[a].low = quantile_of(values, 0.05);
            facts.gains[a].high = quantile_of(values, 0.95);
        }
        const std::vector<std::vector<double>> settled = drawn.gains_without_assumptions();
        for (std::size_t a = 0; a < facts.gains.size(); ++a) {
            if (const double all = moments_of(drawn.drawn_gains()[a]).deviation; all > 0) {
                facts.gains[a].without_assumptions = std::min(1.0, moments_of(settled[a]).deviation / all);
            }
        }
        add_indices(drawn, facts.gains);
    }
    facts.read_next = worth_reading(study, drawn, facts, answers);
    facts.draws = drawn.draws();
    facts.numbers = static_cast<std::int64_t>(drawn.count());
    facts.runs = drawn.runs();
    facts.summary.push_back(surest_sentence(facts.conclusions));
    facts.summary.push_back(assumption_sentence(drawn, facts.gains));
    return facts;
}

void tell_uncertainty(const UncertainFacts& facts, const std::vector<Concluded>& concluded,
                      std::vector<Answer>& answers) {
    for (const Concluded& entry : concluded) {
        const ConclusionFacts& found =
            *std::ranges::find(facts.conclusions, entry.conclusion.claim, &ConclusionFacts::claim);
        AnswerPart& part = answers[entry.answer].parts[entry.part];
        const LikelihoodBand band = likelihood_band(found.share);
        const std::string word = *to_value(band).get<std::string>();
        const bool noun =
            band == LikelihoodBand::roughly_even_chance || band == LikelihoodBand::almost_no_chance;
        const std::string draws = count_text(std::to_string(facts.draws)) + " draws";
        const std::string share = found.share >= 1   ? "so in all " + draws
                                  : found.share <= 0 ? "so in none of " + draws
                                                     : "so in " + share_text(found.share) + " of " + draws;
        part.likelihood = Likelihood{
            found.share, band,
            sentence((!noun                                      ? "it is " + word
                      : band == LikelihoodBand::almost_no_chance ? "there is " + word
                                                                 : "there is a " + word) +
                     " that " + found.claim + " when all uncertain numbers vary together (" + share + ")")};
        std::vector<std::string> lines;
        for (const TurningPoint& turn : found.turns) {
            lines.push_back(turn.sentence);
        }
        if (found.turns.empty()) {
            lines.push_back("Nothing within the stated ranges changes this: each of the " +
                            std::to_string(facts.numbers) +
                            " uncertain numbers was moved alone to both ends of its range" +
                            (found.share < 1 ? "; it takes several together." : "."));
        } else if (found.turning > std::ssize(found.turns)) {
            const auto more = static_cast<std::size_t>(found.turning) - found.turns.size();
            lines.push_back(sentence("so would " + count_of(more, "other number", "other numbers") +
                                     " of the " + std::to_string(facts.numbers) +
                                     " uncertain ones, each alone, with less likely changes"));
        }
        for (const Tendency& tendency : found.tendencies) {
            lines.push_back(tendency.sentence);
        }
        part.would_change.insert(part.would_change.begin(), lines.begin(), lines.end());
    }
}

std::vector<std::string> uncertainty_notes(const UncertainFacts& facts) {
    double error = 0;
    for (const ConclusionFacts& conclusion : facts.conclusions) {
        error = std::max(error, conclusion.error);
    }
    return {
        fmt::format(
            "Likelihoods are shares of {} draws in which all {} uncertain numbers that points rest on "
            "vary together, each within its stated range and independently of the others; the largest "
            "standard error is {:.1f} percentage points. They say how the answers follow from the ranges, "
            "not whether the ranges are right.",
            count_text(std::to_string(facts.draws)), facts.numbers, error * 100),
        "In each draw the tables choose among the deals that are efficient at the best numbers; that a deal "
        "exists is therefore understated, and that none exists overstated, if anything. Deals that linked "
        "talks or levels lead to are held "
        "fixed "
        "while their worth varies.",
        "A turning point is where one number, moved alone from where it stands, first turns a conclusion; "
        "looked "
        "at are its 10th and 90th percentile and its ends, then the gap is halved. The chance is that of "
        "the number lying there or beyond. Where fewer than three numbers do so alone, those are named that "
        "stand clearly elsewhere in the draws in which the conclusion fails and that mend it there when put "
        "back alone.",
    };
}

}  // namespace steelyard::report
