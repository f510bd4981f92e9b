// SPDX-License-Identifier: Apache-2.0
#pragma once
/// How many deals are feasible, and deals drawn at random from them.
///
/// Only rules decide what is feasible: their diagram is exact far more often than one that also tells bundles apart.
/// Where even that is out of reach, deals are drawn from a relaxed diagram of the rules, and the share of them that
/// keeps the rules tells how many do.

#include "count.hpp"
#include "diagram.hpp"
#include "problem.hpp"
#include "sample.hpp"
#include "steelyard/core/context.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace steelyard::space {

class Census {
public:
    /// The rules' diagram may have `most_nodes` nodes, a relaxed one `width` in a layer.  Throws `Error` (cancelled).
    Census(const Problem& problem, const Context& context, std::size_t most_nodes, std::size_t width = 2'000);
    Census(const Census&) = delete;
    Census& operator=(const Census&) = delete;
    ~Census() = default;

    /// The number of feasible deals; an estimate with its interval where the rules are too tangled.
    [[nodiscard]] Tally feasible() const;

    /// Of the feasible deals those for which `met` holds (given option numbers by issue), from 2^15 deals drawn
    /// uniformly; the interval is Wilson's of 99 %.  Throws `Error` (cancelled).
    template <class F>
    [[nodiscard]] Tally estimate(F&& met) const {
        std::size_t hits = 0;
        for (std::size_t k = 0; k < kDraws && possible_; ++k) {
            if ((k & 1023U) == 0)
                context_.check();
            const auto options = sampler_->draw(context_.seed, k);
            hits += static_cast<std::size_t>((exact_ || !rules_.forbids(options)) && met(options));
        }
        return from_share(hits);
    }

private:
    static constexpr std::size_t kDraws = 1U << 15U;
    [[nodiscard]] Tally from_share(std::size_t hits) const;

    const Context& context_;
    Problem rules_;  // the problem without bundles
    bool exact_ = true;
    Diagram diagram_;
    bool possible_ = true;
    std::optional<Sampler> sampler_;
};

/// What a share of `hits` among `draws` deals drawn uniformly from `deals` says about their number.
Tally tally_of_share(std::size_t hits, std::size_t draws, const BigInt& deals);

}  // namespace steelyard::space
