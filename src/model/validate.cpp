// SPDX-License-Identifier: Apache-2.0
#include "steelyard/model/validate.hpp"

#include "steelyard/core/described.hpp"
#include "steelyard/model/numbers.hpp"
#include "steelyard/model/scores.hpp"
#include "steelyard/model/tables.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace steelyard {

Bounds number_bounds(std::string_view pointer) {
    if (pointer.ends_with("/position") || pointer.ends_with("/salience") ||
        (pointer.starts_with("/preferences/") && pointer.find("/values/") != std::string_view::npos)) {
        return {0, 100};
    }
    const bool weight =
        pointer.find("/weights/") != std::string_view::npos && pointer.starts_with("/preferences/");
    if (weight || pointer.find("/power/") != std::string_view::npos || pointer.ends_with("/capability") ||
        pointer.find("/cost/") != std::string_view::npos) {
        return {0, std::nullopt};
    }
    return {};
}

namespace {

/// Collects problems by pointer.
class Report {
public:
    void add(std::string pointer, std::string message, std::string found = {}, std::string allowed = {}) {
        problems_.push_back({Place{{}, 0, 0, std::move(pointer)},
                             std::move(message),
                             std::move(found),
                             std::move(allowed),
                             {}});
    }
    std::vector<Problem> take() { return std::move(problems_); }

private:
    std::vector<Problem> problems_;
};

/// The ends that the author stated (a normal's tails are not stated), to be held against the bounds.
std::pair<double, double> stated_range(const Number& number) {
    if (std::holds_alternative<Normal>(number.distribution) ||
        std::holds_alternative<Lognormal>(number.distribution)) {
        const double best = number.best().to_double();
        return {best, best};
    }
    if (const auto* d = std::get_if<Elicited>(&number.distribution)) {
        return {d->low.to_double(), d->high.to_double()};
    }
    // A spread is clipped to the bounds when drawn: only its centre must lie inside.
    if (const auto* d = std::get_if<Spread>(&number.distribution)) {
        return {d->value.to_double(), d->value.to_double()};
    }
    return number.range();
}

void check_numbers(const Case& subject, Report& report) {
    for_each_number(subject, [&](const std::string& pointer, const Number& number) {
        if (std::string wrong = defect(number); !wrong.empty()) {
            report.add(pointer, std::move(wrong));
            return;
        }
        const Bounds bounds = number_bounds(pointer);
        const auto [low, high] = stated_range(number);
        if ((bounds.low && low < *bounds.low) || (bounds.high && high > *bounds.high)) {
            report.add(pointer, "the number leaves its range", Rational::nearest(low < 0 ? low : high).text(),
                       bounds.high ? "0 to 100" : "0 or more");
        }
        if (std::max(std::abs(low), std::abs(high)) > 1e12) {
            report.add(pointer, "the number is too large to compute with", {}, "at most 1e12 either way");
        }
    });
}

void check_issues(const Case& subject, Report& report) {
    for (const Issue& issue : subject.issues) {
        if (issue.options.empty()) {
            report.add("/issues/" + issue.id + "/options", "an issue needs at least one option");
        }
        for (const Option& option : issue.options) {
            if (option.place < Rational(0) || option.place > Rational(100)) {
                report.add("/issues/" + issue.id + "/options/" + option.id, "a place lies outside the scale",
                           option.place.text(), "0 to 100");
            }
        }
    }
}

template <class Rows>
void check_rows(const Case& subject, const std::string& base, const Rows& rows, Report& report) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!rows[i].empty() && rows[i].size() != subject.issues[i].options.size()) {
            report.add(
                base + '/' + subject.issues[i].id, "every option needs a number",
                std::to_string(rows[i].size()) + " of " + std::to_string(subject.issues[i].options.size()));
        }
    }
}

void check_preferences(const Case& subject, Report& report) {
    std::set<ActorId> seen;
    for (const Preference& preference : subject.preferences) {
        const std::string base = "/preferences/" + subject[preference.actor].id;
        if (!seen.insert(preference.actor).second) {
            report.add(base, "an actor has two preferences");
        }
        if (const auto* sheet = std::get_if<PointSheet>(&preference.form)) {
            check_rows(subject, base + "/points", sheet->points, report);
        } else if (const auto* weighted = std::get_if<WeightedValues>(&preference.form)) {
            check_rows(subject, base + "/values", weighted->values, report);
            for (std::size_t i = 0; i < subject.issues.size(); ++i) {
                if (weighted->weights[i].has_value() == weighted->values[i].empty()) {
                    report.add(
                        base + (weighted->weights[i] ? "/weights/" : "/values/") + subject.issues[i].id,
                        weighted->weights[i] ? "an issue with a weight needs values for its options"
                                             : "an issue with values needs a weight");
                }
            }
        }
        for (const SheetBasis& entry : preference.basis) {
            if (entry.spread && *entry.spread <= Rational(0)) {
                report.add(base + "/basis/" + (entry.issue ? subject[*entry.issue].id : "all") + "/spread",
                           "a spread must be above 0", entry.spread->text());
            }
        }
    }
}

