// SPDX-License-Identifier: Apache-2.0
#include "steelyard/model/scores.hpp"

#include "steelyard/model/tables.hpp"

#include <algorithm>
#include <span>

namespace steelyard {

namespace {

/// Adds the points of an issue's options to the sheet.
void add_points(const Case& subject, const Preference& preference, std::size_t i,
                std::vector<Rational>& sheet) {
    const Issue& issue = subject.issues[i];
    const std::size_t first = sheet.size();
    sheet.resize(first + issue.options.size());
    const std::span points(sheet.begin() + static_cast<std::ptrdiff_t>(first), sheet.end());
    if (const auto* typed = std::get_if<PointSheet>(&preference.form)) {
        for (std::size_t o = 0; o < typed->points[i].size(); ++o) {
            points[o] = typed->points[i][o].best();
        }
    } else if (const auto* weighted = std::get_if<WeightedValues>(&preference.form)) {
        for (std::size_t o = 0; weighted->weights[i] && o < weighted->values[i].size(); ++o) {
            points[o] = weighted->weights[i]->best() * weighted->values[i][o].best() / 100;
        }
    } else if (const auto& stance = std::get<Stances>(preference.form).stances[i]) {
        for (std::size_t o = 0; o < points.size(); ++o) {
            const Rational distance = abs(stance->position.best() - issue.options[o].place);
            points[o] = stance->salience.best() * (Rational(100) - distance) / 100;
        }
    }
}

/// The points of those asked for: of everybody, or of one actor.
std::vector<std::pair<ActorId, Rational>> best_of(const std::vector<std::pair<ActorId, Number>>& points,
                                                  std::optional<ActorId> only) {
    std::vector<std::pair<ActorId, Rational>> best;
    for (const auto& [actor, number] : points) {
        if (!only || actor == *only)
            best.emplace_back(actor, number.best());
    }
    return best;
}

/// The deals that meet both conditions; none when an issue would have no option left.
std::optional<Condition> both(const Condition& a, const Condition& b) {
    Condition joint = a;
    for (const auto& [issue, options] : b.terms) {
        const auto term = std::ranges::find(joint.terms, issue, [](const auto& t) { return t.first; });
        if (term == joint.terms.end()) {
            joint.terms.emplace_back(issue, options);
            continue;
        }
        std::erase_if(term->second,
                      [&](OptionId option) { return std::ranges::find(options, option) == options.end(); });
        if (term->second.empty()) {
            return std::nullopt;
        }
    }
    return joint;
}

/// The deals that meet `a` but not `b`, as disjoint conditions: the first k terms of `b` hold and the next
/// one fails.
std::vector<Condition> without(const Case& subject, const Condition& a, const Condition& b) {
    std::vector<Condition> parts;
    Condition held = a;
    for (const auto& [issue, options] : b.terms) {
        Condition fails;
        fails.terms.emplace_back(issue, std::vector<OptionId>{});
        for (std::size_t o = 0; o < subject[issue].options.size(); ++o) {
            if (std::ranges::find(options, OptionId(o)) == options.end()) {
                fails.terms.front().second.emplace_back(o);
            }
        }
        if (!fails.terms.front().second.empty()) {
            if (auto part = both(held, fails)) {
                parts.push_back(std::move(*part));
            }
        }
        Condition holds;
        holds.terms.emplace_back(issue, options);
        auto next = both(held, holds);
        if (!next) {
            break;
        }
        held = std::move(*next);
    }
    return parts;
}

/// Disjoint conditions that together hold exactly where one of the given ones does.
std::vector<Condition> disjoint(const Case& subject, const std::vector<Condition>& conditions) {
    std::vector<Condition> result;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        std::vector<Condition> pieces{conditions[i]};
        for (std::size_t j = 0; j < i; ++j) {
            std::vector<Condition> left;
            for (const Condition& piece : pieces) {
                std::ranges::move(without(subject, piece, conditions[j]), std::back_inserter(left));
            }
            pieces = std::move(left);
        }
        std::ranges::move(pieces, std::back_inserter(result));
    }
    return result;
}

}  // namespace

Scores::Scores(const Case& subject) : Scores(subject, std::optional<ActorId>{}) {}

Scores::Scores(const Case& subject, ActorId only) : Scores(subject, std::optional(only)) {}

