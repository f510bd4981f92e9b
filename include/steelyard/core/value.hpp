// SPDX-License-Identifier: Apache-2.0
#pragma once
/// A generic tree of named values: what an analysis takes and gives once its types are erased.
///
/// It has the shape of JSON, keeps the order of its members and keeps exact numbers exact, so that doors can
/// print, compare and address results without knowing one analysis from another.

#include "steelyard/core/rational.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace steelyard {

/// Names with their values, in a stated order; printed as a JSON object.
template <class T>
using Named = std::vector<std::pair<std::string, T>>;

/// A node of the tree.
class Value {
public:
    using List = std::vector<Value>;
    using Map = Named<Value>;
    using Variant =
        std::variant<std::monostate, bool, std::int64_t, double, Rational, std::string, List, Map>;

    Value() = default;
    explicit Value(bool value) : data_(value) {}
    explicit Value(std::int64_t value) : data_(value) {}
    explicit Value(double value) : data_(value) {}
    explicit Value(Rational value) : data_(value) {}
    explicit Value(std::string value) : data_(std::move(value)) {}
    explicit Value(std::string_view value) : data_(std::string(value)) {}
    explicit Value(const char* value) : data_(std::string(value)) {}
    explicit Value(List value) : data_(std::move(value)) {}
    explicit Value(Map value) : data_(std::move(value)) {}

    [[nodiscard]] const Variant& data() const { return data_; }
    [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(data_); }

    /// The content as `T` (one of the variant's types), or nullptr.
    template <class T>
    [[nodiscard]] const T* get() const {
        return std::get_if<T>(&data_);
    }
    template <class T>
    [[nodiscard]] T* get() {
        return std::get_if<T>(&data_);
    }

    /// Any of the three number types as a double.
    [[nodiscard]] std::optional<double> number() const;

    /// The member called `name` of a map, or nullptr.
    [[nodiscard]] const Value* find(std::string_view name) const;

    /// `boolean`, `integer`, `number`, `text`, `list`, `map` or `nothing`: for messages.
    [[nodiscard]] std::string_view type_name() const;

    friend bool operator==(const Value&, const Value&) = default;

private:
    Variant data_;
};

/// The value that a path leads to.
///
/// A path joins names with dots.  After a name, `[3]` takes an item by its place (from 0) and
/// `[concept=nash]` the first item whose member has that text; a last part `#` gives the number of items:
/// `solutions[concept=nash].points.panama`, `points.#`.
/// Throws `Error` (unknown_name) that names the part which leads nowhere and what is there.
Value select(const Value& root, std::string_view path);

}  // namespace steelyard
