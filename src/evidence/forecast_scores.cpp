// SPDX-License-Identifier: Apache-2.0
#include "steelyard/evidence/forecast_scores.hpp"

#include "judgement_lines.hpp"
#include "steelyard/evidence/judgements.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace steelyard::evidence {

namespace {

using Chances = std::map<std::string, double>;

/// What each forecaster last said of each event: forecaster, event, chances.
using Book = std::map<std::string, std::map<std::string, Chances>>;

struct Bin {
    int count = 0;
    double chances = 0;
    double happened = 0;
};

std::size_t bin_of(double chance, int bins) {
    const auto bin = static_cast<std::size_t>(chance * bins);
    return std::min(bin, static_cast<std::size_t>(bins) - 1);
}

std::vector<Bin> fill_bins(std::span<const Statement> statements, int bins) {
    std::vector<Bin> filled(static_cast<std::size_t>(bins));
    for (const Statement& statement : statements) {
        Bin& bin = filled[bin_of(statement.chance, bins)];
        ++bin.count;
        bin.chances += statement.chance;
        bin.happened += statement.happened ? 1 : 0;
    }
    return filled;
}

/// The chances of one line, or nothing where they are none.
std::optional<Chances> read_chances(const std::vector<std::string>& words) {
    Chances chances;
    double sum = 0;
    for (std::size_t i = 2; i < words.size(); ++i) {
        const std::size_t equals = words[i].rfind('=');
        const auto chance = equals == std::string::npos || equals == 0
                                ? std::nullopt
                                : number_of(std::string_view(words[i]).substr(equals + 1));
        if (!chance || *chance < 0 || *chance > 1 ||
            !chances.emplace(words[i].substr(0, equals), *chance).second)
            return std::nullopt;
        sum += *chance;
    }
    constexpr double slack = 1e-6;
    if (chances.size() < 2 || std::abs(sum - 1) > slack)
        return std::nullopt;
    return chances;
}

Book read_book(const ForecastScoresOptions& options) {
    Book book;
    std::vector<Problem> problems;
    for (std::size_t i = 0; i < options.forecasts.size(); ++i) {
        const std::string& line = options.forecasts[i];
        const auto complain = [&](std::string message, std::string allowed) {
            problems.push_back({Place{{}, 0, 0, "/forecasts/" + std::to_string(i)},
                                std::move(message),
                                line,
                                std::move(allowed),
                                {}});
        };
        const auto words = words_of(line);
        auto chances = read_chances(words);
        if (!chances) {
            complain("not a forecast",
                     "EVENT FORECASTER OUTCOME=CHANCE OUTCOME=CHANCE ..., chances that sum to 1");
            continue;
        }
        for (const auto& [event, outcome] : options.outcomes) {
            if (event == words[0] && !chances->contains(outcome))
                complain("the forecast does not know the outcome '" + outcome + "'", {});
        }
        book[words[1]][words[0]] = std::move(*chances);
    }
    if (!problems.empty())
        throw Error(ErrorKind::invalid_option, std::move(problems));
    return book;
}

/// The statements that a forecast with its outcome makes.
void add_statements(const Chances& chances, const std::string& outcome, std::vector<Statement>& statements) {
    if (chances.size() == 2) {
        const auto one = chances.contains("yes") ? chances.find("yes") : chances.begin();
        statements.push_back({one->second, one->first == outcome});
        return;
    }
    for (const auto& [name, chance] : chances)
        statements.push_back({chance, name == outcome});
}

double brier_of(const Chances& chances, const std::string& outcome) {
    double sum = 0;
    for (const auto& [name, chance] : chances) {
        const double miss = chance - (name == outcome ? 1 : 0);
        sum += miss * miss;
    }
    return sum / 2;
}

void add_calibration(const std::string& by, std::span<const Statement> statements,
                     const ForecastScoresOptions& options, ForecastScoresResult& result) {
    const auto bins = fill_bins(statements, options.bins);
    for (std::size_t i = 0; i < bins.size(); ++i) {
        const Bin& bin = bins[i];
        if (bin.count == 0)
            continue;
        const int up = static_cast<int>(bin.happened);
        const Interval interval = wilson(up, bin.count - up, options.level);
        result.calibration.push_back(
            {by, static_cast<double>(i) / options.bins, static_cast<double>(i + 1) / options.bins, bin.count,
             bin.chances / bin.count, bin.happened / bin.count, interval.low, interval.high});
    }
}

}  // namespace

Decomposition decompose(std::span<const Statement> statements, int bins) {
    Decomposition result;
    if (statements.empty())
        return result;
    const auto n = static_cast<double>(statements.size());
    double happened = 0;
    for (const Statement& statement : statements) {
        const double miss = statement.chance - (statement.happened ? 1 : 0);
        result.brier += miss * miss / n;
        happened += statement.happened ? 1 : 0;
    }
    const double base = happened / n;
    result.uncertainty = base * (1 - base);
    for (const Bin& bin : fill_bins(statements, bins)) {
        if (bin.count == 0)
            continue;
        const double forecast = bin.chances / bin.count;
        const double observed = bin.happened / bin.count;
        result.reliability += bin.count * (forecast - observed) * (forecast - observed) / n;
        result.resolution += bin.count * (observed - base) * (observed - base) / n;
    }
    result.within = result.brier - result.reliability + result.resolution - result.uncertainty;
    return result;
}

ForecastScoresResult forecast_scores(const Case& /*subject*/, const ForecastScoresOptions& options,
                                     const Context& context) {
    const Book book = read_book(options);
    ForecastScoresResult result;
    std::set<std::string> settled;
    std::set<std::string> open;
    for (const auto& [by, events] : book) {
        context.check();
        ForecasterScore score;
        score.by = by;
        double log_sum = 0;
        std::vector<Statement> statements;
        for (const auto& [event, chances] : events) {
            const auto known =
                std::ranges::find(options.outcomes, event, &std::pair<std::string, std::string>::first);
            if (known == options.outcomes.end()) {
                open.insert(event);
                continue;
            }
            settled.insert(event);
            ++score.events;
            score.brier += brier_of(chances, known->second);
            const double chance = chances.at(known->second);
            if (chance > 0)
                log_sum -= std::log(chance);
            else
                ++score.impossible;
            add_statements(chances, known->second, statements);
        }
        if (score.events == 0)
            continue;
        score.brier /= score.events;
        if (score.impossible == 0)
            score.log = log_sum / score.events;
        const Decomposition parts = decompose(statements, options.bins);
        score.statements = static_cast<int>(statements.size());
        score.statement_brier = parts.brier;
        score.reliability = parts.reliability;
        score.resolution = parts.resolution;
        score.uncertainty = parts.uncertainty;
        score.within = parts.within;
        result.scores.push_back(std::move(score));
        add_calibration(by, statements, options, result);
    }
    std::ranges::stable_sort(result.scores, {}, &ForecasterScore::brier);
    result.events = static_cast<int>(settled.size());
    result.open.assign(open.begin(), open.end());
    return result;
}

}  // namespace steelyard::evidence
