// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Other programs' files: read into a case, written from one.
///
/// Everything works on texts; a door opens and writes the files.  File names serve only as names: of actors
/// and of the case, and in messages.  Nothing that a file refers to is ever opened.

#include "steelyard/core/described.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/model/case.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace steelyard {

/// What an import may not exceed, besides the limits of case files.
struct ExchangeLimits {
    static constexpr std::size_t files = 64;
    static constexpr std::size_t bytes = 16 * 1024 * 1024;  ///< of one file
};

/// A file as a door has read it, or is to write it.
struct TextFile {
    std::string name;
    std::string text;
    friend bool operator==(const TextFile&, const TextFile&) = default;
};

/// How the evaluations of a GENIUS profile become points.  Programs disagree; a result must say which it
/// used.
enum class Reading { genius, raw };

constexpr auto choices_of(Reading) {
    return std::array{
        Choice<Reading>{Reading::genius, "genius",
                        "as GENIUS: points = weight x evaluation / largest evaluation of the issue, a whole "
                        "deal worth at most 1"},
        Choice<Reading>{Reading::raw, "raw", "as typed: points = weight x evaluation, nothing scaled or cut"},
    };
}

struct ExchangeOptions {
    Reading reading = Reading::genius;

    static constexpr auto fields() {
        return std::tuple{
            field("reading", &ExchangeOptions::reading, "How evaluations become points."),
        };
    }
};

/// A case from other files, with what its reader should know: which reading was used, what was rounded, what
/// the files say that a case has no place for.
struct Imported {
    Case value;
    std::vector<std::string> notes;
};

/// Files from a case, with what they could not carry.  Names are plain file names without folders.
struct Exported {
    std::vector<TextFile> files;
    std::vector<std::string> notes;
};

/// One foreign format.
struct ExchangeFormat {
    std::string_view name;        ///< as typed at a door
    std::string_view title;       ///< as people call it
    std::string_view files;       ///< which files make one case
    std::string_view extensions;  ///< usual endings, separated by blanks
    bool has_readings = false;    ///< whether `ExchangeOptions::reading` means anything
    Imported (*read)(std::span<const TextFile>, const ExchangeOptions&) = nullptr;
    Exported (*write)(const Case&, const ExchangeOptions&) = nullptr;  ///< nullptr: only read
};

/// Every format, in the order of the reference page.
std::span<const ExchangeFormat> exchange_formats();

/// The format called `name`.  Throws `Error` (unknown_name) with a near match.
const ExchangeFormat& find_exchange_format(std::string_view name);

/// The case that the files describe; actors in the order of the files.  It has no defects and stays within
/// the limits of case files, so `write_case` of it reads back equal.
///
/// Numbers stay exact.  Where sums of points would need more than 64 bits, weights (to 12 decimals or more) or
/// points (to 15 decimals for utilities of 0 to 1) are rounded, and a note says so.
/// Throws `Error`: unknown_name (format), invalid_case (with file, line, what was found and what is allowed),
/// unsupported (naming what the files use that a case cannot express), limit.
Imported import_case(std::string_view format, std::span<const TextFile> files,
                     const ExchangeOptions& options = {});

/// The case as that format's files.  Importing them gives the case back as far as the format can carry it;
/// what is left out or rounded is in the notes.  Throws `Error`: unknown_name, unsupported (naming what would
/// change the meaning if it were left out, such as rules), missing_section (no preferences).
Exported export_case(std::string_view format, const Case& subject, const ExchangeOptions& options = {});

/// A score sheet to fill in: the header, example rows and no points, for the actors named (two when none
/// are). It imports once every cell has a number.  Throws `Error` (usage) for actors without a name or named
/// twice.
std::string scoresheet_template(std::span<const std::string> actors);

}  // namespace steelyard
