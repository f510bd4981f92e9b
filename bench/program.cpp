// SPDX-License-Identifier: Apache-2.0
// The program as a user starts it: time and peak memory of whole runs.
// The bars: start-up under 20 ms; the brief on the first case under 1 s and 100 MB.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <fcntl.h>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

/// Runs the program once, its output thrown away; returns its peak memory in MB.
double peak_memory_of(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), STEELYARD_PROGRAM);
    const pid_t child = fork();
    if (child == 0) {
        const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        std::vector<char*> argv;
        for (std::string& argument : arguments)
            argv.push_back(argument.data());
        argv.push_back(nullptr);
        execv(argv[0], argv.data());
        _exit(127);
    }
    int status = 0;
    rusage used{};
    if (child < 0 || wait4(child, &status, 0, &used) != child || status != 0)
        throw std::runtime_error("the program failed: " + arguments.back());
    return static_cast<double>(used.ru_maxrss) / 1000.0;
}

void whole_run(benchmark::State& state, const std::vector<std::string>& arguments) {
    double peak = 0;
    for (auto _ : state)
        peak = std::max(peak, peak_memory_of(arguments));
    state.counters["peak_MB"] = peak;
}

const std::string first_case = STEELYARD_SOURCE_DIR "/cases/belarus-us/2025-major-agreement.yaml";

BENCHMARK_CAPTURE(whole_run, version, {"--version"})->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(whole_run, check, {"check", first_case})->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(whole_run, brief, {"brief", first_case})->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(whole_run, brief_page, {"brief", first_case, "--html", "/dev/null"})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
