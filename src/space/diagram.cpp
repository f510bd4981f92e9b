// SPDX-License-Identifier: Apache-2.0
#include "diagram.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <unordered_map>

namespace steelyard::space {

namespace {

using Order = std::vector<std::size_t>;
using Graph = std::vector<std::set<std::size_t>>;

Graph interaction_graph(const Problem& problem) {
    Graph graph(problem.issues.size());
    for (const Term& term : problem.terms) {
        for (const Literal& a : term.when) {
            for (const Literal& b : term.when) {
                if (a.issue != b.issue)
                    graph[a.issue].insert(b.issue);
            }
        }
    }
    return graph;
}

/// Connected groups of two or more issues, each by rising place.
std::vector<Order> coupled_groups(const Graph& graph) {
    std::vector<Order> groups;
    std::vector<char> seen(graph.size());
    for (std::size_t start = 0; start < graph.size(); ++start) {
        if (seen[start] != 0 || graph[start].empty())
            continue;
        Order group{start};
        seen[start] = 1;
        for (std::size_t k = 0; k < group.size(); ++k) {
            for (const std::size_t next : graph[group[k]]) {
                if (seen[next] == 0) {
                    seen[next] = 1;
                    group.push_back(next);
                }
            }
        }
        std::ranges::sort(group);
        groups.push_back(std::move(group));
    }
    return groups;
}

/// Eliminates the issue whose neighbours need the fewest new links (ties: fewest neighbours, then case order).
Order min_fill(Graph graph, const Order& group) {
    Order order;
    std::set<std::size_t> left(group.begin(), group.end());
    while (!left.empty()) {
        std::size_t best = *left.begin();
        auto best_cost = std::pair{std::numeric_limits<std::size_t>::max(), std::size_t{0}};
        for (const std::size_t v : left) {
            std::size_t missing = 0;
            for (const std::size_t a : graph[v]) {
                for (const std::size_t b : graph[v])
                    missing += static_cast<std::size_t>(a < b && !graph[a].contains(b));
            }
            const auto cost = std::pair{missing, graph[v].size()};
            if (cost < best_cost) {
                best_cost = cost;
                best = v;
            }
        }
        for (const std::size_t a : graph[best]) {
            for (const std::size_t b : graph[best]) {
                if (a != b)
                    graph[a].insert(b);
            }
            graph[a].erase(best);
        }
        order.push_back(best);
        left.erase(best);
    }
    return order;
}

/// Takes next the issue that leaves the fewest conditions open, starting from `first`.
Order fewest_open(const Problem& problem, const Order& group, std::size_t first) {
    std::vector<std::vector<std::size_t>> terms_of(problem.issues.size());
    std::vector<std::size_t> left_in(problem.terms.size());
    for (std::size_t t = 0; t < problem.terms.size(); ++t) {
        left_in[t] = problem.terms[t].when.size();
        for (const Literal& literal : problem.terms[t].when)
            terms_of[literal.issue].push_back(t);
    }
    Order order;
    std::set<std::size_t> left(group.begin(), group.end());
    const auto take = [&](std::size_t issue) {
        for (const std::size_t t : terms_of[issue])
            --left_in[t];
        order.push_back(issue);
        left.erase(issue);
    };
    take(first);
    while (!left.empty()) {
        std::size_t best = *left.begin();
        long best_cost = std::numeric_limits<long>::max();
        for (const std::size_t issue : left) {
            long cost = 0;
            for (const std::size_t t : terms_of[issue]) {
                const bool fresh = left_in[t] == problem.terms[t].when.size();
                cost += (left_in[t] == 1 ? -1 : 0) + (fresh && left_in[t] > 1 ? 1 : 0);
            }
            if (cost < best_cost) {
                best_cost = cost;
                best = issue;
            }
        }
        take(best);
    }
    return order;
}

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

/// A set of conditions as bits.
using Bits = std::vector<std::uint64_t>;

bool test(const Bits& bits, std::size_t k) {
    return (bits[k / 64] >> (k % 64) & 1U) != 0;
}
void set(Bits& bits, std::size_t k) {
    bits[k / 64] |= std::uint64_t{1} << (k % 64);
}

/// Builds layers forward; all conditions are bits of one row, those not open are 0.
class Maker {
public:
    Maker(const Problem& problem, const Context& context, std::size_t most_nodes)
        : problem_(problem), context_(context), most_nodes_(most_nodes) {
        diagram_.gains.emplace_back();
        gain_ids_.emplace(std::vector<std::uint32_t>{}, 0);
        terms_of_.resize(problem.issues.size());
        for (std::size_t t = 0; t < problem.terms.size(); ++t) {
            for (std::size_t k = 0; k < problem.terms[t].when.size(); ++k)
                terms_of_[problem.terms[t].when[k].issue].push_back({t, &problem.terms[t].when[k]});
        }
    }

