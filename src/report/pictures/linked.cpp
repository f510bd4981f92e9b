// SPDX-License-Identifier: Apache-2.0
// Linked talks: the tree of orders, and the choice of partners.
#include "report/pictures/pictures.hpp"
#include "report/pictures/svg.hpp"
#include "report/render_words.hpp"
#include "report/words.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::report {

std::string order_picture(const Brief& brief, const OrderTree& tree, std::string_view id) {
    if (tree.orders.empty() || tree.orders.front().tables.empty()) {
        return {};
    }
    const std::size_t stages = tree.orders.front().tables.size();
    constexpr double number = 46;
    const double gains = number * static_cast<double>(tree.actors.size());
    const double left = picture_width - gains;  // of the column of numbers
    const double column = left / static_cast<double>(stages);
    constexpr double line_height = 12.5;
    constexpr std::size_t most_lines = 3;
    constexpr double row = line_height * most_lines + 12;
    constexpr double head = 34;
    Svg svg(picture_width, head + row * static_cast<double>(tree.orders.size()));
    for (std::size_t a = 0; a < tree.actors.size(); ++a) {
        const std::string name = shortened(actor_name(brief, tree.actors[a]),
                                           letters_in(a % 2 == 0 ? number * 1.6 : number * 2, note_size));
        const double x = left + number * (static_cast<double>(a) + 1) - 4;
        svg.text(x, a % 2 == 0 ? 14 : 28, name, "tick", "end");
    }
    const auto y_of = [&](std::size_t first, std::size_t last) {
        return head + row * (static_cast<double>(first + last) / 2 + 0.5);
    };
    // Stage by stage: orders that have begun alike share a node.
    const auto alike = [&](std::size_t one, std::size_t other, std::size_t upto) {
        const auto& a = tree.orders[one].tables;
        const auto& b = tree.orders[other].tables;
        return std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(upto), b.begin());
    };
    std::vector<double> parent(tree.orders.size(), 0);
    for (std::size_t stage = 0; stage < stages; ++stage) {
        for (std::size_t first = 0; first < tree.orders.size();) {
            std::size_t last = first;
            while (last + 1 < tree.orders.size() && alike(first, last + 1, stage + 1)) {
                ++last;
            }
            const double x = column * static_cast<double>(stage);
            const double y = y_of(first, last);
            if (stage > 0) {
                svg.line(x - 12, parent[first], x - 2, y, "branch");
            }
            const auto lines =
                lines_of(tree.orders[first].tables[stage], letters_in(column - 16, note_size), most_lines);
            double at = y - line_height * (static_cast<double>(lines.size()) - 1) / 2 + 4;
            for (const std::string& line : lines) {
                svg.text(x + 2, at, line, "note");
                at += line_height;
            }
            for (std::size_t o = first; o <= last; ++o) {
                parent[o] = y;
            }
            first = last + 1;
        }
    }
    std::string words;
    for (std::size_t o = 0; o < tree.orders.size(); ++o) {
        const OrderLeaf& leaf = tree.orders[o];
        const double y = y_of(o, o);
        svg.line(left, y + row / 2, picture_width, y + row / 2, "grid");
        std::string ends;
        for (std::size_t a = 0; a < leaf.gains.size(); ++a) {
            const double gain = leaf.gains[a].second.to_double();
            const bool best = std::ranges::none_of(tree.orders, [&](const OrderLeaf& other) {
                return other.gains[a].second > leaf.gains[a].second;
            });
            svg.text(left + number * (static_cast<double>(a) + 1) - 4, y + 4, signed_text(gain),
                     best ? "label strong" : "label", "end");
            ends += (ends.empty() ? "" : ", ") + std::string(actor_name(brief, leaf.gains[a].first)) + " " +
                    signed_text(gain);
        }
        words += (words.empty() ? "" : "; ") + list_text(leaf.tables) + ": " + ends;
    }
    return svg.element(id, "Where each order of the tables ends", words + ".");
}

std::string partners_picture(const Brief& brief, const PartnersFacts& facts, std::string_view id) {
    if (facts.choices.empty()) {
        return {};
    }
    constexpr double row = 56;
    constexpr double left = 6;
    constexpr double right = picture_width - 6;
    const double bottom = row * static_cast<double>(facts.choices.size());
    Svg svg(picture_width, bottom + 34);
    Axis x;
    x.see(0);
    for (const PartnerChoice& choice : facts.choices) {
        x.see(value_of(choice.gains, facts.actor)->to_double());
    }
    x.settle(left, right, 0.02);
    std::string words;
    double y = 0;
    for (const PartnerChoice& choice : facts.choices) {
        const double gain = value_of(choice.gains, facts.actor)->to_double();
        const std::string name = choice.partners.empty() ? "Nobody" : list_text(choice.partners);
        svg.text(left, y + 14,
                 shortened(name + ": " + signed_text(gain), letters_in(right - left, label_size)),
                 "label strong");
        if (!choice.obligations_broken.empty()) {
            svg.text(right, y + 14, "breaks " + count_of(choice.obligations_broken.size(), "obligation"),
                     "note", "end");
        }
        svg.rect(std::min(x(0), x(gain)), y + 20, std::abs(x(gain) - x(0)), 12,
                 gain < 0 ? "bar loss" : "bar gain", name + " " + signed_text(gain));
        std::vector<std::string> others;
        for (const auto& [actor, other] : choice.gains) {
            if (actor != facts.actor) {
                others.push_back(std::string(actor_name(brief, actor)) + " " +
                                 signed_text(other.to_double()));
            }
        }
        std::string note;
        for (const std::string& item : others) {
            note += (note.empty() ? "" : ", ") + item;
        }
        svg.text(left, y + 46, shortened(note, letters_in((right - left) * 1.08, note_size)), "note");
        words += (words.empty() ? "" : "; ") + name + " " + signed_text(gain);
        y += row;
    }
    for (const double tick : x.ticks(6)) {
        svg.text(x(tick), bottom + 12, signed_text(tick), "tick", "middle");
    }
    svg.text((left + right) / 2, bottom + 29,
             "points of " + std::string(actor_name(brief, facts.actor)) + " over no agreement", "axis",
             "middle");
    svg.line(x(0), 18, x(0), bottom, "zero");
    return svg.element(id, "With whom to deal, for " + std::string(actor_name(brief, facts.actor)),
                       words + ".");
}

}  // namespace steelyard::report
