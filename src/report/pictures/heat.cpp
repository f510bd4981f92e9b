// SPDX-License-Identifier: Apache-2.0
#include "report/pictures/pictures.hpp"
#include "report/pictures/svg.hpp"
#include "report/render_words.hpp"
#include "report/words.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::report {

std::vector<std::string> lines_of(std::string_view text, std::size_t letters, std::size_t most) {
    std::vector<std::string> lines;
    while (lines.size() + 1 < most && text_length(text) > letters) {
        std::size_t cut = std::string_view::npos;
        for (std::size_t at = text.find(' '); at != std::string_view::npos; at = text.find(' ', at + 1)) {
            if (text_length(text.substr(0, at)) <= letters) {
                cut = at;
            }
        }
        if (cut == std::string_view::npos) {
            break;
        }
        lines.emplace_back(text.substr(0, cut));
        text = text.substr(cut + 1);
    }
    lines.push_back(shortened(text, letters));
    return lines;
}

std::string heat_picture(const Brief& brief, std::string_view id) {
    if (brief.heat.empty() || brief.heat.front().shares.empty()) {
        return {};
    }
    constexpr double row = 24;
    const double label_width = brief.heat.front().shares.size() > 5 ? 168 : 180;
    const auto& actors = brief.heat.front().shares;
    const double cell = (picture_width - label_width) / static_cast<double>(actors.size());
    const auto letters = static_cast<std::size_t>(label_width / (note_size * 0.6));

    // Names above the columns, in turns on two lines so that neighbours do not touch.
    const bool two_lines = std::ranges::any_of(actors, [&](const auto& actor) {
        return text_width(actor_name(brief, actor.first), note_size) > cell - 4;
    });
    const double head = two_lines ? 40 : 24;
    std::size_t groups = 0;
    std::string group;
    for (const HeatRow& item : brief.heat) {
        groups += item.table != group ? 1U : 0U;
        group = item.table;
    }
    const bool grouped = groups > 1;
    constexpr double second_line = 13;
    std::vector<std::vector<std::string>> labels;
    double height = head + (grouped ? row * static_cast<double>(groups) : 0) + 4;
    for (const HeatRow& item : brief.heat) {
        labels.push_back(lines_of(item.name, letters, 2));
        height += row + (labels.back().size() > 1 ? second_line : 0);
    }
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
        const bool last = a + 1 == actors.size();
        const double room = !two_lines ? cell - 4 : last ? cell * 1.5 : cell * 2 - 6;
        const std::string name =
            shortened(actor_name(brief, actors[a].first), static_cast<std::size_t>(room / (note_size * 0.6)));
        const double half = text_width(name, note_size) / 2;
        svg.text(std::min(centre, picture_width - half), y, name, "tick", "middle");
        if (two_lines && a % 2 == 0) {
            svg.line(centre, 18, centre, head - 3, "leader");
        }
    }
    double y = head;
    group.clear();
    for (std::size_t r = 0; r < brief.heat.size(); ++r) {
        const HeatRow& item = brief.heat[r];
        const double tall = row + (labels[r].size() > 1 ? second_line : 0);
        if (grouped && item.table != group) {
            svg.text(0, y + 17, shortened(item.table.empty() ? "At no table" : item.table, 60),
                     "label strong");
            y += row;
        }
        group = item.table;
        for (std::size_t l = 0; l < labels[r].size(); ++l) {
            svg.text(0, y + 16 + second_line * static_cast<double>(l), labels[r][l], "label");
        }
        for (std::size_t a = 0; a < item.shares.size(); ++a) {
            const double share = item.shares[a].second;
            const double left = label_width + cell * static_cast<double>(a);
            constexpr double darkest = 0.5;
            const std::string words = share_text(share / 100);
            svg.rect(left + 1, y + 1, cell - 2, tall - 2, "heat",
                     std::string(actor_name(brief, item.shares[a].first)) + ", " + item.name + ": " + words,
                     largest > 0 ? share / largest * darkest : 0);
            if (share > 0) {
                svg.text(left + cell / 2, y + tall / 2 + 4,
                         words == "under 1%" ? "<1" : number_text(std::round(share)), "cell", "middle");
            }
        }
        y += tall;
    }
    return svg.element(
        id, "How much each issue matters to each actor",
        "Rows are issues, columns actors; each cell is the share, in per cent, of all that is at stake for "
        "the actor on open issues. The table below the picture has the same numbers.");
}

}  // namespace steelyard::report
