// SPDX-License-Identifier: Apache-2.0
#include "steelyard/power/alliances.hpp"

#include "coalition_deals.hpp"
#include "steelyard/core/error.hpp"
#include "values.hpp"

#include <algorithm>
#include <bit>

namespace steelyard::power {

namespace {

constexpr std::size_t kMostAllies = 10;
constexpr std::size_t kMostPartitions = 1000;

/// have[S][i]: what i has when exactly S stands together.
using Values = std::vector<std::vector<Rational>>;

bool holds(Coalition s, std::size_t i) {
    return (s >> i & 1U) != 0;
}

/// The game among the members of S alone.
Game among(const Game& game, Coalition s) {
    Game part;
    std::vector<Coalition> bits;
    for (std::size_t i = 0; i < game.size(); ++i) {
        if (holds(s, i)) {
            part.players.push_back(game.players[i]);
            bits.push_back(Coalition{1} << i);
        }
    }
    part.worth.resize(std::size_t{1} << bits.size());
    for (Coalition t = 1; t < part.worth.size(); ++t) {
        Coalition whole = 0;
        for (std::size_t k = 0; k < bits.size(); ++k) {
            whole |= holds(t, k) ? bits[k] : 0;
        }
        part.worth[t] = game.worth[whole];
    }
    return part;
}

Values shared(const Game& game, Sharing sharing, const Context& context) {
    const std::size_t n = game.size();
    Values values(game.worth.size(), std::vector<Rational>(n));
    for (Coalition s = 0; s < game.worth.size(); ++s) {
        context.check();
        for (std::size_t i = 0; i < n; ++i) {
            values[s][i] = game.worth[Coalition{1} << i];
        }
        if (std::popcount(s) < 2) {
            continue;
        }
        const Vector shapley = sharing == Sharing::shapley ? shapley_value(among(game, s)) : Vector{};
        std::size_t k = 0;
        for (std::size_t i = 0; i < n; ++i) {
            if (holds(s, i)) {
                values[s][i] = sharing == Sharing::shapley ? to_rational(shapley[k])
                                                           : game.worth[s] / Rational(std::popcount(s));
                ++k;
            }
        }
    }
    return values;
}

Values agreed(const Case& subject, std::vector<std::string>& players, const Context& context) {
    const CoalitionDeals deals(subject, kMostAllies);
    for (const ActorId actor : deals.players()) {
        players.push_back(subject[actor].id);
    }
    Values values;
    for (Coalition s = 0; s < Coalition{1} << players.size(); ++s) {
        context.check();
        values.push_back(deals.agreed_gains(s, context));
    }
    return values;
}

class Judge {
public:
    Judge(const std::vector<std::string>& players, const Values& values)
        : players_(players), values_(values) {}

    [[nodiscard]] Alliance alliance(Coalition s) const {
        Alliance result;
        for (std::size_t i = 0; i < players_.size(); ++i) {
            result.values.emplace_back(players_[i], values_[s][i]);
            if (holds(s, i)) {
                result.members.push_back(players_[i]);
                if (values_[s & ~bit(i)][i] > values_[s][i]) {
                    result.leavers.push_back(players_[i]);
                }
            } else if (values_[s | bit(i)][i] > values_[s][i]) {
                result.joiners.push_back(players_[i]);
                if (accepted(s, i)) {
                    result.welcome.push_back(players_[i]);
                }
            }
        }
        result.internal = result.leavers.empty();
        result.external = result.joiners.empty();
        return result;
    }

    [[nodiscard]] Partition partition(const std::vector<Coalition>& blocks) const {
        std::vector<Coalition> own(players_.size());
        Partition result{{}, {}, true, true, true};
        for (std::size_t i = 0; i < players_.size(); ++i) {
            own[i] = *std::ranges::find_if(blocks, [&](Coalition b) { return holds(b, i); });
            result.values.emplace_back(players_[i], values_[own[i]][i]);
        }
        for (std::size_t i = 0; i < players_.size(); ++i) {
            const Rational& now = values_[own[i]][i];
            result.nash = result.nash && values_[bit(i)][i] <= now;
            result.individual = result.individual && values_[bit(i)][i] <= now;
            for (const Coalition block : blocks) {
                if (block != own[i] && values_[block | bit(i)][i] > now) {
                    result.nash = false;
                    result.individual = result.individual && !accepted(block, i);
                }
            }
        }
        for (Coalition s = 1; result.core && s < values_.size(); ++s) {
            bool all = true;
            for (std::size_t i = 0; all && i < players_.size(); ++i) {
                all = !holds(s, i) || values_[s][i] > values_[own[i]][i];
            }
            result.core = !all;
        }
        return result;
    }

private:
    static Coalition bit(std::size_t i) { return Coalition{1} << i; }

