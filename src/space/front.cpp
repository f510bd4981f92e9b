// SPDX-License-Identifier: Apache-2.0
#include "front.hpp"

#include "dominance.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace steelyard::space {

namespace {

/// One row of one stream.
struct Candidate {
    std::uint32_t stream = 0;
    std::uint32_t row = 0;
};

template <class W>
class Joiner {
public:
    using Value = typename W::Value;

    Joiner(const std::vector<Stream<W>>& streams, Keep keep, std::span<const Cut> cuts,
           std::span<const Clamp<W>> clamps, const StopCheck& stop_check)
        : streams_(streams), keep_(keep), cuts_(cuts), clamps_(clamps), stop_check_(stop_check) {
        for (const Stream<W>& stream : streams) {
            actors_ = stream.front->actors;
            words_ = stream.front->words;
            total_ += stream.front->size();
        }
    }

    Front<W> join() {
        gather();
        sort();
        Front<W> front = unite();
        if (keep_ == Keep::undominated)
            drop_dominated(front, stop_check_);
        return front;
    }

private:
    /// Checks after many rows; without a row, at once.
    void check_stop(std::size_t row = 0) const {
        if (row % kRowsBetweenChecks == 0 && stop_check_)
            stop_check_();
    }

    void gather() {
        if constexpr (std::is_same_v<W, Narrow>) {
            if (keep_ == Keep::undominated && clamps_.empty() && actors_ == 2 && total_ >= 256 &&
                streams_.size() > 1) {
                gather_plane();
                return;
            }
        }
        values_.reserve(total_ * actors_);
        candidates_.reserve(total_);
        std::vector<Value> moved(actors_);
        for (std::uint32_t s = 0; s < streams_.size(); ++s) {
            const Stream<W>& stream = streams_[s];
            for (std::uint32_t i = 0; i < stream.front->size(); ++i) {
                check_stop(i);
                const Value* row = stream.front->row(i);
                for (std::size_t p = 0; p < actors_; ++p)
                    moved[p] = row[p] + stream.shift[p];
                for (std::size_t p = 0; p < clamps_.size(); ++p)
                    moved[p] = std::max(clamps_[p].low, std::min(clamps_[p].high, moved[p]));
                if (meets_cuts(moved.data()))
                    push(s, i, moved.data());
            }
        }
    }

    void push(std::uint32_t stream, std::uint32_t row, const Value* values) {
        candidates_.push_back({stream, row});
        values_.insert(values_.end(), values, values + actors_);
    }

    [[nodiscard]] bool meets_cuts(const Value* row) const {
        return std::ranges::all_of(cuts_, [&](const Cut& cut) {
            double sum = 0;
            for (std::size_t p = 0; p < actors_; ++p)
                sum += cut.weights[p] * to_double(row[p]);
            return sum >= cut.least;
        });
    }

    /// Two actors: passes over the streams in order of falling first value drop nearly all dominated rows
    /// without sorting.  The first value's range is divided into cells; a row cannot be on the front when a
    /// cell of higher first values holds a second value at least as high.
    void gather_plane() {
        using Unsigned = std::uint64_t;
        std::int64_t high = std::numeric_limits<std::int64_t>::min();
        std::int64_t low = std::numeric_limits<std::int64_t>::max();
        std::size_t longest = 0;
        for (const Stream<W>& stream : streams_) {
            const std::size_t rows = stream.front->size();
            if (rows == 0)
                continue;
            high = std::max(high, static_cast<std::int64_t>(stream.front->row(0)[0] + stream.shift[0]));
            low = std::min(low, static_cast<std::int64_t>(stream.front->row(rows - 1)[0] + stream.shift[0]));
            longest = std::max(longest, rows);
        }
        const auto range = static_cast<Unsigned>(high) - static_cast<Unsigned>(low);
        unsigned cell_bits = 0;
        while ((range >> cell_bits) >= 4 * longest)
            ++cell_bits;
        std::vector<std::int64_t> best(static_cast<std::size_t>(range >> cell_bits) + 1,
                                       std::numeric_limits<std::int64_t>::min());
        const auto each = [&](auto&& visit) {
            for (std::uint32_t s = 0; s < streams_.size(); ++s) {
                const Stream<W>& stream = streams_[s];
                const auto shift0 = static_cast<std::int64_t>(stream.shift[0]);
                const auto shift1 = static_cast<std::int64_t>(stream.shift[1]);
                const auto* row = stream.front->values.data();
                for (std::uint32_t i = 0; i < stream.front->size(); ++i, row += 2) {
                    check_stop(i);
                    const auto first = static_cast<std::int64_t>(row[0]) + shift0;
                    const auto cell = static_cast<std::size_t>(
                        (static_cast<Unsigned>(high) - static_cast<Unsigned>(first)) >> cell_bits);
                    visit(s, i, cell, first, static_cast<std::int64_t>(row[1]) + shift1);
                }
            }
        };
        each([&](auto, auto, std::size_t cell, auto, std::int64_t second) {
            best[cell] = std::max(best[cell], second);
        });
        std::int64_t above = std::numeric_limits<std::int64_t>::min();
        for (std::int64_t& cell : best) {
            const std::int64_t here = cell;
            cell = above;
            above = std::max(above, here);
        }
        each(
            [&](std::uint32_t s, std::uint32_t i, std::size_t cell, std::int64_t first, std::int64_t second) {
                if (second <= best[cell])
                    return;
                const std::array<Value, 2> moved{first, second};
                if (meets_cuts(moved.data()))
                    push(s, i, moved.data());
            });
    }

