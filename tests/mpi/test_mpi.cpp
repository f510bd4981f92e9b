// SPDX-License-Identifier: Apache-2.0
// The program for clusters, with one to four ranks on this machine: the bytes of the program itself.
#include "doors/compiled_case.hpp"
#include "doors/program.hpp"
#include "support/reference_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace steelyard;
using test::Outcome;
using test::Scratch;
using testing::HasSubstr;

namespace {

const std::string kMerger = test::source_path("cases/business/merger.yaml").string();
constexpr const char* kTargets =
    "solutions(concepts=nash|egalitarian):solutions[0].deal.plants,"
    "solutions(concepts=nash|egalitarian):solutions[0].gains.tessal";

std::vector<std::string> ensemble(const std::string& draws) {
    return {"run", "ensemble", kMerger, "--targets", kTargets, "--draws", draws, "--json"};
}

std::vector<std::string> under_mpi(int ranks, const std::vector<std::string>& words) {
    std::vector<std::string> all{"mpirun", "--allow-run-as-root", "--oversubscribe",
                                 "-n",     std::to_string(ranks), STEELYARD_MPI_PROGRAM};
    all.insert(all.end(), words.begin(), words.end());
    return all;
}

TEST(Mpi, GivesTheSameBytesOnOneToFourRanks) {
    const Outcome expected = test::steelyard(ensemble("512"));
    ASSERT_EQ(expected.exit_code, 0) << expected.err;
    for (int ranks = 1; ranks <= 4; ++ranks) {
        const Outcome found = test::run_program(under_mpi(ranks, ensemble("512")));
        ASSERT_EQ(found.exit_code, 0) << found.err;
        EXPECT_EQ(found.out, expected.out) << ranks;
    }
}

TEST(Mpi, CompiledForecastsToo) {
    const Scratch scratch;
    const auto words = test::compiled_ensemble(scratch.file("stances.yaml", test::compiled_case()));
    const Outcome expected = test::steelyard(words);
    ASSERT_EQ(expected.exit_code, 0) << expected.err;
    for (int ranks = 1; ranks <= 4; ++ranks) {
        EXPECT_EQ(test::run_program(under_mpi(ranks, words)).out, expected.out) << ranks;
    }
}

TEST(Mpi, OtherAnalysesAndEarlyStopsToo) {
    std::vector<std::string> watched = ensemble("100000");
    watched.insert(watched.end(), {"--share-error", "0.02", "--number-error", "0.2"});
    const std::vector<std::vector<std::string>> calls{
        watched,
        {"run", "flip", kMerger, "--targets", "solutions(concepts=nash):solutions[0].deal.plants", "--json"},
        {"run", "sensitivity", kMerger, "--targets", kTargets, "--samples", "32", "--json"}};
    for (const std::vector<std::string>& words : calls) {
        const Outcome expected = test::steelyard(words);
        ASSERT_EQ(expected.exit_code, 0) << expected.err;
        EXPECT_EQ(test::run_program(under_mpi(3, words)).out, expected.out) << words[1];
    }
}

/// The process ids of the ranks that mpirun started: its children.
std::vector<pid_t> children_of(pid_t parent) {
    std::vector<pid_t> found;
    const std::string name = std::to_string(parent);
    std::ifstream file("/proc/" + name + "/task/" + name + "/children");
    for (pid_t child = 0; file >> child;) {
        found.push_back(child);
    }
    return found;
}

TEST(Mpi, ADyingRankEndsTheJobAndTheCheckpointStands) {
    const Scratch scratch;
    const std::string state = scratch.path("run.state");
    std::vector<std::string> words = ensemble("3008");
    words.insert(words.end(), {"--checkpoint", state, "--checkpoint-every", "0.05"});
    const std::vector<std::string> all = under_mpi(3, words);
    const std::string out = scratch.path("out");
    const pid_t pid = fork();
    if (pid == 0) {
        const int file = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
        dup2(file, STDOUT_FILENO);
        dup2(file, STDERR_FILENO);
        std::vector<char*> arguments;
        for (const std::string& word : all) {
            arguments.push_back(const_cast<char*>(word.c_str()));
        }
        arguments.push_back(nullptr);
        execvp("mpirun", arguments.data());
        _exit(127);
    }
    for (int i = 0; i < 3000 && !std::filesystem::exists(state); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    const std::vector<pid_t> ranks = children_of(pid);
    ASSERT_EQ(ranks.size(), 3U) << test::file_text(out);
    kill(ranks.back(), SIGKILL);
    int status = 0;
    waitpid(pid, &status, 0);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_NE(WEXITSTATUS(status), 0);
    EXPECT_THAT(test::file_text(out), HasSubstr("exited on signal 9"));
    ASSERT_TRUE(std::filesystem::exists(state));
    // Two ranks, and then the program without MPI, could go on from it.
    const Outcome resumed = test::run_program(under_mpi(2, words));
    ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
    EXPECT_EQ(resumed.out, test::steelyard(ensemble("3008")).out);
    EXPECT_FALSE(std::filesystem::exists(state));
}

TEST(Mpi, AWrongCallIsToldOnce) {
    const Outcome found = test::run_program(under_mpi(2, {"run", "ensemble", kMerger, "--targets", "toy:x"}));
    EXPECT_NE(found.exit_code, 0);
    const std::string message = "there is no such analysis";
    const std::size_t first = found.err.find(message);
    ASSERT_NE(first, std::string::npos) << found.err;
    EXPECT_EQ(found.err.find(message, first + 1), std::string::npos);
}

}  // namespace
