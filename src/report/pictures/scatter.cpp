// SPDX-License-Identifier: Apache-2.0
#include "report/pictures/pictures.hpp"
#include "report/pictures/svg.hpp"
#include "report/render_words.hpp"
#include "report/words.hpp"

#include <algorithm>
#include <array>

namespace steelyard::report {

const MarkedDeal* balanced(const TableFacts& table) {
    for (const MarkedDeal& mark : table.marks) {
        if (std::ranges::find(mark.concepts, "nash") != mark.concepts.end()) {
            return &mark;
        }
    }
    return nullptr;
}

std::string mark_label(const MarkedDeal& mark) {
    static constexpr auto names = std::to_array<std::pair<std::string_view, std::string_view>>({
        {"nash", "Nash"},
        {"utilitarian", "utilitarian"},
        {"egalitarian", "egalitarian"},
        {"kalai_smorodinsky", "Kalai-Smorodinsky"},
        {"weighted_nash", "weighted Nash"},
        {"leximin", "leximin"},
        {"proportional", "proportional"},
    });
    std::vector<std::string> known;
    for (const auto& [which, name] : names) {
        if (std::ranges::find(mark.concepts, which) != mark.concepts.end()) {
            known.emplace_back(name);
        }
    }
    return known.size() <= 2 ? list_text(known)
                             : known.front() + " and " + std::to_string(known.size() - 1) + " more";
}

namespace {

constexpr double height = 380;
constexpr Box plot{40, 30, picture_width - 12, height - 40};
constexpr double label_text = 12.5;

struct Point {
    double x = 0, y = 0;
};

double get(const Named<Rational>& points, const std::string& id) {
    const Rational* value = value_of(points, id);
    return value == nullptr ? 0 : value->to_double();
}

}  // namespace

std::string scatter_picture(const Brief& brief, const TableFacts& table, std::string_view id) {
    const std::string& a = table.actors[0];
    const std::string& b = table.actors[1];
    const std::string name_a(actor_name(brief, a));
    const std::string name_b(actor_name(brief, b));
    const Point none{get(table.no_deal, a), get(table.no_deal, b)};

    Axis x;
    Axis y;
    const auto see = [&](double px, double py) {
        x.see(px);
        y.see(py);
    };
    see(none.x, none.y);
    for (const EfficientDeal& deal : table.frontier) {
        see(get(deal.points, a), get(deal.points, b));
    }
    for (const auto& point : table.sample) {
        see(point[0], point[1]);
    }
    for (const MarkedDeal& mark : table.marks) {
        see(get(mark.points, a), get(mark.points, b));
    }
    x.settle(plot.left, plot.right);
    y.settle(plot.bottom, plot.top);

    Svg svg(picture_width, height);
    Labels labels(plot);
    // Better than no agreement for both: up and right of the two lines.
    svg.rect(x(none.x), plot.top, plot.right - x(none.x), y(none.y) - plot.top, "zone");
    for (const double tick : x.ticks(6)) {
        svg.line(x(tick), plot.top, x(tick), plot.bottom, "grid");
        svg.text(x(tick), plot.bottom + 15, number_text(tick), "tick", "middle");
    }
    for (const double tick : y.ticks(6)) {
        svg.line(plot.left, y(tick), plot.right, y(tick), "grid");
        svg.text(plot.left - 6, y(tick) + 4, number_text(tick), "tick", "end");
    }
    svg.text(plot.right, plot.bottom + 33, name_a + ": points →", "axis", "end");
    svg.text(4, plot.top - 13, "↑ " + name_b + ": points", "axis");

    std::vector<std::pair<double, double>> dots;
    for (const auto& point : table.sample) {
        dots.emplace_back(x(point[0]), y(point[1]));
    }
    svg.dots(dots, "deal-dots");

    std::vector<std::pair<double, double>> front;
    std::vector<std::pair<double, double>> acceptable;
    for (const EfficientDeal& deal : table.frontier) {
        const std::pair<double, double> at{x(get(deal.points, a)), y(get(deal.points, b))};
        front.push_back(at);
        if (deal.acceptable) {
            acceptable.push_back(at);
        }
    }
    std::ranges::sort(front);
    svg.polyline(front, "front-line");
    svg.dots(front, "front-dots");
    svg.dots(acceptable, "front-dots accepted");
    for (const auto& [px, py] : front) {
        constexpr double reach = 3;
        labels.occupy_softly({px - reach, py - reach, px + reach, py + reach});
    }

    svg.line(x(none.x), plot.top, x(none.x), plot.bottom, "no-deal");
    svg.line(plot.left, y(none.y), plot.right, y(none.y), "no-deal");
    labels.occupy_line({x(none.x) - 1, plot.top, x(none.x) + 1, plot.bottom});
    labels.occupy_line({plot.left, y(none.y) - 1, plot.right, y(none.y) + 1});
    // The two no-deal labels stand at the outer ends of their lines, on the side with more room.
    const std::string text_a = "no deal: " + number_text(none.x);
    const std::string text_b = "no deal: " + number_text(none.y);
    const double width_a = text_width(text_a, note_size);
    const double width_b = text_width(text_b, note_size);
    const bool right_of_line = x(none.x) + width_a + 8 < plot.right;
    const double ax = right_of_line ? x(none.x) + 5 : x(none.x) - 5 - width_a;
    svg.text(ax, plot.bottom - 6, text_a, "note");
    labels.occupy({ax, plot.bottom - 6 - note_size, ax + width_a, plot.bottom - 2});
    const bool above_line = y(none.y) - note_size - 8 > plot.top;
    const double by = above_line ? y(none.y) - 5 : y(none.y) + 5 + note_size;
    const double bx = x(none.x) - plot.left > width_b + 12 ? plot.left + 4 : plot.right - width_b - 4;
    svg.text(bx, by, text_b, "note");
    labels.occupy({bx, by - note_size, bx + width_b, by + 3});

    const MarkedDeal* nash = balanced(table);
    std::vector<const MarkedDeal*> order;
    for (const MarkedDeal& mark : table.marks) {
        const double px = x(get(mark.points, a));
        const double py = y(get(mark.points, b));
        constexpr double reach = 6;
        labels.occupy({px - reach, py - reach, px + reach, py + reach});
        order.push_back(&mark);
    }
    std::ranges::stable_sort(order, [&](const MarkedDeal* one, const MarkedDeal* other) {
        return (one == nash) > (other == nash);
    });
    for (const MarkedDeal* mark : order) {
        const double px = x(get(mark->points, a));
        const double py = y(get(mark->points, b));
        const std::string text = mark_label(*mark);
        const std::string tip = mark->name + ": " + name_a + " " + number_text(get(mark->points, a)) + ", " +
                                name_b + " " + number_text(get(mark->points, b));
        const auto place = labels.place(px, py, text, label_text);
        if (place.found && place.far) {
            const double end = std::clamp(px, place.x, place.x + text_width(text, label_text));
            svg.line(px, py, end, py < place.y - label_text / 2 ? place.y - label_text : place.y + 3,
                     "leader");
        }
        constexpr double large = 6;
        constexpr double ordinary = 4.5;
        if (mark == nash) {
            svg.diamond(px, py, large, "mark balanced", tip);
        } else {
            svg.circle(px, py, ordinary, "mark", tip);
        }
        if (place.found) {
            svg.text(place.x, place.y, text, mark == nash ? "label strong" : "label");
        }
    }
    const std::string title = "Deals at the table " + table.name;
    std::string description = "Horizontal: points of " + name_a + "; vertical: points of " + name_b + ". " +
                              count_of(table.frontier.size(), "efficient point") + ", of which " +
                              std::to_string(acceptable.size()) +
                              " acceptable. No deal: " + number_text(none.x) + " and " + number_text(none.y) +
                              ".";
    if (nash != nullptr) {
        description += " The balanced deal gives " + number_text(get(nash->points, a)) + " and " +
                       number_text(get(nash->points, b)) + ".";
    }
    return svg.element(id, title, description);
}

}  // namespace steelyard::report
