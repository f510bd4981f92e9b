// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What an answer says, as a question that can be asked of other numbers.

#include "report/sheet.hpp"

#include <functional>
#include <string>

namespace steelyard::report {

struct Conclusion {
    std::string claim;                        ///< to be read after `that`
    std::function<bool(const Sheet&)> holds;  ///< with every number at its best: true
};

/// Deals among which a table would choose: the efficient ones and those that a concept chooses.
std::vector<std::size_t> choices_of_table(Sheet& sheet, const TableStudy& at);

/// That the table has a deal it accepts, or has none.  Looks among its choices.
Conclusion concludes_exists(Study& study, const TableStudy& at);
/// That no other of the table's choices is better by Nash's measure than the balanced deal.
Conclusion concludes_balanced(Study& study, const TableStudy& at);
/// That the table accepts the balanced deal.
Conclusion concludes_holds(Study& study, const TableStudy& at);
/// That the actor gains from the balanced deal, loses by it, or neither.
Conclusion concludes_gain(Study& study, const TableStudy& at, ActorId actor);

/// That the actor has more from one deal than from another.
Conclusion concludes_better(Study& study, ActorId actor, const Deal& better, const Deal& other,
                            std::string claim);

/// What every actor gains in whichever choice is the balanced one; nothing where none is acceptable.
class BalancedGain {
public:
    BalancedGain(Study& study, const TableStudy& at);
    /// The place of that deal in the sheet.
    [[nodiscard]] std::optional<std::size_t> choose(const Sheet& sheet) const;

private:
    const TableStudy& at_;
    std::vector<std::size_t> choices_;
};

/// Differences this small are rounding: points have few decimals.
inline constexpr double rounding_error = 1e-9;

}  // namespace steelyard::report
