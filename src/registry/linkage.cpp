// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"
#include "steelyard/linkage/order.hpp"
#include "steelyard/linkage/partners.hpp"

namespace steelyard::registry {

namespace {

using Texts = std::pair<std::string_view, std::string_view>;

constexpr std::array kLinkageNeeds{Section::preferences, Section::tables};

constexpr std::array<std::string_view, 4> kReferences{
    "Fershtman, The importance of the agenda in bargaining, Games and Economic Behavior 2(3), 1990, 224-238",
    "Winter, Negotiations in multi-issue committees, Journal of Public Economics 65(3), 1997, 323-342",
    "Nash, The bargaining problem, Econometrica 18(2), 1950, 155-162",
    "Sebenius, Sequencing to build coalitions: with whom should I talk first?, in: Wise Choices, Harvard "
    "Business School "
    "Press 1996, 324-348",
};
constexpr std::array<std::string_view, 3> kPartnersReferences{
    "Shapley, A value for n-person games, in: Contributions to the Theory of Games II, Princeton University "
    "Press 1953, "
    "307-317",
    "Sebenius, Sequencing to build coalitions: with whom should I talk first?, in: Wise Choices, Harvard "
    "Business School "
    "Press 1996, 324-348",
    "Putnam, Diplomacy and domestic politics: the logic of two-level games, International Organization "
    "42(3), 1988, 427-460",
};
constexpr std::array kPartnersExample{Texts{"actor", "belarus"}};

constexpr std::array kLinkagePart{
    analysis<linkage::OrderOptions, linkage::OrderResult, &linkage::order>(
        "order", "linkage", "In what order to talk, and who gains by going first?",
        "Every order of the case's tables by backward induction: each table takes the deal that is best by "
        "the chosen "
        "bargaining solution given what follows, and actors outside may answer by their conflict options. "
        "Shows the chain "
        "of turns, every actor's points, and what the order is worth to whom. Exact; up to 6 tables. "
        "Descriptive, as far "
        "as tables do reach that solution.",
        Status::cross_checked, kReferences, kLinkageNeeds, {"belarus-us/2025-major-agreement"}),
    analysis<linkage::PartnersOptions, linkage::PartnersResult, &linkage::partners>(
        "partners", "linkage", "With whom to talk: one partner, another, several or none?",
        "Every subset of an actor's tables, played as `order` does: its points, what each table adds (alone, "
        "on average, "
        "last), and which obligations the result breaks.",
        Status::cross_checked, kPartnersReferences, kLinkageNeeds,
        {"belarus-us/2025-major-agreement", kPartnersExample}),
};

}  // namespace

std::span<const Analysis> linkage_part() {
    return kLinkagePart;
}

}  // namespace steelyard::registry
