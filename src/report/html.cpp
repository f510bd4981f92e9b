// SPDX-License-Identifier: Apache-2.0
#include "report/html_parts.hpp"
#include "report/html_style.hpp"
#include "report/markup.hpp"
#include "report/pictures/pictures.hpp"
#include "report/render_words.hpp"
#include "report/words.hpp"
#include "steelyard/report/render.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace steelyard::report {

namespace {

std::string key_figures(const Brief& brief) {
    std::string items;
    const auto add = [&](const std::string& value, const std::string& meaning) {
        items += "<div><dt>" + escape_html(meaning) + "</dt><dd>" + html_text(value) + "</dd></div>";
    };
    if (!brief.tables.empty()) {
        const TableFacts& table = brief.tables.front();
        if (table.acceptable_share) {
            add(share_text(*table.acceptable_share / 100), "of the possible deals are acceptable");
        }
        if (const MarkedDeal* nash = balanced(table)) {
            constexpr std::size_t most = 3;
            for (std::size_t i = 0; i < std::min(most, nash->gains.size()); ++i) {
                const auto& [actor, gain] = nash->gains[i];
                add(signed_text(gain.to_double()),
                    std::string(actor_name(brief, actor)) + ", points in the balanced deal");
            }
        }
    }
    if (brief.evidence.numbers > 0) {
        const double assumed =
            static_cast<double>(brief.evidence.assumed_with_claims + brief.evidence.assumed_only) /
            brief.evidence.numbers;
        add(share_text(assumed), "of the numbers are assumptions");
    }
    return items.empty() ? items : "<dl class=\"figures\">" + items + "</dl>";
}

std::string contents(const Brief& brief) {
    std::string text = "<nav aria-label=\"Contents\"><div><h2>Questions</h2><ol>";
    for (std::size_t i = 0; i < brief.answers.size(); ++i) {
        text +=
            fmt::format("<li><a href=\"#question-{}\">{}</a></li>", i + 1, escape_html(brief.answers[i].ask));
    }
    text += "</ol><ul><li><a href=\"#short\">In short</a></li>";
    if (!brief.tables.empty()) {
        text += "<li><a href=\"#pictures\">The talks in pictures</a></li>";
    }
    if (brief.uncertain) {
        text += "<li><a href=\"#uncertain\">What would change the answers</a></li>";
    }
    text +=
        "<li><a href=\"#evidence\">Evidence</a></li><li><a href=\"#reading\">How to read "
        "this</a></li></ul></div></nav>\n";
    return text;
}

/// `question 3` as the anchor `question-3`.
std::string question_anchor(std::string name) {
    std::ranges::replace(name, ' ', '-');
    return name;
}

std::string part_html(const Brief& brief, const AnswerPart& part, const std::string& id) {
    std::string text = "<div class=\"part\">";
    text += fmt::format("<h4>{}<span class=\"tag\">{}</span></h4>", escape_html(part.title),
                        label_name(part.label));
    if (!part.see.empty()) {
        const std::string question = question_name(brief, part.see);
        return text + fmt::format("<p>In full under <a href=\"#{}\">{}</a>.</p></div>\n",
                                  question_anchor(question), escape_html(question));
    }
    text += list_html(part.why, "");
    for (const FactTable& table : part.tables) {
        text += table_html(table);
    }
    text += part_figures(brief, part, id);
    if (part.likelihood) {
        text += "<p><strong>" + escape_html(part.likelihood->sentence) + "</strong></p>";
    }
    if (!part.would_change.empty()) {
        text += "<p class=\"label\">What would change it</p>" + list_html(part.would_change, "change");
    }
    if (part.needs) {
        text += "<p class=\"missing\"><b>Needs the analysis " + escape_html(part.needs->analysis) + ".</b> " +
                escape_html(part.needs->sentence) + "</p>";
    }
    return text + "</div>\n";
}

std::string answer_html(const Brief& brief, const Answer& answer, std::size_t number,
                        const ClaimRegister& claims) {
    std::string text = fmt::format(
        "<article class=\"answer\" id=\"question-{0}\" aria-labelledby=\"question-{0}-t\">"
        "<h3 id=\"question-{0}-t\"><span class=\"n\">{0}</span><span>{1}</span></h3><div class=\"says\">",
        number, escape_html(answer.ask));
    for (const AnswerPart& part : answer.parts) {
        text += "<p>" + html_text(part.sentence) + "</p>";
    }
    text += "</div>\n";
    for (std::size_t p = 0; p < answer.parts.size(); ++p) {
        text += part_html(brief, answer.parts[p], fmt::format("part-{}-{}", number, p + 1));
    }
    text += "<div class=\"rests\"><p><strong>What it rests on.</strong> " +
            escape_html(answer.rests_on.sentence) + "</p><p>" + escape_html(answer.confidence.sentence) +
            "</p>";
    if (!answer.rests_on.claims.empty()) {
        constexpr std::size_t shown = 5;
        const auto& list = answer.rests_on.claims;
        const auto links = [&](std::size_t from, std::size_t to) {
            std::string row;
            for (std::size_t i = from; i < to; ++i) {
                row += (i == from ? "" : " ") + claims.link(list[i].claim);
            }
            return row;
        };
        const std::size_t first = std::min(shown, list.size());
        text += "<p class=\"small\">Most used: " + links(0, first) + "</p>";
        text += fmt::format("<details><summary>Read {} of its {}</summary><ul class=\"claims\">",
                            first == list.size() ? "all" : "the first " + std::to_string(first),
                            count_of(list.size(), "claim"));
        for (std::size_t i = 0; i < first; ++i) {
            text += claims.item(claim_of(brief, list[i].claim), false);
        }
        text += "</ul>";
        if (list.size() > first) {
            text += "<p class=\"small\">And " + links(first, list.size()) + "</p>";
        }
        text += "</details>";
    }
    return text + "</div></article>\n";
}

std::string evidence_html(const Brief& brief, const ClaimRegister& claims) {
    std::string text =
        "<section id=\"evidence\" aria-labelledby=\"evidence-t\"><h2 id=\"evidence-t\">Evidence</h2>\n";
    if (!brief.sources.empty()) {
        text += "<h3>Sources</h3><ul>";
        for (const SourceNote& source : brief.sources) {
            text += "<li>" + source_html(source) + "</li>";
        }
        text += "</ul>\n";
    }
    if (!brief.claims.empty()) {
        text += "<h3>Claims the answers lean on</h3><ul class=\"claims\">";
        for (const Reference& claim : brief.claims) {
            text += claims.item(claim, true);
        }
        text += "</ul>\n";
    }
    return text + "</section>\n";
}

}  // namespace

