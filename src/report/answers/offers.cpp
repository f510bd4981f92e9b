// SPDX-License-Identifier: Apache-2.0
#include "report/answers/offers.hpp"

#include "report/words.hpp"

#include <algorithm>
#include <limits>

namespace steelyard::report {

namespace {

/// The option against which an offer is measured: today's, otherwise the one the giver likes best.
OptionId starting_point(const Study& study, ActorId giver, IssueId issue) {
    if (const auto today = study.today(issue)) {
        return *today;
    }
    OptionId best;
    for (std::size_t o = 1; o < study.subject[issue].options.size(); ++o) {
        if (study.scores.points(giver, issue, OptionId(o)) > study.scores.points(giver, issue, best)) {
            best = OptionId(o);
        }
    }
    return best;
}

/// Why the option cannot stand alone, in the words of the rules that say so.
std::vector<std::string> conditions(const Study& study, const Deal& start, const Deal& offered) {
    std::vector<std::string> reasons;
    for (const Rule& rule : study.subject.rules) {
        if (!rule.allows(offered) && rule.allows(start)) {
            reasons.push_back(rule.why.empty() ? "a rule of the case asks for more" : clause(rule.why));
        }
    }
    return reasons;
}

}  // namespace

const Rational& Offer::best_worth() const {
    return *std::ranges::max_element(worth);
}

double Offer::ratio() const {
    return cost > Rational{} ? best_worth().to_double() / cost.to_double()
                             : std::numeric_limits<double>::infinity();
}

Offers offers_of(const Study& study, const TableStudy& at, ActorId giver,
                 const std::vector<ActorId>& receivers) {
    Deal start;
    for (std::size_t i = 0; i < study.subject.issues.size(); ++i) {
        start.push_back(starting_point(study, giver, IssueId(i)));
    }
    Offers found;
    for (const IssueId issue : at.open) {
        for (std::size_t o = 0; o < study.subject[issue].options.size(); ++o) {
            Deal offered = start;
            offered[issue.index] = OptionId(o);
            Offer offer{issue,
                        OptionId(o),
                        study.scores.of(giver, start) - study.scores.of(giver, offered),
                        {},
                        conditions(study, start, offered),
                        {},
                        offered};
            for (const ActorId receiver : receivers) {
                offer.worth.push_back(study.scores.of(receiver, offered) - study.scores.of(receiver, start));
            }
            if (offer.best_worth() <= Rational{}) {
                continue;
            }
            std::optional<std::size_t> forbidden;
            for (const std::size_t index : study.broken(offered)) {
                const Obligation& owed = study.subject.obligations[index];
                if (owed.broken_by(start)) {
                    continue;
                }
                if (owed.hard && !forbidden) {
                    forbidden = index;
                }
                offer.breaks.push_back(index);
            }
            if (forbidden) {
                found.ruled_out.emplace_back(std::move(offer), *forbidden);
            } else {
                found.offers.push_back(std::move(offer));
            }
        }
    }
    found.start = std::move(start);
    std::ranges::stable_sort(found.offers, [](const Offer& one, const Offer& other) {
        return one.ratio() > other.ratio() ||
               (one.ratio() == other.ratio() && one.best_worth() > other.best_worth());
    });
    return found;
}

std::vector<const Offer*> best_by_issue(const std::vector<Offer>& offers) {
    std::vector<const Offer*> best;
    for (const Offer& offer : offers) {
        if (std::ranges::find(best, offer.issue, &Offer::issue) == best.end()) {
            best.push_back(&offer);
        }
    }
    return best;
}

}  // namespace steelyard::report