bool has_preferences(const Case& subject, ActorId actor) {
    return preference_of(subject, actor) != nullptr;
}

void check_group(const std::string& pointer, std::size_t size, int at_least, Report& report) {
    if (at_least < 1 || static_cast<std::size_t>(at_least) > size) {
        report.add(pointer, "nobody can meet this number of acceptances", std::to_string(at_least),
                   "1 to " + std::to_string(size));
    }
}

void check_tables(const Case& subject, Report& report) {
    std::map<IssueId, std::string> owner;
    for (const Table& table : subject.tables) {
        const std::string base = "/tables/" + table.id;
        for (std::size_t k = 0; k < table.actors.size(); ++k) {
            const ActorId actor = table.actors[k];
            if (!has_preferences(subject, actor)) {
                report.add(base + "/actors/" + std::to_string(k), "an actor at a table needs preferences",
                           subject[actor].id,
                           "add preferences." + subject[actor].id + ", or take it off the table");
            }
        }
        for (std::size_t k = 0; k < table.issues.size(); ++k) {
            const IssueId issue = table.issues[k];
            const auto [entry, fresh] = owner.emplace(issue, table.id);
            if (!fresh) {
                report.add(base + "/issues/" + std::to_string(k),
                           "an issue is settled at one table only; '" + subject[issue].id +
                               "' is already at '" + entry->second + "'");
            }
        }
        const auto seated = [&](ActorId actor, const std::string& pointer) {
            if (std::ranges::find(table.actors, actor) == table.actors.end()) {
                report.add(pointer, "an actor that must accept has to sit at the table", subject[actor].id);
            }
        };
        for (std::size_t k = 0; k < table.accept.all_of.size(); ++k) {
            seated(table.accept.all_of[k], base + "/accept/all_of/" + std::to_string(k));
        }
        if (table.accept.at_least) {
            check_group(base + "/accept/at_least", table.actors.size(), *table.accept.at_least, report);
        }
        for (std::size_t g = 0; g < table.accept.groups.size(); ++g) {
            const AcceptanceGroup& group = table.accept.groups[g];
            const std::string at = base + "/accept/groups/" + std::to_string(g);
            check_group(at + "/at_least", group.of.size(), group.at_least, report);
            for (std::size_t k = 0; k < group.of.size(); ++k) {
                seated(group.of[k], at + "/of/" + std::to_string(k));
            }
        }
    }
}

void check_settled(const Case& subject, Report& report) {
    std::map<IssueId, OptionId> settled;
    for (const Event& event : subject.events) {
        for (const auto& [issue, option] : event.settles) {
            settled[issue] = option;
        }
    }
    for (const auto& [issue, option] : settled) {
        const auto& status_quo = subject[issue].status_quo;
        if (status_quo && *status_quo != option) {
            report.add("/issues/" + subject[issue].id + "/status_quo",
                       "an event settled the issue at '" + subject.option(issue, option).id +
                           "', so that is its status quo",
                       subject.option(issue, *status_quo).id, subject.option(issue, option).id);
        }
    }
}

void check_claims(const Case& subject, Report& report) {
    for (const Claim& claim : subject.claims) {
        const std::string base = "/claims/" + claim.id;
        if (claim.credibility && (*claim.credibility < 1 || *claim.credibility > 6)) {
            report.add(base + "/credibility", "credibility is 1 (confirmed) to 6 (cannot be judged)",
                       std::to_string(*claim.credibility), "1 to 6");
        }
        if (claim.at && claim.at->start && claim.at->end && *claim.at->start > *claim.at->end) {
            report.add(base + "/at/start", "the start lies behind the end", std::to_string(*claim.at->start),
                       "at most " + std::to_string(*claim.at->end));
        }
        if (claim.at && !claim.source) {
            report.add(base + "/at", "a place needs a source", {}, "add `source`");
        }
        // At most as many steps as there are claims: more means a cycle.
        const Claim* at = &claim;
        std::size_t steps = 0;
        while (at->superseded_by && steps <= subject.claims.size()) {
            at = &subject[*at->superseded_by];
            ++steps;
        }
        if (steps > subject.claims.size()) {
            report.add(base + "/superseded_by", "the claims supersede each other in a circle",
                       subject[*claim.superseded_by].id);
        }
    }
}

