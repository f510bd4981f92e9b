// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Outcomes as rows.

#include "steelyard/linkage/order.hpp"

#include <string>
#include <vector>

namespace steelyard::linkage {

inline constexpr std::size_t kMostTables = 6;

Named<std::string> named_deal(const Case& subject, const Outcome& outcome);
Named<Rational> named_points(const Case& subject, const std::vector<std::optional<Rational>>& points);
std::vector<std::string> broken_obligations(const Case& subject, const Outcome& outcome);
std::vector<TurnRow> turn_rows(const Case& subject, const Outcome& outcome);
/// Places of the named tables; all for an empty list.  Throws `Error`: unknown_name, limit, invalid_option
/// (a table twice).
std::vector<std::size_t> chosen_tables(const std::vector<Table>& tables, const std::vector<std::string>& ids);

}  // namespace steelyard::linkage
