// SPDX-License-Identifier: Apache-2.0
#include "scenario.hpp"
#include "steelyard/model/scores.hpp"
#include "steelyard/model/tables.hpp"

#include <algorithm>
#include <utility>

namespace steelyard::format {

namespace {

/// Everything that decides which deals are possible, accepted or worth what, besides points.
void refuse_the_rest(const Case& subject, const Carrier& carrier, Findings& findings) {
    const auto refuse = [&](bool present, std::string_view section, std::string_view what) {
        if (present)
            findings.unsupported({{}, 0, 0, '/' + std::string(section)},
                                 std::string(carrier.title) + " has no " + std::string(what));
    };
    refuse(!carrier.bundles && !subject.bundles.empty(), "bundles", "points for combinations of options");
    refuse(!subject.rules.empty(), "rules", "forbidden combinations");
    refuse(!subject.obligations.empty(), "obligations", "obligations");
    refuse(std::ranges::any_of(subject.events, [](const Event& event) { return !event.settles.empty(); }),
           "events", "settled issues");
    refuse(subject.tables.size() > 1, "tables", "several tables");
    if (subject.tables.size() != 1)
        return;
    const Table& table = subject.tables.front();
    const auto at_table = [&](const Preference& preference) {
        return std::ranges::find(table.actors, preference.actor) != table.actors.end();
    };
    refuse(!table.accept.unanimity(), "tables", "acceptance rule but unanimity");
    refuse(table.issues.size() != subject.issues.size(), "tables", "issues that are not on the table");
    refuse(!std::ranges::all_of(subject.preferences, at_table), "tables", "actors who do not decide");
}

void note_losses(const Case& subject, Findings& findings) {
    const auto lost = [&](bool present, std::string_view what) {
        if (present)
            findings.note(std::string(what) + " left out");
    };
    lost(std::ranges::any_of(subject.actors,
                             [&](const Actor& actor) {
                                 const ActorId id(static_cast<std::size_t>(&actor - subject.actors.data()));
                                 return preference_of(subject, id) == nullptr;
                             }),
         "actors without preferences");
    lost(std::ranges::any_of(subject.issues, [](const Issue& issue) { return issue.status_quo.has_value(); }),
         "the status quo");
    lost(subject.conflict.has_value(), "the conflict");
    lost(subject.tables.size() == 1 && !subject.tables.front().power.empty(), "bargaining power");
    lost(!subject.voting.empty(), "voting bodies");
    lost(!subject.sources.empty() || !subject.claims.empty(), "sources and claims");
    lost(!subject.questions.empty() || !subject.outcome.empty() || !subject.known.empty(),
         "questions, outcome and known answers");
}

bool any_uncertain(const Preference& preference) {
    const auto uncertain = [](const Number& number) { return number.uncertain(); };
    bool any = preference.no_deal && preference.no_deal->uncertain();
    const auto look = [&](const std::vector<std::vector<Number>>& rows) {
        for (const auto& row : rows)
            any = any || std::ranges::any_of(row, uncertain);
    };
    if (const auto* sheet = std::get_if<PointSheet>(&preference.form)) {
        look(sheet->points);
    } else if (const auto* weighted = std::get_if<WeightedValues>(&preference.form)) {
        look(weighted->values);
        for (const auto& weight : weighted->weights)
            any = any || (weight && weight->uncertain());
    } else {
        for (const auto& stance : std::get<Stances>(preference.form).stances)
            any = any || (stance && (stance->position.uncertain() || stance->salience.uncertain()));
    }
    return any;
}

/// Weight and value where the case states them so, otherwise points under a weight of 1.
void add_issue(const Case& subject, const Scores& scores, const Preference& preference, IssueId issue,
               ScenarioActor& actor) {
    const auto* weighted = std::get_if<WeightedValues>(&preference.form);
    const auto* sheet = std::get_if<PointSheet>(&preference.form);
    actor.weights.emplace_back(weighted == nullptr ? 1 : 0);
    std::vector<Rational>& values = actor.values.emplace_back();
    if (weighted != nullptr && weighted->weights[issue.index]) {
        actor.weights.back() = weighted->weights[issue.index]->best();
        for (const Number& value : weighted->values[issue.index])
            values.push_back(value.best() / 100);
    } else if (weighted == nullptr && (sheet == nullptr || !sheet->points[issue.index].empty())) {
        for (std::size_t o = 0; o < subject[issue].options.size(); ++o)
            values.push_back(scores.points(preference.actor, issue, OptionId(o)));
    }
}

std::string printable(const std::string& about) {
    return all_printable(about) ? about : std::string();
}

}  // namespace

std::string domain_stem(const Scenario& scenario) {
    std::string stem = scenario.name + "_domain";
    while (std::ranges::find(scenario.actors, stem, &ScenarioActor::name) != scenario.actors.end())
        stem += "_domain";
    return stem;
}

void refuse_and_note(const Case& subject, const Carrier& carrier, Findings& findings) {
    if (subject.preferences.empty())
        throw Error(ErrorKind::missing_section,
                    std::vector{Problem{{{}, 0, 0, "/preferences"},
                                        "nobody has preferences, so there is nothing to write",
                                        {},
                                        "preferences of at least one actor",
                                        {}}});
    refuse_the_rest(subject, carrier, findings);
    note_losses(subject, findings);
}

Scenario from_case(const Case& subject, const Carrier& carrier, Findings& findings) {
    refuse_and_note(subject, carrier, findings);
    Scenario scenario;
    scenario.name = subject.id;
    scenario.title = all_printable(subject.title) ? subject.title : subject.id;
    const std::vector<std::string> issue_names = distinct_names(subject.issues, carrier);
    for (std::size_t i = 0; i < subject.issues.size(); ++i) {
        const Issue& issue = subject.issues[i];
        ScenarioIssue& given = scenario.issues.emplace_back();
        given.name = issue_names[i];
        given.about = printable(issue.about);
        const std::vector<std::string> option_names = distinct_names(issue.options, carrier);
        for (std::size_t o = 0; o < issue.options.size(); ++o)
            given.options.push_back({option_names[o], printable(issue.options[o].about)});
    }
    const Scores scores(subject);
    for (std::size_t a = 0; a < subject.actors.size(); ++a) {
        const Preference* preference = preference_of(subject, ActorId(a));
        if (preference == nullptr)
            continue;
        ScenarioActor& actor = scenario.actors.emplace_back();
        actor.name = subject.actors[a].id;
        actor.no_deal = scores.no_deal(ActorId(a));
        actor.weighted = std::holds_alternative<WeightedValues>(preference->form);
        for (std::size_t i = 0; i < subject.issues.size(); ++i)
            add_issue(subject, scores, *preference, IssueId(i), actor);
        for (const Bundle& bundle : subject.bundles) {
            for (const auto& [who, points] : bundle.points) {
                if (who == ActorId(a))
                    actor.terms.push_back({bundle.when, points.best()});
            }
        }
        if (any_uncertain(*preference))
            findings.note("uncertain numbers of '" + actor.name + "' are written as their best estimate");
    }
    return scenario;
}

}  // namespace steelyard::format
