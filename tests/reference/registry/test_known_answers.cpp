// SPDX-License-Identifier: Apache-2.0
// Every `known` entry of every case in the catalogue: what was published, or found by an independent method, against what
// the program computes.
#include "steelyard/format/case_file.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/registry/analysis.hpp"
#include "support/reference_data.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace steelyard {
namespace {

std::vector<std::filesystem::path> catalogue() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(test::source_path("cases"))) {
        if (entry.path().extension() == ".yaml") {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

/// Whether `found` is what the entry says: equal, or a number within the stated distance (0 where none is stated).
bool agrees(const KnownAnswer& known, const Value& found) {
    const auto expected = known.value.number();
    const auto number = found.number();
    if (!expected || !number) {
        return found == known.value;
    }
    const double within = known.within ? known.within->to_double() : 0;
    return std::abs(*number - *expected) <= within;
}

class KnownAnswers : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(KnownAnswers, AreWhatTheProgramComputes) {
    std::ifstream stream(GetParam(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    const Case subject = read_case(text, GetParam().string()).value;
    if (subject.known.empty()) {
        GTEST_SKIP() << "states no known answers";
    }
    // Entries often look into the same run: each is done once.
    Named<Value> runs;
    for (const KnownAnswer& known : subject.known) {
        const std::string call = known.analysis + ' ' + to_json(known.options, 0);
        auto run_before = std::ranges::find(runs, call, &Named<Value>::value_type::first);
        if (run_before == runs.end()) {
            runs.emplace_back(call, run(known.analysis, subject, known.options).result);
            run_before = std::prev(runs.end());
        }
        const Value found = select(run_before->second, known.path);
        EXPECT_TRUE(agrees(known, found)) << call << ' ' << known.path << " is " << to_json(found, 0)
                                          << ", but " << known.cite << " has " << to_json(known.value, 0);
    }
}

std::string test_name(const testing::TestParamInfo<std::filesystem::path>& file) {
    std::string name = file.param.parent_path().filename().string() + '_' + file.param.stem().string();
    std::ranges::replace_if(
        name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Catalogue, KnownAnswers, testing::ValuesIn(catalogue()), test_name);

}  // namespace
}  // namespace steelyard
