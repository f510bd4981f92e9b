// SPDX-License-Identifier: Apache-2.0
#include "stance_builder.hpp"
#include "steelyard/format/stance_tables.hpp"
#include "table_rows.hpp"

#include <algorithm>

namespace steelyard {

using format::read_rows;
using format::StanceBuilder;
using format::TableProblems;
using format::TableRow;

namespace {

std::string lower(std::string text) {
    for (char& c : text) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
}

/// Which column says what.
struct Columns {
    std::size_t actor = 0;
    std::optional<std::size_t> capability;
    struct IssueColumns {
        std::string name;
        std::size_t position;
        std::optional<std::size_t> salience;
    };
    std::vector<IssueColumns> issues;
};

Columns read_heading(const TableRow& row, TableProblems& problems) {
    Columns columns;
    std::vector<std::pair<std::string, std::size_t>> saliences;
    constexpr std::string_view position = " position";
    constexpr std::string_view salience = " salience";
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
        const std::string name = lower(row.cells[c]);
        if (c == 0 || name.empty()) {
            continue;
        }
        if (name == "capability" || name == "power") {
            columns.capability = c;
        } else if (name == "position") {
            columns.issues.push_back({"Position", c, std::nullopt});
        } else if (name == "salience") {
            saliences.emplace_back("position", c);
        } else if (name.ends_with(salience)) {
            saliences.emplace_back(name.substr(0, name.size() - salience.size()), c);
        } else if (name.ends_with(position)) {
            columns.issues.push_back(
                {row.cells[c].substr(0, row.cells[c].size() - position.size()), c, std::nullopt});
        } else {
            columns.issues.push_back({row.cells[c], c, std::nullopt});
        }
    }
    std::vector<std::string> names;
    for (const auto& issue : columns.issues) {
        names.push_back(lower(issue.name));
    }
    for (const auto& [name, c] : saliences) {
        const auto place = std::ranges::find(names, name);
        if (place == names.end()) {
            problems.add(row.line, "a salience column without its position column", row.cells[c],
                         join_names(names), nearest_name(name, names));
        } else {
            columns.issues[static_cast<std::size_t>(place - names.begin())].salience = c;
        }
    }
    for (const auto& issue : columns.issues) {
        if (!issue.salience) {
            problems.add(row.line, "the issue has no salience column: add '" + issue.name + " salience'",
                         issue.name);
        }
    }
    if (columns.issues.empty()) {
        problems.add(row.line, "no column holds positions", "", "Actor, Capability, ISSUE, ISSUE salience");
    }
    return columns;
}

}  // namespace

ImportedCase read_stance_csv(std::string_view text, std::string_view file) {
    const std::vector<TableRow> rows = read_rows(text, file);
    TableProblems problems(file);
    if (rows.size() < 2) {
        problems.add(1, "a heading row and at least one actor are needed");
        problems.raise();
    }
    const Columns columns = read_heading(rows.front(), problems);
    struct Entry {
        std::size_t line, actor, issue;
        Rational position, salience;
    };
    StanceBuilder builder;
    std::vector<Entry> entries;
    std::vector<std::string> seen;
    for (std::size_t r = 1; r < rows.size(); ++r) {
        const TableRow& row = rows[r];
        const std::string& name = row.cells.front();
        const auto written =
            std::ranges::find_if_not(row.cells.rbegin(), row.cells.rend(), &std::string::empty);
        const auto cells = static_cast<std::size_t>(row.cells.rend() - written);
        if (cells > rows.front().cells.size()) {
            problems.add(row.line, "the row has more cells than the heading; a decimal has a point",
                         std::to_string(cells), std::to_string(rows.front().cells.size()));
        }
        if (name.empty()) {
            problems.add(row.line, "the row names no actor");
        } else if (std::ranges::find(seen, name) != seen.end()) {
            problems.add(row.line, "the actor has a row already", name);
        }
        seen.push_back(name);
        std::optional<Rational> capability;
        if (columns.capability) {
            capability = problems.number(row.line, row.cell(*columns.capability), "the capability", 0);
        }
        const std::size_t actor = builder.actor(name, "", capability);
        for (std::size_t k = 0; k < columns.issues.size(); ++k) {
            const auto& issue = columns.issues[k];
            const std::string position = row.cell(issue.position);
            const std::string salience = issue.salience ? row.cell(*issue.salience) : std::string("0");
            if (position.empty()) {
                continue;
            }
            const auto x = problems.number(row.line, position, "the position on " + issue.name);
            const auto s = problems.number(row.line, salience, "the salience of " + issue.name, 0, 100);
            if (x && s) {
                entries.push_back({row.line, actor, k, *x, *s});
            }
        }
    }
    problems.raise();
    ImportedCase result;
    bool shares = true;    // saliences are 0-1
    bool on_scale = true;  // positions are places on 0-100 already
    bool beyond_ten = false;
    for (const Entry& entry : entries) {
        shares = shares && entry.salience <= Rational(1);
        on_scale = on_scale && entry.position >= Rational(0) && entry.position <= Rational(100);
        beyond_ten = beyond_ten || entry.position > Rational(10);
    }
    on_scale = on_scale && beyond_ten;
    result.notes.emplace_back(shares ? "saliences read as shares of 1" : "saliences read as 0-100");
    for (std::size_t k = 0; k < columns.issues.size(); ++k) {
        builder.issue(columns.issues[k].name, "");
        std::optional<Rational> low;
        std::optional<Rational> high;
        for (const Entry& entry : entries) {
            if (entry.issue == k) {
                low = low ? std::min(*low, entry.position) : entry.position;
                high = high ? std::max(*high, entry.position) : entry.position;
            }
        }
        const bool scaled = !on_scale && low && *low < *high;
        if (scaled) {
            result.notes.push_back("positions on " + columns.issues[k].name + ": " + low->text() +
                                   " stands at 0 and " + high->text() + " at 100");
        }
        for (const Entry& entry : entries) {
            if (entry.issue != k) {
                continue;
            }
            Rational place = entry.position;
            if (scaled) {
                place = (entry.position - *low) * 100 / (*high - *low);
            } else if (!on_scale) {
                place = Rational(50);  // all stand at one place of an unknown scale
            }
            if (!on_scale) {
                builder.option(k, entry.position.text(), place);
            }
            builder.stance(entry.actor, k, place, shares ? entry.salience * 100 : entry.salience);
        }
    }
    result.subject = builder.finish("imported", std::string(file), "", "");
    return result;
}

}  // namespace steelyard
