// SPDX-License-Identifier: Apache-2.0
#include "events.hpp"

#include "message.hpp"
#include "steelyard/format/json.hpp"

#include <algorithm>
#include <cstring>

namespace steelyard::http {

namespace {

/// A page that reads no faster than this much behind is cut off; it connects again by itself.
constexpr std::size_t kMostUnread = std::size_t{256} * 1024;

std::string message(std::string_view event, const Value& data) {
    return "event: " + std::string(event) + "\ndata: " + to_json(data, 0) + "\n\n";
}

}  // namespace

std::size_t Subscriber::read(char* buffer, std::size_t size, const std::function<void()>& wait,
                             std::function<void()> wake) {
    const std::scoped_lock lock(mutex_);
    const std::size_t count = std::min(size, text_.size());
    std::memcpy(buffer, text_.data(), count);
    text_.erase(0, count);
    if (count == 0 && !closed_) {
        wait();
        wake_ = std::move(wake);
    }
    return count;
}

bool Subscriber::closed() const {
    const std::scoped_lock lock(mutex_);
    return closed_ && text_.empty();
}

void Subscriber::add(std::string_view text) {
    const std::scoped_lock lock(mutex_);
    if (closed_)
        return;
    if (text_.size() + text.size() > kMostUnread)
        closed_ = true;
    else
        text_ += text;
    wake_up();
}

void Subscriber::close() {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
    wake_up();
}

void Subscriber::wake_up() {
    if (wake_)
        std::exchange(wake_, nullptr)();
}

std::shared_ptr<Subscriber> Events::subscribe(const std::string& client) {
    const std::scoped_lock lock(mutex_);
    if (closed_)
        throw Refusal(503, "stopping", "the server is stopping");
    if (subscribers_.size() >= most_)
        throw Refusal(503, "busy", "too many pages listen for events", {{"Retry-After", "10"}});
    auto subscriber = std::make_shared<Subscriber>(client);
    subscriber->add(": hello\n\n");
    subscribers_.push_back(subscriber);
    return subscriber;
}

void Events::unsubscribe(const std::shared_ptr<Subscriber>& subscriber) {
    const std::scoped_lock lock(mutex_);
    subscribers_.remove(subscriber);
}

void Events::each(const std::function<void(Subscriber&)>& act) {
    const std::scoped_lock lock(mutex_);
    for (const std::shared_ptr<Subscriber>& subscriber : subscribers_)
        act(*subscriber);
}

void Events::publish(std::string_view event, const Value& data) {
    const std::string text = message(event, data);
    each([&](Subscriber& subscriber) { subscriber.add(text); });
}

void Events::publish_to(const std::string& client, std::string_view event, const Value& data) {
    const std::string text = message(event, data);
    each([&](Subscriber& subscriber) {
        if (subscriber.client_ == client)
            subscriber.add(text);
    });
}

void Events::keep_alive() {
    each([](Subscriber& subscriber) { subscriber.add(": still here\n\n"); });
}

void Events::close() {
    {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
    }
    each([](Subscriber& subscriber) { subscriber.close(); });
}

}  // namespace steelyard::http