    /// Streams come sorted, so this merges neighbouring sorted runs until one is left.
    void sort() {
        order_.resize(candidates_.size());
        std::iota(order_.begin(), order_.end(), 0U);
        if (keep_ == Keep::all || order_.empty())
            return;
        const auto before = [this](std::uint32_t a, std::uint32_t b) {
            const Value* x = values_.data() + a * actors_;
            const Value* y = values_.data() + b * actors_;
            for (std::size_t p = 0; p < actors_; ++p) {
                if (x[p] != y[p])
                    return y[p] < x[p];
            }
            return false;
        };
        std::vector<std::ptrdiff_t> ends;  // of the runs
        for (std::size_t k = 1; k < order_.size(); ++k) {
            if (before(order_[k], order_[k - 1]))
                ends.push_back(static_cast<std::ptrdiff_t>(k));
        }
        ends.push_back(static_cast<std::ptrdiff_t>(order_.size()));
        std::vector<std::uint32_t> merged(ends.size() > 1 ? order_.size() : 0);
        while (ends.size() > 1) {
            std::ptrdiff_t begin = 0;
            std::size_t runs = 0;
            for (std::size_t k = 0; k < ends.size(); k += 2) {
                check_stop();
                const std::ptrdiff_t middle = ends[k];
                const std::ptrdiff_t end = ends[std::min(k + 1, ends.size() - 1)];
                const auto at = [&](std::ptrdiff_t place) { return order_.begin() + place; };
                std::merge(at(begin), at(middle), at(middle), at(end), merged.begin() + begin, before);
                ends[runs++] = begin = end;
            }
            ends.resize(runs);
            order_.swap(merged);
        }
    }

    /// Equal rows become one.
    Front<W> unite() {
        Front<W> front;
        front.actors = actors_;
        front.words = words_;
        if (keep_ != Keep::undominated) {  // where hardly any row is dropped
            front.values.reserve(values_.size());
            front.counts.reserve(order_.size());
            front.keys.reserve(order_.size() * words_);
        }
        std::vector<std::uint64_t> key(words_);
        for (std::size_t k = 0; k < order_.size(); ++k) {
            check_stop(k);
            const std::uint32_t c = order_[k];
            const Value* row = values_.data() + c * actors_;
            const Stream<W>& stream = streams_[candidates_[c].stream];
            const std::uint32_t from = candidates_[c].row;
            const auto count = multiplied(stream.front->counts[from], stream.times);
            std::copy_n(stream.front->key(from), words_, key.begin());
            key[stream.word] |= stream.bits;
            if (keep_ != Keep::all && front.size() > 0 &&
                std::equal(row, row + actors_, front.row(front.size() - 1))) {
                front.counts.back() = added(front.counts.back(), count);
                auto* last = front.keys.data() + (front.size() - 1) * words_;
                if (std::lexicographical_compare(key.begin(), key.end(), last, last + words_))
                    std::ranges::copy(key, last);
                continue;
            }
            front.values.insert(front.values.end(), row, row + actors_);
            front.counts.push_back(count);
            front.keys.insert(front.keys.end(), key.begin(), key.end());
        }
        return front;
    }

    const std::vector<Stream<W>>& streams_;
    Keep keep_;
    std::span<const Cut> cuts_;
    std::span<const Clamp<W>> clamps_;
    const StopCheck& stop_check_;
    std::size_t actors_ = 0;
    std::size_t words_ = 1;
    std::size_t total_ = 0;
    std::vector<Value> values_;
    std::vector<Candidate> candidates_;
    std::vector<std::uint32_t> order_;
};

}  // namespace

template <class W>
Front<W> join(const std::vector<Stream<W>>& streams, Keep keep, std::span<const Cut> cuts,
              std::span<const Clamp<W>> clamps, const StopCheck& stop_check) {
    return Joiner<W>(streams, keep, cuts, clamps, stop_check).join();
}

template <class W>
void drop_dominated(Front<W>& front, const StopCheck& stop_check) {
    const std::vector<char> dominated =
        Dominance<typename W::Value>(front.values.data(), front.actors, front.size(), stop_check).find();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < dominated.size(); ++i) {
        if (dominated[i] != 0)
            continue;
        if (kept != i) {
            for (std::size_t p = 0; p < front.actors; ++p)
                front.values[kept * front.actors + p] = std::move(front.values[i * front.actors + p]);
            for (std::size_t w = 0; w < front.words; ++w)
                front.keys[kept * front.words + w] = front.keys[i * front.words + w];
            front.counts[kept] = std::move(front.counts[i]);
        }
        ++kept;
    }
    front.values.resize(kept * front.actors);
    front.counts.resize(kept);
    front.keys.resize(kept * front.words);
}

template Front<Narrow> join(const std::vector<Stream<Narrow>>&, Keep, std::span<const Cut>,
                            std::span<const Clamp<Narrow>>, const StopCheck&);
template Front<Wide> join(const std::vector<Stream<Wide>>&, Keep, std::span<const Cut>,
                          std::span<const Clamp<Wide>>, const StopCheck&);
template Front<Big> join(const std::vector<Stream<Big>>&, Keep, std::span<const Cut>,
                         std::span<const Clamp<Big>>, const StopCheck&);
template void drop_dominated(Front<Narrow>&, const StopCheck&);
template void drop_dominated(Front<Wide>&, const StopCheck&);
template void drop_dominated(Front<Big>&, const StopCheck&);

}  // namespace steelyard::space
