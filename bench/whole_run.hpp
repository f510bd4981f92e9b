// SPDX-License-Identifier: Apache-2.0
#pragma once
/// A program as a user starts it: what a whole run costs.

#include <chrono>
#include <fcntl.h>
#include <optional>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace steelyard::bench {

struct Cost {
    double seconds = 0;    // by the clock
    double processor = 0;  // user and system, of all threads and children
    double megabytes = 0;  // at the peak
};

inline double seconds_of(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

/// Runs a program to its end, its output thrown away; nothing when it cannot be started.  Throws when it fails.
inline std::optional<Cost> run(std::vector<std::string> words) {
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0) {
        const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        std::vector<char*> argv;
        for (std::string& word : words) {
            argv.push_back(word.data());
        }
        argv.push_back(nullptr);
        execvp(argv[0], argv.data());
        _exit(127);
    }
    int status = 0;
    rusage used{};
    if (child < 0 || wait4(child, &status, 0, &used) != child || !WIFEXITED(status)) {
        throw std::runtime_error(words.front() + " did not come to its end");
    }
    if (WEXITSTATUS(status) == 127) {
        return std::nullopt;
    }
    if (WEXITSTATUS(status) != 0) {
        throw std::runtime_error(words.front() + " failed with " + std::to_string(WEXITSTATUS(status)));
    }
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
    return Cost{passed.count(), seconds_of(used.ru_utime) + seconds_of(used.ru_stime),
                static_cast<double>(used.ru_maxrss) / 1024};
}

}  // namespace steelyard::bench
