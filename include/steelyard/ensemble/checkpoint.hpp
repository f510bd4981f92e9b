// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What is kept of a long run, so that it can go on after it was stopped or killed.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steelyard::ensemble {

/// Pieces from the first to before the second.
using Stretch = std::pair<std::uint64_t, std::uint64_t>;

/// Adds a stretch to a sorted list of stretches that do not touch; it must not overlap them.
void add_stretch(std::vector<Stretch>& done, Stretch more);
/// How many pieces they hold.
std::uint64_t pieces_in(const std::vector<Stretch>& stretches);
/// What is left of [begin, end).
std::vector<Stretch> stretches_left(const std::vector<Stretch>& done, std::uint64_t begin, std::uint64_t end);

/// The state of a study: the pieces before `begin` and those in `done` are in the tally.
struct Checkpoint {
    std::string study;
    std::uint64_t begin = 0;
    std::vector<Stretch> done;
    std::string tally;  ///< as Tally::save wrote it
};

/// A few lines of text (what, study, pieces, the SHA-256 of the rest), then the tally's bytes.
std::string to_text(const Checkpoint& checkpoint);
/// Throws `Error` (input_output) for a text that is damaged or no checkpoint.
Checkpoint read_checkpoint(std::string_view text);

/// Where a door keeps the checkpoint.  Without `save`, nothing is kept.
struct Keeping {
    std::function<std::optional<std::string>()> load;  ///< the last one saved, if any
    std::function<void(const std::string&)> save;      ///< replaces it, whole or not at all
    std::function<void()> drop;                        ///< removes it
    std::function<bool()> due;  ///< whether it is time for the next one; called by many threads
};

/// The checkpoint that belongs to the study, or nothing.  Throws `Error` (input_output) when it is of another one.
std::optional<Checkpoint> kept_checkpoint(const Keeping& keeping, std::string_view study);

}  // namespace steelyard::ensemble
