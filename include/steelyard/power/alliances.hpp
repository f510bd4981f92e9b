// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Who would stand together, who would leave, and who would want to join?

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"
#include "steelyard/power/game.hpp"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::power {

/// How an alliance divides what it is worth.
enum class Sharing { automatic, agreed, shapley, equal };

constexpr auto choices_of(Sharing) {
    return std::array{
        Choice<Sharing>{Sharing::automatic, "automatic",
                        "agreed where the worths come from deals, otherwise shapley"},
        Choice<Sharing>{
            Sharing::agreed, "agreed",
            "as the deal says that its members reach by the Nash solution, without side payments; outsiders "
            "have what that deal leaves them"},
        Choice<Sharing>{Sharing::shapley, "shapley", "by the Shapley value of the alliance's own game"},
        Choice<Sharing>{Sharing::equal, "equal", "in equal parts"},
    };
}

struct AlliancesOptions {
    Source game = Source::automatic;
    std::string body;
    Named<Rational> worth;
    std::optional<Rational> estate;
    Named<Rational> claims;
    Sharing sharing = Sharing::automatic;
    bool all = false;

    static constexpr auto fields() {
        return std::tuple{
            field("game", &AlliancesOptions::game, "What coalitions are worth."),
            field("body", &AlliancesOptions::body, "For voting: the body; empty means the first one."),
            field("worth", &AlliancesOptions::worth,
                  "For worths: coalitions, as names joined by +, with what they are worth."),
            field("estate", &AlliancesOptions::estate, "For an estate: what there is to divide."),
            field("claims", &AlliancesOptions::claims, "For an estate: what each claimant is owed."),
            field("sharing", &AlliancesOptions::sharing, "How an alliance divides what it is worth."),
            field("all", &AlliancesOptions::all,
                  "List every alliance and partition; otherwise the stable ones and the alliance of all."),
        };
    }
};

/// One alliance, everybody else alone.
struct Alliance {
    std::vector<std::string> members;
    Named<Rational> values;
    bool internal = false;
    bool external = false;
    std::vector<std::string> leavers;
    std::vector<std::string> joiners;
    std::vector<std::string> welcome;

    static constexpr auto fields() {
        return std::tuple{
            field("members", &Alliance::members, "Who stands together."),
            field("values", &Alliance::values, "What everybody then has, outsiders too."),
            field("internal", &Alliance::internal, "Whether no member would rather leave."),
            field("external", &Alliance::external, "Whether no outsider would rather join."),
            field("leavers", &Alliance::leavers,
                  "Members who would have more if they left and the rest stayed."),
            field("joiners", &Alliance::joiners, "Outsiders who would have more if they joined."),
            field("welcome", &Alliance::welcome, "Those of them whose joining leaves no member with less."),
        };
    }
};

/// Everybody in some alliance or alone; each looks at its own alliance only.
struct Partition {
    std::vector<std::string> alliances;
    Named<Rational> values;
    bool nash = false;
    bool individual = false;
    bool core = false;

    static constexpr auto fields() {
        return std::tuple{
            field("alliances", &Partition::alliances,
                  "Who stands with whom: the members of each alliance, joined by +."),
            field("values", &Partition::values, "What each has in its own alliance."),
            field("nash", &Partition::nash, "Nobody would rather move to another alliance or stand alone."),
            field("individual", &Partition::individual,
                  "Nobody would rather move to an alliance whose members would all accept it."),
            field("core", &Partition::core, "No group would all rather stand together."),
        };
    }
};

struct AlliancesResult {
    Source game = Source::automatic;
    Sharing sharing = Sharing::automatic;
    std::vector<std::string> players;
    std::vector<Alliance> alliances;
    std::vector<Partition> partitions;
    int stable_alliances = 0;
    int nash_partitions = 0;
    int core_partitions = 0;
    std::vector<std::string> notes;

    static constexpr auto fields() {
        return std::tuple{
            field("game", &AlliancesResult::game, "Where the worths come from."),
            field("sharing", &AlliancesResult::sharing, "How alliances divide them."),
            field("players", &AlliancesResult::players, "Who can stand together."),
            field("alliances", &AlliancesResult::alliances,
                  "Alliances of two or more, by size; those that nobody leaves or joins, and that of all."),
            field("partitions", &AlliancesResult::partitions,
                  "Partitions that are stable by at least one concept; at most 1000."),
            field("stable_alliances", &AlliancesResult::stable_alliances,
                  "How many alliances of two or more nobody would leave or join."),
            field("nash_partitions", &AlliancesResult::nash_partitions,
                  "How many partitions nobody would leave."),
            field("core_partitions", &AlliancesResult::core_partitions,
                  "How many partitions no group would leave."),
            field("notes", &AlliancesResult::notes, "How the values are to be read."),
        };
    }
};

/// Internal and external stability of single alliances (d'Aspremont, Jacquemin, Gabszewicz & Weymark 1983), and
/// partitions stable in the sense of Nash, individually, and of the core (Bogomolnaia & Jackson 2002), up to
/// 10 players.  O(2^n) deals or shares; partitions: Bell(n) times the coalitions that might leave.
/// Throws `Error`: as `make_game`; invalid_option (agreed shares without deals); cancelled.
AlliancesResult alliances(const Case& subject, const AlliancesOptions& options, const Context& context);

}  // namespace steelyard::power
