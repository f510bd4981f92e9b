// SPDX-License-Identifier: Apache-2.0
#include "report/answers/answer.hpp"

#include <algorithm>

namespace steelyard::report {

namespace {

struct LevelResult {
    std::string name;  ///< `only political issues`
    std::string acceptable;
    std::optional<Deal> deal;
};

/// The table with only some of its issues: the others stay as they are today.
LevelResult settle(Study& study, const TableStudy& at, const std::string& level) {
    Table table = at.table;
    std::erase_if(table.issues, [&](IssueId issue) {
        const auto& tags = study.subject[issue].levels;
        return std::ranges::find(tags, level) == tags.end();
    });
    const Case variant = with_table(study.subject, table);
    LevelResult result;
    result.name = level + " issues alone";
    result.acceptable = space::frontier(variant, {.table = table.id}, study.context).acceptable;
    const auto solved =
        space::solutions(variant, {.table = table.id, .concepts = {space::Concept::nash}}, study.context);
    if (!solved.solutions.empty()) {
        result.deal = deal_from_names(variant, solved.solutions.front().deal);
    }
    return result;
}

}  // namespace

Draft answer_levels(Study& study, const QuestionPart& part) {
    const TableStudy& at = study.at(part);
    Draft draft;
    AnswerPart& answer = draft.part;
    answer.label = Label::normative;
    std::vector<std::string> levels;
    bool today_everywhere = true;
    for (const IssueId issue : at.open) {
        today_everywhere = today_everywhere && study.today(issue).has_value();
        for (const std::string& level : study.subject[issue].levels) {
            if (std::ranges::find(levels, level) == levels.end()) {
                levels.push_back(level);
            }
        }
    }
    use_table(draft, study, at, {});
    if (levels.size() < 2 || !today_everywhere) {
        answer.sentence = levels.size() < 2 ? "The case tags fewer than two levels on this table's issues, "
                                              "so there is nothing to compare."
                                            : "Some issue of this table has no option in force today, so it "
                                              "cannot be left out of a deal.";
        return draft;
    }
    std::vector<LevelResult> results;
    for (const std::string& level : levels) {
        results.push_back(settle(study, at, level));
    }
    LevelResult both{"everything", at.frontier.acceptable, std::nullopt};
    if (at.agreement()) {
        both.deal = at.likely()->deal;
    }
    results.push_back(both);

    const auto short_gains = [&](const LevelResult& result) {
        std::vector<std::string> items;
        for (const ActorId actor : at.table.actors) {
            items.push_back(number_text(study.gain(actor, *result.deal)));
        }
        return list_text(items);
    };
    std::string text = both.deal
                           ? "a deal on everything brings " + gains_text(study, at.table.actors, *both.deal)
                           : "no deal on everything is acceptable";
    for (std::size_t i = 0; i + 1 < results.size(); ++i) {
        text += "; " + results[i].name +
                (results[i].deal ? " bring " + short_gains(results[i]) : " allow no acceptable deal");
    }
    answer.sentence = sentence(text);
    if (both.deal) {
        // What each level alone leaves on the table, for the actor that would miss it most.
        for (std::size_t i = 0; i + 1 < results.size(); ++i) {
            if (!results[i].deal) {
                answer.why.push_back(
                    sentence("with " + results[i].name + " on the table, no deal is acceptable"));
                continue;
            }
            std::vector<std::string> missed;
            for (const ActorId actor : at.table.actors) {
                const Rational less = study.gain(actor, *both.deal) - study.gain(actor, *results[i].deal);
                if (less != Rational{}) {
                    missed.push_back(study.name(actor) + " gets " + points_text(less) +
                                     (less > Rational{} ? " less" : " more"));
                }
            }
            const auto changes = study.changes(at, *results[i].deal);
            answer.why.push_back(sentence(
                "with " + results[i].name + " on the table, the balanced deal is " +
                (changes.empty() ? "today's state" : list_text(changes)) +
                (missed.empty() ? "" : "; " + list_text(missed) + " than from a deal on everything")));
        }
    }
    // The closest of the comparisons that the answer makes: who has least to lose by leaving a level out.
    if (both.deal) {
        const LevelResult* rival = nullptr;
        ActorId who;
        Rational lead;
        for (std::size_t i = 0; i + 1 < results.size(); ++i) {
            for (const ActorId actor : at.table.actors) {
                const Rational more =
                    results[i].deal ? study.gain(actor, *both.deal) - study.gain(actor, *results[i].deal)
                                    : Rational{};
                if (more > Rational{} && (rival == nullptr || more < lead)) {
                    rival = &results[i];
                    who = actor;
                    lead = more;
                }
            }
        }
        if (rival != nullptr) {
            draft.conclusion =
                concludes_better(study, who, *both.deal, *rival->deal,
                                 study.name(who) + std::string(study.verb(who, " gets", " get")) +
                                     " more from a deal on everything than from " + rival->name);
        }
    }
    std::vector<std::string> shared;
    for (const IssueId issue : at.open) {
        if (study.subject[issue].levels.size() > 1) {
            shared.push_back("“" + study.issue_name(issue) + "”");
        }
    }
    if (!shared.empty()) {
        answer.why.push_back(sentence(list_text(shared) + (shared.size() == 1 ? " counts" : " count") +
                                      " on each of its levels"));
    }
    FactTable table;
    table.caption = "Settling one level or all: gain in points over no agreement, in the balanced deal";
    table.columns = {"Settled", "Acceptable deals"};
    for (const ActorId actor : study.scores.actors()) {
        table.columns.push_back(study.heading(actor));
    }
    for (const LevelResult& result : results) {
        std::vector<Value> row{cell(capitalised(result.name)), cell(count_text(result.acceptable))};
        for (const ActorId actor : study.scores.actors()) {
            row.push_back(result.deal ? cell(study.gain(actor, *result.deal)) : cell("–"));
        }
        table.rows.push_back(std::move(row));
    }
    answer.tables.push_back(std::move(table));
    answer.would_change.push_back(
        "Moving an issue from one level to the other in the case changes this comparison.");
    return draft;
}

}  // namespace steelyard::report
