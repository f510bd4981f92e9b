// SPDX-License-Identifier: Apache-2.0
#include "payoffs.hpp"

#include "bits.hpp"
#include "refuse.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/model/scores.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <span>
#include <unordered_map>

namespace steelyard::stability {

namespace {

/// Calls `visit(state, evaluator, bit)` for every state, with the evaluator gone to the state's word.
template <class Visit>
void for_each_state(const Case& subject, const ConflictGraph& graph, const Context& context,
                    const Visit& visit) {
    WordEvaluator words(subject);
    std::uint64_t at = 0;
    for (std::size_t s = 0; s < graph.graph.states.size(); ++s) {
        const StateCode code = graph.graph.states.code(static_cast<StateIndex>(s));
        if (code / 64 != at) {
            at = code / 64;
            words.go_to(at);
            if (at % 65536 == 0) {
                context.check();
            }
        }
        visit(static_cast<StateIndex>(s), words, static_cast<unsigned>(code % 64));
    }
}

/// Lexicographic comparison of statements, as ranks.  Every round refines the ranks by up to 24 further
/// statements, so that any number of them works.
std::vector<Payoff> payoffs_of(const Case& subject, const ConflictGraph& graph, const Statements& statements,
                               const Context& context) {
    constexpr std::size_t chunk = 24;
    std::vector<std::int64_t> keys(graph.graph.states.size(), 0);
    std::vector<Payoff> ranks(keys.size(), 0);
    for (std::size_t first = 0; first < statements.statements.size(); first += chunk) {
        const auto part = std::span(statements.statements)
                              .subspan(first, std::min(chunk, statements.statements.size() - first));
        std::uint64_t at = ~std::uint64_t{0};
        std::vector<Word> truth(part.size());
        for_each_state(subject, graph, context, [&](StateIndex s, const WordEvaluator& words, unsigned bit) {
            if (const std::uint64_t word = graph.graph.states.code(s) / 64; word != at) {
                at = word;
                std::ranges::transform(part, truth.begin(), [&](const Expression& e) { return words(e); });
            }
            std::int64_t key = ranks[s];
            for (const Word holds : truth) {
                key = key * 2 + static_cast<std::int64_t>(holds >> bit & 1U);
            }
            keys[s] = key;
        });
        ranks = dense_payoffs(keys);
    }
    return ranks;
}

std::vector<Payoff> payoffs_of(const Case& subject, const ConflictGraph& graph, const StateRanking& ranking,
                               ActorId actor) {
    const std::string pointer = "/conflict/preferences/" + subject[actor].id + "/ranking";
    constexpr Payoff unranked = -1;
    std::vector<Payoff> payoff(graph.graph.states.size(), unranked);
    std::vector<Problem> problems;
    for (std::size_t r = 0; r < ranking.ranks.size(); ++r) {
        for (const StateCode code : ranking.ranks[r]) {
            const auto s = graph.find(code);
            if (!s) {
                continue;  // an infeasible state may be ranked; it counts for nothing
            }
            const auto value = static_cast<Payoff>(ranking.ranks.size() - 1 - r);
            if (payoff[*s] != unranked && payoff[*s] != value) {
                problems.push_back({{{}, 0, 0, pointer + '/' + std::to_string(r)},
                                    "the ranking has a state in two places",
                                    state_label(subject, code),
                                    {},
                                    {}});
            }
            payoff[*s] = value;
        }
    }
    std::vector<std::string> missing;
    for (std::size_t s = 0; s < payoff.size(); ++s) {
        if (payoff[s] == unranked) {
            missing.push_back(state_label(subject, graph.graph.states.code(static_cast<StateIndex>(s))));
        }
    }
    if (!missing.empty()) {
        problems.push_back({{{}, 0, 0, pointer},
                            "the ranking leaves out feasible states",
                            join_names(missing),
                            "every feasible state once",
                            {}});
    }
    if (!problems.empty()) {
        throw Error(ErrorKind::invalid_case, std::move(problems));
    }
    return dense_payoffs(std::vector<std::int64_t>(payoff.begin(), payoff.end()));
}

/// The points of the deals that states stand for.  Few different deals occur, so each is scored once.
class DealPoints {
public:
    DealPoints(const Case& subject, const ConflictGraph& graph, const Context& context)
        : scores_(subject), deal_of_(graph.graph.states.size()) {
        const auto& entries = subject.conflict->deal;
        if (entries.size() > 64) {
            refuse(ErrorKind::limit, "/conflict/deal", "a conflict has at most 64 deal entries",
                   std::to_string(entries.size()));
        }
        std::unordered_map<std::uint64_t, std::uint32_t> known;
        for_each_state(subject, graph, context, [&](StateIndex s, const WordEvaluator& words, unsigned bit) {
            std::uint64_t pattern = 0;
            for (std::size_t e = 0; e < entries.size(); ++e) {
                pattern |= (words.entry_holds(e) >> bit & 1U) << e;
            }
            const auto [at, fresh] = known.emplace(pattern, static_cast<std::uint32_t>(deals_.size()));
            if (fresh) {
                deals_.push_back(deal_of_state(subject, graph.graph.states.code(s)));
            }
            deal_of_[s] = at->second;
        });
        for (std::size_t i = 0; i < subject.issues.size(); ++i) {
            const auto open = [&](const auto& deal) { return !deal[i].has_value(); };
            if (std::ranges::any_of(deals_, open) && !std::ranges::all_of(deals_, open)) {
                refuse(ErrorKind::missing_section, "/issues/" + subject.issues[i].id,
                       "states of the conflict settle this issue, so it needs a `status_quo` for the other "
                       "states");
            }
        }
    }

