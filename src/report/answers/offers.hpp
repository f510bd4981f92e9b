// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What an actor can put on the table: single options, what they cost it and what they are worth to others.

#include "report/study.hpp"

#include <string>
#include <utility>
#include <vector>

namespace steelyard::report {

/// One option that the giver could agree to, against where it starts from.
struct Offer {
    IssueId issue;
    OptionId option;
    Rational cost;                        ///< to the giver; negative: it gains as well
    std::vector<Rational> worth;          ///< to each receiver
    std::vector<std::string> conditions;  ///< rules that ask for more in the deal
    std::vector<std::size_t> breaks;      ///< obligations
    Deal offered;                         ///< where it starts from, with the option

    [[nodiscard]] const Rational& best_worth() const;
    /// Worth for cost, of the receiver that values it most; infinite where it costs nothing.
    [[nodiscard]] double ratio() const;
};

struct Offers {
    Deal start;                 ///< what the offers are held against
    std::vector<Offer> offers;  ///< of some worth to a receiver: most worth for its cost first
    std::vector<std::pair<Offer, std::size_t>> ruled_out;  ///< with the hard obligation that does it
};

/// Every option of the table's open issues as an offer.  It starts from today's options; on an issue where none is in
/// force, from the one the giver likes best.
Offers offers_of(const Study& study, const TableStudy& at, ActorId giver,
                 const std::vector<ActorId>& receivers);

/// The best offer of each issue, in the given order.
std::vector<const Offer*> best_by_issue(const std::vector<Offer>& offers);

}  // namespace steelyard::report
