// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The points of a case in ordinary numbers, for thousands of draws.

#include "report/study.hpp"

#include <map>
#include <span>
#include <vector>

namespace steelyard::report {

/// The sums of Scores without their exactness.  Deals are made known once; after that neither reading, allocating nor
/// looking up is needed for a draw.
class Sheet {
public:
    explicit Sheet(const Study& study);

    /// Makes a deal known.  The same deal gets the same place.
    std::size_t add(const Deal& deal);
    /// One value for each of Study::numbers.
    void set(std::span<const double> values);
    /// Every number at its best, as Study::numbers.
    [[nodiscard]] const std::vector<double>& best() const { return best_; }

    /// Points above the no-deal value; the actor must have preferences.
    [[nodiscard]] double gain(ActorId actor, std::size_t deal) const;
    /// Points of one option, without bundles and obligations.
    [[nodiscard]] double points(ActorId actor, IssueId issue, OptionId option) const {
        return points_[first_[actor.index] + options_[issue.index] + option.index];
    }

private:
    /// Points that follow from numbers of the case: a product of two, or one alone (`by` absent).
    struct Entry {
        enum class Form { plain, weighted, placed } form = Form::plain;
        std::size_t at = 0;      ///< in points_
        std::size_t number = 0;  ///< the points, the value or the position
        std::size_t by = 0;      ///< weight or salience
        double place = 0;
    };
    /// What a combination adds for an actor: sign times a number.
    struct Extra {
        std::size_t term = 0;
        std::size_t actor = 0;
        std::size_t number = 0;
        double sign = 1;
    };
    struct Known {
        std::vector<std::size_t> options;  ///< places in an actor's sheet
        std::vector<char> terms;           ///< which combinations it contains
    };

    const Case& subject_;
    std::vector<std::size_t> options_;  ///< by issue: where its options begin
    std::size_t width_ = 0;
    std::vector<std::size_t> first_;  ///< by actor: where its sheet begins
    std::vector<Entry> entries_;
    std::vector<std::pair<std::size_t, std::size_t>> no_deals_;  ///< actor, number
    std::vector<std::size_t> today_;  ///< actors whose no-deal value is what today's options are worth
    std::optional<std::size_t> status_quo_;
    std::vector<Extra> extras_;                                   ///< by actor
    std::vector<std::pair<std::size_t, std::size_t>> extras_of_;  ///< by actor: from, to
    std::vector<Known> deals_;
    std::map<Deal, std::size_t> places_;
    std::vector<double> best_;
    std::vector<double> points_;
    std::vector<double> no_deal_;
    std::vector<double> extra_;  ///< by extras_
    double total(std::size_t actor, std::size_t deal) const;
};

}  // namespace steelyard::report
