// SPDX-License-Identifier: Apache-2.0
#include "random_talks.hpp"

namespace steelyard::test {

namespace {

Condition random_condition(const Case& subject, RandomStream& draw) {
    Condition condition;
    for (std::size_t issue = 0; issue < subject.issues.size(); ++issue) {
        if (draw.below(2) == 0) {
            condition.terms.push_back(
                {IssueId(issue), {OptionId(draw.below(subject.issues[issue].options.size()))}});
        }
    }
    if (condition.terms.empty()) {
        condition.terms.push_back({IssueId(0), {OptionId(1)}});
    }
    return condition;
}

}  // namespace

Case random_talks(RandomStream& draw) {
    Case subject;
    subject.id = "talks";
    const std::size_t actors = 2 + draw.below(3);
    const std::size_t issues = 2 + draw.below(3);
    for (std::size_t a = 0; a < actors; ++a) {
        subject.actors.push_back({"actor" + std::to_string(a), "Actor", "", std::nullopt});
    }
    for (std::size_t k = 0; k < issues; ++k) {
        Issue issue{"issue" + std::to_string(k), "Issue", "", {}, {}, true, OptionId(0)};
        for (std::size_t o = 0; o < 2 + draw.below(2); ++o) {
            issue.options.push_back({"o" + std::to_string(o), "o", "", static_cast<std::int64_t>(10 * o)});
        }
        subject.issues.push_back(std::move(issue));
    }
    const auto points = [&] { return static_cast<std::int64_t>(draw.below(21)) - 8; };
    for (std::size_t a = 0; a < actors; ++a) {
        PointSheet sheet;
        for (const Issue& issue : subject.issues) {
            std::vector<Number> row;
            for (std::size_t o = 0; o < issue.options.size(); ++o) {
                row.emplace_back(points());
            }
            sheet.points.push_back(std::move(row));
        }
        subject.preferences.push_back({ActorId(a), Number(points()), std::move(sheet), {}});
    }
    if (draw.below(2) == 0) {
        subject.bundles.push_back({random_condition(subject, draw),
                                   {{ActorId(0), Number(points())}, {ActorId(1), Number(points())}},
                                   {}});
    }
    if (draw.below(3) == 0) {
        subject.rules.push_back({random_condition(subject, draw), std::nullopt, "", {}});
    }
    if (draw.below(3) == 0) {
        Obligation obligation{
            "debt", ActorId(0), ActorId(1), "", {random_condition(subject, draw)}, draw.below(2) == 0,
            {},     {}};
        if (!obligation.hard) {
            obligation.cost.emplace_back(ActorId(1), Number(static_cast<std::int64_t>(draw.below(9))));
        }
        subject.obligations.push_back(std::move(obligation));
    }
    const std::size_t tables = 1 + draw.below(3);
    for (std::size_t t = 0; t < tables; ++t) {
        subject.tables.push_back({"table" + std::to_string(t), "Table", {}, {}, {}, {}});
        for (std::size_t a = 0; a < actors; ++a) {
            if (draw.below(3) != 0 || a == t % actors) {
                subject.tables.back().actors.push_back(ActorId(a));
            }
        }
        if (draw.below(3) == 0) {
            subject.tables.back().accept.at_least =
                1 + static_cast<int>(draw.below(subject.tables.back().actors.size()));
        }
    }
    for (std::size_t k = 0; k < issues; ++k) {
        subject.tables[draw.below(tables)].issues.push_back(IssueId(k));
    }
    std::erase_if(subject.tables, [](const Table& table) { return table.issues.empty(); });
    return subject;
}

void for_each_deal(const Case& subject, const std::function<void(const Deal&)>& visit) {
    Deal deal(subject.issues.size());
    const std::function<void(std::size_t)> choose = [&](std::size_t issue) {
        if (issue == deal.size()) {
            visit(deal);
            return;
        }
        for (std::size_t option = 0; option < subject.issues[issue].options.size(); ++option) {
            deal[issue] = OptionId(option);
            choose(issue + 1);
        }
    };
    choose(0);
}

}  // namespace steelyard::test
