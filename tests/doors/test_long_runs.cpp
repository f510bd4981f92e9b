// SPDX-License-Identifier: Apache-2.0
// Long runs from outside: the same bytes on any number of threads, after a kill and after Ctrl-C.
#include "doors/compiled_case.hpp"
#include "doors/program.hpp"
#include "steelyard/format/json.hpp"
#include "support/reference_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace steelyard;
using test::Outcome;
using test::Scratch;
using testing::HasSubstr;

namespace {

const std::string kMerger = test::source_path("cases/business/merger.yaml").string();

std::vector<std::string> call(const std::string& threads, const std::string& draws) {
    return {"run",
            "ensemble",
            kMerger,
            "--targets",
            "solutions(concepts=nash|egalitarian):solutions[0].deal.plants,"
            "solutions(concepts=nash|egalitarian):solutions[0].gains.tessal",
            "--draws",
            draws,
            "--json",
            "--threads",
            threads};
}

/// The program started and left to itself, its output in a file.
class Started {
public:
    Started(const std::vector<std::string>& words, const std::string& out) : pid_(fork()) {
        if (pid_ == 0) {
            const int file = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
            dup2(file, STDOUT_FILENO);
            dup2(file, STDERR_FILENO);
            std::vector<char*> arguments{const_cast<char*>(STEELYARD_PROGRAM)};
            for (const std::string& word : words) {
                arguments.push_back(const_cast<char*>(word.c_str()));
            }
            arguments.push_back(nullptr);
            execv(STEELYARD_PROGRAM, arguments.data());
            _exit(127);
        }
    }
    /// Waits until the file is there, at most ten seconds, and sends the signal.  Returns the wait status.
    int send(int signal, const std::string& file) const {
        for (int i = 0; i < 1000 && !std::filesystem::exists(file); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        kill(pid_, signal);
        int status = 0;
        waitpid(pid_, &status, 0);
        return status;
    }

private:
    pid_t pid_;
};

TEST(LongRuns, GiveTheSameBytesOnAnyNumberOfThreads) {
    for (const char* draws : {"16", "512"}) {
        const Outcome one = test::steelyard(call("1", draws));
        ASSERT_EQ(one.exit_code, 0) << one.err;
        EXPECT_EQ(test::steelyard(call("2", draws)).out, one.out);
        EXPECT_EQ(test::steelyard(call("8", draws)).out, one.out);
    }
    for (const std::string analysis : {"sensitivity", "flip", "voi", "acceptance"}) {
        std::vector<std::string> words{"run", analysis, kMerger, "--json", "--threads", "1"};
        if (analysis != "acceptance") {
            words.insert(words.end(), {"--targets", "solutions(concepts=nash):solutions[0].deal.plants"});
        }
        if (analysis == "sensitivity") {
            words.insert(words.end(), {"--samples", "64"});
        }
        const Outcome one = test::steelyard(words);
        ASSERT_EQ(one.exit_code, 0) << one.err;
        words[5] = "8";
        EXPECT_EQ(test::steelyard(words).out, one.out) << analysis;
    }
}

/// Forecasts of stances are compiled and take another way than the rest.
TEST(LongRuns, CompiledForecastsGiveTheSameBytesOnAnyNumberOfThreads) {
    const Scratch scratch;
    std::vector<std::string> words =
        test::compiled_ensemble(scratch.file("stances.yaml", test::compiled_case()));
    words.insert(words.end(), {"--threads", "1"});
    const Outcome one = test::steelyard(words);
    ASSERT_EQ(one.exit_code, 0) << one.err;
    for (const char* threads : {"2", "8"}) {
        words.back() = threads;
        EXPECT_EQ(test::steelyard(words).out, one.out) << threads;
    }
}

TEST(LongRuns, GoOnAfterAKillWithTheSameBytes) {
    const Scratch scratch;
    const std::string state = scratch.path("run.state");
    const std::string draws = "3008";
    std::vector<std::string> words = call("2", draws);
    words.insert(words.end(), {"--checkpoint", state, "--checkpoint-every", "0.02"});
    for (int round = 0; round < 3; ++round) {
        const int status = Started(words, scratch.path("out")).send(SIGKILL, state);
        ASSERT_TRUE(WIFSIGNALED(status)) << "finished before it could be killed";
        ASSERT_TRUE(std::filesystem::exists(state));
    }
    const Outcome resumed = test::steelyard(words);
    ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
    EXPECT_FALSE(std::filesystem::exists(state)) << "a finished run leaves nothing behind";
    EXPECT_EQ(resumed.out, test::steelyard(call("1", draws)).out);
}

TEST(LongRuns, CtrlCGivesAPartialAnswerAndTheRestLater) {
    const Scratch scratch;
    const std::string state = scratch.path("run.state");
    const std::string out = scratch.path("out");
    std::vector<std::string> words = call("2", "3008");
    words.insert(words.end(), {"--checkpoint", state, "--checkpoint-every", "0.02"});
    const int status = Started(words, out).send(SIGINT, state);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 130);
    const std::string partial = test::file_text(out);
    EXPECT_THAT(partial, HasSubstr(R"("stopped": "interrupted")"));
    EXPECT_THAT(partial, HasSubstr("a partial one; the same command goes on from"));
    // Another run must not take over the state of this one.
    std::vector<std::string> other = words;
    other.insert(other.end(), {"--seed", "2"});
    const Outcome refused = test::steelyard(other);
    EXPECT_NE(refused.exit_code, 0);
    EXPECT_THAT(refused.err + refused.out, HasSubstr("belongs to another run"));
    EXPECT_EQ(test::steelyard(words).out, test::steelyard(call("1", "3008")).out);
}

}  // namespace
