// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The store, for many threads: each takes a connection for the time of one request.

#include "steelyard/store/store.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace steelyard::http {

class Stores {
public:
    explicit Stores(std::string path) : path_(std::move(path)) {}

    /// A connection; it goes back when the lease ends.
    class Lease {
    public:
        Lease(Stores* owner, std::unique_ptr<store::Store> store) : owner_(owner), store_(std::move(store)) {}
        Lease(Lease&&) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease();

        /// Whether there is a store: nobody has written to one that is not there.
        explicit operator bool() const { return store_ != nullptr; }
        store::Store& operator*() const { return *store_; }
        store::Store* operator->() const { return store_.get(); }

    private:
        Stores* owner_;
        std::unique_ptr<store::Store> store_;
    };

    /// The store, where there is one.  Throws as `store::Store`.
    Lease read();
    /// The store, made where there is none.
    Lease write();

private:
    std::unique_ptr<store::Store> take();
    void give(std::unique_ptr<store::Store> store);

    const std::string path_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<store::Store>> idle_;
};

/// The present time, as the store writes it.
std::string now_text();

}  // namespace steelyard::http
