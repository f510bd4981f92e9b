// SPDX-License-Identifier: Apache-2.0
#include "steelyard/power/cooperative.hpp"

#include "exact.hpp"
#include "steelyard/core/error.hpp"
#include "values.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace steelyard::power {

namespace {

constexpr std::size_t kMostPlayers = 15;
constexpr std::size_t kListed = 6;
constexpr std::size_t kObjections = 5;

std::vector<Coalition> unions_of(const Game& game, const std::vector<std::string>& texts) {
    std::vector<Coalition> unions;
    Coalition taken = 0;
    for (const std::string& text : texts) {
        const Coalition one = parse_coalition(game.players, text);
        if ((one & taken) != 0) {
            throw Error(
                ErrorKind::invalid_option,
                std::vector{Problem{
                    {{}, 0, 0, "/unions"}, "a player is in two unions", text, "each player once", {}}});
        }
        taken |= one;
        unions.push_back(one);
    }
    for (std::size_t i = 0; i < game.size(); ++i) {
        if ((taken >> i & 1U) == 0) {
            unions.push_back(Coalition{1} << i);
        }
    }
    return unions;
}

bool superadditive(const Game& game, const Context& context) {
    for (Coalition s = 1; s < game.worth.size(); ++s) {
        context.check();
        const Coalition rest = game.everybody() & ~s;
        for (Coalition t = rest; t > s; t = (t - 1) & rest) {
            if (game.worth[s | t] < game.worth[s] + game.worth[t]) {
                return false;
            }
        }
    }
    return true;
}

/// It is enough to compare what a player adds before and after one other joins.
bool convex(const Game& game) {
    for (Coalition s = 0; s < game.worth.size(); ++s) {
        for (std::size_t i = 0; i < game.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                const Coalition a = Coalition{1} << i;
                const Coalition b = Coalition{1} << j;
                if ((s & (a | b)) == 0 &&
                    game.worth[s | a | b] - game.worth[s | b] < game.worth[s | a] - game.worth[s]) {
                    return false;
                }
            }
        }
    }
    return true;
}

std::vector<Objection> objections(const Game& game, const Vector& payoff) {
    std::vector<std::pair<Fraction, Coalition>> complaints;
    std::vector<Fraction> gets(game.worth.size(), 0);
    for (Coalition s = 1; s < game.everybody(); ++s) {
        for (std::size_t i = 0; i < game.size(); ++i) {
            gets[s] += (s >> i & 1U) != 0 ? payoff[i] : Fraction(0);
        }
        const Fraction complaint = to_fraction(game.worth[s]) - gets[s];
        if (complaint > 0) {
            complaints.emplace_back(-complaint, s);
        }
    }
    std::ranges::sort(complaints);
    complaints.resize(std::min(complaints.size(), kObjections));
    std::vector<Objection> list;
    for (const auto& [complaint, s] : complaints) {
        list.push_back({game.names(s), game.worth[s], to_rational(gets[s])});
    }
    return list;
}

std::string words(const Game& game, const CooperativeResult& result) {
    if (game.size() == 1) {
        return "There is nobody to divide with.";
    }
    if (result.core_exists) {
        return "Some division leaves no group a reason to go its own way; the nucleolus is one of them" +
               std::string(result.against_shapley.empty() ? ", and so is the Shapley value."
                                                          : ", but the Shapley value is not.");
    }
    const Objection& worst = result.against_nucleolus.front();
    return fmt::format(
        "However the {} is divided, some group could do better by itself, by {} or more: by the nucleolus {} "
        "gets {} and is worth {}.",
        result.total.text(), result.least_core->text(), fmt::join(worst.coalition, " + "), worst.gets.text(),
        worst.worth.text());
}

}  // namespace

CooperativeResult cooperative(const Case& subject, const CooperativeOptions& options,
                              const Context& context) {
    const GameOptions source{options.game, options.body, options.worth, options.estate, options.claims};
    const Game game = make_game(subject, source, kMostPlayers, context);
    const std::vector<Coalition> unions = unions_of(game, options.unions);

    CooperativeResult result;
    result.game = chosen_source(subject, source);
    result.total = game.worth.back();
    result.notes = game.notes;
    for (Coalition s = 1; game.size() <= kListed && s < game.worth.size(); ++s) {
        result.worth.emplace_back(fmt::format("{}", fmt::join(game.names(s), "+")), game.worth[s]);
    }

    const auto exact = [&](const Fraction& value) {
        const Rational rounded = to_rational(value);
        result.exact = result.exact && to_fraction(rounded) == value;
        return rounded;
    };
    const Vector shapley = shapley_value(game);
    const Nucleolus even = nucleolus(game, context);
    const std::optional<Fraction> complaint = least_core(game, context);
    result.core_exists = !complaint || *complaint <= 0;
    result.least_core = complaint ? std::optional(exact(*complaint)) : std::nullopt;
    for (std::size_t i = 0; i < game.size(); ++i) {
        PlayerShare share;
        share.player = game.players[i];
        share.alone = game.worth[Coalition{1} << i];
        share.shapley = exact(shapley[i]);
        share.nucleolus = exact(even.payoff[i]);
        result.players.push_back(std::move(share));
    }
    if (!options.unions.empty()) {
        const Vector owen = owen_value(game, unions);
        for (std::size_t i = 0; i < game.size(); ++i) {
            result.players[i].owen = exact(owen[i]);
        }
    }
    if (result.core_exists) {
        const auto ranges = core_ranges(game, context);
        for (std::size_t i = 0; i < game.size(); ++i) {
            result.players[i].core_low = exact(ranges[i].first);
            result.players[i].core_high = exact(ranges[i].second);
        }
    }
    for (const Fraction& level : even.levels) {
        result.levels.push_back(exact(level));
    }
    if (!even.individual) {
        result.notes.emplace_back(
            "What the players are worth alone is more than they are worth together, so the nucleolus is "
            "taken among all "
            "divisions.");
    }
    result.against_shapley = objections(game, shapley);
    result.against_nucleolus = objections(game, even.payoff);
    result.superadditive = superadditive(game, context);
    result.convex = convex(game);
    result.text = words(game, result);
    return result;
}

}  // namespace steelyard::power
