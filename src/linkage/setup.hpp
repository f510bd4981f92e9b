// SPDX-License-Identifier: Apache-2.0
#pragma once
/// A case as whole numbers: what linked talks compute with.

#include "steelyard/linkage/play.hpp"
#include "steelyard/model/scores.hpp"
#include "steelyard/model/tables.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace steelyard::linkage {

/// The option of every issue; kUnset where it has none.
using Assignment = std::vector<int>;
inline constexpr int kUnset = -1;

/// A flag for each option of an issue; bytes, because plays ask them millions of times.
using OptionFlags = std::vector<char>;

/// One condition: every listed issue takes one of the listed options.
struct Term {
    std::vector<std::pair<std::size_t, OptionFlags>> parts;
    [[nodiscard]] bool holds(const Assignment& deal) const;
};

/// A bundle or a priced obligation (points), or a rule or hard obligation (forbids `when` without `then`).
struct Clause {
    Term when;
    std::optional<Term> then;
    bool forbids = false;
    std::vector<std::pair<std::size_t, std::int64_t>> points;  ///< actor, scaled points

    /// The issues it speaks of, each once, in rising order.
    [[nodiscard]] std::vector<std::size_t> issues() const;
};

/// An actor that may answer tables it does not sit at.
struct Answerer {
    std::size_t actor = 0;
    std::vector<MoveId> moves;           ///< own options that may be taken up and have an effect
    std::vector<std::size_t> overrides;  ///< issues they can change
    StateCode heeds = 0;                 ///< options on which its choice may depend, once they are taken
};

/// A line of the `conflict` section that says what taking up options does to the deal.
struct MoveEffect {
    const Expression* when = nullptr;
    StateCode mentions = 0;
    std::vector<std::pair<std::size_t, int>> then;  ///< issues not settled, and their options
};

/// The case in whole numbers.
struct Setup {
    Setup(const Case& subject_, const Rules& rules_);

    const Case& subject;
    Rules rules;
    std::vector<Table> tables;
    Scores scores;
    std::int64_t scale = 1;  ///< whole = points x scale, the same for everybody
    std::vector<std::vector<std::vector<std::int64_t>>> sheet;  ///< actor, issue, option
    std::vector<Clause> clauses;
    std::vector<std::vector<std::int64_t>> move_points;  ///< actor, conflict option
    std::vector<std::int64_t> adjustment;                ///< no-deal value less the status quo's points
    Assignment start;                                    ///< settled options and status quos
    std::vector<std::vector<std::size_t>> open;          ///< of each table: issues not settled
    std::vector<MoveEffect> effects;                     ///< of answers
    std::vector<Answerer> answerers;
    std::vector<bool> may_vary;     ///< of each issue: some turn can change it
    std::vector<bool> overridable;  ///< of each issue: an answer can change it
    std::vector<bool> asked;        ///< of each issue: the `conflict` section asks for its option
    StateCode taken = 0;            ///< conflict options taken today

    /// The deal after an actor takes up options, given those taken before.
    [[nodiscard]] Assignment after_moves(const Assignment& deal, StateCode before, StateCode after) const;
    /// The issues that taking up a conflict option can change.
    [[nodiscard]] std::vector<std::size_t> issues_moved_by(std::size_t move) const;
    /// Whether the `conflict` section allows that these options are taken together.
    [[nodiscard]] bool moves_allowed(StateCode code, const Assignment& deal) const;

private:
    void find_answerers();
    /// Scaled points of the status quo, without adjustment and moves.
    [[nodiscard]] std::int64_t status_quo_points(std::size_t actor) const;
};

}  // namespace steelyard::linkage
