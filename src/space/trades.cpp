// SPDX-License-Identifier: Apache-2.0
#include "steelyard/space/trades.hpp"

#include "reach.hpp"
#include "setup.hpp"
#include "spans.hpp"

#include <algorithm>
#include <limits>

namespace steelyard::space {

namespace {

/// Best first; what costs nothing is best of all.
double rank_of(const std::optional<double>& rate) {
    return rate.value_or(std::numeric_limits<double>::infinity());
}

std::vector<TradeRate> all_rates(const Setup& setup) {
    const Case& subject = setup.subject;
    const Scores& scores = setup.scores;
    std::vector<TradeRate> rates;
    for (const OpenIssue& issue : setup.problem.issues) {
        const auto points = [&](ActorId actor, OptionId option) -> const Rational& {
            return scores.points(actor, issue.id, option);
        };
        for (const ActorId giver : setup.problem.actors) {
            for (const ActorId taker : setup.problem.actors) {
                if (giver == taker)
                    continue;
                const auto own = [&](OptionId option) {
                    return std::pair{points(giver, option), points(taker, option)};
                };
                const auto other = [&](OptionId option) {
                    return std::pair{points(taker, option), points(giver, option)};
                };
                const OptionId from = *std::ranges::max_element(issue.options, {}, own);
                const OptionId to = *std::ranges::max_element(issue.options, {}, other);
                TradeRate rate{subject[issue.id].id,
                               subject[giver].id,
                               subject[taker].id,
                               subject.option(issue.id, from).id,
                               subject.option(issue.id, to).id,
                               points(giver, from) - points(giver, to),
                               points(taker, to) - points(taker, from),
                               {}};
                if (rate.takes == Rational(0))
                    continue;  // the giver's best option already is the taker's
                if (rate.gives > Rational(0))
                    rate.rate = rate.takes.to_double() / rate.gives.to_double();
                rates.push_back(std::move(rate));
            }
        }
    }
    std::ranges::stable_sort(rates, std::greater{}, [](const TradeRate& rate) { return rank_of(rate.rate); });
    return rates;
}

std::vector<Exchange> all_exchanges(const std::vector<TradeRate>& rates) {
    std::vector<Exchange> exchanges;
    for (std::size_t i = 0; i < rates.size(); ++i) {
        for (std::size_t j = i + 1; j < rates.size(); ++j) {
            const TradeRate& a = rates[i];
            const TradeRate& b = rates[j];
            if (a.giver != b.taker || a.taker != b.giver || a.issue == b.issue)
                continue;
            Exchange exchange{a.issue, a.giver, b.issue, b.giver, {}};
            if (a.rate && b.rate) {
                exchange.advantage = *a.rate * *b.rate;
                if (*exchange.advantage <= 1)
                    continue;
            }
            exchanges.push_back(std::move(exchange));
        }
    }
    std::ranges::stable_sort(exchanges, std::greater{},
                             [](const Exchange& exchange) { return rank_of(exchange.advantage); });
    return exchanges;
}

/// The deal to start from: the one named, or the status quo where there is one.
std::optional<Deal> base_deal(const Case& subject, const TradesOptions& options) {
    if (options.deal.empty())
        return status_quo_deal(subject);
    return deal_from_names(subject, options.deal);
}

/// Tries every pair of changes.
class SwapSearch {
public:
    SwapSearch(const Setup& setup, const Deal& deal, const Context& context)
        : setup_(setup), deal_(deal), context_(context), own_(setup.points(deal)) {
        for (const Span& span : spans(setup)) {
            const std::size_t p = range_.size();
            range_.push_back(to_double(span.width()) / to_double(setup.problem.scale[p]));
        }
    }

