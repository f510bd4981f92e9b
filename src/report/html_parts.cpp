// SPDX-License-Identifier: Apache-2.0
#include "report/html_parts.hpp"

#include "report/markup.hpp"
#include "report/pictures/pictures.hpp"
#include "report/render_words.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace steelyard::report {

std::size_t ClaimRegister::number(std::string_view claim) const {
    const auto found = std::ranges::find(claims_, claim, &Reference::claim);
    return static_cast<std::size_t>(found - claims_.begin()) + 1;
}

std::string ClaimRegister::link(std::string_view claim) const {
    return fmt::format("<a href=\"#claim-{0}\" aria-label=\"claim {0}\">[{0}]</a>", number(claim));
}

std::string ClaimRegister::item(const Reference& claim, bool anchor) const {
    const std::string mark = anchor ? fmt::format("<span class=\"ref\">[{}]</span>", number(claim.claim))
                                    : "<span class=\"ref\">" + link(claim.claim) + "</span>";
    std::string where;
    const auto add = [&](const std::string& piece) { where += (where.empty() ? "" : ", ") + piece; };
    if (!claim.by.empty()) {
        add(escape_html(claim.by));
    }
    if (!claim.source.empty()) {
        add(escape_html(claim.source) + (claim.paragraph ? " ¶" + std::to_string(*claim.paragraph) : ""));
    }
    add(escape_html(claim.kind));
    if (!claim.reliability.empty() || claim.credibility) {
        add(escape_html(claim.reliability) + (claim.credibility ? std::to_string(*claim.credibility) : ""));
    }
    if (!claim.contradicted_by.empty()) {
        std::vector<std::string> others;
        for (const std::string& other : claim.contradicted_by) {
            const bool listed = std::ranges::find(claims_, other, &Reference::claim) != claims_.end();
            others.push_back(listed ? link(other) : escape_html(other));
        }
        add("contradicted by " + list_text(others));
    }
    return fmt::format("<li{}>{}{}. <span class=\"where\">{}</span></li>",
                       anchor ? fmt::format(" id=\"claim-{}\"", number(claim.claim)) : "", mark,
                       escape_html(clause(claim.text)), where);
}

std::string list_html(const std::vector<std::string>& items, std::string_view style) {
    if (items.empty()) {
        return {};
    }
    std::string text = style.empty() ? "<ul>" : fmt::format("<ul class=\"{}\">", style);
    for (const std::string& item : items) {
        text += "<li>" + html_text(item) + "</li>";
    }
    return text + "</ul>\n";
}

std::string table_html(const FactTable& table) {
    if (table.rows.empty()) {
        return {};
    }
    std::vector<bool> right;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        right.push_back(c > 0 &&
                        std::ranges::all_of(table.rows, [&](const auto& row) { return is_numeric(row[c]); }));
    }
    std::string text = fmt::format(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
        "aria-label=\"{0}\"><table><caption>{0}</caption><thead><tr>",
        escape_html(table.caption));
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        text += fmt::format("<th scope=\"col\"{}>{}</th>", right[c] ? " class=\"num\"" : "",
                            escape_html(table.columns[c]));
    }
    text += "</tr></thead><tbody>";
    for (const auto& row : table.rows) {
        text += "<tr>";
        for (std::size_t c = 0; c < row.size(); ++c) {
            const std::string words = html_text(cell_text(row[c]));
            text += c == 0 ? "<th scope=\"row\">" + words + "</th>"
                           : fmt::format("<td{}>{}</td>", right[c] ? " class=\"num\"" : "", words);
        }
        text += "</tr>";
    }
    return text + "</tbody></table></div>\n";
}

std::string figure_html(std::string_view title, const std::string& svg, std::string_view caption,
                        const std::vector<FactTable>& data) {
    if (svg.empty()) {
        return {};
    }
    std::string text = "<figure><h3>" + escape_html(title) + "</h3>" + svg + "<figcaption>" +
                       escape_html(caption) + "</figcaption>";
    std::string tables;
    for (const FactTable& table : data) {
        tables += table_html(table);
    }
    if (!tables.empty()) {
        text += "<details><summary>The numbers of this picture</summary>" + tables + "</details>";
    }
    return text + "</figure>\n";
}

