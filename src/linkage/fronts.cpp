// SPDX-License-Identifier: Apache-2.0
#include "fronts.hpp"

#include "steelyard/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

namespace steelyard::linkage {

namespace {

constexpr std::size_t kMostDeals = 2'000'000;

/// A deal of the issues so far: an earlier one, kept, and an option more.
struct Draft {
    std::size_t points = 0;  ///< where its points begin
    std::size_t from = 0;    ///< place among all that were kept
    int option = 0;
    int changes = 0;
};

/// Drafts that may replace each other.
struct Drafts {
    std::vector<Draft> list;
    std::vector<std::int64_t> points;  ///< of each draft and actor
};

std::vector<DealClass::Part> parts_of(const std::vector<TableDeal>& deals) {
    const auto size = static_cast<std::size_t>(std::ceil(std::sqrt(deals.size())));
    std::vector<DealClass::Part> parts;
    for (std::size_t begin = 0; begin < deals.size(); begin += size) {
        DealClass::Part part{begin, std::min(begin + size, deals.size()), deals[begin].points};
        for (std::size_t k = part.begin; k < part.end; ++k) {
            std::ranges::transform(part.most, deals[k].points, part.most.begin(), std::ranges::max);
        }
        parts.push_back(std::move(part));
    }
    return parts;
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
        std::map<State, Drafts> states;
        State first;
        for (const Watched& watched : watched_) {
            first.push_back(watched.when_dead ? 1 : 0);
            first.push_back(watched.when_dead || watched.then_dead ? 1 : 0);
        }
        states[first] = {{Draft{}}, std::vector<std::int64_t>(actors_.size(), 0)};
        for (std::size_t k = 0; k < issues_.size(); ++k) {
            states = next(states, k);
        }
        std::vector<DealClass> classes;
        for (const auto& [state, drafts] : states) {
            DealClass& each = classes.emplace_back();
            for (const Draft& draft : drafts.list) {
                const auto points = drafts.points.begin() + static_cast<std::ptrdiff_t>(draft.points);
                each.deals.push_back({options_of(draft, issues_.size()),
                                      {points, points + static_cast<std::ptrdiff_t>(actors_.size())},
                                      draft.changes});
            }
            each.parts = parts_of(each.deals);
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
                           allowed[static_cast<std::size_t>(setup_.start[issue])] == 0) {
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

    std::map<State, Drafts> next(std::map<State, Drafts>& states, std::size_t k) {
        const std::size_t issue = issues_[k];
        const std::size_t options = setup_.subject.issues[issue].options.size();
        std::map<State, Drafts> result;
        std::vector<std::int64_t> gain(actors_.size());
        for (auto& [state, drafts] : states) {
            context_.check();
            for (Draft& draft : drafts.list) {
                kept_drafts_.push_back(draft);
                draft.from = kept_drafts_.size() - 1;
            }
            for (std::size_t o = 0; o < options; ++o) {
                State after = state;
                for (std::size_t p = 0; p < gain.size(); ++p) {
                    gain[p] = setup_.sheet[actors_[p]][issue][o];
                }
                if (!advance(after, k, o, gain)) {
                    continue;
                }
                Drafts& into = result[after];
                for (const Draft& draft : drafts.list) {
                    into.list.push_back(
                        {into.points.size(), draft.from, static_cast<int>(o),
                         draft.changes + (setup_.start[issue] == static_cast<int>(o) ? 0 : 1)});
                    for (std::size_t p = 0; p < gain.size(); ++p) {
                        into.points.push_back(drafts.points[draft.points + p] + gain[p]);
                    }
                }
            }
        }
        std::size_t total = 0;
        for (auto& [state, drafts] : result) {
            keep_efficient(drafts, k + 1);
            total += drafts.list.size();
        }
        if (total > kMostDeals) {
            throw Error(ErrorKind::limit,
                        "table '" + table_.id + "' has more than 2,000,000 efficient deals to keep apart");
        }
        return result;
    }

    /// The options of a draft, in the order of the issues.
    [[nodiscard]] std::vector<int> options_of(Draft draft, std::size_t issues) const {
        std::vector<int> options(issues);
        for (std::size_t k = issues; k-- > 0; draft = kept_drafts_[draft.from]) {
            options[k] = draft.option;
        }
        return options;
    }

    /// Whether one draft has the earlier options: the first issue in which they differ decides.
    [[nodiscard]] bool earlier(const Draft* a, const Draft* b, std::size_t issues) const {
        bool is_earlier = false;
        for (std::size_t k = issues; k-- > 0; a = &kept_drafts_[a->from], b = &kept_drafts_[b->from]) {
            if (a->option != b->option) {
                is_earlier = a->option < b->option;
            }
            if (a->from == b->from) {
                break;
            }
        }
        return is_earlier;
    }

    /// Keeps the efficient deals of so many issues, one for each vector of points: the one with the fewest
    /// changes, then the earliest options.
    void keep_efficient(Drafts& drafts, std::size_t issues) const {
        const std::size_t actors = actors_.size();
        const auto points_of = [&](const Draft& draft) {
            return std::span(drafts.points).subspan(draft.points, actors);
        };
        std::ranges::sort(drafts.list, [&](const Draft& a, const Draft& b) {
            const auto of_a = points_of(a);
            const auto of_b = points_of(b);
            for (std::size_t p = 0; p < actors; ++p) {
                if (of_a[p] != of_b[p]) {
                    return of_a[p] > of_b[p];
                }
            }
            return a.changes != b.changes ? a.changes < b.changes : earlier(&a, &b, issues);
        });
        Drafts kept;
        for (Draft& draft : drafts.list) {
            const auto points = points_of(draft);
            const auto covers = [&](const Draft& other) {
                for (std::size_t p = 0; p < actors; ++p) {
                    if (kept.points[other.points + p] < points[p]) {
                        return false;
                    }
                }
                return true;
            };
            // Sorted by the first actor, then the second: with two actors the last kept one decides.
            const bool dominated = actors <= 2 ? !kept.list.empty() && covers(kept.list.back())
                                               : std::ranges::any_of(kept.list, covers);
            if (!dominated) {
                draft.points = kept.points.size();
                kept.list.push_back(draft);
                kept.points.insert(kept.points.end(), points.begin(), points.end());
            }
        }
        drafts = std::move(kept);
    }

    /// The clauses after option `o` of issue `k`; false when one forbids it.
    bool advance(State& state, std::size_t k, std::size_t o, std::vector<std::int64_t>& gain) const {
        for (std::size_t c = 0; c < watched_.size(); ++c) {
            const Watched& watched = watched_[c];
            int& when = state[2 * c];
            int& then = state[2 * c + 1];
            if (watched.when[k] != nullptr && (*watched.when[k])[o] == 0) {
                when = 1;
            }
            if (watched.then[k] != nullptr && (*watched.then[k])[o] == 0) {
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
    std::vector<Draft> kept_drafts_;  // of all issues but the last
};

}  // namespace

std::vector<DealClass> deal_classes(const Setup& setup, std::size_t table, const Context& context) {
    return Elimination(setup, table, context).run();
}

}  // namespace steelyard::linkage
