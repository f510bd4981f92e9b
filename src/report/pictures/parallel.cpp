// SPDX-License-Identifier: Apache-2.0
#include "report/pictures/pictures.hpp"
#include "report/pictures/svg.hpp"
#include "report/render_words.hpp"
#include "report/words.hpp"

#include <algorithm>
#include <array>

namespace steelyard::report {

namespace {

constexpr double frame_height = 345;
constexpr Box frame{40, 52, picture_width - 40, frame_height - 44};

}  // namespace

std::string parallel_picture(const Brief& brief, const TableFacts& table, std::string_view id) {
    const std::size_t count = table.actors.size();
    // One axis per actor, from its worst to its best efficient deal; the no-deal value counts as seen.
    std::vector<Axis> axes(count);
    const auto points_of = [&](const Named<Rational>& points, std::size_t a) {
        const Rational* value = value_of(points, table.actors[a]);
        return value == nullptr ? 0 : value->to_double();
    };
    for (std::size_t a = 0; a < count; ++a) {
        axes[a].see(points_of(table.no_deal, a));
        for (const EfficientDeal& deal : table.frontier) {
            axes[a].see(points_of(deal.points, a));
        }
        for (const MarkedDeal& mark : table.marks) {
            axes[a].see(points_of(mark.points, a));
        }
        axes[a].settle(frame.bottom, frame.top, 0);
    }
    const double step = (frame.right - frame.left) / static_cast<double>(count - 1);
    const auto x = [&](std::size_t a) { return frame.left + step * static_cast<double>(a); };
    const auto line_of = [&](const Named<Rational>& points) {
        std::vector<std::pair<double, double>> line;
        for (std::size_t a = 0; a < count; ++a) {
            line.emplace_back(x(a), axes[a](points_of(points, a)));
        }
        return line;
    };
    Svg svg(picture_width, frame_height);
    // At most so many faint lines, evenly taken from the frontier's order; acceptable ones first in line.
    constexpr std::size_t most = 150;
    std::vector<const EfficientDeal*> shown;
    for (const EfficientDeal& deal : table.frontier) {
        if (deal.acceptable) {
            shown.push_back(&deal);
        }
    }
    if (shown.empty()) {
        for (const EfficientDeal& deal : table.frontier) {
            shown.push_back(&deal);
        }
    }
    const std::size_t every = std::max<std::size_t>(1, (shown.size() + most - 1) / most);
    for (std::size_t i = 0; i < shown.size(); i += every) {
        svg.polyline(line_of(shown[i]->points), "thread");
    }
    for (std::size_t a = 0; a < count; ++a) {
        svg.line(x(a), frame.top, x(a), frame.bottom, "zero");
        const auto room = static_cast<std::size_t>(2 * step / (note_size * 0.6));
        const std::string name =
            shortened(actor_name(brief, table.actors[a]), std::max<std::size_t>(room, 8));
        const double half = text_width(name, note_size) / 2;
        const bool upper = a % 2 == 1;
        svg.text(std::clamp(x(a), half, picture_width - half), upper ? 14 : 32, name, "axis", "middle");
        const double none = axes[a](points_of(table.no_deal, a));
        svg.line(x(a) - 7, none, x(a) + 7, none, "no-deal-mark");
    }
    const MarkedDeal* nash = balanced(table);
    static constexpr std::array<std::string_view, 3> dashes = {"thread-mark one", "thread-mark two",
                                                               "thread-mark three"};
    std::size_t drawn = 0;
    double legend = frame.bottom + 20;
    double at = 4;
    const auto name_line = [&](const MarkedDeal& mark, std::string_view style, std::string_view label_style) {
        const std::string text = mark_label(mark);
        const double width = 30 + text_width(text, note_size) + 14;
        if (at + width > picture_width) {
            at = 4;
            legend += 17;
        }
        svg.line(at, legend - 4, at + 24, legend - 4, style);
        svg.text(at + 29, legend, text, label_style);
        at += width;
    };
    if (nash != nullptr) {
        svg.polyline(line_of(nash->points), "thread-mark balanced-line", nash->name);
        name_line(*nash, "thread-mark balanced-line", "note strong");
    }
    for (const MarkedDeal& mark : table.marks) {
        if (&mark == nash || drawn >= dashes.size()) {
            continue;
        }
        svg.polyline(line_of(mark.points), dashes[drawn], mark.name);
        name_line(mark, dashes[drawn], "note");
        ++drawn;
    }
    return svg.element(
        id, "Efficient deals at the table " + table.name,
        "One vertical scale for each actor, from its worst to its best efficient deal; short bars mark its "
        "no-deal value. Each thin line is an efficient deal, thick ones are the deals that theory singles "
        "out. " +
            count_of(table.frontier.size(), "efficient point") + " in all.");
}

}  // namespace steelyard::report
