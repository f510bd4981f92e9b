// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Flags that change the spread of a case's numbers by what is known of their evidence.

#include "command.hpp"
#include "work.hpp"

#include <string>
#include <vector>

namespace steelyard::cli {

/// With `--pooled`, puts the pooled spreads on the case; with `--discredit`, stretches the numbers that lose
/// their last claim with a source to their full range.  Each change goes on record as a replaced number; the
/// sentences that are returned say so in words.
std::vector<std::string> apply_evidence(LoadedCase& loaded, const Invocation& call);

inline constexpr Flag kPooledFlag{
    .name = "pooled",
    .takes = Takes::nothing,
    .value = {},
    .meaning = "give numbers the spread that follows from the votes and estimates of the store (see `pool`)",
    .choices = {}};
inline constexpr Flag kDiscreditFlag{
    .name = "discredit",
    .takes = Takes::a_value,
    .value = "SOURCE",
    .meaning = "let numbers that rest on nothing but this source take any value they could have",
    .choices = {}};

}  // namespace steelyard::cli
