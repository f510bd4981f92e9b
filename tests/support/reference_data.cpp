// SPDX-License-Identifier: Apache-2.0
#include "support/reference_data.hpp"

#include <cstdlib>

namespace steelyard::test {

std::optional<std::filesystem::path> reference_data(std::string_view relative) {
    const char* named = std::getenv("STEELYARD_REFERENCE_DATA");
    const std::filesystem::path folder =
        named != nullptr ? std::filesystem::path(named) : source_path("../shared/data");
    std::filesystem::path path = folder / relative;
    if (!std::filesystem::exists(path)) {
        return std::nullopt;
    }
    return path;
}

std::filesystem::path source_path(std::string_view relative) {
    return std::filesystem::path(STEELYARD_SOURCE_DIR) / relative;
}

}  // namespace steelyard::test
