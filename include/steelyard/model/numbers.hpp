// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Every number of a case, by address: for evidence, overrides and uncertainty.

#include "steelyard/model/case.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steelyard {

/// Visits every `Number` in file order with its JSON Pointer (`/preferences/port/points/rent/high`).
void for_each_number(const Case& subject,
                     const std::function<void(const std::string& pointer, const Number&)>& visit);
void for_each_number(Case& subject, const std::function<void(const std::string& pointer, Number&)>& visit);

/// Puts the spread and claims of `basis` entries on the exact numbers that state none of their own.  Readers
/// call it once.
void apply_sheet_basis(Case& subject);

/// The JSON Pointer that a short address means.  `issue.option.actor` is the points (or value) of that option
/// for that actor, `issue.position.actor`, `issue.salience.actor`, `issue.weight.actor` a stance or weight,
/// `no_deal.actor` and `capability.actor` what they say; anything else is a pointer with dots for slashes.
/// Throws `Error` (unknown_name) with a near match when no number stands there.
std::string resolve_number(const Case& subject, std::string_view address);

/// The JSON Pointer of every number, in file order, with the shortest address that leads there: the short form
/// where there is one that means no other number, otherwise the pointer.  O(n log n).
std::vector<std::pair<std::string, std::string>> number_addresses(const Case& subject);

/// Replaces the number at `address` by what `text` says (`12`, `10..14`, or `{...}` forms are the door's to
/// parse). An exact number takes the spread of its `basis` entry as it would in the file. Throws `Error`:
/// unknown_name, or invalid_case when the case with it has defects.
void set_number(Case& subject, std::string_view address, const Number& number);

}  // namespace steelyard
