// SPDX-License-Identifier: Apache-2.0
#include "exchange_formats.hpp"
#include "findings.hpp"
#include "patterns.hpp"
#include "steelyard/core/version.hpp"
#include "steelyard/format/json.hpp"

#include <algorithm>
#include <map>
#include <ranges>

namespace steelyard::format {

namespace {

constexpr std::size_t kMostPatterns = 500;

class GmcrWriter {
public:
    GmcrWriter(const Case& subject, Findings& findings)
        : subject_(subject), conflict_(*subject.conflict), findings_(findings) {
        // The format's own program puts each decision maker's options side by side, and states are numbered by that order.
        for (std::size_t a = 0; a < subject.actors.size(); ++a) {
            const bool moves =
                std::ranges::any_of(conflict_.moves, [&](const Move& m) { return m.by == ActorId(a); });
            if (!moves && preference(ActorId(a)) == nullptr)
                continue;
            makers_.emplace_back(a);
            for (std::size_t k = 0; k < conflict_.moves.size(); ++k) {
                if (conflict_.moves[k].by == ActorId(a))
                    order_.push_back(k);
            }
        }
    }

    Value write() {
        if (!conflict_.graph.empty())
            unsupported("/conflict/graph", "the format has no moves but changes of options");
        if (!conflict_.coalesce.empty())
            unsupported("/conflict/coalesce", "the format cannot merge states");
        Value::List options;
        for (const std::size_t k : order_) {
            const Move& move = conflict_.moves[k];
            const char* direction = move.direction == Direction::both      ? "both"
                                    : move.direction == Direction::forward ? "fwd"
                                                                           : "back";
            options.emplace_back(Value::Map{{"name", Value(move.name.empty() ? move.id : move.name)},
                                            {"permittedDirection", Value(direction)}});
        }
        Value::List infeasibles = write_infeasibles();
        const bool manual = !std::ranges::all_of(makers_, [&](ActorId actor) {
            const ConflictPreference* given = preference(actor);
            return given != nullptr && std::holds_alternative<Statements>(given->form);
        });
        std::vector<StateCode> states;
        if (manual && findings_.clean()) {
            if (auto found = feasible_states(infeasible_, order_.size()))
                states = std::move(*found);
            else
                unsupported("/conflict/options", "too many states to number for a ranking");
        }
        Value::List makers;
        for (const ActorId actor : makers_)
            makers.push_back(write_maker(actor, manual, states));
        if (conflict_.status_quo)
            findings_.note("the status quo is left out: the format has no place for it");
        return Value(Value::Map{{"program", Value("steelyard")},
                                {"version", Value(version())},
                                {"options", Value(std::move(options))},
                                {"decisionMakers", Value(std::move(makers))},
                                {"infeasibles", Value(std::move(infeasibles))},
                                {"useManualPreferenceRanking", Value(manual)}});
    }

private:
    void unsupported(std::string pointer, std::string message) {
        findings_.unsupported({{}, 0, 0, std::move(pointer)}, std::move(message));
    }

    [[nodiscard]] const ConflictPreference* preference(ActorId actor) const {
        const auto at = std::ranges::find(conflict_.preferences, actor, &ConflictPreference::actor);
        return at == conflict_.preferences.end() ? nullptr : &*at;
    }

    /// Codes and patterns count options in the order they are written in.
    [[nodiscard]] StateCode written(StateCode code) const {
        StateCode result = 0;
        for (std::size_t place = 0; place < order_.size(); ++place)
            result |= (code >> order_[place] & 1U) << place;
        return result;
    }
    [[nodiscard]] std::size_t place(MoveId move) const {
        return static_cast<std::size_t>(std::ranges::find(order_, std::size_t{move.index}) - order_.begin());
    }

