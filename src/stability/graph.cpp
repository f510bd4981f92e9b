// SPDX-License-Identifier: Apache-2.0
#include "steelyard/stability/graph.hpp"

#include "bits.hpp"
#include "payoffs.hpp"
#include "refuse.hpp"
#include "steelyard/core/error.hpp"

#include <algorithm>
#include <bit>
#include <map>

namespace steelyard::stability {

namespace {

constexpr std::size_t kMostMoves = 30;
constexpr std::size_t kMostStates = std::size_t{1} << 25U;
constexpr std::size_t kMostArcs = 50'000'000;

Word taken_by_any(const std::vector<MoveId>& moves, std::uint64_t word) {
    Word any = 0;
    for (const MoveId move : moves) {
        any |= move_taken(move.index, word);
    }
    return any;
}

/// Where a pattern forbids the state.
Word forbidden(const Infeasible& pattern, const WordEvaluator& words, std::uint64_t word) {
    if (const auto* expression = std::get_if<Expression>(&pattern)) {
        return words(*expression);
    }
    if (const auto* exclusive = std::get_if<MutuallyExclusive>(&pattern)) {
        Word one = 0;
        Word two = 0;
        for (const MoveId move : exclusive->moves) {
            const Word taken = move_taken(move.index, word);
            two |= one & taken;
            one |= taken;
        }
        return two;
    }
    if (const auto* some = std::get_if<AtLeastOne>(&pattern)) {
        return ~taken_by_any(some->moves, word);
    }
    Word broken = 0;
    for (const auto& [move, needed] : std::get<Requires>(pattern).pairs) {
        broken |= move_taken(move.index, word) & ~move_taken(needed.index, word);
    }
    return broken;
}

/// Calls `visit(word, bits)` with the codes for which `holds(words, word)` is true.
template <class Holds, class Visit>
void scan(const Case& subject, const Context& context, const Holds& holds, const Visit& visit) {
    const std::size_t moves = subject.conflict->moves.size();
    const std::uint64_t count = moves < 6 ? 1 : std::uint64_t{1} << (moves - 6);
    const Word present = moves < 6 ? (Word{1} << (1U << moves)) - 1 : ~Word{0};
    WordEvaluator words(subject);
    for (std::uint64_t word = 0; word < count; ++word) {
        if (word % 65536 == 0) {
            context.check();
        }
        words.go_to(word);
        visit(word, holds(words, word) & present);
    }
}

template <class Visit>
void for_each_code(std::uint64_t word, Word bits, const Visit& visit) {
    for (; bits != 0; bits &= bits - 1) {
        visit(64 * word + static_cast<unsigned>(std::countr_zero(bits)));
    }
}

std::vector<StateCode> feasible_codes(const Case& subject, const Context& context) {
    const Conflict& conflict = *subject.conflict;
    std::vector<StateCode> codes;
    scan(
        subject, context,
        [&](const WordEvaluator& words, std::uint64_t word) {
            Word bad = 0;
            for (const Infeasible& pattern : conflict.infeasible) {
                bad |= forbidden(pattern, words, word);
            }
            return ~bad;
        },
        [&](std::uint64_t word, Word bits) {
            if (codes.size() + static_cast<std::size_t>(std::popcount(bits)) > kMostStates) {
                refuse(ErrorKind::limit, "/conflict/options",
                       "the conflict has more than 33,554,432 feasible states", {},
                       "fewer options, or more `infeasible` patterns");
            }
            for_each_code(word, bits, [&](StateCode code) { codes.push_back(code); });
        });
    if (codes.empty()) {
        refuse(ErrorKind::invalid_case, "/conflict/infeasible", "no state is feasible");
    }
    return codes;
}

/// Merges what the `coalesce` expressions declare the same: the state that stands for each code.
std::map<StateCode, StateCode> merge(const Case& subject, const std::vector<StateCode>& codes,
                                     const Context& context) {
    const Conflict& conflict = *subject.conflict;
    std::map<StateCode, StateCode> into;
    const auto root = [&](StateCode code) {
        for (auto at = into.find(code); at != into.end() && at->second != code; at = into.find(code)) {
            code = at->second;
        }
        return code;
    };
    for (const Expression& expression : conflict.coalesce) {
        std::optional<StateCode> first;
        scan(
            subject, context, [&](const WordEvaluator& words, std::uint64_t) { return words(expression); },
            [&](std::uint64_t word, Word bits) {
                for_each_code(word, bits, [&](StateCode code) {
                    if (!std::ranges::binary_search(codes, code)) {
                        return;
                    }
                    const StateCode mine = root(code);
                    const StateCode other = first ? root(*first) : mine;
                    into[std::max(mine, other)] = std::min(mine, other);
                    first = std::min(mine, other);
                });
            });
    }
    for (auto& [code, target] : into) {
        target = root(code);
    }
    return into;
}

struct Owned {
    StateCode own = 0, forward = 0, back = 0;
};

Owned owned_by(const Conflict& conflict, ActorId actor) {
    Owned owned;
    for (std::size_t k = 0; k < conflict.moves.size(); ++k) {
        if (conflict.moves[k].by == actor) {
            const StateCode bit = StateCode{1} << k;
            owned.own |= bit;
            owned.forward |= conflict.moves[k].direction == Direction::forward ? bit : 0;
            owned.back |= conflict.moves[k].direction == Direction::back ? bit : 0;
        }
    }
    return owned;
}

using Arcs = std::vector<std::pair<StateIndex, StateIndex>>;

/// The arcs of one decision maker where states were merged: the moves of every member, between representatives.
Arcs merged_arcs(const ConflictGraph& result, const std::vector<StateCode>& codes, const Owned& owned) {
    Arcs arcs;
    for (const StateCode code : codes) {
        const StateCode open =
            (owned.own & ~owned.forward & ~owned.back) | (~code & owned.forward) | (code & owned.back);
        for (StateCode part = open; part != 0; part = (part - 1) & open) {
            if (std::ranges::binary_search(codes, code ^ part)) {
                arcs.emplace_back(*result.find(code), *result.find(code ^ part));
            }
        }
        if (arcs.size() > kMostArcs) {
            refuse(ErrorKind::limit, "/conflict/coalesce",
                   "merging states leaves more than 50,000,000 moves");
        }
    }
    return arcs;
}

Arcs written_arcs(const Case& subject, const ConflictGraph& result, ActorId actor) {
    Arcs arcs;
    std::vector<Problem> problems;
    for (const MoveGraph& graph : subject.conflict->graph) {
        if (graph.actor != actor) {
            continue;
        }
        for (std::size_t k = 0; k < graph.arcs.size(); ++k) {
            const auto from = result.find(graph.arcs[k].first);
            const auto to = result.find(graph.arcs[k].second);
            if (!from || !to) {
                const StateCode bad = from ? graph.arcs[k].second : graph.arcs[k].first;
                problems.push_back(
                    {{{}, 0, 0, "/conflict/graph/" + subject[actor].id + '/' + std::to_string(k)},
                     "a move leads from or to a state that is infeasible",
                     state_label(subject, bad),
                     "a feasible state",
                     {}});
                continue;
            }
            arcs.emplace_back(*from, *to);
        }
    }
    if (!problems.empty()) {
        throw Error(ErrorKind::invalid_case, std::move(problems));
    }
    return arcs;
}

std::vector<ActorId> decision_makers(const Case& subject) {
    const Conflict& conflict = *subject.conflict;
    std::vector<ActorId> makers;
    for (std::size_t a = 0; a < subject.actors.size(); ++a) {
        const ActorId actor(a);
        const bool decides =
            std::ranges::any_of(conflict.moves, [&](const Move& m) { return m.by == actor; }) ||
            std::ranges::any_of(conflict.graph, [&](const MoveGraph& g) { return g.actor == actor; }) ||
            std::ranges::any_of(conflict.preferences,
                                [&](const ConflictPreference& p) { return p.actor == actor; });
        if (decides) {
            makers.push_back(actor);
        }
    }
    return makers;
}

std::vector<bool> unseen_by(const Case& subject, const ConflictGraph& result, ActorId actor,
                            const Context& context) {
    std::vector<bool> unseen;
    for (const Misperception& misperception : subject.conflict->misperceptions) {
        if (misperception.actor != actor) {
            continue;
        }
        unseen.resize(result.graph.states.size());
        for (const Expression& expression : misperception.unseen) {
            scan(
                subject, context,
                [&](const WordEvaluator& words, std::uint64_t) { return words(expression); },
                [&](std::uint64_t word, Word bits) {
                    for_each_code(word, bits, [&](StateCode code) {
                        if (const auto s = result.graph.states.find(code)) {
                            unseen[*s] = true;
                        }
                    });
                });
        }
    }
    return unseen;
}

}  // namespace

std::optional<StateIndex> ConflictGraph::find(StateCode code) const {
    const auto at = std::ranges::lower_bound(merged, code, {}, [](const auto& entry) { return entry.first; });
    if (at != merged.end() && at->first == code) {
        return at->second;
    }
    return graph.states.find(code);
}

ConflictGraph make_graph(const Case& subject, const Context& context) {
    if (!subject.conflict || subject.conflict->moves.empty()) {
        refuse(ErrorKind::missing_section, "/conflict", "the case has no `conflict` section with options");
    }
    const Conflict& conflict = *subject.conflict;
    if (conflict.moves.size() > kMostMoves) {
        refuse(ErrorKind::limit, "/conflict/options", "a conflict has at most 30 options",
               std::to_string(conflict.moves.size()));
    }
    ConflictGraph result;
    const std::vector<StateCode> codes = feasible_codes(subject, context);
    if (conflict.coalesce.empty()) {
        result.graph.states = StateSet::of(codes);
    } else {
        const auto into = merge(subject, codes, context);
        std::vector<StateCode> kept;
        for (const StateCode code : codes) {
            const auto at = into.find(code);
            if (at == into.end() || at->second == code) {
                kept.push_back(code);
            }
        }
        result.graph.states = StateSet::of(std::move(kept));
        for (const auto& [code, target] : into) {
            if (code != target) {
                result.merged.emplace_back(code, *result.graph.states.find(target));
            }
        }
    }
    if (conflict.status_quo) {
        result.status_quo = result.find(*conflict.status_quo);
        if (!result.status_quo) {
            refuse(ErrorKind::invalid_case, "/conflict/status_quo", "the status quo is an infeasible state",
                   state_label(subject, *conflict.status_quo));
        }
    }
    result.actors = decision_makers(subject);
    const bool merged = !result.merged.empty();
    std::vector<std::vector<Payoff>> payoffs = conflict_payoffs(subject, result, context);
    for (std::size_t d = 0; d < result.actors.size(); ++d) {
        const ActorId actor = result.actors[d];
        const Owned owned = owned_by(conflict, actor);
        DecisionMaker maker;
        maker.id = subject[actor].id;
        maker.payoff = std::move(payoffs[d]);
        if (!conflict.graph.empty()) {
            maker.moves = Moves::of_arcs(result.graph.states.size(), written_arcs(subject, result, actor));
        } else if (merged) {
            maker.moves = Moves::of_arcs(result.graph.states.size(), merged_arcs(result, codes, owned));
        } else {
            maker.moves =
                Moves::of_options(result.graph.states, maker.payoff, owned.own, owned.forward, owned.back);
        }
        maker.unseen = unseen_by(subject, result, actor, context);
        result.graph.makers.push_back(std::move(maker));
    }
    return result;
}

}  // namespace steelyard::stability
