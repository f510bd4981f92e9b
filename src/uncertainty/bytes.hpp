// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Numbers and texts as bytes, for tallies that travel or wait on a disk.

#include "steelyard/core/error.hpp"

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace steelyard::uncertainty {

class ByteWriter {
public:
    /// Seven bits a byte, least first.
    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) {
            bytes_.push_back(static_cast<char>((value & 0x7f) | 0x80));
        }
        bytes_.push_back(static_cast<char>(value));
    }
    void real(double value) {
        const auto bits = std::bit_cast<std::uint64_t>(value);
        for (int shift = 0; shift < 64; shift += 8) {
            bytes_.push_back(static_cast<char>((bits >> shift) & 0xff));
        }
    }
    void text(std::string_view value) {
        number(value.size());
        bytes_ += value;
    }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const auto byte = static_cast<unsigned char>(next(1).front());
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80) {
                return value;
            }
        }
        fail();
    }
    double real() {
        const std::string_view eight = next(8);
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < 8; ++i) {
            bits |= std::uint64_t{static_cast<unsigned char>(eight[i])} << (8 * i);
        }
        return std::bit_cast<double>(bits);
    }
    std::string text() { return std::string(next(number())); }
    void expect(std::uint64_t value) {
        if (number() != value) {
            fail();
        }
    }
    void end() const {
        if (!bytes_.empty()) {
            fail();
        }
    }

private:
    std::string_view next(std::uint64_t count) {
        if (count > bytes_.size()) {
            fail();
        }
        const std::string_view part = bytes_.substr(0, count);
        bytes_.remove_prefix(count);
        return part;
    }
    [[noreturn]] static void fail() {
        throw Error(ErrorKind::input_output, "the saved state is damaged, or of another study");
    }

    std::string_view bytes_;
};

}  // namespace steelyard::uncertainty
