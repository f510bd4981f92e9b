// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What the forecasting models expect, with the story they tell.

#include "report/answers/answer.hpp"

namespace steelyard::report {

/// A descriptive part beside the deal that theory points to.  Where the case does not say what the actors can bring
/// to bear, the part says so.
AnswerPart models_part(const Study& study, const TableStudy& at);

}  // namespace steelyard::report
