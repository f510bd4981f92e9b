// SPDX-License-Identifier: Apache-2.0
#include "steelyard/space/improve.hpp"

#include "dominated.hpp"
#include "offers.hpp"
#include "optimum.hpp"
#include "rates.hpp"
#include "setup.hpp"
#include "steelyard/core/error.hpp"

#include <algorithm>

namespace steelyard::space {

namespace {

/// Searches with the deal at hand in place of no deal.
template <class W>
class Improver {
public:
    Improver(const Setup& setup, const Deal& deal, const Context& context)
        : setup_(setup),
          deal_(deal),
          context_(context),
          exact_(setup.exact_row(setup.problem, deal)),
          shifted_(setup.problem) {
        for (std::size_t p = 0; p < shifted_.size(); ++p)
            shifted_.no_deal[p] = exact_[p] + shifted_.constant[p];
    }

    void add_packages(ImproveResult& result) {
        const Engine<W> engine(shifted_, setup_.diagram);
        const std::vector<typename W::Value> row = typed_row<W>(exact_);
        const Passed<W> above = rows_above(engine, setup_.bounds, row, context_);
        if (above.outcome == Outcome::finished) {
            result.efficient = true;
            for (std::size_t i = 0; i < above.front.size(); ++i)
                result.efficient = result.efficient && std::equal(row.begin(), row.end(), above.front.row(i));
            if (result.efficient)
                return;
        }
        const Optimiser<W> optimiser(engine, setup_.bounds, {.nobody_loses = true}, context_);
        const std::vector<BigInt> range = ranges(optimiser);
        for (const Aim aim : {Aim::even, Aim::nash, Aim::most}) {
            Measure measure;
            measure.kind = aim == Aim::even   ? Measure::Kind::least
                           : aim == Aim::nash ? Measure::Kind::product
                                              : Measure::Kind::sum;
            std::vector<Rate> rates;
            for (std::size_t p = 0; p < shifted_.size(); ++p) {
                measure.counts.push_back(static_cast<char>(range[p] > 0));
                rates.push_back({1, aim == Aim::nash ? shifted_.scale[p] : std::max(range[p], BigInt(1))});
            }
            measure.exponent.assign(shifted_.size(), 1);
            set_rates(measure, rates);
            // The largest smallest gain leaves ties open: leximin settles them in favour of efficiency.
            if (aim == Aim::even)
                measure.kind = Measure::Kind::leximin;
            add(aim, {}, optimiser.best(measure), result);
        }
        for (std::size_t p = 0; p < shifted_.size(); ++p) {
            Measure measure;
            measure.kind = Measure::Kind::single;
            measure.actor = p;
            std::vector<Rate> rates;
            for (const BigInt& one : range)
                rates.push_back({1, std::max(one, BigInt(1))});
            set_rates(measure, rates);
            add(Aim::best_for, setup_.actor_id(p), optimiser.best(measure), result);
        }
        for (const Deal& near : nearest_dominating<W>(setup_, deal_, row, 1, context_))
            add(Aim::fewest_changes, {}, near, true, result);
        result.decided = above.outcome == Outcome::finished || !result.packages.empty();
    }

private:
    std::vector<BigInt> ranges(const Optimiser<W>& optimiser) const {
        std::vector<BigInt> widths;
        for (std::size_t p = 0; p < shifted_.size(); ++p) {
            const Range<W>& range = optimiser.ranges().after[0][0];
            widths.push_back(to_big(typename W::Value(range.high[p] - range.low[p])));
        }
        return widths;
    }

    void add(Aim aim, std::string actor, const Found& found, ImproveResult& result) const {
        const bool gains = std::ranges::any_of(found.gains, [](const BigInt& gain) { return gain > 0; });
        if (gains)
            add(aim, std::move(actor), setup_.deal(found.options), found.proven, result);
    }

    void add(Aim aim, std::string actor, const Deal& deal, bool proven, ImproveResult& result) const {
        Package package{aim,   std::move(actor), name_deal(setup_.subject, deal), setup_.points(deal), {}, {},
                        proven};
        package.gains = setup_.gains_over(deal_, deal);
        for (std::size_t i = 0; i < deal.size(); ++i) {
            if (deal[i] != deal_[i])
                package.changes.push_back(setup_.subject.issues[i].id);
        }
        result.packages.push_back(std::move(package));
    }

    const Setup& setup_;
    const Deal& deal_;
    const Context& context_;
    std::vector<BigInt> exact_;
    Problem shifted_;
};

void add_offers(const Setup& setup, const Deal& deal, const ImproveOptions& options, const Context& context,
                ImproveResult& result) {
    const ActorId actor = find_actor(setup.subject, options.actor);
    const auto place = std::ranges::find(setup.problem.actors, actor);
    if (place == setup.problem.actors.end())
        throw Error(ErrorKind::unknown_name, "actor '" + options.actor + "' has no seat at table '" +
                                                 setup.table.id + "', or no preferences");
    if (setup.problem.size() < 2)
        throw Error(ErrorKind::unsupported, "there is nobody else at the table to make offers to");
    OfferTerms terms;
    terms.actor = static_cast<std::size_t>(place - setup.problem.actors.begin());
    terms.level = options.level.value_or(setup.scores.of(actor, deal));
    terms.tolerance = options.tolerance / 100;
    terms.give = options.give / 100;
    terms.count = static_cast<std::size_t>(options.offers);
    for (const EqualOffer& offer : equal_offers(setup, terms, context)) {
        const Deal offered = setup.deal(offer.options);
        result.offers.push_back({name_deal(setup.subject, offered), setup.points(offered),
                                 setup.gains_over(deal, offered), 100 * offer.difference, offer.proven});
    }
}

}  // namespace

ImproveResult improve(const Case& subject, const ImproveOptions& options, const Context& context) {
    const Deal deal = deal_from_names(subject, options.deal);
    const Setup setup(subject, options.table, context, &deal);
    ImproveResult result;
    result.table = setup.table.id;
    result.deal = name_deal(subject, deal);
    result.points = setup.points(deal);
    at_width(setup.width_with(deal), [&](auto width) {
        ImproveResult found = result;
        Improver<decltype(width)>(setup, deal, context).add_packages(found);
        result = std::move(found);
    });
    if (!options.actor.empty())
        add_offers(setup, deal, options, context, result);
    return result;
}

}  // namespace steelyard::space
