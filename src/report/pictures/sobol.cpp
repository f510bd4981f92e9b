// SPDX-License-Identifier: Apache-2.0
// Which numbers the spread of an actor's gain comes from.
#include "report/pictures/pictures.hpp"
#include "report/pictures/svg.hpp"
#include "report/render_words.hpp"
#include "report/words.hpp"

#include <algorithm>

namespace steelyard::report {

std::string sobol_picture(const GainSpread& gain, std::string_view id) {
    std::vector<const NumberEffect*> shown;
    for (const NumberEffect& effect : gain.numbers) {
        if (effect.total) {
            shown.push_back(&effect);
        }
    }
    if (shown.empty()) {
        return {};
    }
    std::ranges::stable_sort(shown, std::ranges::greater{},
                             [](const NumberEffect* effect) { return *effect->total; });
    constexpr double line = 14;
    constexpr double row = 40;  // and a line for each of the name
    constexpr double bar = 9;
    constexpr double left = 14;
    constexpr double right = picture_width - 22;
    constexpr double top = 6;
    double bottom = top;
    for (const NumberEffect* effect : shown) {
        bottom += row + line * static_cast<double>(label_lines(effect->name, right - left).size());
    }
    Svg svg(picture_width, bottom + 40);
    const auto x = [&](double share) { return left + share * (right - left); };
    for (const double tick : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        svg.line(x(tick), top, x(tick), bottom, "grid");
        svg.text(x(tick), bottom + 15, number_text(tick * 100) + "%", "tick", "middle");
    }
    svg.text((left + right) / 2, bottom + 33, "share of the variance", "axis", "middle");
    std::string words;
    double y = top;
    for (const NumberEffect* effect : shown) {
        const std::string first = share_text(effect->first);
        const std::string total = share_text(*effect->total);
        for (const std::string& part : label_lines(effect->name, right - left)) {
            y += line;
            svg.text(left, y, part, "label");
        }
        svg.rect(x(0), y + 6, x(effect->first) - x(0), bar, "bar share", effect->name + " alone: " + first);
        svg.rect(x(0), y + 18, x(*effect->total) - x(0), bar, "bar leaning",
                 effect->name + " with all it works together with: " + total);
        const double middle = y + 18 + bar / 2;
        svg.line(x(*effect->total_low), middle, x(*effect->total_high), middle, "whisker");
        for (const double end : {*effect->total_low, *effect->total_high}) {
            svg.line(x(end), middle - 3, x(end), middle + 3, "whisker");
        }
        words += (words.empty() ? "" : "; ") + effect->name + " " + first + " alone, " + total + " in all";
        y += row;
    }
    svg.line(x(0), top, x(0), bottom, "zero");
    return svg.element(id, "Where the spread of the gain of " + gain.name + " comes from", words + ".");
}

}  // namespace steelyard::report
