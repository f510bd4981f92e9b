// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Pieces shared out among the threads of one machine.

#include "steelyard/core/jobs.hpp"
#include "steelyard/ensemble/checkpoint.hpp"

namespace steelyard::ensemble {

/// Threads take stretches of pieces, long ones at first and ever shorter ones towards the end (guided self-scheduling,
/// Polychronopoulos & Kuck 1987), and merge what they have when a checkpoint is due and at the end.
/// `Context::progress` is called by one thread at a time.
class ThreadRunner : public JobRunner {
public:
    /// `threads` 0: as many as the machine has.
    explicit ThreadRunner(unsigned threads, Keeping keeping = {});

    std::uint64_t resume(std::string_view study, Tally& total) override;
    bool run(std::string_view study, std::uint64_t begin, std::uint64_t end, Tally& total,
             const Context& context) override;
    void finish(std::string_view study) override;

private:
    unsigned threads_;
    Keeping keeping_;
};

}  // namespace steelyard::ensemble
