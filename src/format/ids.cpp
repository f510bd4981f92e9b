// SPDX-License-Identifier: Apache-2.0
#include "ids.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace steelyard::format {

namespace {

constexpr std::size_t kLongest = 64;
/// Words of the expression language.
constexpr std::array<std::string_view, 7> kReserved{"and", "or", "not", "if", "iff", "none", "all"};

bool is_small_letter(char c) {
    return c >= 'a' && c <= 'z';
}

/// Letters made small, digits and dashes kept, everything else one underscore; none at the ends, except
/// dashes and underscores of a name that is an id already.
std::string plain(std::string_view name) {
    std::string id;
    bool gap = false;
    for (char c : name) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
        if (!is_small_letter(c) && (c < '0' || c > '9') && c != '-' && c != '_') {
            gap = !id.empty();
            continue;
        }
        if (gap)
            id += '_';
        gap = false;
        id += c;
    }
    return id;
}

}  // namespace

std::string IdMaker::make(std::string_view name) {
    std::string id = plain(name);
    if (id.empty() || !is_small_letter(id.front()))
        id.insert(0, prefix_);
    id.resize(std::min(id.size(), kLongest));
    if (std::ranges::find(kReserved, id) != kReserved.end())
        id.insert(0, prefix_ + '_');
    std::string unique = id;
    for (int number = 2; !taken_.insert(unique).second; ++number) {
        const std::string suffix = '_' + std::to_string(number);
        unique = id.substr(0, kLongest - suffix.size()) + suffix;
    }
    return unique;
}

}  // namespace steelyard::format
