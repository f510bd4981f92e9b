// SPDX-License-Identifier: Apache-2.0
#include "steelyard/space/talks.hpp"

#include "dominated.hpp"
#include "game.hpp"
#include "ranges.hpp"
#include "setup.hpp"
#include "steelyard/core/error.hpp"

#include <algorithm>

namespace steelyard::space {

namespace {

constexpr std::size_t kMostOffers = 4'000'000;
constexpr std::size_t kMostGames = 5'000;

std::vector<Strategy> strategies_of(const Setup& setup, const TalksOptions& options) {
    std::vector<Strategy> strategies(setup.problem.size(), options.strategy);
    std::vector<std::string> seated;
    for (std::size_t p = 0; p < setup.problem.size(); ++p)
        seated.push_back(setup.actor_id(p));
    std::vector<steelyard::Problem> problems;
    for (const auto& [name, strategy] : options.strategies) {
        const auto place = std::ranges::find(seated, name);
        if (place == seated.end()) {
            problems.push_back({{{}, 0, 0, "/strategies/" + name},
                                "no such actor at table '" + setup.table.id + "'",
                                name,
                                join_names(seated),
                                nearest_name(name, seated)});
        } else {
            strategies[static_cast<std::size_t>(place - seated.begin())] = strategy;
        }
    }
    if (!problems.empty())
        throw Error(ErrorKind::unknown_name, std::move(problems));
    return strategies;
}

template <class W>
class Talks {
public:
    Talks(const Setup& setup, const TalksOptions& options, const Context& context)
        : setup_(setup), options_(options), context_(context), engine_(setup.problem, setup.diagram) {
        Pass<W> pass;
        pass.keep = options.offered == OfferedDeals::all ? Keep::distinct : Keep::undominated;
        pass.most_rows = kMostOffers;
        pass.stage = "offers";
        Passed<W> passed = go_through(engine_, pass, context);
        if (passed.outcome == Outcome::too_many_rows)
            throw Error(ErrorKind::limit,
                        "there are more than 4 million different offers; use `offered: efficient`");
        front_ = std::move(passed.front);
        fill_list();
        rules_ = {options.rounds, options.boulware_exponent, options.conceder_exponent,
                  static_cast<std::size_t>(options.trace)};
    }

    TalksResult run() const {
        const std::vector<Strategy> strategies = strategies_of(setup_, options_);
        TalksResult result;
        result.table = setup_.table.id;
        result.strategies = named(strategies);
        result.deals_offered = static_cast<std::int64_t>(front_.size());
        if (front_.size() == 0)
            return result;
        const GameEnd end = play(list_, strategies, rules_, 0, context_);
        for (const GameTurn& turn : end.trace)
            result.trace.push_back(
                {turn.round, setup_.actor_id(turn.actor), turn.accepts, points(turn.offer)});
        if (end.agreed) {
            const Deal deal = setup_.deal(engine_.layout().options(front_.key(*end.agreed)));
            result.agreement = true;
            result.round = end.round;
            result.proposed_by = setup_.actor_id(end.proposer);
            result.deal = name_deal(setup_.subject, deal);
            result.points = setup_.points(deal);
            result.gains = setup_.gains(deal);
            const std::vector<typename W::Value> row(front_.row(*end.agreed),
                                                     front_.row(*end.agreed) + front_.actors);
            const Passed<W> above = rows_above(engine_, setup_.bounds, row, context_);
            result.efficient =
                above.front.size() == 1 && std::equal(row.begin(), row.end(), above.front.row(0));
        }
        if (options_.tournament)
            add_tournament(result);
        return result;
    }

private:
    void fill_list() {
        list_.actors = engine_.actors();
        const Ranges<W> ranges(engine_);
        const Range<W>& range = ranges.after[0][0];
        for (std::size_t p = 0; p < list_.actors && front_.size() > 0; ++p) {
            const double low = to_double(range.low[p]);
            const double width = to_double(range.high[p]) - low;
            // An actor that cares for nothing is content with everything.
            const auto scale = [&](const typename W::Value& value) {
                return width > 0 ? (to_double(value) - low) / width : 1.0;
            };
            std::vector<double> utility;
            utility.reserve(front_.size());
            for (std::size_t i = 0; i < front_.size(); ++i)
                utility.push_back(scale(front_.row(i)[p]));
            list_.utility.push_back(std::move(utility));
            const bool content = width == 0 && !(range.low[p] < engine_.threshold(p));
            list_.reserve.push_back(width > 0 ? scale(engine_.threshold(p)) : content ? 0.0 : 2.0);
        }
        list_.sort();
    }

