// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The probabilistic Condorcet election: every position is a candidate, every pair of candidates is voted on,
/// and the stronger side is the likelier, not the certain, winner.  It is the election inside the spatial model
/// of politics (B. Wise, L. Lester & B. Efird, "An introduction to the KAPSARC Toolkit for Behavioral
/// Analysis (KTAB)", KAPSARC 2015); standing alone it is a forecast of one turn.

#include "steelyard/core/context.hpp"
#include "steelyard/forecast/input.hpp"

#include <span>

namespace steelyard::forecast {

/// How a difference in utility D becomes votes; b is D / 1e-8 cut to [-1, 1].
enum class VotingRule { binary, prop_bin, prop, prop_cubic, cubic };

constexpr auto choices_of(VotingRule) {
    return std::array{
        Choice<VotingRule>{VotingRule::binary, "binary", "the whole weight: w b"},
        Choice<VotingRule>{VotingRule::prop_bin, "prop_bin", "w (0.8 D + 0.2 b)"},
        Choice<VotingRule>{VotingRule::prop, "prop", "in proportion: w D"},
        Choice<VotingRule>{VotingRule::prop_cubic, "prop_cubic", "w (0.5 D + 0.5 D^3)"},
        Choice<VotingRule>{VotingRule::cubic, "cubic", "w D^3: only large differences move anybody"},
    };
}

/// How the strengths C of two coalitions become a probability to win: C_ab^e / (C_ab^e + C_ba^e).
enum class Victory { linear, square, quartic, octic, binary };

constexpr auto choices_of(Victory) {
    return std::array{
        Choice<Victory>{Victory::linear, "linear", "e = 1"},
        Choice<Victory>{Victory::square, "square", "e = 2"},
        Choice<Victory>{Victory::quartic, "quartic", "e = 4"},
        Choice<Victory>{Victory::octic, "octic", "e = 8"},
        Choice<Victory>{Victory::binary, "binary",
                        "a tenth more strength decides; below that the chance grows in proportion"},
    };
}

/// How the pairwise probabilities become one distribution over the candidates.
enum class Conversion { conditional, markov_incentive, markov_uniform };

constexpr auto choices_of(Conversion) {
    return std::array{
        Choice<Conversion>{Conversion::conditional, "conditional",
                           "as if all pairwise votes happened to agree on one winner"},
        Choice<Conversion>{
            Conversion::markov_incentive, "markov_incentive",
            "a chain of challenges, made the more often the more support and chance they have"},
        Choice<Conversion>{Conversion::markov_uniform, "markov_uniform",
                           "a chain of challenges, all equally frequent"},
    };
}

struct ElectionRules {
    VotingRule voting = VotingRule::prop;
    Victory victory = Victory::linear;
    Conversion conversion = Conversion::conditional;
};

/// An election, with its working memory kept between calls.
class Election {
public:
    explicit Election(ElectionRules rules) : rules_(rules) {}

    /// The winning probabilities of `candidates`.  `utility[v * stride + c]`: what candidate c is worth to
    /// voter v; weights not negative.  The probabilities are finite, not negative and sum to 1; with no
    /// difference or no weight all are equal.  Valid until the next call.
    /// O(voters x candidates^2), plus the steps of a Markov form (at most 10,000) x candidates^2.
    std::span<const double> run(std::span<const double> weights, std::span<const double> utility,
                                std::size_t candidates, std::size_t stride);

private:
    // m: the number of candidates.
    void conditional(std::size_t m);
    void markov(std::size_t m);

    ElectionRules rules_;
    std::vector<double> support_, victory_, incentive_, probability_, next_, column_;
};

/// One vote: positive for the first of two candidates, `difference` is what it is worth more.
inline double vote(VotingRule rule, double weight, double difference) {
    const auto decided = [&] {
        const double b = difference / 1e-8;
        return b < -1 ? -1.0 : (b > 1 ? 1.0 : b);
    };
    switch (rule) {
        case VotingRule::binary:
            return weight * decided();
        case VotingRule::prop_bin:
            return weight * (0.8 * difference + 0.2 * decided());
        case VotingRule::prop:
            return weight * difference;
        case VotingRule::prop_cubic:
            return weight * (0.5 * difference + 0.5 * difference * difference * difference);
        case VotingRule::cubic:
            break;
    }
    return weight * (difference * difference * difference);
}

struct ElectionOptions {
    std::string table;
    Weighting weights = Weighting::both;
    VotingRule voting = VotingRule::prop;
    Victory victory = Victory::linear;
    Conversion conversion = Conversion::conditional;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &ElectionOptions::table, "Table to analyse; empty means the first one."),
            field("weights", &ElectionOptions::weights, "What makes a vote count."),
            field("voting", &ElectionOptions::voting, "How a difference in utility becomes votes."),
            field("victory", &ElectionOptions::victory, "How votes become a probability to win."),
            field("conversion", &ElectionOptions::conversion,
                  "How pairwise probabilities become one distribution."),
        };
    }
};

/// A position with its probability to win.
struct Candidate {
    double place = 0;
    double probability = 0;
    std::vector<std::string> actors;

    static constexpr auto fields() {
        return std::tuple{
            field("place", &Candidate::place, "A position that some actor takes.", "place", {0, 100}),
            field("probability", &Candidate::probability, "Its probability to win.", "", {0, 1}),
            field("actors", &Candidate::actors, "Who stands there."),
        };
    }
};

struct ElectionIssue {
    std::string issue;
    std::optional<double> value;
    std::string option;
    std::optional<double> favourite;
    std::vector<Candidate> candidates;

    static constexpr auto fields() {
        return std::tuple{
            field("issue", &ElectionIssue::issue, "The issue."),
            field("value", &ElectionIssue::value,
                  "The mean of the candidates, weighted by probability; absent without positions.", "place",
                  {0, 100}),
            field("option", &ElectionIssue::option, "The option nearest to it; empty without a forecast."),
            field("favourite", &ElectionIssue::favourite, "The likeliest candidate.", "place", {0, 100}),
            field("candidates", &ElectionIssue::candidates, "Every position taken, from low to high."),
        };
    }
};

struct ElectionResult {
    CapabilitySource capability_from = CapabilitySource::stated;
    std::vector<ElectionIssue> issues;

    static constexpr auto fields() {
        return std::tuple{
            field("capability_from", &ElectionResult::capability_from, "Where the capabilities came from."),
            field("issues", &ElectionResult::issues, "The open issues of the table."),
        };
    }
};

/// One election for each issue; the candidates are the different positions taken, utility is 1 - distance /
/// 100.  O(issues x actors x candidates^2).
/// Throws `Error`: unknown_name, missing_section (see `forecast_input`), cancelled.
ElectionResult election(const Case& subject, const ElectionOptions& options, const Context& context);

/// The expected values alone, by issue.
std::vector<std::optional<double>> election_values(const ForecastInput& input, Weighting weights,
                                                   const ElectionRules& rules);

}  // namespace steelyard::forecast
