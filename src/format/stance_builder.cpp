// SPDX-License-Identifier: Apache-2.0
#include "stance_builder.hpp"

#include <algorithm>

namespace steelyard::format {

std::string place_id(const Rational& place) {
    std::string id = "at-" + place.text();
    std::ranges::replace(id, '.', '_');
    std::ranges::replace(id, '/', '_');
    return id;
}

std::size_t StanceBuilder::actor(std::string name, std::string about, std::optional<Rational> capability) {
    Actor actor;
    actor.id = actor_ids_.make(name);
    actor.name = std::move(name);
    actor.about = std::move(about);
    if (capability) {
        actor.capability = Number(*capability);
    }
    case_.actors.push_back(std::move(actor));
    stances_.emplace_back();
    return case_.actors.size() - 1;
}

std::size_t StanceBuilder::issue(std::string name, std::string about) {
    Issue issue;
    issue.id = issue_ids_.make(name);
    issue.name = std::move(name);
    issue.about = std::move(about);
    case_.issues.push_back(std::move(issue));
    return case_.issues.size() - 1;
}

void StanceBuilder::option(std::size_t issue, std::string name, Rational place) {
    Option option;
    option.id = place_id(place);
    option.name = std::move(name);
    option.place = place;
    auto& options = case_.issues[issue].options;
    if (std::ranges::find(options, option.id, &Option::id) == options.end()) {
        options.push_back(std::move(option));
    }
}

void StanceBuilder::stance(std::size_t actor, std::size_t issue, Rational position, Rational salience) {
    auto& row = stances_[actor];
    row.resize(std::max(row.size(), issue + 1));
    row[issue] = Stance{Number(position), Number(salience)};
}

Case StanceBuilder::finish(std::string id, std::string title, std::string about, std::string citation) {
    case_.id = std::move(id);
    case_.title = title.empty() ? case_.id : std::move(title);
    case_.about = std::move(about);
    case_.citation = std::move(citation);
    for (std::size_t k = 0; k < case_.issues.size(); ++k) {
        Issue& issue = case_.issues[k];
        std::set<Rational> places;
        if (issue.options.empty()) {
            for (const auto& row : stances_) {
                if (k < row.size() && row[k]) {
                    places.insert(row[k]->position.best());
                }
            }
        }
        const auto extra = extra_.find(k);
        if (extra != extra_.end() && extra->second.first) {
            places.insert(*extra->second.first);
        }
        if (issue.options.empty() && places.empty()) {
            places.insert(Rational(50));
        }
        for (const Rational& place : places) {
            option(k, place.text(), place);
        }
        std::ranges::stable_sort(issue.options, {}, &Option::place);
        if (extra != extra_.end()) {
            const auto& [status_quo, outcome] = extra->second;
            if (status_quo) {
                const auto at = std::ranges::find(issue.options, *status_quo, &Option::place);
                issue.status_quo = OptionId(static_cast<std::size_t>(at - issue.options.begin()));
            }
            if (outcome) {
                case_.outcome.push_back({IssueId(k), *outcome});
            }
        }
    }
    for (std::size_t a = 0; a < stances_.size(); ++a) {
        auto& row = stances_[a];
        row.resize(case_.issues.size());
        if (std::ranges::any_of(row, [](const auto& stance) { return stance.has_value(); })) {
            Preference preference;
            preference.actor = ActorId(a);
            preference.form = Stances{row};
            case_.preferences.push_back(std::move(preference));
        }
    }
    return std::move(case_);
}

}  // namespace steelyard::format
