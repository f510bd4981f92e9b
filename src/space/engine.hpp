// SPDX-License-Identifier: Apache-2.0
#pragma once
/// A problem with its diagram in one width of arithmetic, and the pass over the diagram that all searches are.

#include "bounds.hpp"
#include "diagram.hpp"
#include "front.hpp"
#include "problem.hpp"
#include "steelyard/core/context.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string_view>
#include <vector>

namespace steelyard::space {

template <class W>
class Engine {
public:
    using Value = typename W::Value;
    using Count = typename W::Count;

    Engine(const Problem& problem, const Diagram& diagram);

    [[nodiscard]] const Problem& problem() const { return problem_; }
    [[nodiscard]] const Diagram& diagram() const { return diagram_; }
    [[nodiscard]] const KeyLayout& layout() const { return layout_; }
    [[nodiscard]] std::size_t actors() const { return problem_.size(); }

    /// What a class of options adds: equal options joined, and where asked those that another option of the
    /// class dominates left out.
    struct Addition {
        std::vector<Value> values;
        Count times = 1;
        std::size_t first = 0;  ///< the first such option
    };
    [[nodiscard]] const std::vector<Addition>& additions(std::size_t layer, std::size_t cls,
                                                         Keep keep) const {
        return (keep == Keep::undominated ? undominated_ : distinct_)[layer][cls];
    }
    [[nodiscard]] const std::vector<Value>& gain(std::size_t id) const { return gains_[id]; }

    /// Points without constants of complete option numbers (by issue).
    [[nodiscard]] std::vector<Value> row(const std::vector<std::size_t>& options) const;

    /// Points a row must have so that the actor gets its no-deal value.
    [[nodiscard]] const Value& threshold(std::size_t actor) const { return thresholds_[actor]; }
    /// Whole points of an actor in a row.
    [[nodiscard]] BigInt points(std::size_t actor, const Value& value) const {
        return to_big(value) + problem_.constant[actor];
    }

private:
    const Problem& problem_;
    const Diagram& diagram_;
    KeyLayout layout_;
    std::vector<std::vector<std::vector<Addition>>> distinct_, undominated_;  // layer, class
    std::vector<std::vector<std::vector<Value>>> points_;                     // issue, option, actor
    std::vector<std::vector<Value>> term_points_;                             // term, actor; empty: forbids
    std::vector<std::vector<Value>> gains_;
    std::vector<Value> thresholds_;
};

/// What a pass keeps and when it gives up.
template <class W>
struct Pass {
    Keep keep = Keep::undominated;
    const std::vector<Requirement>* requirements = nullptr;  ///< rows that cannot meet them are dropped
    std::size_t most_rows = std::numeric_limits<std::size_t>::max();  ///< of one layer
    std::string_view stage;                                           ///< for progress
    /// Called with every front of a layer before the next one is made; may change it.
    std::function<void(std::size_t layer, std::size_t node, Front<W>& front)> each;
    /// Called with every front of a layer, again, when the budget is used up while the next one is made: must leave
    /// so few rows that the next one is made quickly.  None: the next one is finished as it is.
    std::function<void(std::size_t layer, std::size_t node, Front<W>& front)> hurry;
    /// Called between layers with the rows in hand, and when the budget is used up between two; false stops the pass.
    std::function<bool(std::size_t layer, const std::vector<Front<W>>& fronts)> proceed;
};

/// How a pass ended.
enum class Outcome { finished, too_many_rows, stopped };

template <class W>
struct Passed {
    Outcome outcome = Outcome::finished;
    Front<W> front;  ///< of the end; empty when no path meets the requirements, or the pass did not finish
};

/// Goes through the diagram layer by layer, joining at each node what arrives there.
/// Throws `Error` (cancelled), `CountOverflow`.
template <class W>
Passed<W> go_through(const Engine<W>& engine, const Pass<W>& pass, const Context& context);

extern template class Engine<Narrow>;
extern template class Engine<Wide>;
extern template class Engine<Big>;
extern template Passed<Narrow> go_through(const Engine<Narrow>&, const Pass<Narrow>&, const Context&);
extern template Passed<Wide> go_through(const Engine<Wide>&, const Pass<Wide>&, const Context&);
extern template Passed<Big> go_through(const Engine<Big>&, const Pass<Big>&, const Context&);

}  // namespace steelyard::space