std::string source_html(const SourceNote& source) {
    std::string text = "<strong>" + escape_html(source.id) + "</strong>: ";
    const std::string title = escape_html(source.title);
    text += is_link(source.url)
                ? "<a href=\"" + escape_html(source.url) + "\" rel=\"noreferrer\">" + title + "</a>"
                : title;
    for (const std::string& piece : {source.author, source.publisher, source.date}) {
        if (!piece.empty()) {
            text += ", " + escape_html(piece);
        }
    }
    text += ". ";
    if (!source.reliability.empty()) {
        text += "Reliability " + escape_html(source.reliability) + " (" +
                std::string(reliability_word(source.reliability.front())) + "). ";
    }
    text += capitalised(count_of(static_cast<std::size_t>(source.claims), "claim")) + ". ";
    return text +
           (source.note.empty() ? "" : "<span class=\"where\">" + escape_html(source.note) + "</span>");
}

std::string people_html(const Brief& brief) {
    std::string text =
        "<section id=\"actors\" aria-labelledby=\"actors-t\"><h2 id=\"actors-t\">Who is involved</h2>"
        "<dl class=\"people\">";
    for (const Person& person : brief.actors) {
        std::string about = person.about;
        std::vector<std::string> quoted;
        for (const std::string& table : person.tables) {
            quoted.push_back("“" + table + "”");
        }
        if (!person.tables.empty()) {
            about = (about.empty() ? "" : clause(about) + ". ") + "Sits at " + list_text(quoted) + ".";
        }
        text += "<div><dt>" + escape_html(person.name) + "</dt><dd>" +
                escape_html(about.empty() ? "At no table." : about) + "</dd></div>";
    }
    return text + "</dl></section>\n";
}

namespace {

/// The marked deals with what they give, and the first efficient points.
std::vector<FactTable> table_data(const Brief& brief, const TableFacts& facts) {
    FactTable marks;
    marks.caption = "Marked deals: points over no agreement";
    marks.columns = {"Deal"};
    for (const auto& [id, points] : facts.no_deal) {
        marks.columns.emplace_back(actor_name(brief, id));
    }
    for (const MarkedDeal& mark : facts.marks) {
        std::vector<Value> row{Value(mark.name)};
        for (const auto& [id, gain] : mark.gains) {
            row.emplace_back(gain);
        }
        marks.rows.push_back(std::move(row));
    }
    constexpr std::size_t most = 40;
    FactTable front;
    front.caption =
        "Efficient points" + (facts.frontier.size() > most ? " (first " + std::to_string(most) + " of " +
                                                                 std::to_string(facts.frontier.size()) + ")"
                                                           : std::string());
    front.columns = {"Acceptable"};
    for (const std::string& id : facts.actors) {
        front.columns.emplace_back(actor_name(brief, id));
    }
    for (std::size_t i = 0; i < std::min(most, facts.frontier.size()); ++i) {
        std::vector<Value> row{Value(facts.frontier[i].acceptable ? "yes" : "no")};
        for (const std::string& id : facts.actors) {
            const Rational* points = value_of(facts.frontier[i].points, id);
            row.push_back(points == nullptr ? Value("–") : Value(*points));
        }
        front.rows.push_back(std::move(row));
    }
    return {marks, front};
}

FactTable acceptance_data(const Brief& brief, const TableFacts& facts) {
    FactTable table;
    table.caption = "Who would accept what";
    table.columns = {"Actor", "Possible deals it accepts, %", "Efficient deals that only its refusal stops"};
    for (const Acceptance& row : facts.acceptance) {
        table.rows.push_back(
            {Value(actor_name(brief, row.actor)), Value(row.accepts), Value(std::int64_t{row.stops})});
    }
    return table;
}

FactTable gains_data(const Brief& brief, const TableFacts& facts) {
    FactTable table;
    table.caption = "Gain in the balanced deal";
    table.columns = {"Actor", "Points", "Share of its stake, %", "Least", "Most"};
    if (const MarkedDeal* nash = balanced(facts)) {
        for (const auto& [id, gain] : nash->gains) {
            const auto [low, high] = gain_range(facts, id);
            const double* percent = value_of(nash->percent, id);
            table.rows.push_back({Value(actor_name(brief, id)), Value(gain),
                                  Value(percent == nullptr ? 0 : *percent), Value(low), Value(high)});
        }
    }
    return table;
}

FactTable heat_data(const Brief& brief) {
    FactTable table;
    table.caption = "Share of the actor's stake, %";
    table.columns = {"Issue"};
    for (const auto& [id, share] : brief.heat.front().shares) {
        table.columns.emplace_back(actor_name(brief, id));
    }
    for (const HeatRow& row : brief.heat) {
        std::vector<Value> cells{Value(row.name)};
        for (const auto& [id, share] : row.shares) {
            cells.emplace_back(share);
        }
        table.rows.push_back(std::move(cells));
    }
    return table;
}

}  // namespace

