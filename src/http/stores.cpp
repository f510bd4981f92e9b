// SPDX-License-Identifier: Apache-2.0
#include "stores.hpp"

#include "steelyard/store/time.hpp"

#include <chrono>
#include <filesystem>

namespace steelyard::http {

namespace {

constexpr std::size_t kMostIdle = 8;

}  // namespace

Stores::Lease::~Lease() {
    if (store_ != nullptr)
        owner_->give(std::move(store_));
}

std::unique_ptr<store::Store> Stores::take() {
    const std::scoped_lock lock(mutex_);
    if (idle_.empty())
        return nullptr;
    std::unique_ptr<store::Store> store = std::move(idle_.back());
    idle_.pop_back();
    return store;
}

void Stores::give(std::unique_ptr<store::Store> store) {
    const std::scoped_lock lock(mutex_);
    if (idle_.size() < kMostIdle)
        idle_.push_back(std::move(store));
}

Stores::Lease Stores::read() {
    auto store = take();
    std::error_code ignored;
    if (store == nullptr && std::filesystem::exists(path_, ignored))
        store = std::make_unique<store::Store>(path_, store::StoreOptions{.create = false});
    return {this, std::move(store)};
}

Stores::Lease Stores::write() {
    auto store = take();
    if (store == nullptr)
        store = std::make_unique<store::Store>(path_, store::StoreOptions{.create = true});
    return {this, std::move(store)};
}

std::string now_text() {
    return store::time_text(std::chrono::system_clock::now());
}

}  // namespace steelyard::http
