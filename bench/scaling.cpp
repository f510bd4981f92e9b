// SPDX-License-Identifier: Apache-2.0
// Long runs as a user starts them, on the case of bench/uncertainty.cpp.  The bars: a million draws under 10 s on two cores and
// under 200 MB, whatever their number; two threads, and two MPI ranks, at least 1.8 times as fast as one.  The same in plain NumPy
// for comparison.
//
// Ratios of time by the clock need a machine that does nothing else: all pairs are shown.  Beside them stands what the
// processor time alone says: as much as two free cores would give if the work is shared evenly.
// Usage: bench_scaling [draws] [pairs]
#include "pert_case.hpp"
#include "whole_run.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

using steelyard::bench::Cost;
using steelyard::bench::run;

/// The case in a file of its own, gone at the end.
class CaseOnDisk {
public:
    CaseOnDisk()
        : path_(std::filesystem::temp_directory_path() /
                ("steelyard-bench-" + std::to_string(getpid()) + ".yaml")) {
        std::ofstream(path_) << steelyard::bench::pert_case();
    }
    CaseOnDisk(const CaseOnDisk&) = delete;
    CaseOnDisk& operator=(const CaseOnDisk&) = delete;
    ~CaseOnDisk() { std::filesystem::remove(path_); }
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

std::vector<std::string> ensemble(const CaseOnDisk& subject, long draws) {
    std::string targets;
    for (const std::string& target : steelyard::bench::pert_targets()) {
        targets += (targets.empty() ? "" : ",") + target;
    }
    return {"run",   "ensemble", subject.path(),        "--targets",
            targets, "--draws",  std::to_string(draws), "--json"};
}

std::optional<Cost> threads(const CaseOnDisk& subject, long draws, int count) {
    std::vector<std::string> words{STEELYARD_PROGRAM};
    for (std::string& word : ensemble(subject, draws)) {
        words.push_back(std::move(word));
    }
    words.insert(words.end(), {"--threads", std::to_string(count)});
    return run(words);
}

std::optional<Cost> ranks([[maybe_unused]] const CaseOnDisk& subject, [[maybe_unused]] long draws,
                          [[maybe_unused]] int count) {
#ifdef STEELYARD_MPI_PROGRAM
    std::vector<std::string> words{"mpirun", "--oversubscribe", "-n", std::to_string(count)};
    if (geteuid() == 0) {
        words.emplace_back("--allow-run-as-root");
    }
    words.emplace_back(STEELYARD_MPI_PROGRAM);
    for (std::string& word : ensemble(subject, draws)) {
        words.push_back(std::move(word));
    }
    return run(words);
#else
    return std::nullopt;
#endif
}

using Runner = std::optional<Cost> (*)(const CaseOnDisk&, long, int);

/// One against two, in turn, so that both meet the same weather.
void show_pairs(const char* name, Runner runner, const CaseOnDisk& subject, long draws, int pairs) {
    std::vector<double> by_clock;
    std::vector<double> by_processor;
    for (int p = 0; p < pairs; ++p) {
        const auto one = runner(subject, draws, 1);
        const auto two = runner(subject, draws, 2);
        if (!one || !two) {
            std::printf("two %s over one: not here\n", name);
            return;
        }
        by_clock.push_back(one->seconds / two->seconds);
        by_processor.push_back(2 * one->processor / two->processor);
        std::printf("  1: %6.2f s (processor %6.2f s)   2: %6.2f s (processor %6.2f s)   factor %.2f\n",
                    one->seconds, one->processor, two->seconds, two->processor, by_clock.back());
    }
    std::ranges::sort(by_clock);
    std::ranges::sort(by_processor);
    const auto half = static_cast<std::size_t>(pairs / 2);
    std::printf("two %s over one: best %.2f, median %.2f (bar: 1.80); by processor time %.2f\n", name,
                by_clock.back(), by_clock[half], by_processor[half]);
}

int measure(long draws, int pairs) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);  // a run takes minutes: each line when it is known
    const CaseOnDisk subject;
    std::printf("compromise and Nash bargaining, 30 actors, 20 issues, 100 PERT numbers, 40 values a draw\n");
    const auto some = threads(subject, draws / 10, 2);
    const auto all = threads(subject, draws, 2);
    if (!some || !all) {
        throw std::runtime_error("the program is not here");
    }
    std::printf(
        "%ld draws on two threads: %.2f s (bar for a million: 10), processor %.2f s, %.1f us a draw\n", draws,
        all->seconds, all->processor, 1e6 * all->processor / static_cast<double>(draws));
    std::printf("peak memory: %.1f MB with %ld draws, %.1f MB with %ld (bar: 200)\n", some->megabytes,
                draws / 10, all->megabytes, draws);
    const long sample = std::max(draws / 20, 2000L);
    const auto numpy = run(
        {"/usr/bin/python3", STEELYARD_SOURCE_DIR "/bench/uncertainty_baseline.py", std::to_string(sample)});
    if (numpy) {
        std::printf("NumPy: %.1f us of processor time a draw (%ld draws), %.1f MB\n",
                    1e6 * numpy->processor / static_cast<double>(sample), sample, numpy->megabytes);
    }
    show_pairs("threads", &threads, subject, draws, pairs);
    show_pairs("ranks", &ranks, subject, draws, pairs);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return measure(argc > 1 ? std::stol(argv[1]) : 1000000, argc > 2 ? std::stoi(argv[2]) : 3);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench_scaling: %s\n", error.what());
        return 1;
    }
}