    std::vector<Swap> run() {
        const auto& issues = setup_.problem.issues;
        if (range_.empty())
            return {};  // no deal is feasible
        for (std::size_t i = 0; i < issues.size(); ++i) {
            context_.check();
            context_.report("swaps", static_cast<double>(i), static_cast<double>(issues.size()));
            for (std::size_t j = i + 1; j < issues.size(); ++j)
                try_pair(issues[i], issues[j]);
        }
        std::ranges::stable_sort(swaps_, std::greater{}, &Swap::share);
        return std::move(swaps_);
    }

private:
    void try_pair(const OpenIssue& first, const OpenIssue& second) {
        for (const OptionId a : first.options) {
            if (a == deal_[first.id.index])
                continue;
            for (const OptionId b : second.options) {
                if (b != deal_[second.id.index])
                    try_swap(first.id, a, second.id, b);
            }
        }
    }

    Deal changed(IssueId issue, OptionId option) const {
        Deal deal = deal_;
        deal[issue.index] = option;
        return deal;
    }

    Rational gain(std::size_t p, const Deal& deal) const {
        const ActorId actor = setup_.problem.actors[p];
        return setup_.scores.of(actor, deal) - own(actor);
    }

    const Rational& own(ActorId actor) const {
        const std::string& id = setup_.subject[actor].id;
        return std::ranges::find(own_, id, &std::pair<std::string, Rational>::first)->second;
    }

    void try_swap(IssueId first, OptionId a, IssueId second, OptionId b) {
        Deal deal = changed(first, a);
        deal[second.index] = b;
        std::vector<double> shares;
        std::size_t gainers = 0;
        for (std::size_t p = 0; p < setup_.problem.size(); ++p) {
            const Rational mine = gain(p, deal);
            if (mine < Rational(0))
                return;
            gainers += static_cast<std::size_t>(mine > Rational(0));
            shares.push_back(range_[p] > 0 ? 100 * mine.to_double() / range_[p] : 0);
        }
        if (gainers < 2 || !feasible(setup_.subject, deal))
            return;
        std::ranges::sort(shares, std::greater{});
        // A swap, not two improvements: each change alone hurts somebody.
        const auto hurts = [&](const Deal& half) {
            for (std::size_t p = 0; p < setup_.problem.size(); ++p) {
                if (gain(p, half) < Rational(0))
                    return true;
            }
            return false;
        };
        if (!hurts(changed(first, a)) || !hurts(changed(second, b)))
            return;
        Swap swap{{change(first, a), change(second, b)}, {}, shares[1]};
        for (const auto& [id, points] : setup_.points(deal)) {
            const auto before = std::ranges::find(own_, id, &std::pair<std::string, Rational>::first)->second;
            swap.gains.emplace_back(id, points - before);
        }
        swaps_.push_back(std::move(swap));
    }

    OptionChange change(IssueId issue, OptionId option) const {
        const Case& subject = setup_.subject;
        return {subject[issue].id, subject.option(issue, deal_[issue.index]).id,
                subject.option(issue, option).id};
    }

    const Setup& setup_;
    const Deal& deal_;
    const Context& context_;
    Named<Rational> own_;
    std::vector<double> range_;  // by actor of the table, in points
    std::vector<Swap> swaps_;
};

}  // namespace

TradesResult trades_within(const Case& subject, const TradesOptions& options, const Context& context,
                           const Reach& reach) {
    const std::optional<Deal> deal = base_deal(subject, options);
    const Setup setup(subject, options.table, context, deal ? &*deal : nullptr, Tangled::bound, reach);
    const auto most = static_cast<std::size_t>(options.count);
    TradesResult result;
    result.table = setup.table.id;
    result.exact = setup.outline == nullptr;
    result.reason = why_bounded(setup);
    result.rates = all_rates(setup);
    result.exchanges = all_exchanges(result.rates);
    if (deal) {
        result.deal = name_deal(subject, *deal);
        result.swaps = SwapSearch(setup, *deal, context).run();
        result.swaps_found = static_cast<std::int64_t>(result.swaps.size());
    }
    result.rates.resize(std::min(result.rates.size(), most));
    result.exchanges.resize(std::min(result.exchanges.size(), most));
    result.swaps.resize(std::min(result.swaps.size(), most));
    return result;
}

TradesResult trades(const Case& subject, const TradesOptions& options, const Context& context) {
    return trades_within(subject, options, context, {});
}

}  // namespace steelyard::space
