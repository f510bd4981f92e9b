// SPDX-License-Identifier: Apache-2.0
#include "steelyard/model/case.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/model/tables.hpp"

#include <algorithm>
#include <ranges>

namespace steelyard {

bool Condition::holds(const Deal& deal) const {
    return std::ranges::all_of(terms, [&](const auto& term) {
        return std::ranges::find(term.second, deal[term.first.index]) != term.second.end();
    });
}

bool Rule::allows(const Deal& deal) const {
    return !when.holds(deal) || (then && then->holds(deal));
}

bool Obligation::broken_by(const Deal& deal) const {
    return std::ranges::any_of(broken_when,
                               [&](const Condition& condition) { return condition.holds(deal); });
}

namespace {

template <class Index, class List>
Index find_in(const List& list, std::string_view id, std::string_view what) {
    const auto found =
        std::ranges::find(list, id, [](const auto& item) { return std::string_view(item.id); });
    if (found != list.end()) {
        return Index(static_cast<std::size_t>(found - list.begin()));
    }
    std::vector<std::string> names;
    for (const auto& item : list) {
        names.push_back(item.id);
    }
    throw Error(ErrorKind::unknown_name, std::vector{Problem{{},
                                                             "unknown " + std::string(what),
                                                             std::string(id),
                                                             join_names(names),
                                                             nearest_name(id, names)}});
}

}  // namespace

ActorId find_actor(const Case& subject, std::string_view id) {
    return find_in<ActorId>(subject.actors, id, "actor");
}

IssueId find_issue(const Case& subject, std::string_view id) {
    return find_in<IssueId>(subject.issues, id, "issue");
}

OptionId find_option(const Case& subject, IssueId issue, std::string_view id) {
    return find_in<OptionId>(subject[issue].options, id, "option of issue '" + subject[issue].id + "'");
}

const Preference* preference_of(const Case& subject, ActorId actor) {
    const auto found = std::ranges::find(subject.preferences, actor, &Preference::actor);
    return found == subject.preferences.end() ? nullptr : &*found;
}

Named<std::string> name_deal(const Case& subject, const Deal& deal) {
    Named<std::string> names;
    for (std::size_t i = 0; i < deal.size(); ++i) {
        names.emplace_back(subject.issues[i].id, subject.issues[i].options[deal[i].index].id);
    }
    return names;
}

Deal deal_from_names(const Case& subject, const Named<std::string>& names) {
    std::vector<std::optional<OptionId>> chosen(subject.issues.size());
    std::vector<Problem> problems;
    for (const auto& [issue_name, option_name] : names) {
        try {
            const IssueId issue = find_issue(subject, issue_name);
            chosen[issue.index] = find_option(subject, issue, option_name);
        } catch (const Error& error) {
            std::ranges::copy(error.problems(), std::back_inserter(problems));
        }
    }
    if (!problems.empty()) {
        throw Error(ErrorKind::unknown_name, problems);
    }
    Deal deal;
    std::vector<std::string> missing;
    for (std::size_t i = 0; i < subject.issues.size(); ++i) {
        if (!chosen[i]) {
            chosen[i] = settled_option(subject, IssueId(i));
        }
        if (!chosen[i]) {
            chosen[i] = subject.issues[i].status_quo;
        }
        if (!chosen[i]) {
            missing.push_back(subject.issues[i].id);
        }
        deal.push_back(chosen[i].value_or(OptionId{}));
    }
    if (!missing.empty()) {
        throw Error(ErrorKind::missing_section,
                    std::vector{Problem{{},
                                        "the deal leaves out issues that have no status quo",
                                        join_names(missing),
                                        "name an option for each, or give it a status_quo",
                                        {}}});
    }
    return deal;
}

}  // namespace steelyard
