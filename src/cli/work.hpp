// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What surrounds the work of a command: the case with its overrides, Ctrl-C, the time budget, progress.

#include "command.hpp"
#include "runner.hpp"
#include "steelyard/core/context.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/registry/analysis.hpp"
#include "steelyard/registry/loaded_case.hpp"
#include "terminal.hpp"

#include <memory>
#include <string>

namespace steelyard::cli {

/// From now on Ctrl-C raises `interrupt_token()`; a second one ends the program at once.
void catch_interrupts();
const StopToken& interrupt_token();

/// Reads a case file (`-` is standard input) and applies every `--set`.  Throws `Error`: input_output,
/// invalid_case, unknown_name, usage (a `--set` without `=`).
LoadedCase load_case(const std::string& path, const Invocation& call);

/// The context of one run, from `--seed`, `--budget` and `--memory`, while it lives.
class Work {
public:
    Work(const Invocation& call, Terminal& terminal);
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;
    ~Work();

    [[nodiscard]] const Context& context() const { return context_; }
    void seed(std::uint64_t seed) { context_.seed = seed; }

private:
    struct Watch;
    Context context_;
    Terminal& terminal_;
    std::unique_ptr<Watch> watch_;
    std::unique_ptr<JobRunner> runner_;
};

/// A flag that counts, from 0 to `most`; `fallback` where it is not given.  Throws `Error` (usage).
int read_count(const Invocation& call, std::string_view flag, int fallback, int most);

/// The flags that `load_case` and `Work` read.
inline constexpr Flag kSetFlag{
    .name = "set",
    .takes = Takes::a_value,
    .value = "ADDRESS=NUMBER",
    .meaning =
        "replace a number of the case for this run; may be repeated. ADDRESS: "
        "issue.option.actor, no_deal.actor, capability.actor, or the path in the file",
    .choices = {}};
inline constexpr Flag kSeedFlag{.name = "seed",
                                .takes = Takes::a_value,
                                .value = "N",
                                .meaning = "seed of random draws; the same seed gives the same bytes",
                                .choices = {}};
inline constexpr Flag kBudgetFlag{
    .name = "budget",
    .takes = Takes::a_value,
    .value = "SECONDS",
    .meaning = "after this time give the best answer so far, with how far off it may be",
    .choices = {}};
inline constexpr Flag kMemoryFlag{
    .name = "memory",
    .takes = Takes::a_value,
    .value = "SIZE",
    .meaning = "the same once the program holds this much memory, like 512M or 2G; it may end well above",
    .choices = {}};

/// Prints a tree as JSON with a line end.
void print_json(Terminal& terminal, const Value& tree);

}  // namespace steelyard::cli
