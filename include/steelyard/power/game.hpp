// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Games in which every coalition has a worth, and where a case's worths come from.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"
#include "steelyard/power/voting_game.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::power {

/// What a coalition can get without the others.
enum class Source { automatic, deals, voting, estate, worths };

constexpr auto choices_of(Source) {
    return std::array{
        Choice<Source>{
            Source::automatic, "automatic",
            "the options, if they give worths or an estate; otherwise the case's deals, or else its voting "
            "body"},
        Choice<Source>{
            Source::deals, "deals",
            "the most its members can gain together by the tables that they can settle alone, everything "
            "else at its status quo"},
        Choice<Source>{Source::voting, "voting",
                       "1 for coalitions that win in the voting body, 0 for others"},
        Choice<Source>{Source::estate, "estate",
                       "what is left of the estate when all others have been paid in full (O'Neill 1982)"},
        Choice<Source>{Source::worths, "worths", "as the options say; coalitions left out are worth 0"},
    };
}

/// A game with transferable worth.
struct Game {
    std::vector<std::string> players;
    std::vector<Rational> worth;  ///< of each coalition by its bits; the empty one is worth 0
    std::vector<std::string> notes;

    [[nodiscard]] std::size_t size() const { return players.size(); }
    [[nodiscard]] Coalition everybody() const { return (Coalition{1} << players.size()) - 1; }
    /// The members' names, in order.
    [[nodiscard]] std::vector<std::string> names(Coalition coalition) const;
};

/// What a game is made from; the options of analyses hold these.
struct GameOptions {
    Source game = Source::automatic;
    std::string body;
    Named<Rational> worth;
    std::optional<Rational> estate;
    Named<Rational> claims;
};

/// The source that `automatic` means.
Source chosen_source(const Case& subject, const GameOptions& options);

/// The game, with at most `most` players.
///
/// From deals: players are the actors with preferences.  A coalition commands every table whose acceptance rule its
/// members meet alone, and v(S) is the largest sum of its members' gains over feasible deals of these tables,
/// or 0 where that is more.  This treats points of different actors as one currency.  O(2^players) exact searches.
///
/// Throws `Error`: missing_section (no preferences, no body, an issue without status quo), invalid_option (no
/// estate or claims, unknown or repeated players, a negative claim), limit (too many players), cancelled.
Game make_game(const Case& subject, const GameOptions& options, std::size_t most, const Context& context);

/// The coalition that `a+b` means.  Throws `Error` (unknown_name) with a near match.
Coalition parse_coalition(std::span<const std::string> players, std::string_view text);

}  // namespace steelyard::power
