// SPDX-License-Identifier: Apache-2.0
#include "steelyard/ensemble/threads.hpp"

#include "steelyard/core/error.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <thread>

namespace steelyard::ensemble {

namespace {

constexpr std::uint64_t kLongest =
    4096;  // pieces in a stretch: how long a stop may take to be noticed by all

using Clock = std::chrono::steady_clock;
/// Progress is told when the first piece after so long is done, however long a stretch takes.
constexpr Clock::duration kTell = std::chrono::milliseconds{100};

/// One `run`: what the threads share.
class Shift {
public:
    Shift(std::string_view study, std::uint64_t begin, std::uint64_t end, Tally& total,
          const Context& context, const Keeping& keeping, std::vector<Stretch> done, unsigned threads)
        : study_(study),
          begin_(begin),
          end_(end),
          total_(total),
          context_(context),
          keeping_(keeping),
          done_(std::move(done)),
          left_(stretches_left(done_, begin, end)),
          threads_(threads) {}

    /// Returns whether every piece is done.  Rethrows what the first failing thread threw.
    bool run() {
        const std::unique_ptr<Tally> empty = total_.fresh();
        const std::string nothing = empty->save();
        {
            std::vector<std::jthread> crew;
            for (unsigned t = 1; t < threads_; ++t) {
                crew.emplace_back([this, &nothing] { work(nothing); });
            }
            work(nothing);
        }
        if (failure_) {
            std::rethrow_exception(failure_);
        }
        report();
        const bool complete = stretches_left(done_, begin_, end_).empty();
        if (!complete) {
            keep();
        }
        return complete;
    }

private:
    [[nodiscard]] bool stopped() const {
        return failed_ || context_.cancel.requested() || context_.budget.requested();
    }

    Stretch take() {
        const std::scoped_lock lock(mutex_);
        if (left_.empty()) {
            return {0, 0};
        }
        const std::uint64_t share = pieces_in(left_) / (8 * std::uint64_t{threads_});
        Stretch& next = left_.front();
        const std::uint64_t length = std::clamp<std::uint64_t>(share, 1, kLongest);
        const Stretch taken{next.first, std::min(next.second, next.first + length)};
        next.first = taken.second;
        if (next.first == next.second) {
            left_.erase(left_.begin());
        }
        return taken;
    }

    void work(const std::string& nothing) {
        try {
            const std::unique_ptr<Tally> own = total_.fresh();
            std::vector<Stretch> own_done;
            std::uint64_t seen = 0;
            const auto gather = [&] {
                const std::scoped_lock lock(mutex_);
                total_.merge(*own);
                for (const Stretch& stretch : own_done) {
                    add_stretch(done_, stretch);
                }
                own_done.clear();
                own->load(nothing);
            };
            while (!stopped()) {
                const Stretch taken = take();
                if (taken.first == taken.second) {
                    break;
                }
                std::uint64_t at = taken.first;
                for (; at < taken.second && !stopped(); ++at) {
                    try {
                        own->add(at);
                        tell();
                    } catch (const Error& error) {
                        if (error.kind() != ErrorKind::cancelled) {
                            throw;
                        }
                        break;  // stopped in the middle of a piece
                    }
                }
                own_done.emplace_back(taken.first, at);
                if (keeping_.save && keeping_.due && keeping_.due()) {
                    ++gathers_;
                    seen = gathers_;
                    gather();
                    keep();
                } else if (seen != gathers_) {
                    seen = gathers_;
                    gather();
                }
            }
            gather();
        } catch (...) {
            const std::scoped_lock lock(mutex_);
            if (!failure_) {
                failure_ = std::current_exception();
            }
            failed_ = true;
        }
    }

    /// One more piece is done.  Reports progress when it is time, one thread at a time; a thread that finds another
    /// reporting leaves it to that one.
    void tell() {
        ++finished_;
        const Clock::rep now = Clock::now().time_since_epoch().count();
        if (now < due_) {
            return;
        }
        if (const std::unique_lock lock(telling_, std::try_to_lock); lock) {
            due_ = now + kTell.count();
            report();
        }
    }

    void report() const {
        context_.report({}, static_cast<double>(begin_ + pieces_before_ + finished_),
                        static_cast<double>(end_));
    }

    void keep() {
        if (!keeping_.save) {
            return;
        }
        const std::scoped_lock lock(mutex_);
        keeping_.save(to_text({study_, begin_, done_, total_.save()}));
    }

    std::string study_;
    std::uint64_t begin_;
    std::uint64_t end_;
    Tally& total_;
    const Context& context_;
    const Keeping& keeping_;
    std::mutex mutex_;  // guards total_, done_, left_, failure_
    std::vector<Stretch> done_;
    std::vector<Stretch> left_;
    unsigned threads_;
    std::uint64_t pieces_before_ = pieces_in(done_);
    std::exception_ptr failure_;
    std::atomic<bool> failed_ = false;
    std::atomic<std::uint64_t> gathers_ = 0;
    std::atomic<std::uint64_t> finished_ = 0;
    std::atomic<Clock::rep> due_ = 0;  // when progress is to be told next
    std::mutex telling_;
};

}  // namespace

ThreadRunner::ThreadRunner(unsigned threads, Keeping keeping)
    : threads_(threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency())),
      keeping_(std::move(keeping)) {}

std::uint64_t ThreadRunner::resume(std::string_view study, Tally& total) {
    const auto checkpoint = kept_checkpoint(keeping_, study);
    if (!checkpoint) {
        return 0;
    }
    if (checkpoint->done.empty()) {
        total.load(checkpoint->tally);
    }
    return checkpoint->begin;
}

bool ThreadRunner::run(std::string_view study, std::uint64_t begin, std::uint64_t end, Tally& total,
                       const Context& context) {
    std::vector<Stretch> done;
    if (const auto checkpoint = kept_checkpoint(keeping_, study); checkpoint && checkpoint->begin == begin) {
        total.load(checkpoint->tally);  // with the pieces before `begin`
        done = checkpoint->done;
    }
    return Shift(study, begin, end, total, context, keeping_, std::move(done), threads_).run();
}

void ThreadRunner::finish(std::string_view) {
    if (keeping_.drop) {
        keeping_.drop();
    }
}

}  // namespace steelyard::ensemble
