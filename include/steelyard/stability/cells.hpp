// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Which states are stable for whom, under which idea of foresight and retaliation; with proofs.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/stability/graph.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace steelyard::stability {

/// Solution concepts for one decision maker against the others.  `s` is the state, an improvement (UI) is a
/// move to a state that the mover strictly prefers, and a sanction is a state that the decision maker does
/// not prefer to `s`.
enum class Concept { nash, gmr, smr, seq, sseq, sim };

constexpr auto choices_of(Concept) {
    return std::array{
        Choice<Concept>{Concept::nash, "nash", "no improvement (Nash 1950; also called R)"},
        Choice<Concept>{Concept::gmr, "gmr",
                        "every improvement can be answered by moves of the others to a sanction: general "
                        "metarationality (Howard 1971)"},
        Choice<Concept>{Concept::smr, "smr",
                        "the same, and no counter-move escapes the sanction: symmetric metarationality "
                        "(Howard 1971)"},
        Choice<Concept>{Concept::seq, "seq",
                        "every improvement can be answered by improvements of the others: sequential "
                        "stability (Fraser & Hipel 1979)"},
        Choice<Concept>{
            Concept::sseq, "sseq",
            "the same, and no counter-move escapes: symmetric sequential stability (Rego & Vieira "
            "2017)"},
        Choice<Concept>{Concept::sim, "sim",
                        "improvements of the others made at the same moment turn every improvement into a "
                        "sanction: simultaneous stability (Fraser & Hipel 1984); option form only"},
    };
}
inline constexpr std::size_t kConcepts = 6;

/// The stability table of a graph: a bit for each concept, decision maker and state.
class Cells {
public:
    Cells(std::size_t makers, std::size_t states) : cells_(makers, std::vector<std::uint8_t>(states, 0)) {}

    [[nodiscard]] bool stable(Concept which, std::size_t maker, StateIndex s) const {
        return (cells_[maker][s] >> static_cast<unsigned>(which) & 1U) != 0;
    }
    /// Stable for every decision maker.
    [[nodiscard]] bool equilibrium(Concept which, StateIndex s) const {
        for (std::size_t maker = 0; maker < cells_.size(); ++maker) {
            if (!stable(which, maker, s)) {
                return false;
            }
        }
        return true;
    }
    void set(Concept which, std::size_t maker, StateIndex s) {
        cells_[maker][s] = static_cast<std::uint8_t>(cells_[maker][s] | 1U << static_cast<unsigned>(which));
    }

private:
    std::vector<std::vector<std::uint8_t>> cells_;
};

/// Fills the table for the given concepts.
///
/// Nash, GMR, SMR, SEQ and SSEQ: with complete preferences only the least payoff that the others can force
/// after an improvement matters; it is a fixpoint of prefix scans over sorted blocks (option form), or of
/// sweeps over (state, last mover) (graph form).  O(states x decision makers^2) and a few rounds; see
/// docs/methods/stability.md.  Sequences are legal: nobody moves twice in a row, a decision maker may move
/// again later; returning to the start counts as reached.
/// SIM: the product of the others' improvements at each state; option form only.
///
/// A decision maker with misperceptions judges the graph without the states it does not see: nobody moves
/// there as it sees things, and in such a state it makes no move.
///
/// Throws `Error`: unsupported (sim in a graph that is not in option form), cancelled.
Cells stability_cells(const Graph& graph, std::span<const Concept> concepts, const Context& context = {});

/// One move of a sequence.
struct Step {
    std::size_t maker = 0;
    StateIndex to = 0;
    friend bool operator==(const Step&, const Step&) = default;
};

/// How the others answer one improvement.
struct Answer {
    StateIndex improvement = 0;
    std::vector<Step> sequence;  ///< the others' legal moves from the improvement on
    StateIndex sanction = 0;     ///< where they lead (for sim: where the moves at the same moment lead)
};

/// Why a state is stable, or what upsets it.
struct Proof {
    bool stable = false;
    std::vector<Answer> answers;  ///< stable: one for each improvement
    std::optional<StateIndex>
        upsetting_move;  ///< unstable: the improvement that nothing deters; the best one
};

/// Finds the proof for one cell by searching the graph outward from the state: the shortest sanctioning
/// sequence for every improvement, or the most preferred improvement that has none.
/// O(moves x (state, last mover) pairs reached).  Independent of `stability_cells`.
Proof prove(const Graph& graph, Concept which, std::size_t maker, StateIndex s);

}  // namespace steelyard::stability
