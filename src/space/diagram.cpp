// SPDX-License-Identifier: Apache-2.0
#include "diagram.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <unordered_map>

namespace steelyard::space {

namespace {

struct KeyHash {
    std::size_t operator()(const std::vector<std::uint64_t>& key) const {
        std::uint64_t hash = 0x9E3779B97F4A7C15U;
        for (const std::uint64_t word : key) {
            hash = (hash ^ word) * 0xFF51AFD7ED558CCDU;
            hash ^= hash >> 32U;
        }
        return static_cast<std::size_t>(hash);
    }
};

using Bits = ResidualState;

bool test(const Bits& bits, std::size_t k) {
    return (bits[k / 64] >> (k % 64) & 1U) != 0;
}
void set(Bits& bits, std::size_t k) {
    bits[k / 64] |= std::uint64_t{1} << (k % 64);
}
void clear(Bits& bits, std::size_t k) {
    bits[k / 64] &= ~(std::uint64_t{1} << (k % 64));
}

/// Builds layers forward; all conditions are bits of one row, those not open are 0.  In a relaxed diagram a second
/// row follows: the conditions of which it was forgotten whether they are alive.
class Maker {
public:
    Maker(const Problem& problem, const Context& context, std::size_t most_nodes, const StateFilter& filter,
          bool relaxed)
        : problem_(problem), context_(context), most_nodes_(most_nodes), filter_(filter), relaxed_(relaxed) {
        diagram_.gains.emplace_back();
        gain_ids_.emplace(Diagram::Gain{}, 0);
        terms_of_.resize(problem.issues.size());
        for (std::size_t t = 0; t < problem.terms.size(); ++t) {
            for (std::size_t k = 0; k < problem.terms[t].when.size(); ++k)
                terms_of_[problem.terms[t].when[k].issue].push_back({t, &problem.terms[t].when[k]});
        }
    }

    /// Throws `TooWide`.
    Diagram make(const std::vector<std::size_t>& order) {
        std::vector<std::size_t> step_of(problem_.issues.size());
        for (std::size_t j = 0; j < order.size(); ++j)
            step_of[order[j]] = j;
        first_.assign(problem_.terms.size(), order.size());
        last_.assign(problem_.terms.size(), 0);
        for (std::size_t t = 0; t < problem_.terms.size(); ++t) {
            for (const Literal& literal : problem_.terms[t].when) {
                first_[t] = std::min(first_[t], step_of[literal.issue]);
                last_[t] = std::max(last_[t], step_of[literal.issue]);
            }
        }
        words_ = problem_.terms.size() / 64 + 1;
        std::vector<Bits> states{Bits(relaxed_ ? 2 * words_ : words_, 0)};
        for (std::size_t j = 0; j < order.size(); ++j) {
            context_.report("diagram", static_cast<double>(j), static_cast<double>(order.size()));
            states = add_layer(j, order[j], states);
        }
        remove_dead_ends(states.size());
        return std::move(diagram_);
    }

private:
    /// Without a limit the diagram is wanted whatever it costs.
    [[nodiscard]] bool limited() const { return most_nodes_ < std::numeric_limits<std::size_t>::max(); }

    struct Use {
        std::size_t term;
        const Literal* literal;
    };

    void make_classes(Diagram::Layer& layer) const {
        const std::size_t count = problem_.issues[layer.issue].options.size();
        std::map<std::vector<char>, std::uint32_t> classes;
        for (std::uint32_t o = 0; o < count; ++o) {
            std::vector<char> meets;
            for (const Use& use : terms_of_[layer.issue])
                meets.push_back(use.literal->allowed[o]);
            const auto [place, fresh] =
                classes.emplace(std::move(meets), static_cast<std::uint32_t>(layer.options.size()));
            if (fresh)
                layer.options.emplace_back();
            layer.class_of.push_back(place->second);
            layer.options[place->second].push_back(o);
        }
    }

    std::vector<Bits> add_layer(std::size_t step, std::size_t issue, const std::vector<Bits>& states) {
        Diagram::Layer layer;
        layer.issue = issue;
        layer.nodes = states.size();
        make_classes(layer);
        layer.arcs.resize(layer.nodes * layer.classes());
        std::vector<Bits> next;
        std::unordered_map<Bits, std::uint32_t, KeyHash> ids;
        for (std::size_t node = 0; node < layer.nodes; ++node) {
            context_.check();
            for (std::size_t cls = 0; cls < layer.classes(); ++cls) {
                Bits state = states[node];
                const auto gain = choose(step, issue, layer.options[cls].front(), state);
                if (!gain)
                    continue;
                const auto [place, fresh] = ids.emplace(state, static_cast<std::uint32_t>(next.size()));
                if (fresh)
                    next.push_back(std::move(state));
                layer.arcs[node * layer.classes() + cls] = {place->second, *gain};
            }
            const std::size_t nodes = total_ + next.size();
            const bool hurried = nodes > kFewNodes && limited() && context_.budget.requested();
            if (nodes > most_nodes_ || hurried)
                throw TooWide{step};
        }
        diagram_.layers.push_back(std::move(layer));
        if (filter_) {
            const std::vector<std::uint32_t> places = filter_(diagram_, next);
            for (Diagram::Arc& arc : diagram_.layers.back().arcs) {
                if (!places.empty() && arc.target != Diagram::none)
                    arc.target = places[arc.target];
            }
        }
        total_ += next.size();
        return next;
    }

