// SPDX-License-Identifier: Apache-2.0
#include "steelyard/power/power.hpp"

#include "count.hpp"
#include "exact.hpp"

#include <numeric>

namespace steelyard::power {

namespace {

constexpr double kMostProfiles = 16'777'216;  // 2^24

/// Results, and whether each of them fitted.
class Exact {
public:
    Rational operator()(const Fraction& value) {
        const Rational result = to_rational(value);
        all_ = all_ && to_fraction(result) == value;
        return result;
    }
    [[nodiscard]] bool all() const { return all_; }

private:
    bool all_ = true;
};

Fraction share(const Fraction& part, const Fraction& whole) {
    return whole == 0 ? Fraction(0) : Fraction(part / whole);
}

Integer sum(const std::vector<Integer>& counts) {
    return std::accumulate(counts.begin(), counts.end(), Integer(0));
}

/// Each coalition divides one point among 1 + k members.
Fraction divided(const std::vector<Integer>& counts) {
    Fraction total = 0;
    for (std::size_t k = 0; k < counts.size(); ++k) {
        total += Fraction(counts[k], Integer(k + 1));
    }
    return total;
}

/// k others came before, n - 1 - k come after: k! (n - 1 - k)! / n! = 1 / (n C(n - 1, k)) of all orders.
Fraction orders(const std::vector<Integer>& swings, const std::vector<Integer>& row) {
    Fraction total = 0;
    for (std::size_t k = 0; k < swings.size(); ++k) {
        total += Fraction(swings[k], row[k] * row.size());
    }
    return total;
}

void add_minimal(const Vulnerable& vulnerable, PowerResult& result, Exact& exact) {
    Fraction johnston = 0;
    Fraction coalitions = 0;
    Fraction places = 0;
    for (std::size_t i = 0; i < result.members.size(); ++i) {
        johnston += divided(vulnerable.critical[i]);
        coalitions += divided(vulnerable.minimal[i]);
        places += Fraction(sum(vulnerable.minimal[i]));
    }
    for (std::size_t i = 0; i < result.members.size(); ++i) {
        MemberPower& member = result.members[i];
        member.johnston = exact(share(divided(vulnerable.critical[i]), johnston));
        member.deegan_packel = exact(share(divided(vulnerable.minimal[i]), coalitions));
        member.holler = exact(share(Fraction(sum(vulnerable.minimal[i])), places));
    }
    result.minimal = boost::multiprecision::numerator(coalitions).str();
}

}  // namespace

PowerResult power(const Case& subject, const PowerOptions& options, const Context& context) {
    const VotingBody& body = find_body(subject, options.body);
    const VotingGame game = make_voting_game(body);
    const std::size_t members = game.members.size();
    const Winning winning = count_winning(game, context);
    const std::vector<Integer> row = binomials<Integer>(members - 1);
    const Fraction all = Fraction(Integer(1) << static_cast<unsigned>(members));
    Fraction swings = 0;
    for (const auto& counts : winning.swings) {
        swings += Fraction(sum(counts));
    }

    Exact exact;
    PowerResult result;
    result.body = body.id;
    result.winning = winning.count.str();
    result.act = exact(Fraction(winning.count) / all);
    for (std::size_t i = 0; i < members; ++i) {
        const Fraction own = Fraction(sum(winning.swings[i]));
        MemberPower member;
        member.member = game.members[i];
        for (const auto& [name, weight] : body.majority.members) {
            member.weight = name == member.member ? weight : member.weight;
        }
        member.shapley_shubik = exact(orders(winning.swings[i], row));
        member.swings = sum(winning.swings[i]).str();
        member.banzhaf = exact(share(own, swings));
        member.banzhaf_absolute = exact(own * 2 / all);
        member.prevent = exact(share(own, Fraction(winning.count)));
        member.initiate = exact(share(own, all - Fraction(winning.count)));
        member.veto = own == Fraction(winning.count) && own != 0;
        member.powerless = own == 0;
        result.members.push_back(std::move(member));
    }

    if (game.thresholds.size() == 1) {
        add_minimal(count_vulnerable(game, context), result, exact);
    } else if (const auto vulnerable = enumerate_vulnerable(game, kMostProfiles, context)) {
        add_minimal(*vulnerable, result, exact);
    } else {
        result.notes.emplace_back(
            "Johnston, Deegan-Packel and Holler are left out: with several majorities they are counted over "
            "all ways "
            "to take members of each kind, and these are more than 16,777,216.");
    }
    result.exact = exact.all();
    return result;
}

}  // namespace steelyard::power
