// SPDX-License-Identifier: Apache-2.0
#include "report/answers/answer.hpp"
#include "report/scan.hpp"

#include <algorithm>
#include <ranges>

namespace steelyard::report {

namespace {

struct Line {
    std::string text;
    Rational points;
};

/// What the deal changes for the actor, issue by issue, against today; then bundles and broken obligations.
std::vector<Line> balance(const Study& study, const TableStudy& at, ActorId actor, const Deal& deal) {
    std::vector<Line> lines;
    for (const IssueId issue : at.open) {
        const OptionId option = deal[issue.index];
        const Rational points = study.scores.points(actor, issue, option) - study.base(actor, issue);
        if (points != Rational{}) {
            lines.push_back({study.option_text(issue, option), points});
        }
    }
    std::ranges::stable_sort(lines, std::ranges::greater{}, &Line::points);
    return lines;
}

std::string side(const std::vector<Line>& lines, bool gains, std::size_t most) {
    std::vector<std::string> items;
    const auto add = [&](const Line& line) {
        items.push_back("“" + line.text + "” (" + signed_text(line.points.to_double()) + ")");
    };
    if (gains) {
        for (const Line& line : lines) {
            if (line.points > Rational{}) {
                add(line);
            }
        }
    } else {
        for (const Line& line : std::views::reverse(lines)) {
            if (line.points < Rational{}) {
                add(line);
            }
        }
    }
    return items.empty() ? "" : some_of(items, most);
}

/// Numbers of the actor that alone take its gain in the balanced deal to zero or below, or move it most.
void risks_of_error(Study& study, const TableStudy& at, ActorId actor, const Rational& gain,
                    AnswerPart& part) {
    struct Move {
        const ScanEnd* end;
        Rational gain;
    };
    const Scan& scan = study.scan(at);
    std::vector<Move> moves;
    for (const ScanEnd& end : scan.ends) {
        const auto own = std::ranges::find(end.gains, actor, &std::pair<ActorId, Rational>::first);
        if (own != end.gains.end() && own->second < gain) {
            moves.push_back({&end, own->second});
        }
    }
    std::ranges::stable_sort(moves, {}, &Move::gain);
    constexpr std::size_t shown = 3;
    if (moves.size() > shown) {
        moves.resize(shown);
    }
    for (const Move& move : moves) {
        const bool lost = gain > Rational{} && move.gain <= Rational{};
        part.would_change.push_back(sentence(
            "if " + end_phrase(study, *move.end) + ", the balanced deal " +
            (lost ? "no longer brings it anything" : "leaves it") + " " +
            (lost ? "(" + signed_text(move.gain.to_double()) + ")"
                  : signed_text(move.gain.to_double()) + " instead of " + signed_text(gain.to_double()))));
    }
    if (moves.empty()) {
        part.would_change.push_back(
            "No single number, moved to an end of its stated range, makes the balanced deal worse for it.");
    }
}

}  // namespace

Draft answer_gains_and_risks(Study& study, const QuestionPart& part) {
    const TableStudy& at = study.at(part);
    const ActorId actor = *part.actor;
    const std::string who = study.name(actor);
    if (!study.scores.has(actor)) {
        Draft draft;
        draft.part.sentence = sentence("the case has no score sheet for " + who +
                                       ", so its gains and risks cannot be given in numbers");
        return draft;
    }
    if (!at.agreement()) {
        return no_agreement(study, at, Label::normative);
    }
    Draft draft;
    AnswerPart& answer = draft.part;
    answer.label = Label::normative;
    const Deal& nash = at.likely()->deal;
    const Rational gain = study.gain(actor, nash);
    Rational low = gain;
    Rational high = gain;
    const Deal* worst = &nash;
    for (const Deal* deal : at.candidates()) {
        const Rational other = study.gain(actor, *deal);
        if (other < low) {
            low = other;
            worst = deal;
        }
        high = std::max(high, other);
    }
    const auto broken = study.broken(nash);
    answer.sentence = sentence(
        who + " " + gain_phrase(study, at, actor, gain) +
        (low == high ? " in the balanced deal, and as much in every efficient deal that the table accepts"
                     : " in the balanced deal; over all efficient deals that the table accepts it ranges "
                       "from " +
                           signed_text(low.to_double()) + " to " + signed_text(high.to_double())));
    const auto lines = balance(study, at, actor, nash);
    const std::string against = study.has_today(at) ? "against today" : "over its worst options";
    constexpr std::size_t shown = 3;
    if (const std::string gains = side(lines, true, shown); !gains.empty()) {
        answer.why.push_back(sentence("what it gets, in points " + against + ": " + gains));
    }
    if (const std::string losses = side(lines, false, shown); !losses.empty()) {
        answer.why.push_back(sentence("what it gives up: " + losses));
    }
    if (!at.seats(actor)) {
        answer.why.push_back(sentence(who + std::string(study.verb(actor, " has", " have")) +
                                      " no seat at this table and cannot refuse a deal there"));
    }
    std::vector<std::string> obligations;
    for (const std::size_t index : broken) {
        obligations.push_back(obligation_phrase(study, index));
    }
    answer.why.push_back(obligations.empty()
                             ? "The balanced deal breaks none of the obligations in the case."
                             : sentence("the balanced deal breaks " + list_text(obligations)));
    if (worst != &nash) {
        std::vector<std::string> worse;
        for (const std::size_t index : study.broken(*worst)) {
            if (std::ranges::find(broken, index) == broken.end()) {
                worse.push_back(obligation_phrase(study, index));
            }
        }
        const auto bad = balance(study, at, actor, *worst);
        const std::string costly = side(bad, false, 3);
        if (!costly.empty() || !worse.empty()) {
            answer.why.push_back(sentence("the least favourable of these deals for it " +
                                          (costly.empty() ? "" : "costs most on " + costly) +
                                          (costly.empty() || worse.empty() ? "" : ", and ") +
                                          (worse.empty() ? "" : "breaks " + list_text(worse))));
        }
    }
    FactTable table;
    table.caption =
        "What the balanced deal is worth to " + who + ", issue by issue, in its own points " + against;
    table.columns = {"Change", "Points"};
    for (const Line& line : lines) {
        table.rows.push_back({cell(line.text), cell(line.points)});
    }
    if (!table.rows.empty()) {
        answer.tables.push_back(std::move(table));
    }
    if (!study.drawn) {
        risks_of_error(study, at, actor, gain, answer);
    }
    draft.conclusion = concludes_gain(study, at, actor);
    use_table(draft, study, at, {actor});
    return draft;
}

}  // namespace steelyard::report
