// SPDX-License-Identifier: Apache-2.0
#include "utf8.hpp"

#include <array>
#include <charconv>

namespace steelyard::format {

Utf8 read_utf8(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    const std::uint32_t first = byte(at);
    if (first < 0x80)
        return {first, 1};
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + size > text.size())
        return {};
    std::uint32_t code = first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        const std::uint32_t next = byte(at + i);
        if ((next & 0xC0U) != 0x80U)
            return {};
        code = (code << 6U) | (next & 0x3FU);
    }
    constexpr std::array<std::uint32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
    if (code < kLeast.at(size) || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return {};
    return {code, size};
}

bool may_stand_in_yaml(std::uint32_t code) {
    return code == '\t' || code == '\n' || code == '\r' || code == 0x85 || (code >= 0x20 && code <= 0x7E) ||
           (code >= 0xA0 && code <= 0xFFFD && code != 0xFEFF) || code >= 0x10000;
}

bool is_line_break(std::uint32_t code) {
    return code == '\n' || code == '\r' || code == 0x85 || code == 0x2028 || code == 0x2029;
}

std::string hexadecimal(std::uint32_t code) {
    std::array<char, 16> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), code, 16);
    return "0x" + std::string(digits.data(), end);
}

}  // namespace steelyard::format
