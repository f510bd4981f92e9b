// SPDX-License-Identifier: Apache-2.0
#include "report/markup.hpp"
#include "report/render_words.hpp"
#include "report/words.hpp"
#include "steelyard/report/render.hpp"

#include <fmt/format.h>

namespace steelyard::report {

namespace {

class Page {
public:
    void heading(int level, std::string_view text) {
        text_ += fmt::format("{} {}\n\n", std::string(static_cast<std::size_t>(level), '#'),
                             escape_markdown(text, false));
    }
    void paragraph(std::string_view text) { text_ += escape_markdown(text) + "\n\n"; }
    void strong(std::string_view text) { text_ += "**" + escape_markdown(text, false) + "**\n\n"; }
    void list(const std::vector<std::string>& items, std::size_t most = 1000) {
        for (std::size_t i = 0; i < std::min(most, items.size()); ++i) {
            text_ += "- " + escape_markdown(items[i]) + "\n";
        }
        if (items.size() > most) {
            text_ += "- and " + count_of(items.size() - most, "more claim", "more claims") + "\n";
        }
        if (!items.empty()) {
            text_ += "\n";
        }
    }
    void table(const FactTable& table) {
        text_ += "*" + escape_markdown(table.caption, false) + "*\n\n|";
        for (const std::string& column : table.columns) {
            text_ += " " + escape_markdown(column, false) + " |";
        }
        text_ += "\n|";
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            bool right = !table.rows.empty();
            for (const auto& row : table.rows) {
                right = right && is_numeric(row[c]);
            }
            text_ += right ? "---:|" : "---|";
        }
        text_ += "\n";
        for (const auto& row : table.rows) {
            text_ += "|";
            for (const Value& value : row) {
                text_ += " " + escape_markdown(cell_text(value), false) + " |";
            }
            text_ += "\n";
        }
        text_ += "\n";
    }
    void raw(std::string_view text) { text_ += text; }
    [[nodiscard]] std::string take() {
        while (text_.ends_with("\n\n")) {
            text_.pop_back();
        }
        return std::move(text_);
    }

private:
    std::string text_;
};

FactTable table_facts(const Brief& brief, const TableFacts& facts) {
    FactTable table;
    table.caption = facts.name + ": " + count_text(facts.deals) + " deals, " + count_text(facts.feasible) +
                    " possible, " + count_text(facts.acceptable) + " acceptable, " +
                    count_of(facts.frontier.size(), "efficient point") + "; gains over no agreement";
    table.columns = {"Deal"};
    for (const auto& [id, points] : facts.no_deal) {
        table.columns.emplace_back(actor_name(brief, id));
    }
    for (const MarkedDeal& mark : facts.marks) {
        std::vector<Value> row{Value(mark.name)};
        for (const auto& [id, gain] : mark.gains) {
            row.emplace_back(gain);
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

void write_answer(Page& page, const Brief& brief, const Answer& answer, std::size_t number) {
    page.heading(3, fmt::format("{}. {}", number, answer.ask));
    for (const AnswerPart& part : answer.parts) {
        page.strong(part.sentence);
    }
    for (const AnswerPart& part : answer.parts) {
        page.heading(4, part_heading(part));
        if (!part.see.empty()) {
            page.paragraph("In full under " + question_name(brief, part.see) + ".");
            continue;
        }
        page.list(part.why);
        for (const FactTable& table : part.tables) {
            page.table(table);
        }
        if (part.likelihood) {
            page.paragraph(part.likelihood->sentence);
        }
        if (!part.would_change.empty()) {
            page.paragraph("What would change it:");
            page.list(part.would_change);
        }
        if (part.needs) {
            page.raw("*Needs the analysis `" + part.needs->analysis + "`:* " +
                     escape_markdown(part.needs->sentence) + "\n\n");
        }
    }
    page.raw("**What it rests on.** " + escape_markdown(answer.rests_on.sentence) + " " +
             escape_markdown(answer.confidence.sentence) + "\n\n");
    std::vector<std::string> claims;
    for (const Leaning& leaning : answer.rests_on.claims) {
        claims.push_back(claim_line(claim_of(brief, leaning.claim)));
    }
    constexpr std::size_t shown = 6;
    page.list(claims, shown);
}

void write_uncertain(Page& page, const Brief& brief, const UncertainFacts& facts) {
    page.heading(2, "What would change the answers");
    page.list(facts.summary);
    for (const GainSpread& gain : facts.gains) {
        if (!gain.numbers.empty()) {
            page.table(swings_table(gain));
        }
    }
    if (!facts.read_next.empty()) {
        page.heading(3, "Read this next");
        std::vector<std::string> lines;
        for (const ReadNext& next : facts.read_next) {
            lines.push_back(claim_line(claim_of(brief, next.claim)) + ". " + next.sentence);
        }
        page.list(lines);
    }
}

}  // namespace

std::string to_markdown(const Brief& brief) {
    Page page;
    page.heading(1, brief.title);
    if (!brief.as_of.empty()) {
        page.paragraph("As of " + brief.as_of);
    }
    if (!brief.about.empty()) {
        page.paragraph(brief.about);
    }
    page.heading(2, "In short");
    page.list(brief.summary);
    page.heading(2, "Questions and answers");
    for (std::size_t i = 0; i < brief.answers.size(); ++i) {
        write_answer(page, brief, brief.answers[i], i + 1);
    }
    if (brief.uncertain) {
        write_uncertain(page, brief, *brief.uncertain);
    }
    page.heading(2, "The tables");
    for (const TableFacts& facts : brief.tables) {
        page.table(table_facts(brief, facts));
    }
    if (!brief.sources.empty()) {
        page.heading(2, "Sources");
        std::vector<std::string> sources;
        for (const SourceNote& source : brief.sources) {
            sources.push_back(source_line(source) + (source.note.empty() ? "" : ". " + source.note));
        }
        page.list(sources);
    }
    page.heading(2, "How to read this");
    page.list(brief.notes);
    page.paragraph(provenance_line(brief.provenance));
    return page.take();
}

}  // namespace steelyard::report
