// SPDX-License-Identifier: Apache-2.0
#include "report/answers/answer.hpp"
#include "report/scan.hpp"

#include <algorithm>
#include <map>

namespace steelyard::report {

namespace {

struct Share {
    IssueId issue;
    Rational points;            ///< in the balanced deal, against today
    std::size_t efficient = 0;  ///< efficient acceptable deals in which the issue brings the actor something
};

}  // namespace

Draft answer_purpose(Study& study, const QuestionPart& part) {
    const TableStudy& at = study.at(part);
    const ActorId actor = *part.actor;
    const std::string who = study.name(actor);
    if (!study.scores.has(actor) || !at.agreement()) {
        return no_agreement(study, at, Label::descriptive);
    }
    Draft draft;
    AnswerPart& answer = draft.part;
    answer.label = Label::descriptive;
    const Deal& nash = at.likely()->deal;
    const auto candidates = at.candidates();
    const auto brings = [&](IssueId issue, const Deal& deal) {
        return study.scores.points(actor, issue, deal[issue.index]) - study.base(actor, issue);
    };
    std::vector<Share> shares;
    Rational sum;
    std::map<std::string, Rational> levels;
    for (const IssueId issue : at.open) {
        Share share{issue, brings(issue, nash), 0};
        for (const Deal* deal : candidates) {
            share.efficient += brings(issue, *deal) > Rational{} ? 1U : 0U;
        }
        if (share.points > Rational{}) {
            sum += share.points;
            const auto& tags = study.subject[issue].levels;
            std::string tag;
            for (const std::string& level : tags) {
                tag += (tag.empty() ? "" : " as well as ") + level;
            }
            levels[tag] += share.points;
        }
        shares.push_back(share);
    }
    std::ranges::stable_sort(shares, std::ranges::greater{}, &Share::points);
    if (sum == Rational{}) {
        answer.sentence = sentence("no single issue carries a gain for " + who + " in the balanced deal");
        use_table(draft, study, at, {});
        return draft;
    }
    const auto of_sum = [&](const Rational& points) {
        return share_text(points.to_double() / sum.to_double());
    };
    std::vector<std::string> first;
    for (std::size_t i = 0; i < shares.size() && i < 3 && shares[i].points > Rational{}; ++i) {
        first.push_back("“" + study.issue_name(shares[i].issue) + "” (" + of_sum(shares[i].points) + ")");
    }
    answer.sentence = sentence("by its score sheet, most of what " + who +
                               " would get out of the balanced deal lies in " + list_text(first));
    std::vector<std::string> by_level;
    for (const auto& [tag, points] : levels) {
        if (!tag.empty()) {
            by_level.push_back(of_sum(points) + " on " + tag + " issues");
        }
    }
    if (!by_level.empty()) {
        answer.why.push_back(sentence("by level, it gets " + list_text(by_level)));
    }
    std::vector<std::string> steady;
    for (const Share& share : shares) {
        if (share.efficient == candidates.size() && share.points > Rational{}) {
            steady.push_back("“" + study.issue_name(share.issue) + "”");
        }
    }
    if (!steady.empty()) {
        answer.why.push_back(sentence("in every one of the " + std::to_string(candidates.size()) +
                                      " efficient acceptable deals it gets something on " +
                                      some_of(steady, 8)));
    }
    std::vector<std::string> wants;
    for (const IssueId issue : at.open) {
        Rational best = study.scores.points(actor, issue, OptionId{});
        for (std::size_t o = 1; o < study.subject[issue].options.size(); ++o) {
            best = std::max(best, study.scores.points(actor, issue, OptionId(o)));
        }
        if (brings(issue, nash) <= Rational{} && best > study.base(actor, issue)) {
            wants.push_back("“" + study.issue_name(issue) + "” (up to " +
                            signed_text((best - study.base(actor, issue)).to_double()) + ")");
        }
    }
    if (!wants.empty()) {
        answer.why.push_back(
            sentence("it would also like, but does not get there, a better outcome on " + some_of(wants, 5)));
    }
    FactTable table;
    table.caption = "Where the gain of " + who +
                    " comes from in the balanced deal, and in how many efficient acceptable deals the issue "
                    "brings it something";
    table.columns = {"Issue", "Settled as",
                     study.has_today(at) ? "Points against today" : "Points over its worst", "Gains in"};
    for (const Share& share : shares) {
        if (share.points != Rational{}) {
            table.rows.push_back({cell(study.issue_name(share.issue)),
                                  cell(study.option_name(share.issue, nash[share.issue.index])),
                                  cell(share.points),
                                  cell(std::to_string(share.efficient) + " of " +
                                       std::to_string(candidates.size()) + " deals")});
        }
    }
    answer.tables.push_back(std::move(table));
    // The order of the first two: which numbers would swap them.
    if (first.size() > 1) {
        const Rational lead = shares[0].points - shares[1].points;
        std::vector<std::string> swaps;
        for (const CaseNumber& number : study.numbers) {
            if (number.actor != actor || !number.option || !number.issue || !number.number.uncertain()) {
                continue;
            }
            const auto [low, high] = number.number.range();
            const double best = number.number.best().to_double();
            const bool raises_second = *number.issue == shares[1].issue &&
                                       *number.option == nash[shares[1].issue.index] &&
                                       high - best > lead.to_double();
            const bool lowers_first = *number.issue == shares[0].issue &&
                                      *number.option == nash[shares[0].issue.index] &&
                                      best - low > lead.to_double();
            if (raises_second || lowers_first) {
                swaps.push_back(number_phrase(study, number));
            }
        }
        if (!study.drawn) {
            answer.would_change.push_back(
                swaps.empty() ? sentence("no single number within its range puts another issue before “" +
                                         study.issue_name(shares[0].issue) + "”")
                              : sentence("within its stated range, " + list_text(swaps) +
                                         (swaps.size() == 1 ? " alone" : " each alone") + " could put “" +
                                         study.issue_name(shares[1].issue) + "” first"));
        }
    }
    std::vector<std::pair<IssueId, OptionId>> settled;  // the issue that brings most comes first
    for (const Share& share : shares) {
        settled.emplace_back(share.issue, nash[share.issue.index]);
    }
    std::vector<std::optional<OptionId>> today;
    for (const Share& share : shares) {
        today.push_back(study.today(share.issue));
    }
    if (std::ranges::all_of(today, [](const auto& option) { return option.has_value(); })) {
        draft.conclusion = {"no issue brings " + who + " more in the balanced deal than “" +
                                study.issue_name(shares.front().issue) + "”",
                            [settled, today, actor](const Sheet& sheet) {
                                const auto worth = [&](std::size_t i) {
                                    const auto& [issue, option] = settled[i];
                                    return sheet.points(actor, issue, option) -
                                           sheet.points(actor, issue, *today[i]);
                                };
                                const double leads = worth(0);
                                for (std::size_t i = 1; i < settled.size(); ++i) {
                                    if (worth(i) > leads + rounding_error) {
                                        return false;
                                    }
                                }
                                return true;
                            }};
    }
    use_table(draft, study, at, {});
    return draft;
}

}  // namespace steelyard::report
