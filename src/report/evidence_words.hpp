// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What an answer rests on, in numbers and in words.

#include "report/study.hpp"
#include "steelyard/report/brief.hpp"

#include <set>
#include <vector>

namespace steelyard::report {

/// What these numbers of the case rest on.  Claims by how many of the numbers lean on them.
RestsOn rests_on(const Study& study, const std::set<std::size_t>& numbers);

/// Every claim that some answer leans on, in the order of first use.
std::vector<Reference> cited_claims(const Study& study, const std::vector<Answer>& answers);

/// How sure one may be of an answer that rests on this: low when more than half of its numbers are assumptions or
/// have no basis, or when all its claims have one origin; high when at most a fifth are and the claims come from
/// several origins; moderate otherwise.
Confidence confidence_in(const Study& study, const RestsOn& basis, const std::set<std::size_t>& numbers);

/// The same for the case as a whole.
Evidence whole_evidence(const Study& study);

}  // namespace steelyard::report