void check_voting(const Case& subject, Report& report) {
    for (const VotingBody& body : subject.voting) {
        const std::string base = "/voting/" + body.id;
        const auto check_majority = [&](const VotingMajority& majority, const std::string& at) {
            Rational total;
            for (const auto& [member, weight] : majority.members) {
                if (weight < Rational(0)) {
                    report.add(at + "/members/" + member, "a weight is negative", weight.text(), "0 or more");
                }
                total += weight;
            }
            if (majority.quota <= Rational(0) || majority.quota > total) {
                report.add(at + "/quota", "the quota can never, or always, be reached", majority.quota.text(),
                           "above 0 and at most " + total.text());
            }
        };
        check_majority(body.majority, base);
        for (std::size_t k = 0; k < body.also.size(); ++k) {
            check_majority(body.also[k], base + "/also/" + std::to_string(k));
        }
        for (std::size_t k = 0; k < body.vetoes.size(); ++k) {
            const bool member = std::ranges::any_of(body.majority.members,
                                                    [&](const auto& m) { return m.first == body.vetoes[k]; });
            if (!member) {
                report.add(base + "/vetoes/" + std::to_string(k), "a veto belongs to a member",
                           body.vetoes[k]);
            }
        }
    }
}

void check_conflict(const Case& subject, Report& report) {
    if (!subject.conflict) {
        return;
    }
    if (subject.conflict->moves.empty()) {
        report.add("/conflict/options", "a conflict needs at least one option");
    }
    if (subject.conflict->moves.size() > 30) {
        report.add("/conflict/options", "a conflict has at most 30 options",
                   std::to_string(subject.conflict->moves.size()), "at most 30");
    }
    std::set<ActorId> seen;
    for (const ConflictPreference& preference : subject.conflict->preferences) {
        if (!seen.insert(preference.actor).second) {
            report.add("/conflict/preferences/" + subject[preference.actor].id,
                       "an actor has two preferences");
        }
    }
}

}  // namespace

std::vector<Problem> defects(const Case& subject) {
    Report report;
    check_issues(subject, report);
    check_numbers(subject, report);
    check_preferences(subject, report);
    check_tables(subject, report);
    check_settled(subject, report);
    check_conflict(subject, report);
    check_voting(subject, report);
    check_claims(subject, report);
    return report.take();
}

std::vector<Problem> notes(const Case& subject) {
    Report report;
    const bool status_quo = status_quo_deal(subject).has_value();
    for (const Preference& preference : subject.preferences) {
        const std::string base = "/preferences/" + subject[preference.actor].id;
        if (!preference.no_deal) {
            report.add(base, status_quo ? "no no_deal value: taken as the points of the status quo"
                                        : "no no_deal value and no complete status quo: taken as 0");
        }
        if (const auto* weighted = std::get_if<WeightedValues>(&preference.form)) {
            Rational sum;
            for (const auto& weight : weighted->weights) {
                sum += weight ? weight->best() : Rational{};
            }
            if (sum != Rational(100) && sum != Rational(1)) {
                report.add(base + "/weights",
                           "the weights sum to " + sum.text() + ", not 100; they are used as typed");
            }
        }
    }
    const bool some_capability =
        std::ranges::any_of(subject.actors, [](const Actor& actor) { return actor.capability.has_value(); });
    for (const Actor& actor : subject.actors) {
        if (some_capability && !actor.capability) {
            report.add("/actors/" + actor.id, "no capability: forecasts leave this actor out");
        }
    }
    return report.take();
}

bool has_section(const Case& subject, Section section) {
    switch (section) {
        case Section::preferences:
        case Section::positions:  // stances follow from points where none are stated
            return !subject.preferences.empty();
        case Section::capabilities:
            return std::ranges::any_of(subject.actors,
                                       [](const Actor& a) { return a.capability.has_value(); });
        case Section::tables:
            return !subject.tables.empty();
        case Section::conflict:
            return subject.conflict.has_value();
        case Section::voting:
            return !subject.voting.empty();
        case Section::claims:
            return !subject.claims.empty();
        case Section::questions:
            return !subject.questions.empty();
        case Section::outcome:
            return !subject.outcome.empty();
    }
    return false;
}

}  // namespace steelyard
