// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Tables settled one after the other, nobody looking ahead.

#include "report/study.hpp"

#include <vector>

namespace steelyard::report {

/// The deal after the tables have met in this order: each takes its Nash deal, given what was agreed before; a
/// table without an acceptable deal changes nothing.  Needs an option in force today for every issue.
Deal settle_in_order(const Study& study, const std::vector<Table>& order);

/// Whether every issue of the case has an option in force today.
bool has_today(const Study& study);

}  // namespace steelyard::report
