// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What may stand in each place of a case file, in words and as JSON Schema: gathered from the codecs for the
/// schema and the reference page.

#include "steelyard/core/value.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::format {

/// What may stand in a place.
struct Form {
    std::string words;  ///< `a list of texts`; Markdown
    Value schema;       ///< JSON Schema
};

/// The maps met while describing, each described once.
class Glossary {
public:
    struct Row {
        std::string_view key;
        bool required = false;
        std::string words;
        std::string_view meaning;
    };
    struct Page {
        std::string_view name;
        std::string_view meaning;
        std::vector<Row> rows;
        bool words = false;  ///< the keys are words that may stand in one place
    };

    /// The form of a record: a reference to its definition, made by `describe` at the first call.
    Form record(std::string_view name, std::string_view meaning,
                const std::function<void(Page&, Value::Map& properties)>& describe);
    /// The form of one of several words: `describe` adds a row for each.
    Form choice(std::string_view name, const std::function<void(std::vector<Row>&)>& describe);
    /// The form of anything that has a definition of its own.
    Form define(std::string_view name, const Form& form);

    [[nodiscard]] const std::vector<Page>& pages() const { return pages_; }
    [[nodiscard]] const Value::Map& definitions() const { return definitions_; }

private:
    [[nodiscard]] bool has(const std::string& definition) const;

    std::vector<Page> pages_;
    Value::Map definitions_;
};

/// Small schemas.
Value schema_type(std::string_view type);
Value schema_array(Value items);
Value schema_map(Value values);
Value schema_any_of(Value::List choices);
Value schema_with(Value schema, std::string_view name, Value value);

}  // namespace steelyard::format
