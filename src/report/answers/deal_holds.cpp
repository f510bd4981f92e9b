// SPDX-License-Identifier: Apache-2.0
#include "report/answers/answer.hpp"
#include "report/answers/conflict.hpp"
#include "report/scan.hpp"

#include <algorithm>
#include <iterator>

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

/// What moves and countermoves leave standing: states from which nobody gains by moving (Nash), and those that fear of
/// the answer adds (sequential stability).
std::vector<std::string> moves_and_countermoves(const Study& study, const TableStudy& at,
                                                const ConflictStudy& conflict) {
    if (!conflict.trouble.empty()) {
        return {sentence("moves and countermoves could not be analysed: " + conflict.trouble)};
    }
    const std::size_t all = conflict.standing.size();
    std::vector<std::string> lines;
    lines.push_back(sentence("by the moves and preferences of the case's conflict, " +
                             count_of(all, "state") + (all == 1 ? " stands" : " stand") +
                             " because nobody gains by moving, " + std::to_string(conflict.with_deal()) +
                             " of them with a deal at this table; fear of the others' answer keeps " +
                             std::to_string(conflict.deterred) + " more"));
    const auto today = std::ranges::find(conflict.graph.states, true, &StateNode::today);
    if (today != conflict.graph.states.end()) {
        lines.push_back(
            today->nash ? "Today's state is one of them: by itself it lasts."
            : today->sequential
                ? "Today's state lasts only because those who would gain by moving fear the answer."
                : "Today's state is not one of them: somebody gains by moving away from it.");
    }
    const std::vector<std::string>& path = conflict.graph.path;
    for (std::size_t i = 0; i < path.size(); ++i) {
        lines.push_back(sentence((i == 0                ? "the way from today to a state that stands: first, "
                                  : i + 1 < path.size() ? "then "
                                                        : "last, ") +
                                 path[i]));
    }
    const auto on_the_way = [&](std::size_t move) {
        return std::ranges::any_of(conflict.graph.steps, [&](const StateStep& step) {
            const auto& made = conflict.graph.states[static_cast<std::size_t>(step.to)].moves;
            return step.path && std::ranges::find(made, static_cast<int>(move)) != made.end();
        });
    };
    // Moves of those at the table that only some standing states contain: what always comes with them.
    for (std::size_t move = 0; move < study.subject.conflict->moves.size(); ++move) {
        const std::size_t times = conflict.taken(move, false);
        if (times == 0 || times == all || on_the_way(move) ||
            !at.seats(study.subject.conflict->moves[move].by)) {
            continue;
        }
        std::vector<std::string> always;
        for (std::size_t other = 0; other < study.subject.conflict->moves.size(); ++other) {
            const auto together = std::ranges::count_if(conflict.standing, [&](const StandingState& state) {
                return (state.code >> move & 1U) != 0 && (state.code >> other & 1U) != 0;
            });
            if (study.subject.conflict->moves[other].by != study.subject.conflict->moves[move].by &&
                static_cast<std::size_t>(together) == times && conflict.taken(other, false) < all) {
                always.push_back(move_text(study, other));
            }
        }
        lines.push_back(sentence(move_text(study, move) + " is part of " + std::to_string(times) +
                                 " of the " + std::to_string(all) + " states that stand" +
                                 (always.empty() ? "" : ", always together with " + list_text(always))));
    }
    return lines;
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
    const ConflictStudy* conflict = study.conflict(at);
    const bool standing = conflict != nullptr && !conflict->standing.empty();
    if (standing) {
        table.columns.emplace_back("In states that stand");
    }
    for (const ActorId actor : study.scores.actors()) {
        table.columns.push_back(study.heading(actor));
    }
    std::vector<std::string> tempted;
    std::vector<std::string> breaking;
    std::size_t looked_at = 0;
    for (const MoveEffect& effect : move_effects(study, nash)) {
        const Move& move = study.subject.conflict->moves[effect.move.index];
        std::vector<Value> row{cell(move_name(study, effect.move.index)), cell(study.heading(move.by))};
        if (standing) {
            row.push_back(cell(std::to_string(conflict->taken(effect.move.index, false)) + " of " +
                               std::to_string(conflict->standing.size())));
        }
        for (const ActorId actor : study.scores.actors()) {
            const Rational change = study.scores.of(actor, effect.deal) - study.scores.of(actor, nash);
            row.push_back(cell(change));
            if (actor == move.by && change > Rational{}) {
                tempted.push_back(move_text(study, effect.move.index) + " (" +
                                  signed_text(change.to_double()) + " for " + study.name(actor) + ")");
            }
            if (actor != move.by && at.seats(actor) && study.gain(actor, effect.deal) < Rational{}) {
                breaking.push_back(move_text(study, effect.move.index) + " leaves " + study.name(actor) +
                                   " at " + signed_text(study.gain(actor, effect.deal).to_double()));
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
    if (conflict != nullptr) {
        std::ranges::copy(moves_and_countermoves(study, at, *conflict), std::back_inserter(answer.why));
        if (!conflict->graph.states.empty()) {
            answer.states = conflict->graph;
        }
    }
    if (!table.rows.empty()) {
        answer.tables.push_back(std::move(table));
    }
    if (!study.drawn) {
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
    }
    draft.conclusion = concludes_holds(study, at);
    use_table(draft, study, at, {});
    return draft;
}

}  // namespace steelyard::report
