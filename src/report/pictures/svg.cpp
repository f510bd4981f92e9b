// SPDX-License-Identifier: Apache-2.0
#include "report/pictures/svg.hpp"

#include "report/markup.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace steelyard::report {

namespace {

std::string tip_element(std::string_view tip) {
    return tip.empty() ? std::string() : "<title>" + escape_html(tip) + "</title>";
}

/// `<name ...attributes/>`, or with a tip inside.
std::string shape(std::string_view name, const std::string& attributes, std::string_view style,
                  std::string_view tip) {
    const std::string head = fmt::format("<{} class=\"{}\" {}", name, style, attributes);
    return tip.empty() ? head + "/>" : fmt::format("{}>{}</{}>", head, tip_element(tip), name);
}

std::string points_attribute(const std::vector<std::pair<double, double>>& points) {
    std::string list;
    for (const auto& [x, y] : points) {
        list += (list.empty() ? "" : " ") + coordinate(x) + "," + coordinate(y);
    }
    return "points=\"" + list + "\"";
}

}  // namespace

std::string coordinate(double value) {
    if (!std::isfinite(value)) {
        return "0";
    }
    std::string text = fmt::format("{:.1f}", value);
    if (text.ends_with(".0")) {
        text.resize(text.size() - 2);
    }
    return text == "-0" ? "0" : text;
}

void Svg::line(double x1, double y1, double x2, double y2, std::string_view style) {
    body_ += shape("line",
                   fmt::format(R"(x1="{}" y1="{}" x2="{}" y2="{}")", coordinate(x1), coordinate(y1),
                               coordinate(x2), coordinate(y2)),
                   style, {});
}

void Svg::circle(double x, double y, double radius, std::string_view style, std::string_view tip) {
    body_ += shape("circle",
                   fmt::format(R"(cx="{}" cy="{}" r="{}")", coordinate(x), coordinate(y), coordinate(radius)),
                   style, tip);
}

void Svg::rect(double x, double y, double width, double height, std::string_view style, std::string_view tip,
               double opacity) {
    std::string attributes =
        fmt::format(R"(x="{}" y="{}" width="{}" height="{}")", coordinate(x), coordinate(y),
                    coordinate(std::max(width, 0.0)), coordinate(std::max(height, 0.0)));
    if (opacity < 1) {
        attributes += fmt::format(R"( fill-opacity="{:.2f}")", std::max(opacity, 0.0));
    }
    body_ += shape("rect", attributes, style, tip);
}

void Svg::polyline(const std::vector<std::pair<double, double>>& points, std::string_view style,
                   std::string_view tip) {
    body_ += shape("polyline", points_attribute(points), style, tip);
}

void Svg::dots(const std::vector<std::pair<double, double>>& points, std::string_view style) {
    std::string path;
    for (const auto& [x, y] : points) {
        path += "M" + coordinate(x) + " " + coordinate(y) + "h0";
    }
    if (!path.empty()) {
        body_ += shape("path", "d=\"" + path + "\"", style, {});
    }
}

void Svg::text(double x, double y, std::string_view words, std::string_view style, std::string_view anchor) {
    body_ += fmt::format(R"(<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>)", style, coordinate(x),
                         coordinate(y), anchor, html_text(words));
}

void Svg::diamond(double x, double y, double radius, std::string_view style, std::string_view tip) {
    body_ += shape("path",
                   fmt::format(R"(d="M{} {}L{} {}L{} {}L{} {}Z")", coordinate(x), coordinate(y - radius),
                               coordinate(x + radius), coordinate(y), coordinate(x), coordinate(y + radius),
                               coordinate(x - radius), coordinate(y)),
                   style, tip);
}

void Svg::polygon(const std::vector<std::pair<double, double>>& points, std::string_view style,
                  std::string_view tip) {
    body_ += shape("polygon", points_attribute(points), style, tip);
}

void Svg::arrow(double x1, double y1, double x2, double y2, std::string_view style) {
    const double length = std::hypot(x2 - x1, y2 - y1);
    if (length <= 0) {
        return;
    }
    constexpr double longest = 7;
    constexpr double half = 0.5;
    const double head = std::min(longest, length);
    const double dx = (x2 - x1) / length;
    const double dy = (y2 - y1) / length;
    const double bx = x2 - dx * head;
    const double by = y2 - dy * head;
    line(x1, y1, bx, by, style);
    polygon({{x2, y2},
             {bx - dy * head * half, by + dx * head * half},
             {bx + dy * head * half, by - dx * head * half}},
            std::string(style) + " head");
}

