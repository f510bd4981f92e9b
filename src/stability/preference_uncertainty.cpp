// SPDX-License-Identifier: Apache-2.0
#include "steelyard/stability/preference_uncertainty.hpp"

#include "choose.hpp"
#include "steelyard/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace steelyard::stability {

namespace {

constexpr std::size_t kMostSampledStates = 256;
constexpr double kNormal = 1.959963984540054;  // 95 %

/// The probabilities with which each decision maker prefers one state to another.
class Odds {
public:
    Odds(std::size_t makers, std::size_t states)
        : states_(states), counts_(makers, std::vector<int>(states * states, 0)) {}

    void add(std::size_t maker, const std::vector<Payoff>& payoff) {
        for (std::size_t s = 0; s < states_; ++s) {
            for (std::size_t t = 0; t < states_; ++t) {
                counts_[maker][s * states_ + t] += payoff[t] > payoff[s] ? 1 : 0;
            }
        }
    }
    void close(int draws) { draws_ = draws; }

    /// That it prefers t to s.
    [[nodiscard]] double better(std::size_t maker, StateIndex s, StateIndex t) const {
        return static_cast<double>(counts_[maker][s * states_ + t]) / draws_;
    }

private:
    std::size_t states_;
    std::vector<std::vector<int>> counts_;
    int draws_ = 1;
};

/// The same graph with other payoffs.  Option form keeps its blocks sorted by payoff, so its moves are made anew.
class Redrawn {
public:
    Redrawn(const Case& subject, const ConflictGraph& conflict) : graph_(conflict.graph) {
        for (const ActorId actor : conflict.actors) {
            Bits bits;
            for (std::size_t k = 0; k < subject.conflict->moves.size(); ++k) {
                const Move& move = subject.conflict->moves[k];
                const StateCode bit = StateCode{1} << k;
                bits.own |= move.by == actor ? bit : 0;
                bits.forward |= move.by == actor && move.direction == Direction::forward ? bit : 0;
                bits.back |= move.by == actor && move.direction == Direction::back ? bit : 0;
            }
            bits_.push_back(bits);
        }
    }

    void set(std::size_t maker, std::vector<Payoff> payoff) {
        DecisionMaker& me = graph_.makers[maker];
        me.payoff = std::move(payoff);
        if (me.moves.transitive()) {
            me.moves = Moves::of_options(graph_.states, me.payoff, bits_[maker].own, bits_[maker].forward,
                                         bits_[maker].back);
        }
    }
    [[nodiscard]] const Graph& graph() const { return graph_; }

private:
    struct Bits {
        StateCode own = 0, forward = 0, back = 0;
    };
    Graph graph_;
    std::vector<Bits> bits_;
};

std::vector<double> doubts_of(const Graph& graph, const PreferenceUncertaintyOptions& options) {
    std::vector<double> doubts(graph.makers.size(), options.doubt);
    for (const auto& [id, doubt] : options.doubts) {
        const std::size_t maker = find_maker(graph, id);
        const bool sound = doubt >= 0 && doubt <= 0.5;
        if (!sound) {
            throw Error(
                ErrorKind::invalid_option,
                std::vector{Problem{
                    {{}, 0, 0, "/doubts/" + id}, "out of range", fmt::format("{}", doubt), "0 to 0.5", {}}});
        }
        doubts[maker] = doubt;
    }
    return doubts;
}

bool equilibrium_under(const Graph& graph, Concept which, StateIndex s, const Judgement& judgement) {
    for (std::size_t i = 0; i < graph.makers.size(); ++i) {
        if (!stable_under(graph, which, i, s, judgement)) {
            return false;
        }
    }
    return true;
}

class Senses {
public:
    Senses(const Graph& graph, const Odds& odds, const PreferenceUncertaintyOptions& options) {
        // The attitudes of Li, Hipel, Kilgour & Fang 2004: whether a chance is a reason to go, and to regret.
        const auto surely = [&odds, u = options.unknown](std::size_t i, StateIndex s, StateIndex t) {
            return odds.better(i, s, t) >= 1 - u && odds.better(i, s, t) > odds.better(i, t, s);
        };
        const auto perhaps = [&odds, u = options.unknown](std::size_t i, StateIndex s, StateIndex t) {
            return odds.better(i, s, t) > u || odds.better(i, s, t) >= 1 - u;
        };
        const auto no = [](const Judgement::Question& question) {
            return [question](std::size_t i, StateIndex s, StateIndex t) { return !question(i, s, t); };
        };
        attitudes_ = {Judgement{perhaps, no(perhaps), perhaps}, Judgement{surely, no(perhaps), perhaps},
                      Judgement{perhaps, no(surely), perhaps}, Judgement{surely, no(surely), perhaps}};
        const auto moves = [&odds, p = options.leave](std::size_t i, StateIndex s, StateIndex t) {
            return odds.better(i, s, t) > p;
        };
        likely_ = {moves,
                   [&odds, p = options.deter](std::size_t i, StateIndex s, StateIndex t) {
                       return 1 - odds.better(i, s, t) >= p;
                   },
                   moves};
        const auto prefers = [&graph](std::size_t i, StateIndex s, StateIndex t) {
            return graph.makers[i].prefers(t, s);
        };
        strong_ = {prefers,
                   [&graph, gap = options.strong](std::size_t i, StateIndex s, StateIndex t) {
                       return graph.makers[i].payoff[s] - graph.makers[i].payoff[t] >= gap;
                   },
                   prefers};
    }

