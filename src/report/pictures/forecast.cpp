// SPDX-License-Identifier: Apache-2.0
// What the forecasting models say: strips, lines over the rounds, arrows.
#include "report/pictures/pictures.hpp"
#include "report/pictures/svg.hpp"
#include "report/render_words.hpp"
#include "report/words.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace steelyard::report {

namespace {

constexpr double left = 6;
constexpr double right = picture_width - 6;

/// An issue's scale from 0 to 100 as a line from x1 to x2.
double on_scale(double place, double x1, double x2) {
    return x1 + std::clamp(place, 0.0, 100.0) / 100 * (x2 - x1);
}

std::string rounded(double place) {
    return number_text(std::round(place));
}

}  // namespace

std::string outlook_picture(const Brief& brief, const ForecastFacts& facts, std::string_view id) {
    if (facts.issues.empty()) {
        return {};
    }
    constexpr double row = 84;
    Svg svg(picture_width, row * static_cast<double>(facts.issues.size()));
    double y = 0;
    std::string words;
    for (const IssueOutlook& issue : facts.issues) {
        const double scale = y + 48;
        svg.text(left, y + 15, shortened(issue.name, letters_in(right - left, label_size)), "label strong");
        const std::string outcome = issue.middle
                                        ? issue.option + ": " + *to_value(issue.band).get<std::string>() +
                                              ", " + share_text(issue.likelihood)
                                        : std::string("no forecast");
        svg.text(left, y + 31, shortened(outcome, letters_in(right - left, label_size)), "label");
        svg.line(left, scale, right, scale, "zero");
        for (const OptionPlace& option : issue.options) {
            const double x = on_scale(option.place, left, right);
            svg.line(x, scale - 4, x, scale + 4, "zero");
        }
        if (issue.today) {
            const double x = on_scale(*issue.today, left, right);
            svg.line(x, scale - 8, x, scale + 8, "no-deal-mark");
        }
        // Models at one place are piled up.
        std::map<long, int> pile;
        for (const auto& [model, place] : issue.models) {
            const double x = on_scale(place, left, right);
            constexpr double width = 6;
            const int height = pile[std::lround(x / width)]++;
            svg.circle(x, scale - 5.5 * height, 3.4, "model-dot", model + ": " + rounded(place));
        }
        if (issue.middle) {
            svg.diamond(on_scale(*issue.middle, left, right), scale + 11, 5, "mark balanced",
                        "middle of the models: " + rounded(*issue.middle));
        }
        if (!issue.options.empty()) {
            const auto [low, high] = std::ranges::minmax_element(issue.options, {}, &OptionPlace::place);
            const std::size_t letters = letters_in((right - left) / 2 - 8, note_size);
            svg.text(left, scale + 27, shortened(low->name, letters), "note");
            if (high->place > low->place) {
                svg.text(right, scale + 27, shortened(high->name, letters), "note", "end");
            }
        }
        words += (words.empty() ? "" : "; ") + issue.name + ": " + outcome;
        y += row;
    }
    return svg.element(id, "What the forecasting models expect on each issue, " + brief.title, words + ".");
}

