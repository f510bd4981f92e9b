// SPDX-License-Identifier: Apache-2.0
#pragma once
/// How much say each member of a voting body has, by the rules alone.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steelyard::power {

struct PowerOptions {
    std::string body;

    static constexpr auto fields() {
        return std::tuple{
            field("body", &PowerOptions::body, "The voting body; empty means the first one."),
        };
    }
};

/// The indices of one member.  A member is *critical* in a winning coalition that would lose without it; each
/// such coalition is one of its *swings*.  Members' shares (Shapley-Shubik, normalised Banzhaf, Johnston,
/// Deegan-Packel, Holler) sum to 1.
struct MemberPower {
    std::string member;
    Rational weight;
    Rational shapley_shubik;
    Rational banzhaf;
    Rational banzhaf_absolute;
    std::string swings;
    Rational prevent;
    Rational initiate;
    std::optional<Rational> johnston;
    std::optional<Rational> deegan_packel;
    std::optional<Rational> holler;
    bool veto = false;
    bool powerless = false;

    static constexpr auto fields() {
        return std::tuple{
            field("member", &MemberPower::member, "The member."),
            field("weight", &MemberPower::weight, "Its weight in the body's first majority."),
            field("shapley_shubik", &MemberPower::shapley_shubik,
                  "Share of the orders of joining in which it is the one who makes the coalition win."),
            field("banzhaf", &MemberPower::banzhaf, "Its share of everybody's swings."),
            field("banzhaf_absolute", &MemberPower::banzhaf_absolute,
                  "Probability that it decides, when every other member says yes or no by a fair coin."),
            field("swings", &MemberPower::swings, "Winning coalitions that lose without it.", "coalitions"),
            field("prevent", &MemberPower::prevent,
                  "Coleman's power to prevent: share of the winning coalitions that lose without it."),
            field("initiate", &MemberPower::initiate,
                  "Coleman's power to initiate: share of the losing coalitions that win with it."),
            field("johnston", &MemberPower::johnston,
                  "Johnston's index: each winning coalition with critical members divides one point among "
                  "them."),
            field("deegan_packel", &MemberPower::deegan_packel,
                  "Deegan and Packel's index: each minimal winning coalition divides one point among its "
                  "members."),
            field("holler", &MemberPower::holler,
                  "Holler's public good index: its share of all places in minimal winning coalitions."),
            field("veto", &MemberPower::veto, "Whether nothing passes without it."),
            field("powerless", &MemberPower::powerless, "Whether it is never critical."),
        };
    }
};

struct PowerResult {
    std::string body;
    std::vector<MemberPower> members;
    std::string winning;
    Rational act;
    std::optional<std::string> minimal;
    bool exact = true;
    std::vector<std::string> notes;

    static constexpr auto fields() {
        return std::tuple{
            field("body", &PowerResult::body, "The voting body."),
            field("members", &PowerResult::members, "Every member, in case order."),
            field("winning", &PowerResult::winning, "The number of winning coalitions.", "coalitions"),
            field("act", &PowerResult::act,
                  "Coleman's power of the body to act: the share of all coalitions that win."),
            field("minimal", &PowerResult::minimal,
                  "The number of minimal winning coalitions: every member is critical.", "coalitions"),
            field("exact", &PowerResult::exact,
                  "Whether every share is exact; otherwise fractions that leave 64 bits are rounded."),
            field("notes", &PowerResult::notes, "What was left out, and why."),
        };
    }
};

/// All indices, computed exactly.
///
/// Shapley & Shubik 1954, Banzhaf 1965, Coleman 1971, Deegan & Packel 1978, Johnston 1978, Holler 1982.  Any
/// number of majorities and vetoes: Shapley-Shubik, Banzhaf and Coleman on a layered decision diagram, whose
/// nodes are what each majority still needs; O(nodes x members^2).  The other three: on the same diagram with one
/// majority; with several, over all ways to take members of each kind (members of equal weights are one
/// kind), absent where these are more than 2^24.
/// Throws `Error`: missing_section, unknown_name (body), limit (weights without common denominator; a diagram
/// of more than 40 million counts), cancelled.
PowerResult power(const Case& subject, const PowerOptions& options, const Context& context);

}  // namespace steelyard::power
