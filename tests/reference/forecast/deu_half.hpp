// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The shared half of the DEU data.

#include "steelyard/format/stance_tables.hpp"
#include "support/read_file.hpp"

#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace steelyard::test {

/// The proposals of the study's table in `folder`, the table of issues changed by `edit` before it is read.
inline std::vector<Case> deu(const std::filesystem::path& folder, const DeuOptions& options = {},
                             std::string (*edit)(const std::string&) = nullptr) {
    const std::string table = read_file(folder / "deu3_even_proposals.csv");
    const std::string issues = edit == nullptr ? table : edit(table);
    const std::string eu15 = read_file(folder / "EU15.csv");
    const std::string eu27 = read_file(folder / "EU27.csv");
    return read_deu({issues, "issues", eu15, "EU15", eu27, "EU27"}, options);
}

/// The cells of a line without quotes.
inline std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
        if (c == ',') {
            cells.emplace_back();
        } else if (c != '\r') {
            cells.back() += c;
        }
    }
    return cells;
}

/// The table with every empty position of an actor that has one on another issue of the proposal put at the reference
/// point, where there is one.
inline std::string at_reference_point(const std::string& table) {
    std::istringstream lines(table);
    std::string line;
    std::getline(lines, line);
    const std::vector<std::string> heading = cells_of(line);
    const auto column = [&](const char* name) {
        return static_cast<std::size_t>(std::ranges::find(heading, name) - heading.begin());
    };
    const std::size_t proposal = column("prnrnmc");
    const std::size_t reference = column("rp");
    std::vector<std::vector<std::string>> rows;
    std::map<std::string, std::vector<char>> takes_part;  // by proposal, then column
    while (std::getline(lines, line)) {
        rows.push_back(cells_of(line));
        std::vector<char>& part = takes_part[rows.back().at(proposal)];
        part.resize(heading.size());
        for (std::size_t c = 0; c < heading.size(); ++c) {
            part[c] = rows.back().at(c).empty() ? part[c] : char{1};
        }
    }
    std::string changed;
    const auto write = [&](const std::vector<std::string>& cells) {
        for (std::size_t c = 0; c < cells.size(); ++c) {
            changed += (c > 0 ? "," : "") + cells[c];
        }
        changed += "\n";
    };
    write(heading);
    for (std::vector<std::string>& row : rows) {
        for (std::size_t c = column("pcom"); c < column("scom"); ++c) {
            if (row[c].empty() && takes_part[row[proposal]][c] != 0) {
                row[c] = row[reference];
            }
        }
        write(row);
    }
    return changed;
}

}  // namespace steelyard::test
