// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The spatial model of politics: turn by turn, every actor challenges one other, the two bargain about where
/// both should stand, everybody votes on the bargains, and all move at once.  Several issues are one space.
///
/// The model of B. Wise, L. Lester & B. Efird (KTAB, KAPSARC 2015), which follows B. Bueno de Mesquita and
/// puts the probabilistic Condorcet election in the place of the median voter; see docs/methods/forecast.md.

#include "steelyard/core/context.hpp"
#include "steelyard/forecast/election.hpp"
#include "steelyard/forecast/input.hpp"

namespace steelyard::forecast {

enum class Transitions { deterministic, stochastic };

constexpr auto choices_of(Transitions) {
    return std::array{
        Choice<Transitions>{Transitions::deterministic, "deterministic", "the likeliest bargain is struck"},
        Choice<Transitions>{Transitions::stochastic, "stochastic",
                            "bargains are drawn by their probability; the seed decides"},
    };
}

/// How winning probabilities become attitudes to risk.
enum class RiskRange { min, mid, max };

constexpr auto choices_of(RiskRange) {
    return std::array{
        Choice<RiskRange>{RiskRange::min, "min", "from 0 (weakest) to 1 (strongest)"},
        Choice<RiskRange>{RiskRange::mid, "mid", "from -1/2 to 1"},
        Choice<RiskRange>{RiskRange::max, "max", "from -1 to 1"},
    };
}

/// What an actor believes of another's attitude to risk: a share of the truth, the rest from itself.
enum class RiskBelief { none, one_third, half, two_thirds, full };

constexpr auto choices_of(RiskBelief) {
    return std::array{
        Choice<RiskBelief>{RiskBelief::none, "none", "others are thought to be like oneself"},
        Choice<RiskBelief>{RiskBelief::one_third, "one_third", "one third of the truth"},
        Choice<RiskBelief>{RiskBelief::half, "half", "half of the truth"},
        Choice<RiskBelief>{RiskBelief::two_thirds, "two_thirds", "two thirds of the truth"},
        Choice<RiskBelief>{RiskBelief::full, "full", "the truth"},
    };
}

enum class ThirdParties { semi_commit, full_commit, no_commit };

constexpr auto choices_of(ThirdParties) {
    return std::array{
        Choice<ThirdParties>{ThirdParties::semi_commit, "semi_commit",
                             "back a side knowing that it may lose, and keep their own place"},
        Choice<ThirdParties>{ThirdParties::full_commit, "full_commit",
                             "back the side they prefer and move with it"},
        Choice<ThirdParties>{ThirdParties::no_commit, "no_commit", "stand aside"},
    };
}

/// How two actors split a difference; phi is the first one's chance to win.
enum class BargainRule { s2p2, s1p1, s2pmax };

constexpr auto choices_of(BargainRule) {
    return std::array{
        Choice<BargainRule>{BargainRule::s2p2, "s2p2", "weights salience^2 x chance^2"},
        Choice<BargainRule>{BargainRule::s1p1, "s1p1", "weights salience x chance"},
        Choice<BargainRule>{BargainRule::s2pmax, "s2pmax",
                            "only the likely loser moves, by how much likelier it is to lose"},
    };
}

struct SpatialOptions {
    std::string table;
    int turns = 100;
    double settled = 0.02;
    VotingRule voting = VotingRule::prop;
    Victory victory = Victory::linear;
    Conversion conversion = Conversion::conditional;
    Transitions transitions = Transitions::deterministic;
    RiskRange risk = RiskRange::mid;
    RiskBelief belief = RiskBelief::one_third;
    ThirdParties third_parties = ThirdParties::semi_commit;
    BargainRule bargain = BargainRule::s2p2;
    double ideals_follow = 1;
    Named<double> accommodation;

    static constexpr auto fields() {
        return std::tuple{
            field("table", &SpatialOptions::table, "Table to analyse; empty means the first one."),
            field("turns", &SpatialOptions::turns, "At most so many.", "turns", {0, 10000}),
            field("settled", &SpatialOptions::settled,
                  "Stop when a turn moves the actors less than this share of what the first did.", "",
                  {0, 1}),
            field("voting", &SpatialOptions::voting, "How a difference in utility becomes votes."),
            field("victory", &SpatialOptions::victory, "How votes become a probability to win."),
            field("conversion", &SpatialOptions::conversion,
                  "How pairwise probabilities become one distribution."),
            field("transitions", &SpatialOptions::transitions, "How an actor's bargain is chosen."),
            field("risk", &SpatialOptions::risk, "How winning probabilities become attitudes to risk."),
            field("belief", &SpatialOptions::belief, "What actors believe of others' attitudes to risk."),
            field("third_parties", &SpatialOptions::third_parties, "What third parties do in a challenge."),
            field("bargain", &SpatialOptions::bargain, "How two actors split a difference."),
            field("ideals_follow", &SpatialOptions::ideals_follow,
                  "How far an actor's ideal follows its position: 1 wholly, 0 not at all.", "", {0, 1}),
            field("accommodation", &SpatialOptions::accommodation,
                  "Single entries of the matrix of ideal adjustment, named actor.reference: how far the "
                  "actor's "
                  "ideal goes to the reference's position.",
                  "", {0, 1}),
        };
    }
};

/// A bargain that was proposed in a turn.
struct SpatialBargain {
    std::string by;
    std::string with;
    double chance = 0;
    double gain = 0;
    Named<double> by_moves_to;
    Named<double> with_moves_to;
    bool by_accepts = false;
    bool with_accepts = false;

