// SPDX-License-Identifier: Apache-2.0
#include "table_rows.hpp"

#include "csv.hpp"
#include "utf8.hpp"

#include <algorithm>

namespace steelyard::format {

namespace {

bool is_text(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Utf8 character = read_utf8(text, at);
        if (character.size == 0 || character.code == 0) {
            return false;
        }
        at += character.size;
    }
    return true;
}

}  // namespace

std::vector<TableRow> read_rows(std::string_view text, std::string_view file, char separator) {
    std::vector<TableRow> rows;
    TableProblems problems(file);
    for (auto& cells : read_csv(text, file, separator).rows) {
        TableRow row{cells.front().line, {}};
        for (CsvCell& cell : cells) {
            row.cells.push_back(std::move(cell.text));
        }
        if (!std::ranges::all_of(row.cells, is_text)) {
            problems.add(row.line, "the row holds bytes that are no UTF-8 text", {},
                         "save the file as UTF-8");
        }
        rows.push_back(std::move(row));
    }
    problems.raise();
    return rows;
}

void TableProblems::add(std::size_t line, std::string message, std::string found, std::string allowed,
                        std::string nearest) {
    problems_.push_back(
        {{file_, line, 0, ""}, std::move(message), std::move(found), std::move(allowed), std::move(nearest)});
}

std::optional<Rational> TableProblems::number(std::size_t line, const std::string& cell,
                                              const std::string& what, std::optional<double> low,
                                              std::optional<double> high) {
    const auto value = Rational::parse(cell);
    if (!value) {
        add(line, what + " is not a number", cell, "a decimal with a point, such as 12.5");
        return std::nullopt;
    }
    const double x = value->to_double();
    if ((low && x < *low) || (high && x > *high)) {
        const auto text = [](double bound) { return Rational::nearest(bound).text(); };
        std::string allowed;
        if (low && high) {
            allowed = text(*low) + " to " + text(*high);
        } else {
            allowed = low ? "at least " + text(*low) : "at most " + text(*high);
        }
        add(line, what + " is out of range", cell, std::move(allowed));
        return std::nullopt;
    }
    return value;
}

void TableProblems::raise() {
    if (!problems_.empty()) {
        throw Error(ErrorKind::invalid_case, std::move(problems_));
    }
}

}  // namespace steelyard::format
