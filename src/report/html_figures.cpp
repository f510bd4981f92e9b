// SPDX-License-Identifier: Apache-2.0
// The pictures that stand inside an answer, with the numbers behind them.
#include "report/html_parts.hpp"
#include "report/pictures/pictures.hpp"
#include "report/render_words.hpp"
#include "report/words.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::report {

namespace {

FactTable outlook_data(const Brief& brief, const ForecastFacts& facts) {
    FactTable table;
    table.caption = "Places on the issues' scales, 0 to 100";
    table.columns = {"Issue", "Today", "Actors", "Models", "Middle"};
    for (const IssueOutlook& issue : facts.issues) {
        const auto listed = [&](const Named<double>& items, bool actors) {
            std::string text;
            for (const auto& [name, place] : items) {
                text += (text.empty() ? "" : ", ") + (actors ? std::string(actor_name(brief, name)) : name) +
                        " " + number_text(std::round(place));
            }
            return text;
        };
        table.rows.push_back({Value(issue.name), issue.today ? Value(*issue.today) : Value("–"),
                              Value(listed(issue.positions, true)), Value(listed(issue.models, false)),
                              issue.middle ? Value(*issue.middle) : Value("–")});
    }
    return table;
}

FactTable rounds_data(const Brief& brief, const ForecastFacts& facts, std::string_view model) {
    FactTable table;
    table.caption = "Places round by round";
    table.columns = {"Issue", "Actor", "Places"};
    for (const PositionLines& lines : facts.rounds) {
        for (const auto& [actor, places] : lines.places) {
            std::string text;
            for (const double place : places) {
                text += (text.empty() ? "" : " → ") + number_text(place);
            }
            if (lines.model == model) {
                table.rows.push_back({Value(lines.name), Value(actor_name(brief, actor)), Value(text)});
            }
        }
    }
    return table;
}

FactTable exchange_data(const Brief& brief, const ForecastFacts& facts) {
    FactTable table;
    table.caption = "Trades, most gain first";
    table.columns = {"Gives way", "On", "From", "To", "Gain of each"};
    for (const ExchangeArrows& trade : facts.exchanges) {
        for (const ExchangeStep* side : {&trade.first, &trade.second}) {
            table.rows.push_back({Value(actor_name(brief, side->actor)), Value(side->issue),
                                  Value(side->from), Value(side->to), Value(trade.gain)});
        }
    }
    return table;
}

std::string forecast_figures(const Brief& brief, const ForecastFacts& facts, const std::string& id) {
    std::string text = figure_html("What the models expect", outlook_picture(brief, facts, id + "-outlook"),
                                   "Each line is an issue's scale with its options as ticks. Dots are "
                                   "models, the diamond is their middle, the "
                                   "thick bar is today.",
                                   {outlook_data(brief, facts)});
    for (const auto& [model, title] : {std::pair{"spatial", "Positions over the turns of the spatial model"},
                                       {"challenge", "Positions over the rounds of the challenge model"}}) {
        const auto issues = static_cast<std::size_t>(
            std::ranges::count(facts.rounds, std::string_view(model), &PositionLines::model));
        text += figure_html(
            title, rounds_picture(brief, facts, model, id + "-" + model),
            "Up is towards the upper end of the issue's scale; dots are where the actors end." +
                (issues > most_panels ? " The " + std::to_string(most_panels) + " of " +
                                            std::to_string(issues) + " issues with the longest way."
                                      : std::string()),
            {rounds_data(brief, facts, model)});
    }
    text += figure_html("Who trades what with whom", exchange_picture(brief, facts, id + "-exchanges"),
                        "Each pair of arrows is a trade: one gives way on one issue, the other on another." +
                            (facts.exchanges.size() > most_exchanges
                                 ? " The " + std::to_string(most_exchanges) + " of " +
                                       std::to_string(facts.exchanges.size()) + " trades that gain most."
                                 : std::string()),
                        {exchange_data(brief, facts)});
    return text;
}

}  // namespace

std::string part_figures(const Brief& brief, const AnswerPart& part, const std::string& id) {
    std::string figures;
    if (part.forecast) {
        figures += forecast_figures(brief, *part.forecast, id);
    }
    return figures.empty() ? figures : "<div class=\"pictures\">" + figures + "</div>\n";
}

}  // namespace steelyard::report
