// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Times as the store writes them.

#include <chrono>
#include <string>

namespace steelyard::store {

/// `2026-11-23T18:05:00Z`; parts of a second are dropped.
std::string time_text(std::chrono::sys_time<std::chrono::nanoseconds> time);

}  // namespace steelyard::store
