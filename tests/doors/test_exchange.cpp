// SPDX-License-Identifier: Apache-2.0
// Other programs' files through the door: import, export, template.
#include "doors/program.hpp"
#include "steelyard/core/value.hpp"
#include "steelyard/format/exchange.hpp"
#include "steelyard/format/json.hpp"
#include "support/reference_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace steelyard {
namespace {

using test::Outcome;
using test::Scratch;
using testing::HasSubstr;

class ExchangeDoor : public testing::Test {
protected:
    Scratch scratch;
    std::string sheet = scratch.file("sheet.csv",
                                     "issue,option,ann,bob\nprice,low,10,0\nprice,high,40,25\n"
                                     "days,3,5,60\ndays,4,1,10\nno_deal,,,12\n");
};

TEST_F(ExchangeDoor, ImportPrintsTheCaseWithItsNotesOnTop) {
    const Outcome outcome = test::steelyard({"import", "scoresheet", sheet});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_TRUE(
        outcome.out.starts_with("# no no_deal value of 'ann': 0 is taken\n\nsteelyard: 1\ncase: sheet\n"));
    test::Start start;
    start.input = outcome.out;
    const Outcome checked = test::steelyard({"check", "-"}, start);
    EXPECT_EQ(checked.exit_code, 0) << checked.out;
}

TEST_F(ExchangeDoor, ImportWritesTheFileAndSaysWhatItHolds) {
    const std::string path = scratch.path("case.yaml");
    const Outcome outcome = test::steelyard({"import", "scoresheet", sheet, "-o", path});
    EXPECT_EQ(outcome.out, path + ": 2 actors, 2 issues\nnote: no no_deal value of 'ann': 0 is taken\n");
    EXPECT_EQ(test::file_text(path), test::steelyard({"import", "scoresheet", sheet}).out);
    EXPECT_EQ(test::steelyard({"import", "scoresheet", sheet, "--output=" + path}).exit_code, 0);
}

TEST_F(ExchangeDoor, JsonHoldsCaseAndNotes) {
    const Value tree = from_json(test::steelyard({"import", "scoresheet", sheet, "--json"}).out);
    EXPECT_EQ(select(tree, "case.case"), Value("sheet"));
    EXPECT_EQ(select(tree, "notes.#"), Value(std::int64_t{1}));
}

TEST_F(ExchangeDoor, NothingIsWrittenWhereTheImportFails) {
    const std::string path = scratch.path("case.yaml");
    const std::string bad = scratch.file("bad.csv", "issue,option,ann\nprice,low,ten\n");
    const Outcome outcome = test::steelyard({"import", "scoresheet", bad, "-o", path});
    EXPECT_EQ(outcome.exit_code, 3);
    EXPECT_THAT(outcome.err, HasSubstr("bad.csv:2:11: not a number; found 'ten'"));
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(ExchangeDoor, ExportWritesIntoAFolderAndImportsBack) {
    const std::string path = scratch.path("case.yaml");
    const std::string folder = scratch.path("out");
    ASSERT_EQ(test::steelyard({"import", "scoresheet", sheet, "-o", path}).exit_code, 0);
    const Outcome outcome = test::steelyard({"export", "genius", path, "-o", folder});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(outcome.out,
              folder + "/sheet_domain.xml\n" + folder + "/ann.xml\n" + folder +
                  "/bob.xml\nnote: all points are divided by 100: GENIUS values no deal above 1\n");
    const Outcome back = test::steelyard(
        {"import", "genius", folder + "/sheet_domain.xml", folder + "/ann.xml", folder + "/bob.xml"});
    EXPECT_EQ(back.exit_code, 0) << back.err;
    EXPECT_THAT(back.out, HasSubstr("weights: {price: 0.4, days: 0.05}"));
}

TEST_F(ExchangeDoor, ASingleFileIsPrinted) {
    const std::string path = scratch.path("case.yaml");
    ASSERT_EQ(test::steelyard({"import", "scoresheet", sheet, "-o", path}).exit_code, 0);
    const Outcome outcome = test::steelyard({"export", "scoresheet", path, "--set", "price.low.ann=11"});
    EXPECT_THAT(outcome.out, HasSubstr("price,low,11,0\n"));
    EXPECT_EQ(test::steelyard({"export", "genius", path}).exit_code, 2);
    const Value tree = from_json(test::steelyard({"export", "genius", path, "--json"}).out);
    EXPECT_EQ(select(tree, "files.#"), Value(std::int64_t{3}));
}

TEST_F(ExchangeDoor, EveryFormatHasItsRowOnTheReferencePage) {
    const std::string page = test::file_text(test::source_path("docs/reference/other-formats.md").string());
    for (const ExchangeFormat& format : exchange_formats()) {
        EXPECT_THAT(page, HasSubstr("| `" + std::string(format.name) + "` | " + std::string(format.title) +
                                    ": " + std::string(format.files) + " | yes | " +
                                    (format.write != nullptr ? "yes" : "no") + " |"));
        EXPECT_THAT(test::steelyard({"import", "--help"}).out, HasSubstr(std::string(format.name)));
    }
}

}  // namespace
}  // namespace steelyard
