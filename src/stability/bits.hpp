// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Conflict expressions over all state codes, 64 codes at a time.

#include "steelyard/model/case.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace steelyard::stability {

/// Word w, bit b stands for state code 64 w + b.
using Word = std::uint64_t;

/// Evaluates expressions of one conflict word by word.
///
/// An atom issue.option asks for the deal that a state stands for.  Inside the `when` of a `deal` entry it
/// asks for the deal as far as the earlier entries made it, so there are no circles.
class WordEvaluator {
public:
    explicit WordEvaluator(const Case& subject);

    /// Goes to the 64 codes from 64 x word on.
    void go_to(std::uint64_t word);

    /// Truth of an expression at the codes gone to.
    [[nodiscard]] Word operator()(const Expression& expression) const {
        return evaluate(expression, entry_holds_.size());
    }

    /// Truth of the `when` of deal entry `entry` at the codes gone to.
    [[nodiscard]] Word entry_holds(std::size_t entry) const { return entry_holds_[entry]; }

private:
    [[nodiscard]] Word evaluate(const Expression& expression, std::size_t entries) const;
    [[nodiscard]] Word takes(IssueId issue, OptionId option, std::size_t entries) const;

    const Case* subject_;
    std::vector<std::optional<OptionId>> start_;  // of each issue: before any entry
    std::uint64_t word_ = 0;
    std::vector<Word> entry_holds_;
};

/// Truth of "move k is taken" at the 64 codes of a word.
Word move_taken(std::size_t k, std::uint64_t word);

}  // namespace steelyard::stability
