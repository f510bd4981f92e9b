// SPDX-License-Identifier: Apache-2.0
#include "support/golden.hpp"

#include "support/reference_data.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace steelyard::test {

namespace {

std::optional<std::string> read_text(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return std::nullopt;
    }
    return std::string(std::istreambuf_iterator<char>(file), {});
}

testing::AssertionResult write_text(const std::filesystem::path& path, std::string_view text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.close();
    if (!file) {
        return testing::AssertionFailure() << "cannot write " << path;
    }
    return testing::AssertionSuccess();
}

std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

std::string first_difference(std::string_view expected, std::string_view actual) {
    for (int number = 1;; ++number) {
        const bool expected_ended = expected.empty();
        const bool actual_ended = actual.empty();
        if (expected_ended && actual_ended) {
            return "they differ only in the last line's end";
        }
        const std::string_view wanted = take_line(expected);
        const std::string_view found = take_line(actual);
        if (wanted != found || expected_ended != actual_ended) {
            return "line " + std::to_string(number) +
                   "\n  golden: " + (expected_ended ? "(end of file)" : std::string(wanted)) +
                   "\n  new:    " + (actual_ended ? "(end of file)" : std::string(found));
        }
    }
}

}  // namespace

testing::AssertionResult matches_golden(std::string_view name, std::string_view actual) {
    const std::filesystem::path path = source_path("tests/golden") / name;
    const char* update = std::getenv("STEELYARD_UPDATE_GOLDENS");
    if (update != nullptr && std::string_view(update) == "1") {
        return write_text(path, actual);
    }
    const std::optional<std::string> expected = read_text(path);
    std::filesystem::path beside = path;
    beside += ".new";
    if (expected && *expected == actual) {
        std::filesystem::remove(beside);
        return testing::AssertionSuccess();
    }
    if (const testing::AssertionResult written = write_text(beside, actual); !written) {
        return written;
    }
    return testing::AssertionFailure()
           << "\n  golden: " << path.string() << (expected ? "" : " (absent)")
           << "\n  new:    " << beside.string()
           << "\n  first difference: " << first_difference(expected.value_or(""), actual)
           << "\n  to accept the new text run again with STEELYARD_UPDATE_GOLDENS=1";
}

}  // namespace steelyard::test
