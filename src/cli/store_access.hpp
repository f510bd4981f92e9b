// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The store as commands use it: where it is, who writes, what time it is.

#include "command.hpp"
#include "steelyard/store/store.hpp"

#include <string>

namespace steelyard::cli {

class Terminal;

/// `--store`, otherwise STEELYARD_STORE, otherwise steelyard/store.sqlite below XDG_DATA_HOME
/// (~/.local/share).
std::string store_path(const Invocation& call);

/// The store's path, with its folder made where it was missing.
std::string path_to_write(const Invocation& call);

/// Opens the store; a command that writes makes it, and its folder, where there is none.
store::Store open_store(const Invocation& call, bool writes);

/// The present time, UTC, and who calls: `--by`, otherwise the user's login name.
store::Stamp stamp_of(const Invocation& call);
std::string utc_now();
/// The time so many days from now.
std::string utc_in_days(int days);

/// A flag's number.  Throws `Error` (usage).
double number_flag(const Invocation& call, std::string_view flag, std::string_view text);

inline constexpr Flag kStoreFlag{
    .name = "store",
    .takes = Takes::a_value,
    .value = "FILE",
    .meaning = "the store; left out, $STEELYARD_STORE or steelyard/store.sqlite in the user's data folder",
    .choices = {}};
inline constexpr Flag kByFlag{.name = "by",
                              .takes = Takes::a_value,
                              .value = "NAME",
                              .meaning = "who speaks; left out, the user's login name",
                              .choices = {}};
inline constexpr Flag kCommentFlag{.name = "comment",
                                   .takes = Takes::a_value,
                                   .value = "TEXT",
                                   .meaning = "why, in one's own words",
                                   .choices = {}};

}  // namespace steelyard::cli
