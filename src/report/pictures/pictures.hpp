// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The pictures of a brief, each as one <svg> element.  `id` is unique on the page.

#include "steelyard/report/brief.hpp"

#include <string>
#include <string_view>

namespace steelyard::report {

/// Two actors: where the deals lie, with the efficient frontier, the no-deal lines and the marked deals.
std::string scatter_picture(const Brief& brief, const TableFacts& table, std::string_view id);

/// Three actors and more: a line for each efficient deal across the actors' own scales.
std::string parallel_picture(const Brief& brief, const TableFacts& table, std::string_view id);

/// What each actor gains in the balanced deal, with its range over the acceptable efficient deals.
std::string gains_picture(const Brief& brief, const TableFacts& table, std::string_view id);

/// How many of the possible deals each actor of the table would accept, and whose refusal decides.
std::string acceptance_picture(const Brief& brief, const TableFacts& table, std::string_view id);

/// Each issue's scale with what the models expect, their middle and today.
std::string outlook_picture(const Brief& brief, const ForecastFacts& facts, std::string_view id);

/// Where the actors stand, round by round: a small panel for each issue on which one moves in that model.
std::string rounds_picture(const Brief& brief, const ForecastFacts& facts, std::string_view model,
                           std::string_view id);

/// The exchanges as pairs of arrows on the scales of their issues.
std::string exchange_picture(const Brief& brief, const ForecastFacts& facts, std::string_view id);

/// States of the conflict with their moves, which of them stand, and the path from today.
std::string states_picture(const Brief& brief, const StateGraph& graph, std::string_view id);

/// The orders of the tables as a tree, with what everybody ends at.
std::string order_picture(const Brief& brief, const OrderTree& tree, std::string_view id);

/// What an actor gains by dealing with nobody, one or several.
std::string partners_picture(const Brief& brief, const PartnersFacts& facts, std::string_view id);

/// How much each issue matters to each actor.
std::string heat_picture(const Brief& brief, std::string_view id);

/// What the numbers of the case rest on.
std::string coverage_picture(const Brief& brief, std::string_view id);

/// What single numbers do to an actor's gain; empty when none does anything.
std::string tornado_picture(const GainSpread& gain, std::string_view id);

/// Which numbers the spread of an actor's gain comes from.
std::string sobol_picture(const GainSpread& gain, std::string_view id);

/// The deal that is Nash's; nullptr without one.
const MarkedDeal* balanced(const TableFacts& table);

/// Lowest and highest gain of an actor over the acceptable efficient deals and the marked ones.
std::pair<double, double> gain_range(const TableFacts& table, std::string_view actor);

/// What the picture calls a deal: its concepts, cut to a few.
std::string mark_label(const MarkedDeal& mark);

/// Width of the view box of every picture.
inline constexpr double picture_width = 420;
/// Sizes of labels and of notes, as in the style sheet.
inline constexpr double label_size = 12.5;
inline constexpr double note_size = 11.5;

/// At most so many letters of that size fit into a width.
inline std::size_t letters_in(double width, double size) {
    return static_cast<std::size_t>(width / (size * 0.6));
}

/// The text in at most `most` lines of so many letters, broken at spaces; what does not fit is cut.
std::vector<std::string> lines_of(std::string_view text, std::size_t letters, std::size_t most);
/// A label of that width, in two lines at most.
inline std::vector<std::string> label_lines(std::string_view text, double width) {
    return lines_of(text, letters_in(width, label_size), 2);
}

/// Pictures of long lists show this many.
inline constexpr std::size_t most_panels = 8;
inline constexpr std::size_t most_exchanges = 6;

}  // namespace steelyard::report