    Named<Strategy> named(const std::vector<Strategy>& strategies) const {
        Named<Strategy> list;
        for (std::size_t p = 0; p < strategies.size(); ++p)
            list.emplace_back(setup_.actor_id(p), strategies[p]);
        return list;
    }

    Named<Rational> points(std::uint32_t offer) const {
        Named<Rational> list;
        for (std::size_t p = 0; p < engine_.actors(); ++p)
            list.emplace_back(setup_.actor_id(p),
                              setup_.problem.rational(p, engine_.points(p, front_.row(offer)[p])));
        return list;
    }

    void add_tournament(TalksResult& result) const {
        const auto choices = choices_of(Strategy{});
        const std::size_t n = engine_.actors();
        std::size_t games = 1;
        for (std::size_t p = 0; p < n && games <= kMostGames; ++p)
            games *= choices.size();
        if (games > kMostGames)
            throw Error(ErrorKind::limit, "a tournament of so many actors has more than 5,000 games");
        std::vector<Standing> standings;
        for (const auto& choice : choices)
            standings.push_back({choice.value, 0, 0, 0});
        GameRules rules = rules_;
        rules.trace = 0;
        for (std::size_t g = 0; g < games; ++g) {
            context_.check();
            context_.report("tournament", static_cast<double>(g), static_cast<double>(games));
            std::vector<std::size_t> seats(n);
            std::vector<Strategy> strategies(n);
            for (std::size_t p = 0, rest = g; p < n; ++p, rest /= choices.size()) {
                seats[p] = rest % choices.size();
                strategies[p] = choices[seats[p]].value;
            }
            const GameEnd end = play(list_, strategies, rules, g + 1, context_);
            Game game{named(strategies), end.agreed.has_value(), end.round, {}};
            for (std::size_t p = 0; p < n; ++p) {
                Rational gain;
                Standing& standing = standings[seats[p]];
                ++standing.games;
                if (end.agreed) {
                    const BigInt integer =
                        engine_.points(p, front_.row(*end.agreed)[p]) - setup_.problem.no_deal[p];
                    gain = setup_.problem.rational(p, integer);
                    standing.agreements += 1;
                    standing.gain += list_.utility[p][*end.agreed] - list_.reserve[p];
                }
                game.gains.emplace_back(setup_.actor_id(p), gain);
            }
            result.games.push_back(std::move(game));
        }
        for (Standing& standing : standings) {
            standing.agreements *= 100 / static_cast<double>(standing.games);
            standing.gain *= 100 / static_cast<double>(standing.games);
        }
        std::ranges::stable_sort(standings, std::greater{}, &Standing::gain);
        result.standings = std::move(standings);
    }

    const Setup& setup_;
    const TalksOptions& options_;
    const Context& context_;
    Engine<W> engine_;
    Front<W> front_;
    OfferList list_;
    GameRules rules_;
};

}  // namespace

TalksResult talks(const Case& subject, const TalksOptions& options, const Context& context) {
    const Setup setup(subject, options.table, context);
    if (setup.problem.size() < 2)
        throw Error(ErrorKind::unsupported, "talks need at least two actors with preferences at the table");
    if (!setup.diagram.feasible) {
        TalksResult nothing;
        nothing.table = setup.table.id;
        return nothing;
    }
    return at_width(setup.problem.width,
                    [&](auto width) { return Talks<decltype(width)>(setup, options, context).run(); });
}

}  // namespace steelyard::space
