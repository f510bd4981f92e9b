// SPDX-License-Identifier: Apache-2.0
#include "steelyard/model/expression.hpp"

#include <utility>

namespace steelyard {

namespace {

using Kind = Expression::Kind;

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
}

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Recursive descent over the grammar of the header.  Every part returns the index of its node.
class Parser {
public:
    Parser(std::string_view text, const NameLookup& lookup, ExpressionError& error)
        : text_(text), lookup_(lookup), error_(error) {
        advance();
    }

    Expression parse() {
        expression();
        if (error_.message.empty() && !token_.empty()) {
            fail("expected the end, or and / or / if / iff, not '" + std::string(token_) + "'");
        }
        return {std::move(nodes_), std::string(text_)};
    }

private:
    static constexpr int kDeepest = 200;

    void fail(std::string message) {
        if (error_.message.empty()) {
            error_ = {token_at_, std::move(message)};
        }
        token_ = {};
        next_ = text_.size();
    }

    void advance() {
        while (next_ < text_.size() && is_space(text_[next_])) {
            ++next_;
        }
        token_at_ = next_;
        if (next_ == text_.size()) {
            token_ = {};
            return;
        }
        std::size_t end = next_;
        while (end < text_.size() && is_name_character(text_[end])) {
            ++end;
        }
        end = end == next_ ? next_ + 1 : end;  // a parenthesis, or something that no rule expects
        token_ = text_.substr(next_, end - next_);
        next_ = end;
    }

    bool take(std::string_view word) {
        if (token_ != word) {
            return false;
        }
        advance();
        return true;
    }

    std::uint32_t add(Kind kind, std::uint32_t first, std::uint32_t second) {
        nodes_.push_back({kind, first, second});
        return static_cast<std::uint32_t>(nodes_.size() - 1);
    }

    std::uint32_t expression() {
        const std::uint32_t left = or_part();
        if (take("iff")) {
            const std::uint32_t right = or_part();
            return add(Kind::equivalence, left, right);
        }
        if (take("if")) {
            const std::uint32_t right = or_part();
            return add(Kind::implied_by, left, right);
        }
        return left;
    }

    std::uint32_t or_part() {
        std::uint32_t left = and_part();
        while (take("or")) {
            const std::uint32_t right = and_part();
            left = add(Kind::disjunction, left, right);
        }
        return left;
    }

    std::uint32_t and_part() {
        std::uint32_t left = unit();
        while (take("and")) {
            const std::uint32_t right = unit();
            left = add(Kind::conjunction, left, right);
        }
        return left;
    }

    std::uint32_t unit() {
        if (++depth_ > kDeepest) {
            fail("nested more than " + std::to_string(kDeepest) + " deep");
            return 0;
        }
        const std::uint32_t node = unit_within_depth();
        --depth_;
        return node;
    }

    std::uint32_t unit_within_depth() {
        if (take("not")) {
            const std::uint32_t child = unit();
            return add(Kind::negation, child, child);
        }
        if (take("(")) {
            const std::uint32_t inside = expression();
            if (error_.message.empty() && !take(")")) {
                fail("expected ')'");
            }
            return inside;
        }
        if (token_.empty()) {
            fail("expected a name, not or '('");
            return 0;
        }
        Expression::Node node;
        const std::string problem = is_name_character(token_.front())
                                        ? lookup_(token_, node)
                                        : "expected a name, not '" + std::string(token_) + "'";
        if (!problem.empty()) {
            fail(problem);
            return 0;
        }
        advance();
        return add(node.kind, node.first, node.second);
    }

    std::string_view text_;
    const NameLookup& lookup_;
    ExpressionError& error_;
    std::vector<Expression::Node> nodes_;
    std::string_view token_;
    std::size_t token_at_ = 0;
    std::size_t next_ = 0;
    int depth_ = 0;
};

}  // namespace

bool Expression::evaluate(const std::function<bool(std::uint32_t)>& move,
                          const std::function<bool(std::uint32_t, std::uint32_t)>& option) const {
    std::vector<bool> truth(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const Node& node = nodes[i];
        switch (node.kind) {
            case Kind::move:
                truth[i] = move(node.first);
                break;
            case Kind::option:
                truth[i] = option(node.first, node.second);
                break;
            case Kind::negation:
                truth[i] = !truth[node.first];
                break;
            case Kind::conjunction:
                truth[i] = truth[node.first] && truth[node.second];
                break;
            case Kind::disjunction:
                truth[i] = truth[node.first] || truth[node.second];
                break;
            case Kind::implied_by:
                truth[i] = truth[node.first] || !truth[node.second];
                break;
            case Kind::equivalence:
                truth[i] = truth[node.first] == truth[node.second];
                break;
        }
    }
    return !truth.empty() && truth.back();
}

Expression parse_expression(std::string_view text, const NameLookup& lookup, ExpressionError& error) {
    error = {};
    return Parser(text, lookup, error).parse();
}

}  // namespace steelyard
