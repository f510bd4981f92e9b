// SPDX-License-Identifier: Apache-2.0
#pragma once
/// A few shapes of SVG.  Colours are CSS classes, so that pictures follow the page's theme.

#include <string>
#include <string_view>
#include <vector>

namespace steelyard::report {

/// A rectangle that something occupies.
struct Box {
    double left = 0, top = 0, right = 0, bottom = 0;
    [[nodiscard]] bool overlaps(const Box& other) const {
        return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
};

/// One picture.  Coordinates are those of its view box; numbers are written with at most one decimal.
class Svg {
public:
    Svg(double width, double height) : width_(width), height_(height) {}

    void line(double x1, double y1, double x2, double y2, std::string_view style);
    void circle(double x, double y, double radius, std::string_view style, std::string_view tip = {});
    void rect(double x, double y, double width, double height, std::string_view style,
              std::string_view tip = {}, double opacity = 1);
    /// A line through the points.
    void polyline(const std::vector<std::pair<double, double>>& points, std::string_view style,
                  std::string_view tip = {});
    /// Dots, one path for all of them: small even when there are many.
    void dots(const std::vector<std::pair<double, double>>& points, std::string_view style);
    /// `anchor` is start, middle or end; `size` in view box units.
    void text(double x, double y, std::string_view words, std::string_view style,
              std::string_view anchor = "start");
    /// A diamond.
    void diamond(double x, double y, double radius, std::string_view style, std::string_view tip = {});

    /// A line with a head at its end, which never is longer than the line.
    void arrow(double x1, double y1, double x2, double y2, std::string_view style);
    /// A shape with corners.
    void polygon(const std::vector<std::pair<double, double>>& points, std::string_view style,
                 std::string_view tip = {});

    /// The whole element, with its name and description for those who cannot see it.  `id` is unique on the page.
    [[nodiscard]] std::string element(std::string_view id, std::string_view title,
                                      std::string_view description) const;

    [[nodiscard]] double width() const { return width_; }
    [[nodiscard]] double height() const { return height_; }

private:
    double width_, height_;
    std::string body_;
};

/// Vertical places of labels that want to stand at `wanted` (in rising order) without coming closer than `gap`, between
/// `top` and `bottom` where there is room.
std::vector<double> spread_out(std::vector<double> wanted, double gap, double top, double bottom);

/// At most one decimal.
std::string coordinate(double value);

/// About how wide a text of that size is, in the same unit: labels are placed with it.
double text_width(std::string_view text, double size);

/// Places labels beside points so that they overlap neither each other nor what is already there.
class Labels {
public:
    explicit Labels(Box room) : room_(room) {}
    /// Something a label must not cover.
    void occupy(const Box& box) { taken_.push_back(box); }
    /// Dots, which a label covers when there is no other place.
    void occupy_softly(const Box& box) { soft_.push_back(box); }
    /// A line, which a label crosses only when there is no place even over dots.
    void occupy_line(const Box& box) { lines_.push_back(box); }

    struct Place {
        double x = 0, y = 0;  ///< baseline start of the text
        bool far = false;     ///< far enough from its point to want a line to it
        bool found = false;
    };
    /// The nearest free place for a text beside a point; takes it.  Not found: the room is full of labels.
    Place place(double x, double y, std::string_view text, double size);

private:
    Box room_;
    [[nodiscard]] Place search(double x, double y, std::string_view text, double size,
                               const std::vector<const std::vector<Box>*>& avoided) const;

    std::vector<Box> taken_;
    std::vector<Box> soft_;
    std::vector<Box> lines_;
};

/// A linear axis over at least the values it has seen, with round ticks.
class Axis {
public:
    void see(double value);
    /// To be called once all values are seen: leaves `margin` (a share of the range) free at both ends.
    void settle(double from, double to, double margin = 0.05);
    [[nodiscard]] double operator()(double value) const;
    [[nodiscard]] std::vector<double> ticks(int about) const;

private:
    double low_ = 0, high_ = 0;
    double from_ = 0, to_ = 1;
    bool empty_ = true;
};

}  // namespace steelyard::report
