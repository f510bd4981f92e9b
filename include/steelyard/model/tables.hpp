// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Tables as analyses see them: who decides, over which issues, and what is fixed meanwhile.

#include "steelyard/model/case.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace steelyard {

/// The case's tables; where it has none, the one that is meant: `main`, with every actor that has preferences
/// and every issue, under unanimity.
std::vector<Table> effective_tables(const Case& subject);

/// The table called `id`; the first one for an empty id.  Throws `Error` (unknown_name) with a near match.
Table find_table(const Case& subject, std::string_view id);

/// Whether a deal is accepted.  `willing[actor index]` says who would.
bool accepts(const Table& table, const std::vector<bool>& willing);

/// The option that each issue is fixed at while `table` talks: settled by an event, or the status quo of an
/// issue that is not on the table; none for the issues that are open.  Throws `Error` (missing_section)
/// naming every issue outside the table without a status quo.
std::vector<std::optional<OptionId>> fixed_options(const Case& subject, const Table& table);

/// The deal in force without agreement: settled options, otherwise status quos; none where an issue has
/// neither.
std::optional<Deal> status_quo_deal(const Case& subject);

/// The option an event settles the issue at (the last such event in file order), if any.
std::optional<OptionId> settled_option(const Case& subject, IssueId issue);

}  // namespace steelyard
