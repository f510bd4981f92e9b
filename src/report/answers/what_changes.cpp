// SPDX-License-Identifier: Apache-2.0
#include "report/answers/answer.hpp"
#include "report/scan.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace steelyard::report {

namespace {

enum class About { exists, holds, deal };

/// What `conclusion` names: a kind, or a question with such a kind.
About meant(const Study& study, const std::string& conclusion) {
    const auto of_kind = [](QuestionKind kind) {
        return kind == QuestionKind::deal_holds    ? About::holds
               : kind == QuestionKind::deal_exists ? About::exists
                                                   : About::deal;
    };
    for (const KindRow& row : kind_rows()) {
        if (conclusion == row.name) {
            return of_kind(row.kind);
        }
    }
    const auto question = std::ranges::find(study.subject.questions, conclusion, &Question::id);
    if (question != study.subject.questions.end() && !question->parts.empty()) {
        return of_kind(question->parts.front().kind);
    }
    return About::deal;
}

}  // namespace

Draft answer_what_changes(Study& study, const QuestionPart& part) {
    const TableStudy& at = study.at(part);
    Draft draft;
    AnswerPart& answer = draft.part;
    answer.label = Label::normative;
    use_table(draft, study, at, {});
    const Scan& scan = study.scan(at);
    const About conclusion = meant(study, part.conclusion);
    std::vector<const ScanEnd*> turning;
    std::set<const CaseNumber*> overtaking;
    for (const ScanEnd& end : scan.ends) {
        const bool turns = conclusion == About::exists  ? end.agreement != at.agreement()
                           : conclusion == About::holds ? !end.holds
                                                        : end.overtaken;
        if (turns) {
            turning.push_back(&end);
        }
        if (end.overtaken) {
            overtaking.insert(end.number);
        }
    }
    const std::string claim =
        conclusion == About::exists  ? (at.agreement() ? "that a deal exists" : "that no deal exists")
        : conclusion == About::holds ? "that everybody at the table accepts the balanced deal"
                                     : "which deal is the balanced one";
    if (scan.numbers == 0) {
        answer.sentence =
            "The case states no range for any number that matters here, so nothing can be moved.";
        answer.would_change.push_back(
            "A range for the numbers of the case, such as `3..5`: the brief then says which of "
            "them matter.");
        return draft;
    }
    std::map<const CaseNumber*, const ScanEnd*> turners;
    for (const ScanEnd* end : turning) {
        turners.emplace(end->number, end);
    }
    const std::string all = std::to_string(scan.numbers) + " uncertain numbers";
    answer.sentence = turners.empty()
                          ? sentence("no single number decides " + claim + ": each of the " + all +
                                     " was moved to both ends of its range, and it stood every time")
                          : sentence((turners.size() == 1 ? "one" : std::to_string(turners.size())) +
                                     " of the " + all + " can alone overturn " + claim + ", at an end of " +
                                     (turners.size() == 1 ? "its range" : "their ranges"));
    if (turners.size() > 1) {
        std::map<std::string, std::size_t> by_actor;
        for (const auto& [number, end] : turners) {
            ++by_actor[study.name(*number->actor)];
        }
        std::vector<std::string> counts;
        for (const auto& [who, count] : by_actor) {
            counts.push_back(std::to_string(count) + " of " + who);
        }
        answer.why.push_back(sentence("these are numbers on the score sheets: " + list_text(counts)));
    }
    if (conclusion != About::deal && !overtaking.empty()) {
        answer.why.push_back(
            sentence("which deal is the balanced one is less sure: " + std::to_string(overtaking.size()) +
                     " of these numbers can alone make it another"));
    }
    draft.conclusion = conclusion == About::exists || !at.agreement() ? concludes_exists(study, at)
                       : conclusion == About::holds                   ? concludes_holds(study, at)
                                                                      : concludes_balanced(study, at);
    constexpr std::size_t shown = 5;
    for (std::size_t i = 0; !study.drawn && i < std::min(shown, turning.size()); ++i) {
        answer.would_change.push_back(sentence("it turns if " + end_phrase(study, *turning[i])));
    }
    // The closest call: the end that leaves somebody at the table least in the balanced deal.
    const ScanEnd* closest = nullptr;
    std::pair<ActorId, Rational> least;
    for (const ScanEnd& end : scan.ends) {
        for (const auto& [actor, gain] : end.gains) {
            if (at.seats(actor) && (closest == nullptr || gain < least.second)) {
                closest = &end;
                least = {actor, gain};
            }
        }
    }
    if (closest != nullptr) {
        answer.why.push_back(sentence("the closest call: if " + end_phrase(study, *closest) +
                                      ", the balanced deal leaves " + study.name(least.first) + " " +
                                      signed_text(least.second.to_double())));
    }
    if (study.drawn) {
        return draft;
    }
    if (turners.empty()) {
        answer.would_change.push_back("Several numbers that move together might still overturn it.");
    }
    answer.needs = {
        "ensemble",
        "How likely a turn is when all numbers vary together, and which number is most worth "
        "finding out, takes draws (`draws` is 0 here); what stands here moves one number at a time."};
    return draft;
}

}  // namespace steelyard::report
