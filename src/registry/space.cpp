// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"
#include "steelyard/space/frontier.hpp"
#include "steelyard/space/score.hpp"
#include "steelyard/space/solutions.hpp"

namespace steelyard::registry {

namespace {

using Texts = std::pair<std::string_view, std::string_view>;

constexpr std::array kNeeds{Section::preferences};

constexpr std::array<std::string_view, 3> kFrontierReferences{
    "E. Rollon and J. Larrosa, Bucket elimination for multiobjective optimization problems, Journal of "
    "Heuristics 12, 2006, 307-328",
    "R. Lin, S. Kraus, J. Wilkenfeld and J. Barry, Negotiating with bounded rational agents in environments "
    "with incomplete information, Artificial Intelligence 172, 2008, 823-851 (the England-Zimbabwe domain)",
    "H. Raiffa, The Art and Science of Negotiation, Harvard University Press 1982",
};
constexpr std::array<std::string_view, 4> kSolutionsReferences{
    "J. F. Nash, The bargaining problem, Econometrica 18, 1950, 155-162",
    "E. Kalai and M. Smorodinsky, Other solutions to Nash's bargaining problem, Econometrica 43, 1975, "
    "513-518",
    "E. Kalai, Proportional solutions to bargaining situations, Econometrica 45, 1977, 1623-1630",
    "W. Thomson, Cooperative models of bargaining, Handbook of Game Theory vol. 2, Elsevier 1994, 1237-1284",
};
constexpr std::array<std::string_view, 1> kScoreReferences{
    "H. Raiffa, The Art and Science of Negotiation, Harvard University Press 1982",
};

constexpr std::array kFrontierExample{Texts{"among", "acceptable"}};
constexpr std::array kSolutionsExample{Texts{"concepts", "nash,kalai_smorodinsky"}};
constexpr std::array kScoreExample{
    Texts{"deal",
          "site=breakwater,power=shore_line,nights=at_23,dredging=shallow,jobs=half,compensation=m3,"
          "subsidy=s8"}};

constexpr std::array kPart{
    analysis<space::FrontierOptions, space::FrontierResult, &space::frontier>(
        "frontier", "space", "What can be agreed?",
        "The exact Pareto frontier: the deals that cannot be improved for one actor of the table without "
        "harming another, and how many deals there are, are feasible and are acceptable. Found by "
        "eliminating "
        "one issue after the other, never by listing all deals.",
        Status::published, kFrontierReferences, kNeeds, {"genius/england-zimbabwe", kFrontierExample}),
    analysis<space::SolutionsOptions, space::SolutionsResult, &space::solutions>(
        "solutions", "space", "Which deals does bargaining theory single out?",
        "One acceptable deal for each solution concept, exactly, with every tie counted. What each concept "
        "demands is a norm, not a prediction.",
        Status::published, kSolutionsReferences, kNeeds, {"genius/itex-cypress", kSolutionsExample}),
    analysis<space::ScoreOptions, space::ScoreResult, &space::score>(
        "score", "space", "How good is this deal, and who would block it?",
        "Points, gains and percent of one deal, the rules and obligations it breaks, who blocks it and by "
        "how "
        "much, and the deals that are better for everybody.",
        Status::cross_checked, kScoreReferences, kNeeds, {"teaching/harbour-seven", kScoreExample}),
};

}  // namespace

std::span<const Analysis> space_part() {
    return kPart;
}

}  // namespace steelyard::registry
