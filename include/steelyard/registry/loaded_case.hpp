// SPDX-License-Identifier: Apache-2.0
#pragma once
/// A case as a door works on it: as it was read, and as it stands with the numbers that a call replaces.

#include "steelyard/core/value.hpp"
#include "steelyard/evidence/pool.hpp"
#include "steelyard/format/case_file.hpp"

#include <string>
#include <string_view>

namespace steelyard {

struct LoadedCase {
    CaseFile file;                 ///< as read; its places are those of the file
    Case subject;                  ///< with the overrides
    Named<std::string> overrides;  ///< JSON Pointer, text as given
};

/// Reads a case.  Throws as `read_case`.
LoadedCase load_case(std::string text, std::string file_name);
/// Works on a case that was read already.
LoadedCase load_case(CaseFile file);

/// Whether the case of a request is a name (an id, a path) and not the case itself.
bool is_case_name(const Value& subject);
/// The case that stands in a request itself: its text, or a map.  Throws as `read_case`.
LoadedCase load_inline_case(const Value& subject);

/// Replaces one number and puts it on record.  Throws as `resolve_number` and `set_number`.
void override_number(LoadedCase& loaded, std::string_view address, const std::string& text);
/// The same for each override of a request: a number, or its text.  Throws also `Error` (usage).
void override_numbers(LoadedCase& loaded, const Named<Value>& overrides);

/// Gives the numbers the spreads that follow from judgements, on record as overrides; returns what to tell the
/// reader.  `summary` says whose judgements they are.
std::string apply_pools(LoadedCase& loaded, const evidence::PoolOptions& judgements,
                        std::string_view summary);
/// Stretches every number that rests on this source alone to its full range, on record; returns what to tell
/// the reader.
std::string apply_discredit(LoadedCase& loaded, const std::string& source);

}  // namespace steelyard
