// SPDX-License-Identifier: Apache-2.0
#include "report/render_words.hpp"
#include "report/words.hpp"
#include "steelyard/report/render.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace steelyard::report {

namespace {

/// Writes wrapped lines, with colours where wanted.
class Screen {
public:
    Screen(std::size_t width, bool colour) : width_(width), colour_(colour) {}

    [[nodiscard]] std::string bold(std::string_view text) const { return styled("1", text); }
    [[nodiscard]] std::string faint(std::string_view text) const { return styled("2", text); }
    [[nodiscard]] std::string accent(std::string_view text) const { return styled("36", text); }

    void blank() { text_ += '\n'; }

    /// One paragraph: `first` before its first line, `rest` before the others; `style` an ANSI code or empty.
    void paragraph(std::string_view text, std::string_view first = {}, std::string_view rest = {},
                   std::string_view style = {}) {
        std::string line(first);
        std::size_t used = text_length(first);
        bool empty = true;
        std::size_t at = 0;
        while (at < text.size()) {
            const std::size_t end = std::min(text.find_first_of(" \n\t", at), text.size());
            const std::string_view word = text.substr(at, end - at);
            at = end + 1;
            if (word.empty()) {
                continue;
            }
            const std::size_t length = text_length(word);
            if (!empty && used + 1 + length > width_) {
                flush(line, style);
                line = rest;
                used = text_length(rest);
                empty = true;
            }
            if (!empty) {
                line += ' ';
                ++used;
            }
            line += word;
            used += length;
            empty = false;
        }
        flush(line, style);
    }

    void heading(std::string_view text, char underline) {
        text_ += colour_ ? bold(text) : std::string(text);
        text_ += '\n';
        if (!colour_) {
            text_.append(std::min(text_length(text), width_), underline);
            text_ += '\n';
        }
    }

    void raw(std::string_view line) {
        text_ += line;
        text_ += '\n';
    }

    void table(const FactTable& table);

    [[nodiscard]] std::size_t width() const { return width_; }
    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    std::string styled(std::string_view code, std::string_view text) const {
        return colour_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
    }
    void flush(const std::string& line, std::string_view style) {
        text_ += style.empty() ? line : styled(style, line);
        text_ += '\n';
    }

    std::size_t width_;
    bool colour_;
    std::string text_;
};

std::string padded(std::string_view text, std::size_t width, bool right) {
    const std::size_t length = text_length(text);
    const std::string space(width > length ? width - length : 0, ' ');
    return right ? space + std::string(text) : std::string(text) + space;
}

/// Words of a cell in lines of at most `width`; a longer word is cut where the line ends.
std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::vector<std::string> lines(1);
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        std::string_view word = text.substr(at, end - at);
        at = end + 1;
        if (!lines.back().empty() && text_length(lines.back()) + 1 + text_length(word) > width) {
            lines.emplace_back();
        }
        lines.back() += lines.back().empty() ? "" : " ";
        for (; text_length(lines.back()) + text_length(word) > width && !word.empty(); lines.emplace_back()) {
            while (!word.empty() && text_length(lines.back()) < width) {
                do {
                    lines.back() += word.front();
                    word.remove_prefix(1);
                } while (!word.empty() && (static_cast<unsigned char>(word.front()) & 0xC0U) == 0x80U);
            }
        }
        lines.back() += word;
    }
    return lines;
}

