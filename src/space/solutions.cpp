// SPDX-License-Identifier: Apache-2.0
#include "steelyard/space/solutions.hpp"

#include "rates.hpp"
#include "reach.hpp"
#include "seek.hpp"
#include "setup.hpp"

#include <algorithm>
#include <numeric>

namespace steelyard::space {

namespace {

using boost::multiprecision::gcd;

/// Bargaining power of each actor, 1 where the table gives none.
std::vector<Rational> powers(const Setup& setup) {
    std::vector<Rational> power(setup.problem.size(), Rational(1));
    for (const auto& [actor, number] : setup.table.power) {
        for (std::size_t p = 0; p < power.size(); ++p) {
            if (setup.problem.actors[p] == actor)
                power[p] = std::max(number.best(), Rational(0));
        }
    }
    return power;
}

/// Powers as whole numbers without a common divisor.
void set_exponents(Measure& measure, const std::vector<Rational>& power) {
    BigInt below = 1;
    BigInt divisor = 0;
    for (const Rational& one : power)
        below = lcm(below, one.denominator());
    for (const Rational& one : power)
        divisor = gcd(divisor, BigInt(below / one.denominator() * one.numerator()));
    if (divisor == 0)
        divisor = 1;
    for (const Rational& one : power)
        measure.exponent.push_back(
            static_cast<std::int64_t>(BigInt(below / one.denominator() * one.numerator() / divisor)));
    // For display: the weighted geometric mean, which stays in the range of the gains.
    measure.exponent_unit =
        std::max(1.0, std::accumulate(measure.exponent.begin(), measure.exponent.end(), 0.0));
}

template <class W>
class Solver {
public:
    Solver(const Setup& setup, const SolutionsOptions& options, const Context& context)
        : setup_(setup), options_(options), seeker_(setup, {.rule = &setup.rule}, context) {}

    SolutionsResult solve() {
        SolutionsResult result;
        result.table = setup_.table.id;
        const Measure any = measure_of(Concept::egalitarian, false);
        const Found found = seeker_.best(any);
        result.acceptable_exists = found.any();
        result.decided = found.any() || found.proven;
        if (!found.any())
            return result;
        std::vector<Concept> concepts = options_.concepts;
        if (concepts.empty()) {
            for (const auto& choice : choices_of(Concept{}))
                concepts.push_back(choice.value);
        }
        for (const Concept one : concepts)
            result.solutions.push_back(solution(one));
        add_distances(result);
        return result;
    }

private:
    using Value = typename W::Value;

    /// Shares of the best gains, where they are not proven, are taken of the lowest or the highest they may be.
    enum class Ideal { low, high };

    Measure measure_of(Concept one, bool normalised, Ideal of = Ideal::high) {
        const std::size_t n = setup_.problem.size();
        Measure measure;
        measure.counts.assign(n, 1);
        std::vector<Rate> rates;
        for (std::size_t p = 0; p < n; ++p)
            rates.push_back({1, setup_.problem.scale[p]});
        if (normalised) {
            for (std::size_t p = 0; p < n; ++p) {
                const BigInt& best = of == Ideal::low ? ideal()[p].low : ideal()[p].high;
                if (best > 0) {
                    rates[p] = {1, best};
                } else {
                    measure.counts[p] = 0;
                }
            }
        }
        switch (one) {
            case Concept::utilitarian:
                measure.kind = Measure::Kind::sum;
                break;
            case Concept::nash:
                measure.kind = Measure::Kind::product;
                measure.exponent.assign(n, 1);
                break;
            case Concept::weighted_nash:
                measure.kind = Measure::Kind::product;
                set_exponents(measure, powers(setup_));
                break;
            case Concept::leximin:
                measure.kind = Measure::Kind::leximin;
                break;
            case Concept::kalai_smorodinsky:
            case Concept::egalitarian:
                measure.kind = Measure::Kind::least;
                break;
            case Concept::proportional: {
                measure.kind = Measure::Kind::least;
                const std::vector<Rational> power = powers(setup_);
                for (std::size_t p = 0; p < n; ++p) {
                    if (power[p] > Rational(0)) {
                        rates[p].above *= power[p].denominator();
                        rates[p].below *= power[p].numerator();
                    } else {
                        measure.counts[p] = 0;
                    }
                }
                break;
            }
        }
        set_rates(measure, rates);
        return measure;
    }

