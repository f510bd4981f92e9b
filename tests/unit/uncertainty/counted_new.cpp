// SPDX-License-Identifier: Apache-2.0
#include "counted_new.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

namespace steelyard::test {

std::optional<std::uint64_t> allocations() {
    return std::nullopt;
}

}  // namespace steelyard::test

#else

namespace {

std::atomic<std::uint64_t> count = 0;

void* counted(void* memory) {
    ++count;
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    return memory;
}

}  // namespace

// The forms for arrays, and those that do not throw, call these.
void* operator new(std::size_t size) {
    return counted(std::malloc(std::max<std::size_t>(size, 1)));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    const auto unit = static_cast<std::size_t>(alignment);
    return counted(std::aligned_alloc(unit, (size + unit - 1) / unit * unit));
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t /*size*/) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept {
    std::free(memory);
}

namespace steelyard::test {

std::optional<std::uint64_t> allocations() {
    return count.load();
}

}  // namespace steelyard::test

#endif