    /// Throws `TooWide`.
    Diagram make(const Order& order) {
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
        const std::size_t words = problem_.terms.size() / 64 + 1;
        std::vector<Bits> states{Bits(words, 0)};
        for (std::size_t j = 0; j < order.size(); ++j)
            states = add_layer(j, order[j], states);
        remove_dead_ends(states.size());
        return std::move(diagram_);
    }

private:
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
            if (total_ + next.size() > most_nodes_)
                throw TooWide{};
        }
        total_ += next.size();
        diagram_.layers.push_back(std::move(layer));
        return next;
    }

    /// Updates the state by one choice.  The terms it completes, or nothing when it completes a forbidden one.
    std::optional<std::uint32_t> choose(std::size_t step, std::size_t issue, std::uint32_t option,
                                        Bits& state) {
        std::vector<std::uint32_t> completed;
        for (const Use& use : terms_of_[issue]) {
            const std::size_t t = use.term;
            const bool alive = (first_[t] == step || test(state, t)) && use.literal->allowed[option] != 0;
            state[t / 64] &= ~(std::uint64_t{1} << (t % 64));
            if (alive && last_[t] == step) {
                if (problem_.terms[t].forbids())
                    return std::nullopt;
                completed.push_back(static_cast<std::uint32_t>(t));
            } else if (alive) {
                set(state, t);
            }
        }
        if (completed.empty())
            return 0;
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
    std::size_t total_ = 0;
    Diagram diagram_;
    std::map<std::vector<std::uint32_t>, std::uint32_t> gain_ids_;
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

namespace {

/// The order with the smallest diagram of at most `most_nodes` nodes, and its size; nothing when none is so small.
std::optional<std::pair<std::size_t, Order>> best_order(const Problem& problem, const Context& context,
                                                        const std::vector<Order>& orders,
                                                        std::size_t most_nodes) {
    std::optional<std::pair<std::size_t, Order>> best;
    for (const Order& order : orders) {
        try {
            const std::size_t most = best ? best->first : most_nodes;
            const std::size_t nodes = Maker(problem, context, most).make(order).nodes();
            if (!best || nodes < best->first)
                best = std::pair{nodes, order};
        } catch (const TooWide&) {
            continue;  // a narrower order is known, or this limit is too low for it
        }
    }
    return best;
}

}  // namespace

Diagram make_diagram(const Problem& problem, const Context& context, std::size_t most_nodes) {
    const Graph graph = interaction_graph(problem);
    std::vector<std::pair<std::size_t, Order>> groups;  // nodes, best order
    for (const Order& group : coupled_groups(graph)) {
        const Order fill = min_fill(graph, group);
        const std::vector<Order> orders{fill, Order(fill.rbegin(), fill.rend()),
                                        fewest_open(problem, group, fill.front()),
                                        fewest_open(problem, group, group.front()), group};
        // Rising limits: a poor order is given up early when a better one exists.
        std::optional<std::pair<std::size_t, Order>> best;
        for (std::size_t most = std::min<std::size_t>(2'000, most_nodes); !best;
             most = std::min(most * 10, most_nodes)) {
            best = best_order(problem, context, orders, most);
            if (!best && most == most_nodes)
                throw TooWide{};
        }
        groups.push_back(std::move(*best));
    }
    std::ranges::stable_sort(groups, std::greater{}, [](const auto& group) { return group.first; });
    Order order;
    for (const auto& [nodes, group] : groups)
        order.insert(order.end(), group.begin(), group.end());
    for (std::size_t i = 0; i < graph.size(); ++i) {
        if (graph[i].empty())
            order.push_back(i);
    }
    Diagram diagram = Maker(problem, context, most_nodes + graph.size()).make(order);
    diagram.feasible = diagram.feasible && !problem.impossible;
    return diagram;
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
