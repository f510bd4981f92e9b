// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Other programs' YAML and JSON files: what stands where, with complaints where it does not.

#include "findings.hpp"
#include "steelyard/core/rational.hpp"
#include "steelyard/format/exchange.hpp"
#include "tree.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace steelyard::format {

/// One file as a tree, with the words for what is wrong in it.
class ForeignTree {
public:
    /// Syntax problems go to the findings; the tree may then be a part of the file.
    ForeignTree(const TextFile& file, Findings& findings);

    [[nodiscard]] const Node& root() const { return tree_.root; }
    [[nodiscard]] const std::string& file() const { return file_; }
    [[nodiscard]] bool broken() const { return tree_.broken; }
    [[nodiscard]] Place place(const Node& node) const;

    void invalid(const Node& at, std::string message, std::string found = {}, std::string allowed = {});
    void unsupported(const Node& at, std::string message, std::string found = {}, std::string allowed = {});

    /// The value under a key, or nullptr; nothing is complained of.
    [[nodiscard]] static const Node* find(const Node& map, std::string_view key);
    /// The value under a key; complains where it is missing or `map` is none.
    const Node* need(const Node& map, std::string_view key, std::string_view what);
    bool is_map(const Node& node, std::string_view what);
    bool is_list(const Node& node, std::string_view what);
    std::optional<std::string> text(const Node& node, std::string_view what);
    /// A decimal; rounded, with a note, where it has too many digits.
    std::optional<Rational> number(const Node& node, std::string_view what);

private:
    std::string file_;
    Findings& findings_;
    Tree tree_;
};

}  // namespace steelyard::format
