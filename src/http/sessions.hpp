// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Who is signed in, and how long somebody who guesses passwords has to wait.

#include "steelyard/store/accounts.hpp"

#include <array>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace steelyard::http {

using Clock = std::chrono::steady_clock;

/// Sessions live in memory: they end with the server, after a day, or after eight hours without a request.
class Sessions {
public:
    Sessions();

    /// A new id that stands for nobody: for a browser that has none yet.  It is not kept.
    [[nodiscard]] std::string nobody() const;
    /// A new session of somebody who has just shown a password.
    std::string begin(const store::Identity& who);
    void end(std::string_view id);
    /// Ends every session of an account: its password or role has changed, or it is closed.
    void end_all(const std::string& name);

    struct Found {
        store::Identity who;
        bool stale = false;  ///< the account has not been looked up for some seconds: do so, then `refresh`
    };
    [[nodiscard]] std::optional<Found> find(std::string_view id);
    void refresh(std::string_view id, const store::Identity& who);

    /// The token that a page proves with that it has read an answer of this server: a keyed hash of the id.
    [[nodiscard]] std::string csrf(std::string_view id) const;
    [[nodiscard]] bool is_csrf(std::string_view id, std::string_view token) const;

private:
    struct Session {
        store::Identity who;
        Clock::time_point began, used, checked;
    };
    void drop_old(Clock::time_point now);

    std::array<unsigned char, 32> key_{};
    std::mutex mutex_;
    std::map<std::string, Session, std::less<>> sessions_;
};

/// Delays that grow with each wrong password, by account and by address.
class Guesses {
public:
    explicit Guesses(std::chrono::seconds most) : most_(most) {}

    /// How long `key` still has to wait; 0: not at all.
    [[nodiscard]] std::chrono::seconds wait(const std::string& key, Clock::time_point now);
    void wrong(const std::string& key, Clock::time_point now);
    void right(const std::string& key);

private:
    struct Count {
        unsigned wrong = 0;
        Clock::time_point last, next;
    };

    const std::chrono::seconds most_;
    std::mutex mutex_;
    std::map<std::string, Count> counts_;
};

}  // namespace steelyard::http