    [[nodiscard]] std::string attitudes(const Graph& graph, Concept which, StateIndex s) const {
        std::string names;
        for (std::size_t k = 0; k < attitudes_.size(); ++k) {
            names += equilibrium_under(graph, which, s, attitudes_[k])
                         ? std::string(1, static_cast<char>('a' + k))
                         : "";
        }
        return names;
    }
    [[nodiscard]] bool likely(const Graph& graph, Concept which, StateIndex s) const {
        return equilibrium_under(graph, which, s, likely_);
    }
    [[nodiscard]] bool strong(const Graph& graph, Concept which, StateIndex s) const {
        return which != Concept::nash && equilibrium_under(graph, which, s, strong_);
    }

private:
    std::array<Judgement, 4> attitudes_;
    Judgement likely_;
    Judgement strong_;
};

/// Wilson's interval, in percent.
std::pair<double, double> interval(int hits, int draws) {
    const double n = draws;
    const double share = hits / n;
    const double middle = (share + kNormal * kNormal / (2 * n)) / (1 + kNormal * kNormal / n);
    const double half = kNormal / (1 + kNormal * kNormal / n) *
                        std::sqrt(share * (1 - share) / n + kNormal * kNormal / (4 * n * n));
    // At the ends the interval begins and ends exactly there.
    return {hits == 0 ? 0 : 100 * std::max(0.0, middle - half),
            hits == draws ? 100 : 100 * std::min(1.0, middle + half)};
}

std::vector<Concept> wanted(const PreferenceUncertaintyOptions& options) {
    if (options.concepts.empty()) {
        return {Concept::nash, Concept::gmr, Concept::smr, Concept::seq, Concept::sseq};
    }
    if (std::ranges::find(options.concepts, Concept::sim) != options.concepts.end()) {
        throw Error(ErrorKind::invalid_option,
                    std::vector{Problem{{{}, 0, 0, "/concepts"},
                                        "simultaneous stability is not defined for unknown preferences",
                                        "sim",
                                        "nash, gmr, smr, seq, sseq",
                                        {}}});
    }
    return options.concepts;
}

}  // namespace

