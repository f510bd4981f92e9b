// SPDX-License-Identifier: Apache-2.0
// `steelyard-mpi`: the same program under mpirun.  Every rank runs the command, rank 0 speaks.
#include "cli/program.hpp"
#include "cli/runner.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/ensemble/mpi.hpp"

#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace {

/// Sends what this rank would say nowhere; returns the true standard error.
int fall_silent() {
    const int truth = ::dup(STDERR_FILENO);
    const int silence = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (silence >= 0) {
        ::dup2(silence, STDOUT_FILENO);
        ::dup2(silence, STDERR_FILENO);
    }
    return truth;
}

}  // namespace

int main(int argc, char** argv) {
    using namespace steelyard;
    const ensemble::MpiSession session(argc, argv);
    const int truth = session.rank() == 0 ? STDERR_FILENO : fall_silent();
    const auto fail = [&](const std::string& message) {
        const std::string line = "steelyard-mpi: rank " + std::to_string(session.rank()) +
                                 " failed, so the job ends: " + message + '\n';
        if (::write(truth, line.data(), line.size()) < 0) {
            ensemble::MpiSession::abort(describe(ErrorKind::input_output).exit_code);
        }
        ensemble::MpiSession::abort(describe(ErrorKind::limit).exit_code);
    };
    cli::use_runner(
        [&](ensemble::Keeping keeping) { return ensemble::mpi_runner(std::move(keeping), fail); });
    return cli::run_program({argv + 1, argv + argc});
}
