// SPDX-License-Identifier: Apache-2.0
#include "jobs.hpp"

#include "message.hpp"

#include <algorithm>
#include <sys/resource.h>
#include <unistd.h>

namespace steelyard::http {

namespace {

/// How often running jobs are looked at.
constexpr std::chrono::milliseconds kWatch{50};
/// A long job leaves the processor to quick ones.
constexpr int kLongNice = 10;

}  // namespace

Jobs::Jobs(unsigned threads, const Limits& limits) : limits_(limits), quick_(std::max(threads, 2U)) {
    {
        const std::scoped_lock lock(mutex_);
        for (unsigned i = 0; i < quick_; ++i)
            start_thread();
    }
    watcher_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

Jobs::~Jobs() {
    stop();
}

void Jobs::start_thread() {
    ++alive_;
    threads_.emplace_back([this] { work(); });
}

std::shared_ptr<Job> Jobs::find(const std::string& client, const std::string& name) const {
    const auto same = [&](const std::shared_ptr<Job>& job) {
        return job->client == client && job->name == name;
    };
    const auto at_work = std::ranges::find_if(running_, same);
    if (at_work != running_.end())
        return *at_work;
    const auto queue = waiting_.find(client);
    if (queue == waiting_.end())
        return nullptr;
    const auto in_line = std::ranges::find_if(queue->second, same);
    return in_line == queue->second.end() ? nullptr : *in_line;
}

void Jobs::submit(const std::shared_ptr<Job>& job) {
    const std::scoped_lock lock(mutex_);
    if (stopping_)
        throw Refusal(503, "stopping", "the server is stopping");
    if (waiting_count_ >= limits_.waiting)
        throw Refusal(503, "busy", "the server has too much to do", {{"Retry-After", "2"}});
    if (!job->name.empty() && find(job->client, job->name) != nullptr)
        throw Refusal(409, "conflict", "a job of this name is at work: " + job->name);
    Queue& queue = waiting_[job->client];
    // Those that a thread is about to take do not wait.
    const auto busy = at_work_.find(job->client);
    const unsigned free = limits_.jobs_per_client - (busy == at_work_.end() ? 0 : busy->second);
    if (queue.size() >= limits_.waiting_per_client + free)
        throw Refusal(429, "too_many_requests", "too many requests of this client are waiting",
                      {{"Retry-After", "1"}});
    if (queue.empty())
        turn_.push_back(job->client);
    queue.push_back(job);
    ++waiting_count_;
    wake_.notify_one();
}

bool Jobs::cancel(const std::string& client, const std::string& name) {
    const std::scoped_lock lock(mutex_);
    const std::shared_ptr<Job> job = find(client, name);
    if (job == nullptr)
        return false;
    job->cancel.request();
    return true;
}

void Jobs::mark_long(const std::shared_ptr<Job>& job) {
    const std::scoped_lock lock(mutex_);
    make_long(*job);
}

void Jobs::make_long(Job& job) {
    if (job.is_long_ || long_ >= limits_.long_jobs)
        return;
    job.is_long_ = true;
    ++long_;
    setpriority(PRIO_PROCESS, static_cast<id_t>(job.thread_), kLongNice);
    if (quick_threads() < quick_ && !stopping_)
        start_thread();
}

std::shared_ptr<Job> Jobs::next() {
    for (auto client = turn_.begin(); client != turn_.end(); ++client) {
        unsigned& at_work = at_work_[*client];
        if (at_work >= limits_.jobs_per_client)
            continue;
        const auto queue = waiting_.find(*client);
        std::shared_ptr<Job> job = std::move(queue->second.front());
        queue->second.pop_front();
        --waiting_count_;
        ++at_work;
        turn_.erase(client);
        if (queue->second.empty())
            waiting_.erase(queue);
        else
            turn_.push_back(job->client);
        return job;
    }
    return nullptr;
}

void Jobs::finish(const std::shared_ptr<Job>& job) {
    running_.remove(job);
    const auto at_work = at_work_.find(job->client);
    if (--at_work->second == 0)
        at_work_.erase(at_work);
    if (job->is_long_)
        --long_;
    if (waiting_count_ > 0)
        wake_.notify_one();  // perhaps the client's next one, which its limit kept back
}

/// The thread's handle goes where others may join it.
void Jobs::leave() {
    --alive_;
    if (quick_threads() < quick_ && !stopping_)
        start_thread();
    const auto self = std::ranges::find(threads_, std::this_thread::get_id(), &std::jthread::get_id);
    if (self != threads_.end())
        left_.splice(left_.end(), threads_, self);
}

void Jobs::work() {
    std::unique_lock lock(mutex_);
    while (quick_threads() <= quick_) {
        const std::shared_ptr<Job> job = next();
        if (job == nullptr) {
            if (stopping_ && waiting_count_ == 0)
                break;
            wake_.wait(lock);
            continue;
        }
        job->began_ = Clock::now();
        job->thread_ = gettid();
        running_.push_back(job);
        lock.unlock();
        job->work(job);
        lock.lock();
        finish(job);
        lock.unlock();
        job->done();  // only now, so that a client that has its answer may use the name again
        lock.lock();
        if (job->is_long_)
            break;  // the thread has given up its part of the processor for good
    }
    leave();
    wake_.notify_all();
}

void Jobs::watch(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        watch_wake_.wait_for(lock, stop, kWatch, [] { return false; });
        const Clock::time_point now = Clock::now();
        for (const std::shared_ptr<Job>& job : running_) {
            if (now - job->began_ > limits_.long_after)
                make_long(*job);
            if (job->budget && now - job->began_ > std::chrono::duration<double>(*job->budget))
                job->budget_used.request();
        }
        std::list<std::jthread> left;
        left.swap(left_);
        lock.unlock();
        left.clear();  // joins
        lock.lock();
    }
}

void Jobs::stop() {
    std::list<std::jthread> threads;
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
        for (const std::shared_ptr<Job>& job : running_)
            job->cancel.request();
        for (const auto& [client, queue] : waiting_) {
            for (const std::shared_ptr<Job>& job : queue)
                job->cancel.request();
        }
        wake_.notify_all();
    }
    watcher_.request_stop();
    if (watcher_.joinable())
        watcher_.join();
    {
        const std::scoped_lock lock(mutex_);
        threads.splice(threads.end(), threads_);
        threads.splice(threads.end(), left_);
    }
    threads.clear();  // joins
}

}  // namespace steelyard::http
