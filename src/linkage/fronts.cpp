// SPDX-License-Identifier: Apache-2.0
#include "fronts.hpp"

#include "steelyard/core/error.hpp"

#include <algorithm>
#include <map>

namespace steelyard::linkage {

namespace {

constexpr std::size_t kMostDeals = 2'000'000;

/// Better for the sweep: more points first; of equal points, fewer changes, then the earlier options.
bool before(const TableDeal& a, const TableDeal& b) {
    if (a.points != b.points) {
        return a.points > b.points;
    }
    return a.changes != b.changes ? a.changes < b.changes : a.options < b.options;
}

/// Keeps the efficient deals, one for each vector of points.
void keep_efficient(std::vector<TableDeal>& deals) {
    std::ranges::sort(deals, before);
    std::vector<TableDeal> kept;
    const std::size_t actors = deals.empty() ? 0 : deals.front().points.size();
    for (TableDeal& deal : deals) {
        const auto covers = [&](const TableDeal& other) {
            for (std::size_t p = 0; p < actors; ++p) {
                if (other.points[p] < deal.points[p]) {
                    return false;
                }
            }
            return true;
        };
        // Sorted by the first actor, then the second: with two actors the last kept one decides.
        const bool dominated =
            actors <= 2 ? !kept.empty() && covers(kept.back()) : std::ranges::any_of(kept, covers);
        if (!dominated) {
            kept.push_back(std::move(deal));
        }
    }
    deals = std::move(kept);
}

/// A clause as one table's elimination sees it.
struct Watched {
    const Clause* clause = nullptr;
    bool inside = false;   ///< every issue that can vary belongs to the table
    std::size_t last = 0;  ///< place of its last issue in the table
    std::vector<const OptionFlags*> when,
        then;                ///< of each open issue: options that keep it alive; null: not asked
    bool when_dead = false;  ///< failed by what never varies
    bool then_dead = false;
};

/// The state of all clauses so far: for each, whether `when` and `then` are dead; and kept options.
using State = std::vector<int>;

class Elimination {
public:
    Elimination(const Setup& setup, std::size_t table, const Context& context)
        : setup_(setup), table_(setup.tables[table]), issues_(setup.open[table]), context_(context) {
        for (const ActorId actor : table_.actors) {
            actors_.push_back(actor.index);
        }
        for (const Clause& clause : setup.clauses) {
            watch(clause);
        }
        for (const std::size_t issue : issues_) {
            kept_.push_back(setup.overridable[issue] || setup.asked[issue]);
        }
    }

    std::vector<DealClass> run() {
        std::map<State, std::vector<TableDeal>> states;
        State first;
        for (const Watched& watched : watched_) {
            first.push_back(watched.when_dead ? 1 : 0);
            first.push_back(watched.when_dead || watched.then_dead ? 1 : 0);
        }
        states[first] = {TableDeal{{}, std::vector<std::int64_t>(actors_.size(), 0), 0}};
        for (std::size_t k = 0; k < issues_.size(); ++k) {
            states = next(states, k);
        }
        std::vector<DealClass> classes;
        for (auto& [state, deals] : states) {
            classes.push_back({std::move(deals)});
        }
        return classes;
    }

private:
    void watch(const Clause& clause) {
        Watched watched;
        watched.clause = &clause;
        watched.inside = true;
        watched.when.assign(issues_.size(), nullptr);
        watched.then.assign(issues_.size(), nullptr);
        bool touches = false;
        const auto read = [&](const Term& term, std::vector<const OptionFlags*>& into, bool& dead) {
            for (const auto& [issue, allowed] : term.parts) {
                const auto at = std::ranges::lower_bound(issues_, issue);
                if (at != issues_.end() && *at == issue) {
                    const auto k = static_cast<std::size_t>(at - issues_.begin());
                    into[k] = &allowed;
                    watched.last = std::max(watched.last, k);
                    touches = true;
                } else if (setup_.may_vary[issue]) {
                    watched.inside = false;
                } else if (setup_.start[issue] == kUnset ||
                           !allowed[static_cast<std::size_t>(setup_.start[issue])]) {
                    dead = true;
                }
            }
        };
        read(clause.when, watched.when, watched.when_dead);
        if (clause.then) {
            read(*clause.then, watched.then, watched.then_dead);
        } else {
            watched.then_dead = true;
        }
        if (touches) {
            watched_.push_back(std::move(watched));
        }
    }

    std::map<State, std::vector<TableDeal>> next(const std::map<State, std::vector<TableDeal>>& states,
                                                 std::size_t k) {
        const std::size_t issue = issues_[k];
        const std::size_t options = setup_.subject.issues[issue].options.size();
        std::map<State, std::vector<TableDeal>> result;
        for (const auto& [state, deals] : states) {
            context_.check();
            for (std::size_t o = 0; o < options; ++o) {
                State after = state;
                std::vector<std::int64_t> gain;
                for (const std::size_t actor : actors_) {
                    gain.push_back(setup_.sheet[actor][issue][o]);
                }
                if (!advance(after, k, o, gain)) {
                    continue;
                }
                auto& list = result[after];
                for (const TableDeal& deal : deals) {
                    list.push_back(deal);
                    list.back().options.push_back(static_cast<int>(o));
                    list.back().changes += setup_.start[issue] == static_cast<int>(o) ? 0 : 1;
                    for (std::size_t p = 0; p < gain.size(); ++p) {
                        list.back().points[p] += gain[p];
                    }
                }
            }
        }
        std::size_t total = 0;
        for (auto& [state, deals] : result) {
            keep_efficient(deals);
            total += deals.size();
        }
        if (total > kMostDeals) {
            throw Error(ErrorKind::limit,
                        "table '" + table_.id + "' has more than 2,000,000 efficient deals to keep apart");
        }
        return result;
    }

    /// The clauses after option `o` of issue `k`; false when one forbids it.
    bool advance(State& state, std::size_t k, std::size_t o, std::vector<std::int64_t>& gain) const {
        for (std::size_t c = 0; c < watched_.size(); ++c) {
            const Watched& watched = watched_[c];
            int& when = state[2 * c];
            int& then = state[2 * c + 1];
            if (watched.when[k] != nullptr && !(*watched.when[k])[o]) {
                when = 1;
            }
            if (watched.then[k] != nullptr && !(*watched.then[k])[o]) {
                then = 1;
            }
            if (when == 1) {
                then = 1;  // one state for all that is settled
            }
            if (watched.inside && k == watched.last) {
                if (when == 0 && watched.clause->forbids && then == 1) {
                    return false;
                }
                for (std::size_t p = 0; when == 0 && p < actors_.size(); ++p) {
                    for (const auto& [who, value] : watched.clause->points) {
                        gain[p] += who == actors_[p] ? value : 0;
                    }
                }
                when = then = 1;
            }
        }
        if (kept_[k]) {
            state.push_back(static_cast<int>(o));
        }
        return true;
    }

    const Setup& setup_;
    const Table& table_;
    const std::vector<std::size_t>& issues_;
    const Context& context_;
    std::vector<std::size_t> actors_;
    std::vector<Watched> watched_;
    std::vector<bool> kept_;
};

}  // namespace

std::vector<DealClass> deal_classes(const Setup& setup, std::size_t table, const Context& context) {
    return Elimination(setup, table, context).run();
}

}  // namespace steelyard::linkage
