// SPDX-License-Identifier: Apache-2.0
#include "report/pictures/pictures.hpp"
#include "report/pictures/svg.hpp"
#include "report/render_words.hpp"
#include "report/words.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::report {

std::string heat_picture(const Brief& brief, std::string_view id) {
    if (brief.heat.empty() || brief.heat.front().shares.empty()) {
        return {};
    }
    constexpr double row = 24;
    constexpr double label_width = 196;
    constexpr double small_text = 11.5;
    const auto& actors = brief.heat.front().shares;
    const double cell = (picture_width - label_width) / static_cast<double>(actors.size());
    const auto letters = static_cast<std::size_t>(label_width / (small_text * 0.55));

    // Names above the columns, in turns on two lines so that neighbours do not touch.
    const bool two_lines = std::ranges::any_of(actors, [&](const auto& actor) {
        return text_width(actor_name(brief, actor.first), small_text) > cell - 4;
    });
    const double head = two_lines ? 40 : 24;
    std::size_t groups = 0;
    std::string group;
    for (const HeatRow& item : brief.heat) {
        groups += item.table != group ? 1U : 0U;
        group = item.table;
    }
    const bool grouped = groups > 1;
    const double height = head + row * static_cast<double>(brief.heat.size()) +
                          (grouped ? row * static_cast<double>(groups) : 0) + 4;
    Svg svg(picture_width, height);
    double largest = 0;
    for (const HeatRow& item : brief.heat) {
        for (const auto& [actor, share] : item.shares) {
            largest = std::max(largest, share);
        }
    }
    for (std::size_t a = 0; a < actors.size(); ++a) {
        const double centre = label_width + cell * (static_cast<double>(a) + 0.5);
        const double y = two_lines && a % 2 == 0 ? 14 : head - 8;
        const double room = two_lines ? cell * 2 - 6 : cell - 4;
        const std::string name = shortened(actor_name(brief, actors[a].first),
                                           static_cast<std::size_t>(room / (small_text * 0.55)));
        const double half = text_width(name, small_text) / 2;
        svg.text(std::min(centre, picture_width - half), y, name, "tick", "middle");
        if (two_lines && a % 2 == 0) {
            svg.line(centre, 18, centre, head - 3, "leader");
        }
    }
    double y = head;
    group.clear();
    for (const HeatRow& item : brief.heat) {
        if (grouped && item.table != group) {
            svg.text(0, y + 17, shortened(item.table.empty() ? "At no table" : item.table, 60),
                     "label strong");
            y += row;
        }
        group = item.table;
        svg.text(0, y + 16, shortened(item.name, letters), "label");
        for (std::size_t a = 0; a < item.shares.size(); ++a) {
            const double share = item.shares[a].second;
            const double left = label_width + cell * static_cast<double>(a);
            constexpr double darkest = 0.5;
            const std::string words = share_text(share / 100);
            svg.rect(left + 1, y + 1, cell - 2, row - 2, "heat",
                     std::string(actor_name(brief, item.shares[a].first)) + ", " + item.name + ": " + words,
                     largest > 0 ? share / largest * darkest : 0);
            if (share > 0) {
                svg.text(left + cell / 2, y + 16, words == "under 1%" ? "<1" : number_text(std::round(share)),
                         "cell", "middle");
            }
        }
        y += row;
    }
    return svg.element(
        id, "How much each issue matters to each actor",
        "Rows are issues, columns actors; each cell is the share, in per cent, of all that is at stake for "
        "the actor on open issues. The table below the picture has the same numbers.");
}

}  // namespace steelyard::report
