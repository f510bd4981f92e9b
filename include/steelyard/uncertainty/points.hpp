// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Targets at a list of points: what every analysis but `ensemble` needs, shared out by the runner.

#include "steelyard/core/jobs.hpp"
#include "steelyard/uncertainty/model.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::uncertainty {

/// Does the pieces from `begin` to before `end`, by the context's runner or one after another; see JobRunner::run.
bool run_pieces(std::string_view study, std::uint64_t begin, std::uint64_t end, Tally& total,
                const Context& context, std::string_view stage);

/// The outcomes of all targets at all points.
struct Points {
    std::size_t targets = 0;
    std::vector<Outcome> outcomes;   ///< rows of points
    std::vector<std::string> texts;  ///< that outcomes refer to, in the order in which they first occur

    [[nodiscard]] std::size_t count() const { return targets == 0 ? 0 : outcomes.size() / targets; }
    [[nodiscard]] const Outcome& at(std::size_t point, std::size_t target) const {
        return outcomes[point * targets + target];
    }
    /// As a value for a result: a number, a text, or nothing.
    [[nodiscard]] Value value(std::size_t point, std::size_t target) const;
};

/// Writes the values of the factors at a point.  Called from several threads at once.
using Placing = std::function<void(std::uint64_t point, std::span<double> values)>;

/// Evaluates `count` points.  Throws `Error` (cancelled) when the context stops it before the last.
Points evaluate_points(const Model& model, std::uint64_t count, const Placing& place, const Context& context,
                       std::string_view stage, std::string_view study);

/// One outcome as a number: itself, or for texts 1 where it equals `like` and 0 elsewhere, absence included.  NaN
/// where a number is absent.
double as_number(const Outcome& outcome, bool numeric, const Outcome& like);

}  // namespace steelyard::uncertainty
