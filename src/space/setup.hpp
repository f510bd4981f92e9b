// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What every analysis of deals begins with: the table, the exact points, the problem and its diagram.

#include "acceptance.hpp"
#include "bounds.hpp"
#include "diagram.hpp"
#include "outline.hpp"
#include "plan.hpp"
#include "problem.hpp"
#include "steelyard/core/value.hpp"
#include "steelyard/model/scores.hpp"
#include "steelyard/model/tables.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::space {

/// How far to go for exact answers, and how wide to make what stands in for them.
struct Reach {
    std::size_t most_nodes = kMostNodes;  ///< of the exact diagram (of each group of coupled issues)
    std::size_t relaxed = 8'000;          ///< nodes of a layer: of the relaxed diagram
    std::size_t some = 2'000;             ///< of a diagram of some deals
    std::size_t all = 50'000;             ///< of a diagram of all deals that meet requirements
};

/// What to do with conditions too tangled for an exact diagram.
enum class Tangled { refuse, bound };

/// Lives in one place: the parts refer to each other.
struct Setup {
    /// The table called `table` (empty: the first) with its seated actors that have preferences.
    /// Throws `Error`: unknown_name, missing_section, limit (conditions too tangled for a diagram, if so wanted).
    /// With `around`, issues that are not on the table stand as in that deal instead of at their status quo.
    Setup(const Case& subject, std::string_view table, const Context& context = {},
          const Deal* around = nullptr, Tangled tangled = Tangled::refuse, const Reach& within = {});
    Setup(const Setup&) = delete;
    Setup& operator=(const Setup&) = delete;
    ~Setup() = default;

    [[nodiscard]] std::string actor_id(std::size_t p) const { return subject[problem.actors[p]].id; }
    /// Exact points of every actor that has preferences.
    [[nodiscard]] Named<Rational> points(const Deal& deal) const;
    /// The same above the no-deal values.
    [[nodiscard]] Named<Rational> gains(const Deal& deal) const;
    /// What every actor that has preferences gains when `after` takes the place of `before`.
    [[nodiscard]] Named<Rational> gains_over(const Deal& before, const Deal& after) const;
    /// The deal of option numbers by open issue.
    [[nodiscard]] Deal deal(const std::vector<std::size_t>& options) const {
        return whole_deal(problem, options);
    }

    /// Integer points of a deal for `of`'s actors, constants left out.
    [[nodiscard]] std::vector<BigInt> exact_row(const Problem& of, const Deal& deal) const;
    /// The width that holds the problem's sums and this deal's, which may contradict what is settled.
    [[nodiscard]] Width width_with(const Deal& deal) const;

    const Case& subject;
    Table table;
    Scores scores;
    std::vector<std::optional<OptionId>> fixed;
    Problem problem;
    Reach reach;
    Plan plan;
    std::unique_ptr<Outline> outline;  ///< where the diagram is not exact; otherwise none
    Diagram diagram;                   ///< of all feasible deals; with an outline, of some
    AcceptanceRule rule;
    Bounds bounds;
};

}  // namespace steelyard::space
