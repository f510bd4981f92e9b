// SPDX-License-Identifier: Apache-2.0
#include "report/answers/conflict.hpp"

#include "report/words.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/stability/equilibria.hpp"
#include "steelyard/stability/graph.hpp"

#include <algorithm>
#include <set>

namespace steelyard::report {

namespace {

using stability::StateIndex;

bool taken(StateCode code, std::size_t move) {
    return (code >> move & 1U) != 0;
}

/// Whether a state of the conflict stands for a deal at the table.
bool agreed_in(const Study& study, const TableStudy& at, StateCode code) {
    const auto made = [&](std::uint32_t move) { return taken(code, move); };
    const auto today = [&](std::uint32_t issue, std::uint32_t option) {
        return study.today(IssueId(issue)) == OptionId(option);
    };
    return std::ranges::any_of(study.subject.conflict->deal, [&](const StateDeal& entry) {
        return entry.when.evaluate(made, today) &&
               std::ranges::any_of(entry.then, [&](const auto& term) { return at.is_open(term.first); });
    });
}

/// How one gets from state to state.
struct Reached {
    StateIndex from = 0;
    std::size_t maker = 0;
};

/// The states to show, and the steps between them.
class GraphBuilder {
public:
    GraphBuilder(const Study& study, const TableStudy& at, const stability::ConflictGraph& conflict,
                 const std::set<StateIndex>& nash, const std::set<StateIndex>& sequential)
        : study_(study), at_(at), conflict_(conflict), nash_(nash), sequential_(sequential) {}

    [[nodiscard]] StateGraph build();

private:
    [[nodiscard]] const std::vector<stability::DecisionMaker>& makers() const {
        return conflict_.graph.makers;
    }
    /// Every state that can be reached from today, with the last step of a shortest way; with `paying`, only by
    /// steps that the mover prefers.
    [[nodiscard]] std::map<StateIndex, Reached> reach(bool paying) const;
    [[nodiscard]] std::vector<StateIndex> way_to(const std::map<StateIndex, Reached>& from,
                                                 StateIndex target) const;
    void choose_path();
    void choose_states();
    [[nodiscard]] std::string step_words(StateIndex from, StateIndex to, std::size_t maker, bool pays) const;