    Patterns patterns(const Expression& expression, const std::string& pointer) {
        auto found = patterns_of(expression, kMostPatterns);
        if (!found) {
            unsupported(pointer,
                        "an expression on issues, or one of more than 500 cases, has no place in the format");
            return {};
        }
        for (Pattern& pattern : *found)
            pattern = {written(pattern.care), written(pattern.taken)};
        std::ranges::sort(*found);
        return *found;
    }

    [[nodiscard]] static Value literals(const Pattern& pattern) {
        Value::List list;
        for (std::size_t k = 0; k < 64; ++k) {
            if ((pattern.care >> k & 1U) != 0) {
                const char* taken = (pattern.taken >> k & 1U) != 0 ? "Y" : "N";
                list.emplace_back(Value::List{Value(static_cast<std::int64_t>(k)), Value(taken)});
            }
        }
        return Value(std::move(list));
    }

    [[nodiscard]] static Value condition(const Patterns& patterns) {
        if (patterns.size() == 1 && patterns.front().care != 0)
            return literals(patterns.front());
        Value::List members;
        for (const Pattern& pattern : patterns) {
            if (pattern.care != 0) {
                members.push_back(literals(pattern));
            } else {  // always: option 0 taken or not
                members.push_back(literals({1, 1}));
                members.push_back(literals({1, 0}));
            }
        }
        return Value(Value::Map{{"compound", Value(true)}, {"members", Value(std::move(members))}});
    }

    Value::List write_infeasibles() {
        Value::List list;
        const auto add = [&](Patterns patterns) {
            if (patterns.empty())
                return;
            infeasible_.insert(infeasible_.end(), patterns.begin(), patterns.end());
            list.push_back(condition(patterns));
        };
        for (std::size_t n = 0; n < conflict_.infeasible.size(); ++n) {
            const std::string pointer = "/conflict/infeasible/" + std::to_string(n);
            const Infeasible& given = conflict_.infeasible[n];
            if (const auto* expression = std::get_if<Expression>(&given)) {
                add(patterns(*expression, pointer));
            } else if (const auto* exclusive = std::get_if<MutuallyExclusive>(&given)) {
                for (std::size_t a = 0; a < exclusive->moves.size(); ++a) {
                    for (std::size_t b = 0; b < a; ++b) {
                        const StateCode both = StateCode{1} << place(exclusive->moves[a]) |
                                               StateCode{1} << place(exclusive->moves[b]);
                        add({{both, both}});
                    }
                }
            } else if (const auto* some = std::get_if<AtLeastOne>(&given)) {
                Pattern none;
                for (const MoveId move : some->moves)
                    none.care |= StateCode{1} << place(move);
                add({none});
            } else {
                for (const auto& [move, needed] : std::get<Requires>(given).pairs) {
                    const StateCode taken = StateCode{1} << place(move);
                    add({{taken | StateCode{1} << place(needed), taken}});
                }
            }
        }
        return list;
    }

    Value write_maker(ActorId actor, bool manual, const std::vector<StateCode>& states) {
        const std::string pointer = "/conflict/preferences/" + subject_[actor].id;
        const ConflictPreference* given = preference(actor);
        Value::List options;
        for (std::size_t at = 0; at < order_.size(); ++at) {
            if (conflict_.moves[order_[at]].by == actor)
                options.emplace_back(static_cast<std::int64_t>(at));
        }
        const Actor& who = subject_[actor];
        Value::List statements;
        std::vector<Patterns> stated;
        if (given != nullptr && std::holds_alternative<Statements>(given->form)) {
            const auto& form = std::get<Statements>(given->form);
            for (std::size_t n = 0; n < form.statements.size(); ++n) {
                stated.push_back(patterns(form.statements[n], pointer + '/' + std::to_string(n)));
                if (!manual && !stated.back().empty())  // one that never holds orders nothing
                    statements.push_back(condition(stated.back()));
            }
        }
        Value::Map maker{{"name", Value(who.name.empty() ? who.id : who.name)},
                         {"options", Value(std::move(options))},
                         {"preferences", Value(std::move(statements))}};
        if (manual)
            maker.emplace_back("preferenceRanking", Value(ranking(given, stated, states, pointer)));
        const auto unseen = std::ranges::find(conflict_.misperceptions, actor, &Misperception::actor);
        if (unseen != conflict_.misperceptions.end()) {
            Value::List list;
            for (std::size_t n = 0; n < unseen->unseen.size(); ++n) {
                const Patterns found = patterns(
                    unseen->unseen[n], "/conflict/misperceptions/" + who.id + '/' + std::to_string(n));
                if (!found.empty())
                    list.push_back(condition(found));
            }
            if (!list.empty())
                maker.emplace_back("misperceptions", Value(std::move(list)));
        }
        return Value(std::move(maker));
    }

