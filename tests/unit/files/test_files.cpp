// SPDX-License-Identifier: Apache-2.0
// Files on the disk: whole or not at all, in the place and with the permissions they had.
#include "steelyard/core/error.hpp"
#include "steelyard/files/files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace steelyard {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr std::size_t kMost = 1000;

class Files : public testing::Test {
protected:
    Files() {
        std::string name = (fs::temp_directory_path() / "steelyard-files-XXXXXX").string();
        folder_ = mkdtemp(name.data());
    }
    ~Files() override {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
    [[nodiscard]] std::size_t count() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
    }

    fs::path folder_;
};

std::string problem_of(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

TEST_F(Files, AreReplacedWholeAndLeaveNothingBeside) {
    replace_file(path("a"), "old");
    replace_file(path("a"), "new");
    EXPECT_EQ(read_file(path("a"), kMost), "new");
    EXPECT_EQ(count(), 1U);
}

TEST_F(Files, KeepTheirPermissionsAndNewOnesFollowTheMask) {
    const mode_t before = umask(027);
    replace_file(path("new"), "");
    umask(before);
    EXPECT_EQ(fs::status(path("new")).permissions(), fs::perms(0640));
    fs::permissions(path("new"), fs::perms(0604));
    replace_file(path("new"), "changed");
    EXPECT_EQ(fs::status(path("new")).permissions(), fs::perms(0604));
}

TEST_F(Files, ALinkStaysOne) {
    replace_file(path("a"), "old");
    fs::create_symlink("a", path("link"));
    replace_file(path("link"), "new");
    EXPECT_TRUE(fs::is_symlink(path("link")));
    EXPECT_EQ(read_file(path("a"), kMost), "new");
}

TEST_F(Files, WhatIsNoOrdinaryFileIsWrittenDirectly) {
    replace_file("/dev/null", "gone");
    EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(Files, AreMadeOnce) {
    EXPECT_TRUE(create_file(path("a"), "first"));
    EXPECT_FALSE(create_file(path("a"), "second"));
    EXPECT_EQ(read_file(path("a"), kMost), "first");
    EXPECT_EQ(count(), 1U);
}

TEST_F(Files, SayWhatIsWrongWithThem) {
    EXPECT_THAT(problem_of([&] { read_file(path("none"), kMost); }), HasSubstr("cannot read"));
    EXPECT_THAT(problem_of([&] { replace_file(path("none/a"), "text"); }), HasSubstr("cannot write"));
    EXPECT_THAT(problem_of([&] { create_file(path("none/a"), "text"); }), HasSubstr("cannot write"));
    replace_file(path("long"), std::string(kMost + 1, 'x'));
    EXPECT_THAT(problem_of([&] { read_file(path("long"), kMost); }), HasSubstr("at most 1000 bytes"));
    EXPECT_EQ(read_file(path("long"), kMost + 1).size(), kMost + 1);
}

}  // namespace
}  // namespace steelyard
