// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The program, started as a user starts it.

#include <string>
#include <vector>

namespace steelyard::test {

struct Outcome {
    int exit_code = -1;  ///< -1 when a signal ended it
    int signal = 0;
    std::string out;
    std::string err;  ///< empty under `Start::terminal`, where both come as `out`
};

struct Start {
    std::string input;                     ///< what stands on standard input
    std::vector<std::string> environment;  ///< `NAME=value`, added to a minimal one
    bool terminal = false;                 ///< standard input, output and error are a terminal of 100 columns
    bool deaf = false;                     ///< nobody reads standard output: its pipe is closed
    std::string output;                    ///< standard output goes to this file instead
    int interrupt_after_ms = 0;            ///< keeps standard input open and sends SIGINT after this time
    std::string folder;                    ///< working directory; empty means the source tree
};

/// Runs `steelyard ARGUMENTS...`.
Outcome steelyard(const std::vector<std::string>& arguments, const Start& start = {});

/// Runs any program found on the PATH.
Outcome run_program(const std::vector<std::string>& words, const Start& start = {});

/// The whole file.
std::string file_text(const std::string& path);

/// A folder of its own for one test, removed at the end.
class Scratch {
public:
    Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch();

    /// Writes a file and returns its path.
    [[nodiscard]] std::string file(const std::string& name, const std::string& text) const;
    [[nodiscard]] std::string path(const std::string& name) const { return folder_ + '/' + name; }
    [[nodiscard]] const std::string& folder() const { return folder_; }

private:
    std::string folder_;
};

/// A case file of two actors and two issues with one claim, and the text of its source.
std::string small_case();
std::string small_source();

}  // namespace steelyard::test
