// SPDX-License-Identifier: Apache-2.0
#include "report/answers/answer.hpp"
#include "report/answers/packages.hpp"
#include "report/scan.hpp"

#include <algorithm>

namespace steelyard::report {

namespace {

/// `each at least as well off as without agreement`, or the rule of a table that needs not everybody.
std::string accepted_phrase(const Study& study, const TableStudy& at) {
    if (!at.table.accept.unanimity()) {
        return "would be accepted under the table's rule";
    }
    return (at.agreement() ? "leave " : "leaves ") + everybody(study, at.table.actors) +
           " at least as well off as no agreement";
}

/// What each would turn down, and whose refusal most often decides.
std::vector<std::string> refusals(const Study& study, const TableStudy& at) {
    std::vector<std::string> parts;
    for (const Willingness& row : at.willing) {
        parts.push_back(study.name(row.actor) + (parts.empty() ? " would turn down " : " ") +
                        (row.accepts >= 1 ? "none" : share_text(1 - row.accepts)));
    }
    std::vector<std::string> lines{
        sentence(list_text(parts) + " of the possible deals, those that give it less than no agreement")};
    const auto blocker = std::ranges::max_element(at.willing, {}, &Willingness::stops);
    if (at.table.actors.size() > 1 && blocker != at.willing.end() && blocker->stops > 0) {
        lines.push_back(sentence(
            study.name(blocker->actor) + std::string(study.verb(blocker->actor, " stands", " stand")) +
            " in the way most often: " + count_text(std::to_string(blocker->stops)) + " of the " +
            count_of(at.efficient.size(), "efficient deal") + " would be accepted but for its refusal"));
    }
    return lines;
}

/// The efficient deal that comes nearest: by how much the worst-off actor of the table falls short.
std::string nearest_miss(const Study& study, const TableStudy& at) {
    std::optional<Rational> least;
    ActorId who;
    for (const Deal& deal : at.efficient) {
        Rational worst;
        ActorId loser = at.table.actors.front();
        for (const ActorId actor : at.table.actors) {
            if (const Rational gain = study.gain(actor, deal); gain < worst) {
                worst = gain;
                loser = actor;
            }
        }
        if (!least || worst > *least) {
            least = worst;
            who = loser;
        }
    }
    if (!least) {
        return "Rules and hard obligations leave no possible deal at all.";
    }
    return sentence("the efficient deal that comes nearest leaves " + study.name(who) + " " +
                    points_text(*least) + " short of its no-deal value");
}

/// What would change whether a deal exists: numbers that decide it alone, or the one that comes nearest.
void existence_changes(Study& study, const TableStudy& at, AnswerPart& part) {
    const Scan& scan = study.scan(at);
    if (scan.numbers == 0) {
        part.would_change.push_back("The case states no range for any number that matters here.");
        return;
    }
    std::vector<std::string> flips;
    for (const ScanEnd& end : scan.ends) {
        if (end.agreement != at.agreement()) {
            flips.push_back(end_phrase(study, end));
        }
    }
    if (flips.empty()) {
        part.would_change.push_back(
            "No single one of the " + std::to_string(scan.numbers) +
            " uncertain numbers changes this answer, wherever it lies in its range; several "
            "together might.");
        return;
    }
    for (const std::string& flip : flips) {
        part.would_change.push_back(sentence(
            (at.agreement() ? "no deal is acceptable if " : "a deal becomes acceptable if ") + flip));
    }
}

}  // namespace

Draft answer_deal_exists(Study& study, const QuestionPart& part) {
    const TableStudy& at = study.at(part);
    Draft draft;
    AnswerPart& answer = draft.part;
    answer.label = Label::normative;
    const std::string possible = count_text(at.frontier.feasible);
    if (at.agreement()) {
        const auto share = at.acceptable_share();
        answer.sentence =
            sentence("a deal exists: " + count_text(at.frontier.acceptable) + " of the " + possible +
                     " possible ones" + (share ? " (" + share_text(*share) + ")" : "") + " " +
                     accepted_phrase(study, at));
        answer.why = refusals(study, at);
        const std::size_t efficient = at.candidates().size();
        answer.why.push_back(sentence(
            "they hold " + count_of(efficient, "efficient point") +
            ", where nobody at the table can be given more without taking from somebody else there"));
        answer.why.push_back(sentence("the balanced deal (Nash's: the largest product of gains) brings " +
                                      gains_text(study, at.table.actors, at.likely()->deal) +
                                      " more than no agreement"));
    } else {
        answer.sentence = sentence("no deal exists: none of the " + possible + " possible ones " +
                                   accepted_phrase(study, at));
        answer.why = refusals(study, at);
        answer.why.push_back(nearest_miss(study, at));
    }
    add_improvements(study, at, answer);
    add_cheap_offers(study, at, answer);
    if (!study.drawn) {
        existence_changes(study, at, answer);
    }
    draft.conclusion = concludes_exists(study, at);
    use_table(draft, study, at, {});
    return draft;
}

}  // namespace steelyard::report
