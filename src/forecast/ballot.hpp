// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "steelyard/forecast/input.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace steelyard::forecast {

/// A vote on one issue: finds the voter with whom the votes, counted from one end of the scale, are enough.
/// Voters stand in order of place, those at the same place in order of actors.  They are not sorted: votes are summed
/// over parts of the scale, and only the part that decides is looked into.  Keeps its memory from one vote to the next.
class Ballot {
public:
    struct Voter {
        double place = 0;
        double weight = 0;
        std::uint32_t actor = 0;
        std::uint32_t part = 0;  // of the scale

        friend bool operator<(const Voter& a, const Voter& b) {
            return a.place < b.place || (!(b.place < a.place) && a.actor < b.actor);
        }
    };
    /// The voter that decides, and the votes up to and with it.
    struct Pivot {
        Voter voter;
        double votes = 0;
    };

    /// Those who have weight on the issue, and those of `always` (by actor, or empty) who have a position on it.
    void collect(const ForecastInput& input, Weighting weighting, std::size_t issue,
                 std::span<const char> always = {});
    [[nodiscard]] bool empty() const { return count_ == 0; }
    [[nodiscard]] double total() const { return total_; }

    /// Counted upwards: the first voter with whom `enough(votes)`; the last one when that never happens.
    template <typename Enough>
    [[nodiscard]] Pivot from_below(Enough enough) {
        return find(enough, [](std::size_t step) { return step; }, std::less<>());
    }
    /// The same counted downwards.
    template <typename Enough>
    [[nodiscard]] Pivot from_above(Enough enough) {
        return find(
            enough, [](std::size_t step) { return kParts - 1 - step; },
            [](const Voter& a, const Voter& b) { return b < a; });
    }
    /// The next voter upwards; the voter itself when there is none.
    [[nodiscard]] Voter after(const Voter& voter) const;

private:
    static constexpr std::size_t kParts = 32;

    [[nodiscard]] std::span<const Voter> voters() const { return std::span(voters_).first(count_); }

    template <typename Enough, typename PartAt, typename Before>
    Pivot find(Enough enough, PartAt part_at, Before before) {
        double votes = 0;
        for (std::size_t step = 0; step < kParts; ++step) {
            const std::size_t part = part_at(step);
            if (!enough(votes + part_[part])) {
                votes += part_[part];
                continue;
            }
            near_.clear();
            for (const Voter& voter : voters()) {
                if (voter.part == part) {
                    near_.push_back(voter);
                }
            }
            std::ranges::sort(near_, before);
            for (const Voter& voter : near_) {
                votes += voter.weight;
                if (enough(votes)) {
                    return {voter, votes};
                }
            }
        }
        return {*std::ranges::max_element(voters(), before), votes};
    }

    std::vector<Voter> voters_;  // the first `count_` of them
    std::size_t count_ = 0;
    std::vector<double> weights_;  // by actor
    std::vector<Voter> near_;      // those in the part that decides
    std::array<double, kParts> part_{};
    double total_ = 0;
};

}  // namespace steelyard::forecast
