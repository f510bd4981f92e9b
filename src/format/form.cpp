// SPDX-License-Identifier: Apache-2.0
#include "form.hpp"

#include <algorithm>

namespace steelyard::format {

namespace {

/// `number-in-long-form`: how Markdown names the heading of a page.
std::string anchor(std::string_view name) {
    std::string text(name);
    std::ranges::replace(text, ' ', '-');
    return text;
}

std::string definition_name(std::string_view name) {
    std::string text(name);
    std::ranges::replace(text, ' ', '_');
    return text;
}

Value reference(std::string_view name) {
    return Value(Value::Map{{"$ref", Value("#/$defs/" + definition_name(name))}});
}

}  // namespace

Form Glossary::record(std::string_view name, std::string_view meaning,
                      const std::function<void(Page&, Value::Map&)>& describe) {
    const std::string key = definition_name(name);
    Form form{"[" + std::string(name) + "](#" + anchor(name) + ")", reference(name)};
    if (has(key))
        return form;
    // The places are taken before the parts are described, so that a page stands before those it refers to.
    const std::size_t definition = definitions_.size();
    const std::size_t page = pages_.size();
    definitions_.emplace_back(key, Value());
    pages_.push_back({name, meaning, {}, false});
    Page filled{name, meaning, {}, false};
    Value::Map properties;
    describe(filled, properties);
    Value::List required;
    for (const Row& row : filled.rows) {
        if (row.required)
            required.emplace_back(row.key);
    }
    Value::Map schema{{"type", Value("object")},
                      {"description", Value(meaning)},
                      {"properties", Value(std::move(properties))},
                      {"additionalProperties", Value(false)}};
    if (!required.empty())
        schema.emplace_back("required", Value(std::move(required)));
    definitions_[definition].second = Value(std::move(schema));
    pages_[page] = std::move(filled);
    return form;
}

Form Glossary::choice(std::string_view name, const std::function<void(std::vector<Row>&)>& describe) {
    const std::string key = definition_name(name);
    if (!has(key)) {
        Page page{name, {}, {}, true};
        describe(page.rows);
        Value::List words;
        for (const Row& row : page.rows)
            words.emplace_back(row.key);
        definitions_.emplace_back(key, Value(Value::Map{{"enum", Value(std::move(words))}}));
        pages_.push_back(std::move(page));
    }
    return {"[" + std::string(name) + "](#" + anchor(name) + ")", reference(name)};
}

bool Glossary::has(const std::string& definition) const {
    return std::ranges::find(definitions_, definition, &Value::Map::value_type::first) != definitions_.end();
}

Form Glossary::define(std::string_view name, const Form& form) {
    const std::string key = definition_name(name);
    if (!has(key))
        definitions_.emplace_back(key, form.schema);
    return {form.words, reference(name)};
}

Value schema_type(std::string_view type) {
    return Value(Value::Map{{"type", Value(type)}});
}

Value schema_array(Value items) {
    return Value(Value::Map{{"type", Value("array")}, {"items", std::move(items)}});
}

Value schema_map(Value values) {
    return Value(Value::Map{{"type", Value("object")}, {"additionalProperties", std::move(values)}});
}

Value schema_any_of(Value::List choices) {
    return Value(Value::Map{{"anyOf", Value(std::move(choices))}});
}

Value schema_with(Value schema, std::string_view name, Value value) {
    schema.get<Value::Map>()->emplace_back(std::string(name), std::move(value));
    return schema;
}

}  // namespace steelyard::format
