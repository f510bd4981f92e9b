// SPDX-License-Identifier: Apache-2.0
#include "report/answers/answer.hpp"
#include "report/answers/forecasts.hpp"
#include "report/answers/packages.hpp"
#include "report/scan.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace steelyard::report {

namespace {

FactTable deals_by_concept(const Study& study, const TableStudy& at) {
    FactTable table;
    table.caption = "Deals that bargaining theory singles out: gain in points over no agreement";
    table.columns = {"Deal"};
    for (const ActorId actor : at.table.actors) {
        table.columns.push_back(study.heading(actor));
    }
    table.columns.emplace_back("Equally good deals");
    for (const ChosenDeal& chosen : at.chosen) {
        std::vector<Value> row{cell(deal_name(chosen))};
        for (const ActorId actor : at.table.actors) {
            row.push_back(cell(study.gain(actor, chosen.deal)));
        }
        row.push_back(cell(count_text(chosen.ties)));
        table.rows.push_back(std::move(row));
    }
    return table;
}

/// Issues on which every singled-out deal agrees, and those on which they part.
std::string common_ground(const Study& study, const TableStudy& at) {
    std::vector<std::string> same;
    std::vector<std::string> open;
    for (const IssueId issue : at.open) {
        const OptionId first = at.chosen.front().deal[issue.index];
        const bool agreed = std::ranges::all_of(
            at.chosen, [&](const ChosenDeal& chosen) { return chosen.deal[issue.index] == first; });
        if (agreed && study.today(issue) != first) {
            same.push_back(study.issue_name(issue) + " (" + study.option_name(issue, first) + ")");
        } else if (!agreed) {
            open.push_back(study.issue_name(issue));
        }
    }
    std::string text =
        same.empty() ? "the deals have no change in common" : "common to all of them: " + some_of(same, 12);
    if (!open.empty()) {
        text += "; they differ on " + some_of(open, 8);
    }
    return sentence(text);
}

void nash_changes(Study& study, const TableStudy& at, AnswerPart& part) {
    const Scan& scan = study.scan(at);
    // By issue: how many of the moves that overtake the deal would settle it differently.
    std::map<std::size_t, std::size_t> shifts;
    std::vector<std::string> examples;
    std::set<const CaseNumber*> tipping;
    for (const ScanEnd& end : scan.ends) {
        if (!end.overtaken) {
            continue;
        }
        tipping.insert(end.number);
        std::vector<std::string> differences;
        for (const IssueId issue : at.open) {
            if (end.best[issue.index] != at.likely()->deal[issue.index]) {
                ++shifts[issue.index];
                differences.push_back(study.quoted(issue, end.best[issue.index]));
            }
        }
        examples.push_back(sentence("if " + end_phrase(study, end) + ", the balanced deal changes to " +
                                    some_of(differences, 3)));
    }
    if (scan.numbers == 0) {
        part.would_change.push_back("The case states no range for any number that matters here.");
        return;
    }
    if (examples.empty()) {
        part.would_change.push_back("The balanced deal stays the same wherever any one of the " +
                                    std::to_string(scan.numbers) + " numbers lies in its range.");
        return;
    }
    std::vector<std::pair<std::size_t, std::size_t>> order(shifts.begin(), shifts.end());
    std::ranges::stable_sort(order, std::ranges::greater{}, &std::pair<std::size_t, std::size_t>::second);
    std::vector<std::string> issues;
    for (const auto& [issue, times] : order) {
        issues.push_back("“" + study.issue_name(IssueId(issue)) + "”");
    }
    part.would_change.push_back(
        sentence(std::to_string(tipping.size()) + " of the " + std::to_string(scan.numbers) +
                 " uncertain numbers can each tip the balance to another deal; most often " +
                 some_of(issues, 3) + (issues.size() == 1 ? " is" : " are") + " then settled differently"));
    constexpr std::size_t shown = 2;
    for (std::size_t i = 0; !study.drawn && i < std::min(shown, examples.size()); ++i) {
        part.would_change.push_back(examples[i]);
    }
}

}  // namespace

Draft answer_deal_likely(Study& study, const QuestionPart& part) {
    const TableStudy& at = study.at(part);
    if (!at.agreement()) {
        return no_agreement(study, at, Label::normative);
    }
    Draft draft;
    AnswerPart& answer = draft.part;
    answer.label = Label::normative;
    const ChosenDeal& nash = *at.likely();
    const auto changes = study.changes(at, nash.deal);
    answer.sentence = sentence(
        "theory points to a deal that " +
        (changes.empty() && study.has_today(at)
             ? "leaves everything as it is"
             : (study.has_today(at) ? "changes " + std::to_string(changes.size()) + " of " : "settles ") +
                   count_of(at.open.size(), "open issue")) +
        " and brings " + gains_text(study, at.table.actors, nash.deal) + " more than no agreement");
    answer.why.push_back(changes.empty()
                             ? "It leaves everything as it is today."
                             : sentence((study.has_today(at) ? "its changes from today: " : "its terms: ") +
                                        list_text(changes)));
    answer.why.push_back(common_ground(study, at));
    add_trades(study, at, answer);
    answer.tables.push_back(deals_by_concept(study, at));
    nash_changes(study, at, answer);
    draft.conclusion = concludes_balanced(study, at);
    use_table(draft, study, at, {});
    draft.more.push_back(models_part(study, at));
    for (std::size_t i = 0; i < study.numbers.size() && draft.more.back().forecast; ++i) {
        const CaseNumber& number = study.numbers[i];
        if (number.role == NumberRole::capability && number.actor && at.seats(*number.actor)) {
            draft.numbers.insert(i);
        }
    }
    return draft;
}

}  // namespace steelyard::report
