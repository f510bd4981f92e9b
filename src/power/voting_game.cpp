// SPDX-License-Identifier: Apache-2.0
#include "steelyard/power/voting_game.hpp"

#include "steelyard/core/error.hpp"

#include <algorithm>
#include <numeric>
#include <span>

namespace steelyard::power {

namespace {

/// Multiplies weights and quota by their common denominator.
Threshold whole_numbers(const VotingMajority& majority, std::span<const std::string> members) {
    Rational scale = majority.quota.denominator();
    for (const auto& [member, weight] : majority.members) {
        scale *= weight.denominator() / std::gcd(scale.numerator(), weight.denominator());
    }
    Threshold threshold{std::vector<std::int64_t>(members.size(), 0), (majority.quota * scale).numerator()};
    Rational total;
    for (const auto& [member, weight] : majority.members) {
        const auto at = std::ranges::find(members, member) - members.begin();
        threshold.weights[static_cast<std::size_t>(at)] = (weight * scale).numerator();
        total += weight * scale;  // a sum that leaves 64 bits is an error here, not an overflow later
    }
    return threshold;
}

}  // namespace

bool VotingGame::wins(Coalition coalition) const {
    return std::ranges::all_of(thresholds, [&](const Threshold& threshold) {
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < members.size(); ++i) {
            sum += (coalition >> i & 1U) != 0 ? threshold.weights[i] : 0;
        }
        return sum >= threshold.quota;
    });
}

VotingGame make_voting_game(const VotingBody& body) {
    VotingGame game;
    std::vector<VotingMajority> majorities = {body.majority};
    majorities.insert(majorities.end(), body.also.begin(), body.also.end());
    for (const VotingMajority& majority : majorities) {
        for (const auto& [member, weight] : majority.members) {
            if (std::ranges::find(game.members, member) == game.members.end()) {
                game.members.push_back(member);
            }
        }
    }
    for (const VotingMajority& majority : majorities) {
        game.thresholds.push_back(whole_numbers(majority, game.members));
    }
    if (!body.vetoes.empty()) {
        Threshold all{std::vector<std::int64_t>(game.members.size(), 0), 0};
        for (std::size_t i = 0; i < game.members.size(); ++i) {
            const bool veto = std::ranges::find(body.vetoes, game.members[i]) != body.vetoes.end();
            all.weights[i] = veto ? 1 : 0;
            all.quota += all.weights[i];
        }
        game.thresholds.push_back(std::move(all));
    }
    return game;
}

const VotingBody& find_body(const Case& subject, std::string_view id) {
    if (subject.voting.empty()) {
        throw Error(ErrorKind::missing_section, "the case has no `voting` section, which this needs");
    }
    if (id.empty()) {
        return subject.voting.front();
    }
    std::vector<std::string> names;
    for (const VotingBody& body : subject.voting) {
        if (body.id == id) {
            return body;
        }
        names.push_back(body.id);
    }
    throw Error(ErrorKind::unknown_name, std::vector{Problem{{},
                                                             "there is no such voting body",
                                                             std::string(id),
                                                             join_names(names),
                                                             nearest_name(id, names)}});
}

}  // namespace steelyard::power
