// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The shared half of the DEU data.

#include "steelyard/format/stance_tables.hpp"
#include "support/read_file.hpp"

#include <filesystem>

namespace steelyard::test {

/// The proposals of the study's table in `folder`.
inline std::vector<Case> deu(const std::filesystem::path& folder, const DeuOptions& options = {}) {
    const std::string issues = read_file(folder / "deu3_even_proposals.csv");
    const std::string eu15 = read_file(folder / "EU15.csv");
    const std::string eu27 = read_file(folder / "EU27.csv");
    return read_deu({issues, "issues", eu15, "EU15", eu27, "EU27"}, options);
}

}  // namespace steelyard::test