    /// Nobody in S loses when i joins.
    [[nodiscard]] bool accepted(Coalition s, std::size_t i) const {
        for (std::size_t j = 0; j < players_.size(); ++j) {
            if (holds(s, j) && values_[s | bit(i)][j] < values_[s][j]) {
                return false;
            }
        }
        return true;
    }

    const std::vector<std::string>& players_;
    const Values& values_;
};

/// Visits every partition: each next player joins a block there is, or begins one.
template <class Visit>
void for_each_partition(std::size_t players, std::vector<Coalition>& blocks, std::size_t next,
                        const Visit& visit) {
    if (next == players) {
        visit(blocks);
        return;
    }
    const Coalition one = Coalition{1} << next;
    for (std::size_t k = 0; k < blocks.size(); ++k) {
        blocks[k] |= one;
        for_each_partition(players, blocks, next + 1, visit);
        blocks[k] &= ~one;
    }
    blocks.push_back(one);
    for_each_partition(players, blocks, next + 1, visit);
    blocks.pop_back();
}

}  // namespace

AlliancesResult alliances(const Case& subject, const AlliancesOptions& options, const Context& context) {
    const GameOptions source{options.game, options.body, options.worth, options.estate, options.claims};
    AlliancesResult result;
    result.game = chosen_source(subject, source);
    const bool from_deals = result.game == Source::deals;
    result.sharing = options.sharing != Sharing::automatic ? options.sharing
                     : from_deals                          ? Sharing::agreed
                                                           : Sharing::shapley;
    Values values;
    if (result.sharing == Sharing::agreed) {
        if (!from_deals) {
            throw Error(ErrorKind::invalid_option,
                        std::vector{Problem{{{}, 0, 0, "/sharing"},
                                            "only deals can be agreed; these worths come from elsewhere",
                                            "agreed",
                                            "shapley or equal",
                                            {}}});
        }
        values = agreed(subject, result.players, context);
        result.notes.emplace_back("Values are gains over the no-deal value, without side payments.");
    } else {
        const Game game = make_game(subject, source, kMostAllies, context);
        result.players = game.players;
        result.notes = game.notes;
        values = shared(game, result.sharing, context);
    }

    const Judge judge(result.players, values);
    const std::size_t n = result.players.size();
    for (std::size_t size = 2; size <= n; ++size) {
        for (Coalition s = 1; s < values.size(); ++s) {
            if (static_cast<std::size_t>(std::popcount(s)) != size) {
                continue;
            }
            Alliance alliance = judge.alliance(s);
            const bool stable = alliance.internal && alliance.external;
            result.stable_alliances += stable ? 1 : 0;
            if (stable || options.all || size == n) {
                result.alliances.push_back(std::move(alliance));
            }
        }
    }
    std::vector<Coalition> blocks;
    for_each_partition(n, blocks, 0, [&](const std::vector<Coalition>& parts) {
        context.check();
        Partition partition = judge.partition(parts);
        result.nash_partitions += partition.nash ? 1 : 0;
        result.core_partitions += partition.core ? 1 : 0;
        if ((partition.nash || partition.individual || partition.core || options.all) &&
            result.partitions.size() < kMostPartitions) {
            for (const Coalition part : parts) {
                std::string names;
                for (std::size_t i = 0; i < n; ++i) {
                    if (holds(part, i)) {
                        names += (names.empty() ? "" : "+") + result.players[i];
                    }
                }
                partition.alliances.push_back(std::move(names));
            }
            result.partitions.push_back(std::move(partition));
        }
    });
    return result;
}

}  // namespace steelyard::power