std::string to_html(const Brief& brief) {
    const ClaimRegister claims(brief);
    std::string page =
        "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\"><head><meta "
        "charset=\"utf-8\"/>"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>"
        "<meta name=\"color-scheme\" content=\"light dark\"/>"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src "
        "&#39;unsafe-inline&#39;\"/>"
        "<meta name=\"generator\" content=\"Steelyard " +
        escape_html(brief.provenance.version) + "\"/><title>" + escape_html(brief.title) +
        " – brief</title><style>" + std::string(html_style()) +
        "</style></head>\n<body><a class=\"skip\" href=\"#content\">Skip to the brief</a><div "
        "class=\"sheet\">\n";
    page += "<header><p class=\"kicker\">Negotiation brief" +
            (brief.as_of.empty() ? std::string() : " · as of " + escape_html(brief.as_of)) + "</p><h1>" +
            escape_html(brief.title) + "</h1>" +
            (brief.about.empty() ? "" : "<p class=\"lede\">" + escape_html(brief.about) + "</p>") +
            "</header>\n";
    page += "<main id=\"content\" tabindex=\"-1\" class=\"columns\">\n";
    page +=
        "<section id=\"short\" aria-labelledby=\"short-t\"><div class=\"short\"><h2 id=\"short-t\">In "
        "short</h2>" +
        key_figures(brief) + list_html(brief.summary, "") + "</div></section>\n" + contents(brief) +
        "<div class=\"body\">\n";
    page += pictures_html(brief);
    page +=
        "<section id=\"answers\" aria-labelledby=\"answers-t\"><h2 id=\"answers-t\">Questions and "
        "answers</h2>\n";
    for (std::size_t i = 0; i < brief.answers.size(); ++i) {
        page += answer_html(brief, brief.answers[i], i + 1, claims);
    }
    page +=
        "</section>\n" + uncertain_html(brief, claims) + people_html(brief) + evidence_html(brief, claims);
    page +=
        "<section id=\"reading\" aria-labelledby=\"reading-t\"><h2 id=\"reading-t\">How to read this</h2>" +
        list_html(brief.notes, "") + "</section>\n</div></main>\n";
    page += "<footer>";
    if (!brief.citation.empty()) {
        page += "<p>" + escape_html(brief.citation) + "</p>";
    }
    page += "<p>" + escape_html(provenance_line(brief.provenance)) + "</p></footer></div></body></html>\n";
    return page;
}

}  // namespace steelyard::report
