// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Boolean expressions over the moves of a conflict and the options of the deal a state stands for.
///
/// Grammar, loosest first (`if` and `iff` do not chain):
///
///     expression = or_part ["if" or_part | "iff" or_part]        a if b = a or not b
///     or_part    = and_part {"or" and_part}
///     and_part   = unit {"and" unit}
///     unit       = "not" unit | "(" expression ")" | move | issue "." option

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard {

/// A parsed expression.  Nodes stand in post-order: children before their parent, the root last.
struct Expression {
    enum class Kind : std::uint8_t {
        move,
        option,
        negation,
        conjunction,
        disjunction,
        implied_by,
        equivalence
    };
    struct Node {
        Kind kind = Kind::move;
        std::uint32_t first = 0;   ///< move: its index; option: the issue; otherwise the left (or only) child
        std::uint32_t second = 0;  ///< option: the option; otherwise the right child
        friend bool operator==(const Node&, const Node&) = default;
    };
    std::vector<Node> nodes;
    std::string text;  ///< as typed

    /// `move(k)` says whether move k is taken, `option(i, o)` whether issue i takes option o.
    [[nodiscard]] bool evaluate(const std::function<bool(std::uint32_t)>& move,
                                const std::function<bool(std::uint32_t, std::uint32_t)>& option) const;
    friend bool operator==(const Expression&, const Expression&) = default;
};

/// What names mean: fills `node` (kind move or option) for a move or `issue.option`; returns an empty text,
/// or what is wrong.
using NameLookup = std::function<std::string(std::string_view name, Expression::Node& node)>;

/// Why an expression could not be read: where (from 0, in bytes) and what was expected.
struct ExpressionError {
    std::size_t at = 0;
    std::string message;
};

/// Reads an expression; on failure `error.message` is not empty and the result is to be thrown away.
/// At most 200 levels deep.
Expression parse_expression(std::string_view text, const NameLookup& lookup, ExpressionError& error);

}  // namespace steelyard
