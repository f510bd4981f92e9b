// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Events for pages that listen: progress of their own jobs, and cases that changed.

#include "steelyard/core/value.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace steelyard::http {

/// One page that listens.
class Subscriber {
public:
    explicit Subscriber(std::string client) : client_(std::move(client)) {}

    /// Copies waiting text into the buffer; 0 when there is none.  `wait` is called, under the lock, when there is
    /// none and more may come; the subscriber's `wake` is then called once there is.
    std::size_t read(char* buffer, std::size_t size, const std::function<void()>& wait,
                     std::function<void()> wake);
    [[nodiscard]] bool closed() const;

private:
    friend class Events;
    void add(std::string_view text);
    void close();
    void wake_up();

    std::string client_;
    mutable std::mutex mutex_;
    std::string text_;  ///< not yet read
    std::function<void()> wake_;
    bool closed_ = false;
};

class Events {
public:
    explicit Events(std::size_t most) : most_(most) {}

    /// Throws `Refusal` (503) when too many listen or the server is stopping.
    std::shared_ptr<Subscriber> subscribe(const std::string& client);
    void unsubscribe(const std::shared_ptr<Subscriber>& subscriber);

    /// To everybody, or to one client's pages.
    void publish(std::string_view event, const Value& data);
    void publish_to(const std::string& client, std::string_view event, const Value& data);
    /// A comment line, so that proxies keep the streams open and the dead ones are found.
    void keep_alive();
    /// Ends every stream; no further one begins.
    void close();

private:
    void each(const std::function<void(Subscriber&)>& act);

    const std::size_t most_;
    std::mutex mutex_;
    std::list<std::shared_ptr<Subscriber>> subscribers_;
    bool closed_ = false;
};

}  // namespace steelyard::http
