// SPDX-License-Identifier: Apache-2.0
// Every case of the catalogue reads, and goes through the canonical text and through JSON unchanged.
#include "steelyard/format/case_file.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/model/numbers.hpp"
#include "steelyard/model/validate.hpp"
#include "support/precompiled.hpp"
#include "support/read_file.hpp"
#include "support/reference_data.hpp"

#include <filesystem>

namespace steelyard {
namespace {

using test::read_file;
using test::source_path;

std::vector<std::filesystem::path> catalogue() {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source_path("cases"))) {
        if (entry.path().extension() == ".yaml")
            paths.push_back(entry.path());
    }
    std::ranges::sort(paths);
    return paths;
}

TEST(Catalogue, HoldsCases) {
    EXPECT_GE(catalogue().size(), 5U);
}

TEST(Catalogue, EveryCaseReadsAndGoesRound) {
    for (const auto& path : catalogue()) {
        SCOPED_TRACE(path.string());
        const std::string text = read_file(path);
        const CaseFile file = read_case(text, path.filename().string());
        EXPECT_EQ(file.text, text);

        const std::string canonical = write_case(file.value);
        const Case again = read_case(canonical, "canonical").value;
        EXPECT_TRUE(again == file.value);
        EXPECT_EQ(write_case(again), canonical);

        const std::string json = to_json(case_to_tree(file.value));
        EXPECT_TRUE(read_case(json, "case.json").value == file.value);

        for (const Problem& note : notes(file.value)) {
            Problem shown = note;
            shown.place = file.place(note.place.pointer);
            std::cout << "  note: " << to_text(shown) << '\n';
            EXPECT_GT(shown.place.line, 0U);
        }
    }
}

TEST(Catalogue, EveryNumberHasItsOwnPlace) {
    for (const auto& path : catalogue()) {
        SCOPED_TRACE(path.string());
        const CaseFile file = read_case(read_file(path), path.filename().string());
        for_each_number(file.value, [&](const std::string& pointer, const Number& number) {
            const auto span = file.spans.find(pointer);
            ASSERT_NE(span, file.spans.end()) << pointer;
            const std::string typed =
                file.text.substr(span->second.begin, span->second.end - span->second.begin);
            EXPECT_EQ(parse_number(typed).value_or(number).best(), number.best()) << pointer << ' ' << typed;
        });
    }
}

}  // namespace
}  // namespace steelyard
