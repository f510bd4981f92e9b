// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"
#include "steelyard/space/adjusted_winner.hpp"
#include "steelyard/space/frontier.hpp"
#include "steelyard/space/improve.hpp"
#include "steelyard/space/score.hpp"
#include "steelyard/space/solutions.hpp"
#include "steelyard/space/talks.hpp"
#include "steelyard/space/trades.hpp"

namespace steelyard::registry {

namespace {

using Texts = std::pair<std::string_view, std::string_view>;

constexpr std::array kSpaceNeeds{Section::preferences};

constexpr std::array<std::string_view, 4> kFrontierReferences{
    "Kung, Luccio & Preparata, On finding the maxima of a set of vectors, Journal of the ACM 22(4), 1975, "
    "469-476",
    "Rollon & Larrosa, Bucket elimination for multiobjective optimization problems, Journal of Heuristics "
    "12, "
    "2006, 307-328",
    "Bergman, Cire, van Hoeve & Hooker, Decision Diagrams for Optimization, Springer 2016, chapters 3 and 4",
    "Raiffa, The Art and Science of Negotiation, Harvard University Press 1982, chapters 10 and 11",
};

constexpr std::array<std::string_view, 6> kSolutionsReferences{
    "Nash, The bargaining problem, Econometrica 18(2), 1950, 155-162",
    "Kalai & Smorodinsky, Other solutions to Nash's bargaining problem, Econometrica 43(3), 1975, 513-518",
    "Kalai, Proportional solutions to bargaining situations, Econometrica 45(7), 1977, 1623-1630",
    "Imai, Individual monotonicity and lexicographic maxmin solution, Econometrica 51(2), 1983, 389-401",
    "Caragiannis, Kurokawa, Moulin, Procaccia, Shah & Wang, The unreasonable fairness of maximum Nash "
    "welfare, "
    "ACM Transactions on Economics and Computation 7(3), 2019, section 2",
    "Geoffrion, Lagrangean relaxation for integer programming, Mathematical Programming Study 2, 1974, "
    "82-114",
};

constexpr std::array<std::string_view, 1> kScoreReferences{
    "Raiffa, Richardson & Metcalfe, Negotiation Analysis, Harvard University Press 2002, chapters 11 to 14",
};

constexpr std::array<std::string_view, 2> kImproveReferences{
    "Raiffa, Post-settlement settlements, Negotiation Journal 1(1), 1985, 9-12",
    "Medvec & Galinsky, Putting more on the table: how making multiple offers can increase the final value "
    "of "
    "the deal, Negotiation 8(4), 2005, 3-5",
};

constexpr std::array<std::string_view, 2> kTradesReferences{
    "Froman & Cohen, Compromise and logroll: comparing the efficiency of two bargaining processes, "
    "Behavioral "
    "Science 15(2), 1970, 180-183",
    "Raiffa, The Art and Science of Negotiation, Harvard University Press 1982, chapters 10 and 11",
};

constexpr std::array<std::string_view, 2> kAdjustedWinnerReferences{
    "Brams & Taylor, Fair Division: From Cake-Cutting to Dispute Resolution, Cambridge University Press "
    "1996, "
    "chapters 4 and 5",
    "Raiffa, The Art and Science of Negotiation, Harvard University Press 1982, chapter 12",
};

constexpr std::array<std::string_view, 3> kTalksReferences{
    "Faratin, Sierra & Jennings, Negotiation decision functions for autonomous agents, Robotics and "
    "Autonomous "
    "Systems 24(3-4), 1998, 159-182",
    "Aydogan, Festen, Hindriks & Jonker, Alternating offers protocols for multilateral negotiation, in "
    "Modern "
    "Approaches to Agent-based Complex Automated Negotiation, Springer 2017, 153-167",
    "de Jonge, An analysis of the linear bilateral ANAC domains using the MiCRO benchmark strategy, IJCAI "
    "2022, "
    "223-229",
};

constexpr std::array kFrontierExample{Texts{"among", "acceptable"}};
constexpr std::array kSolutionsExample{Texts{"concepts", "nash,kalai_smorodinsky"}};
constexpr std::array kScoreExample{
    Texts{"deal",
          "site=breakwater,power=shore_line,nights=at_23,dredging=shallow,jobs=half,compensation=m3,"
          "subsidy=s8"}};

constexpr std::array kImproveExample{
    Texts{"deal", "price=p412,delivery=d60,payment=after_60_days,returns=full_price"},
    Texts{"actor", "itex"},
};

constexpr std::array kTalksExample{
    Texts{"strategies", "itex=boulware,cypress=linear"},
    Texts{"rounds", "100"},
    Texts{"trace", "6"},
};

constexpr std::array kTradesExample{
    Texts{"deal", "price=p412,delivery=d60,payment=after_60_days,returns=full_price"},
    Texts{"count", "5"},
};

constexpr std::array kSpacePart{
    analysis<space::FrontierOptions, space::FrontierResult, &space::frontier>(
        "frontier", "space",
        "What can be agreed that cannot be improved for one actor without harming another?",
        "The exact Pareto frontier, each point with its first deal and the number of deals that reach it, "
        "and how "
        "many deals there are, how many are feasible and how many acceptable. Issues are eliminated one by "
        "one, "
        "keeping undominated sums for every state of the bundles and rules; time grows with the size of the "
        "frontier and with how tangled the conditions are, not with the number of deals.",
        Status::published, kFrontierReferences, kSpaceNeeds, {"genius/england-zimbabwe", kFrontierExample}),
    analysis<space::SolutionsOptions, space::SolutionsResult, &space::solutions>(
        "solutions", "space", "Which deals does bargaining theory single out?",
        "Utilitarian, Nash, weighted Nash, Kalai-Smorodinsky, egalitarian, leximin and proportional deals "
        "among "
        "the acceptable ones, each found by its own exact search with Lagrangian bounds, so that they stay "
        "exact "
        "where the frontier is too large to list. Says how many deals tie, whether the deal shown is "
        "efficient, "
        "and how far apart the concepts are. Normative: what is fair or efficient, not what is likely.",
        Status::published, kSolutionsReferences, kSpaceNeeds, {"genius/itex-cypress", kSolutionsExample}),
    analysis<space::ScoreOptions, space::ScoreResult, &space::score>(
        "score", "space", "What is this deal worth, who blocks it, and what would be better for everybody?",
        "Points and gains of every actor, its percentage of its own best, rank among the feasible deals, who "
        "blocks and by how much, rules and obligations broken, how far the deal is from the frontier, and "
        "the "
        "dominating deals that change the fewest issues.",
        Status::cross_checked, kScoreReferences, kSpaceNeeds, {"teaching/harbour-seven", kScoreExample}),
    analysis<space::ImproveOptions, space::ImproveResult, &space::improve>(
        "improve", "space",
        "Which packages are better for everybody, and which equal offers can one actor make?",
        "From a deal, the packages in which nobody at the table is worse off: the most even one, the largest "
        "product "
        "and sum of gains, each actor's best, and the one with the fewest changes, each by its own exact "
        "search. On "
        "request several offers that are equal for one actor and differ as much as possible for the others, "
        "so that "
        "their choice shows what they value. Advice, not prediction.",
        Status::cross_checked, kImproveReferences, kSpaceNeeds, {"genius/itex-cypress", kImproveExample}),
    analysis<space::TradesOptions, space::TradesResult, &space::trades>(
        "trades", "space", "Who gives what cheaply, and which swaps leave nobody worse?",
        "For every issue and pair of actors, what giving way costs the one and brings the other; the pairs "
        "of "
        "issues on which two actors should give way to each other; and, from a given deal or the status quo, "
        "every "
        "swap of two issues' options that serves at least two actors and harms none, bundles and rules "
        "included.",
        Status::cross_checked, kTradesReferences, kSpaceNeeds, {"genius/itex-cypress", kTradesExample}),
    analysis<space::TalksOptions, space::TalksResult, &space::talks>(
        "talks", "space", "Who would agree on what, and when, by known strategies of making offers?",
        "Plays the alternating offers protocol with any number of actors that hold out, give way in equal "
        "steps or "
        "early, answer tit for tat, or follow MiCRO; optionally a tournament of all strategies in all seats. "
        "Descriptive of these strategies only: people may negotiate otherwise.",
        Status::cross_checked, kTalksReferences, kSpaceNeeds, {"genius/itex-cypress", kTalksExample}),
    analysis<space::AdjustedWinnerOptions, space::AdjustedWinnerResult, &space::adjusted_winner>(
        "adjusted_winner", "space", "How do two actors divide the issues so that both win the same?",
        "The procedure of Brams and Taylor in exact fractions: each issue goes to whom it is worth more, "
        "then the "
        "leader hands over issues in the order of their ratio of worth, the last one in part, until both "
        "have the "
        "same share of their 100 points. At most one issue is divided.",
        Status::published, kAdjustedWinnerReferences, kSpaceNeeds, {"textbook/panama-canal-1974"}),
};

}  // namespace

std::span<const Analysis> space_part() {
    return kSpacePart;
}

}  // namespace steelyard::registry
