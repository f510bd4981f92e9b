// SPDX-License-Identifier: Apache-2.0
#include "steelyard/power/power.hpp"

#include "parts.hpp"
#include "steelyard/power/alliances.hpp"
#include "steelyard/power/cooperative.hpp"
#include "steelyard/power/ratification.hpp"

namespace steelyard::registry {

namespace {

using Texts = std::pair<std::string_view, std::string_view>;

constexpr std::array kVoting{Section::voting};
constexpr std::array kRatifying{Section::preferences, Section::voting};

constexpr std::array<std::string_view, 6> kPowerReferences{
    "Shapley & Shubik, A method for evaluating the distribution of power in a committee system, American "
    "Political "
    "Science Review 48(3), 1954, 787-792",
    "Banzhaf, Weighted voting doesn't work: a mathematical analysis, Rutgers Law Review 19(2), 1965, 317-343",
    "Coleman, Control of collectivities and the power of a collectivity to act, in: Social Choice, Gordon "
    "and Breach "
    "1971, 269-300",
    "Deegan & Packel, A new index of power for simple n-person games, International Journal of Game Theory "
    "7(2), 1978, "
    "113-123",
    "Johnston, On the measurement of power: some reactions to Laver, Environment and Planning A 10(8), 1978, "
    "907-914",
    "Holler, Forming coalitions and measuring voting power, Political Studies 30(2), 1982, 262-271",
};

constexpr std::array<std::string_view, 7> kCooperativeReferences{
    "Shapley, A value for n-person games, in: Contributions to the Theory of Games II, Princeton University "
    "Press 1953, 307-317",
    "Schmeidler, The nucleolus of a characteristic function game, SIAM Journal on Applied Mathematics 17(6), "
    "1969, 1163-1170",
    "Kohlberg, On the nucleolus of a characteristic function game, SIAM Journal on Applied Mathematics "
    "20(1), 1971, 62-66",
    "Owen, Values of games with a priori unions, in: Mathematical Economics and Game Theory, Springer 1977, "
    "76-88",
    "Maschler, Peleg & Shapley, Geometric properties of the kernel, nucleolus, and related solution "
    "concepts, Mathematics of Operations Research 4(4), 1979, 303-338",
    "O'Neill, A problem of rights arbitration from the Talmud, Mathematical Social Sciences 2(4), 1982, "
    "345-371",
    "Aumann & Maschler, Game theoretic analysis of a bankruptcy problem from the Talmud, Journal of Economic "
    "Theory 36(2), 1985, 195-213",
};
constexpr std::array<std::string_view, 2> kAllianceReferences{
    "d'Aspremont, Jacquemin, Gabszewicz & Weymark, On the stability of collusive price leadership, Canadian "
    "Journal of Economics 16(1), 1983, 17-25",
    "Bogomolnaia & Jackson, The stability of hedonic coalition structures, Games and Economic Behavior "
    "38(2), 2002, 201-230",
};
constexpr std::array<std::string_view, 2> kRatificationReferences{
    "Putnam, Diplomacy and domestic politics: the logic of two-level games, International Organization "
    "42(3), 1988, 427-460",
    "Schelling, The Strategy of Conflict, Harvard University Press 1960, chapter 2",
};
constexpr std::array kEstate{Texts{"estate", "200"}, Texts{"claims", "first=100,second=200,third=300"}};

constexpr std::array kPowerPart{
    analysis<power::PowerOptions, power::PowerResult, &power::power>(
        "power", "power", "How much say does each member of a voting body have?",
        "The indices of Shapley and Shubik, Banzhaf, Coleman, Johnston, Deegan and Packel, and Holler, from "
        "the rules "
        "alone: what members want plays no part. Any number of majorities and vetoes. Exact, by counting "
        "coalitions on "
        "a decision diagram; hundreds of members with small weights take seconds. Normative.",
        Status::published, kPowerReferences, kVoting, {"voting/eec-council-1958"}),
    analysis<power::CooperativeOptions, power::CooperativeResult, &power::cooperative>(
        "cooperative", "power",
        "How could those who act together divide what they gain, and would any do better apart?",
        "Core, least core, nucleolus, Shapley and Owen values, exact, for up to 15 players. What coalitions "
        "are worth comes from the deals they can settle alone, from a voting body, from an estate with "
        "claims, or from the options. Normative.",
        Status::published, kCooperativeReferences, {}, {"textbook/talmud-estates", kEstate}),
    analysis<power::AlliancesOptions, power::AlliancesResult, &power::alliances>(
        "alliances", "power", "Who would stand together, who would leave, and who would want to join?",
        "Every alliance, with who would leave it and who would join; and the partitions into alliances that "
        "nobody, or no group, would leave. Values come from the deal that an alliance reaches by itself, or "
        "from dividing what it is worth. Up to 10 players. Descriptive, as far as actors look one step "
        "ahead.",
        Status::cross_checked, kAllianceReferences, {}, {"belarus-us/2025-major-agreement"}),
    analysis<power::RatificationOptions, power::RatificationResult, &power::ratification>(
        "ratification", "power", "What does it do to the talks that somebody at home must agree as well?",
        "The deals that pass at the table, and those that pass the ratifying bodies too: how many, what each "
        "actor can have among them, and what the Nash solution becomes. A smaller win-set can help the "
        "bargainer and risks that nothing passes. All deals up to two million, otherwise random ones. "
        "Descriptive.",
        Status::cross_checked, kRatificationReferences, kRatifying, {"treaties/fishing-treaty"}),
};

}  // namespace

std::span<const Analysis> power_part() {
    return kPowerPart;
}

}  // namespace steelyard::registry
