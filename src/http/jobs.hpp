// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Work off the I/O threads: quick answers stay quick while long runs go on.
///
/// A few threads serve the jobs in turn of the clients.  A job that works longer than a moment becomes a long one: it
/// keeps its thread, with less of the processor, and another thread takes its place among the quick ones, up to a
/// limit.  One client may have only so many jobs at work, fewer than there are threads; its further jobs wait.

#include "steelyard/core/context.hpp"
#include "steelyard/http/server.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace steelyard::http {

using Clock = std::chrono::steady_clock;

struct Job {
    std::string client;            ///< whose it is: jobs of one client share its limits
    std::string name;              ///< as the client calls it; empty: it cannot be cancelled by name
    std::optional<double> budget;  ///< seconds of work after which the best answer so far is due
    StopToken cancel;
    StopToken budget_used;
    std::function<void(const std::shared_ptr<Job>&)> work;  ///< must not throw
    std::function<void()> done;                             ///< its name and its place are free again

private:
    friend class Jobs;
    Clock::time_point began_;
    std::int64_t thread_ = 0;  ///< the system's id of the thread that works on it
    bool is_long_ = false;
};

class Jobs {
public:
    Jobs(unsigned threads, const Limits& limits);
    Jobs(const Jobs&) = delete;
    Jobs& operator=(const Jobs&) = delete;
    ~Jobs();

    /// Puts the job in line.  Throws `Refusal` (429, 503): too many are waiting, the name is at work already, the
    /// server is stopping.
    void submit(const std::shared_ptr<Job>& job);

    /// Cancels the client's job of that name; false when there is none.
    bool cancel(const std::string& client, const std::string& name);

    /// A job knows that it will take long: it need not wait to be found out.
    void mark_long(const std::shared_ptr<Job>& job);

    /// Cancels every job, does those that wait (they find themselves cancelled) and ends the threads.
    void stop();

private:
    using Queue = std::deque<std::shared_ptr<Job>>;

    // Each of these wants the lock.
    void start_thread();
    std::shared_ptr<Job> next();
    void make_long(Job& job);
    void finish(const std::shared_ptr<Job>& job);
    void leave();
    [[nodiscard]] unsigned quick_threads() const { return alive_ - long_; }
    [[nodiscard]] std::shared_ptr<Job> find(const std::string& client, const std::string& name) const;

    void work();
    void watch(const std::stop_token& stop);

    const Limits limits_;
    const unsigned quick_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::condition_variable_any watch_wake_;
    std::map<std::string, Queue> waiting_;     ///< by client
    std::deque<std::string> turn_;             ///< clients with waiting jobs, the next one first
    std::map<std::string, unsigned> at_work_;  ///< jobs of each client
    std::list<std::shared_ptr<Job>> running_;
    std::list<std::jthread> threads_;
    std::list<std::jthread> left_;  ///< threads at their end, to be joined
    std::size_t waiting_count_ = 0;
    unsigned alive_ = 0;
    unsigned long_ = 0;
    bool stopping_ = false;
    std::jthread watcher_;
};

}  // namespace steelyard::http
