// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Whether a text holds what a claim's place says.

#include "snapshot.hpp"
#include "steelyard/evidence/evidence.hpp"

#include <string>

namespace steelyard::evidence {

struct PlaceFinding {
    PlaceStatus status = PlaceStatus::unpinned;
    std::string problem;
};

/// Everything that the place states must agree with the text: span, paragraph, hash, quote and its
/// surroundings.  Without offsets the span is the paragraph.
PlaceFinding check_place(const SourcePlace& place, const Snapshot& text);

}  // namespace steelyard::evidence
