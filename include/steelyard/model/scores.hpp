// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Exact points, whichever form the preferences were given in, and stances derived from points.

#include "steelyard/model/case.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace steelyard {

/// Points that a combination adds for one or more actors: a bundle, or the price of a broken obligation.
struct ScoreTerm {
    Condition when;
    std::vector<std::pair<ActorId, Rational>> points;
};

/// The exact points of a case, every uncertain number at its best.
///
/// u_p(deal) = sum over issues of points(p, issue, option) + sum of the terms that the deal contains.
/// A broken obligation with several conditions counts once: terms are made disjoint.
class Scores {
public:
    /// O(actors x options).  Throws `Error` (limit) when a derived number does not stay exact.
    explicit Scores(const Case& subject);
    /// As above for one actor only; the others appear without preferences.
    Scores(const Case& subject, ActorId only);

    /// Whether the actor has preferences.
    [[nodiscard]] bool has(ActorId actor) const { return !sheets_[actor.index].empty(); }
    /// The actors that have preferences, in case order.
    [[nodiscard]] std::vector<ActorId> actors() const;
    /// Points of one option, without bundles and obligations.  0 where the actor has no stake.
    [[nodiscard]] const Rational& points(ActorId actor, IssueId issue, OptionId option) const {
        return sheets_[actor.index][first_[issue.index] + option.index];
    }
    [[nodiscard]] const std::vector<ScoreTerm>& terms() const { return terms_; }
    /// What the actor has without agreement; derived from the status quo, or 0, where the case does not say.
    [[nodiscard]] const Rational& no_deal(ActorId actor) const { return no_deal_[actor.index]; }
    /// Points of a whole deal.
    [[nodiscard]] Rational of(ActorId actor, const Deal& deal) const;

private:
    Scores(const Case& subject, std::optional<ActorId> only);

    std::vector<std::size_t> first_;             // of each issue, the place of its first option in a sheet
    std::vector<std::vector<Rational>> sheets_;  // of each actor, by option; empty without preferences
    std::vector<ScoreTerm> terms_;
    std::vector<Rational> no_deal_;
};

/// Whether a deal breaks no rule, no hard obligation and no settled issue.
bool feasible(const Case& subject, const Deal& deal);

/// Where an actor stands on an issue (0-100) and how much it cares (0-100), whichever form it was given in.
/// From points: the place of the actor's best option (the mean of tied ones); salience is the range of its
/// points on the issue, as a percentage of its largest range over the issues.  None where the actor has no
/// stake.
struct DerivedStance {
    Rational position;
    Rational salience;
    bool derived = false;  ///< follows from points; not stated by the case
};
std::optional<DerivedStance> stance_of(const Case& subject, const Scores& scores, ActorId actor,
                                       IssueId issue);

}  // namespace steelyard
