// SPDX-License-Identifier: Apache-2.0
// What single numbers do to an actor's gain.
#include "report/pictures/pictures.hpp"
#include "report/pictures/svg.hpp"
#include "report/render_words.hpp"
#include "report/words.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::report {

std::string tornado_picture(const GainSpread& gain, std::string_view id) {
    if (gain.numbers.empty()) {
        return {};
    }
    constexpr double line = 14;
    constexpr double row = 30;  // and a line for each of the name
    constexpr double bar = 13;
    constexpr double left = 14;
    constexpr double right = picture_width - 14;
    constexpr double top = 6;
    double bottom = top;
    for (const NumberEffect& effect : gain.numbers) {
        bottom += row + line * static_cast<double>(label_lines(effect.name, right - left).size());
    }
    Svg svg(picture_width, bottom + 40);
    Axis x;
    x.see(gain.best);
    for (const NumberEffect& effect : gain.numbers) {
        x.see(effect.at_low);
        x.see(effect.at_high);
    }
    x.settle(left, right, 0.06);
    for (const double tick : x.ticks(7)) {
        svg.line(x(tick), top, x(tick), bottom, "grid");
        svg.text(x(tick), bottom + 15, signed_text(tick), "tick", "middle");
    }
    svg.text((left + right) / 2, bottom + 33, "gain of " + gain.name + " in the balanced deal, points",
             "axis", "middle");
    svg.line(x(gain.best), top, x(gain.best), bottom, "zero");
    std::string words;
    double y = top;
    for (const NumberEffect& effect : gain.numbers) {
        for (const std::string& part : label_lines(effect.name, right - left)) {
            y += line;
            svg.text(left, y, part, "label");
        }
        // Where both ends lie on one side of the best, one bar would hide the other: each gets half the height.
        const bool one_side = (effect.at_low - gain.best) * (effect.at_high - gain.best) > 0;
        const double height = one_side ? bar / 2 : bar;
        const double below = one_side ? height : 0;
        for (const auto& [at, value, style, down] :
             {std::tuple{effect.at_low, effect.low, "bar leaning", 0.0},
              std::tuple{effect.at_high, effect.high, "bar share", below}}) {
            svg.rect(std::min(x(gain.best), x(at)), y + 6 + down, std::abs(x(at) - x(gain.best)), height,
                     style, effect.name + " at " + number_text(value) + ": " + signed_text(at));
        }
        words += (words.empty() ? "" : "; ") + effect.name + ": " + signed_text(effect.at_low) + " at " +
                 number_text(effect.low) + ", " + signed_text(effect.at_high) + " at " +
                 number_text(effect.high);
        y += row;
    }
    return svg.element(id, "What single numbers do to the gain of " + gain.name,
                       "At best " + signed_text(gain.best) + ". " + words + ".");
}

}  // namespace steelyard::report
