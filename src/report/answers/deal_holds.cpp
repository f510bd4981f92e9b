// SPDX-License-Identifier: Apache-2.0
#include "report/answers/answer.hpp"
#include "report/scan.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/stability/equilibria.hpp"

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

/// Whether a state of the conflict stands for a deal at the table.
bool agreed_in(const Study& study, const TableStudy& at, StateCode code) {
    const auto taken = [&](std::uint32_t move) { return (code >> move & 1U) != 0; };
    const auto today = [&](std::uint32_t issue, std::uint32_t option) {
        return study.today(IssueId(issue)) == OptionId(option);
    };
    return std::ranges::any_of(study.subject.conflict->deal, [&](const StateDeal& entry) {
        return entry.when.evaluate(taken, today) &&
               std::ranges::any_of(entry.then, [&](const auto& term) { return at.is_open(term.first); });
    });
}

/// `“The US offers loans” and “Belarus signs”`
std::string state_text(const Study& study, StateCode code) {
    std::vector<std::string> moves;
    for (std::size_t move = 0; move < study.subject.conflict->moves.size(); ++move) {
        if ((code >> move & 1U) != 0) {
            moves.push_back("“" + clause(study.subject.conflict->moves[move].name) + "”");
        }
    }
    return moves.empty() ? "nobody moves" : list_text(moves);
}

/// What moves and countermoves leave standing: states from which nobody gains by moving (Nash), and those that fear of
/// the answer adds (sequential stability).
std::vector<std::string> moves_and_countermoves(const Study& study, const TableStudy& at) {
    stability::EquilibriaOptions options;
    options.list = stability::Listing::equilibria;
    stability::EquilibriaResult found;
    try {
        found = stability::equilibria(study.subject, options, study.context);
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::cancelled) {
            throw;
        }
        // A conflict may be told without all that the analysis needs: the brief says so and goes on.
        return {
            sentence("moves and countermoves could not be analysed: " + error.problems().front().message)};
    }
    std::vector<std::string> standing;
    std::vector<std::string> with_deal;
    std::size_t deterred = 0;
    for (const stability::StateRow& state : found.states) {
        const auto by = [&](std::string_view name) {
            return std::ranges::find(state.equilibrium, name) != state.equilibrium.end();
        };
        if (by("nash")) {
            (agreed_in(study, at, state.code) ? with_deal : standing)
                .push_back(state_text(study, state.code));
        } else if (by("seq")) {
            ++deterred;
        }
    }
    const std::size_t all = with_deal.size() + standing.size();
    std::vector<std::string> lines;
    lines.push_back(sentence("by the moves and preferences of the case's conflict, " +
                             count_of(all, "state") + (all == 1 ? " stands" : " stand") +
                             " because nobody gains by moving, " + std::to_string(with_deal.size()) +
                             " of them with a deal at this table; fear of the others' answer keeps " +
                             std::to_string(deterred) + " more"));
    constexpr std::size_t most = 3;
    const auto list = [&](std::string_view heading, const std::vector<std::string>& states) {
        for (std::size_t i = 0; i < std::min(most, states.size()); ++i) {
            lines.push_back(sentence(std::string(heading) + states[i]));
        }
        if (states.size() > most) {
            lines.push_back(sentence("and " + std::to_string(states.size() - most) + " more"));
        }
    };
    list("stands with a deal: ", with_deal);
    list("stands without one: ", standing);
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
    if (study.subject.conflict && !study.subject.conflict->preferences.empty()) {
        std::ranges::copy(moves_and_countermoves(study, at), std::back_inserter(answer.why));
    }
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
    use_table(draft, study, at, {});
    return draft;
}

}  // namespace steelyard::report
