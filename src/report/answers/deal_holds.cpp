// SPDX-License-Identifier: Apache-2.0
#include "report/answers/answer.hpp"
#include "report/scan.hpp"

#include <algorithm>

namespace steelyard::report {

namespace {

/// `, but 2 of the 6 single moves in the case would pay whoever makes them`
std::string temptation(std::size_t tempted, std::size_t moves) {
    if (moves == 0) {
        return "";
    }
    if (moves == 1) {
        return tempted == 1 ? ", but the one move in the case would pay whoever makes it"
                            : ", and the one move in the case would not pay whoever makes it";
    }
    if (tempted == 0) {
        return ", and none of the " + std::to_string(moves) +
               " single moves in the case would pay whoever makes it";
    }
    return ", but " + std::to_string(tempted) + " of the " + std::to_string(moves) +
           " single moves in the case would pay whoever makes " + (tempted == 1 ? "it" : "them");
}

}  // namespace

Draft answer_deal_holds(Study& study, const QuestionPart& part) {
    const TableStudy& at = study.at(part);
    if (!at.agreement()) {
        return no_agreement(study, at, Label::descriptive);
    }
    Draft draft;
    AnswerPart& answer = draft.part;
    answer.label = Label::descriptive;
    const Deal& nash = at.likely()->deal;
    FactTable table;
    table.caption = "Single moves once the balanced deal stands: change in points";
    table.columns = {"Move", "By"};
    for (const ActorId actor : study.scores.actors()) {
        table.columns.push_back(study.heading(actor));
    }
    std::vector<std::string> tempted;
    std::vector<std::string> breaking;
    std::size_t looked_at = 0;
    for (const MoveEffect& effect : move_effects(study, nash)) {
        const Move& move = study.subject.conflict->moves[effect.move.index];
        std::vector<Value> row{cell(move.name), cell(study.heading(move.by))};
        for (const ActorId actor : study.scores.actors()) {
            const Rational change = study.scores.of(actor, effect.deal) - study.scores.of(actor, nash);
            row.push_back(cell(change));
            if (actor == move.by && change > Rational{}) {
                tempted.push_back("“" + clause(move.name) + "” (" + signed_text(change.to_double()) +
                                  " for " + study.name(actor) + ")");
            }
            if (actor != move.by && at.seats(actor) && study.gain(actor, effect.deal) < Rational{}) {
                breaking.push_back("“" + clause(move.name) + "” leaves " + study.name(actor) + " at " +
                                   signed_text(study.gain(actor, effect.deal).to_double()));
            }
        }
        ++looked_at;
        table.rows.push_back(std::move(row));
    }
    answer.sentence = sentence("on its own terms the balanced deal holds, since it leaves " +
                               gains_text(study, at.table.actors, nash) + " above no agreement" +
                               temptation(tempted.size(), looked_at));
    if (!tempted.empty()) {
        answer.why.push_back(
            sentence("moves that pay the mover, counted in points alone: " + list_text(tempted)));
    }
    if (!breaking.empty()) {
        answer.why.push_back(
            sentence("moves after which somebody at the table would be better off without the deal: " +
                     list_text(breaking)));
    }
    std::vector<std::string> obligations;
    for (const std::size_t index : study.broken(nash)) {
        obligations.push_back(obligation_phrase(study, index));
    }
    answer.why.push_back(obligations.empty() ? "It breaks none of the obligations in the case."
                                             : sentence("it breaks " + list_text(obligations)));
    if (!table.rows.empty()) {
        answer.tables.push_back(std::move(table));
    }
    const Scan& scan = study.scan(at);
    std::vector<std::string> falls;
    for (const ScanEnd& end : scan.ends) {
        if (!end.holds) {
            falls.push_back(end_phrase(study, end));
        }
    }
    answer.would_change.push_back(
        falls.empty() ? "No single number within its range makes somebody at the table refuse this deal."
                      : sentence("somebody at the table would refuse this deal if " + some_of(falls, 3)));
    answer.needs_module = {
        "stability",
        "Whether a move would be answered, and so deterred, takes the analysis of moves and "
        "countermoves; what stands here looks one step ahead and no further."};
    use_table(draft, study, at, {});
    return draft;
}

}  // namespace steelyard::report
