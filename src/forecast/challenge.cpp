// SPDX-License-Identifier: Apache-2.0
#include "steelyard/forecast/challenge.hpp"

#include "steelyard/forecast/compromise.hpp"
#include "steelyard/forecast/median.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::forecast {

namespace {

ChallengeChoices choices_for(const ChallengeOptions& options) {
    ChallengeChoices choices;
    if (options.preset == ChallengePreset::classic) {
        choices = {ChallengeVotes::dyad,
                   ChallengeRange::current,
                   1,
                   ChallengeView::each,
                   ReverseRisk::own,
                   true,
                   true,
                   OfferChoice::least_move};
    }
    choices.votes = options.votes.value_or(choices.votes);
    choices.range = options.range.value_or(choices.range);
    choices.status_quo_chance = options.status_quo_chance.value_or(choices.status_quo_chance);
    choices.view = options.view.value_or(choices.view);
    choices.reverse_risk = options.reverse_risk.value_or(choices.reverse_risk);
    choices.risk_attitudes = options.risk_attitudes.value_or(choices.risk_attitudes);
    choices.capitulation = options.capitulation.value_or(choices.capitulation);
    choices.offers = options.offers.value_or(choices.offers);
    return choices;
}

/// One issue with the actors that have a position on it.
class ChallengeGame {
public:
    ChallengeGame(const ForecastInput& input, std::size_t issue, const ChallengeChoices& choices)
        : choices_(choices) {
        single_.issues = {input.issues[issue]};
        double largest = 0;
        for (std::size_t a = 0; a < input.actor_count(); ++a) {
            largest = std::max(largest, input.weight(a, issue));
        }
        for (std::size_t a = 0; a < input.actor_count(); ++a) {
            if (input.has(a, issue)) {
                const std::size_t at = input.at(a, issue);
                single_.actors.push_back(input.actors[a]);
                single_.capability.push_back(input.capability[a]);
                single_.position.push_back(input.position[at]);
                single_.salience.push_back(input.salience[at]);
                single_.present.push_back(1);
                weight_.push_back(largest > 0 ? input.weight(a, issue) / largest : 0);
            }
        }
        n_ = weight_.size();
        valid_ = largest > 0;
        range_ = spread();
    }

    /// Whether anybody with weight has a position.
    [[nodiscard]] bool valid() const { return valid_; }
    [[nodiscard]] const std::vector<std::string>& actors() const { return single_.actors; }

    /// Where things stand at the beginning of a round.
    [[nodiscard]] ChallengeRound describe(int round) const {
        ChallengeRound described;
        described.round = round;
        described.positions = single_.position;
        described.median = *median_values(single_).front();
        described.mean = *compromise_values(single_).front();
        return described;
    }

    /// Everybody's move of one round; fills in risks and moves.
    void play(ChallengeRound& round) {
        round.risks.assign(n_, 1.0);
        if (choices_.range == ChallengeRange::current) {
            range_ = spread();
        }
        if (!(range_ > 0)) {
            return;  // all stand at one place
        }
        median_ = round.median;
        expect(round.risks);
        if (choices_.risk_attitudes) {
            round.risks = attitudes();
            expect(round.risks);
        }
        std::vector<double> to = single_.position;
        for (std::size_t i = 0; i < n_; ++i) {
            if (const auto move = take(i)) {
                to[i] = move->to;
                round.moves.push_back(*move);
            }
        }
        single_.position = std::move(to);
    }

private:
    [[nodiscard]] double spread() const {
        if (n_ == 0) {
            return 0;
        }
        const auto [low, high] = std::ranges::minmax(single_.position);
        return high - low;
    }

    /// Votes and expectations with the given exponents.  own_[i, j]: what i expects from challenging j;
    /// other_[i, j]: what it thinks j expects from challenging i.
    void expect(const std::vector<double>& exponent) {
        const auto& x = single_.position;
        // Distances as each actor feels them.
        felt_.resize(n_ * n_);
        for (std::size_t k = 0; k < n_; ++k) {
            const double r = choices_.votes == ChallengeVotes::all_pairs ? exponent[k] : 1;
            for (std::size_t a = 0; a < n_; ++a) {
                felt_[k * n_ + a] = std::pow(std::abs(x[k] - x[a]) / range_, r);
            }
        }
        // for_[p, q]: votes for p's place over q's.
        for_.assign(n_ * n_, 0.0);
        double all = 0;
        for (std::size_t k = 0; k < n_; ++k) {
            for (std::size_t p = 0; p < n_; ++p) {
                for (std::size_t q = 0; q < n_; ++q) {
                    const double votes = std::max(0.0, weight_[k] * (felt_[k * n_ + q] - felt_[k * n_ + p]));
                    for_[p * n_ + q] += votes;
                    all += 2 * votes;  // once for p over q, once for q over p
                }
            }
        }
        own_.assign(n_ * n_, 0.0);
        other_.assign(n_ * n_, 0.0);
        for (std::size_t i = 0; i < n_; ++i) {
            for (std::size_t j = 0; j < n_; ++j) {
                if (i == j) {
                    continue;
                }
                const bool own_risk = choices_.reverse_risk == ReverseRisk::own;
                own_[i * n_ + j] = expected(i, j, exponent[i], all);
                other_[i * n_ + j] = expected(j, i, own_risk ? exponent[i] : exponent[j], all);
            }
        }
    }

    [[nodiscard]] double chance(std::size_t p, std::size_t q, double all) const {
        const double wins = for_[p * n_ + q];
        if (choices_.votes == ChallengeVotes::all_pairs) {
            return all > 0 ? wins / all : 0;
        }
        const double both = wins + for_[q * n_ + p];
        return both > 0 ? wins / both : 0.5;
    }

