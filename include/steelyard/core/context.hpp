// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What a door lends an analysis besides the case and the options: a way to be stopped, a way to report
/// progress, a seed, a way to run another analysis by name, and one to share out long work.  Nothing here
/// changes a finished answer except the seed.

#include "steelyard/core/value.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

namespace steelyard {

struct Case;
class JobRunner;

/// A flag that another thread or a signal handler may raise.  Copies share the flag.  Thread-safe.
class StopToken {
public:
    void request() const { flag_->store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool requested() const { return flag_->load(std::memory_order_relaxed); }

private:
    std::shared_ptr<std::atomic<bool>> flag_ = std::make_shared<std::atomic<bool>>(false);
};

/// One report of progress: what is being done and how much of it, in any unit.  `total` 0 means unknown.
struct Progress {
    std::string_view stage;
    double done = 0;
    double total = 0;
};

/// Passed to every analysis.  A default-constructed one never stops and reports to nobody.
struct Context {
    std::uint64_t seed = 1;
    StopToken cancel;  ///< raised: give up; the analysis throws `Error` (cancelled)
    StopToken budget;  ///< raised by the door when the time or memory allowed is used: return the best proven
                       ///< so far
    std::function<void(const Progress&)> progress;
    /// Runs another registered analysis: name, case, options (a map) to its result.  Empty below the
    /// registry.
    std::function<Value(std::string_view, const Case&, const Value&)> run;
    /// Shares the pieces of long work among threads or ranks (jobs.hpp); none: one after another.
    JobRunner* runner = nullptr;

    /// Throws `Error` (cancelled) when the user has asked to stop.  Cheap: call it in every long loop.
    void check() const;
    void report(std::string_view stage, double done, double total) const {
        if (progress)
            progress({stage, done, total});
    }
};

}  // namespace steelyard
