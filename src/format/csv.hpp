// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Tables as spreadsheets save them (RFC 4180, with the separators of other languages).

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::format {

/// What a table may not exceed.
struct CsvLimits {
    static constexpr std::size_t cells = 1'000'000;
    static constexpr std::size_t row_cells = 10'000;
};

struct CsvCell {
    std::string text;        ///< without quotes; blanks around a text without quotes are dropped
    std::size_t line = 0;    ///< where it begins, from 1
    std::size_t column = 0;  ///< in characters, from 1
};

struct CsvTable {
    /// Rows may differ in length.  Rows without any text are left out.
    std::vector<std::vector<CsvCell>> rows;
    char separator = ',';
};

/// Reads a table.  `separator` 0: the one of `,` `;` and tab that the first row has most of.  Quotes double
/// inside quotes; lines end as on any system; a byte order mark is skipped.
///
/// Throws `Error`: invalid_case with every problem (a quote that is never closed, text behind a closing
/// quote), limit.  `file_name` is only for messages.  Bytes are taken as they are.  O(size).
CsvTable read_csv(std::string_view text, std::string_view file_name, char separator = 0);

/// The table as text: lines end in `\n`, quotes only where the reader needs them.
std::string write_csv(const std::vector<std::vector<std::string>>& rows, char separator = ',');

}  // namespace steelyard::format