Scores::Scores(const Case& subject, std::optional<ActorId> only)
    : sheets_(subject.actors.size()), no_deal_(subject.actors.size()) {
    std::size_t options = 0;
    for (const Issue& issue : subject.issues) {
        first_.push_back(options);
        options += issue.options.size();
    }
    const auto asked = [&](const Preference& preference) { return !only || preference.actor == *only; };
    for (const Preference& preference : subject.preferences) {
        if (!asked(preference))
            continue;
        auto& sheet = sheets_[preference.actor.index];
        sheet.reserve(options);
        for (std::size_t i = 0; i < subject.issues.size(); ++i) {
            add_points(subject, preference, i, sheet);
        }
    }
    for (const Bundle& bundle : subject.bundles) {
        if (auto points = best_of(bundle.points, only); !points.empty())
            terms_.push_back({bundle.when, std::move(points)});
    }
    for (const Obligation& obligation : subject.obligations) {
        auto price = best_of(obligation.cost, only);
        if (obligation.hard || price.empty()) {
            continue;
        }
        for (auto& [actor, points] : price) {
            points = -points;
        }
        for (Condition& condition : disjoint(subject, obligation.broken_when)) {
            terms_.push_back({std::move(condition), price});
        }
    }
    const auto status_quo = status_quo_deal(subject);
    for (const Preference& preference : subject.preferences) {
        if (!asked(preference))
            continue;
        if (preference.no_deal) {
            no_deal_[preference.actor.index] = preference.no_deal->best();
        } else if (status_quo) {
            no_deal_[preference.actor.index] = of(preference.actor, *status_quo);
        }
    }
}

std::vector<ActorId> Scores::actors() const {
    std::vector<ActorId> with_preferences;
    for (std::size_t a = 0; a < sheets_.size(); ++a) {
        if (has(ActorId(a))) {
            with_preferences.emplace_back(a);
        }
    }
    return with_preferences;
}

Rational Scores::of(ActorId actor, const Deal& deal) const {
    Rational sum;
    for (std::size_t i = 0; i < deal.size(); ++i) {
        sum += points(actor, IssueId(i), deal[i]);
    }
    for (const ScoreTerm& term : terms_) {
        for (const auto& [who, points] : term.points) {
            if (who == actor && term.when.holds(deal)) {
                sum += points;
            }
        }
    }
    return sum;
}

bool feasible(const Case& subject, const Deal& deal) {
    for (std::size_t i = 0; i < deal.size(); ++i) {
        const auto settled = settled_option(subject, IssueId(i));
        if (settled && *settled != deal[i]) {
            return false;
        }
    }
    return std::ranges::all_of(subject.rules, [&](const Rule& rule) { return rule.allows(deal); }) &&
           std::ranges::none_of(subject.obligations, [&](const Obligation& obligation) {
               return obligation.hard && obligation.broken_by(deal);
           });
}

std::optional<DerivedStance> stance_of(const Case& subject, const Scores& scores, ActorId actor,
                                       IssueId issue) {
    const Preference* preference = preference_of(subject, actor);
    if (preference == nullptr) {
        return std::nullopt;
    }
    if (const auto* stances = std::get_if<Stances>(&preference->form)) {
        const auto& stance = stances->stances[issue.index];
        if (!stance) {
            return std::nullopt;
        }
        return DerivedStance{stance->position.best(), stance->salience.best(), false};
    }
    const auto range = [&](IssueId i) {
        Rational low = scores.points(actor, i, OptionId{});
        Rational high = low;
        for (std::size_t o = 1; o < subject[i].options.size(); ++o) {
            low = std::min(low, scores.points(actor, i, OptionId(o)));
            high = std::max(high, scores.points(actor, i, OptionId(o)));
        }
        return high - low;
    };
    Rational largest;
    for (std::size_t i = 0; i < subject.issues.size(); ++i) {
        largest = std::max(largest, range(IssueId(i)));
    }
    const Rational own = range(issue);
    if (own == Rational{}) {
        return std::nullopt;
    }
    Rational best = scores.points(actor, issue, OptionId{});
    for (std::size_t o = 1; o < subject[issue].options.size(); ++o) {
        best = std::max(best, scores.points(actor, issue, OptionId(o)));
    }
    Rational places;
    std::int64_t tied = 0;
    for (std::size_t o = 0; o < subject[issue].options.size(); ++o) {
        if (scores.points(actor, issue, OptionId(o)) == best) {
            places += subject[issue].options[o].place;
            ++tied;
        }
    }
    return DerivedStance{places / tied, own * 100 / largest, true};
}

}  // namespace steelyard
