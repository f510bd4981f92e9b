// SPDX-License-Identifier: Apache-2.0
#include "csv.hpp"

#include "steelyard/core/error.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace steelyard::format {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t";

/// The separator that the first row has most of, outside quotes; a comma where there is none.
char guess_separator(std::string_view text) {
    constexpr std::array<char, 3> kCandidates{',', ';', '\t'};
    std::array<std::size_t, 3> counts{};
    bool quoted = false;
    for (const char c : text) {
        if (c == '"')
            quoted = !quoted;
        if (!quoted && (c == '\n' || c == '\r')) {
            if (*std::ranges::max_element(counts) > 0)
                break;
            continue;
        }
        const auto* const found = std::ranges::find(kCandidates, c);
        if (!quoted && found != kCandidates.end())
            ++counts[static_cast<std::size_t>(found - kCandidates.begin())];
    }
    return kCandidates[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

class CsvReader {
public:
    CsvReader(std::string_view text, std::string_view file, char separator)
        : text_(text), file_(file), separator_(separator) {}

    std::vector<std::vector<CsvCell>> rows() {
        std::vector<std::vector<CsvCell>> rows;
        while (!at_end()) {
            std::vector<CsvCell> row;
            do {
                row.push_back(cell());
                if (++cells_ > CsvLimits::cells || row.size() > CsvLimits::row_cells)
                    too_large();
            } while (take(separator_));
            end_of_line();
            if (std::ranges::any_of(row, [](const CsvCell& c) { return !c.text.empty(); }))
                rows.push_back(std::move(row));
        }
        if (!problems_.empty())
            throw Error(ErrorKind::invalid_case, std::move(problems_));
        return rows;
    }

private:
    [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
    [[nodiscard]] bool at_line_end() const { return at_end() || text_[at_] == '\n' || text_[at_] == '\r'; }
    [[nodiscard]] Place place() const { return {std::string(file_), line_, column_, {}}; }

    /// One byte onward; columns count characters, lines end in `\n`, `\r` or both.
    void step() {
        const char c = text_[at_++];
        if (c == '\n' || (c == '\r' && (at_end() || text_[at_] != '\n'))) {
            ++line_;
            column_ = 1;
        } else if (c != '\r' && (static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
            ++column_;
        }
    }

    bool take(char c) {
        if (at_end() || text_[at_] != c)
            return false;
        step();
        return true;
    }

    void end_of_line() {
        if (!take('\r') || !at_end())
            take('\n');
    }

    void skip_blanks() {
        while (!at_end() && text_[at_] != separator_ && kBlanks.find(text_[at_]) != std::string_view::npos)
            step();
    }

    CsvCell cell() {
        skip_blanks();
        CsvCell result{{}, line_, column_};
        if (take('"')) {
            quoted(result);
            skip_blanks();
            if (!at_line_end() && text_[at_] != separator_)
                problems_.push_back({place(),
                                     "text behind a closing quote",
                                     std::string(plain()),
                                     "a quote inside a quoted text is written twice: \"\"",
                                     {}});
        } else {
            result.text = plain();
        }
        return result;
    }

    /// Up to the next separator or line end, without trailing blanks.
    std::string_view plain() {
        const std::size_t begin = at_;
        while (!at_line_end() && text_[at_] != separator_)
            step();
        std::string_view text = text_.substr(begin, at_ - begin);
        while (!text.empty() && kBlanks.find(text.back()) != std::string_view::npos)
            text.remove_suffix(1);
        return text;
    }

    void quoted(CsvCell& cell) {
        while (!at_end()) {
            if (take('"') && !take_quote(cell))
                return;
            if (!at_end() && text_[at_] != '"') {
                cell.text += text_[at_];
                step();
            }
        }
        problems_.push_back({{std::string(file_), cell.line, cell.column, {}},
                             "a quote that is never closed",
                             {},
                             "a closing \" before the separator or the end of the line",
                             {}});
    }

    /// Behind a quote inside quotes: another one stands for itself.
    bool take_quote(CsvCell& cell) {
        if (!take('"'))
            return false;
        cell.text += '"';
        return true;
    }

    [[noreturn]] void too_large() const {
        throw Error(ErrorKind::limit,
                    std::vector{Problem{place(),
                                        "the table has too many cells",
                                        {},
                                        "at most " + std::to_string(CsvLimits::row_cells) + " in a row and " +
                                            std::to_string(CsvLimits::cells) + " in all",
                                        {}}});
    }

    std::string_view text_;
    std::string_view file_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t column_ = 1;
    std::size_t cells_ = 0;
    std::vector<Problem> problems_;
};

bool needs_quotes(std::string_view text, char separator) {
    if (text.empty())
        return false;
    return text.find_first_of("\"\r\n") != std::string_view::npos ||
           text.find(separator) != std::string_view::npos ||
           kBlanks.find(text.front()) != std::string_view::npos ||
           kBlanks.find(text.back()) != std::string_view::npos;
}

}  // namespace

CsvTable read_csv(std::string_view text, std::string_view file_name, char separator) {
    if (text.starts_with(kByteOrderMark))
        text.remove_prefix(kByteOrderMark.size());
    CsvTable table;
    table.separator = separator != 0 ? separator : guess_separator(text);
    table.rows = CsvReader(text, file_name, table.separator).rows();
    return table;
}

std::string write_csv(const std::vector<std::vector<std::string>>& rows, char separator) {
    std::string text;
    for (const std::vector<std::string>& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0)
                text += separator;
            if (!needs_quotes(row[i], separator)) {
                text += row[i];
                continue;
            }
            text += '"';
            for (const char c : row[i]) {
                text += c;
                if (c == '"')
                    text += '"';
            }
            text += '"';
        }
        text += '\n';
    }
    return text;
}

}  // namespace steelyard::format
