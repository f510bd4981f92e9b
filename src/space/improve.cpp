// SPDX-License-Identifier: Apache-2.0
#include "steelyard/space/improve.hpp"

#include "dominated.hpp"
#include "offers.hpp"
#include "rates.hpp"
#include "reach.hpp"
#include "seek.hpp"
#include "setup.hpp"
#include "spans.hpp"
#include "steelyard/core/error.hpp"

#include <algorithm>
#include <optional>

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
        const Seeker<W> seeker(setup_, shifted_, {.nobody_loses = true}, context_);
        const std::vector<typename W::Value> row = typed_row<W>(exact_);
        const std::optional<bool> efficient = seeker.efficient(row);
        result.efficient = efficient.value_or(false);
        std::vector<BigInt> range;
        for (const Span& span : spans(setup_))
            range.push_back(span.width());
        if (result.efficient || range.empty())
            return;
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
            add(aim, {}, measure, seeker.best(measure), result);
        }
        for (std::size_t p = 0; p < shifted_.size(); ++p) {
            Measure measure;
            measure.kind = Measure::Kind::single;
            measure.actor = p;
            std::vector<Rate> rates;
            for (const BigInt& one : range)
                rates.push_back({1, std::max(one, BigInt(1))});
            set_rates(measure, rates);
            add(Aim::best_for, setup_.actor_id(p), measure, seeker.best(measure), result);
        }
        const Nearest nearest = nearest_dominating<W>(setup_, deal_, row, 1, context_);
        for (const Deal& near : nearest.deals)
            result.packages.push_back(package(Aim::fewest_changes, {}, near, nearest.proven));
        result.decided = efficient.has_value() || !result.packages.empty();
    }

private:
    void add(Aim aim, std::string actor, const Measure& measure, const Found& found,
             ImproveResult& result) const {
        const bool gains = std::ranges::any_of(found.gains, [](const BigInt& gain) { return gain > 0; });
        if (!gains)
            return;
        Package made = package(aim, std::move(actor), setup_.deal(found.options), found.proven);
        // Shares are shown as percentages, and one actor's gain in its points.
        const double unit =
            aim == Aim::nash ? 1
            : aim == Aim::best_for
                ? 1 / (measure.rate(measure.actor) * to_double(setup_.problem.scale[measure.actor]))
                : 100;
        // An actor without a range has the same points in all deals, and no share of it.
        double apart = 0;
        for (std::size_t p = 0; p < shifted_.size() && aim == Aim::most; ++p)
            apart += measure.counts[p] == 0 ? to_double(found.gains[p]) * measure.rate(p) : 0;
        if (aim != Aim::even || std::ranges::count(measure.counts, 0) < std::ssize(measure.counts))
            made.value = unit * (measure.value(found.gains) - apart);
        if (made.value && !found.proven)
            made.bound = std::max(unit * (found.bound - apart), *made.value);
        result.packages.push_back(std::move(made));
    }

    Package package(Aim aim, std::string actor, const Deal& deal, bool proven) const {
        Package made;
        made.aim = aim;
        made.actor = std::move(actor);
        made.deal = name_deal(setup_.subject, deal);
        made.points = setup_.points(deal);
        made.gains = setup_.gains_over(deal_, deal);
        made.proven = proven;
        for (std::size_t i = 0; i < deal.size(); ++i) {
            if (deal[i] != deal_[i])
                made.changes.push_back(setup_.subject.issues[i].id);
        }
        return made;
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
    const EqualOffers found = equal_offers(setup, terms, context);
    result.offers_complete = found.complete;
    for (const EqualOffer& offer : found.offers) {
        const Deal offered = setup.deal(offer.options);
        result.offers.push_back({name_deal(setup.subject, offered), setup.points(offered),
                                 setup.gains_over(deal, offered), 100 * offer.difference, offer.proven});
    }
}

}  // namespace

ImproveResult improve_within(const Case& subject, const ImproveOptions& options, const Context& context,
                             const Reach& reach) {
    const Deal deal = deal_from_names(subject, options.deal);
    const Setup setup(subject, options.table, context, &deal, Tangled::bound, reach);
    ImproveResult result;
    result.table = setup.table.id;
    result.deal = name_deal(subject, deal);
    result.points = setup.points(deal);
    result.exact = setup.outline == nullptr;
    result.reason = why_bounded(setup);
    at_width(setup.width_with(deal), [&](auto width) {
        ImproveResult found = result;
        Improver<decltype(width)>(setup, deal, context).add_packages(found);
        result = std::move(found);
    });
    if (!options.actor.empty())
        add_offers(setup, deal, options, context, result);
    return result;
}

ImproveResult improve(const Case& subject, const ImproveOptions& options, const Context& context) {
    return improve_within(subject, options, context, {});
}

}  // namespace steelyard::space
