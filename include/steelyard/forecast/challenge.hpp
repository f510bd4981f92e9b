// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The challenge model: on one issue, round by round, every actor weighs a challenge to every other by its
/// expected utility, and those who look weaker move towards those who look stronger.
///
/// B. Bueno de Mesquita's model (The War Trap 1981; European Community Decision Making 1994; JCR 41, 1997) as
/// J. B. Scholz, G. J. Calbert & G. A. Smith, "Unravelling Bueno de Mesquita's group decision model", ICAART
/// 2011, reconstruct it.  There is no agreed implementation, so every choice on which the known ones differ is
/// an option; a preset names a lineage.  See docs/methods/forecast.md.

#include "steelyard/core/context.hpp"
#include "steelyard/forecast/input.hpp"

namespace steelyard::forecast {

/// A set of choices with a name.
enum class ChallengePreset { scholz_2011, classic };

constexpr auto choices_of(ChallengePreset) {
    return std::array{
        Choice<ChallengePreset>{ChallengePreset::scholz_2011, "scholz_2011",
                                "the conventions that come nearest to the medians printed by Scholz et al."},
        Choice<ChallengePreset>{ChallengePreset::classic, "classic",
                                "votes on the two places only, each side's own view, full capitulation"},
    };
}

/// Whose votes make the probability that a challenge succeeds.
enum class ChallengeVotes { dyad, all_pairs };

constexpr auto choices_of(ChallengeVotes) {
    return std::array{
        Choice<ChallengeVotes>{ChallengeVotes::dyad, "dyad",
                               "votes for the challenger's place over all votes between the two places"},
        Choice<ChallengeVotes>{ChallengeVotes::all_pairs, "all_pairs",
                               "votes for the challenger's place over all votes between any two places"},
    };
}

/// The width of the scale by which distances are measured.
enum class ChallengeRange { first, current };

constexpr auto choices_of(ChallengeRange) {
    return std::array{
        Choice<ChallengeRange>{ChallengeRange::first, "first", "of the positions at the beginning"},
        Choice<ChallengeRange>{ChallengeRange::current, "current", "of the positions of the round"},
    };
}

/// Whose eyes an actor sees a challenge against itself with.
enum class ChallengeView { own, each };

constexpr auto choices_of(ChallengeView) {
    return std::array{
        Choice<ChallengeView>{ChallengeView::own, "own", "its own"},
        Choice<ChallengeView>{ChallengeView::each, "each", "the challenger's: both know the other's view"},
    };
}

/// Whose attitude to risk an actor applies to the other's challenge, seen with its own eyes.
enum class ReverseRisk { own, other };

constexpr auto choices_of(ReverseRisk) {
    return std::array{
        Choice<ReverseRisk>{ReverseRisk::own, "own", "its own"},
        Choice<ReverseRisk>{ReverseRisk::other, "other", "the challenger's"},
    };
}

/// Which of several offers an actor takes.
enum class OfferChoice { least_move, enforceable, weighted_point };

constexpr auto choices_of(OfferChoice) {
    return std::array{
        Choice<OfferChoice>{OfferChoice::least_move, "least_move",
                            "conflict before compromise before surrender, then the shortest move"},
        Choice<OfferChoice>{OfferChoice::enforceable, "enforceable",
                            "the one whose maker expects most from a challenge"},
        Choice<OfferChoice>{OfferChoice::weighted_point, "weighted_point",
                            "conflict first, by the shortest move; then the compromise with the lowest "
                            "(|a| x_i + |b| x_j) / (|a| + |b|)"},
    };
}

struct ChallengeOptions {
    std::string table;
    ChallengePreset preset = ChallengePreset::scholz_2011;
    int rounds = 8;
    double tolerance = 0;
    std::optional<ChallengeVotes> votes;
    std::optional<ChallengeRange> range;
    std::optional<double> status_quo_chance;
    std::optional<ChallengeView> view;
    std::optional<ReverseRisk> reverse_risk;
    std::optional<bool> risk_attitudes;
    std::optional<bool> capitulation;
    std::optional<OfferChoice> offers;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &ChallengeOptions::table, "Table to analyse; empty means the first one."),
            field("preset", &ChallengeOptions::preset,
                  "The lineage; the choices below override it one by one."),
            field("rounds", &ChallengeOptions::rounds, "At most so many.", "rounds", {0, 1000}),
            field("tolerance", &ChallengeOptions::tolerance,
                  "Stop when a round moves the median less; 0 plays every round.", "place", {0, 100}),
            field("votes", &ChallengeOptions::votes, "Whose votes make the probability of success."),
            field("range", &ChallengeOptions::range, "The width that distances are measured by."),
            field("status_quo_chance", &ChallengeOptions::status_quo_chance,
                  "Q: the chance that nothing changes when nobody challenges.", "", {0, 1}),
            field("view", &ChallengeOptions::view, "Whose eyes a challenge against oneself is seen with."),
            field("reverse_risk", &ChallengeOptions::reverse_risk,
                  "Whose attitude to risk counts in it, with one's own eyes."),
            field("risk_attitudes", &ChallengeOptions::risk_attitudes,
                  "Whether attitudes to risk are inferred from the dangers at one's place; without, all are "
                  "neutral."),
            field("capitulation", &ChallengeOptions::capitulation,
                  "Whether an actor that has more to lose than the challenger to win yields wholly."),
            field("offers", &ChallengeOptions::offers, "Which of several offers an actor takes."),
        };
    }
};

