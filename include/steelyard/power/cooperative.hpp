// SPDX-License-Identifier: Apache-2.0
#pragma once
/// How could those who act together divide what they gain, and would any of them do better apart?

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"
#include "steelyard/power/game.hpp"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::power {

struct CooperativeOptions {
    Source game = Source::automatic;
    std::string body;
    Named<Rational> worth;
    std::optional<Rational> estate;
    Named<Rational> claims;
    std::vector<std::string> unions;

    static constexpr auto fields() {
        return std::tuple{
            field("game", &CooperativeOptions::game, "What coalitions are worth."),
            field("body", &CooperativeOptions::body, "For voting: the body; empty means the first one."),
            field("worth", &CooperativeOptions::worth,
                  "For worths: coalitions, as names joined by +, with what they are worth."),
            field("estate", &CooperativeOptions::estate, "For an estate: what there is to divide."),
            field("claims", &CooperativeOptions::claims, "For an estate: what each claimant is owed."),
            field("unions", &CooperativeOptions::unions,
                  "For the Owen value: players who stand together, as names joined by +; the others stand "
                  "alone."),
        };
    }
};

struct PlayerShare {
    std::string player;
    Rational alone;
    Rational shapley;
    std::optional<Rational> owen;
    Rational nucleolus;
    std::optional<Rational> core_low;
    std::optional<Rational> core_high;

    static constexpr auto fields() {
        return std::tuple{
            field("player", &PlayerShare::player, "The player."),
            field("alone", &PlayerShare::alone, "What it is worth alone."),
            field("shapley", &PlayerShare::shapley,
                  "What it adds on average over all orders of joining (Shapley 1953)."),
            field(
                "owen", &PlayerShare::owen,
                "The same where the members of each union join together (Owen 1977); absent without unions."),
            field("nucleolus", &PlayerShare::nucleolus,
                  "The division under which the coalition that has most to complain complains least, then "
                  "the next "
                  "(Schmeidler 1969)."),
            field("core_low", &PlayerShare::core_low, "The least it gets in any division of the core."),
            field("core_high", &PlayerShare::core_high, "The most it gets in any division of the core."),
        };
    }
};

/// A coalition that could do better than a division gives it.
struct Objection {
    std::vector<std::string> coalition;
    Rational worth;
    Rational gets;

    static constexpr auto fields() {
        return std::tuple{
            field("coalition", &Objection::coalition, "Its members."),
            field("worth", &Objection::worth, "What it is worth by itself."),
            field("gets", &Objection::gets, "What the division gives its members together."),
        };
    }
};

struct CooperativeResult {
    Source game = Source::automatic;
    std::vector<PlayerShare> players;
    Rational total;
    Named<Rational> worth;
    bool core_exists = false;
    std::optional<Rational> least_core;
    std::vector<Rational> levels;
    std::vector<Objection> against_shapley;
    std::vector<Objection> against_nucleolus;
    bool superadditive = false;
    bool convex = false;
    bool exact = true;
    std::vector<std::string> notes;
    std::string text;

    static constexpr auto fields() {
        return std::tuple{
            field("game", &CooperativeResult::game, "Where the worths come from."),
            field("players", &CooperativeResult::players, "What each player gets by each division."),
            field("total", &CooperativeResult::total, "What all are worth together: it is divided in full."),
            field("worth", &CooperativeResult::worth, "What every coalition is worth, with up to 6 players."),
            field("core_exists", &CooperativeResult::core_exists,
                  "Whether some division leaves no coalition a reason to go its own way."),
            field("least_core", &CooperativeResult::least_core,
                  "The largest complaint (worth less share) of any coalition, made as small as it can be; "
                  "the core "
                  "exists when it is 0 or less. Absent for one player."),
            field("levels", &CooperativeResult::levels,
                  "The complaints at which the nucleolus fixes coalitions, from the largest."),
            field("against_shapley", &CooperativeResult::against_shapley,
                  "The coalitions that could do better than the Shapley value gives them, worst treated "
                  "first; at most "
                  "5."),
            field("against_nucleolus", &CooperativeResult::against_nucleolus,
                  "The same for the nucleolus: none where the core exists."),
            field("superadditive", &CooperativeResult::superadditive,
                  "Whether two groups are never worth less together than apart."),
            field("convex", &CooperativeResult::convex,
                  "Whether a player adds the more the larger the coalition it joins; then the Shapley value "
                  "is in the "
                  "core."),
            field("exact", &CooperativeResult::exact,
                  "Whether every share is exact; otherwise fractions that leave 64 bits are rounded."),
            field("notes", &CooperativeResult::notes, "How the worths are to be read."),
            field("text", &CooperativeResult::text, "The answer in words."),
        };
    }
};

/// Core, least core, nucleolus, Shapley and Owen values of the game, exact, up to 15 players.
/// O(2^n) for each step of the linear programs, O(3^n) to test superadditivity.
/// Throws `Error`: as `make_game`; invalid_option (unions that overlap); cancelled.
CooperativeResult cooperative(const Case& subject, const CooperativeOptions& options, const Context& context);

}  // namespace steelyard::power
