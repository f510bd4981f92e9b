// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Sets of point vectors, each with the number of ways to reach it and the first of them in case order.

#include "arithmetic.hpp"
#include "stop_check.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace steelyard::space {

/// Rows sorted by falling points of the first actor, then the second, and so on; no two rows are equal.
template <class W>
struct Front {
    using Value = typename W::Value;
    using Count = typename W::Count;

    std::size_t actors = 0;
    std::size_t words = 1;            ///< of a key
    std::vector<Value> values;        ///< row x actors + actor
    std::vector<Count> counts;        ///< by row
    std::vector<std::uint64_t> keys;  ///< row x words + word: the first deal, see KeyLayout

    [[nodiscard]] std::size_t size() const { return counts.size(); }
    [[nodiscard]] const Value* row(std::size_t i) const { return values.data() + i * actors; }
    [[nodiscard]] const std::uint64_t* key(std::size_t i) const { return keys.data() + i * words; }

    /// The front of the empty choice: one row of zeros.
    static Front origin(std::size_t actors, std::size_t words) {
        return {actors, words, std::vector<Value>(actors), {Count(1)}, std::vector<std::uint64_t>(words)};
    }
};

/// Keeps the rows for which `keep(i)` holds, in their order.
template <class W, class F>
void keep_rows(Front<W>& front, F&& keep) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < front.size(); ++i) {
        if (!keep(i))
            continue;
        if (kept != i) {
            for (std::size_t p = 0; p < front.actors; ++p)
                front.values[kept * front.actors + p] = front.values[i * front.actors + p];
            for (std::size_t w = 0; w < front.words; ++w)
                front.keys[kept * front.words + w] = front.keys[i * front.words + w];
            front.counts[kept] = front.counts[i];
        }
        ++kept;
    }
    front.values.resize(kept * front.actors);
    front.keys.resize(kept * front.words);
    front.counts.resize(kept);
}

/// A front moved by what one more option adds.
template <class W>
struct Stream {
    const Front<W>* front = nullptr;
    std::vector<typename W::Value> shift;  ///< by actor
    typename W::Count times = 1;           ///< options that add the same
    std::size_t word = 0;                  ///< of the key
    std::uint64_t bits = 0;                ///< set there
};

/// A linear condition `weights . row >= least` that rows must meet to stay, up to rounding (never drops a row
/// that meets it).
struct Cut {
    std::vector<double> weights;
    double least = 0;
};

/// Bounds between which the values of an actor make a difference; values beyond are set to the bound.
template <class W>
struct Clamp {
    typename W::Value low, high;
};

/// What of the union of streams is kept.
enum class Keep {
    undominated,  ///< rows that no other row equals or exceeds in every value
    distinct,     ///< every row; equal ones joined
    all           ///< every row as it comes: neither sorted nor joined
};

/// The union of the streams: equal rows joined (counts added, first key kept), dominated rows dropped where
/// asked, rows that fail a cut dropped.  Dominance is decided among the rows that meet the cuts.
/// `clamps` (by actor, or none) are applied first.  `stop_check` is called now and then, and what it throws is
/// passed on.  n rows: O(n log n) for up to three actors, O(n log^(actors-2) n) for more.
template <class W>
Front<W> join(const std::vector<Stream<W>>& streams, Keep keep, std::span<const Cut> cuts = {},
              std::span<const Clamp<W>> clamps = {}, const StopCheck& stop_check = {});

/// Removes dominated rows of a sorted front without duplicates.
template <class W>
void drop_dominated(Front<W>& front, const StopCheck& stop_check = {});

extern template Front<Narrow> join(const std::vector<Stream<Narrow>>&, Keep, std::span<const Cut>,
                                   std::span<const Clamp<Narrow>>, const StopCheck&);
extern template Front<Wide> join(const std::vector<Stream<Wide>>&, Keep, std::span<const Cut>,
                                 std::span<const Clamp<Wide>>, const StopCheck&);
extern template Front<Big> join(const std::vector<Stream<Big>>&, Keep, std::span<const Cut>,
                                std::span<const Clamp<Big>>, const StopCheck&);
extern template void drop_dominated(Front<Narrow>&, const StopCheck&);
extern template void drop_dominated(Front<Wide>&, const StopCheck&);
extern template void drop_dominated(Front<Big>&, const StopCheck&);

}  // namespace steelyard::space
