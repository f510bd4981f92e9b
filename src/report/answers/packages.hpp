// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What lies between today and a deal: packages that nobody minds, swaps, and who gives way where.

#include "report/answers/answer.hpp"

namespace steelyard::report {

/// Deals that beat today's state for somebody at the table and harm nobody there: reasons and a table.
/// Nothing where some open issue has no option in force.
void add_improvements(const Study& study, const TableStudy& at, AnswerPart& answer);

/// Who gives way where in the balanced deal, and for what.
void add_trades(const Study& study, const TableStudy& at, AnswerPart& answer);

/// The cheapest concessions of everybody at the table.
void add_cheap_offers(const Study& study, const TableStudy& at, AnswerPart& answer);

}  // namespace steelyard::report
