// SPDX-License-Identifier: Apache-2.0
// States of the conflict as rows, the moves that each contains as a grid, and what leads from one to another as arcs.
#include "report/pictures/pictures.hpp"
#include "report/pictures/svg.hpp"
#include "report/render_words.hpp"
#include "report/words.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace steelyard::report {

namespace {

std::string letter(std::size_t move) {
    constexpr std::size_t alphabet = 26;
    return move < alphabet ? std::string(1, static_cast<char>('A' + move)) : std::to_string(move + 1);
}

std::string verdict(const StateNode& state) {
    std::string text = state.today ? "today" : "";
    const auto add = [&](std::string_view piece) { text += (text.empty() ? "" : ", ") + std::string(piece); };
    if (state.nash) {
        add("stands");
    } else if (state.sequential) {
        add("held by fear");
    }
    if (state.deal) {
        add("deal");
    }
    return text;
}

}  // namespace

std::string states_picture(const Brief& brief, const StateGraph& graph, std::string_view id) {
    if (graph.states.empty()) {
        return {};
    }
    constexpr double legend_row = 17;
    constexpr double row = 24;
    constexpr double node_x = 126;
    constexpr double grid_left = 144;
    constexpr double grid_right = 304;
    constexpr double words_left = 311;
    const auto moves = graph.moves.size();
    const double cell =
        std::min(22.0, (grid_right - grid_left) / static_cast<double>(std::max<std::size_t>(moves, 1)));
    const double top = legend_row * static_cast<double>(moves) + 30;
    Svg svg(picture_width, top + row * static_cast<double>(graph.states.size()) + 6);
    double y = 0;
    for (std::size_t m = 0; m < moves; ++m) {
        svg.text(8, y + 13, letter(m), "note strong", "middle");
        svg.text(20, y + 13, shortened(graph.moves[m].name, letters_in(picture_width - 22, note_size)),
                 "note");
        y += legend_row;
    }
    for (std::size_t m = 0; m < moves; ++m) {
        svg.text(grid_left + cell * (static_cast<double>(m) + 0.5), top - 6, letter(m), "tick", "middle");
    }
    const auto y_of = [&](int state) { return top + row * (state + 0.5); };
    // Arcs to the left of the nodes: the further apart, the wider.
    const auto arc = [&](const StateStep& step) {
        const double from = y_of(step.from);
        const double to = y_of(step.to);
        const double reach = std::min(node_x - 14.0, 16 + std::abs(to - from) * 0.32);
        std::vector<std::pair<double, double>> points;
        constexpr int pieces = 14;
        for (int i = 0; i <= pieces; ++i) {
            const double angle = std::numbers::pi * i / pieces;
            points.emplace_back(node_x - 6 - reach * std::sin(angle),
                                (from + to) / 2 + (from - to) / 2 * std::cos(angle));
        }
        const std::string style = step.path ? "step path" : "step";
        const std::string tip = std::string(actor_name(brief, step.by)) +
                                (step.pays ? ", better for it" : ", at first no better for it");
        const auto [x2, y2] = points.back();
        const auto [x1, y1] = points[points.size() - 3];
        points.pop_back();
        svg.polyline(points, step.pays ? style : style + " forced", tip);
        svg.arrow(x1, y1, x2, y2, style);
        if (step.path) {
            const std::string name =
                shortened(actor_name(brief, step.by), letters_in(node_x - reach - 12, note_size));
            if (node_x - reach - 12 > text_width(name, note_size)) {
                svg.text(node_x - reach - 12, (from + to) / 2 + 4, name, "note strong", "end");
            }
        }
    };
    for (const bool path : {false, true}) {  // the path on top
        for (const StateStep& step : graph.steps) {
            if (step.path == path) {
                arc(step);
            }
        }
    }
    std::string words;
    for (std::size_t s = 0; s < graph.states.size(); ++s) {
        const StateNode& state = graph.states[s];
        const double middle = y_of(static_cast<int>(s));
        std::string made;
        for (std::size_t m = 0; m < moves; ++m) {
            const bool taken = std::ranges::find(state.moves, static_cast<int>(m)) != state.moves.end();
            svg.rect(grid_left + cell * static_cast<double>(m) + 1.5, middle - 8, cell - 3, 16,
                     taken ? "bar share" : "bar rest", taken ? graph.moves[m].name : std::string());
            made += taken ? letter(m) : "";
        }
        const std::string says = verdict(state);
        svg.circle(node_x, middle, state.nash ? 6 : 4.5,
                   state.nash         ? "node stands"
                   : state.sequential ? "node fear"
                                      : "node",
                   says);
        svg.text(words_left, middle + 4, says, state.today || state.nash ? "note strong" : "note");
        words += (words.empty() ? "" : "; ") + (made.empty() ? "no move" : made) +
                 (says.empty() ? "" : ": " + says);
    }
    return svg.element(id, "States of the conflict and the moves between them", words + ".");
}

}  // namespace steelyard::report