    const Study& study_;
    const TableStudy& at_;
    const stability::ConflictGraph& conflict_;
    const std::set<StateIndex>& nash_;
    const std::set<StateIndex>& sequential_;
    std::map<StateIndex, Reached> paying_;
    std::map<StateIndex, Reached> any_;
    std::vector<StateIndex> path_;
    std::map<StateIndex, Reached> path_from_;
    std::vector<StateIndex> shown_;
};

std::map<StateIndex, Reached> GraphBuilder::reach(bool paying) const {
    std::map<StateIndex, Reached> found{{*conflict_.status_quo, {*conflict_.status_quo, 0}}};
    std::vector<StateIndex> frontier{*conflict_.status_quo};
    while (!frontier.empty()) {
        std::vector<StateIndex> next;
        for (const StateIndex s : frontier) {
            study_.context.check();
            for (std::size_t m = 0; m < makers().size(); ++m) {
                makers()[m].moves.for_each(s, [&](StateIndex t) {
                    if ((!paying || makers()[m].prefers(t, s)) && found.emplace(t, Reached{s, m}).second) {
                        next.push_back(t);
                    }
                });
            }
        }
        frontier = std::move(next);
    }
    return found;
}

std::vector<StateIndex> GraphBuilder::way_to(const std::map<StateIndex, Reached>& from,
                                             StateIndex target) const {
    std::vector<StateIndex> way{target};
    while (way.back() != *conflict_.status_quo) {
        way.push_back(from.at(way.back()).from);
    }
    std::ranges::reverse(way);
    return way;
}

/// The way from today to a state that stands: by steps that pay whoever makes them where there is one, otherwise the
/// shortest to one with a deal.
void GraphBuilder::choose_path() {
    const auto nearest = [&](const std::map<StateIndex, Reached>& from, bool deals_only) {
        for (const StateIndex s : nash_) {
            if (s == *conflict_.status_quo || !from.contains(s) ||
                (deals_only && !agreed_in(study_, at_, conflict_.graph.states.code(s)))) {
                continue;
            }
            std::vector<StateIndex> way = way_to(from, s);
            if (path_.empty() || way.size() < path_.size()) {
                path_ = std::move(way);
                path_from_ = from;
            }
        }
    };
    nearest(paying_, false);
    if (path_.empty()) {
        nearest(any_, true);
    }
}

void GraphBuilder::choose_states() {
    constexpr std::size_t all = 24;
    constexpr std::size_t most = 30;
    const auto add = [&](StateIndex s) {
        if (shown_.size() < most && std::ranges::find(shown_, s) == shown_.end()) {
            shown_.push_back(s);
        }
    };
    if (conflict_.status_quo) {
        add(*conflict_.status_quo);
    }
    std::ranges::for_each(path_, add);
    std::ranges::for_each(nash_, add);
    for (const auto& [s, step] : paying_) {
        add(s);
    }
    std::ranges::for_each(sequential_, add);
    if (conflict_.graph.states.size() <= all) {
        for (StateIndex s = 0; s < conflict_.graph.states.size(); ++s) {
            add(s);
        }
    }
    // Today and the path, other states that stand, then by the number of steps away from today.
    const auto rank = [&](StateIndex s) {
        const auto on_path = std::ranges::find(path_, s);
        const std::size_t group = conflict_.status_quo == s || on_path != path_.end() ? 0
                                  : nash_.contains(s)                                 ? 1
                                                                                      : 2;
        const std::size_t within = group == 0         ? static_cast<std::size_t>(on_path - path_.begin())
                                   : any_.contains(s) ? way_to(any_, s).size()
                                                      : conflict_.graph.states.size() + 1;
        return std::tuple{group, conflict_.status_quo == s ? std::size_t{0} : within, s};
    };
    std::ranges::stable_sort(shown_, {}, rank);
}

std::string GraphBuilder::step_words(StateIndex from, StateIndex to, std::size_t maker, bool pays) const {
    const auto& states = conflict_.graph.states;
    std::vector<std::string> up;
    std::vector<std::string> down;
    for (std::size_t move = 0; move < study_.subject.conflict->moves.size(); ++move) {
        if (taken(states.code(from), move) != taken(states.code(to), move)) {
            (taken(states.code(to), move) ? up : down).push_back(move_text(study_, move));
        }
    }
    std::string text = list_text(up);
    if (!down.empty()) {
        text += (up.empty() ? "" : ", and ") + std::string("no more ") + list_text(down);
    }
    return text + (pays ? " (better for " : " (at first no better for ") +
           study_.name(conflict_.actors[maker]) + ")";
}

StateGraph GraphBuilder::build() {
    if (conflict_.status_quo) {
        paying_ = reach(true);
        any_ = reach(false);
        choose_path();
    }
    choose_states();
    StateGraph graph;
    const Conflict& told = *study_.subject.conflict;
    for (std::size_t move = 0; move < told.moves.size(); ++move) {
        graph.moves.push_back({move_name(study_, move), study_.subject[told.moves[move].by].id});
    }
    std::map<StateIndex, int> place;
    for (const StateIndex s : shown_) {
        place.emplace(s, static_cast<int>(graph.states.size()));
        StateNode node;
        const StateCode code = conflict_.graph.states.code(s);
        for (std::size_t move = 0; move < told.moves.size(); ++move) {
            if (taken(code, move)) {
                node.moves.push_back(static_cast<int>(move));
            }
        }
        node.today = conflict_.status_quo == s;
        node.deal = agreed_in(study_, at_, code);
        node.nash = nash_.contains(s);
        node.sequential = sequential_.contains(s);
        graph.states.push_back(std::move(node));
    }
    const auto on_path = [&](StateIndex from, StateIndex to) {
        for (std::size_t i = 1; i < path_.size(); ++i) {
            if (path_[i - 1] == from && path_[i] == to) {
                return true;
            }
        }
        return false;
    };
    for (const StateIndex s : shown_) {
        for (std::size_t m = 0; m < makers().size(); ++m) {
            std::optional<StateIndex> best;
            makers()[m].moves.for_each(s, [&](StateIndex t) {
                if (place.contains(t) && makers()[m].prefers(t, s) &&
                    (!best || makers()[m].prefers(t, *best))) {
                    best = t;
                }
            });
            if (best && !on_path(s, *best)) {
                graph.steps.push_back(
                    {place[s], place[*best], study_.subject[conflict_.actors[m]].id, true, false});
            }
        }
    }
    for (std::size_t i = 1; i < path_.size(); ++i) {
        const std::size_t maker = path_from_.at(path_[i]).maker;
        const bool pays = makers()[maker].prefers(path_[i], path_[i - 1]);
        graph.steps.push_back(
            {place[path_[i - 1]], place[path_[i]], study_.subject[conflict_.actors[maker]].id, pays, true});
        graph.path.push_back(step_words(path_[i - 1], path_[i], maker, pays));
    }
    graph.left_out = static_cast<std::int64_t>(conflict_.graph.states.size() - shown_.size());
    return graph;
}

}  // namespace

std::size_t ConflictStudy::taken(std::size_t move, bool with_deal) const {
    return static_cast<std::size_t>(std::ranges::count_if(standing, [&](const StandingState& state) {
        return (state.deal || !with_deal) && report::taken(state.code, move);
    }));
}

std::size_t ConflictStudy::with_deal() const {
    return static_cast<std::size_t>(std::ranges::count(standing, true, &StandingState::deal));
}

std::string move_name(const Study& study, std::size_t move) {
    const Move& item = study.subject.conflict->moves[move];
    const std::string name = clause(item.name.empty() ? item.id : item.name);
    return name.substr(0, name.find(';'));
}

std::string move_text(const Study& study, std::size_t move) {
    return "“" + move_name(study, move) + "”";
}

std::string state_text(const Study& study, StateCode code) {
    std::vector<std::string> moves;
    for (std::size_t move = 0; move < study.subject.conflict->moves.size(); ++move) {
        if (taken(code, move)) {
            moves.push_back(move_text(study, move));
        }
    }
    return moves.empty() ? "nobody moves" : list_text(moves);
}

std::optional<ConflictStudy> study_conflict(const Study& study, const TableStudy& at) {
    if (!study.subject.conflict || study.subject.conflict->preferences.empty()) {
        return std::nullopt;
    }
    ConflictStudy result;
    stability::EquilibriaOptions options;
    options.concepts = {stability::Concept::nash, stability::Concept::seq};
    options.list = stability::Listing::equilibria;
    options.proofs = stability::Proofs::none;
    try {
        const auto conflict = stability::make_graph(study.subject, study.context);
        const auto found = stability::equilibria(study.subject, options, study.context);
        const auto ranks = [&](StateIndex s) {
            std::map<std::uint32_t, int> by_actor;
            for (std::size_t m = 0; m < conflict.actors.size(); ++m) {
                by_actor[conflict.actors[m].index] = conflict.graph.makers[m].payoff[s];
            }
            return by_actor;
        };
        std::set<StateIndex> nash;
        std::set<StateIndex> sequential;
        for (const stability::StateRow& row : found.states) {
            const auto by = [&](std::string_view name) {
                return std::ranges::find(row.equilibrium, name) != row.equilibrium.end();
            };
            const auto s = conflict.find(row.code);
            if (!s) {
                continue;
            }
            if (by("nash")) {
                nash.insert(*s);
                result.standing.push_back({row.code, agreed_in(study, at, row.code), ranks(*s)});
            } else if (by("seq")) {
                sequential.insert(*s);
                ++result.deterred;
            }
        }
        if (conflict.status_quo) {
            result.today = ranks(*conflict.status_quo);
        }
        constexpr std::size_t many = 1U << 14U;
        if (conflict.graph.states.size() <= many) {
            result.graph = GraphBuilder(study, at, conflict, nash, sequential).build();
        }
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::cancelled) {
            throw;
        }
        // A conflict may be told without all that the analysis needs: the brief says so and goes on.
        result.trouble = error.problems().front().message;
    }
    return result;
}

}  // namespace steelyard::report
