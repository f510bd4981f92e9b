// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Case files: YAML (and so JSON) text to a `Case` and back.
///
/// The reader decides the type of every value by the key it stands under, so `no` is a text where a text is
/// due and an error where a number is.  It reports every problem of a file at once.

#include "steelyard/core/error.hpp"
#include "steelyard/model/case.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace steelyard {

/// The newest format version this library reads.
inline constexpr int kCaseFormat = 1;

/// What a case file may not exceed.  Each limit passed is an error that names it.
struct CaseLimits {
    static constexpr std::size_t bytes = 4 * 1024 * 1024;
    static constexpr std::size_t depth = 32;          ///< of maps and lists inside each other
    static constexpr std::size_t values = 200'000;    ///< texts, numbers, lists and maps together
    static constexpr std::size_t entries = 10'000;    ///< of one list or map
    static constexpr std::size_t key_bytes = 128;     ///< of one key
    static constexpr std::size_t id_characters = 64;  ///< of one id
    static constexpr std::size_t actors = 500;
    static constexpr std::size_t issues = 1'000;
    static constexpr std::size_t options = 10'000;  ///< of all issues together
    static constexpr std::size_t problems = 500;    ///< reported of one file; the rest are counted
};

/// Where a value stands in the file's text.  `line` and `column` count from 1 (columns in characters);
/// `begin` and `end` are byte offsets, end exclusive.  Line and column are those of the key where the value
/// begins on a later line than its key.
struct SourceSpan {
    std::size_t line = 0;
    std::size_t column = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// A case with the text it was read from.
struct CaseFile {
    std::string name;  ///< as the user named it
    std::string text;  ///< byte for byte
    Case value;
    std::map<std::string, SourceSpan, std::less<>> spans;  ///< by JSON Pointer

    /// The place of a JSON Pointer, or of the closest part of the file above it.  O(depth log size).
    [[nodiscard]] Place place(std::string_view pointer) const;
};

/// Reads a case.  `file_name` is only for messages; a name that ends in `.json` changes nothing, because JSON
/// is read as the YAML it is.
///
/// Throws `Error` (invalid_case) with every problem, in file order: what breaks YAML, what breaks the format
/// (unknown keys, wrong types, unknown names, duplicates), and what `defects` finds.
CaseFile read_case(std::string text, std::string file_name);

/// The case as a tree of the shape of its file, in canonical order, defaults left out.  JSON made of it reads
/// back as the same case: numbers that JSON cannot carry exactly (1/3) are texts.
Value case_to_tree(const Case& subject);

/// The canonical text: equal cases give equal bytes, and reading it gives an equal case.
std::string write_case(const Case& subject);

/// SHA-256 of the canonical text: the fingerprint in every result's provenance.
std::string case_hash(const Case& subject);

/// The number that `text` states in any form a case file knows: `12`, `1/3`, `10..14`,
/// `{low: 10, best: 12, high: 14}`.  Throws `Error` (invalid_case) that says what is allowed.  Claims cannot
/// be named here: `because` is refused.
Number parse_number_text(std::string_view text);

/// The file's text with the number at `address` (see `resolve_number`) replaced by `text`; every other byte,
/// comments included, stays.  The result has been read again.  Throws `Error`: unknown_name, or invalid_case
/// when the text is not a number or the case with it has defects.
std::string with_number(const CaseFile& file, std::string_view address, std::string_view text);

/// As `with_number`; but where `text` is a single figure and the number stands in the file with its `best` or `value`
/// named, only that figure is rewritten, and range, claims and reason stay. A `low` or `high` that the figure passes
/// moves with it.
std::string with_best(const CaseFile& file, std::string_view address, std::string_view text);

}  // namespace steelyard
