// SPDX-License-Identifier: Apache-2.0
#include "choose.hpp"

#include "steelyard/core/error.hpp"

namespace steelyard::stability {

StateIndex chosen_state(const Case& subject, const ConflictGraph& conflict, const std::string& label) {
    if (label.empty()) {
        if (!conflict.status_quo) {
            throw Error(ErrorKind::missing_section,
                        "the conflict has no `status_quo`, so the state to look at must be named");
        }
        return *conflict.status_quo;
    }
    const auto state = conflict.find(parse_state(subject, label));
    if (!state) {
        throw Error(ErrorKind::invalid_option,
                    std::vector{Problem{{}, "the state is infeasible", label, "a feasible state", {}}});
    }
    return *state;
}

std::size_t find_maker(const Graph& graph, const std::string& id) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < graph.makers.size(); ++i) {
        if (graph.makers[i].id == id) {
            return i;
        }
        names.push_back(graph.makers[i].id);
    }
    throw Error(
        ErrorKind::unknown_name,
        std::vector{Problem{
            {}, "not a decision maker of the conflict", id, join_names(names), nearest_name(id, names)}});
}

}  // namespace steelyard::stability
