// SPDX-License-Identifier: Apache-2.0
#include "report/answers/sequence.hpp"

namespace steelyard::report {

Deal settle_in_order(const Study& study, const std::vector<Table>& order) {
    Case now = study.subject;
    for (const Table& table : order) {
        const auto solved =
            space::solutions(now, {.table = table.id, .concepts = {space::Concept::nash}}, study.context);
        if (!solved.solutions.empty()) {
            const Deal deal = deal_from_names(now, solved.solutions.front().deal);
            now = after(now, Scores(now), table.issues, deal);
        }
    }
    return *status_quo_deal(now);
}

bool has_today(const Study& study) {
    return status_quo_deal(study.subject).has_value();
}

}  // namespace steelyard::report
