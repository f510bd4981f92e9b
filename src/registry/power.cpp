// SPDX-License-Identifier: Apache-2.0
#include "steelyard/power/power.hpp"

#include "parts.hpp"

namespace steelyard::registry {

namespace {

constexpr std::array kVoting{Section::voting};

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

constexpr std::array kPart{
    analysis<power::PowerOptions, power::PowerResult, &power::power>(
        "power", "power", "How much say does each member of a voting body have?",
        "The indices of Shapley and Shubik, Banzhaf, Coleman, Johnston, Deegan and Packel, and Holler, from "
        "the rules "
        "alone: what members want plays no part. Any number of majorities and vetoes. Exact, by counting "
        "coalitions on "
        "a decision diagram; hundreds of members with small weights take seconds. Normative.",
        Status::published, kPowerReferences, kVoting, {"voting/eec-council-1958"}),
};

}  // namespace

std::span<const Analysis> power_part() {
    return kPart;
}

}  // namespace steelyard::registry
