// SPDX-License-Identifier: Apache-2.0
#include "report/answers/answer.hpp"
#include "report/answers/conflict.hpp"
#include "report/scan.hpp"
#include "steelyard/linkage/order.hpp"

#include <algorithm>
#include <iterator>

namespace steelyard::report {

namespace {

/// The table an outsider reacts to: the one named, otherwise the first at which it has no seat.
const TableStudy& watched(Study& study, const QuestionPart& part) {
    if (!part.tables.empty()) {
        return study.at(part);
    }
    for (const Table& table : study.tables) {
        if (std::ranges::find(table.actors, *part.actor) == table.actors.end()) {
            return study.at(table.id);
        }
    }
    return study.at("");
}

/// What the table would agree that sees the actor's answer coming, and that answer, in words.
std::vector<std::string> foreseen(Study& study, const TableStudy& at, ActorId actor) {
    const linkage::OrderRow& play = study.play(at);
    const auto turn = std::ranges::find_if(play.turns, [&](const linkage::TurnRow& row) {
        return row.actor == study.subject[actor].id && row.agreed;
    });
    if (turn == play.turns.end()) {
        return {sentence(study.name(actor) + " would leave every answer unused, counted in its own points")};
    }
    std::vector<std::string> ends;
    for (const auto& [id, gain] : play.gains) {
        ends.push_back(study.name(find_actor(study.subject, id)) + " " + signed_text(gain.to_double()));
    }
    return {sentence("of all its answers together, the one that brings it most points once the table has "
                     "agreed with its "
                     "eyes open: " +
                     turn->text),
            sentence("in the end, in points against talking to nobody: " + list_text(ends))};
}

/// What the actor does in the states of the conflict that stand with a deal, what that costs those at the table, and how
/// it ranks these states against today's.
std::vector<std::string> in_standing_states(const Study& study, const TableStudy& at,
                                            const ConflictStudy& conflict, ActorId actor) {
    const std::size_t deals = conflict.with_deal();
    if (deals == 0) {
        return {};
    }
    const std::string who = study.name(actor);
    std::vector<std::string> lines;
    std::vector<std::string> answers;
    const auto effects = move_effects(study, at.likely()->deal);
    for (std::size_t move = 0; move < study.subject.conflict->moves.size(); ++move) {
        const std::size_t times = conflict.taken(move, true);
        if (study.subject.conflict->moves[move].by != actor || times == 0) {
            continue;
        }
        std::vector<std::string> costs;
        const auto effect = std::ranges::find(effects, MoveId(move), &MoveEffect::move);
        for (const ActorId seat : at.table.actors) {
            const Rational change = effect == effects.end() ? Rational{}
                                                            : study.scores.of(seat, effect->deal) -
                                                                  study.scores.of(seat, at.likely()->deal);
            if (change != Rational{}) {
                costs.push_back(study.name(seat) + " " + signed_text(change.to_double()));
            }
        }
        answers.push_back(move_text(study, move) + " in " + std::to_string(times) +
                          (costs.empty() ? "" : " (" + list_text(costs) + ")"));
    }
    lines.push_back(
        sentence("of the " + count_of(deals, "state") + " of the conflict that " +
                 (deals == 1 ? "stands" : "stand") + " with a deal, " +
                 (answers.empty() ? who + " answers in none" : "it answers by " + list_text(answers))));
    if (const auto today = conflict.today.find(actor.index); today != conflict.today.end()) {
        const auto worse = std::ranges::count_if(conflict.standing, [&](const StandingState& state) {
            return state.deal && state.rank.at(actor.index) < today->second;
        });
        lines.push_back(
            sentence(who + std::string(study.verb(actor, " likes", " like")) + " today's state better than " +
                     (static_cast<std::size_t>(worse) == deals ? (deals == 1 ? "it" : "all of them")
                      : worse == 0                             ? std::string("none of them")
                                                               : std::to_string(worse) + " of them")));
    }
    return lines;
}

}  // namespace

Draft answer_reaction(Study& study, const QuestionPart& part) {
    const TableStudy& at = watched(study, part);
    const ActorId actor = *part.actor;
    const std::string who = study.name(actor);
    if (!at.agreement()) {
        return no_agreement(study, at, Label::descriptive);
    }
    Draft draft;
    AnswerPart& answer = draft.part;
    answer.label = Label::descriptive;
    const Deal& nash = at.likely()->deal;
    if (!study.scores.has(actor)) {
        answer.sentence =
            sentence("the case has no score sheet for " + who + ", so its view cannot be given in numbers");
        return draft;
    }
    const Rational gain = study.gain(actor, nash);
    std::size_t better = 0;
    const auto candidates = at.candidates();
    for (const Deal* deal : candidates) {
        better += study.gain(actor, *deal) >= Rational{} ? 1U : 0U;
    }
    answer.sentence =
        sentence(who + " " + gain_phrase(study, at, actor, gain) + " in the balanced deal between " +
                 study.names(at.table.actors) + ", and " + (better == 0 ? "none" : std::to_string(better)) +
                 " of the " + std::to_string(candidates.size()) +
                 " efficient deals that they accept leaves it as well off as no agreement");
    std::vector<std::string> owed;
    for (const std::size_t index : study.broken(nash)) {
        if (study.subject.obligations[index].to == actor) {
            owed.push_back("“" + clause(study.subject.obligations[index].text) + "”");
        }
    }
    answer.why.push_back(owed.empty()
                             ? sentence("the balanced deal breaks no obligation that is owed to " + who)
                             : sentence("the balanced deal breaks what is owed to it: " + list_text(owed)));
    std::size_t breaking = 0;
    for (const Deal* deal : candidates) {
        breaking += std::ranges::any_of(
                        study.broken(*deal),
                        [&](std::size_t index) { return study.subject.obligations[index].to == actor; })
                        ? 1U
                        : 0U;
    }
    if (breaking > 0) {
        answer.why.push_back(sentence(std::to_string(breaking) + " of the " +
                                      std::to_string(candidates.size()) +
                                      " efficient acceptable deals break an obligation owed to " + who));
    }

    FactTable table;
    table.caption = "What each answer of " + who + " would change, in points, once the balanced deal stands";
    table.columns = {"Answer"};
    for (const ActorId other : study.scores.actors()) {
        table.columns.push_back(study.heading(other));
    }
    struct Answered {
        std::string name;
        Rational own;
        std::string others;
    };
    std::vector<Answered> answers;
    if (study.subject.conflict) {
        for (const MoveEffect& effect : move_effects(study, nash)) {
            const Move& move = study.subject.conflict->moves[effect.move.index];
            if (move.by != actor) {
                continue;
            }
            std::vector<Value> row{cell(move_name(study, effect.move.index))};
            std::vector<std::string> others;
            Rational own;
            for (const ActorId other : study.scores.actors()) {
                const Rational change = study.scores.of(other, effect.deal) - study.scores.of(other, nash);
                row.push_back(cell(change));
                if (other == actor) {
                    own = change;
                } else if (change != Rational{} && at.seats(other)) {
                    others.push_back(study.name(other) + " " + signed_text(change.to_double()));
                }
            }
            table.rows.push_back(std::move(row));
            answers.push_back({move_name(study, effect.move.index), own, list_text(others)});
        }
    }
    std::ranges::stable_sort(answers, std::ranges::greater{}, &Answered::own);
    if (!answers.empty()) {
        const Answered& best = answers.front();
        answer.why.push_back(sentence("counted in points alone, its best answer is “" + best.name +
                                      "”: " + signed_text(best.own.to_double()) + " points for itself" +
                                      (best.others.empty() ? "" : ", " + best.others)));
        if (!at.seats(actor)) {
            std::ranges::copy(foreseen(study, at, actor), std::back_inserter(answer.why));
        }
        answer.tables.push_back(std::move(table));
    }
    if (const ConflictStudy* conflict = study.conflict(at)) {
        std::ranges::copy(in_standing_states(study, at, *conflict, actor), std::back_inserter(answer.why));
    }
    if (!study.drawn) {
        const Scan& scan = study.scan(at);
        std::vector<std::string> turns;
        for (const ScanEnd& end : scan.ends) {
            const auto own = std::ranges::find(end.gains, actor, &std::pair<ActorId, Rational>::first);
            if (own != end.gains.end() && (own->second < Rational{}) != (gain < Rational{})) {
                turns.push_back(end_phrase(study, end));
            }
        }
        answer.would_change.push_back(
            turns.empty() ? sentence("no single number within its range turns this " +
                                     std::string(gain < Rational{} ? "loss into a gain" : "gain into a loss"))
                          : sentence("it turns into the opposite if " + some_of(turns, 3)));
    }
    draft.conclusion = concludes_gain(study, at, actor);
    use_table(draft, study, at, {actor});
    return draft;
}

}  // namespace steelyard::report
