// SPDX-License-Identifier: Apache-2.0
#include "steelyard/evidence/pooled_spreads.hpp"

#include "basis.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/evidence/cooke.hpp"
#include "steelyard/model/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace steelyard::evidence {

namespace {

constexpr double kMiddleImpact = 2;  // of a claim whose impact nobody rated

/// Digits that are kept of a computed bound.
Rational rounded(double value) {
    constexpr int digits = 9;
    return Rational::nearest(value, digits);
}

// ---- full ranges --------------------------------------------------------------------------------

std::vector<std::string> parts_of(const std::string& pointer) {
    std::vector<std::string> parts;
    for (std::size_t begin = 1; begin <= pointer.size();) {
        const std::size_t end = std::min(pointer.find('/', begin), pointer.size());
        parts.push_back(pointer.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

struct Range {
    double low = 0;
    double high = 0;
    void take(double value) {
        low = std::min(low, value);
        high = std::max(high, value);
    }
};

Range range_of_row(const std::vector<Number>& row) {
    Range range;
    for (const Number& number : row)
        range.take(number.best().to_double());
    return range;
}

/// What an actor's issues may add up to.
Range range_of_sheet(const Preference& preference) {
    Range sum;
    if (const auto* sheet = std::get_if<PointSheet>(&preference.form)) {
        for (const auto& row : sheet->points) {
            const Range range = range_of_row(row);
            sum.low += range.low;
            sum.high += range.high;
        }
    } else if (const auto* weighted = std::get_if<WeightedValues>(&preference.form)) {
        for (const auto& weight : weighted->weights)
            sum.high += weight ? weight->best().to_double() : 0;
    } else {
        for (const auto& stance : std::get<Stances>(preference.form).stances)
            sum.high += stance ? stance->salience.best().to_double() : 0;
    }
    return sum;
}

Range range_of_preference(const Case& subject, const std::vector<std::string>& parts) {
    const Preference& preference = *preference_of(subject, find_actor(subject, parts[1]));
    if (parts[2] == "no_deal")
        return range_of_sheet(preference);
    if (parts[2] == "points")
        return range_of_row(
            std::get<PointSheet>(preference.form).points[find_issue(subject, parts[3]).index]);
    Range range{0, 100};
    if (parts[2] == "weights") {
        range.high = 0;
        for (const auto& weight : std::get<WeightedValues>(preference.form).weights)
            range.take(weight ? weight->best().to_double() : 0);
    }
    return range;
}

// ---- support ------------------------------------------------------------------------------------

/// The answers to the two yes-or-no questions about a claim, and its impact.
struct Tally {
    int there_up = 0, there_down = 0, supports_up = 0, supports_down = 0;
    double impact = 0;
    int impacts = 0;

    void add(const ClaimVote& vote) {
        if (vote.there)
            ++(*vote.there ? there_up : there_down);
        if (vote.supports)
            ++(*vote.supports ? supports_up : supports_down);
        if (vote.impact) {
            impact += *vote.impact;
            ++impacts;
        }
    }
};

/// A reader's answers about a claim for one number: those about the number itself stand before the general.
Tally tally(const Judgements& judgements, const std::string& claim, const std::string& number) {
    std::map<std::string, ClaimVote> readers;
    for (const bool special : {true, false}) {
        for (const ClaimVote& vote : judgements.votes) {
            if (vote.claim != claim || (special ? vote.number != number : !vote.number.empty()))
                continue;
            ClaimVote& kept = readers[vote.reader];
            kept.there = kept.there ? kept.there : vote.there;
            kept.supports = kept.supports ? kept.supports : vote.supports;
            kept.impact = kept.impact ? kept.impact : vote.impact;
        }
    }
    Tally sum;
    for (const auto& [unused, vote] : readers)
        sum.add(vote);
    return sum;
}

struct Support {
    double value = 0.5;
    bool judged = false;
};

/// The weakest link of one claim, with its weight.
struct ClaimSupport {
    std::optional<double> value;
    double weight = kMiddleImpact;
};

ClaimSupport support_of_claim(const Judgements& judgements, const std::string& claim,
                              const std::string& number, const VotePrior& prior) {
    ClaimSupport support;
    const auto take = [&](double value) { support.value = std::min(support.value.value_or(1), value); };
    const Tally votes = tally(judgements, claim, number);
    if (votes.there_up + votes.there_down > 0)
        take(beta_mean(votes.there_up, votes.there_down, prior.up, prior.down));
    if (votes.supports_up + votes.supports_down > 0)
        take(beta_mean(votes.supports_up, votes.supports_down, prior.up, prior.down));
    std::vector<double> chances;
    for (const Chance& chance : judgements.chances) {
        if (chance.about == "claim:" + claim)
            chances.push_back(chance.probability);
    }
    if (!chances.empty())
        take(linear_pool(chances));
    if (votes.impacts > 0)
        support.weight = votes.impact / votes.impacts;
    return support;
}

/// Several claims of one origin are one witness: their mean, with the weight of the weightiest.
Support support_of_number(const Case& subject, const Basis& basis, const std::string& pointer,
                          const Judgements& judgements, const VotePrior& prior) {
    struct Witness {
        double sum = 0, weights = 0, weight = 0;
    };
    std::map<std::string, Witness> origins;
    for (const ClaimId id : basis.because) {
        const Claim& claim = subject[id];
        const ClaimSupport support = support_of_claim(judgements, claim.id, pointer, prior);
        if (!support.value || support.weight <= 0)
            continue;
        Witness& witness = origins[origin_of(subject, claim)];
        witness.sum += support.weight * *support.value;
        witness.weights += support.weight;
        witness.weight = std::max(witness.weight, support.weight);
    }
    double sum = 0;
    double weights = 0;
    for (const auto& [unused, witness] : origins) {
        sum += witness.weight * witness.sum / witness.weights;
        weights += witness.weight;
    }
    return weights > 0 ? Support{sum / weights, true} : Support{};
}

// ---- spreads ------------------------------------------------------------------------------------

/// The distribution with its width times `factor`, its centre kept; forms whose centre would move stay.
Distribution narrowed(const Distribution& stated, double factor) {
    const auto towards = [&](const Rational& bound, const Rational& centre) {
        return rounded(centre.to_double() + factor * (bound.to_double() - centre.to_double()));
    };
    if (const auto* spread = std::get_if<Spread>(&stated))
        return Spread{spread->value, rounded(spread->spread.to_double() * factor)};
    if (const auto* uniform = std::get_if<Uniform>(&stated)) {
        const Rational middle = rounded((uniform->low.to_double() + uniform->high.to_double()) / 2);
        return Uniform{towards(uniform->low, middle), towards(uniform->high, middle)};
    }
    if (const auto* points = std::get_if<Elicited>(&stated)) {
        return Elicited{towards(points->low, points->best), points->best, towards(points->high, points->best),
                        points->confidence};
    }
    if (const auto* normal = std::get_if<Normal>(&stated))
        return Normal{normal->mean, rounded(normal->deviation.to_double() * factor)};
    if (const auto* triangle = std::get_if<Triangular>(&stated)) {
        return Triangular{towards(triangle->low, triangle->mode), triangle->mode,
                          towards(triangle->high, triangle->mode)};
    }
    return stated;
}

/// The number stretched by a share of the way to its full range, around its best value.
Distribution stretched(const Case& subject, const std::string& pointer, const Number& number, double share) {
    const auto [low, high] = number.range();
    const auto [lowest, highest] = full_range(subject, pointer, number);
    const Rational best = number.best();
    const Rational new_low = std::min(rounded(low - share * (low - lowest)), best);
    const Rational new_high = std::max(rounded(high + share * (highest - high)), best);
    if (new_low == new_high)
        return Exact{best};
    return Elicited{new_low, best, new_high, 1};
}

/// The pooled interval of the experts' estimates of a number; empty without any.
std::vector<double> pooled_interval(const Judgements& judgements, const std::string& pointer,
                                    const std::vector<std::pair<std::string, double>>& weights) {
    std::vector<Quantiles> answers;
    std::vector<double> shares;
    double sum = 0;
    for (const ThreePoints& estimate : judgements.estimates) {
        if (estimate.about != pointer)
            continue;
        answers.push_back(standardise(estimate.low, estimate.best, estimate.high, estimate.confidence));
        const auto own = std::ranges::find(weights, estimate.expert, &std::pair<std::string, double>::first);
        shares.push_back(weights.empty() ? 1 : own == weights.end() ? 0 : own->second);
        sum += shares.back();
    }
    if (answers.empty())
        return {};
    for (double& share : shares)
        share = sum > 0 ? share / sum : 1 / static_cast<double>(shares.size());
    const Quantiles pool = mixture(answers, shares, intrinsic_range(answers, {}));
    return {pool[0], pool[2]};
}

void apply_interval(const Case& subject, const std::string& pointer, const std::vector<double>& interval,
                    Number& number) {
    const Rational best = number.best();
    // Opinions may not leave the scale the number is measured on.
    const auto [lowest, highest] = full_range(subject, pointer, Number(best));
    const bool on_a_scale = pointer.ends_with("/position") || pointer.ends_with("/salience") ||
                            pointer.find("/values/") != std::string::npos;
    Rational low = rounded(on_a_scale ? std::max(interval[0], lowest) : interval[0]);
    Rational high = rounded(on_a_scale ? std::min(interval[1], highest) : interval[1]);
    low = std::min(low, best);
    high = std::max(high, best);
    number.distribution =
        low == high ? Distribution{Exact{best}} : Distribution{Elicited{low, best, high, 1}};
}

std::string why(const SpreadChange& change, const Support& support) {
    std::string text;
    if (!change.interval.empty())
        text = fmt::format("experts' pooled 90 % interval is {:.4g} to {:.4g}", change.interval[0],
                           change.interval[1]);
    if (!support.judged)
        return text;
    text += text.empty() ? "" : "; ";
    if (support.value > 0.5)
        text += fmt::format("its claims have pooled support {:.3f}: the spread is narrowed to {:.0f} %",
                            support.value, 50 / support.value);
    else if (support.value < 0.5)
        text += fmt::format(
            "its claims have pooled support {:.3f}: the spread goes {:.0f} % of the way to the full range",
            support.value, 100 * (1 - 2 * support.value));
    else
        text += "its claims have pooled support 0.500, as if nobody had judged them";
    return text;
}

}  // namespace

std::pair<double, double> full_range(const Case& subject, const std::string& pointer, const Number& number) {
    const std::vector<std::string> parts = parts_of(pointer);
    Range range;
    if (parts[0] == "preferences") {
        range = range_of_preference(subject, parts);
    } else if (parts[0] == "actors") {
        for (const Actor& actor : subject.actors)
            range.take(actor.capability ? actor.capability->best().to_double() : 0);
    } else {
        range.take(2 * number.best().to_double());
    }
    const auto [low, high] = number.range();
    range.take(low);
    range.take(high);
    return {range.low, range.high};
}

PooledCase with_pooled_spreads(const Case& subject, const Judgements& judgements, const VotePrior& prior,
                               const std::vector<std::pair<std::string, double>>& weights) {
    PooledCase pooled{subject, {}};
    for_each_number(pooled.subject, [&](const std::string& pointer, Number& number) {
        const Number stated = number;
        SpreadChange change;
        change.number = pointer;
        change.interval = pooled_interval(judgements, pointer, weights);
        const Support support =
            support_of_number(subject, basis_of(subject, pointer, stated), pointer, judgements, prior);
        if (change.interval.empty() && !support.judged)
            return;
        if (!change.interval.empty())
            apply_interval(subject, pointer, change.interval, number);
        if (support.value > 0.5)
            number.distribution = narrowed(number.distribution, 1 / (2 * support.value));
        else if (support.value < 0.5)
            number.distribution = stretched(subject, pointer, number, 1 - 2 * support.value);
        change.changed = number.distribution != stated.distribution;
        if (change.changed)
            number.inherited = false;  // from now on it differs from the entry that covered it
        change.support = support.value;
        change.before = number_text(stated);
        change.after = number_text(number);
        change.why = why(change, support);
        pooled.changes.push_back(std::move(change));
    });
    return pooled;
}

Case with_full_ranges(const Case& subject, const std::vector<std::string>& numbers) {
    std::set<std::string> wanted;
    for (const std::string& number : numbers)
        wanted.insert(resolve_number(subject, number));
    Case widened = subject;
    for_each_number(widened, [&](const std::string& pointer, Number& number) {
        if (!wanted.contains(pointer))
            return;
        number.distribution = stretched(subject, pointer, number, 1);
        number.inherited = false;
    });
    return widened;
}

std::string number_text(const Number& number) {
    const auto list = [](std::string_view name, std::initializer_list<Rational> values) {
        std::string text = '{' + std::string(name) + ": [";
        for (const Rational& value : values)
            text += (text.back() == '[' ? "" : ", ") + value.text();
        return text + "]}";
    };
    const Distribution& form = number.distribution;
    if (const auto* exact = std::get_if<Exact>(&form))
        return exact->value.text();
    if (const auto* uniform = std::get_if<Uniform>(&form))
        return uniform->low.text() + ".." + uniform->high.text();
    if (const auto* points = std::get_if<Elicited>(&form)) {
        return "{low: " + points->low.text() + ", best: " + points->best.text() +
               ", high: " + points->high.text() +
               (points->confidence == Rational(1) ? "" : ", confidence: " + points->confidence.text()) + '}';
    }
    if (const auto* normal = std::get_if<Normal>(&form))
        return list("normal", {normal->mean, normal->deviation});
    if (const auto* triangle = std::get_if<Triangular>(&form))
        return list("triangular", {triangle->low, triangle->mode, triangle->high});
    if (const auto* beta = std::get_if<Beta>(&form))
        return list("beta", {beta->alpha, beta->beta, beta->low, beta->high});
    if (const auto* lognormal = std::get_if<Lognormal>(&form))
        return list("lognormal", {lognormal->mu, lognormal->sigma});
    if (const auto* spread = std::get_if<Spread>(&form))
        return "{value: " + spread->value.text() + ", spread: " + spread->spread.text() + '}';
    std::string text = "{discrete: [";
    for (const auto& [value, probability] : std::get<Discrete>(form).values) {
        text += (text.back() == '[' ? "" : ", ");
        text += '[' + value.text() + ", " + probability.text() + ']';
    }
    return text + "]}";
}

}  // namespace steelyard::evidence
