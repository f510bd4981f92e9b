// SPDX-License-Identifier: Apache-2.0
#include "dates.hpp"

#include <charconv>

namespace steelyard::evidence {

namespace {

/// The whole of `digits` as a number.
template <class T>
std::optional<T> read_digits(std::string_view digits) {
    T value{};
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size())
        return std::nullopt;
    return value;
}

}  // namespace

std::optional<DateRange> read_date(std::string_view text) {
    using namespace std::chrono;
    const bool has_month = text.size() >= 7 && text[4] == '-';
    const bool has_day = text.size() == 10 && has_month && text[7] == '-';
    if (text.size() != (has_day ? 10U : has_month ? 7U : 4U))
        return std::nullopt;
    const auto year_number = read_digits<int>(text.substr(0, 4));
    const auto month_number = read_digits<unsigned>(has_month ? text.substr(5, 2) : "1");
    const auto day_number = read_digits<unsigned>(has_day ? text.substr(8, 2) : "1");
    if (!year_number || !month_number || !day_number)
        return std::nullopt;
    const year_month_day first = year{*year_number} / month{*month_number} / day{*day_number};
    if (!first.ok())
        return std::nullopt;
    if (has_day)
        return DateRange{first, first};
    const year_month_day_last last =
        first.year() / (has_month ? first.month() : December) / std::chrono::last;
    return DateRange{first, last};
}

}  // namespace steelyard::evidence
