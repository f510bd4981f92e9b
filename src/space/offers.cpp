// SPDX-License-Identifier: Apache-2.0
#include "offers.hpp"

#include "optimum.hpp"
#include "rates.hpp"
#include "spans.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace steelyard::space {

namespace {

/// Differences are counted in millionths of a range: they rank offers, they are not points.
constexpr std::int64_t kParts = 1'000'000;

/// Rows of a search for offers hold more values than a frontier's and prune each other less.
constexpr std::size_t kMostValues = 200'000;

/// Adds a made-up actor to the problem whose points of an option are `points(issue, option)`.
template <class F>
void add_column(Problem& problem, const BigInt& no_deal, F&& points, const BigInt& constant = 0) {
    problem.actors.emplace_back();  // nobody of the case
    problem.scale.emplace_back(1);
    problem.constant.push_back(constant);
    problem.no_deal.push_back(no_deal);
    for (std::size_t i = 0; i < problem.issues.size(); ++i) {
        for (std::size_t o = 0; o < problem.issues[i].options.size(); ++o)
            problem.issues[i].points[o].push_back(points(i, o));
    }
}

class OfferSearch {
public:
    OfferSearch(const Setup& setup, const OfferTerms& terms, const Context& context)
        : setup_(setup),
          terms_(terms),
          context_(context),
          extended_(setup.problem),
          diagram_(&setup.diagram) {
        for (const Span& span : spans(setup))
            range_.push_back(span.width());
        // The offering actor: at least the level, and (as a column of its own, negated) not much more.
        const std::size_t x = terms.actor;
        const BigInt& scale = setup.problem.scale[x];
        const BigInt level = ceiling(terms.level, scale);
        const BigInt most = level + share(terms.tolerance, range_[x]);
        extended_.no_deal[x] = level;
        add_column(
            extended_, -most,
            [&](std::size_t i, std::size_t o) { return -setup.problem.issues[i].points[o][x]; },
            -setup.problem.constant[x]);
        for (Term& term : extended_.terms) {
            if (!term.forbids())
                term.points.push_back(-term.points[x]);
        }
        if (setup.outline)
            look_among_some();
    }

    EqualOffers run() {
        std::vector<EqualOffer> offers;
        add(offers, first_measure());
        while (!offers.empty() && offers.size() < terms_.count) {
            if (offers.size() == 1)
                lower_floors(offers.front());
            add_difference(offers.back());
            const std::size_t before = offers.size();
            add(offers, difference_measure(before));
            if (offers.size() == before)
                break;
            offers.back().difference = difference_from_others(offers);
            if (offers.back().difference == 0) {
                offers.pop_back();  // nothing else is equal: no further offer
                break;
            }
        }
        return {std::move(offers), complete_};
    }

private:
    /// Of an outline's deals: all that may be offers or, where these are too many, some.
    void look_among_some() {
        const Bounds& bounds = setup_.outline->bounds();
        std::vector<Requirement> required;
        for (std::size_t p = 0; p < setup_.problem.size(); ++p) {
            std::vector<double> unit(setup_.problem.size());
            unit[p] = 1;
            required.push_back(
                {bounds.weigh(unit), to_double(BigInt(extended_.no_deal[p] - extended_.constant[p]))});
        }
        some_ = setup_.outline->all_deals(required, setup_.reach.all, context_);
        complete_ = some_.has_value();
        if (!some_)
            some_ = setup_.outline->some_deals(required, setup_.reach.some, context_);
        diagram_ = &*some_;
        all_ = complete_;
    }

    static BigInt ceiling(const Rational& value, const BigInt& scale) {
        const BigInt above = scale * value.numerator();
        const BigInt below = value.denominator();
        BigInt whole = above / below;
        if (whole * below < above)
            ++whole;
        return whole;
    }

    static BigInt share(double part, const BigInt& range) {
        return range * static_cast<std::int64_t>(std::llround(part * kParts)) / kParts;
    }

    [[nodiscard]] bool other(std::size_t p) const { return p < setup_.problem.size() && p != terms_.actor; }

