// SPDX-License-Identifier: Apache-2.0
#pragma once
/// A listening socket.

#include <cstdint>
#include <string>

namespace steelyard::http {

class Listener {
public:
    /// Throws `Error`: usage (not an address), input_output (the port is taken, or may not be used).
    Listener(const std::string& address, std::uint16_t port);
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener();

    /// Connections that nobody has taken yet are refused from now on.
    void close();

    [[nodiscard]] int get() const { return socket_; }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] bool is_v6() const { return v6_; }

private:
    int socket_ = -1;
    std::uint16_t port_ = 0;
    bool v6_ = false;
};

}  // namespace steelyard::http
