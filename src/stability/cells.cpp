// SPDX-License-Identifier: Apache-2.0
#include "steelyard/stability/cells.hpp"

#include "simultaneous.hpp"
#include "steelyard/core/error.hpp"

#include <algorithm>
#include <functional>
#include <limits>

namespace steelyard::stability {

namespace {

using Values = std::vector<Payoff>;

constexpr Payoff kNever = std::numeric_limits<Payoff>::max();

/// The least of `base` over s and everything that the decision makers other than `focal` can reach from s
/// together, each moving freely or only by improvements.
class Forced {
public:
    Forced(const Graph& graph, std::size_t focal, const Context& context)
        : graph_(graph), focal_(focal), context_(context) {
        for (std::size_t j = 0; j < graph.makers.size(); ++j) {
            if (j != focal) {
                others_.push_back(j);
            }
        }
    }

    [[nodiscard]] Values operator()(const Values& base, bool improvements) const {
        const bool transitive =
            std::ranges::all_of(others_, [&](std::size_t j) { return graph_.makers[j].moves.transitive(); });
        return transitive ? by_closure(base, improvements) : by_last_mover(base, improvements);
    }

private:
    /// into[s] becomes the least of itself and of `from` after one move of `maker`.
    bool fold(std::size_t maker, const Values& from, Values& into, bool improvements) const {
        const DecisionMaker& mover = graph_.makers[maker];
        bool changed = false;
        for (StateIndex s = 0; s < into.size(); ++s) {
            if (!graph_.makers[focal_].sees(s)) {
                continue;
            }
            mover.moves.for_each(s, [&](StateIndex t) {
                if (from[t] < into[s] && (!improvements || mover.prefers(t, s))) {
                    into[s] = from[t];
                    changed = true;
                }
            });
        }
        return changed;
    }

    void hide(Values& values) const {
        const auto& unseen = graph_.makers[focal_].unseen;
        for (std::size_t s = 0; s < unseen.size(); ++s) {
            if (unseen[s]) {
                values[s] = kNever;
            }
        }
    }

    /// Where two moves in a row are one, the order of movers needs no memory: take moves in turn until
    /// nobody changes anything.
    [[nodiscard]] Values by_closure(const Values& base, bool improvements) const {
        Values values = base;
        hide(values);
        for (std::size_t quiet = 0, turn = 0; !others_.empty() && quiet < others_.size(); ++turn) {
            context_.check();
            const DecisionMaker& mover = graph_.makers[others_[turn % others_.size()]];
            const Values before = graph_.makers[focal_].unseen.empty() ? Values{} : values;
            bool changed = improvements
                               ? mover.moves.fold_improvements<std::less<>>(mover.payoff, values, values)
                               : mover.moves.fold_moves<std::less<>>(values);
            if (!before.empty()) {  // what reaches an unseen state is forgotten, so it is no change
                hide(values);
                changed = values != before;
            }
            quiet = changed ? 1 : quiet + 1;  // the one who just moved has nothing to add
        }
        return values;
    }

    /// After a move of j, the next mover is somebody else: one table for each last mover.
    [[nodiscard]] Values by_last_mover(const Values& base, bool improvements) const {
        Values start = base;
        hide(start);
        std::vector<Values> after(others_.size(), start);  // after others_[k] moved last
        for (bool changed = true; changed;) {
            context_.check();
            changed = false;
            for (std::size_t last = 0; last < others_.size(); ++last) {
                for (std::size_t next = 0; next < others_.size(); ++next) {
                    if (next != last) {
                        changed = fold(others_[next], after[next], after[last], improvements) || changed;
                    }
                }
            }
        }
        Values values = start;
        for (std::size_t first = 0; first < others_.size(); ++first) {
            fold(others_[first], after[first], values, improvements);
        }
        return values;
    }

    const Graph& graph_;
    std::size_t focal_;
    const Context& context_;
    std::vector<std::size_t> others_;
};

/// Stable where the worst that follows every improvement is not preferred to the state.
void mark(const Graph& graph, std::size_t focal, const Values& forced, Concept which, Cells& cells) {
    const DecisionMaker& maker = graph.makers[focal];
    Values after(maker.payoff.size(), std::numeric_limits<Payoff>::min());
    Values seen = forced;
    for (std::size_t s = 0; s < maker.unseen.size(); ++s) {
        if (maker.unseen[s]) {
            seen[s] = std::numeric_limits<Payoff>::min();  // it does not think of moving there
        }
    }
    maker.moves.fold_improvements<std::greater<>>(maker.payoff, seen, after);
    for (std::size_t s = 0; s < after.size(); ++s) {
        const auto state = static_cast<StateIndex>(s);
        if (!maker.sees(state) || after[s] <= maker.payoff[s]) {
            cells.set(which, focal, state);
        }
    }
}

}  // namespace

Cells stability_cells(const Graph& graph, std::span<const Concept> concepts, const Context& context) {
    const auto wanted = [&](Concept which) { return std::ranges::find(concepts, which) != concepts.end(); };
    Cells cells(graph.makers.size(), graph.states.size());
    for (std::size_t i = 0; i < graph.makers.size(); ++i) {
        context.report("stability", static_cast<double>(i), static_cast<double>(graph.makers.size()));
        const DecisionMaker& maker = graph.makers[i];
        const Forced forced(graph, i, context);
        if (wanted(Concept::nash)) {
            mark(graph, i, maker.payoff, Concept::nash, cells);
        }
        if (wanted(Concept::gmr)) {
            mark(graph, i, forced(maker.payoff, false), Concept::gmr, cells);
        }
        if (wanted(Concept::seq)) {
            mark(graph, i, forced(maker.payoff, true), Concept::seq, cells);
        }
        if (wanted(Concept::smr) || wanted(Concept::sseq)) {
            // The best the decision maker can make of a state by one more move.
            Values escape = maker.payoff;
            for (std::size_t s = 0; s < maker.unseen.size(); ++s) {
                if (maker.unseen[s]) {
                    escape[s] = std::numeric_limits<Payoff>::min();
                }
            }
            maker.moves.fold_moves<std::greater<>>(escape);
            if (wanted(Concept::smr)) {
                mark(graph, i, forced(escape, false), Concept::smr, cells);
            }
            if (wanted(Concept::sseq)) {
                mark(graph, i, forced(escape, true), Concept::sseq, cells);
            }
        }
    }
    if (wanted(Concept::sim)) {
        if (!graph.option_form()) {
            throw Error(
                ErrorKind::unsupported,
                "simultaneous stability needs moves that come from options: with explicit arcs or merged "
                "states, moves made at the same moment have no common result");
        }
        mark_simultaneous(graph, cells, context);
    }
    return cells;
}

}  // namespace steelyard::stability
