// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Moves and countermoves: which states of the case's conflict stand, and how one gets there from today.

#include "report/study.hpp"
#include "steelyard/report/linked_facts.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace steelyard::report {

/// A state that stands because nobody gains by moving.
struct StandingState {
    StateCode code = 0;
    bool deal = false;                  ///< whether it stands for a deal at the table
    std::map<std::uint32_t, int> rank;  ///< by actor: how it ranks the state, 0 is its worst
};

struct ConflictStudy {
    std::vector<StandingState> standing;
    std::size_t deterred = 0;  ///< states that only fear of the others' answer keeps
    std::map<std::uint32_t, int>
        today;            ///< by actor: how it ranks today's state; empty when the case does not say
    StateGraph graph;     ///< empty where there are too many states to look through
    std::string trouble;  ///< why the conflict could not be analysed; else empty

    /// In how many standing states (with a deal, if asked) the move is made.
    [[nodiscard]] std::size_t taken(std::size_t move, bool with_deal) const;
    [[nodiscard]] std::size_t with_deal() const;
};

/// The conflict as seen from the table; nothing where the case has none with preferences.
std::optional<ConflictStudy> study_conflict(const Study& study, const TableStudy& at);

/// `“The US offers loans” and “Belarus signs”`; `nobody moves`
std::string state_text(const Study& study, StateCode code);

/// The name of a move up to its first semicolon.
std::string move_name(const Study& study, std::size_t move);
/// The same in quotes.
std::string move_text(const Study& study, std::size_t move);

}  // namespace steelyard::report