    /// Points of every state's deal; issues that stay open count nothing.
    [[nodiscard]] std::vector<Rational> of(ActorId actor) const {
        std::vector<Rational> points;
        for (const auto& deal : deals_) {
            Rational sum;
            for (std::size_t i = 0; i < deal.size(); ++i) {
                sum += deal[i] ? scores_.points(actor, IssueId(i), *deal[i]) : Rational{};
            }
            for (const ScoreTerm& term : scores_.terms()) {
                const bool holds = std::ranges::all_of(term.when.terms, [&](const auto& part) {
                    const auto& option = deal[part.first.index];
                    return option && std::ranges::find(part.second, *option) != part.second.end();
                });
                for (const auto& [who, worth] : term.points) {
                    sum += holds && who == actor ? worth : Rational{};
                }
            }
            points.push_back(sum);
        }
        return points;
    }
    [[nodiscard]] std::uint32_t deal_of(StateIndex s) const { return deal_of_[s]; }
    [[nodiscard]] bool has(ActorId actor) const { return scores_.has(actor); }

private:
    Scores scores_;
    std::vector<std::vector<std::optional<OptionId>>> deals_;
    std::vector<std::uint32_t> deal_of_;
};

/// Whole numbers in the same proportion: all values times their common denominator.
std::vector<std::int64_t> scaled(std::vector<Rational>& values) {
    Rational factor = 1;
    for (const Rational& value : values) {
        const Rational product = value * factor;
        factor *= product.denominator();
    }
    std::vector<std::int64_t> whole;
    for (const Rational& value : values) {
        whole.push_back((value * factor).numerator());
        if (std::abs(static_cast<double>(whole.back())) > 1e17) {
            throw Error(ErrorKind::limit,
                        "the points of the conflict need more than 17 digits to compare exactly");
        }
    }
    return whole;
}

std::vector<Payoff> payoffs_of(const Case& subject, const ConflictGraph& graph, const MovePoints& form,
                               ActorId actor, const DealPoints* deals) {
    std::vector<Rational> values(subject.conflict->moves.size());
    for (const auto& [move, number] : form.points) {
        values[move.index] += number.best();
    }
    const bool with_deal = form.added_to_deal && deals != nullptr && deals->has(actor);
    if (with_deal) {
        const auto points = deals->of(actor);
        values.insert(values.end(), points.begin(), points.end());
    }
    const std::vector<std::int64_t> whole = scaled(values);
    const std::size_t moves = subject.conflict->moves.size();
    std::vector<std::int64_t> keys(graph.graph.states.size());
    for (std::size_t s = 0; s < keys.size(); ++s) {
        const auto state = static_cast<StateIndex>(s);
        std::int64_t sum = with_deal ? whole[moves + deals->deal_of(state)] : 0;
        for (StateCode left = graph.graph.states.code(state); left != 0; left &= left - 1) {
            sum += whole[static_cast<std::size_t>(std::countr_zero(left))];
        }
        keys[s] = sum;
    }
    return dense_payoffs(keys);
}

}  // namespace

template <class T>
std::vector<Payoff> dense_payoffs(const std::vector<T>& values) {
    std::vector<Payoff> payoffs(values.size());
    if constexpr (std::integral<T>) {
        const auto [low, high] = std::ranges::minmax_element(values);
        if (!values.empty() && *high - *low < static_cast<std::int64_t>(4 * values.size() + 65536)) {
            // A narrow range: number the values that occur by table.
            std::vector<Payoff> number(static_cast<std::size_t>(*high - *low) + 1, 0);
            for (const T value : values) {
                number[static_cast<std::size_t>(value - *low)] = 1;
            }
            std::exclusive_scan(number.begin(), number.end(), number.begin(), 0);
            for (std::size_t s = 0; s < values.size(); ++s) {
                payoffs[s] = number[static_cast<std::size_t>(values[s] - *low)];
            }
            return payoffs;
        }
    }
    std::vector<T> distinct = values;
    std::ranges::sort(distinct);
    const auto rest = std::ranges::unique(distinct);
    distinct.erase(rest.begin(), rest.end());
    for (std::size_t s = 0; s < values.size(); ++s) {
        payoffs[s] = static_cast<Payoff>(std::ranges::lower_bound(distinct, values[s]) - distinct.begin());
    }
    return payoffs;
}
template std::vector<Payoff> dense_payoffs(const std::vector<std::int64_t>&);
template std::vector<Payoff> dense_payoffs(const std::vector<Rational>&);

std::vector<std::vector<Payoff>> conflict_payoffs(const Case& subject, ConflictGraph& graph,
                                                  const Context& context) {
    const Conflict& conflict = *subject.conflict;
    std::optional<DealPoints> deals;
    if (!conflict.deal.empty()) {
        deals.emplace(subject, graph, context);
    }
    const DealPoints* points = deals ? &*deals : nullptr;
    std::vector<std::vector<Payoff>> payoffs;
    std::vector<Problem> problems;
    for (const ActorId actor : graph.actors) {
        const auto at = std::ranges::find(conflict.preferences, actor, &ConflictPreference::actor);
        if (at == conflict.preferences.end()) {
            if (points == nullptr || !points->has(actor)) {
                problems.push_back({{{}, 0, 0, "/conflict/preferences/" + subject[actor].id},
                                    "a decision maker has no preferences over the states",
                                    subject[actor].id,
                                    "statements, a ranking, points or weights under conflict.preferences; or "
                                    "`conflict.deal` entries with preferences over deals",
                                    {}});
                payoffs.emplace_back();
                continue;
            }
            graph.notes.push_back(subject[actor].id +
                                  ": preferences follow from the points of the deals that states stand for");
            payoffs.push_back(payoffs_of(subject, graph, MovePoints{}, actor, points));
        } else if (const auto* statements = std::get_if<Statements>(&at->form)) {
            payoffs.push_back(payoffs_of(subject, graph, *statements, context));
        } else if (const auto* ranking = std::get_if<StateRanking>(&at->form)) {
            payoffs.push_back(payoffs_of(subject, graph, *ranking, actor));
        } else {
            payoffs.push_back(payoffs_of(subject, graph, std::get<MovePoints>(at->form), actor, points));
        }
    }
    if (!problems.empty()) {
        throw Error(ErrorKind::missing_section, std::move(problems));
    }
    return payoffs;
}

}  // namespace steelyard::stability