std::string rounds_picture(const Brief& brief, const ForecastFacts& facts, std::string_view model,
                           std::string_view id) {
    std::vector<const PositionLines*> shown;
    for (const PositionLines& lines : facts.rounds) {
        if (lines.model == model && shown.size() < most_panels) {
            shown.push_back(&lines);
        }
    }
    if (shown.empty()) {
        return {};
    }
    std::size_t most_actors = 0;
    for (const PositionLines* lines : shown) {
        most_actors = std::max(most_actors, lines->places.size());
    }
    // Two panels in a row for few actors; many need the room for their names.
    constexpr std::size_t few = 4;
    const std::size_t columns = most_actors <= few ? 2 : 1;
    constexpr double gap = 18;
    constexpr double line_height = 12.5;
    const double width =
        (picture_width - gap * static_cast<double>(columns - 1)) / static_cast<double>(columns);
    const double tall = std::max(64.0, line_height * static_cast<double>(most_actors));
    const double row = tall + 48;
    const std::size_t rows = (shown.size() + columns - 1) / columns;
    Svg svg(picture_width, row * static_cast<double>(rows));
    std::string words;
    for (std::size_t p = 0; p < shown.size(); ++p) {
        const PositionLines& lines = *shown[p];
        const double x0 = static_cast<double>(p % columns) * (width + gap);
        const std::size_t above = p / columns;  // rows
        const double y0 = static_cast<double>(above) * row;
        const double top = y0 + 26;
        const double bottom = top + tall;
        const double names = columns == 2 ? 100 : 118;
        const double from = x0 + names;
        const double to = x0 + width - (columns == 2 ? 4 : names);
        svg.text(x0, y0 + 14, shortened(lines.name, letters_in(width, note_size)), "note strong");
        const auto y_of = [&](double place) { return bottom - std::clamp(place, 0.0, 100.0) / 100 * tall; };
        for (const double place : {0.0, 50.0, 100.0}) {
            svg.line(from, y_of(place), to, y_of(place), "grid");
        }
        const std::size_t rounds = lines.places.front().second.size();
        const auto x_of = [&](std::size_t round) {
            return from + (to - from) * static_cast<double>(round) /
                              static_cast<double>(std::max<std::size_t>(rounds - 1, 1));
        };
        // Names where the lines begin and, with room for them, where they end; one for all at one place.
        const auto write_names = [&](bool at_start) {
            std::map<long, std::vector<std::string>, std::greater<>> groups;
            for (const auto& [actor, places] : lines.places) {
                const double place = at_start ? places.front() : places.back();
                groups[std::lround(place / 2) * 2].emplace_back(actor_name(brief, actor));
            }
            std::vector<double> wanted;
            for (const auto& [place, who] : groups) {
                wanted.push_back(y_of(static_cast<double>(place)) + 4);
            }
            wanted = spread_out(std::move(wanted), line_height, top + 4, bottom + 4);
            std::size_t k = 0;
            for (const auto& [place, who] : groups) {
                std::string text = list_text(who);
                const std::size_t letters = letters_in(names - 6, note_size);
                if (text_length(text) > letters && who.size() > 1) {
                    const std::string more = " +" + std::to_string(who.size() - 1);
                    text = shortened(who.front(), letters - more.size()) + more;
                }
                svg.text(at_start ? from - 6 : to + 8, wanted[k++], shortened(text, letters), "note",
                         at_start ? "end" : "start");
            }
        };
        write_names(true);
        if (columns == 1) {
            write_names(false);
        }
        std::string way;
        for (const auto& [actor, places] : lines.places) {
            std::vector<std::pair<double, double>> points;
            for (std::size_t r = 0; r < places.size(); ++r) {
                points.emplace_back(x_of(r), y_of(places[r]));
            }
            const std::string name(actor_name(brief, actor));
            const std::string moved = name + " " + rounded(places.front()) + " to " + rounded(places.back());
            svg.polyline(points, columns == 1 ? "position-line thin" : "position-line", moved);
            svg.circle(points.back().first, points.back().second, 3, "model-dot");
            way += (way.empty() ? "" : ", ") + moved;
        }
        svg.text(from, bottom + 14, "start", "tick");
        svg.text(to, bottom + 14, count_of(rounds - 1, "round"), "tick", "end");
        words += (words.empty() ? "" : "; ") + lines.name + ": " + way;
    }
    return svg.element(id, "Positions over the rounds of the model " + std::string(model), words + ".");
}

std::string exchange_picture(const Brief& brief, const ForecastFacts& facts, std::string_view id) {
    if (facts.exchanges.empty()) {
        return {};
    }
    const std::size_t count = std::min(most_exchanges, facts.exchanges.size());
    constexpr double head = 22;
    constexpr double step = 38;
    constexpr double block = head + 2 * step + 26;
    Svg svg(picture_width, block * static_cast<double>(count));
    double y = 0;
    std::string words;
    for (std::size_t e = 0; e < count; ++e) {
        const ExchangeArrows& trade = facts.exchanges[e];
        const std::string first(actor_name(brief, trade.first.actor));
        const std::string second(actor_name(brief, trade.second.actor));
        svg.text(left, y + 15,
                 shortened(first + " and " + second + ": each +" + number_text(trade.gain),
                           letters_in(right - left, label_size)),
                 "label strong");
        double at = y + head;
        for (const ExchangeStep* side : {&trade.first, &trade.second}) {
            const std::string name(actor_name(brief, side->actor));
            svg.text(left, at + 13,
                     shortened(name + " on " + side->issue, letters_in(right - left - 8, note_size)), "note");
            const double scale = at + 25;
            svg.line(left, scale, right, scale, "grid");
            for (const double end : {0.0, 100.0}) {
                svg.line(on_scale(end, left, right), scale - 4, on_scale(end, left, right), scale + 4,
                         "grid");
            }
            const double x1 = on_scale(side->from, left, right);
            const double x2 = on_scale(side->to, left, right);
            svg.arrow(x1, scale, x2, scale, side == &trade.first ? "arrow" : "arrow other");
            at += step;
            words += name + " from " + rounded(side->from) + " to " + rounded(side->to) + " on " +
                     side->issue + "; ";
        }
        const auto hurt = std::ranges::min_element(trade.others, {}, &Named<double>::value_type::second);
        if (hurt != trade.others.end() && hurt->second < 0) {
            svg.text(left, at + 10,
                     "hurts most: " + std::string(actor_name(brief, hurt->first)) + " " +
                         signed_text(hurt->second),
                     "note");
        }
        y += block;
    }
    words.resize(words.size() - 2);
    return svg.element(id, "Trades of the exchange model", words + ".");
}

}  // namespace steelyard::report
