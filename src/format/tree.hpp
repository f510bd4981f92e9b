// SPDX-License-Identifier: Apache-2.0
#pragma once
/// YAML text as a plain tree with marks: what stands where, before anything is known of its meaning.

#include "steelyard/core/error.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::format {

/// A place in the text: line and column from 1, columns in characters; a byte offset.
struct Mark {
    std::size_t line = 0;
    std::size_t column = 0;
    std::size_t offset = 0;
};

/// A scalar, a list or a map.
struct Node {
    enum class Kind : std::uint8_t { scalar, list, map };

    Kind kind = Kind::scalar;
    bool plain = true;        ///< a scalar without quotes
    bool open = false;        ///< a list or map in which the text broke off: more was to come
    bool flow = false;        ///< a list or map in brackets
    std::string text;         ///< scalar: its content, escapes resolved
    std::vector<Node> keys;   ///< map: key k belongs to item k
    std::vector<Node> items;  ///< list, map
    Mark begin;
    std::size_t end = 0;  ///< byte offset behind the last character
    std::string pointer;  ///< JSON Pointer; of a key: its value's

    /// Nothing was typed (`key:` and then the next line).
    [[nodiscard]] bool nothing() const { return kind == Kind::scalar && plain && text.empty(); }
};

/// A tree with what is wrong with its syntax.
struct Tree {
    Node root;
    std::vector<Problem> problems;  ///< without file name
    bool broken = false;            ///< the text could not be read to its end: the tree is a part of it
};

/// Reads the text.  Anchors, aliases, tags, keys that stand twice, further documents, control characters,
/// bytes that are not UTF-8 and passed limits are problems; a byte order mark is skipped.  Never throws for
/// bad text.
Tree parse_tree(std::string_view text);

/// `text` with `~` and `/` escaped as in a JSON Pointer.
std::string pointer_part(std::string_view text);

}  // namespace steelyard::format