    using GainRange = typename Seeker<W>::GainRange;

    /// The largest gain of each actor in any acceptable deal.
    const std::vector<GainRange>& ideal() {
        if (ideal_.empty()) {
            for (std::size_t p = 0; p < setup_.problem.size(); ++p)
                ideal_.push_back(seeker_.best_gain(p));
        }
        return ideal_;
    }

    /// With best gains that are not proven, a share can be no larger than that of the lowest they may be.
    double bound_on_shares(Concept one) {
        const Measure measure = measure_of(one, true, Ideal::low);
        const bool all_gain = std::ranges::all_of(
            ideal(), [](const GainRange& range) { return range.low > 0 || range.high <= 0; });
        double most = measure.kind == Measure::Kind::sum ? static_cast<double>(setup_.problem.size()) : 1;
        for (const Rational& power : powers(setup_)) {
            if (one == Concept::proportional && power > Rational(0))
                most = std::max(most, 1 / power.to_double());
        }
        if (!all_gain)
            return most;
        const Found found = seeker_.best(measure);
        const double bound = found.proven ? measure.value(found.gains) : found.bound;
        return std::min(most, std::max(bound * (1 + 1e-12), 0.0));
    }

    Solution solution(Concept one) {
        const bool shares = options_.normalised || one == Concept::kalai_smorodinsky;
        const Measure measure = measure_of(one, shares);
        Found found = seeker_.best(measure);
        if (shares &&
            std::ranges::any_of(ideal(), [](const auto& range) { return range.low < range.high; })) {
            found.proven = found.ties_exact = false;
            found.bound = bound_on_shares(one);
        }
        Solution solution;
        solution.concept_name = one;
        solution.proven = found.proven;
        if (!found.proven)
            solution.bound = found.bound;
        solution.ties_exact = found.ties_exact;
        if (!measure.strict() && found.proven) {
            Tally tally = count_ties(measure, found);
            solution.ties_exact = tally.exact;
            if (tally.exact) {
                found.ties = tally.count;
                found.options = std::move(tally.first);
            }
        }
        solution.ties = found.ties.str();
        solution.value = measure.value(found.gains);
        const Deal deal = setup_.deal(found.options);
        solution.deal = name_deal(setup_.subject, deal);
        solution.points = setup_.points(deal);
        solution.gains = setup_.gains(deal);
        rows_.push_back(seeker_.engine().row(found.options));
        solution.efficient = seeker_.efficient(rows_.back());
        return solution;
    }

    /// The acceptable deals that give everybody what the measure's worst-off has: all are equally good.
    Tally count_ties(const Measure& measure, const Found& found) const {
        std::vector<std::optional<Value>> floors(setup_.problem.size());
        for (const auto& [p, gain] : floors_of_least(measure, found.gains))
            floors[p] = from_big<Value>(gain) + seeker_.engine().threshold(p);
        return seeker_.count(floors);
    }

    void add_distances(SolutionsResult& result) const {
        const Range<W>& range = seeker_.range();
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            for (std::size_t j = 0; j < rows_.size(); ++j) {
                if (i == j)
                    continue;
                double largest = 0;
                for (std::size_t p = 0; p < setup_.problem.size(); ++p) {
                    const double width = to_double(Value(range.high[p] - range.low[p]));
                    if (width > 0)
                        largest = std::max(
                            largest, 100 * std::abs(to_double(Value(rows_[i][p] - rows_[j][p]))) / width);
                }
                const auto name = detail::choice_name(result.solutions[j].concept_name);
                result.solutions[i].distances.emplace_back(std::string(name), largest);
            }
        }
    }

    const Setup& setup_;
    const SolutionsOptions& options_;
    Seeker<W> seeker_;
    std::vector<GainRange> ideal_;
    std::vector<std::vector<Value>> rows_;  // of the solutions so far
};

}  // namespace

SolutionsResult solutions_within(const Case& subject, const SolutionsOptions& options, const Context& context,
                                 const Reach& reach) {
    const Setup setup(subject, options.table, context, nullptr, Tangled::bound, reach);
    return at_width(setup.problem.width,
                    [&](auto width) { return Solver<decltype(width)>(setup, options, context).solve(); });
}

SolutionsResult solutions(const Case& subject, const SolutionsOptions& options, const Context& context) {
    return solutions_within(subject, options, context, {});
}

}  // namespace steelyard::space
