// SPDX-License-Identifier: Apache-2.0
#include "steelyard/stability/inverse.hpp"

#include "choose.hpp"
#include "steelyard/core/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace steelyard::stability {

namespace {

constexpr std::size_t kToldInWords = 4;

class Inverse {
public:
    Inverse(const Case& subject, const ConflictGraph& conflict, StateIndex state)
        : subject_(subject), conflict_(conflict), graph_(conflict.graph), state_(state) {}

    [[nodiscard]] InverseConcept tell(Concept which, const Context& context) const {
        InverseConcept result;
        result.concept_name = detail::choice_name(which);
        result.radius_exact = which != Concept::seq && which != Concept::sseq;
        result.equilibrium = true;
        double share = 1;
        bool counted = true;
        for (std::size_t i = 0; i < graph_.makers.size(); ++i) {
            context.check();
            Demand demand = demand_on(which, i);
            result.equilibrium = result.equilibrium && demand.stable;
            counted = counted && demand.share.has_value();
            share *= demand.share.value_or(0) / 100;
            result.demands.push_back(std::move(demand));
        }
        if (counted && result.radius_exact) {
            result.share = 100 * share;
        }
        find_radius(result, counted);
        result.text = words(result);
        return result;
    }

private:
    [[nodiscard]] std::string label(StateIndex s) const {
        return state_label(subject_, graph_.states.code(s));
    }
    [[nodiscard]] std::string name(std::size_t maker) const {
        const Actor& actor = subject_[conflict_.actors[maker]];
        return actor.name.empty() ? actor.id : actor.name;
    }

    [[nodiscard]] Demand demand_on(Concept which, std::size_t maker) const {
        const StabilityCondition condition = stability_condition(graph_, which, maker, state_);
        Demand demand;
        demand.decision_maker = graph_.makers[maker].id;
        demand.stable = prove(graph_, which, maker, state_).stable;
        for (const auto& clause : condition.clauses) {
            Clause told{label(clause.move), {}, {}};
            for (const auto& group : clause.groups) {
                told.unless.emplace_back();
                for (const StateIndex t : group) {
                    told.unless.back().push_back(label(t));
                }
            }
            told.text = words(maker, told);
            demand.clauses.push_back(std::move(told));
        }
        demand.condition = condition_words(maker, demand.clauses);
        if (const auto measured = measure(graph_, condition, maker, state_)) {
            demand.rankings = measured->rankings;
            demand.share = 100 * measured->share;
            demand.radius = measured->radius;
            for (const StateIndex t : measured->swapped) {
                demand.swapped.push_back(label(t));
            }
        }
        return demand;
    }

    [[nodiscard]] std::string words(std::size_t maker, const Clause& clause) const {
        std::string text = fmt::format("{} must not prefer '{}'", name(maker), clause.move);
        if (!clause.unless.empty()) {
            std::vector<std::string> groups;
            for (const auto& group : clause.unless) {
                groups.push_back(group.size() == 1 ? "'" + group.front() + "'"
                                                   : fmt::format("any of '{}'", fmt::join(group, "', '")));
            }
            const std::size_t more = groups.size() > kToldInWords ? groups.size() - kToldInWords : 0;
            groups.resize(groups.size() - more);
            text += fmt::format(", or else not {}", fmt::join(groups, ", or not "));
            text += more > 0 ? fmt::format(", or one of {} more ways the others have to answer", more) : "";
        }
        return text;
    }

    [[nodiscard]] std::string condition_words(std::size_t maker, const std::vector<Clause>& clauses) const {
        if (clauses.empty()) {
            return "Stable whatever " + name(maker) + " prefers.";
        }
        std::string text;
        for (std::size_t k = 0; k < std::min(clauses.size(), kToldInWords); ++k) {
            text += (k == 0 ? "" : "; ") + clauses[k].text;
        }
        if (clauses.size() > kToldInWords) {
            text += fmt::format("; and {} more conditions of this kind", clauses.size() - kToldInWords);
        }
        return text + ".";
    }

    /// To break it, one decision maker is enough; to make it, all that leave must change.
    void find_radius(InverseConcept& result, bool counted) const {
        if (!counted) {
            return;
        }
        if (result.equilibrium) {
            for (const Demand& demand : result.demands) {
                if (demand.radius && (!result.radius || *demand.radius < *result.radius)) {
                    result.radius = demand.radius;
                    result.radius_by = {demand.decision_maker};
                }
            }
            return;
        }
        result.radius = 0;
        for (const Demand& demand : result.demands) {
            if (!demand.stable) {
                *result.radius += demand.radius.value_or(0);
                result.radius_by.push_back(demand.decision_maker);
            }
        }
    }

    [[nodiscard]] std::string words(const InverseConcept& result) const {
        std::string text =
            fmt::format("'{}' {} by {}", label(state_),
                        result.equilibrium ? "is an equilibrium" : "is no equilibrium", result.concept_name);
        if (!result.radius) {
            text += result.equilibrium ? "; no change of one ranking would upset it" : "";
        } else {
            text += fmt::format("; {} swap{} in the ranking{} of {} would {} it", *result.radius,
                                *result.radius == 1 ? "" : "s", result.radius_by.size() == 1 ? "" : "s",
                                fmt::join(result.radius_by, " and "), result.equilibrium ? "upset" : "make");
        }
        text += result.share ? fmt::format(". It is one under {:.3g} % of all rankings", *result.share) : "";
        return text + ".";
    }

    const Case& subject_;
    const ConflictGraph& conflict_;
    const Graph& graph_;
    StateIndex state_;
};

}  // namespace

InverseResult inverse(const Case& subject, const InverseOptions& options, const Context& context) {
    const ConflictGraph conflict = make_graph(subject, context);
    const StateIndex state = chosen_state(subject, conflict, options.state);
    std::vector<Concept> concepts = options.concepts;
    if (concepts.empty()) {
        concepts = {Concept::nash, Concept::gmr, Concept::smr, Concept::seq, Concept::sseq};
    }
    if (std::ranges::find(concepts, Concept::sim) != concepts.end()) {
        throw Error(ErrorKind::invalid_option,
                    std::vector{Problem{{{}, 0, 0, "/concepts"},
                                        "the condition for simultaneous stability is not on states alone",
                                        "sim",
                                        "nash, gmr, smr, seq, sseq",
                                        {}}});
    }
    InverseResult result{state_label(subject, conflict.graph.states.code(state)),
                         static_cast<int>(conflict.graph.states.size()),
                         {}};
    const Inverse task(subject, conflict, state);
    for (const Concept which : concepts) {
        result.concepts.push_back(task.tell(which, context));
    }
    return result;
}

}  // namespace steelyard::stability
