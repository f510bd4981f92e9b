// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Several offers that are worth the same to one actor and differ for the others.

#include "setup.hpp"
#include "steelyard/core/context.hpp"

#include <cstddef>
#include <vector>

namespace steelyard::space {

struct OfferTerms {
    std::size_t actor = 0;  ///< who makes the offers, by place in the problem
    Rational level;         ///< what each gives it at least, in points
    double tolerance = 0;   ///< how much more, as a share of its range
    double give = 0;  ///< how much less than the first offer a later one gives each other actor, likewise
    std::size_t count = 1;
};

struct EqualOffer {
    std::vector<std::size_t> options;
    double difference = 0;  ///< from the most similar one before it
    bool proven = true;
};

struct EqualOffers {
    std::vector<EqualOffer> offers;
    bool complete = true;  ///< where they are fewer than asked for: there are no more
};

/// The offers, the first one best for the others together (sum of shares of their ranges), at no-deal value or above
/// for everybody.  With an outline they are looked for among some deals unless all that
/// qualify are few enough.  Throws `Error` (cancelled).
EqualOffers equal_offers(const Setup& setup, const OfferTerms& terms, const Context& context);

}  // namespace steelyard::space