PreferenceUncertaintyResult preference_uncertainty(const Case& subject,
                                                   const PreferenceUncertaintyOptions& options,
                                                   const Context& context) {
    const std::vector<Concept> concepts = wanted(options);
    const ConflictGraph conflict = make_graph(subject, context);
    const Graph& graph = conflict.graph;
    const std::size_t makers = graph.makers.size();
    const std::size_t states = graph.states.size();
    if (states > kMostSampledStates) {
        throw Error(ErrorKind::limit,
                    fmt::format("doubtful rankings are drawn for at most {} states; this conflict has {}",
                                kMostSampledStates, states));
    }
    const std::vector<double> doubts = doubts_of(graph, options);

    Odds odds(makers, states);
    Redrawn redrawn(subject, conflict);
    std::vector<std::vector<int>> hits(concepts.size(), std::vector<int>(states, 0));
    for (int draw = 0; draw < options.draws; ++draw) {
        context.check();
        for (std::size_t i = 0; i < makers; ++i) {
            RandomStream stream(context.seed, static_cast<std::uint64_t>(draw),
                                static_cast<std::uint32_t>(i));
            std::vector<Payoff> payoff = doubtful_payoffs(graph.makers[i].payoff, doubts[i], stream);
            odds.add(i, payoff);
            redrawn.set(i, std::move(payoff));
        }
        const Cells cells = stability_cells(redrawn.graph(), concepts, context);
        for (std::size_t c = 0; c < concepts.size(); ++c) {
            for (StateIndex s = 0; s < states; ++s) {
                hits[c][s] += cells.equilibrium(concepts[c], s) ? 1 : 0;
            }
        }
    }
    odds.close(options.draws);

    PreferenceUncertaintyResult result;
    result.draws = options.draws;
    for (std::size_t i = 0; i < makers; ++i) {
        result.decision_makers.push_back(graph.makers[i].id);
        double pairs = 0;
        for (StateIndex s = 0; s < states; ++s) {
            for (StateIndex t = 0; t < s; ++t) {
                const bool open =
                    odds.better(i, s, t) > options.unknown && odds.better(i, t, s) > options.unknown;
                pairs += open ? 1 : 0;
            }
        }
        const double all = static_cast<double>(states * (states - 1)) / 2;
        result.unknown_pairs.emplace_back(graph.makers[i].id, all > 0 ? 100 * pairs / all : 0);
    }
    const Cells now = stability_cells(graph, concepts, context);
    const Senses senses(graph, odds, options);
    for (StateIndex s = 0; s < states; ++s) {
        context.check();
        UncertainState row;
        row.code = graph.states.code(s);
        row.label = state_label(subject, row.code);
        bool listed = conflict.status_quo == s;
        for (std::size_t c = 0; c < concepts.size(); ++c) {
            const std::string name(detail::choice_name(concepts[c]));
            const auto [low, high] = interval(hits[c][s], options.draws);
            row.share.emplace_back(name, 100.0 * hits[c][s] / options.draws);
            row.low.emplace_back(name, low);
            row.high.emplace_back(name, high);
            row.attitudes.emplace_back(name, senses.attitudes(graph, concepts[c], s));
            if (now.equilibrium(concepts[c], s)) {
                row.equilibrium.push_back(name);
            }
            if (senses.likely(graph, concepts[c], s)) {
                row.likely.push_back(name);
            }
            if (senses.strong(graph, concepts[c], s)) {
                row.strong.push_back(name);
            }
            listed = listed || hits[c][s] > 0 || !row.attitudes.back().second.empty();
        }
        if (listed || !row.equilibrium.empty() || !row.likely.empty()) {
            result.states.push_back(std::move(row));
        }
    }
    for (std::size_t c = 0; c < concepts.size(); ++c) {
        const auto best = static_cast<StateIndex>(std::ranges::max_element(hits[c]) - hits[c].begin());
        const std::string name(detail::choice_name(concepts[c]));
        if (hits[c][best] == 0) {
            continue;
        }
        const std::string label = state_label(subject, graph.states.code(best));
        result.surest.emplace_back(name, label);
        result.text +=
            fmt::format("{}By {}, '{}' is an equilibrium in {:.0f} % of the profiles drawn.",
                        result.text.empty() ? "" : " ", name, label, 100.0 * hits[c][best] / options.draws);
    }
    return result;
}

}  // namespace steelyard::stability
