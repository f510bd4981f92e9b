// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace steelyard::test {

/// The file or folder `relative` ("space/itexvscypress") among the published reference data, or nothing when
/// it is not on this machine. The data stand in the folder named by the environment variable
/// STEELYARD_REFERENCE_DATA, or else in ../shared/data beside the source tree.
std::optional<std::filesystem::path> reference_data(std::string_view relative);

/// The file or folder `relative` in this source tree ("cases/teaching").
std::filesystem::path source_path(std::string_view relative);

}  // namespace steelyard::test

/// Declares `variable` as the path of reference data, or skips the test and says what was missing.
#define STEELYARD_REFERENCE_OR_SKIP(variable, relative)                                                \
    const auto variable##_or_none = ::steelyard::test::reference_data(relative);                       \
    if (!variable##_or_none) {                                                                         \
        GTEST_SKIP() << "reference data " << (relative) << " not found: set STEELYARD_REFERENCE_DATA"; \
    }                                                                                                  \
    const std::filesystem::path& variable = *variable##_or_none
