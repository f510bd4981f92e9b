// SPDX-License-Identifier: Apache-2.0
#include "report/pictures/backtest.hpp"

#include "report/pictures/pictures.hpp"
#include "report/pictures/svg.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace steelyard::report {

namespace {

constexpr double label_text = 12.5;

}  // namespace

std::string errors_picture(const std::vector<ModelError>& models, std::string_view against,
                           std::string_view id) {
    if (models.empty()) {
        return {};
    }
    constexpr double row = 27;
    constexpr double top = 6;
    double left = 0;
    Axis x;
    x.see(0);
    for (const ModelError& model : models) {
        left = std::max(left, text_width(model.model, label_text));
        x.see(model.high);
    }
    left += 12;
    const double right = picture_width - 44;
    const double bottom = top + row * static_cast<double>(models.size());
    x.settle(left, right, 0);
    Svg svg(picture_width, bottom + 40);
    for (const double tick : x.ticks(6)) {
        svg.line(x(tick), top, x(tick), bottom, "grid");
        svg.text(x(tick), bottom + 15, number_text(tick), "tick", "middle");
    }
    svg.text((left + right) / 2, bottom + 33, "mean distance from the outcome, places of 100", "axis",
             "middle");
    std::string words;
    double y = top + row / 2;
    for (const ModelError& model : models) {
        const std::string interval = fmt::format("{} ({} to {})", number_text(model.error),
                                                 number_text(model.low), number_text(model.high));
        const bool base = model.model == against;
        if (base) {
            svg.line(x(model.error), top, x(model.error), bottom, "zero");
        }
        svg.text(left - 10, y + 4, model.model, base ? "label strong" : "label", "end");
        svg.line(x(model.low), y, x(model.high), y, "whisker");
        for (const double end : {model.low, model.high}) {
            svg.line(x(end), y - 3.5, x(end), y + 3.5, "whisker");
        }
        svg.circle(x(model.error), y, 4.5, "balanced", model.model + ": " + interval);
        svg.text(picture_width - 4, y + 4, fmt::format("{:.1f}", model.error), "label", "end");
        words += (words.empty() ? "" : "; ") + model.model + " " + interval;
        y += row;
    }
    return svg.element(id, "Mean error of each model with its 95 % interval", words + ".");
}

std::string calibration_picture(const std::vector<SaidAndCame>& bands, std::string_view id) {
    const auto filled = [](const SaidAndCame& band) { return band.options > 0; };
    if (std::ranges::none_of(bands, filled)) {
        return {};
    }
    constexpr double left = 50;
    constexpr double top = 26;
    constexpr double right = picture_width - 50;
    constexpr double bottom = top + (right - left);
    Svg svg(picture_width, bottom + 42);
    const auto x = [&](double share) { return left + share * (right - left); };
    const auto y = [&](double share) { return bottom - share * (bottom - top); };
    for (int tick = 0; tick <= 100; tick += 20) {
        const double share = tick / 100.0;
        svg.line(x(share), top, x(share), bottom, "grid");
        svg.line(left, y(share), right, y(share), "grid");
        svg.text(x(share), bottom + 16, fmt::format("{}%", tick), "tick", "middle");
        svg.text(left - 7, y(share) + 4, fmt::format("{}%", tick), "tick", "end");
    }
    svg.line(x(0), y(0), x(1), y(1), "no-deal");
    svg.text(left, top - 12, "share that came about", "axis");
    svg.text((left + right) / 2, bottom + 35, "mean likelihood that was given", "axis", "middle");
    std::vector<std::pair<double, double>> points;
    Labels labels({left, top, picture_width, bottom});
    int most = 1;
    for (const SaidAndCame& band : bands) {
        most = std::max(most, band.options);
    }
    for (int step = 0; step <= 40; ++step) {
        const double share = step / 40.0;
        labels.occupy_softly({x(share) - 3, y(share) - 3, x(share) + 3, y(share) + 3});
    }
    const auto radius = [&](const SaidAndCame& band) {
        return 3 + 6 * std::sqrt(static_cast<double>(band.options) / most);
    };
    for (const SaidAndCame& band : bands) {
        if (filled(band)) {
            points.emplace_back(x(band.said), y(band.came));
            const double r = radius(band);
            labels.occupy({x(band.said) - r, y(band.came) - r, x(band.said) + r, y(band.came) + r});
        }
    }
    svg.polyline(points, "front-line");
    std::string words;
    for (const SaidAndCame& band : bands) {
        if (!filled(band)) {
            continue;
        }
        const std::string tip = fmt::format("{}: {} options, said {}, came about {}", band.band, band.options,
                                            share_text(band.said), share_text(band.came));
        svg.circle(x(band.said), y(band.came), radius(band), "balanced", tip);
        const std::string label = fmt::format("{} ({})", band.band, band.options);
        const Labels::Place place = labels.place(x(band.said), y(band.came), label, label_text);
        if (place.found) {
            svg.text(place.x, place.y, label, "label");
        }
        words += (words.empty() ? "" : "; ") + tip;
    }
    return svg.element(id, "Likelihoods given to options against what came about", words + ".");
}

}  // namespace steelyard::report