/// The choices that were in force.
struct ChallengeChoices {
    ChallengeVotes votes = ChallengeVotes::all_pairs;
    ChallengeRange range = ChallengeRange::first;
    double status_quo_chance = 1;
    ChallengeView view = ChallengeView::own;
    ReverseRisk reverse_risk = ReverseRisk::own;
    bool risk_attitudes = true;
    bool capitulation = false;
    OfferChoice offers = OfferChoice::weighted_point;

    static constexpr auto fields() {
        return std::tuple{
            field("votes", &ChallengeChoices::votes, "Whose votes make the probability of success."),
            field("range", &ChallengeChoices::range, "The width that distances are measured by."),
            field("status_quo_chance", &ChallengeChoices::status_quo_chance,
                  "The chance that nothing changes when nobody challenges.", "", {0, 1}),
            field("view", &ChallengeChoices::view, "Whose eyes a challenge against oneself is seen with."),
            field("reverse_risk", &ChallengeChoices::reverse_risk, "Whose attitude to risk counts in it."),
            field("risk_attitudes", &ChallengeChoices::risk_attitudes,
                  "Whether attitudes to risk are inferred."),
            field("capitulation", &ChallengeChoices::capitulation, "Whether actors may yield wholly."),
            field("offers", &ChallengeChoices::offers, "Which of several offers an actor takes."),
        };
    }
};

/// What brought an actor to move.
enum class OfferKind { conflict, compromise, capitulation };

constexpr auto choices_of(OfferKind) {
    return std::array{
        Choice<OfferKind>{OfferKind::conflict, "conflict", "both expected to win; the weaker side gave way"},
        Choice<OfferKind>{OfferKind::compromise, "compromise",
                          "the other was stronger; it went part of the way"},
        Choice<OfferKind>{OfferKind::capitulation, "capitulation",
                          "it had more to lose than the other to win, and gave way wholly"},
    };
}

struct ChallengeMove {
    std::string actor;
    std::string towards;
    OfferKind kind = OfferKind::conflict;
    double from = 0;
    double to = 0;
    double own = 0;
    double other = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("actor", &ChallengeMove::actor, "Who moves."),
            field("towards", &ChallengeMove::towards, "At whose demand."),
            field("kind", &ChallengeMove::kind, "Why it moves."),
            field("from", &ChallengeMove::from, "Where it stood.", "place", {0, 100}),
            field("to", &ChallengeMove::to, "Where it goes.", "place", {0, 100}),
            field("own", &ChallengeMove::own, "What it expected from challenging the other.", "utility"),
            field("other", &ChallengeMove::other, "What it feared the other expected from challenging it.",
                  "utility"),
        };
    }
};

struct ChallengeRound {
    int round = 0;
    double median = 0;
    double mean = 0;
    std::vector<double> positions;
    std::vector<double> risks;
    std::vector<ChallengeMove> moves;

    static constexpr auto fields() {
        return std::tuple{
            field("round", &ChallengeRound::round, "0 is the beginning."),
            field("median", &ChallengeRound::median, "The weighted median.", "place", {0, 100}),
            field("mean", &ChallengeRound::mean, "The weighted mean.", "place", {0, 100}),
            field("positions", &ChallengeRound::positions, "By actor of the issue.", "place", {0, 100}),
            field("risks", &ChallengeRound::risks,
                  "By actor: the exponent of its utilities; above 1 seeks risk, below 1 avoids it."),
            field("moves", &ChallengeRound::moves, "Who moves now; empty in the last round."),
        };
    }
};

struct ChallengeIssue {
    std::string issue;
    std::optional<double> value;
    std::string option;
    std::vector<std::string> actors;
    std::vector<ChallengeRound> rounds;

    static constexpr auto fields() {
        return std::tuple{
            field("issue", &ChallengeIssue::issue, "The issue."),
            field("value", &ChallengeIssue::value,
                  "The last weighted median; absent when nobody with weight has a position.", "place",
                  {0, 100}),
            field("option", &ChallengeIssue::option, "The option nearest to it; empty without a forecast."),
            field("actors", &ChallengeIssue::actors,
                  "Those who have a position, in the order of the rounds."),
            field("rounds", &ChallengeIssue::rounds,
                  "Every round, from the beginning to the last positions."),
        };
    }
};

struct ChallengeResult {
    CapabilitySource capability_from = CapabilitySource::stated;
    ChallengeChoices choices;
    std::vector<ChallengeIssue> issues;

    static constexpr auto fields() {
        return std::tuple{
            field("capability_from", &ChallengeResult::capability_from, "Where the capabilities came from."),
            field("choices", &ChallengeResult::choices, "The choices that were in force."),
            field("issues", &ChallengeResult::issues, "The open issues of the table, each by itself."),
        };
    }
};

/// O(issues x rounds x actors^3), deterministic; ties go to the first actor.
/// Throws `Error`: unknown_name, missing_section (see `forecast_input`), cancelled.
ChallengeResult challenge(const Case& subject, const ChallengeOptions& options, const Context& context);

/// The values alone, by issue.
std::vector<std::optional<double>> challenge_values(const ForecastInput& input,
                                                    const ChallengeOptions& options, const Context& context);

}  // namespace steelyard::forecast
