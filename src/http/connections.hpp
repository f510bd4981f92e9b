// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Connections with the time by which something has to have happened on them: a request that trickles in, or a client
/// that does not read its answer, is cut off however busy it looks.  And with the analysis that is at work for them: once
/// the client has gone, nobody wants it.

#include "sessions.hpp"
#include "steelyard/core/context.hpp"

#include <list>
#include <mutex>
#include <optional>
#include <poll.h>
#include <sys/socket.h>

namespace steelyard::http {

class Connections {
public:
    struct Connection {
        int socket = -1;
        Clock::time_point due = Clock::time_point::max();
        std::optional<StopToken> work = std::nullopt;  ///< stops what is at work for the client
    };

    Connection* opened(int socket, Clock::time_point due) {
        const std::scoped_lock lock(mutex_);
        all_.push_back({socket, due, {}});
        return &all_.back();
    }
    void closed(Connection* connection) {
        const std::scoped_lock lock(mutex_);
        all_.remove_if([&](const Connection& each) { return &each == connection; });
    }
    void set_due(Connection* connection, Clock::time_point due) {
        const std::scoped_lock lock(mutex_);
        connection->due = due;
    }
    /// While an analysis works the connection is not listened to, so its end has to be looked for.
    void set_work(Connection* connection, std::optional<StopToken> work) {
        const std::scoped_lock lock(mutex_);
        connection->work = std::move(work);
    }
    /// Stops the work for clients that have closed the connection, or their half of it.
    void stop_unwanted() {
        const std::scoped_lock lock(mutex_);
        for (Connection& each : all_) {
            if (each.work && has_gone(each.socket)) {
                each.work->request();
                each.work.reset();
            }
        }
    }
    /// Ends the connections whose time is up; their sockets are still open, because `closed` has not been called.
    void cut_late(Clock::time_point now) {
        const std::scoped_lock lock(mutex_);
        for (const Connection& each : all_) {
            if (each.due < now)
                ::shutdown(each.socket, SHUT_RDWR);
        }
    }

private:
    static bool has_gone(int socket) {
        pollfd asked{socket, POLLRDHUP, 0};
        return ::poll(&asked, 1, 0) > 0 && (asked.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
    }

    std::mutex mutex_;
    std::list<Connection> all_;
};

}  // namespace steelyard::http
