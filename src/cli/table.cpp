// SPDX-License-Identifier: Apache-2.0
#include "table.hpp"

#include <algorithm>
#include <numeric>

namespace steelyard::cli {

namespace {

constexpr std::size_t kGap = 2;      ///< between columns
constexpr std::size_t kNarrow = 12;  ///< no text is cut below this

std::string cut(std::string text, std::size_t width) {
    if (columns(text) <= width)
        return text;
    std::size_t at = 0;
    for (std::size_t used = 0; used + 1 < width; ++used) {
        do
            ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
    }
    return text.substr(0, at) + "…";
}

bool is_numeric(std::string_view text) {
    return text.find_first_not_of("0123456789.-+e%") == std::string_view::npos;
}

std::vector<std::size_t> natural_widths(const Table& table) {
    std::vector<std::size_t> widths;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        std::size_t width = columns(table.columns[c].heading);
        for (const auto& row : table.rows)
            width = std::max(width, columns(row[c]));
        widths.push_back(width);
    }
    return widths;
}

std::size_t total(const std::vector<std::size_t>& widths) {
    return std::accumulate(widths.begin(), widths.end(), widths.empty() ? 0 : (widths.size() - 1) * kGap);
}

/// Takes from the widest texts until the table fits or nothing is left to take.
void narrow(std::vector<std::size_t>& widths, const std::vector<bool>& numeric, std::size_t available) {
    while (total(widths) > available) {
        std::size_t widest = widths.size();
        for (std::size_t c = 0; c < widths.size(); ++c) {
            if (!numeric[c] && widths[c] > kNarrow && (widest == widths.size() || widths[c] > widths[widest]))
                widest = c;
        }
        if (widest == widths.size())
            return;
        --widths[widest];
    }
}

/// The groups above the headings, each where its first column begins.
std::string group_line(const Table& table, const std::vector<std::size_t>& widths) {
    std::string line;
    std::size_t start = 0;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const std::string& group = table.columns[c].group;
        if (!group.empty() && (c == 0 || table.columns[c - 1].group != group)) {
            if (columns(line) < start)
                line.append(start - columns(line), ' ');
            else if (!line.empty())
                line += ' ';
            line += group;
        }
        start += widths[c] + kGap;
    }
    return line;
}

void show_with_tabs(const Table& table, Terminal& terminal) {
    const auto joined = [](const std::vector<std::string>& cells) {
        std::string line;
        for (std::size_t i = 0; i < cells.size(); ++i)
            line += (i > 0 ? "\t" : "") + one_line(cells[i]);
        return line;
    };
    std::vector<std::string> headings;
    for (const Table::Column& column : table.columns)
        headings.push_back((column.group.empty() ? "" : column.group + ' ') + column.heading);
    terminal.line(joined(headings));
    for (const auto& row : table.rows)
        terminal.line(joined(row));
}

}  // namespace

std::size_t table_width(const Table& table) {
    return total(natural_widths(table));
}

std::string one_line(std::string text) {
    std::ranges::replace_if(text, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return text;
}

void show_table(const Table& table, Terminal& terminal) {
    if (!terminal.interactive()) {
        show_with_tabs(table, terminal);
        return;
    }
    std::vector<bool> numeric;
    for (std::size_t c = 0; c < table.columns.size(); ++c)
        numeric.push_back(
            std::ranges::all_of(table.rows, [&](const auto& row) { return is_numeric(row[c]); }));
    std::vector<std::size_t> widths = natural_widths(table);
    narrow(widths, numeric, terminal.width());
    const auto row_text = [&](const auto& text_of) {
        std::string line;
        for (std::size_t c = 0; c < widths.size(); ++c) {
            const std::string cell = cut(one_line(text_of(c)), widths[c]);
            const std::string space(widths[c] - columns(cell), ' ');
            line += (c > 0 ? std::string(kGap, ' ') : "") + (numeric[c] ? space + cell : cell + space);
        }
        return line.substr(0, line.find_last_not_of(' ') + 1);
    };
    if (const std::string groups = group_line(table, widths); !groups.empty())
        terminal.line(terminal.ink(Ink::faint, groups));
    terminal.line(
        terminal.ink(Ink::accent, row_text([&](std::size_t c) { return table.columns[c].heading; })));
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        terminal.line(row_text([&](std::size_t c) { return table.rows[r][c]; }));
        if (r >= table.details.size())
            continue;
        for (const std::string& detail : table.details[r])
            terminal.line("    " + terminal.ink(Ink::faint, wrap(detail, terminal.width(), 4)));
    }
}

}  // namespace steelyard::cli
