// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Partial ISO 8601 dates, as cases have them.

#include <chrono>
#include <optional>
#include <string_view>

namespace steelyard::evidence {

/// The first and the last day that `2025`, `2025-10` or `2025-10-15` may mean; nothing for other text.
struct DateRange {
    std::chrono::sys_days first;
    std::chrono::sys_days last;
};
std::optional<DateRange> read_date(std::string_view text);

}  // namespace steelyard::evidence
