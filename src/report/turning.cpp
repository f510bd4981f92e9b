// SPDX-License-Identifier: Apache-2.0
#include "report/turning.hpp"

#include "report/scan.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace steelyard::report {

namespace {

constexpr int halvings = 14;

double with_decimals(double value, int decimals) {
    const double scale = std::pow(10.0, decimals);
    return std::round(value * scale) / scale;
}

/// The number with at most so many decimals.
std::string plain(double value, int decimals) {
    std::string text = fmt::format("{:.{}f}", value, decimals);
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') {
            text.pop_back();
        }
    }
    return text == "-0" ? "0" : text;
}

/// The first place on the way from where the number stands to that end at which the conclusion has turned, with the last at
/// which it has not.
std::optional<std::pair<double, double>> gap(Draws& draws, const Conclusion& conclusion, std::size_t f,
                                             const std::array<double, 2>& way) {
    double inside = draws.factor(f).best;
    for (const double place : way) {
        if (std::abs(place - draws.factor(f).best) <= std::abs(inside - draws.factor(f).best) ||
            (place - draws.factor(f).best) * (way.back() - draws.factor(f).best) <= 0) {
            continue;  // a skewed number's percentile on the other side of its best
        }
        if (!draws.holds_with(conclusion, f, place)) {
            return std::pair{inside, place};
        }
        inside = place;
    }
    return std::nullopt;
}

}  // namespace

std::string crossing_words(double now, double at, const std::function<bool(double)>& turned, double least) {
    const bool up = at > now;
    constexpr int most = 4;
    constexpr double tolerance = 0.05;
    for (int decimals = 0; std::abs(at - now) >= least && decimals <= most; ++decimals) {
        const double shown = with_decimals(at, decimals);
        const bool on_the_way = up ? shown > now : shown < now;
        if (on_the_way && std::abs(shown - at) <= tolerance * std::abs(at - now) &&
            plain(shown, decimals) != plain(now, decimals)) {
            return std::string(up ? "rises " : "falls ") +
                   (turned(shown) ? "to "
                    : up          ? "above "
                                  : "below ") +
                   plain(shown, decimals);
        }
    }
    return up ? "rises at all" : "falls at all";
}

std::vector<TurningPoint> turning_points(const Study& study, Draws& draws, const Conclusion& conclusion) {
    std::vector<TurningPoint> turns;
    for (std::size_t f = 0; f < draws.count(); ++f) {
        study.context.check();
        const uncertainty::Factor& factor = draws.factor(f);
        const auto [low, high] = factor.range();
        draws.reset();
        for (const std::array<double, 2>& way : {std::array{factor.at(0.1), factor.rounded(low)},
                                                 std::array{factor.at(0.9), factor.rounded(high)}}) {
            const auto found = gap(draws, conclusion, f, way);
            if (!found) {
                continue;
            }
            auto [inside, outside] = *found;
            for (int halving = 0; halving < halvings; ++halving) {
                const double middle = factor.rounded((inside + outside) / 2);
                (draws.holds_with(conclusion, f, middle) ? inside : outside) = middle;
            }
            const auto turned = [&](double value) { return !draws.holds_with(conclusion, f, value); };
            TurningPoint turn;
            turn.number = factor.name;
            turn.now = factor.best;
            turn.at = outside;
            turn.chance = factor.chance_beyond(outside);
            constexpr int digits = 2;
            turn.sentence =
                sentence("no longer so if " + number_phrase(study, draws.number(f)) + " " +
                         crossing_words(factor.best, outside, turned, (high - low) / 500) + " (now " +
                         plain(factor.best, digits) + ", stated range " + plain(low, digits) + " to " +
                         plain(high, digits) + "; chance " + share_text(turn.chance) + ")");
            turns.push_back(std::move(turn));
        }
    }
    draws.reset();
    std::ranges::stable_sort(turns, std::ranges::greater{}, &TurningPoint::chance);
    return turns;
}

}  // namespace steelyard::report
