// SPDX-License-Identifier: Apache-2.0
#include "steelyard/linkage/partners.hpp"

#include "report/answers/answer.hpp"

#include <algorithm>
#include <iterator>

namespace steelyard::report {

namespace {

struct Choice {
    std::vector<std::size_t> tables;  ///< places in the list of the actor's tables
    Rational gain;
    Named<Rational> points;  ///< of every actor
    std::vector<std::string> broken;
    Deal end;                        ///< where all talks and answers lead
    std::vector<std::string> story;  ///< what each table agrees and each outsider answers
};

}  // namespace

Draft answer_partners(Study& study, const QuestionPart& part) {
    const ActorId actor = *part.actor;
    const std::string who = study.name(actor);
    Draft draft;
    AnswerPart& answer = draft.part;
    answer.label = Label::prescriptive;
    std::vector<Table> own;
    for (const Table& table : study.tables) {
        if (std::ranges::find(table.actors, actor) != table.actors.end()) {
            own.push_back(table);
        }
    }
    constexpr std::size_t most = 5;
    if (own.size() < 2 || own.size() > most || !status_quo_deal(study.subject)) {
        answer.sentence = sentence(
            own.size() < 2      ? who + " sits at fewer than two tables, so there are no partners to compare"
            : own.size() > most ? who + " sits at too many tables for this comparison"
                                : "some issue has no option in force today, so tables cannot be left out");
        return draft;
    }
    linkage::PartnersOptions options;
    options.actor = study.subject[actor].id;
    const linkage::PartnersResult played = linkage::partners(study.subject, options, study.context);
    std::vector<Choice> choices;
    for (const linkage::PartnerSet& set : played.sets) {
        Choice choice{{},
                      set.points - study.scores.no_deal(actor),
                      set.others,
                      set.obligations_broken,
                      *status_quo_deal(study.subject),
                      {}};
        for (const linkage::TurnRow& turn : set.turns) {
            if (turn.agreed) {
                for (const auto& [issue, option] : turn.changes) {
                    const IssueId changed = find_issue(study.subject, issue);
                    choice.end[changed.index] = find_option(study.subject, changed, option);
                }
                choice.story.push_back(turn.text);
            }
        }
        choice.points.emplace_back(options.actor, set.points);
        for (const std::string& id : set.tables) {
            choice.tables.push_back(
                static_cast<std::size_t>(std::ranges::find(own, id, &Table::id) - own.begin()));
        }
        choices.push_back(std::move(choice));
    }
    for (const Table& table : own) {
        use_table(draft, study, study.at(table.id), {});
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
        clash == Rational{} ? sentence("the talks do not get in each other's way: what they are worth to " +
                                       who + " simply adds up")
        : clash < Rational{}
            ? sentence("together the deals are worth " + points_text(clash) +
                       " less to it than their sum, because of obligations and combinations across tables")
            : sentence("together the deals are worth " + points_text(clash) + " more to it than their sum"));
    std::vector<std::string> broken;
    for (std::size_t index = 0; index < study.subject.obligations.size(); ++index) {
        if (std::ranges::find(all.broken, study.subject.obligations[index].id) != all.broken.end()) {
            broken.push_back(obligation_phrase(study, index));
        }
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
            row.push_back(cell(over_no_agreement(study, other, choice.points)));
        }
        table.rows.push_back(std::move(row));
    }
    answer.tables.push_back(std::move(table));
    for (const linkage::TableWorth& worth : played.worth) {
        answer.why.push_back(sentence("“" + study.table_name(find_table(study.subject, worth.table)) +
                                      "” is worth " + signed_text(worth.alone.to_double()) +
                                      " to it as its only table and " + signed_text(worth.last.to_double()) +
                                      " once it talks at all others"));
    }
    if (extra != Rational{}) {
        const bool more = extra > Rational{};
        draft.conclusion = concludes_better(
            study, actor, more ? all.end : single->end, more ? single->end : all.end,
            "dealing with " + choice_name(all) + " leaves " + who + (more ? " better" : " worse") +
                " off than with " + choice_name(*single) + " alone");
    }
    PartnersFacts facts{study.subject[actor].id, {}};
    for (const Choice& choice : choices) {
        PartnerChoice shown{{}, {}, choice.broken};
        for (const std::size_t t : choice.tables) {
            std::vector<ActorId> others = own[t].actors;
            std::erase(others, actor);
            std::vector<std::string> names;
            for (const ActorId other : others) {
                names.push_back(study.heading(other));
            }
            shown.partners.push_back(list_text(names));
        }
        for (const ActorId other : study.scores.actors()) {
            shown.gains.emplace_back(study.subject[other].id, over_no_agreement(study, other, choice.points));
        }
        facts.choices.push_back(std::move(shown));
    }
    answer.partners = std::move(facts);
    if (choices.front().gain < Rational{}) {
        answer.why.push_back(sentence("talking to nobody leaves it at " +
                                      signed_text(choices.front().gain.to_double()) +
                                      ": its no-deal value counts what waiting is worth besides"));
    }
    answer.why.push_back(
        "Tables without it talk as well, everybody sees the later talks coming, and its own tables talk in "
        "the order "
        "that is best for it.");
    answer.why.push_back("Told for dealing with " + choice_name(all) + ":");
    std::ranges::copy(all.story, std::back_inserter(answer.why));
    answer.would_change.push_back("If its tables had to talk in another order, the comparison could change.");
    return draft;
}

}  // namespace steelyard::report
