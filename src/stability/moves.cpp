// SPDX-License-Identifier: Apache-2.0
#include "steelyard/stability/moves.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace steelyard::stability {

namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// Squeezes the bits of a code that a mask selects next to each other, byte by byte through tables.
class Squeeze {
public:
    explicit Squeeze(StateCode mask) {
        unsigned at = 0;
        for (std::size_t byte = 0; byte < 4; ++byte) {
            const auto part = static_cast<unsigned>(mask >> (8 * byte)) & 255U;
            for (unsigned value = 0; value < 256; ++value) {
                std::uint32_t squeezed = 0;
                unsigned bit_at = at;
                for (unsigned bit = 0; bit < 8; ++bit) {
                    if ((part >> bit & 1U) != 0) {
                        squeezed |= (value >> bit & 1U) << bit_at++;
                    }
                }
                tables_[byte][value] = squeezed;
            }
            for (unsigned bit = 0; bit < 8; ++bit) {
                at += part >> bit & 1U;
            }
        }
        bits_ = at;
    }
    [[nodiscard]] unsigned bits() const { return bits_; }
    std::uint32_t operator()(StateCode code) const {
        return tables_[0][code & 255U] | tables_[1][code >> 8 & 255U] | tables_[2][code >> 16 & 255U] |
               tables_[3][code >> 24 & 255U];
    }

private:
    std::array<std::array<std::uint32_t, 256>, 4> tables_{};
    unsigned bits_ = 0;
};

/// The states in a stable order of rising `key`, which runs from 0 to keys - 1.
template <class Key>
std::vector<StateIndex> sorted_by(std::span<const StateIndex> states, std::size_t keys, Key key) {
    std::vector<std::uint32_t> next(keys + 1, 0);
    for (const StateIndex s : states) {
        ++next[key(s) + 1];
    }
    for (std::size_t k = 0; k < keys; ++k) {
        next[k + 1] += next[k];
    }
    std::vector<StateIndex> sorted(states.size());
    for (const StateIndex s : states) {
        sorted[next[key(s)]++] = s;
    }
    return sorted;
}

}  // namespace

StateSet StateSet::all(std::size_t moves) {
    StateSet set;
    set.size_ = std::size_t{1} << moves;
    return set;
}

StateSet StateSet::of(std::vector<StateCode> codes) {
    StateSet set;
    set.size_ = codes.size();
    if (!codes.empty() && codes.back() + 1 != codes.size()) {
        set.codes_ = std::move(codes);
    }
    return set;
}

std::optional<StateIndex> StateSet::find(StateCode code) const {
    if (codes_.empty()) {
        return code < size_ ? std::optional(static_cast<StateIndex>(code)) : std::nullopt;
    }
    const auto at = std::ranges::lower_bound(codes_, code);
    if (at == codes_.end() || *at != code) {
        return std::nullopt;
    }
    return static_cast<StateIndex>(at - codes_.begin());
}

std::optional<std::uint32_t> Moves::find_block(StateCode key) const {
    const auto at = std::ranges::lower_bound(keys_, key);
    if (at == keys_.end() || *at != key) {
        return std::nullopt;
    }
    return static_cast<std::uint32_t>(at - keys_.begin());
}

Moves Moves::of_options(const StateSet& states, std::span<const Payoff> payoff, StateCode own,
                        StateCode forward, StateCode back) {
    Moves moves;
    moves.forward_ = forward;
    moves.back_ = back;
    const std::size_t count = states.size();
    const StateCode mask = ~(own & ~(forward | back)) & 0xffffffffU;
    moves.block_of_.resize(count);

    // Blocks: by table where the codes are dense, by sorting where they are sparse.
    StateCode used = 0;
    for (std::size_t s = 0; s < count; ++s) {
        used |= states.code(static_cast<StateIndex>(s));
    }
    const Squeeze squeeze(mask & used);
    if ((std::size_t{1} << squeeze.bits()) <= 4 * count + 64) {
        std::vector<std::uint32_t> block(std::size_t{1} << squeeze.bits(), kNone);
        std::vector<StateCode> key_of(block.size());
        for (std::size_t s = 0; s < count; ++s) {
            const StateCode code = states.code(static_cast<StateIndex>(s));
            const std::uint32_t key = squeeze(code);
            block[key] = 0;
            key_of[key] = code & mask;
            moves.block_of_[s] = key;
        }
        for (std::size_t key = 0; key < block.size(); ++key) {  // squeezing keeps the order of keys
            if (block[key] != kNone) {
                block[key] = static_cast<std::uint32_t>(moves.keys_.size());
                moves.keys_.push_back(key_of[key]);
            }
        }
        for (std::uint32_t& b : moves.block_of_) {
            b = block[b];
        }
    } else {
        for (std::size_t s = 0; s < count; ++s) {
            moves.keys_.push_back(states.code(static_cast<StateIndex>(s)) & mask);
        }
        std::ranges::sort(moves.keys_);
        const auto rest = std::ranges::unique(moves.keys_);
        moves.keys_.erase(rest.begin(), rest.end());
        for (std::size_t s = 0; s < count; ++s) {
            moves.block_of_[s] = *moves.find_block(states.code(static_cast<StateIndex>(s)) & mask);
        }
    }

    std::vector<StateIndex> by_index(count);
    for (std::size_t s = 0; s < count; ++s) {
        by_index[s] = static_cast<StateIndex>(s);
    }
    const Payoff highest = payoff.empty() ? 0 : *std::ranges::max_element(payoff);
    const auto by_payoff = sorted_by(by_index, static_cast<std::size_t>(highest) + 1,
                                     [&](StateIndex s) { return static_cast<std::size_t>(payoff[s]); });
    moves.order_ = sorted_by(by_payoff, moves.keys_.size(), [&](StateIndex s) { return moves.block_of_[s]; });
    moves.start_.assign(moves.keys_.size() + 1, 0);
    for (const std::uint32_t block : moves.block_of_) {
        ++moves.start_[block + 1];
    }
    for (std::size_t b = 0; b < moves.keys_.size(); ++b) {
        moves.start_[b + 1] += moves.start_[b];
    }
    return moves;
}

