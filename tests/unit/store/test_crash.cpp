// SPDX-License-Identifier: Apache-2.0
// Programs that die while they write, and programs that write at once.  STEELYARD_KILLS says how many times a
// writer is killed; the daily run makes do with few.
#include "steelyard/core/error.hpp"
#include "steelyard/store/store.hpp"
#include "unit/store/scratch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

using namespace steelyard;
using store::Store;
using test::forecast_of;
using test::kStamp;
using test::StoreFolder;
using test::vote_of;

namespace {

int kills() {
    const char* text = std::getenv("STEELYARD_KILLS");
    return text == nullptr ? 40 : std::atoi(text);
}

/// Writes until it is killed.  Every write holds several records; its number goes to the pipe when the call
/// has returned, and not before.
[[noreturn]] void write_for_ever(const std::string& path, int pipe, int turn) {
    try {
        Store subject(path);
        for (int i = 0;; ++i) {
            const std::string name = std::to_string(turn) + '-' + std::to_string(i);
            if (i % 3 == 2)
                subject.save({forecast_of(name + "-a", "expert:ann", 0.5),
                              forecast_of(name + "-b", "expert:ann", 0.25)},
                             kStamp);
            else
                subject.judge({vote_of(name + "-a", "ann", true), vote_of(name + "-b", "ann", false)}, {},
                              kStamp);
            const std::string line = name + '\n';
            if (write(pipe, line.data(), line.size()) < 0)
                _exit(2);
        }
    } catch (...) {
        _exit(3);
    }
}

/// What a killed writer had acknowledged.
std::set<std::string> run_and_kill(const std::string& path, int turn, useconds_t after) {
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe(ends.data()), 0);
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        write_for_ever(path, ends[1], turn);
    }
    close(ends[1]);
    usleep(after);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself with " << WEXITSTATUS(status);
    std::string text;
    std::array<char, 4096> buffer{};
    for (ssize_t got = 0; (got = read(ends[0], buffer.data(), buffer.size())) > 0;)
        text.append(buffer.data(), static_cast<std::size_t>(got));
    close(ends[0]);
    std::set<std::string> names;
    for (std::size_t begin = 0, end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1)
        names.insert(text.substr(begin, end - begin));
    return names;
}

}  // namespace

TEST(Crash, NothingAcknowledgedIsLostAndNothingIsHalfWritten) {
    const StoreFolder folder;
    std::set<std::string> acknowledged;
    std::size_t early = 0;
    const int turns = kills();
    std::uint64_t state = 88172645463325252U;  // the moments differ from turn to turn, the same every time
    for (int turn = 0; turn < turns; ++turn) {
        state ^= state << 13U;
        state ^= state >> 7U;
        state ^= state << 17U;
        const auto more = run_and_kill(folder.path(), turn, static_cast<useconds_t>(500 + state % 40000));
        early += more.empty() ? 1U : 0U;
        acknowledged.insert(more.begin(), more.end());
        if (turn % 20 != 19 && turn + 1 != turns)
            continue;
        const Store subject(folder.path());
        const auto check = subject.check();
        ASSERT_TRUE(check.sound) << testing::PrintToString(check.problems);
        std::set<std::string> found;
        for (const auto& vote : subject.votes("harbour"))
            found.insert(vote.claim);
        for (const auto& forecast : subject.forecasts())
            found.insert(forecast.event);
        for (const std::string& name : acknowledged) {
            EXPECT_TRUE(found.contains(name + "-a") && found.contains(name + "-b"))
                << name << " was acknowledged and is lost";
        }
        for (const std::string& name : found) {
            const std::string other = name.substr(0, name.size() - 1) + (name.back() == 'a' ? 'b' : 'a');
            EXPECT_TRUE(found.contains(other)) << name << " is half of a write";
        }
        EXPECT_EQ(subject.audit().size(), found.size())
            << "every change stands in the audit log, and only those";
    }
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    constexpr std::size_t slower = 10;  // a sanitizer slows the writers, not the moments of the kills
#else
    constexpr std::size_t slower = 1;
#endif
    EXPECT_GT(acknowledged.size(), static_cast<std::size_t>(turns) / slower) << "the writers hardly wrote";
    RecordProperty("acknowledged", std::to_string(acknowledged.size()));
    RecordProperty("killed_before_the_first_write", std::to_string(early));
}

TEST(Crash, TwoProgramsMayWriteAtOnce) {
    const StoreFolder folder;
    constexpr int each = 60;
    std::array<pid_t, 3> children{};
    for (std::size_t writer = 0; writer < children.size(); ++writer) {
        children[writer] = fork();
        if (children[writer] != 0)
            continue;
        try {
            Store subject(folder.path());  // all of them may be the one that makes the file
            for (int i = 0; i < each; ++i) {
                const std::string name = std::to_string(writer) + '-' + std::to_string(i);
                subject.vote(vote_of(name, "ann", true), kStamp);
                subject.save({forecast_of(name, "expert:ann", 0.5)}, kStamp);
            }
            _exit(0);
        } catch (...) {
            _exit(3);
        }
    }
    for (const pid_t child : children) {
        int status = 0;
        waitpid(child, &status, 0);
        EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "a writer failed";
    }
    const Store subject(folder.path());
    EXPECT_TRUE(subject.check().sound);
    EXPECT_EQ(subject.votes("harbour").size(), children.size() * each);
    EXPECT_EQ(subject.forecasts().size(), children.size() * each);
    EXPECT_EQ(subject.audit().size(), children.size() * each * 2);
}

TEST(Crash, AKilledRestoreLeavesTheOldOrTheNewStore) {
    const StoreFolder folder;
    {
        Store old(folder.path("old"));
        for (int i = 0; i < 40; ++i)
            old.vote(vote_of("old" + std::to_string(i), "ann", true), kStamp);
        Store subject(folder.path());
        subject.vote(vote_of("new", "ann", true), kStamp);
    }
    for (int turn = 0; turn < std::max(10, kills() / 4); ++turn) {
        const pid_t child = fork();
        if (child == 0) {
            try {
                store::restore(folder.path("old"), folder.path(), kStamp);
            } catch (...) {
                _exit(3);
            }
            _exit(0);
        }
        usleep(static_cast<useconds_t>(1000 + 1777 * turn % 30000));
        kill(child, SIGKILL);
        int status = 0;
        waitpid(child, &status, 0);
        Store subject(folder.path());
        ASSERT_TRUE(subject.check().sound);
        const std::size_t votes = subject.votes("harbour").size();
        ASSERT_TRUE(votes == 1 || votes == 40) << votes;
        if (votes == 40) {  // once more from the start
            std::filesystem::remove(folder.path("one"));
            Store one(folder.path("one"));
            one.vote(vote_of("new", "ann", true), kStamp);
            store::restore(folder.path("one"), folder.path(), kStamp);
        }
    }
}
