// SPDX-License-Identifier: Apache-2.0
#include "report/draws.hpp"

#include "steelyard/core/normal.hpp"
#include "steelyard/uncertainty/design.hpp"
#include "steelyard/uncertainty/summary.hpp"

#include <algorithm>
#include <array>

namespace steelyard::report {

namespace {

constexpr std::int64_t check_every = 64;

std::int64_t whole_repetitions(std::int64_t draws) {
    constexpr auto each = static_cast<std::int64_t>(uncertainty::kRepetitions);
    return (draws + each - 1) / each * each;
}

}  // namespace

Draws::Draws(Study& study, const TableStudy& first, const std::vector<const Conclusion*>& conclusions,
             int draws)
    : study_(study),
      sheet_(study.sheet()),
      first_(first),
      balanced_(study, first),
      conclusions_(conclusions),
      draws_(whole_repetitions(draws)),
      values_(sheet_.best()) {
    std::map<std::string_view, std::size_t> places;
    for (std::size_t n = 0; n < study.numbers.size(); ++n) {
        if (makes_points(study.numbers[n].role)) {
            places.emplace(study.numbers[n].pointer, n);
        }
    }
    for (uncertainty::Factor& factor : uncertainty::number_factors(study.subject, {})) {
        if (const auto found = places.find(factor.name); found != places.end()) {
            numbers_.push_back(found->second);
            factors_.push_back(std::move(factor));
        }
    }
}

std::size_t Draws::place(const std::string& pointer) const {
    return static_cast<std::size_t>(std::ranges::find(factors_, pointer, &uncertainty::Factor::name) -
                                    factors_.begin());
}

void Draws::set(std::size_t f, double value) {
    values_[numbers_[f]] = value;
}

void Draws::evaluate() {
    sheet_.set(values_);
    ++runs_;
}

void Draws::reset() {
    values_ = sheet_.best();
    evaluate();
}

std::vector<double> Draws::gains() const {
    const auto deal = balanced_.choose(sheet_);
    std::vector<double> found;
    for (const ActorId actor : first_.table.actors) {
        found.push_back(deal ? sheet_.gain(actor, *deal) : 0);
    }
    return found;
}

bool Draws::holds_with(const Conclusion& conclusion, std::size_t f, double value) {
    set(f, value);
    evaluate();
    const bool holds = conclusion.holds(sheet_);
    set(f, sheet_.best()[numbers_[f]]);
    return holds;
}

std::vector<double> Draws::gains_with(std::size_t f, double value) {
    set(f, value);
    evaluate();
    std::vector<double> found = gains();
    set(f, sheet_.best()[numbers_[f]]);
    return found;
}

bool Draws::mends(std::size_t conclusion, std::size_t f) {
    constexpr int most_tried = 32;
    const std::vector<double>& held = held_[conclusion];
    int tried = 0;
    bool mended = false;
    for (std::size_t d = 0; d < held.size() && tried < most_tried && !mended; ++d) {
        if (held[d] > 0) {
            continue;
        }
        ++tried;
        for (std::size_t other = 0; other < factors_.size(); ++other) {
            set(other, factors_[other].at(normal_probability(scores_[other][d])));
        }
        set(f, sheet_.best()[numbers_[f]]);
        evaluate();
        mended = conclusions_[conclusion]->holds(sheet_);
    }
    reset();
    return mended;
}

void Draws::draw() {
    const auto count = static_cast<std::size_t>(draws_);
    const uncertainty::Sampler sampler(uncertainty::Design::sobol, seed(), static_cast<std::uint64_t>(draws_),
                                       factors_.size());
    held_.assign(conclusions_.size(), std::vector<double>(count));
    gains_.assign(first_.table.actors.size(), std::vector<double>(count));
    scores_.assign(factors_.size(), std::vector<double>(count));
    std::vector<double> u(factors_.size());
    for (std::int64_t d = 0; d < draws_; ++d) {
        if (d % check_every == 0) {
            study_.context.check();
            study_.context.report("draws", static_cast<double>(d), static_cast<double>(draws_));
        }
        const auto row = static_cast<std::size_t>(d);
        sampler.point(static_cast<std::uint64_t>(d), u);
        for (std::size_t f = 0; f < factors_.size(); ++f) {
            set(f, factors_[f].at(u[f]));
            scores_[f][row] = normal_quantile(u[f]);
        }
        evaluate();
        for (std::size_t c = 0; c < conclusions_.size(); ++c) {
            held_[c][row] = conclusions_[c]->holds(sheet_) ? 1 : 0;
        }
        const std::vector<double> found = gains();
        for (std::size_t a = 0; a < found.size(); ++a) {
            gains_[a][row] = found[a];
        }
    }
    reset();
}

std::pair<double, double> Draws::share(std::size_t conclusion) const {
    std::array<double, uncertainty::kRepetitions> sums{};
    std::array<std::uint64_t, uncertainty::kRepetitions> counts{};
    double all = 0;
    for (std::size_t d = 0; d < held_[conclusion].size(); ++d) {
        const double value = held_[conclusion][d];
        sums[d % uncertainty::kRepetitions] += value;
        ++counts[d % uncertainty::kRepetitions];
        all += value;
    }
    return {all / static_cast<double>(draws_), uncertainty::error_between(sums, counts)};
}

std::vector<std::vector<double>> Draws::gains_without_assumptions() {
    constexpr std::int64_t part = 4;
    const std::int64_t count = whole_repetitions((draws_ + part - 1) / part);
    const uncertainty::Sampler sampler(uncertainty::Design::sobol, seed(), static_cast<std::uint64_t>(count),
                                       factors_.size());
    std::vector<std::vector<double>> found(first_.table.actors.size());
    std::vector<double> u(factors_.size());
    for (std::int64_t d = 0; d < count; ++d) {
        sampler.point(static_cast<std::uint64_t>(d), u);
        for (std::size_t f = 0; f < factors_.size(); ++f) {
            set(f, number(f).assumption ? sheet_.best()[numbers_[f]] : factors_[f].at(u[f]));
        }
        evaluate();
        const std::vector<double> row = gains();
        for (std::size_t a = 0; a < row.size(); ++a) {
            found[a].push_back(row[a]);
        }
    }
    reset();
    return found;
}

SaltelliRows Draws::saltelli(std::size_t actor, const std::vector<std::size_t>& factors) {
    constexpr std::int64_t part = 4;
    const std::int64_t count = whole_repetitions((draws_ + part - 1) / part);
    const std::size_t k = factors_.size();
    const uncertainty::Sampler sampler(uncertainty::Design::sobol, seed() + 1,
                                       static_cast<std::uint64_t>(count), 2 * k);
    SaltelliRows rows;
    rows.mixed.resize(factors.size());
    std::vector<double> u(2 * k);
    for (std::int64_t d = 0; d < count; ++d) {
        if (d % check_every == 0) {
            study_.context.check();
        }
        sampler.point(static_cast<std::uint64_t>(d), u);
        const auto run = [&](std::vector<double>& into) {
            evaluate();
            into.push_back(gains()[actor]);
        };
        for (std::size_t f = 0; f < k; ++f) {
            set(f, factors_[f].at(u[k + f]));
        }
        run(rows.b);
        for (std::size_t f = 0; f < k; ++f) {
            set(f, factors_[f].at(u[f]));
        }
        run(rows.a);
        for (std::size_t i = 0; i < factors.size(); ++i) {
            const std::size_t f = factors[i];
            set(f, factors_[f].at(u[k + f]));
            run(rows.mixed[i]);
            set(f, factors_[f].at(u[f]));
        }
    }
    reset();
    return rows;
}

}  // namespace steelyard::report
