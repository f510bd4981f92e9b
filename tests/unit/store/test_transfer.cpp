// SPDX-License-Identifier: Apache-2.0
// Backups, restoring, and the store as lines of JSON.
#include "steelyard/core/error.hpp"
#include "steelyard/store/store.hpp"
#include "store/schema.hpp"
#include "unit/store/scratch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

using namespace steelyard;
using store::Store;
using test::error_of;
using test::fill;
using test::kStamp;
using test::overwrite;
using test::StoreFolder;
using test::vote_of;
using testing::HasSubstr;
using testing::StartsWith;

TEST(Transfer, ABackupRestoresToTheSameRecords) {
    const StoreFolder folder;
    Store subject(folder.path());
    fill(subject);
    const std::string before = subject.to_lines(true);
    subject.backup(folder.path("kept"));
    EXPECT_THAT(error_of(ErrorKind::input_output, [&] { subject.backup(folder.path("kept")); }),
                HasSubstr("already a file"));
    subject.vote(vote_of("jobs", "zoe", true), kStamp);
    ASSERT_NE(subject.to_lines(true), before);
    store::restore(folder.path("kept"), folder.path(), kStamp);
    EXPECT_THAT(subject.to_lines(true), StartsWith(before)) << "the open store sees the restored records";
    EXPECT_TRUE(subject.check().sound);
    store::restore(folder.path("kept"), folder.path("elsewhere"), kStamp);
    EXPECT_EQ(Store(folder.path("elsewhere")).to_lines(true), subject.to_lines(true));
    EXPECT_EQ(subject.audit().back().action, "restore");
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path("")))
        ++files;
    EXPECT_LE(files, 7U) << "temporary files were left";
}

TEST(Transfer, ABadBackupChangesNothing) {
    const StoreFolder folder;
    Store subject(folder.path());
    fill(subject);
    const std::string before = subject.to_lines(true);
    overwrite(folder.path("text"), "not a database, but long enough to be looked at as one .............");
    EXPECT_THROW(store::restore(folder.path("text"), folder.path(), kStamp), Error);
    EXPECT_THROW(store::restore(folder.path("nothing"), folder.path(), kStamp), Error);
    subject.backup(folder.path("damaged"));
    {
        std::fstream file(folder.path("damaged"), std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(4096);
        file << std::string(std::size_t{4096} * 8, '\x5A');
    }
    EXPECT_THROW(store::restore(folder.path("damaged"), folder.path(), kStamp), Error);
    EXPECT_EQ(subject.to_lines(true), before);
}

TEST(Transfer, LinesReadBackAsTheSameStore) {
    const StoreFolder folder;
    Store subject(folder.path());
    fill(subject);
    const std::string lines = subject.to_lines(true);
    store::from_lines(lines, folder.path("copy"));
    const Store copy(folder.path("copy"));
    EXPECT_EQ(copy.to_lines(true), lines);
    EXPECT_EQ(copy.estimates("harbour")[0].high, subject.estimates("harbour")[0].high);
    EXPECT_THAT(error_of(ErrorKind::input_output, [&] { store::from_lines(lines, folder.path("copy")); }),
                HasSubstr("already holds records"));
}

TEST(Transfer, WrongLinesAreAllNamedAndNothingIsRead) {
    const StoreFolder folder;
    const std::string problems = error_of(ErrorKind::usage, [&] {
        store::from_lines(
            "{\"format\":\"steelyard store\",\"schema\":3}\n"
            "{\"table\":\"rounds\",\"case_id\":\"x\",\"round\":2,\"at\":\"t\"}\n"
            "{\"table\":\"rumours\"}\n"
            "no json\n"
            "{\"table\":\"rounds\",\"round); DROP TABLE votes; --\":2}\n",
            folder.path());
    });
    EXPECT_THAT(problems, HasSubstr("3:1: schema version 3 has no such table"));
    EXPECT_THAT(problems, HasSubstr("4:1"));
    EXPECT_THAT(problems, HasSubstr("5:1: table 'rounds' has no such column"));
    EXPECT_FALSE(std::filesystem::exists(folder.path()));
    EXPECT_THAT(error_of(ErrorKind::usage, [&] { store::from_lines("{}", folder.path()); }),
                HasSubstr("heading"));
    error_of(ErrorKind::unsupported,
             [&] { store::from_lines("{\"format\":\"steelyard store\",\"schema\":99}\n", folder.path()); });
    // A forecast changed in the text breaks the chain.
    Store subject(folder.path("source"));
    fill(subject);
    std::string lines = subject.to_lines();
    const std::size_t chance = lines.find(R"(yes\":0.7)");
    ASSERT_NE(chance, std::string::npos);
    lines.replace(chance, 9, R"(yes\":0.8)");
    EXPECT_THROW(store::from_lines(lines, folder.path("changed")), Error);
}

TEST(Transfer, LinesOfAnEarlierSchemaAreReadAndBroughtUpToDate) {
    const StoreFolder folder;
    store::from_lines(
        "{\"format\":\"steelyard store\",\"schema\":1}\n"
        "{\"table\":\"rounds\",\"case_id\":\"harbour\",\"round\":2,\"at\":\"t\"}\n",
        folder.path());
    const Store subject(folder.path());
    EXPECT_EQ(subject.round("harbour"), 2);
    EXPECT_EQ(subject.check().schema, store::newest_schema());
}
