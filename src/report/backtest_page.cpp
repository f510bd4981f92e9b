// SPDX-License-Identifier: Apache-2.0
#include "steelyard/report/backtest_page.hpp"

#include "report/html_parts.hpp"
#include "report/html_style.hpp"
#include "report/markup.hpp"
#include "report/pictures/backtest.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace steelyard::report {

namespace {

double number_of(const Value& record, std::string_view name) {
    const Value* value = record.find(name);
    return value == nullptr ? 0 : value->number().value_or(0);
}

std::string text_of(const Value& record, std::string_view name) {
    const Value* value = record.find(name);
    const auto* text = value == nullptr ? nullptr : value->get<std::string>();
    return text == nullptr ? std::string() : *text;
}

const Value::List& list_of(const Value& record, std::string_view name) {
    static const Value::List none;
    const Value* value = record.find(name);
    const auto* list = value == nullptr ? nullptr : value->get<Value::List>();
    return list == nullptr ? none : *list;
}

/// A name as people say it: `nash_bargaining` is `nash bargaining`.
std::string spoken(std::string name) {
    std::ranges::replace(name, '_', ' ');
    return name;
}

std::string decimal(double value) {
    const std::string text = fmt::format("{:.1f}", value);
    return text == "-0.0" ? "0.0" : text;
}

std::string interval_text(const Value& record, std::string_view name) {
    const Value* interval = record.find(name);
    return interval == nullptr
               ? std::string()
               : fmt::format("{:.1f} to {:.1f}", number_of(*interval, "low"), number_of(*interval, "high"));
}

Value rounded(double value) {
    return Value(decimal(value));
}

FactTable scores_table(const Value& result, std::string_view against) {
    FactTable table;
    table.caption = "Error by model, in places of a scale of 100";
    table.columns = {"Model",  "Mean",
                     "95 %",   "Difference to " + spoken(std::string(against)),
                     "95 %",   "Root mean square",
                     "Median", "Right option"};
    for (const Value& score : list_of(result, "scores")) {
        table.rows.push_back(
            {Value(spoken(text_of(score, "model"))), rounded(number_of(score, "mean_error")),
             Value(interval_text(score, "interval")), rounded(number_of(score, "difference")),
             Value(interval_text(score, "difference_interval")),
             rounded(number_of(score, "root_mean_square")), rounded(number_of(score, "median_error")),
             Value(share_text(number_of(score, "right_option")))});
    }
    return table;
}

FactTable calibration_table(const Value& result) {
    FactTable table;
    table.caption = "Likelihoods of options against what came about";
    table.columns = {"Band", "Options", "Mean likelihood", "Came about", "95 % if they are right"};
    for (const Value& band : list_of(result, "calibration")) {
        const double options = number_of(band, "options");
        const auto share = [&](std::string_view name) {
            return Value(options > 0 ? share_text(number_of(band, name)) : "–");
        };
        const Value* expected = band.find("expected");
        table.rows.push_back({Value(text_of(band, "band")), Value(static_cast<std::int64_t>(options)),
                              share("likelihood"), share("frequency"),
                              Value(expected == nullptr || expected->is_null()
                                        ? "–"
                                        : share_text(number_of(*expected, "low")) + " to " +
                                              share_text(number_of(*expected, "high")))});
    }
    return table;
}

/// What the intervals allow to say about the best model.
std::string verdict(const Value& result, std::string_view against) {
    std::vector<std::string> better;
    for (const Value& score : list_of(result, "scores")) {
        if (const Value* flag = score.find("better"); flag != nullptr && *flag == Value(true)) {
            better.push_back(spoken(text_of(score, "model")));
        }
    }
    const std::string base = spoken(std::string(against));
    return better.empty() ? "No model beats " + base +
                                " with confidence: every interval of the difference reaches 0 or more."
                          : sentence("with confidence better than " + base + ": " + list_text(better));
}

}  // namespace

std::string backtest_page(const Value& result, std::string_view against, std::string_view origin) {
    std::vector<ModelError> models;
    for (const Value& score : list_of(result, "scores")) {
        const Value* interval = score.find("interval");
        models.push_back({spoken(text_of(score, "model")), number_of(score, "mean_error"),
                          interval == nullptr ? 0 : number_of(*interval, "low"),
                          interval == nullptr ? 0 : number_of(*interval, "high")});
    }
    std::vector<SaidAndCame> bands;
    for (const Value& row : list_of(result, "calibration")) {
        bands.push_back({text_of(row, "band"), static_cast<int>(number_of(row, "options")),
                         number_of(row, "likelihood"), number_of(row, "frequency")});
    }
    const auto issues = static_cast<std::size_t>(number_of(result, "issues"));
    const auto cases = static_cast<std::size_t>(number_of(result, "cases"));
    std::string page =
        "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\"><head><meta "
        "charset=\"utf-8\"/>"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>"
        "<meta name=\"color-scheme\" content=\"light dark\"/>"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src "
        "&#39;unsafe-inline&#39;\"/>"
        "<title>How good the forecasts were</title><style>" +
        std::string(html_style()) + "</style></head>\n<body><div class=\"sheet\">\n";
    page +=
        "<header><p class=\"kicker\">Back-test</p><h1>How good the forecasts were</h1><p class=\"lede\">" +
        escape_html(capitalised(count_of(issues, "issue")) + " of " + count_of(cases, "case") +
                    " whose outcome is known. " +
                    (models.empty() ? std::string() : verdict(result, against))) +
        "</p></header>\n<main id=\"content\"><section><div class=\"pictures\">";
    page += figure_html(
        "How far each model was off", errors_picture(models, spoken(std::string(against)), "errors"),
        "Dots: the mean distance between forecast and outcome. Lines: where it lies in 95 of 100 "
        "resamples of the cases. Upright line: the model that the others are compared with.",
        {scores_table(result, against)});
    std::string scores;
    if (const Value* score = result.find("log_score"); score != nullptr && !score->is_null()) {
        scores = fmt::format(" Log score \u2212{:.2f}; \u2212{:.2f} would be chance.",
                             -number_of(result, "log_score"), -number_of(result, "log_score_of_chance"));
    }
    page +=
        figure_html("Whether likelihoods keep what they say", calibration_picture(bands, "calibration"),
                    "Dots: options by the word for their likelihood, with their number. On the dashed line "
                    "things came about as often as said; below it, less often." +
                        scores,
                    {calibration_table(result)});
    page += "</div></section>";
    std::vector<std::string> skipped;
    for (const Value& one : list_of(result, "skipped")) {
        skipped.push_back(text_of(one, "case") + ": " + text_of(one, "why"));
    }
    if (!skipped.empty()) {
        page += "<section><h2>Not scored</h2>" + list_html(skipped, "") + "</section>";
    }
    return page + "</main>\n<footer><p>" + escape_html(origin) + "</p></footer></div></body></html>\n";
}

}  // namespace steelyard::report