std::string pictures_html(const Brief& brief) {
    if (brief.tables.empty()) {
        return {};
    }
    std::string text =
        "<section id=\"pictures\" aria-labelledby=\"pictures-t\"><h2 id=\"pictures-t\">The talks in "
        "pictures</h2><div class=\"pictures\">\n";
    for (std::size_t t = 0; t < brief.tables.size(); ++t) {
        const TableFacts& facts = brief.tables[t];
        if (facts.actors.size() < 2 || facts.frontier.empty()) {
            continue;
        }
        const bool two = facts.actors.size() == 2;
        const std::string id = fmt::format("table-{}", t + 1);
        const std::string caption =
            t > 0 && two ? "Read like the first picture."
            : two
                ? "Each dot is a possible deal; the line joins the efficient ones, the stronger dots on it "
                  "are acceptable. "
                  "In the shaded corner both have at least what they have without agreement."
                : "One scale for each actor, from its worst to its best efficient deal; the short bars mark "
                  "what it has "
                  "without agreement. Thin lines are efficient deals that the table accepts.";
        text += figure_html(facts.name,
                            two ? scatter_picture(brief, facts, id) : parallel_picture(brief, facts, id),
                            caption, table_data(brief, facts));
        if (!two) {
            text +=
                figure_html("Who would accept how much", acceptance_picture(brief, facts, id + "-acceptance"),
                            "Share of the possible deals that leave the actor at least what it has without "
                            "agreement; at the "
                            "right, efficient deals that would be accepted if it alone changed its mind.",
                            {acceptance_data(brief, facts)});
        }
        if (t == 0) {
            text += figure_html(
                "Who gains what in the balanced deal", gains_picture(brief, facts, "gains"),
                "Bars: the balanced deal. Lines below: from the least to the most favourable of the "
                "efficient deals that the table accepts.",
                {gains_data(brief, facts)});
        }
    }
    if (!brief.heat.empty()) {
        text += figure_html("How much each issue matters to whom", heat_picture(brief, "heat"),
                            "Per cent of all that is at stake for the actor on issues that are still open.",
                            {heat_data(brief)});
    }
    if (brief.evidence.numbers > 0) {
        FactTable data;
        data.caption = "What the numbers rest on";
        data.columns = {"Basis", "Numbers"};
        const Evidence& e = brief.evidence;
        for (const auto& [name, count] : {std::pair{"taken from claims", e.claims_only},
                                          {"assumption, leaning on a claim", e.assumed_with_claims},
                                          {"assumption, leaning on none", e.assumed_only},
                                          {"no stated basis", e.unsourced}}) {
            data.rows.push_back({Value(name), Value(std::int64_t{count})});
        }
        text += figure_html(
            "What the " + std::to_string(e.numbers) + " numbers rest on", coverage_picture(brief, "coverage"),
            e.claims == 0 ? "The case traces no number to a source."
                          : count_of(static_cast<std::size_t>(e.claims), "claim") + " from " +
                                count_of(static_cast<std::size_t>(e.sources), "source") + " with " +
                                count_of(static_cast<std::size_t>(e.origins), "independent origin") + "; " +
                                (e.contradicted == 0 ? "none" : std::to_string(e.contradicted)) + " of them" +
                                (e.contradicted == 1 ? " is" : " are") + " contradicted by another.",
            {data});
    }
    return text + "</div></section>\n";
}

}  // namespace steelyard::report
