// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Pieces shared out among the ranks of an MPI job.  Built with -DSTEELYARD_MPI=ON only (decision 50).

#include "steelyard/core/jobs.hpp"
#include "steelyard/ensemble/checkpoint.hpp"

#include <functional>
#include <memory>
#include <string>

namespace steelyard::ensemble {

/// MPI from its beginning to its end.  One per process.
class MpiSession {
public:
    MpiSession(int& argc, char**& argv);
    MpiSession(const MpiSession&) = delete;
    MpiSession& operator=(const MpiSession&) = delete;
    ~MpiSession();

    [[nodiscard]] int rank() const { return rank_; }
    [[nodiscard]] int ranks() const { return ranks_; }
    /// Ends every rank with this exit code, at once: for a rank that cannot go on.
    [[noreturn]] static void abort(int code);

private:
    int rank_ = 0;
    int ranks_ = 1;
};

/// Every rank runs the same program with a runner of its own, and they all give the same answer.
///
/// Ranks take stretches of pieces from a counter that they raise by one-sided operations, so that no rank serves the
/// others; what they have is merged along a binary tree when a checkpoint is due and at the end, and the total is sent
/// back to all.  Rank 0 alone keeps the checkpoint and notices that it is due.
///
/// `fail` is called on a rank whose piece failed; the others wait for it, so it must end the job (`abort`).
std::unique_ptr<JobRunner> mpi_runner(Keeping keeping, std::function<void(const std::string&)> fail);

}  // namespace steelyard::ensemble
