// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Connections with the time by which something has to have happened on them: a request that trickles in, or a client
/// that does not read its answer, is cut off however busy it looks.

#include "sessions.hpp"

#include <list>
#include <mutex>
#include <sys/socket.h>

namespace steelyard::http {

class Connections {
public:
    struct Connection {
        int socket = -1;
        Clock::time_point due = Clock::time_point::max();
    };

    Connection* opened(int socket, Clock::time_point due) {
        const std::scoped_lock lock(mutex_);
        all_.push_back({socket, due});
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
    /// Ends the connections whose time is up; their sockets are still open, because `closed` has not been called.
    void cut_late(Clock::time_point now) {
        const std::scoped_lock lock(mutex_);
        for (const Connection& each : all_) {
            if (each.due < now)
                ::shutdown(each.socket, SHUT_RDWR);
        }
    }

private:
    std::mutex mutex_;
    std::list<Connection> all_;
};

}  // namespace steelyard::http
