// SPDX-License-Identifier: Apache-2.0
#pragma once
/// From opinions to numbers: how votes on claims and experts' estimates change the spread of the numbers that
/// rest on them.  The mapping is decided in docs/decisions/0061; it never moves a number's centre.

#include "steelyard/evidence/judgements.hpp"
#include "steelyard/model/case.hpp"

#include <string>
#include <vector>

namespace steelyard::evidence {

/// The prior of every pool of votes.
struct VotePrior {
    double up = 1;
    double down = 1;
};

/// What the pools did to one number.
struct SpreadChange {
    std::string number;            ///< JSON Pointer
    double support = 0.5;          ///< pooled support of its claims; 1/2 is that of a claim nobody judged
    std::vector<double> interval;  ///< pooled 5 and 95 % quantiles of experts' estimates; empty without any
    std::string before;            ///< the number as a case file states it
    std::string after;
    bool changed = false;
    std::string why;
};

struct PooledCase {
    Case subject;
    std::vector<SpreadChange> changes;  ///< every number that somebody judged, in file order
};

/// The lowest and highest value that a number could have if nothing were known of it but its place in the
/// case: 0 to 100 for positions, saliences and option values; the actor's own lowest to highest points for an
/// option's points, the sums of these for a no-deal value; 0 to the largest for weights and capabilities; 0
/// to twice the stated amount elsewhere.  Never narrower than the number's own range.
std::pair<double, double> full_range(const Case& subject, const std::string& pointer, const Number& number);

/// The case with the spreads that follow from the judgements.  For each number that somebody judged:
///
/// 1. Experts' three-point estimates, pooled with `weights` (by expert; equal where it is empty), replace the
///    stated spread by their pooled 5 to 95 % interval, extended to hold the stated centre.
/// 2. The support s of its claims is the mean over independent origins, weighted by impact, of the weakest
///    of: pooled share of `there`, pooled share of `supports`, pooled probability of the claim.
/// 3. s > 1/2 narrows the spread to 1 / (2 s) of its width (half at best; an exact number stays exact);
///    s < 1/2 stretches it by the share 1 - 2 s of the way to the full range.
///
/// A number nobody judged stays as it is.  Judgements of unknown claims and numbers are ignored here (`pool`
/// refuses them).
PooledCase with_pooled_spreads(const Case& subject, const Judgements& judgements, const VotePrior& prior = {},
                               const std::vector<std::pair<std::string, double>>& weights = {});

/// The case with these numbers stretched to their full range: what is left when all they rested on has
/// fallen.  Throws `Error` (unknown_name) for an address where no number stands.
Case with_full_ranges(const Case& subject, const std::vector<std::string>& numbers);

/// A number in the words of a case file: `70`, `55..85`, `{low: 55, best: 70, high: 85}`.
std::string number_text(const Number& number);

}  // namespace steelyard::evidence
