// SPDX-License-Identifier: Apache-2.0
#include "reference/space/random_case.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <sstream>

namespace steelyard::test {

namespace {

int pick(int low, int high) {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(low, high + 1));
}

bool chance(int percent) {
    return pick(0, 99) < percent;
}

/// Small numbers with many ties, sometimes with awkward denominators.
Rational some_points() {
    static const std::vector<std::int64_t> below{1, 1, 1, 2, 3, 7, 10, 1000};
    return Rational::fraction(pick(-6, 12), below[static_cast<std::size_t>(pick(0, 7))]);
}

/// Up to three issues, each with some of its options.
Condition some_condition(const Case& subject) {
    Condition condition;
    for (std::size_t i = 0; i < subject.issues.size(); ++i) {
        if (condition.terms.size() == 3 || !chance(45))
            continue;
        std::vector<OptionId> options;
        for (std::size_t o = 0; o < subject.issues[i].options.size(); ++o) {
            if (chance(45))
                options.emplace_back(o);
        }
        if (!options.empty())
            condition.terms.emplace_back(IssueId(i), options);
    }
    return condition;
}

ActorId some_actor(const Case& subject) {
    return ActorId(static_cast<std::size_t>(pick(0, static_cast<int>(subject.actors.size()) - 1)));
}

std::vector<std::pair<ActorId, Number>> some_payments(const Case& subject) {
    std::vector<std::pair<ActorId, Number>> payments;
    for (std::size_t a = 0; a < subject.actors.size(); ++a) {
        if (chance(60))
            payments.emplace_back(ActorId(a), Number(some_points()));
    }
    return payments;
}

void add_coupling(Case& subject) {
    for (int k = pick(0, 4); k > 0; --k)
        subject.bundles.push_back({some_condition(subject), some_payments(subject), {}});
    for (int k = pick(0, 2); k > 0; --k) {
        Rule rule;
        rule.when = some_condition(subject);
        if (chance(60))
            rule.then = some_condition(subject);
        subject.rules.push_back(std::move(rule));
    }
    for (int k = pick(0, 2); k > 0; --k) {
        Obligation obligation;
        obligation.id = "duty" + std::to_string(k);
        obligation.by = some_actor(subject);
        obligation.to = some_actor(subject);
        for (int j = pick(1, 2); j > 0; --j)
            obligation.broken_when.push_back(some_condition(subject));
        obligation.hard = chance(30);
        if (!obligation.hard)
            obligation.cost = some_payments(subject);
        subject.obligations.push_back(std::move(obligation));
    }
}

void add_acceptance(Case& subject, Table& table) {
    const int actors = static_cast<int>(table.actors.size());
    if (chance(30))
        table.accept.at_least = pick(1, actors);
    if (chance(25))
        table.accept.all_of.push_back(table.actors[static_cast<std::size_t>(pick(0, actors - 1))]);
    if (chance(25)) {
        AcceptanceGroup group;
        for (const ActorId actor : table.actors) {
            if (chance(60))
                group.of.push_back(actor);
        }
        if (!group.of.empty()) {
            group.at_least = pick(1, static_cast<int>(group.of.size()));
            table.accept.groups.push_back(std::move(group));
        }
    }
    for (const ActorId actor : table.actors) {
        if (chance(50))
            table.power.emplace_back(actor, Number(Rational::fraction(pick(1, 6), pick(1, 3))));
    }
    subject.tables.push_back(table);
}

}  // namespace

Case random_case(const CaseShape& shape) {
    Case subject;
    subject.id = "random";
    for (int a = pick(1, shape.most_actors); a > 0; --a)
        subject.actors.push_back({"a" + std::to_string(a), "", "", {}});
    for (int i = pick(1, shape.most_issues); i > 0; --i) {
        Issue issue;
        issue.id = "i" + std::to_string(i);
        for (int o = pick(1, shape.most_options); o > 0; --o)
            issue.options.push_back({"o" + std::to_string(o), "", "", Rational(0)});
        issue.status_quo = OptionId{};
        subject.issues.push_back(std::move(issue));
    }
    const int style = pick(0, 2);  // few distinct numbers, fractions, opposed
    for (std::size_t a = 0; a < subject.actors.size(); ++a) {
        Preference preference;
        preference.actor = ActorId(a);
        PointSheet sheet;
        for (const Issue& issue : subject.issues) {
            std::vector<Number> row;
            for (std::size_t o = 0; o < issue.options.size(); ++o) {
                Rational points = style == 0 ? Rational(pick(0, 2)) : some_points();
                if (style == 2)
                    points =
                        Rational(static_cast<std::int64_t>(a % 2 == 0 ? 2 * o : 9 - 2 * o)) + points / 10;
                row.emplace_back(points);
            }
            sheet.points.push_back(chance(90) ? std::move(row) : std::vector<Number>{});
        }
        preference.form = std::move(sheet);
        if (chance(80))
            preference.no_deal = Number(Rational(pick(-3, 12)) + some_points() / 5);
        subject.preferences.push_back(std::move(preference));
    }
    if (shape.coupled)
        add_coupling(subject);
    if (chance(15))
        subject.events.push_back({"2025", "settled", {{IssueId(0), OptionId(0)}}, {}});
    if (shape.several_tables && chance(60)) {
        Table table;
        table.id = "main";
        for (std::size_t a = 0; a < subject.actors.size(); ++a) {
            if (chance(80))
                table.actors.emplace_back(a);
        }
        if (table.actors.empty())
            table.actors.emplace_back(0U);
        for (std::size_t i = 0; i < subject.issues.size(); ++i) {
            if (chance(85))
                table.issues.emplace_back(i);
        }
        add_acceptance(subject, table);
    }
    return subject;
}

std::string to_text(const Case& subject) {
    std::ostringstream out;
    for (const Preference& preference : subject.preferences) {
        out << subject[preference.actor].id << ":";
        for (const auto& row : std::get<PointSheet>(preference.form).points) {
            out << " [";
            for (const Number& number : row)
                out << number.best().text() << " ";
            out << "]";
        }
        out << " no_deal " << (preference.no_deal ? preference.no_deal->best().text() : "-") << "\n";
    }
    const auto condition = [&](const Condition& when) {
        for (const auto& [issue, options] : when.terms) {
            out << subject[issue].id << "=";
            for (const OptionId option : options)
                out << option.index << "|";
            out << " ";
        }
    };
    for (const Bundle& bundle : subject.bundles) {
        out << "bundle ";
        condition(bundle.when);
        for (const auto& [actor, points] : bundle.points)
            out << subject[actor].id << " " << points.best().text() << " ";
        out << "\n";
    }
    for (const Rule& rule : subject.rules) {
        out << (rule.then ? "if " : "forbid ");
        condition(rule.when);
        if (rule.then) {
            out << "then ";
            condition(*rule.then);
        }
        out << "\n";
    }
    for (const Obligation& obligation : subject.obligations) {
        out << (obligation.hard ? "hard " : "priced ");
        for (const Condition& broken : obligation.broken_when) {
            condition(broken);
            out << "/ ";
        }
        out << "\n";
    }
    for (const Table& table : subject.tables)
        out << "table of " << table.actors.size() << " actors, " << table.issues.size()
            << " issues, at least " << table.accept.at_least.value_or(-1) << ", vetoes "
            << table.accept.all_of.size() << ", groups " << table.accept.groups.size() << "\n";
    return out.str();
}

}  // namespace steelyard::test