    /// Numbers of states from best to worst, tied ones in a list.
    Value::List ranking(const ConflictPreference* given, const std::vector<Patterns>& stated,
                        const std::vector<StateCode>& states, const std::string& pointer) {
        Value::List list;
        std::map<StateCode, std::int64_t> number;
        for (const StateCode state : states)
            number.emplace(state, static_cast<std::int64_t>(number.size()) + 1);
        const auto add = [&](const std::vector<std::int64_t>& tied) {
            if (tied.size() == 1) {
                list.emplace_back(tied.front());
            } else if (!tied.empty()) {
                Value::List together;
                for (const std::int64_t each : tied)
                    together.emplace_back(each);
                list.emplace_back(std::move(together));
            }
        };
        const auto* points = given == nullptr ? nullptr : std::get_if<MovePoints>(&given->form);
        const bool from_deals = given == nullptr || (points != nullptr && points->added_to_deal &&
                                                     preference_of(subject_, given->actor) != nullptr);
        if (from_deals) {
            unsupported(pointer,
                        "preferences that come from the points of deals have no place in the format");
            return list;
        }
        if (const auto* ranks = std::get_if<StateRanking>(&given->form)) {
            for (const auto& rank : ranks->ranks) {
                std::vector<std::int64_t> tied;
                for (const StateCode state : rank) {
                    if (const auto at = number.find(written(state)); at != number.end())
                        tied.push_back(at->second);
                }
                add(tied);
            }
            return list;
        }
        // Best first: statements true count as more, one after the other; points by their sum.
        using Merit = std::pair<std::vector<bool>, Rational>;
        std::map<Merit, std::vector<std::int64_t>> by_merit;
        for (const StateCode state : states) {
            Merit merit;
            for (const Patterns& statement : stated)
                merit.first.push_back(matches(statement, state));
            for (std::size_t n = 0; points != nullptr && n < points->points.size(); ++n) {
                const auto& [move, value] = points->points[n];
                merit.second += (state >> place(move) & 1U) != 0 ? value.best() : Rational(0);
            }
            by_merit[merit].push_back(number.at(state));
        }
        for (const auto& [merit, tied] : std::views::reverse(by_merit))
            add(tied);
        return list;
    }

    const Case& subject_;
    const Conflict& conflict_;
    Findings& findings_;
    std::vector<ActorId> makers_;
    std::vector<std::size_t> order_;  // options in the order they are written in
    Patterns infeasible_;             // in that order
};

}  // namespace

Exported write_gmcr(const Case& subject, const ExchangeOptions&) {
    if (!subject.conflict)
        throw Error(ErrorKind::missing_section,
                    "the case has no `conflict` section, which is all that this format holds");
    Findings findings;
    const Value tree = GmcrWriter(subject, findings).write();
    findings.raise();
    findings.note(
        "deals, points, tables, sources, claims and questions are left out: the format holds the conflict "
        "only");
    Exported result;
    result.files.push_back({subject.id + ".gmcr", to_json(tree) + '\n'});
    result.notes = findings.take_notes();
    return result;
}

}  // namespace steelyard::format
