// SPDX-License-Identifier: Apache-2.0
#include "plan.hpp"

#include "relaxed.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>

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

struct GroupPlan {
    Order order;
    std::size_t nodes = 0;
    bool exact = true;
};

/// The order with the smallest diagram of at most `most_nodes` nodes; nothing when none is so small.  Then `orders`
/// is sorted: those that came furthest first.
std::optional<GroupPlan> smallest(const Problem& problem, const Context& context, std::vector<Order>& orders,
                                  std::size_t most_nodes) {
    std::optional<GroupPlan> best;
    std::vector<std::pair<std::size_t, Order>> failed;  // layers built
    for (const Order& order : orders) {
        try {
            const std::size_t most = best ? best->nodes : most_nodes;
            const std::size_t nodes = build_diagram(problem, order, context, most).nodes();
            if (!best || nodes < best->nodes)
                best = GroupPlan{order, nodes, true};
        } catch (const TooWide& too_wide) {
            failed.emplace_back(too_wide.layers, order);
        }
    }
    if (!best) {
        std::ranges::stable_sort(failed, std::greater{}, [](const auto& one) { return one.first; });
        for (std::size_t k = 0; k < orders.size(); ++k)
            orders[k] = failed[k].second;
    }
    return best;
}

/// The order that forgets least.
GroupPlan least_forgetting(const Problem& problem, const Context& context, const std::vector<Order>& orders) {
    constexpr std::size_t width = 128;
    std::optional<double> least;
    GroupPlan best{{}, std::numeric_limits<std::size_t>::max(), false};
    for (const Order& order : orders) {
        const double forgotten = make_relaxed(problem, order, context, width).forgotten;
        if (!least || forgotten < *least) {
            least = forgotten;
            best.order = order;
        }
    }
    return best;
}

GroupPlan plan_group(const Problem& problem, const Context& context, const Graph& graph, const Order& group,
                     std::size_t most_nodes) {
    constexpr std::size_t many = 200'000;
    const Order fill = min_fill(graph, group);
    std::vector<Order> orders{fill, Order(fill.rbegin(), fill.rend()),
                              fewest_open(problem, group, fill.front()),
                              fewest_open(problem, group, group.front()), group};
    // Rising limits: a poor order is given up early when a better one exists.
    for (std::size_t most = std::min(kFewNodes, most_nodes);; most = std::min(most * 10, most_nodes)) {
        std::vector<Order> tried = orders;
        if (most > many)
            tried.resize(1);  // a large diagram is costly to try: only the order that came furthest
        if (auto best = smallest(problem, context, tried, most))
            return *best;
        if (tried.size() == orders.size())
            orders = std::move(tried);
        if (most == most_nodes || context.budget.requested())
            return least_forgetting(problem, context, orders);
    }
}

}  // namespace

Plan plan_order(const Problem& problem, const Context& context, std::size_t most_nodes) {
    const Graph graph = interaction_graph(problem);
    std::vector<GroupPlan> groups;
    Plan plan;
    for (const Order& group : coupled_groups(graph)) {
        groups.push_back(plan_group(problem, context, graph, group, most_nodes));
        plan.exact = plan.exact && groups.back().exact;
    }
    std::ranges::stable_sort(groups, std::greater{}, &GroupPlan::nodes);
    for (const GroupPlan& group : groups)
        plan.order.insert(plan.order.end(), group.order.begin(), group.order.end());
    for (std::size_t i = 0; i < graph.size(); ++i) {
        if (graph[i].empty())
            plan.order.push_back(i);
    }
    return plan;
}

Diagram make_diagram(const Problem& problem, const Plan& plan, const Context& context) {
    Diagram diagram = build_diagram(problem, plan.order, context);
    diagram.feasible = diagram.feasible && !problem.impossible;
    return diagram;
}

Diagram make_diagram(const Problem& problem, const Context& context, std::size_t most_nodes) {
    const Plan plan = plan_order(problem, context, most_nodes);
    if (!plan.exact)
        throw TooWide{};
    return make_diagram(problem, plan, context);
}

}  // namespace steelyard::space
