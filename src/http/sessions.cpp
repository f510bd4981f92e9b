// SPDX-License-Identifier: Apache-2.0
#include "sessions.hpp"

#include <sodium.h>

#include <algorithm>
#include <stdexcept>

namespace steelyard::http {

namespace {

constexpr std::chrono::hours kLongest{24};
constexpr std::chrono::hours kIdle{8};
constexpr std::chrono::seconds kCheck{5};
/// More than any panel has; the one that was not used for longest goes.
constexpr std::size_t kMostSessions = 10'000;

/// Guesses without a delay.
constexpr unsigned kFreeGuesses = 3;
constexpr std::chrono::hours kForget{1};
constexpr std::size_t kMostCounts = 10'000;

std::string hex(const unsigned char* bytes, std::size_t count) {
    std::string text(2 * count + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, count);
    text.pop_back();
    return text;
}

std::string random_id() {
    std::array<unsigned char, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return hex(bytes.data(), bytes.size());
}

}  // namespace

Sessions::Sessions() {
    if (sodium_init() < 0)
        throw std::runtime_error("libsodium cannot begin");
    randombytes_buf(key_.data(), key_.size());
}

std::string Sessions::nobody() const {
    return random_id();
}

std::string Sessions::begin(const store::Identity& who) {
    std::string id = random_id();
    const Clock::time_point now = Clock::now();
    const std::scoped_lock lock(mutex_);
    drop_old(now);
    sessions_.emplace(id, Session{who, now, now, now});
    return id;
}

void Sessions::drop_old(Clock::time_point now) {
    std::erase_if(sessions_, [&](const auto& each) {
        return now - each.second.began > kLongest || now - each.second.used > kIdle;
    });
    if (sessions_.size() >= kMostSessions)
        sessions_.erase(
            std::ranges::min_element(sessions_, {}, [](const auto& each) { return each.second.used; }));
}

void Sessions::end(std::string_view id) {
    const std::scoped_lock lock(mutex_);
    if (const auto session = sessions_.find(id); session != sessions_.end())
        sessions_.erase(session);
}

void Sessions::end_all(const std::string& name) {
    const std::scoped_lock lock(mutex_);
    std::erase_if(sessions_, [&](const auto& each) { return each.second.who.name == name; });
}

std::optional<Sessions::Found> Sessions::find(std::string_view id) {
    const Clock::time_point now = Clock::now();
    const std::scoped_lock lock(mutex_);
    const auto session = sessions_.find(id);
    if (session == sessions_.end())
        return std::nullopt;
    if (now - session->second.began > kLongest || now - session->second.used > kIdle) {
        sessions_.erase(session);
        return std::nullopt;
    }
    session->second.used = now;
    return Found{session->second.who, now - session->second.checked > kCheck};
}

void Sessions::refresh(std::string_view id, const store::Identity& who) {
    const std::scoped_lock lock(mutex_);
    if (const auto session = sessions_.find(id); session != sessions_.end()) {
        session->second.who = who;
        session->second.checked = Clock::now();
    }
}

std::string Sessions::csrf(std::string_view id) const {
    std::array<unsigned char, crypto_auth_BYTES> mark{};
    crypto_auth(mark.data(), reinterpret_cast<const unsigned char*>(id.data()), id.size(), key_.data());
    return hex(mark.data(), mark.size());
}

bool Sessions::is_csrf(std::string_view id, std::string_view token) const {
    const std::string expected = csrf(id);
    return token.size() == expected.size() &&
           sodium_memcmp(token.data(), expected.data(), expected.size()) == 0;
}

std::chrono::seconds Guesses::wait(const std::string& key, Clock::time_point now) {
    const std::scoped_lock lock(mutex_);
    const auto count = counts_.find(key);
    if (count == counts_.end() || count->second.next <= now)
        return std::chrono::seconds{0};
    return std::chrono::ceil<std::chrono::seconds>(count->second.next - now);
}

void Guesses::wrong(const std::string& key, Clock::time_point now) {
    const std::scoped_lock lock(mutex_);
    std::erase_if(counts_, [&](const auto& each) { return now - each.second.last > kForget; });
    if (counts_.size() >= kMostCounts && !counts_.contains(key))
        counts_.erase(
            std::ranges::min_element(counts_, {}, [](const auto& each) { return each.second.last; }));
    Count& count = counts_[key];
    count.last = now;
    count.next = now;
    if (++count.wrong >= kFreeGuesses) {
        const unsigned doublings = std::min(count.wrong - kFreeGuesses, 16U);
        count.next = now + std::min(std::chrono::seconds{1} * (1U << doublings), most_);
    }
}

void Guesses::right(const std::string& key) {
    const std::scoped_lock lock(mutex_);
    counts_.erase(key);
}

}  // namespace steelyard::http
