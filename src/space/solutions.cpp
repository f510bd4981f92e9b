// SPDX-License-Identifier: Apache-2.0
#include "steelyard/space/solutions.hpp"

#include "count.hpp"
#include "dominated.hpp"
#include "optimum.hpp"
#include "rates.hpp"
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
        : setup_(setup),
          options_(options),
          context_(context),
          engine_(setup.problem, setup.diagram),
          optimiser_(engine_, setup.bounds, {.rule = &setup.rule}, context) {}

    SolutionsResult solve() {
        SolutionsResult result;
        result.table = setup_.table.id;
        const Measure any = measure_of(Concept::egalitarian, false);
        const Found found = optimiser_.best(any);
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

    Measure measure_of(Concept one, bool normalised) {
        const std::size_t n = setup_.problem.size();
        Measure measure;
        measure.counts.assign(n, 1);
        std::vector<Rate> rates;
        for (std::size_t p = 0; p < n; ++p)
            rates.push_back({1, setup_.problem.scale[p]});
        if (normalised) {
            for (std::size_t p = 0; p < n; ++p) {
                if (ideal()[p] > 0) {
                    rates[p] = {1, ideal()[p]};
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

    /// The largest gain of each actor in any acceptable deal.
    const Gains& ideal() {
        if (ideal_.empty()) {
            for (std::size_t p = 0; p < setup_.problem.size(); ++p)
                ideal_.push_back(optimiser_.best_gain(p).value_or(0));
        }
        return ideal_;
    }

    Solution solution(Concept one) {
        const Measure measure = measure_of(one, options_.normalised || one == Concept::kalai_smorodinsky);
        Found found = optimiser_.best(measure);
        Solution solution;
        solution.concept_name = one;
        solution.proven = found.proven;
        if (!found.proven)
            solution.bound = found.bound;
        solution.ties_exact = found.proven;
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
        solution.efficient = efficient(engine_.row(found.options));
        rows_.push_back(engine_.row(found.options));
        return solution;
    }

    /// The acceptable deals that give everybody what the measure's worst-off has: all are equally good.
    Tally count_ties(const Measure& measure, const Found& found) {
        Demand<W> demand = acceptance_demand(engine_, setup_.rule);
        demand.floors.resize(setup_.problem.size());
        for (const auto& [p, gain] : floors_of_least(measure, found.gains))
            demand.floors[p] = from_big<Value>(gain) + engine_.threshold(p);
        return count_deals(engine_, demand, context_);
    }

    std::optional<bool> efficient(const std::vector<Value>& row) {
        const Passed<W> above = rows_above(engine_, setup_.bounds, row, context_);
        if (above.outcome != Outcome::finished)
            return std::nullopt;
        return above.front.size() == 1 && std::equal(row.begin(), row.end(), above.front.row(0));
    }

    void add_distances(SolutionsResult& result) const {
        const Range<W>& range = optimiser_.ranges().after[0][0];
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
    const Context& context_;
    Engine<W> engine_;
    Optimiser<W> optimiser_;
    Gains ideal_;
    std::vector<std::vector<Value>> rows_;  // of the solutions so far
};

}  // namespace

SolutionsResult solutions(const Case& subject, const SolutionsOptions& options, const Context& context) {
    const Setup setup(subject, options.table, context);
    return at_width(setup.problem.width,
                    [&](auto width) { return Solver<decltype(width)>(setup, options, context).solve(); });
}

}  // namespace steelyard::space