    /// The others' gains together.  The two columns of the offering actor weigh alike and so cancel out.
    Measure first_measure() const {
        Measure measure;
        measure.kind = Measure::Kind::sum;
        std::vector<Rate> rates;
        for (std::size_t p = 0; p < extended_.size(); ++p)
            rates.push_back({1, std::max(range_[p < range_.size() ? p : terms_.actor], BigInt(1))});
        set_rates(measure, rates);
        return measure;
    }

    /// The smallest of the difference columns.
    Measure difference_measure(std::size_t offers) const {
        Measure measure;
        measure.kind = Measure::Kind::least;
        measure.factor.assign(extended_.size(), 1);
        measure.counts.assign(extended_.size(), 0);
        for (std::size_t k = 0; k < offers; ++k)
            measure.counts[extended_.size() - 1 - k] = 1;
        return measure;
    }

    void add(std::vector<EqualOffer>& offers, const Measure& measure) {
        extended_.measure();
        const Bounds bounds(extended_, *diagram_);
        const Found found = at_width(extended_.width, [&](auto width) {
            using W = decltype(width);
            const Engine<W> engine(extended_, *diagram_);
            const Eligible eligible{.nobody_loses = true, .most_values = kMostValues};
            return Optimiser<W>(engine, bounds, eligible, context_).best(measure);
        });
        complete_ = complete_ && found.proven;
        if (found.any())
            offers.push_back({found.options, 0, found.proven && all_});
    }

    /// Later offers may give each other actor a little less than the first, but no less than no deal does.
    void lower_floors(const EqualOffer& first) {
        const std::vector<BigInt> row = setup_.exact_row(setup_.problem, setup_.deal(first.options));
        for (std::size_t p = 0; p < setup_.problem.size(); ++p) {
            if (other(p))
                extended_.no_deal[p] = std::max(extended_.no_deal[p], BigInt(row[p] + extended_.constant[p] -
                                                                             share(terms_.give, range_[p])));
        }
    }

    /// What the other actors gain or lose between two options of an issue as the case states them (bundles aside),
    /// in millionths of their ranges.
    BigInt distance(std::size_t place, std::size_t a, std::size_t b) const {
        BigInt sum = 0;
        const OpenIssue& issue = setup_.problem.issues[place];
        for (std::size_t p = 0; p < setup_.problem.size(); ++p) {
            if (!other(p) || range_[p] == 0)
                continue;
            const ActorId actor = setup_.problem.actors[p];
            const Rational change = abs(setup_.scores.points(actor, issue.id, issue.options[a]) -
                                        setup_.scores.points(actor, issue.id, issue.options[b]));
            sum += setup_.problem.scale[p] / change.denominator() * change.numerator() * kParts / range_[p];
        }
        return sum;
    }

    void add_difference(const EqualOffer& from) {
        add_column(extended_, 0,
                   [&](std::size_t i, std::size_t o) { return distance(i, o, from.options[i]); });
        for (Term& term : extended_.terms) {
            if (!term.forbids())
                term.points.emplace_back(0);
        }
    }

    double difference_from_others(const std::vector<EqualOffer>& offers) const {
        std::optional<BigInt> least;
        for (std::size_t k = 0; k + 1 < offers.size(); ++k) {
            BigInt sum = 0;
            for (std::size_t i = 0; i < setup_.problem.issues.size(); ++i)
                sum += distance(i, offers.back().options[i], offers[k].options[i]);
            least = least ? std::min(*least, sum) : sum;
        }
        return to_double(*least) / static_cast<double>(kParts);
    }

    const Setup& setup_;
    const OfferTerms& terms_;
    const Context& context_;
    Problem extended_;
    std::vector<BigInt> range_;
    std::optional<Diagram> some_;
    const Diagram* diagram_;
    bool all_ = true;       // the diagram holds all deals that may be offers
    bool complete_ = true;  // ... and no search was cut short
};

}  // namespace

EqualOffers equal_offers(const Setup& setup, const OfferTerms& terms, const Context& context) {
    if (!(setup.outline ? setup.outline->relaxed() : setup.diagram).feasible)
        return {};
    return OfferSearch(setup, terms, context).run();
}

}  // namespace steelyard::space
