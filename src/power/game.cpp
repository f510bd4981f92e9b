// SPDX-License-Identifier: Apache-2.0
#include "steelyard/power/game.hpp"

#include "coalition_deals.hpp"
#include "steelyard/core/error.hpp"

#include <algorithm>

namespace steelyard::power {

namespace {

void require_size(const std::vector<std::string>& players, std::size_t most) {
    if (players.size() > most) {
        throw Error(ErrorKind::limit, "a game on coalitions has at most " + std::to_string(most) +
                                          " players; this one has " + std::to_string(players.size()));
    }
}

Game from_deals(const Case& subject, std::size_t most, const Context& context) {
    const CoalitionDeals deals(subject, most);
    Game game;
    for (const ActorId actor : deals.players()) {
        game.players.push_back(subject[actor].id);
    }
    game.worth.resize(std::size_t{1} << game.size());
    for (Coalition s = 1; s < game.worth.size(); ++s) {
        context.check();
        game.worth[s] = deals.best_sum(s, context);
    }
    game.notes.emplace_back(
        "Points of different actors are added up, as if they could pay each other in points.");
    return game;
}

Game from_voting(const VotingBody& body, std::size_t most) {
    const VotingGame voting = make_voting_game(body);
    require_size(voting.members, most);
    Game game{voting.members, std::vector<Rational>(std::size_t{1} << voting.members.size()), {}};
    for (Coalition s = 1; s < game.worth.size(); ++s) {
        game.worth[s] = voting.wins(s) ? 1 : 0;
    }
    return game;
}

Game from_estate(const GameOptions& options, std::size_t most) {
    if (!options.estate || options.claims.empty()) {
        throw Error(ErrorKind::invalid_option, "an estate needs both `estate` and `claims`");
    }
    Game game;
    Rational total;
    for (const auto& [player, claim] : options.claims) {
        if (claim < Rational(0)) {
            throw Error(
                ErrorKind::invalid_option,
                std::vector{Problem{
                    {{}, 0, 0, "/claims/" + player}, "a claim is negative", claim.text(), "0 or more", {}}});
        }
        game.players.push_back(player);
        total += claim;
    }
    if (*options.estate < Rational(0) || *options.estate > total) {
        throw Error(ErrorKind::invalid_option,
                    std::vector{Problem{{{}, 0, 0, "/estate"},
                                        "an estate lies between nothing and the sum of the claims",
                                        options.estate->text(),
                                        "0 to " + total.text(),
                                        {}}});
    }
    require_size(game.players, most);
    game.worth.resize(std::size_t{1} << game.size());
    for (Coalition s = 1; s < game.worth.size(); ++s) {
        Rational left = *options.estate;
        for (std::size_t i = 0; i < game.size(); ++i) {
            left -= (s >> i & 1U) == 0 ? options.claims[i].second : Rational(0);
        }
        game.worth[s] = std::max(left, Rational(0));
    }
    return game;
}

Game from_worths(const GameOptions& options, std::size_t most) {
    Game game;
    for (const auto& [coalition, worth] : options.worth) {
        std::size_t start = 0;
        while (start <= coalition.size()) {
            const std::size_t end = std::min(coalition.find('+', start), coalition.size());
            const std::string player = coalition.substr(start, end - start);
            if (player.empty()) {
                throw Error(ErrorKind::invalid_option, std::vector{Problem{{{}, 0, 0, "/worth"},
                                                                           "not a coalition",
                                                                           coalition,
                                                                           "names joined by +, such as a+b",
                                                                           {}}});
            }
            if (std::ranges::find(game.players, player) == game.players.end()) {
                game.players.push_back(player);
            }
            start = end + 1;
        }
    }
    if (game.players.empty()) {
        throw Error(ErrorKind::invalid_option,
                    "a game of worths needs `worth`: coalitions with what they are worth");
    }
    require_size(game.players, most);
    game.worth.resize(std::size_t{1} << game.size());
    for (const auto& [coalition, worth] : options.worth) {
        game.worth[parse_coalition(game.players, coalition)] = worth;
    }
    return game;
}

}  // namespace

std::vector<std::string> Game::names(Coalition coalition) const {
    std::vector<std::string> list;
    for (std::size_t i = 0; i < size(); ++i) {
        if ((coalition >> i & 1U) != 0) {
            list.push_back(players[i]);
        }
    }
    return list;
}

Coalition parse_coalition(std::span<const std::string> players, std::string_view text) {
    Coalition coalition = 0;
    while (true) {
        const std::size_t end = std::min(text.find('+'), text.size());
        const std::string name(text.substr(0, end));
        const auto at = std::ranges::find(players, name);
        if (at == players.end()) {
            throw Error(
                ErrorKind::unknown_name,
                std::vector{Problem{
                    {}, "not a player of the game", name, join_names(players), nearest_name(name, players)}});
        }
        coalition |= Coalition{1} << (at - players.begin());
        if (end == text.size()) {
            return coalition;
        }
        text.remove_prefix(end + 1);
    }
}

Source chosen_source(const Case& subject, const GameOptions& options) {
    if (options.game != Source::automatic) {
        return options.game;
    }
    if (!options.worth.empty()) {
        return Source::worths;
    }
    if (options.estate || !options.claims.empty()) {
        return Source::estate;
    }
    return subject.preferences.empty() ? Source::voting : Source::deals;
}

Game make_game(const Case& subject, const GameOptions& options, std::size_t most, const Context& context) {
    switch (chosen_source(subject, options)) {
        case Source::voting:
            return from_voting(find_body(subject, options.body), most);
        case Source::estate:
            return from_estate(options, most);
        case Source::worths:
            return from_worths(options, most);
        case Source::automatic:
        case Source::deals:
            break;
    }
    return from_deals(subject, most, context);
}

}  // namespace steelyard::power
