// SPDX-License-Identifier: Apache-2.0
// Gains of the balanced deal, and the evidence bar.
#include "report/pictures/pictures.hpp"
#include "report/pictures/svg.hpp"
#include "report/render_words.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace steelyard::report {

std::pair<double, double> gain_range(const TableFacts& table, std::string_view actor) {
    const Rational* none = value_of(table.no_deal, actor);
    double low = 0;
    double high = 0;
    bool first = true;
    const auto see = [&](const Named<Rational>& points) {
        const Rational* value = value_of(points, actor);
        if (value == nullptr || none == nullptr) {
            return;
        }
        const double gain = (*value - *none).to_double();
        low = first ? gain : std::min(low, gain);
        high = first ? gain : std::max(high, gain);
        first = false;
    };
    for (const EfficientDeal& deal : table.frontier) {
        if (deal.acceptable) {
            see(deal.points);
        }
    }
    if (const MarkedDeal* nash = balanced(table)) {
        see(nash->points);
    }
    return {low, high};
}

std::string gains_picture(const Brief& brief, const TableFacts& table, std::string_view id) {
    const MarkedDeal* nash = balanced(table);
    if (nash == nullptr) {
        return {};
    }
    constexpr double row = 46;
    constexpr double top = 8;
    constexpr double left = 12;
    constexpr double right = picture_width - 12;
    const auto rows = static_cast<double>(nash->gains.size());
    const double bottom = top + rows * row;
    Svg svg(picture_width, bottom + 40);

    // Every actor in the share of its own stake, because points of two actors share no unit.
    const auto share = [&](std::string_view actor, double gain) {
        const Rational* stake = value_of(table.stake, actor);
        const double all = stake == nullptr ? 0 : stake->to_double();
        return all > 0 ? gain / all * 100 : 0;
    };
    Axis x;
    x.see(0);
    for (const auto& [actor, gain] : nash->gains) {
        const auto [low, high] = gain_range(table, actor);
        x.see(share(actor, low));
        x.see(share(actor, high));
    }
    x.settle(left, right, 0.04);
    for (const double tick : x.ticks(7)) {
        svg.line(x(tick), top, x(tick), bottom, "grid");
        svg.text(x(tick), bottom + 15, signed_text(tick) + "%", "tick", "middle");
    }
    svg.text((left + right) / 2, bottom + 33, "gain over no agreement, as a share of the actor's own stake",
             "axis", "middle");
    std::string words;
    double y = top;
    for (const auto& [actor, gain] : nash->gains) {
        const bool seated = std::ranges::find(table.actors, actor) != table.actors.end();
        const double value = share(actor, gain.to_double());
        const auto [low, high] = gain_range(table, actor);
        const std::string name = std::string(actor_name(brief, actor)) + (seated ? "" : " (no seat)");
        const std::string amount =
            signed_text(gain.to_double()) + (abs(gain) == Rational(1) ? " point" : " points");
        svg.text(left, y + 14, name + ": " + amount, seated ? "label strong" : "label");
        const double from = std::min(x(0), x(value));
        svg.rect(from, y + 20, std::abs(x(value) - x(0)), 14, gain < Rational{} ? "bar loss" : "bar gain",
                 name + ": " + amount + ", " + number_text(value) + "% of its stake");
        svg.line(x(share(actor, low)), y + 39, x(share(actor, high)), y + 39, "whisker");
        for (const double end : {low, high}) {
            svg.line(x(share(actor, end)), y + 36.5, x(share(actor, end)), y + 41.5, "whisker");
        }
        words += (words.empty() ? "" : "; ") + name + " " + amount + " (from " + signed_text(low) + " to " +
                 signed_text(high) + ")";
        y += row;
    }
    svg.line(x(0), top, x(0), bottom, "zero");
    return svg.element(id, "Gains in the balanced deal, " + table.name, words + ".");
}

std::string acceptance_picture(const Brief& brief, const TableFacts& table, std::string_view id) {
    constexpr double row = 40;
    constexpr double right = picture_width - 1;
    Svg svg(picture_width, row * static_cast<double>(table.acceptance.size()) + 2);
    double y = 0;
    std::string words;
    for (const Acceptance& item : table.acceptance) {
        const std::string name(actor_name(brief, item.actor));
        const std::string amount = share_text(item.accepts / 100);
        svg.text(1, y + 14, name + ": " + amount, "label strong");
        if (item.stops > 0) {
            svg.text(right, y + 14, "alone stops " + count_text(std::to_string(item.stops)), "note", "end");
        }
        svg.rect(1, y + 20, right - 1, 12, "bar rest");
        svg.rect(1, y + 20, (right - 1) * item.accepts / 100, 12, "bar share",
                 name + " would accept " + amount + " of the possible deals");
        y += row;
        words += (words.empty() ? "" : "; ") + name + " " + amount + ", alone stops " +
                 count_of(static_cast<std::size_t>(item.stops), "efficient deal");
    }
    return svg.element(id, "Who would accept how many of the possible deals, " + table.name, words + ".");
}

std::string coverage_picture(const Brief& brief, std::string_view id) {
    const Evidence& evidence = brief.evidence;
    struct Part {
        std::string_view name;
        int count;
        std::string_view style;
    };
    const std::array parts = {
        Part{"taken from claims", evidence.claims_only, "cover claims"},
        Part{"assumption, leaning on a claim", evidence.assumed_with_claims, "cover leaning"},
        Part{"assumption, leaning on none", evidence.assumed_only, "cover assumed"},
        Part{"no stated basis", evidence.unsourced, "cover bare"},
    };
    constexpr double left = 1;
    constexpr double right = picture_width - 1;
    constexpr double bar = 26;
    constexpr double row = 22;
    Svg svg(picture_width, bar + 14 + row * static_cast<double>(parts.size()));
    const double scale = evidence.numbers > 0 ? (right - left) / evidence.numbers : 0;
    double x = left;
    double y = bar + 26;
    std::string words;
    for (const Part& part : parts) {
        const double share = evidence.numbers > 0 ? static_cast<double>(part.count) / evidence.numbers : 0;
        const std::string amount = fmt::format("{} ({})", part.count, share_text(share));
        svg.rect(x, 1, part.count * scale, bar, part.style, fmt::format("{}: {}", part.name, amount));
        x += part.count * scale;
        svg.rect(left, y - 10, 12, 12, part.style);
        svg.text(left + 20, y, part.name, "label");
        svg.text(right, y, amount, "label", "end");
        y += row;
        words += (words.empty() ? "" : "; ") + fmt::format("{}: {}", part.name, amount);
    }
    return svg.element(id, "What the numbers of the case rest on", words + ".");
}

}  // namespace steelyard::report
