// SPDX-License-Identifier: Apache-2.0
#include "report/answers/answer.hpp"
#include "report/scan.hpp"
#include "report/study.hpp"
#include "report/words.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/model/numbers.hpp"
#include "steelyard/report/brief.hpp"
#include "steelyard/report/render.hpp"
#include "support/golden.hpp"
#include "support/harbour_lease.hpp"
#include "unit/report/brute_force.hpp"
#include "unit/report/quarry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace steelyard::report {
namespace {

using test::every_deal;
using test::everybody_accepts;
using test::harbour_lease;
using test::matches_golden;
using test::quarry;
using testing::Contains;
using testing::HasSubstr;

const Answer& answer_to(const Brief& brief, std::string_view id) {
    const auto found = std::ranges::find(brief.answers, id, &Answer::id);
    if (found == brief.answers.end()) {
        throw std::out_of_range(std::string(id));
    }
    return *found;
}

TEST(Brief, GoldenTerminal) {
    const Brief brief = make_brief(quarry(), {.case_hash = "c0ffee"}, {});
    EXPECT_TRUE(matches_golden("report/quarry.txt", to_terminal(brief, 100, false)));
}

TEST(Brief, GoldenMarkdown) {
    const Brief brief = make_brief(quarry(), {.case_hash = "c0ffee"}, {});
    EXPECT_TRUE(matches_golden("report/quarry.md", to_markdown(brief)));
}

TEST(Brief, GoldenJson) {
    const Brief brief = make_brief(quarry(), {.case_hash = "c0ffee"}, {});
    EXPECT_TRUE(matches_golden("report/quarry.json", to_json(to_value(brief))));
}

TEST(Brief, CountsAreThoseOfPlainEnumeration) {
    const Case subject = quarry();
    const Scores scores(subject);
    const Brief brief = make_brief(subject, {}, {});
    const Table table = find_table(subject, "road");
    const auto deals = every_deal(subject, table);
    const auto accepted = std::ranges::count_if(
        deals, [&](const Deal& deal) { return everybody_accepts(scores, table, deal); });
    ASSERT_EQ(brief.tables[0].id, "road");
    EXPECT_EQ(brief.tables[0].feasible, std::to_string(deals.size()));
    EXPECT_EQ(brief.tables[0].acceptable, std::to_string(accepted));
    for (std::size_t k = 0; k < table.actors.size(); ++k) {
        const ActorId actor = table.actors[k];
        const auto refused = std::ranges::count_if(
            deals, [&](const Deal& deal) { return scores.of(actor, deal) < scores.no_deal(actor); });
        EXPECT_NEAR(100 - brief.tables[0].acceptance[k].accepts,
                    100.0 * static_cast<double>(refused) / static_cast<double>(deals.size()), 1e-9);
    }
}

TEST(Brief, EveryKindOfQuestionIsAnsweredWithANumber) {
    const Brief brief = make_brief(quarry(), {}, {});
    ASSERT_EQ(brief.answers.size(), 11U);
    const std::regex digit("[0-9]");
    for (const Answer& answer : brief.answers) {
        EXPECT_TRUE(std::regex_search(answer.sentence, digit)) << answer.id << ": " << answer.sentence;
        EXPECT_FALSE(answer.rests_on.claims.empty()) << answer.id;
        for (const AnswerPart& part : answer.parts) {
            EXPECT_FALSE(part.why.empty()) << answer.id;
            EXPECT_FALSE(part.would_change.empty()) << answer.id;
            EXPECT_TRUE(part.sentence.ends_with('.')) << part.sentence;
        }
    }
    EXPECT_EQ(kind_rows().size(), 11U);
    for (std::size_t k = 0; k < kind_rows().size(); ++k) {
        EXPECT_EQ(static_cast<std::size_t>(kind_rows()[k].kind), k);
    }
}

TEST(Brief, APartThatWasGivenBeforeIsReferredTo) {
    const Brief brief = make_brief(quarry(), {}, {});
    EXPECT_EQ(answer_to(brief, "q_changes").parts[2].see, "q_exists");
    EXPECT_EQ(answer_to(brief, "q_exists").parts[0].see, "");
}

TEST(Brief, LikelihoodAndConfidenceNeverShareASentence) {
    const Brief brief = make_brief(quarry(), {}, {});
    const std::regex both("(likely|chance|certain)[^.]*confidence|confidence[^.]*(likely|chance|certain)",
                          std::regex::icase);
    EXPECT_FALSE(std::regex_search(to_terminal(brief, 100, false), both));
}

TEST(Brief, SaysHowMuchRestsOnAssumptions) {
    const Brief brief = make_brief(quarry(), {}, {});
    const RestsOn& basis = answer_to(brief, "q_exists").rests_on;
    int numbers = 0;
    int assumed = 0;
    int claimed = 0;
    // The road's two actors: their sheets on open issues, no-deal values, the bundle and the priced obligation. The
    // bundle's own basis counts for its number.
    const Case subject = quarry();
    for (const Preference& preference : subject.preferences) {
        if (preference.actor.index > 1) {
            continue;
        }
        const auto count = [&](const Number& number) {
            ++numbers;
            assumed += number.basis.assumption ? 1 : 0;
            claimed += number.basis.because.empty() ? 0 : 1;
        };
        count(*preference.no_deal);
        for (const std::size_t issue : {0U, 1U, 2U}) {
            for (const Number& number : std::get<PointSheet>(preference.form).points[issue]) {
                count(number);
            }
        }
    }
    ++numbers;  // the bundle for the company, an assumption without a claim
    ++assumed;
    ++numbers;  // the price of quiet Sundays, with the claim of its obligation
    ++claimed;
    EXPECT_EQ(basis.numbers, numbers);
    EXPECT_EQ(basis.assumed, assumed);
    EXPECT_EQ(basis.claimed, claimed);
    EXPECT_EQ(answer_to(brief, "q_exists").confidence.level, ConfidenceLevel::low);
}

TEST(Brief, EveryClaimStandsOnceAndIsReferredToById) {
    const Brief brief = make_brief(quarry(), {}, {});
    std::set<std::string> known;
    for (const Reference& claim : brief.claims) {
        EXPECT_TRUE(known.insert(claim.claim).second) << claim.claim;
    }
    std::set<std::string> used;
    for (const Answer& answer : brief.answers) {
        for (const Leaning& leaning : answer.rests_on.claims) {
            used.insert(leaning.claim);
            EXPECT_GT(leaning.numbers, 0);
        }
    }
    EXPECT_EQ(used, known);
    const std::string json = to_json(to_value(brief));
    const std::string text = "Night runs double the output";
    EXPECT_EQ(json.find(text), json.rfind(text));
}

TEST(Brief, EvidencePartsAddUp) {
    const Evidence evidence = make_brief(quarry(), {}, {}).evidence;
    EXPECT_EQ(
        evidence.claims_only + evidence.assumed_with_claims + evidence.assumed_only + evidence.unsourced,
        evidence.numbers);
    EXPECT_EQ(evidence.origins, 2);
    EXPECT_EQ(evidence.contradicted, 1);
}

TEST(Brief, NoAgreementIsAnAnswer) {
    Case subject = quarry();
    subject.preferences[1].no_deal = Number(95);
    const Brief brief = make_brief(subject, {}, {});
    EXPECT_THAT(answer_to(brief, "q_exists").sentence, HasSubstr("No deal exists"));
    EXPECT_EQ(brief.tables[0].acceptable, "0");
    EXPECT_TRUE(brief.tables[0].marks.empty());
    EXPECT_THAT(answer_to(brief, "q_exists").parts[0].why, Contains(HasSubstr("short of its no-deal value")));
    for (const std::string& text : {to_terminal(brief, 80, true), to_markdown(brief), to_html(brief)}) {
        EXPECT_EQ(text.find("nan"), std::string::npos);
        EXPECT_NE(text.find("no deal is acceptable"), std::string::npos);
    }
}

TEST(Brief, CaseWithoutQuestionsGetsTheUsualOnes) {
    const Brief brief = make_brief(harbour_lease(), {}, {});
    ASSERT_EQ(brief.answers.size(), 6U) << "exists, likely, three actors' gains, what changes";
    EXPECT_THAT(brief.answers[2].ask, HasSubstr("the port authority"));
    EXPECT_NE(to_html(brief).find("</svg>"), std::string::npos);
}

TEST(Brief, CaseWithoutPreferencesIsRefused) {
    Case subject = quarry();
    subject.preferences.clear();
    subject.tables.clear();
    EXPECT_THROW(make_brief(subject, {}, {}), Error);
}

TEST(Brief, CanBeCancelled) {
    Context context;
    context.cancel.request();
    EXPECT_THROW(make_brief(quarry(), {}, context), Error);
}

TEST(Brief, IsTheSameEveryTime) {
    const Case subject = quarry();
    EXPECT_EQ(to_html(make_brief(subject, {}, {})), to_html(make_brief(subject, {}, {})));
}

TEST(Terminal, KeepsToItsWidth) {
    const Brief brief = make_brief(quarry(), {}, {});
    for (const int width : {40, 72, 100}) {
        std::istringstream lines(to_terminal(brief, width, false));
        for (std::string line; std::getline(lines, line);) {
            EXPECT_LE(text_length(line), static_cast<std::size_t>(width)) << line;
        }
    }
    EXPECT_EQ(to_terminal(brief, 100, false).find("\x1b"), std::string::npos);
    EXPECT_NE(to_terminal(brief, 100, true).find("\x1b[1m"), std::string::npos);
}

// ---- the one-at-a-time scan ---------------------------------------------------------------------

/// The case with the number at `pointer` set to `value`.
Case with_value(const Case& subject, const ScanEnd& end) {
    Case variant = subject;
    set_number(variant, end.number->pointer, Number(Rational::nearest(end.at, 9)));
    return variant;
}

/// Compares the scan of a table with every deal written out at every end; returns how often a deal appeared or vanished.
std::size_t compare_with_enumeration(const Case& subject, std::string_view table) {
    const Context context;
    Study study(subject, context);
    const TableStudy& at = study.at(table);
    EXPECT_FALSE(study.scan(at).ends.empty());
    std::size_t flips = 0;
    for (const ScanEnd& end : study.scan(at).ends) {
        const Case variant = with_value(subject, end);
        const Scores scores(variant);
        const auto deals = every_deal(variant, at.table);
        const bool exists = std::ranges::any_of(
            deals, [&](const Deal& deal) { return everybody_accepts(scores, at.table, deal); });
        if (at.seats(*end.number->actor)) {
            EXPECT_EQ(end.agreement, exists) << end.number->pointer << " at " << end.at;
            flips += exists != at.agreement() ? 1U : 0U;
        }
        if (const ChosenDeal* nash = at.likely()) {
            EXPECT_EQ(end.holds, everybody_accepts(scores, at.table, nash->deal)) << end.number->pointer;
            for (const auto& [actor, gain] : end.gains) {
                EXPECT_EQ(gain, scores.of(actor, nash->deal) - scores.no_deal(actor)) << end.number->pointer;
            }
            if (end.overtaken) {
                const auto product = [&](const Deal& deal) {
                    double result = 1;
                    for (const ActorId actor : at.table.actors) {
                        result *= (scores.of(actor, deal) - scores.no_deal(actor)).to_double();
                    }
                    return result;
                };
                EXPECT_TRUE(everybody_accepts(scores, at.table, end.best));
                EXPECT_TRUE(!end.holds || product(end.best) > product(nash->deal)) << end.number->pointer;
            }
        }
    }
    return flips;
}

TEST(Scan, AgreesWithPlainEnumeration) {
    for (const int village_needs : {40, 72, 79, 80, 84, 95}) {
        Case subject = quarry();
        subject.preferences[1].no_deal = Number(Distribution(Spread{village_needs, 8}));
        const std::size_t flips = compare_with_enumeration(subject, "road");
        if (village_needs == 80) {
            EXPECT_GT(flips, 0U) << "the test should see a number that decides";
        }
    }
}

TEST(Scan, AgreesWithPlainEnumerationForWeightsStancesAndWhatTheStatusQuoGives) {
    Case subject = harbour_lease();
    subject.preferences[0].no_deal.reset();  // it follows from the numbers of the options in force
    for (Issue& issue : subject.issues) {
        issue.status_quo = OptionId(1);
    }
    for_each_number(subject, [](const std::string& /*pointer*/, Number& number) {
        const Rational best = number.best();
        number =
            Number(Distribution(Uniform{std::max(best - 3, Rational(0)), std::min(best + 3, Rational(100))}));
    });
    compare_with_enumeration(subject, "");
}

TEST(Scan, NamesNumbersInWords) {
    const Case subject = quarry();
    const Context context;
    Study study(subject, context);
    std::map<std::string, std::string> phrases;
    for (const CaseNumber& number : study.numbers) {
        phrases[number.pointer] = number_phrase(study, number);
    }
    EXPECT_EQ(phrases["/preferences/company/no_deal"], "what the stone company has without agreement");
    EXPECT_EQ(phrases["/preferences/village/points/jobs/ten"],
              "the worth of “Jobs for the village: ten” to the village council");
    EXPECT_EQ(phrases["/bundles/0/points/company"],
              "the combination “Two ways out are one too many” for the stone company");
    EXPECT_EQ(phrases["/obligations/1/cost/herons"],
              "the price for the heron trust of breaking “The wet meadow stays as it is”");
    const Case lease = harbour_lease();
    Study other(lease, context);
    phrases.clear();
    for (const CaseNumber& number : other.numbers) {
        phrases[number.pointer] = number_phrase(other, number);
    }
    EXPECT_EQ(phrases["/preferences/carrier/weights/rent"],
              "the weight of “Yearly rent” for the shipping line");
    EXPECT_EQ(phrases["/preferences/union/positions/jobs/salience"],
              "how much “Jobs kept” matters to the dockers' union");
    EXPECT_EQ(phrases["/preferences/union/positions/jobs/position"],
              "the position on “Jobs kept” of the dockers' union");
    EXPECT_EQ(phrases["/actors/port/capability"], "the capability of the port authority");
}

// ---- single answers -----------------------------------------------------------------------------

TEST(Answers, OffersAreRankedByWorthForCost) {
    const Brief brief = make_brief(quarry(), {}, {});
    const AnswerPart& part = answer_to(brief, "q_offer").parts[0];
    ASSERT_EQ(part.tables.size(), 1U);
    // By hand, from today's state: bypass costs the company 20 and is worth 30; ten jobs 5 and 15; thirty 15 and 25.
    const auto& rows = part.tables[0].rows;
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(*rows[0][0].get<std::string>(), "Jobs for the village: ten");
    EXPECT_EQ(*rows[0][1].get<Rational>(), Rational(5));
    EXPECT_EQ(*rows[0][2].get<Rational>(), Rational(15));
    EXPECT_EQ(*rows[1][0].get<std::string>(), "Jobs for the village: thirty");
    EXPECT_EQ(*rows[2][0].get<std::string>(), "Bypass: built by the company");
}

TEST(Answers, LevelsLeaveTheOtherIssuesAsTheyAre) {
    const Case subject = quarry();
    const Scores scores(subject);
    const Brief brief = make_brief(subject, {}, {});
    const auto& rows = answer_to(brief, "q_levels").parts[0].tables.at(0).rows;
    ASSERT_EQ(rows.size(), 3U);
    // Only the lorries (political) or only bypass and jobs (economic), by enumeration.
    const auto acceptable = [&](const std::vector<std::size_t>& issues) {
        std::size_t count = 0;
        for (const Deal& deal : every_deal(subject, find_table(subject, "road"))) {
            bool others_as_today = true;
            for (std::size_t i = 0; i < deal.size(); ++i) {
                others_as_today = others_as_today && (std::ranges::find(issues, i) != issues.end() ||
                                                      deal[i] == *subject.issues[i].status_quo);
            }
            count +=
                others_as_today && everybody_accepts(scores, find_table(subject, "road"), deal) ? 1U : 0U;
        }
        return std::to_string(count);
    };
    EXPECT_EQ(*rows[0][1].get<std::string>(), acceptable({0}));
    EXPECT_EQ(*rows[1][1].get<std::string>(), acceptable({1, 2}));
    EXPECT_EQ(*rows[2][1].get<std::string>(), acceptable({0, 1, 2}));
}

TEST(Answers, NoDealValuesMoveWithWhatIsAgreed) {
    const Case subject = quarry();
    const Scores scores(subject);
    const Table rail = find_table(subject, "rail");
    Deal deal = *status_quo_deal(subject);
    const IssueId siding = find_issue(subject, "siding");
    deal[siding.index] = OptionId(1);
    const Case later = after(subject, scores, rail.issues, deal);
    const Scores now(later);
    EXPECT_EQ(later[siding].status_quo, OptionId(1));
    EXPECT_EQ(now.no_deal(ActorId(0)), Rational(32)) << "20 without agreement, and 12 for the siding";
    EXPECT_EQ(now.no_deal(ActorId(1)), Rational(40)) << "the village has no stake in the siding";
}

TEST(Answers, MovesChangeTheDealTheyStandFor) {
    const Case subject = quarry();
    const Context context;
    Study study(subject, context);
    Deal deal = *status_quo_deal(subject);
    deal[1] = OptionId(1);  // bypass built
    const auto effects = move_effects(study, deal);
    ASSERT_EQ(effects.size(), 2U);
    EXPECT_EQ(effects[0].deal[1], OptionId(0)) << "the court stops the bypass";
    EXPECT_EQ(effects[1].deal[0], OptionId(1));
    deal[0] = OptionId(2);  // day and night: without the bypass a rule forbids it
    EXPECT_EQ(move_effects(study, deal).size(), 1U);
}

}  // namespace
}  // namespace steelyard::report