std::size_t longest_word(std::string_view text) {
    std::size_t longest = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        longest = std::max(longest, text_length(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return longest;
}

/// Takes from the widest columns that may give until they fit into `room`; whether they do.
bool fit(std::vector<std::size_t>& widths, const std::vector<std::size_t>& least, std::size_t room) {
    std::size_t sum = 0;
    for (const std::size_t width : widths) {
        sum += width;
    }
    while (sum > room) {
        std::size_t widest = widths.size();
        for (std::size_t c = 0; c < widths.size(); ++c) {
            if (widths[c] > least[c] && (widest == widths.size() || widths[c] > widths[widest])) {
                widest = c;
            }
        }
        if (widest == widths.size()) {
            return false;
        }
        --widths[widest];
        --sum;
    }
    return true;
}

void Screen::table(const FactTable& table) {
    const std::size_t columns = table.columns.size();
    constexpr std::size_t gap = 2;
    constexpr std::size_t indent = 4;
    std::vector<std::size_t> widths(columns, 0);
    std::vector<bool> right(columns, true);
    for (std::size_t c = 0; c < columns; ++c) {
        widths[c] = text_length(table.columns[c]);
        for (const auto& row : table.rows) {
            widths[c] = std::max(widths[c], text_length(cell_text(row[c])));
            right[c] = right[c] && is_numeric(row[c]);
        }
    }
    std::vector<std::size_t> least(columns, 0);  // no word of common length is cut
    for (std::size_t c = 0; c < columns; ++c) {
        constexpr std::size_t common = 17;
        least[c] = std::min(common, longest_word(table.columns[c]));
        for (const auto& row : table.rows) {
            least[c] = std::max(least[c], std::min(common, longest_word(cell_text(row[c]))));
        }
    }
    paragraph(table.caption, "    ", "    ", "3");
    if (!fit(widths, least,
             width_ - indent - gap * (columns - 1))) {  // too narrow for columns: one paragraph for each row
        for (const auto& row : table.rows) {
            std::string cells;
            for (std::size_t c = 1; c < columns; ++c) {
                cells += (c == 1 ? ": " : "; ") + table.columns[c] + " " + cell_text(row[c]);
            }
            paragraph(cell_text(row[0]) + cells, "    ", "      ");
        }
        return;
    }
    const auto print = [&](const std::vector<std::string>& cells, std::string_view style) {
        std::vector<std::vector<std::string>> blocks;
        std::size_t height = 1;
        for (std::size_t c = 0; c < columns; ++c) {
            blocks.push_back(wrapped(cells[c], widths[c]));
            height = std::max(height, blocks.back().size());
        }
        for (std::size_t l = 0; l < height; ++l) {
            std::string line(indent, ' ');
            for (std::size_t c = 0; c < columns; ++c) {
                line += (c == 0 ? "" : std::string(gap, ' ')) +
                        padded(l < blocks[c].size() ? blocks[c][l] : "", widths[c], right[c]);
            }
            line.erase(line.find_last_not_of(' ') + 1);
            flush(line, style);
        }
    };
    print(table.columns, "2");
    for (const auto& row : table.rows) {
        std::vector<std::string> cells;
        for (const Value& value : row) {
            cells.push_back(cell_text(value));
        }
        print(cells, "");
    }
}

void print_part(Screen& screen, const Brief& brief, const AnswerPart& part) {
    screen.blank();
    screen.paragraph(part_heading(part), "   ", "   ", "1");
    if (!part.see.empty()) {
        screen.paragraph("In full under " + question_name(brief, part.see) + ".", "   ", "   ");
        return;
    }
    for (const std::string& reason : part.why) {
        screen.paragraph(reason, "   - ", "     ");
    }
    for (const FactTable& table : part.tables) {
        screen.table(table);
    }
    if (part.likelihood) {
        screen.paragraph(part.likelihood->sentence, "   ", "   ");
    }
    if (!part.would_change.empty()) {
        screen.paragraph("What would change it:", "   ", "   ", "2");
    }
    for (const std::string& change : part.would_change) {
        screen.paragraph(change, "   - ", "     ");
    }
    if (part.needs) {
        screen.paragraph(part.needs->sentence,
                         fmt::format("   Needs the analysis {}: ", part.needs->analysis), "   ", "33");
    }
}

void print_answer(Screen& screen, const Brief& brief, const Answer& answer, std::size_t number) {
    screen.blank();
    screen.paragraph(answer.ask, fmt::format("{}. ", number), "   ", "1");
    for (const AnswerPart& part : answer.parts) {
        screen.paragraph(part.sentence, "   => ", "      ", "36");
    }
    for (const AnswerPart& part : answer.parts) {
        print_part(screen, brief, part);
    }
    screen.blank();
    screen.paragraph("Rests on: " + answer.rests_on.sentence, "   ", "   ");
    constexpr std::size_t shown = 3;
    for (std::size_t i = 0; i < std::min(shown, answer.rests_on.claims.size()); ++i) {
        screen.paragraph(claim_line(claim_of(brief, answer.rests_on.claims[i].claim)), "   - ", "     ", "2");
    }
    if (answer.rests_on.claims.size() > shown) {
        screen.paragraph(fmt::format("and {}", count_of(answer.rests_on.claims.size() - shown, "more claim",
                                                        "more claims")),
                         "   - ", "     ", "2");
    }
    screen.paragraph(answer.confidence.sentence, "   ", "   ");
}

void print_uncertain(Screen& screen, const Brief& brief, const UncertainFacts& facts) {
    screen.blank();
    screen.heading("What would change the answers", '-');
    for (const std::string& line : facts.summary) {
        screen.paragraph(line, "- ", "  ");
    }
    for (const GainSpread& gain : facts.gains) {
        if (!gain.numbers.empty()) {
            screen.blank();
            screen.table(swings_table(gain));
        }
    }
    if (!facts.read_next.empty()) {
        screen.blank();
        screen.heading("Read this next", '-');
        for (std::size_t i = 0; i < facts.read_next.size(); ++i) {
            screen.paragraph(claim_line(claim_of(brief, facts.read_next[i].claim)),
                             fmt::format("{}. ", i + 1), "   ");
            screen.paragraph(facts.read_next[i].sentence, "   ", "   ", "2");
        }
    }
}

}  // namespace

std::string to_terminal(const Brief& brief, int width, bool colour) {
    constexpr int narrowest = 40;
    constexpr int widest = 200;
    Screen screen(static_cast<std::size_t>(std::clamp(width, narrowest, widest)), colour);
    screen.heading(brief.title, '=');
    if (!brief.as_of.empty()) {
        screen.paragraph("As of " + brief.as_of, "", "", "2");
    }
    if (!brief.about.empty()) {
        screen.blank();
        screen.paragraph(brief.about);
    }
    screen.blank();
    screen.heading("In short", '-');
    for (const std::string& line : brief.summary) {
        screen.paragraph(line, "- ", "  ");
    }
    screen.blank();
    screen.heading("Questions and answers", '-');
    for (std::size_t i = 0; i < brief.answers.size(); ++i) {
        print_answer(screen, brief, brief.answers[i], i + 1);
    }
    if (brief.uncertain) {
        print_uncertain(screen, brief, *brief.uncertain);
    }
    if (!brief.sources.empty()) {
        screen.blank();
        screen.heading("Sources", '-');
        for (const SourceNote& source : brief.sources) {
            screen.paragraph(source_line(source), "- ", "  ");
        }
    }
    screen.blank();
    screen.heading("How to read this", '-');
    for (const std::string& note : brief.notes) {
        screen.paragraph(note, "- ", "  ");
    }
    screen.blank();
    screen.paragraph(provenance_line(brief.provenance), "", "", "2");
    return screen.take();
}

}  // namespace steelyard::report