std::string Svg::element(std::string_view id, std::string_view title, std::string_view description) const {
    return fmt::format(R"(<svg viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">)"
                       R"(<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>)",
                       coordinate(width_), coordinate(height_), id, id, id, escape_html(title), id,
                       escape_html(description), body_);
}

double text_width(std::string_view text, double size) {
    constexpr double average = 0.6;  // of wide sans-serif fonts: better too much room than too little
    return static_cast<double>(text_length(text)) * size * average;
}

Labels::Place Labels::place(double x, double y, std::string_view text, double size) {
    Place place = search(x, y, text, size, {&taken_, &lines_, &soft_});
    if (!place.found) {
        place = search(x, y, text, size, {&taken_, &lines_});
    }
    if (!place.found) {
        place = search(x, y, text, size, {&taken_});
    }
    if (place.found) {
        const double width = text_width(text, size);
        taken_.push_back({place.x - 2, place.y - size, place.x + width + 2, place.y + size * 0.3});
    }
    return place;
}

Labels::Place Labels::search(double x, double y, std::string_view text, double size,
                             const std::vector<const std::vector<Box>*>& avoided) const {
    const double width = text_width(text, size);
    constexpr double gap = 10;
    constexpr int directions = 16;
    for (const double distance : {gap, 18.0, 30.0, 44.0, 60.0, 80.0, 105.0, 135.0, 170.0, 210.0}) {
        for (int d = 0; d < directions; ++d) {
            // Right of the point first, then above and below it in turn, left last.
            constexpr double turn = 2 * std::numbers::pi / directions;
            const int turns = (d % 2 == 1 ? -1 : 1) * ((d + 1) / 2);
            const double angle = turns * turn;
            const double cx = x + std::cos(angle) * (distance + (std::cos(angle) < 0 ? width : 0)) -
                              (std::abs(std::cos(angle)) < 0.3 ? width / 2 : 0);
            const double cy = y + std::sin(angle) * distance + size * 0.35;
            const Box box{cx - 2, cy - size, cx + width + 2, cy + size * 0.3};
            const bool inside = box.left >= room_.left && box.right <= room_.right && box.top >= room_.top &&
                                box.bottom <= room_.bottom;
            const auto covers = [&](const Box& other) { return box.overlaps(other); };
            if (inside && std::ranges::none_of(avoided, [&](const std::vector<Box>* boxes) {
                    return std::ranges::any_of(*boxes, covers);
                })) {
                return {cx, cy, distance > gap * 2, true};
            }
        }
    }
    return {};
}

std::vector<double> spread_out(std::vector<double> wanted, double gap, double top, double bottom) {
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        wanted[i] = std::max(wanted[i], i == 0 ? top : wanted[i - 1] + gap);
    }
    double limit = bottom;
    for (std::size_t i = wanted.size(); i-- > 0; limit = wanted[i] - gap) {
        wanted[i] = std::min(wanted[i], limit);
    }
    return wanted;
}

void Axis::see(double value) {
    if (!std::isfinite(value)) {
        return;
    }
    low_ = empty_ ? value : std::min(low_, value);
    high_ = empty_ ? value : std::max(high_, value);
    empty_ = false;
}

void Axis::settle(double from, double to, double margin) {
    from_ = from;
    to_ = to;
    if (high_ <= low_) {
        high_ = low_ + 1;
        low_ = low_ - 1;
    }
    const double room = (high_ - low_) * margin;
    low_ -= room;
    high_ += room;
}

double Axis::operator()(double value) const {
    return from_ + (value - low_) / (high_ - low_) * (to_ - from_);
}

std::vector<double> Axis::ticks(int about) const {
    const double rough = (high_ - low_) / about;
    const double scale = std::pow(10, std::floor(std::log10(rough)));
    double step = scale;
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
        step = factor * scale;
        if (step >= rough) {
            break;
        }
    }
    std::vector<double> values;
    // Whole steps are counted: added up, they would drift.
    const double first = std::ceil(low_ / step);
    const int more = static_cast<int>(std::floor(high_ / step + 1e-9) - first);
    for (int k = 0; k <= more; ++k) {
        values.push_back((first + k) * step);
    }
    return values;
}

}  // namespace steelyard::report
