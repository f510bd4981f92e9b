// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What would change the answer: every number of a table moved to either end of its range, one at a time.

#include "report/study.hpp"

#include <string>
#include <vector>

namespace steelyard::report {

/// One number at one end of its range, all others at their best.
struct ScanEnd {
    const CaseNumber* number = nullptr;
    double at = 0;
    bool agreement = true;  ///< whether any deal is still acceptable (exact)
    bool holds = true;      ///< whether the table still accepts the deal that was Nash's
    /// Whether another deal is now better by Nash's measure: proven when true; when false, better deals were sought
    /// among the efficient ones only.
    bool overtaken = false;
    Deal best;                                        ///< that deal, where overtaken
    std::vector<std::pair<ActorId, Rational>> gains;  ///< of every actor in the deal that was Nash's
};

struct Scan {
    std::vector<ScanEnd> ends;
    std::size_t numbers = 0;  ///< uncertain numbers of the table's actors that were moved
};

/// Moves every uncertain number that touches the table's open issues, outsiders' numbers too: these change nobody's
/// decision, only their own gain.
/// O(numbers x efficient deals x issues), plus one `solutions` run wherever no efficient deal stays acceptable.
Scan scan_table(const Study& study, const TableStudy& at);

/// Whether the number can matter to the table's outcome for one of the actors.
bool touches(const Study& study, const TableStudy& at, const CaseNumber& number,
             const std::vector<ActorId>& actors);

/// `what the United States has without agreement`
std::string number_phrase(const Study& study, const CaseNumber& number);

/// `... is 54 rather than 49`
std::string end_phrase(const Study& study, const ScanEnd& end);

}  // namespace steelyard::report
