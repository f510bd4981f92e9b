// SPDX-License-Identifier: Apache-2.0
// Any text is an expression or an error; an expression can be evaluated, its children before their parents.
#include "steelyard/model/expression.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace steelyard;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const NameLookup lookup = [](std::string_view name, Expression::Node& node) -> std::string {
        const bool option = name.find('.') != std::string_view::npos;
        node = {option ? Expression::Kind::option : Expression::Kind::move,
                static_cast<std::uint32_t>(name.size() % 5), static_cast<std::uint32_t>(name.size() % 3)};
        return name.size() > 20 ? "too long" : "";
    };
    ExpressionError error;
    const Expression expression = parse_expression(text, lookup, error);
    if (!error.message.empty())
        return error.at <= size ? 0 : (std::abort(), 0);
    if (expression.text != text || expression.nodes.empty())
        std::abort();
    for (std::size_t i = 0; i < expression.nodes.size(); ++i) {
        const auto& node = expression.nodes[i];
        const bool leaf = node.kind == Expression::Kind::move || node.kind == Expression::Kind::option;
        if (!leaf && (node.first >= i || node.second >= i))
            std::abort();
    }
    const auto even = [](std::uint32_t i) { return i % 2 == 0; };
    const auto same = [](std::uint32_t i, std::uint32_t o) { return i == o; };
    static_cast<void>(expression.evaluate(even, same));
    return 0;
}
