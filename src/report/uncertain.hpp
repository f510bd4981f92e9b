// SPDX-License-Identifier: Apache-2.0
#pragma once
/// How the conclusions of a brief fare when its numbers vary: all of them in one pass over shared draws.

#include "report/conclusion.hpp"
#include "steelyard/report/brief.hpp"
#include "steelyard/report/uncertain_facts.hpp"

#include <optional>
#include <string>
#include <vector>

namespace steelyard::report {

/// A conclusion where it stands in the brief.
struct Concluded {
    std::size_t answer = 0;
    std::size_t part = 0;
    Conclusion conclusion;
};

/// Draws all numbers that points rest on, moves each alone, and says what that does to the conclusions, to the gains at
/// the first table, and which claims are most worth checking.  Nothing where no such number is uncertain.
/// O((draws + 4 x numbers) x conclusions x efficient deals); a pure function of the case, the draws and the seed.
std::optional<UncertainFacts> study_uncertainty(Study& study, const std::vector<Concluded>& concluded,
                                                const std::vector<Answer>& answers, int draws);

/// Writes its part into each answer: the likelihood, and what would change the conclusion.
void tell_uncertainty(const UncertainFacts& facts, const std::vector<Concluded>& concluded,
                      std::vector<Answer>& answers);

/// How to read what it says.
std::vector<std::string> uncertainty_notes(const UncertainFacts& facts);

}  // namespace steelyard::report
