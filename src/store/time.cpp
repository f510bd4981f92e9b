// SPDX-License-Identifier: Apache-2.0
#include "steelyard/store/time.hpp"

#include <fmt/format.h>

namespace steelyard::store {

std::string time_text(std::chrono::sys_time<std::chrono::nanoseconds> time) {
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(floor<seconds>(time - day));
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace steelyard::store
