// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Linked talks: tables that talk one after another, each knowing what will follow.
///
/// At its turn a table takes the deal that is best by a bargaining solution, given how the later tables and
/// the actors outside will react; without agreement its issues stay as they are and the others follow all the
/// same.  Solved backwards (Selten 1965; the order of talks as in Fershtman 1990 and Winter 1997).

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::linkage {

/// What a table maximises.
enum class Solution { nash, utilitarian, egalitarian };

constexpr auto choices_of(Solution) {
    return std::array{
        Choice<Solution>{
            Solution::nash, "nash",
            "the product of gains, each raised to bargaining power (1 where the table gives none)"},
        Choice<Solution>{Solution::utilitarian, "utilitarian", "the sum of gains"},
        Choice<Solution>{Solution::egalitarian, "egalitarian", "the smallest gain, then the next smallest"},
    };
}

/// How the talks are played.
struct Rules {
    Solution solution = Solution::nash;
    bool answers = true;  ///< actors outside a table may answer its deal by their `conflict` options
};

/// One turn of the play, as it went.
struct Turn {
    std::string table;    ///< the table that talked; empty for an answer
    std::string actor;    ///< who answered; empty for a table
    bool agreed = false;  ///< the table agreed, or the actor answered by at least one option
    std::vector<std::pair<IssueId, OptionId>> changes;  ///< what the turn changed
    std::vector<MoveId> moves;                          ///< the options an answer took up
    std::uint64_t ties = 1;  ///< deals of different worth that the solution likes as much
    std::string text;        ///< in words
};

/// The end of a play.
struct Outcome {
    std::vector<std::optional<OptionId>> deal;    ///< of every issue; nothing where it never was settled
    std::vector<std::optional<Rational>> points;  ///< of every actor; nothing without preferences
    std::vector<Turn> turns;
};

/// A case prepared for linked talks; several plays share what is found out about each table.
///
/// The points of an actor are those of the whole deal (bundles and obligations may cross tables), plus its
/// points for `conflict` options taken; as long as no table it sits at agrees, its no-deal value stands for
/// the points of the status quo.  Rules must hold after every turn, with the tables still to come at their
/// status quo.  What a table agreed binds: an answer changes only what no table has agreed on yet, and so the
/// status quo of tables still to come; no answer takes an option back.  Ties: the fewest changed options, then
/// the first in case order; they are counted.
class Talks {
public:
    /// Throws `Error`: missing_section (no preferences), limit (points that are not exact in 64 bits).
    Talks(const Case& subject, const Rules& rules, const Context& context);
    ~Talks();
    Talks(const Talks&) = delete;
    Talks(Talks&&) noexcept;
    Talks& operator=(const Talks&) = delete;
    Talks& operator=(Talks&&) noexcept;

    [[nodiscard]] const std::vector<Table>& tables() const;

    /// Plays tables (places in `tables()`) in that order.  Exact; each table's deals are reduced to those that
    /// are efficient for its actors, separately for every combination that other turns can feel.  An order of
    /// the same tables that ends like the one played before goes on with what was found about that end: several
    /// orders are quickest with the last table changing most slowly.  Not for several threads at once.
    /// Throws `Error`: limit (a table with more than 2,000,000 efficient deals), cancelled.
    [[nodiscard]] Outcome play(const std::vector<std::size_t>& order) const;

    /// What everybody has when nobody talks: no-deal values.
    [[nodiscard]] const std::vector<std::optional<Rational>>& without() const;

private:
    struct Inner;
    std::unique_ptr<Inner> inner_;
};

}  // namespace steelyard::linkage
