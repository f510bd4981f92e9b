// SPDX-License-Identifier: Apache-2.0
#include "listener.hpp"

#include "steelyard/core/error.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace steelyard::http {

namespace {

constexpr int kBacklog = 512;

struct Address {
    sockaddr_storage storage{};
    socklen_t size = 0;
};

Address parse(const std::string& text, std::uint16_t port) {
    Address address;
    auto* v4 = reinterpret_cast<sockaddr_in*>(&address.storage);
    if (inet_pton(AF_INET, text == "localhost" ? "127.0.0.1" : text.c_str(), &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
        address.size = sizeof(sockaddr_in);
        return address;
    }
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
    if (inet_pton(AF_INET6, text.c_str(), &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(port);
        address.size = sizeof(sockaddr_in6);
        return address;
    }
    throw Error(ErrorKind::usage,
                std::vector{Problem{{},
                                    "the server cannot listen on what is no address of this machine",
                                    text,
                                    "an IPv4 or IPv6 address, such as 127.0.0.1, ::1 or 0.0.0.0",
                                    {}}});
}

}  // namespace

Listener::Listener(const std::string& address, std::uint16_t port) {
    Address where = parse(address, port);
    v6_ = where.storage.ss_family == AF_INET6;
    socket_ = ::socket(where.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int on = 1;
    const bool listens =
        socket_ >= 0 && ::setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
        ::bind(socket_, reinterpret_cast<const sockaddr*>(&where.storage), where.size) == 0 &&
        ::listen(socket_, kBacklog) == 0 &&
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&where.storage), &where.size) == 0;
    if (!listens) {
        const int error = errno;
        if (socket_ >= 0)
            ::close(socket_);
        throw Error(
            ErrorKind::input_output,
            std::vector{Problem{{},
                                "cannot listen on port " + std::to_string(port) + " of " + address + ": " +
                                    std::strerror(error),
                                {},
                                error == EADDRINUSE ? "another port, or --port 0 for any free one" : "",
                                {}}});
    }
    port_ = ntohs(v6_ ? reinterpret_cast<const sockaddr_in6*>(&where.storage)->sin6_port
                      : reinterpret_cast<const sockaddr_in*>(&where.storage)->sin_port);
}

void Listener::close() {
    if (socket_ >= 0)
        ::close(socket_);
    socket_ = -1;
}

Listener::~Listener() {
    close();
}

}  // namespace steelyard::http
