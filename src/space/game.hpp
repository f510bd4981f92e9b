// SPDX-License-Identifier: Apache-2.0
#pragma once
/// One game of alternating offers.

#include "offer_list.hpp"
#include "steelyard/core/context.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/space/talks.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace steelyard::space {

struct GameRules {
    std::int64_t rounds = 1000;
    double boulware_exponent = 0.2;
    double conceder_exponent = 5;
    std::size_t trace = 0;  ///< turns to remember
};

struct GameTurn {
    std::int64_t round = 0;  ///< from 1
    std::size_t actor = 0;
    bool accepts = false;
    std::uint32_t offer = 0;
};

struct GameEnd {
    std::optional<std::uint32_t> agreed;
    std::int64_t round = 0;
    std::size_t proposer = 0;
    std::deque<GameTurn> trace;
};

/// An actor's side of a game.
class Player {
public:
    Player(const OfferList& list, std::size_t actor, Strategy strategy, const GameRules& rules,
           std::uint64_t seed, std::uint64_t game);

    /// Whether it accepts `offer` at time `t` in [0, 1].
    bool accepts(std::uint32_t offer, double t);
    /// The offer it makes at time `t`.
    std::uint32_t offer(double t);
    /// Hears an offer of another actor.
    void hear(std::size_t from, std::uint32_t offer);

private:
    void follow();
    [[nodiscard]] double aspiration(double t) const;
    /// The place in its order of the last offer that is worth at least `target`.
    std::size_t place_of(double target);
    /// Micro: whether the others have made as many different offers as it has.
    [[nodiscard]] bool may_concede() const;

    struct Heard {
        std::optional<std::uint32_t> last;
        std::optional<double> change;  ///< of its worth between the last two
        std::vector<bool> seen;        ///< by offer; only for micro
        std::size_t different = 0;
    };

    const OfferList& list_;
    std::size_t actor_;
    Strategy strategy_;
    double power_ = 1;  ///< 1 / e
    RandomStream random_;
    double reserve_;
    double target_ = 1;       ///< tit-for-tat
    bool heard_new_ = false;  ///< tit-for-tat: somebody spoke since its last turn
    std::size_t place_ = 0;
    std::size_t made_ = 0;  ///< micro: different offers so far
    std::size_t open_ = 0;  ///< micro: offers worth at least no deal
    std::vector<Heard> heard_;
};

/// Throws `Error` (cancelled).
GameEnd play(const OfferList& list, const std::vector<Strategy>& strategies, const GameRules& rules,
             std::uint64_t game, const Context& context);

}  // namespace steelyard::space
