// SPDX-License-Identifier: Apache-2.0
#pragma once
/// How long work is shared out and kept: `--threads`, `--checkpoint`, `--checkpoint-every`.

#include "command.hpp"
#include "steelyard/core/jobs.hpp"
#include "steelyard/ensemble/checkpoint.hpp"

#include <functional>
#include <memory>

namespace steelyard::cli {

inline constexpr Flag kThreadsFlag{
    .name = "threads",
    .takes = Takes::a_value,
    .value = "N",
    .meaning = "threads for draws; 0, the default: all; the answer is the same",
    .choices = {}};
inline constexpr Flag kCheckpointFlag{
    .name = "checkpoint",
    .takes = Takes::a_value,
    .value = "FILE",
    .meaning = "keep the state of a long run there; the same command goes on from it after a stop",
    .choices = {}};
inline constexpr Flag kCheckpointEveryFlag{.name = "checkpoint-every",
                                           .takes = Takes::a_value,
                                           .value = "SECONDS",
                                           .meaning = "how often, at most (default 30)",
                                           .choices = {}};

/// The runner that the flags ask for.  Throws `Error` (usage).
std::unique_ptr<JobRunner> make_runner(const Invocation& call);

/// Makes another kind of runner instead of threads: the program for clusters.
using RunnerMaker = std::function<std::unique_ptr<JobRunner>(ensemble::Keeping)>;
void use_runner(RunnerMaker maker);

}  // namespace steelyard::cli
