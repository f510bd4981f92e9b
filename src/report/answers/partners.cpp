// SPDX-License-Identifier: Apache-2.0
#include "report/answers/answer.hpp"
#include "report/answers/sequence.hpp"

#include <algorithm>

namespace steelyard::report {

namespace {

struct Choice {
    std::vector<std::size_t> tables;  ///< places in the list of the actor's tables
    Deal deal;
    Rational gain;
};

}  // namespace

Draft answer_partners(Study& study, const QuestionPart& part) {
    const ActorId actor = *part.actor;
    const std::string who = study.name(actor);
    Draft draft;
    AnswerPart& answer = draft.part;
    answer.label = Label::prescriptive;
    answer.needs_module = {
        "linkage",
        "What each partner would do who expects the other talks takes linked talks; what stands "
        "here puts together deals that each table would make as if it were the only one."};
    std::vector<Table> own;
    for (const Table& table : study.tables) {
        if (std::ranges::find(table.actors, actor) != table.actors.end()) {
            own.push_back(table);
        }
    }
    constexpr std::size_t most = 5;
    if (own.size() < 2 || own.size() > most || !has_today(study)) {
        answer.sentence = sentence(
            own.size() < 2      ? who + " sits at fewer than two tables, so there are no partners to compare"
            : own.size() > most ? who + " sits at too many tables for this comparison"
                                : "some issue has no option in force today, so tables cannot be left out");
        return draft;
    }
    std::vector<Deal> alone;
    for (const Table& table : own) {
        alone.push_back(settle_in_order(study, {table}));
        use_table(draft, study, study.at(table.id), {});
    }
    const Deal today = *status_quo_deal(study.subject);
    std::vector<Choice> choices;
    for (std::size_t set = 0; set < (std::size_t{1} << own.size()); ++set) {
        Choice choice{{}, today, {}};
        for (std::size_t t = 0; t < own.size(); ++t) {
            if ((set >> t & 1U) == 0) {
                continue;
            }
            choice.tables.push_back(t);
            for (const IssueId issue : own[t].issues) {
                choice.deal[issue.index] = alone[t][issue.index];
            }
        }
        choice.gain = study.gain(actor, choice.deal);
        choices.push_back(std::move(choice));
    }
    std::ranges::stable_sort(choices, {}, [](const Choice& choice) { return choice.tables.size(); });
    const auto choice_name = [&](const Choice& choice) {
        std::vector<std::string> names;
        for (const std::size_t t : choice.tables) {
            std::vector<ActorId> others = own[t].actors;
            std::erase(others, actor);
            names.push_back(study.names(others));
        }
        return names.empty() ? std::string("nobody") : list_text(names);
    };
    const Choice* single = nullptr;
    for (const Choice& choice : choices) {
        if (choice.tables.size() == 1 && (single == nullptr || choice.gain > single->gain)) {
            single = &choice;
        }
    }
    const Choice& all = choices.back();
    const Rational extra = all.gain - single->gain;
    answer.sentence = sentence(
        "dealing with " + choice_name(all) + " leaves " + who + " at " + signed_text(all.gain.to_double()) +
        " points over no agreement, " +
        (extra == Rational{} ? "exactly what"
                             : points_text(extra) + (extra > Rational{} ? " more than" : " less than")) +
        (extra == Rational{} ? " its best single partner brings, " : " with its best single partner, ") +
        choice_name(*single) + " (" + signed_text(single->gain.to_double()) + ")");
    // What the separate deals would add up to if they did not touch each other.
    Rational sum = choices.front().gain;
    for (const Choice& choice : choices) {
        if (choice.tables.size() == 1) {
            sum += choice.gain - choices.front().gain;
        }
    }
    const Rational clash = all.gain - sum;
    answer.why.push_back(
        clash == Rational{}
            ? sentence("the separate deals do not get in each other's way: what they are worth to " + who +
                       " simply adds up")
        : clash < Rational{}
            ? sentence("together the deals are worth " + points_text(clash) +
                       " less to it than their sum, because of obligations and combinations across tables")
            : sentence("together the deals are worth " + points_text(clash) + " more to it than their sum"));
    std::vector<std::string> broken;
    for (const std::size_t index : study.broken(all.deal)) {
        broken.push_back(obligation_phrase(study, index));
    }
    answer.why.push_back(broken.empty() ? "All deals together break none of the obligations in the case."
                                        : sentence("all deals together break " + list_text(broken)));
    FactTable table;
    table.caption = "Dealing with nobody, one or several: points over no agreement";
    table.columns = {"Deals with"};
    for (const ActorId other : study.scores.actors()) {
        table.columns.push_back(study.heading(other));
    }
    for (const Choice& choice : choices) {
        std::vector<Value> row{cell(capitalised(choice_name(choice)))};
        for (const ActorId other : study.scores.actors()) {
            row.push_back(cell(study.gain(other, choice.deal)));
        }
        table.rows.push_back(std::move(row));
    }
    answer.tables.push_back(std::move(table));
    if (choices.front().gain < Rational{}) {
        answer.why.push_back(sentence("today's options alone leave it at " +
                                      signed_text(choices.front().gain.to_double()) +
                                      ": its no-deal value counts what waiting is worth besides"));
    }
    answer.would_change.push_back(
        "If one partner saw the other talks coming, its terms would change, and with them this comparison.");
    return draft;
}

}  // namespace steelyard::report