    static constexpr auto fields() {
        return std::tuple{
            field("by", &SpatialBargain::by, "Who challenges."),
            field("with", &SpatialBargain::with, "Who is challenged."),
            field("chance", &SpatialBargain::chance, "The challenger's chance to win, as it sees it.", "",
                  {0, 1}),
            field("gain", &SpatialBargain::gain, "What the challenger expects from it.", "utility"),
            field("by_moves_to", &SpatialBargain::by_moves_to, "Where the challenger would stand, by issue.",
                  "place"),
            field("with_moves_to", &SpatialBargain::with_moves_to, "Where the other would stand, by issue.",
                  "place"),
            field("by_accepts", &SpatialBargain::by_accepts, "Whether the challenger moves so."),
            field("with_accepts", &SpatialBargain::with_accepts, "Whether the other moves so."),
        };
    }
};

/// Where everybody stands at the beginning of a turn, and what is proposed in it.
struct SpatialTurn {
    int turn = 0;
    std::vector<std::vector<double>> positions;
    std::vector<std::vector<double>> ideals;
    std::vector<double> shares;
    std::vector<double> risks;
    std::vector<SpatialBargain> bargains;
    double moved = 0;

    static constexpr auto fields() {
        return std::tuple{
            field("turn", &SpatialTurn::turn, "0 is the beginning."),
            field("positions", &SpatialTurn::positions, "By actor, then issue.", "place"),
            field("ideals", &SpatialTurn::ideals, "By actor, then issue.", "place"),
            field(
                "shares", &SpatialTurn::shares,
                "The probability of each actor's place to win an election now; actors at one place share it "
                "equally.",
                "", {0, 1}),
            field("risks", &SpatialTurn::risks, "Each actor's attitude: 1 averse, -1 seeking.", "", {-1, 1}),
            field("bargains", &SpatialTurn::bargains,
                  "What is proposed now, by challenger; empty in the last turn."),
            field("moved", &SpatialTurn::moved, "How far the actors move in this turn, added up.", "place"),
        };
    }
};

/// Why the turns ended.
enum class SpatialEnd { settled, agreed, limit };

constexpr auto choices_of(SpatialEnd) {
    return std::array{
        Choice<SpatialEnd>{SpatialEnd::settled, "settled", "the actors hardly move any more"},
        Choice<SpatialEnd>{SpatialEnd::agreed, "agreed",
                           "all stand at one place on everything they care about"},
        Choice<SpatialEnd>{SpatialEnd::limit, "limit", "the limit of turns was reached; they still move"},
    };
}

struct SpatialResult {
    CapabilitySource capability_from = CapabilitySource::stated;
    double salience_scale = 1;
    std::vector<IssueForecast> issues;
    SpatialEnd end = SpatialEnd::limit;
    std::vector<std::string> actors;
    std::vector<SpatialTurn> turns;

    static constexpr auto fields() {
        return std::tuple{
            field("capability_from", &SpatialResult::capability_from, "Where the capabilities came from."),
            field("salience_scale", &SpatialResult::salience_scale,
                  "What all saliences were multiplied by, so that no actor's add up to more than 100.", "",
                  {0, 1}),
            field("issues", &SpatialResult::issues,
                  "The last positions, weighted by their probability to win."),
            field("end", &SpatialResult::end, "Why the turns ended."),
            field("actors", &SpatialResult::actors, "The order of actors in the turns."),
            field("turns", &SpatialResult::turns, "Every turn, from the beginning to the last positions."),
        };
    }
};

/// An actor without a position on an issue starts at the issue's compromise with salience 0; an issue on which
/// nobody with weight stands has no forecast.  Deterministic for a seed.
/// O(turns x actors^2 x (actors + issues)); memory O(actors x (actors + issues)) besides the history.
/// Throws `Error`: unknown_name (table; actor in `accommodation`), missing_section, cancelled.
SpatialResult spatial(const Case& subject, const SpatialOptions& options, const Context& context);

/// The same from the common input, with the history left out.
std::vector<std::optional<double>> spatial_values(const ForecastInput& input, const SpatialOptions& options,
                                                  const Context& context);

}  // namespace steelyard::forecast