Moves Moves::of_arcs(std::size_t states, std::vector<std::pair<StateIndex, StateIndex>> arcs) {
    std::ranges::sort(arcs);
    const auto rest = std::ranges::unique(arcs);
    arcs.erase(rest.begin(), rest.end());
    std::erase_if(arcs, [](const auto& arc) { return arc.first == arc.second; });
    Moves moves;
    moves.arc_start_.assign(states + 1, 0);
    for (const auto& [from, to] : arcs) {
        ++moves.arc_start_[from + 1];
        moves.arc_to_.push_back(to);
    }
    for (std::size_t s = 0; s < states; ++s) {
        moves.arc_start_[s + 1] += moves.arc_start_[s];
    }
    return moves;
}

template <class Better>
bool Moves::fold_moves(std::vector<Payoff>& best) const {
    const Better better{};
    bool changed = false;
    const auto take = [&](Payoff& into, Payoff value) {
        if (better(value, into)) {
            into = value;
            changed = true;
        }
    };
    if (!transitive()) {
        const std::vector<Payoff> before = best;
        for (StateIndex s = 0; s < best.size(); ++s) {
            for_each(s, [&](StateIndex t) { take(best[s], before[t]); });
        }
        return changed;
    }
    const std::size_t blocks = keys_.size();
    std::vector<Payoff> of_block(blocks);
    for (std::size_t b = 0; b < blocks; ++b) {
        Payoff value = best[order_[start_[b]]];
        for (std::size_t k = start_[b] + 1; k < start_[b + 1]; ++k) {
            const Payoff each = best[order_[k]];
            value = better(each, value) ? each : value;
        }
        of_block[b] = value;
    }
    for (std::uint32_t b = 0; b < blocks; ++b) {
        Payoff value = of_block[b];
        for_each_block(b, [&](std::uint32_t other) {
            value = better(of_block[other], value) ? of_block[other] : value;
        });
        for (std::size_t k = start_[b]; k < start_[b + 1]; ++k) {
            take(best[order_[k]], value);
        }
    }
    return changed;
}

template <class Better>
bool Moves::fold_improvements(std::span<const Payoff> payoff, const std::vector<Payoff>& from,
                              std::vector<Payoff>& best) const {
    const Better better{};
    bool changed = false;
    const auto take = [&](Payoff& into, Payoff value) {
        if (better(value, into)) {
            into = value;
            changed = true;
        }
    };
    if (!transitive()) {
        // NOLINTNEXTLINE(performance-unnecessary-copy-initialization): `best` may be `from`.
        const std::vector<Payoff> before = from;
        for (StateIndex s = 0; s < best.size(); ++s) {
            for_each(s, [&](StateIndex t) {
                if (payoff[t] > payoff[s]) {
                    take(best[s], before[t]);
                }
            });
        }
        return changed;
    }
    constexpr Payoff nothing =
        better(0, 1) ? std::numeric_limits<Payoff>::max() : std::numeric_limits<Payoff>::min();
    for (std::uint32_t b = 0; b < keys_.size(); ++b) {
        for_each_block(b, [&](std::uint32_t other) {
            // From the most preferred down: `value` is the best among `other`'s states above the one at hand.
            Payoff value = nothing;
            std::size_t next = start_[other + 1];
            for (std::size_t k = start_[b + 1]; k-- > start_[b];) {
                const StateIndex s = order_[k];
                while (next > start_[other] && payoff[order_[next - 1]] > payoff[s]) {
                    const Payoff each = from[order_[--next]];
                    value = better(each, value) ? each : value;
                }
                take(best[s], value);
            }
        });
    }
    return changed;
}

template bool Moves::fold_moves<std::less<>>(std::vector<Payoff>&) const;
template bool Moves::fold_moves<std::greater<>>(std::vector<Payoff>&) const;
template bool Moves::fold_improvements<std::less<>>(std::span<const Payoff>, const std::vector<Payoff>&,
                                                    std::vector<Payoff>&) const;
template bool Moves::fold_improvements<std::greater<>>(std::span<const Payoff>, const std::vector<Payoff>&,
                                                       std::vector<Payoff>&) const;

}  // namespace steelyard::stability