    /// What p's challenge to q is worth to p against leaving it, in the eyes of somebody with exponent r.
    [[nodiscard]] double expected(std::size_t p, std::size_t q, double r, double all) const {
        const auto& x = single_.position;
        const double d = std::min(std::abs(x[p] - x[q]) / (2 * range_), 0.5);
        const double success = 2 - 4 * std::pow(0.5 - d, r);
        const double failure = 2 - 4 * std::pow(0.5 + d, r);
        const double nothing = 2 - 4 * std::pow(0.5, r);
        const double stake = single_.salience[q];
        const double wins = chance(p, q, all);
        double value = stake * (wins * success + (1 - wins) * failure) + (1 - stake) * success;
        const double stays = choices_.status_quo_chance;
        value -= stays * nothing;
        if (stays < 1) {
            const double from_median = std::abs(x[p] - median_);
            const double gap = std::min((from_median + std::abs(x[p] - x[q])) / (4 * range_), 0.5);
            const bool improves = from_median < std::abs(x[p] - x[q]);
            value -= (1 - stays) * (2 - 4 * std::pow(improves ? 0.5 - gap : 0.5 + gap, r));
        }
        return value;
    }

    /// Exponents from how much danger each actor is in where it stands, compared with the others.
    [[nodiscard]] std::vector<double> attitudes() const {
        std::vector<double> danger(n_, 0.0);
        for (std::size_t i = 0; i < n_; ++i) {
            for (std::size_t j = 0; j < n_; ++j) {
                danger[i] += other_[i * n_ + j];  // all exponents are 1 so far: everybody's view is the same
            }
        }
        const auto [least, most] = std::ranges::minmax(danger);
        std::vector<double> exponent(n_, 1.0);
        // Dangers that differ by rounding only are the same danger.
        if (most - least > 1e-12 * (1 + std::abs(most))) {
            for (std::size_t i = 0; i < n_; ++i) {
                const double r = std::clamp((2 * danger[i] - most - least) / (most - least), -1.0, 1.0);
                exponent[i] = (1 - r / 3) / (1 + r / 3);
            }
        }
        return exponent;
    }

    /// The offer that i takes, if there is any.
    [[nodiscard]] std::optional<ChallengeMove> take(std::size_t i) const {
        const auto& x = single_.position;
        std::optional<ChallengeMove> best;
        std::tuple<double, double> best_rank;
        for (std::size_t j = 0; j < n_; ++j) {
            const double gap = x[j] - x[i];
            if (j == i || !(std::abs(gap) > 0)) {
                continue;
            }
            const double a = own_[i * n_ + j];
            const double b = choices_.view == ChallengeView::own ? other_[i * n_ + j] : own_[j * n_ + i];
            ChallengeMove move{single_.actors[i], single_.actors[j], OfferKind::conflict, x[i], x[j], a, b};
            double rank = std::abs(gap);
            if (a > 0 && b > a) {
                move.kind = OfferKind::conflict;
            } else if (a < 0 && b > 0 && b > -a) {
                move.kind = OfferKind::compromise;
                move.to = x[i] + gap * (-a / b);
                rank = choices_.offers == OfferChoice::weighted_point ? (-a * x[i] + b * x[j]) / (-a + b)
                                                                      : std::abs(move.to - x[i]);
            } else if (a < 0 && b > 0 && choices_.capitulation) {
                move.kind = OfferKind::capitulation;
            } else {
                continue;
            }
            const std::tuple<double, double> ranked = choices_.offers == OfferChoice::enforceable
                                                          ? std::tuple(-b, 0.0)
                                                          : std::tuple(static_cast<double>(move.kind), rank);
            if (!best || ranked < best_rank) {
                best = std::move(move);
                best_rank = ranked;
            }
        }
        return best;
    }

    ChallengeChoices choices_;
    ForecastInput single_;
    std::size_t n_ = 0;
    bool valid_ = false;
    double range_ = 0;
    double median_ = 0;
    std::vector<double> weight_, felt_, for_, own_, other_;
};

ChallengeIssue play(const ForecastInput& input, std::size_t k, const ChallengeOptions& options,
                    const Context& context, bool keep_rounds) {
    ChallengeIssue issue;
    issue.issue = input.issues[k];
    ChallengeGame game(input, k, choices_for(options));
    if (!game.valid()) {
        return issue;
    }
    issue.actors = game.actors();
    double last = 0;
    for (int round = 0;; ++round) {
        context.check();
        ChallengeRound described = game.describe(round);
        const bool still = round > 0 && std::abs(described.median - last) < options.tolerance;
        last = described.median;
        const bool end = round >= options.rounds || still;
        if (!end) {
            game.play(described);
        }
        const bool moved = !described.moves.empty();
        if (keep_rounds) {
            issue.rounds.push_back(std::move(described));
        }
        if (end || !moved) {
            break;
        }
    }
    issue.value = last;
    issue.option = input.options[k][nearest_option(input.options[k], last)].id;
    return issue;
}

}  // namespace

ChallengeResult challenge(const Case& subject, const ChallengeOptions& options, const Context& context) {
    const ForecastInput input = forecast_input(subject, options.table);
    ChallengeResult result{input.capability_from, choices_for(options), {}};
    for (std::size_t k = 0; k < input.issue_count(); ++k) {
        result.issues.push_back(play(input, k, options, context, true));
    }
    return result;
}

std::vector<std::optional<double>> challenge_values(const ForecastInput& input,
                                                    const ChallengeOptions& options, const Context& context) {
    std::vector<std::optional<double>> values;
    for (std::size_t k = 0; k < input.issue_count(); ++k) {
        values.push_back(play(input, k, options, context, false).value);
    }
    return values;
}

}  // namespace steelyard::forecast
