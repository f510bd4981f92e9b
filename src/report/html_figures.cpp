// SPDX-License-Identifier: Apache-2.0
// The pictures that stand inside an answer, with the numbers behind them.
#include "report/html_parts.hpp"
#include "report/markup.hpp"
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

std::string states_figure(const Brief& brief, const StateGraph& graph, const std::string& id) {
    FactTable states;
    states.caption = "States, from today's by steps away from it";
    states.columns = {
        "State", "Moves in it", "Today", "Nobody gains by moving", "Fear of the answer keeps it", "Deal"};
    FactTable steps;
    steps.caption = "The best move of each actor in each of them, and the path";
    steps.columns = {"From state", "To state", "By", "Better for the mover", "On the path"};
    const auto yes = [](bool value) { return Value(value ? "yes" : "no"); };
    for (std::size_t s = 0; s < graph.states.size(); ++s) {
        const StateNode& state = graph.states[s];
        std::vector<std::string> moves;
        for (const int move : state.moves) {
            moves.push_back(graph.moves[static_cast<std::size_t>(move)].name);
        }
        std::string made;
        for (const std::string& move : moves) {
            made += (made.empty() ? "" : "; ") + move;
        }
        states.rows.push_back({Value(static_cast<std::int64_t>(s + 1)), Value(made.empty() ? "none" : made),
                               yes(state.today), yes(state.nash), yes(state.sequential), yes(state.deal)});
    }
    for (const StateStep& step : graph.steps) {
        steps.rows.push_back({Value(std::int64_t{step.from} + 1), Value(std::int64_t{step.to} + 1),
                              Value(actor_name(brief, step.by)), yes(step.pays), yes(step.path)});
    }
    std::string caption =
        "Each row is a state: filled boxes are moves that are made in it. Black nodes stand because nobody "
        "gains by "
        "moving, grey ones are held by fear of the answer. Arrows lead to the best move of an actor there";
    caption += graph.path.empty()
                   ? "."
                   : "; the thick path leads from today, dashed where the mover is at first no better off.";
    if (graph.left_out > 0) {
        caption += " " +
                   capitalised(count_of(static_cast<std::size_t>(graph.left_out), "other possible state")) +
                   (graph.left_out == 1 ? " is" : " are") + " not shown.";
    }
    return figure_html("Which states stand, and the way there", states_picture(brief, graph, id), caption,
                       {states, steps});
}

/// Gains of several actors as a table: a row for each named line.
template <class Rows, class Name>
FactTable gains_table(const Brief& brief, std::string caption, std::string heading, const Rows& rows,
                      Name name) {
    FactTable table{std::move(caption), {std::move(heading)}, {}};
    for (const auto& [actor, gain] : rows.front().gains) {
        table.columns.emplace_back(actor_name(brief, actor));
    }
    for (const auto& item : rows) {
        std::vector<Value> row{Value(name(item))};
        for (const auto& [actor, gain] : item.gains) {
            row.emplace_back(gain);
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

}  // namespace

std::string uncertain_html(const Brief& brief, const ClaimRegister& claims) {
    if (!brief.uncertain) {
        return {};
    }
    std::string text =
        "<section id=\"uncertain\" aria-labelledby=\"uncertain-t\"><h2 id=\"uncertain-t\">What would change "
        "the "
        "answers</h2>" +
        list_html(brief.uncertain->summary, "");
    if (!brief.uncertain->read_next.empty()) {
        text += "<h3>Read this next</h3><ol class=\"claims next\">";
        for (const ReadNext& next : brief.uncertain->read_next) {
            const Reference& claim = claim_of(brief, next.claim);
            text += "<li><span class=\"ref\">" + claims.link(next.claim) + "</span>" +
                    escape_html(clause(claim.text)) + ". <span class=\"where\">" +
                    escape_html(next.sentence) + "</span></li>";
        }
        text += "</ol>\n";
    }
    std::string figures;
    for (std::size_t a = 0; a < brief.uncertain->gains.size(); ++a) {
        const GainSpread& gain = brief.uncertain->gains[a];
        const std::string id = "uncertain-" + std::to_string(a + 1);
        figures += figure_html(
            "What single numbers do to the gain of " + gain.name, tornado_picture(gain, id + "-tornado"),
            "Each number at its 10th (grey) and 90th percentile (blue), all others at their best, and "
            "the balanced deal chosen anew. The line is the gain with every number at its best.",
            {swings_table(gain)});
        figures += figure_html(
            "Where the spread of the gain of " + gain.name + " comes from",
            sobol_picture(gain, id + "-sobol"),
            "Sobol indices. Blue: the share of the variance that the number alone accounts for; grey: "
            "with all that it works together with, and its 95 % interval.",
            {shares_table(gain)});
    }
    return text + (figures.empty() ? "" : "<div class=\"pictures\">" + figures + "</div>") + "</section>\n";
}

std::string part_figures(const Brief& brief, const AnswerPart& part, const std::string& id) {
    std::string figures;
    if (part.forecast) {
        figures += forecast_figures(brief, *part.forecast, id);
    }
    if (part.states) {
        figures += states_figure(brief, *part.states, id + "-states");
    }
    if (part.order && !part.order->orders.empty()) {
        figures += figure_html("Where each order ends", order_picture(brief, *part.order, id + "-order"),
                               "From left to right the tables in their order; at the right the points over "
                               "no agreement in the end, "
                               "the best of each actor in bold.",
                               {gains_table(brief, "Points over no agreement, in the end", "Order",
                                            part.order->orders, [](const OrderLeaf& leaf) {
                                                std::string text;
                                                for (const std::string& table : leaf.tables) {
                                                    text += (text.empty() ? "" : " → ") + table;
                                                }
                                                return text;
                                            })});
    }
    if (part.partners && !part.partners->choices.empty()) {
        figures += figure_html("Whom to deal with", partners_picture(brief, *part.partners, id + "-partners"),
                               "Bars: what the choice brings the actor. Below each: where the others end.",
                               {gains_table(brief, "Points over no agreement", "Deals with",
                                            part.partners->choices, [](const PartnerChoice& choice) {
                                                return choice.partners.empty() ? std::string("nobody")
                                                                               : list_text(choice.partners);
                                            })});
    }
    return figures.empty() ? figures : "<div class=\"pictures\">" + figures + "</div>\n";
}

}  // namespace steelyard::report