    /// Updates the state by one choice.  The terms it completes, or nothing when it completes a forbidden one.
    std::optional<std::uint32_t> choose(std::size_t step, std::size_t issue, std::uint32_t option,
                                        Bits& state) {
        Diagram::Gain completed;
        for (const Use& use : terms_of_[issue]) {
            const std::size_t t = use.term;
            const std::size_t maybe_bit = words_ * 64 + t;
            const bool allowed = use.literal->allowed[option] != 0;
            const bool alive = allowed && (first_[t] == step || test(state, t));
            const bool maybe = allowed && relaxed_ && test(state, maybe_bit);
            clear(state, t);
            if (relaxed_)
                clear(state, maybe_bit);
            if (last_[t] > step) {
                if (alive)
                    set(state, t);
                if (maybe)
                    set(state, maybe_bit);
            } else if (alive && problem_.terms[t].forbids()) {
                return std::nullopt;
            } else if (alive) {
                completed.terms.push_back(static_cast<std::uint32_t>(t));
            } else if (maybe && !problem_.terms[t].forbids()) {
                completed.maybe.push_back(static_cast<std::uint32_t>(t));
            }
        }
        const auto [place, fresh] =
            gain_ids_.emplace(completed, static_cast<std::uint32_t>(diagram_.gains.size()));
        if (fresh)
            diagram_.gains.push_back(std::move(completed));
        return place->second;
    }

    /// Cuts arcs to nodes from which the end cannot be reached.
    void remove_dead_ends(std::size_t ends) {
        std::vector<char> reaches(std::max<std::size_t>(ends, 1), char{1});
        if (ends == 0)
            diagram_.feasible = false;
        for (std::size_t j = diagram_.layers.size(); j-- > 0;) {
            Diagram::Layer& layer = diagram_.layers[j];
            std::vector<char> here(layer.nodes);
            for (std::size_t node = 0; node < layer.nodes; ++node) {
                for (std::size_t cls = 0; cls < layer.classes(); ++cls) {
                    Diagram::Arc& arc = layer.arcs[node * layer.classes() + cls];
                    if (arc.target != Diagram::none && reaches[arc.target] == 0)
                        arc.target = Diagram::none;
                    if (arc.target != Diagram::none)
                        here[node] = 1;
                }
            }
            reaches = std::move(here);
        }
        diagram_.feasible = diagram_.feasible && reaches[0] != 0;
    }

    const Problem& problem_;
    const Context& context_;
    std::size_t most_nodes_;
    const StateFilter& filter_;
    bool relaxed_;
    std::size_t words_ = 1;  // of a row of conditions
    std::size_t total_ = 0;
    Diagram diagram_;
    std::map<Diagram::Gain, std::uint32_t> gain_ids_;
    std::vector<std::vector<Use>> terms_of_;
    std::vector<std::size_t> first_, last_;
};

}  // namespace

std::size_t Diagram::nodes() const {
    return std::accumulate(layers.begin(), layers.end(), std::size_t{0},
                           [](std::size_t sum, const Layer& layer) { return sum + layer.nodes; });
}

std::size_t Diagram::width() const {
    std::size_t widest = 1;
    for (const Layer& layer : layers)
        widest = std::max(widest, layer.nodes);
    return widest;
}

std::vector<BigInt> points_of(const Problem& problem, const Diagram::Gain& gain) {
    std::vector<BigInt> points(problem.size());
    for (std::size_t p = 0; p < problem.size(); ++p) {
        for (const std::uint32_t t : gain.terms)
            points[p] += problem.terms[t].points[p];
        for (const std::uint32_t t : gain.maybe)
            points[p] += std::max(BigInt(0), problem.terms[t].points[p]);
    }
    return points;
}

Diagram build_diagram(const Problem& problem, const std::vector<std::size_t>& order, const Context& context,
                      std::size_t most_nodes, const StateFilter& filter, bool relaxed) {
    return Maker(problem, context, most_nodes, filter, relaxed).make(order);
}

BigInt count_paths(const Diagram& diagram) {
    std::vector<BigInt> paths{1};
    if (!diagram.feasible)
        return 0;
    for (std::size_t j = diagram.layers.size(); j-- > 0;) {
        const Diagram::Layer& layer = diagram.layers[j];
        std::vector<BigInt> here(layer.nodes);
        for (std::size_t node = 0; node < layer.nodes; ++node) {
            for (std::size_t cls = 0; cls < layer.classes(); ++cls) {
                const Diagram::Arc& arc = layer.arc(node, cls);
                if (arc.target != Diagram::none)
                    here[node] += paths[arc.target] * layer.options[cls].size();
            }
        }
        paths = std::move(here);
    }
    return paths[0];
}

}  // namespace steelyard::space
