// SPDX-License-Identifier: Apache-2.0
#include "steelyard/format/schema.hpp"

#include "case_keys.hpp"

#include <utility>

namespace steelyard {

namespace {

constexpr std::string_view kDialect = "https://json-schema.org/draft/2020-12/schema";

Value schema_of(const Shape& shape);

/// `text`, with the unit behind it.
std::string described(const FieldShape& field) {
    std::string text(field.meaning);
    if (!field.unit.empty())
        text += (text.ends_with('.') ? " Unit: " : "; unit: ") + std::string(field.unit) + '.';
    return text;
}

Value whole_or_real(double number) {
    const auto integer = static_cast<std::int64_t>(number);
    return static_cast<double>(integer) == number ? Value(integer) : Value(number);
}

Value schema_of(const FieldShape& field, bool with_default) {
    Value schema = schema_of(field.shape);
    auto& members = *schema.get<Value::Map>();
    if (field.bounds.low)
        members.emplace_back("minimum", whole_or_real(*field.bounds.low));
    if (field.bounds.high)
        members.emplace_back("maximum", whole_or_real(*field.bounds.high));
    members.emplace_back("description", Value(described(field)));
    if (with_default)
        members.emplace_back("default", field.fallback);
    return schema;
}

Value schema_of_choices(const Shape& shape) {
    Value::List words;
    std::string meanings;
    for (const auto& [name, meaning] : shape.choices) {
        words.emplace_back(name);
        meanings += (meanings.empty() ? "" : "; ") + std::string(name) + ": " + std::string(meaning);
    }
    return Value(Value::Map{{"enum", Value(std::move(words))}, {"$comment", Value(std::move(meanings))}});
}

Value schema_of_record(const Shape& shape) {
    Value::Map properties;
    Value::List required;
    for (const FieldShape& field : shape.fields) {
        properties.emplace_back(std::string(field.name), schema_of(field, false));
        required.emplace_back(field.name);  // results hold every field; one without a value is null
    }
    Value::Map schema{{"type", Value("object")},
                      {"properties", Value(std::move(properties))},
                      {"additionalProperties", Value(false)}};
    if (!required.empty())
        schema.emplace_back("required", Value(std::move(required)));
    return Value(std::move(schema));
}

Value schema_without_null(const Shape& shape) {
    using format::schema_array;
    using format::schema_map;
    using format::schema_type;
    switch (shape.kind) {
        case ShapeKind::boolean:
            return schema_type("boolean");
        case ShapeKind::integer:
            return schema_type("integer");
        case ShapeKind::number:
            return schema_type("number");
        case ShapeKind::text:
            return schema_type("string");
        case ShapeKind::choice:
            return schema_of_choices(shape);
        case ShapeKind::list:
            return schema_array(schema_of(*shape.item));
        case ShapeKind::map:
            return schema_map(schema_of(*shape.item));
        case ShapeKind::record:
            return schema_of_record(shape);
        case ShapeKind::anything:
            break;
    }
    return Value(Value::Map{});
}

Value schema_of(const Shape& shape) {
    Value schema = schema_without_null(shape);
    return shape.optional ? format::schema_any_of({std::move(schema), format::schema_type("null")}) : schema;
}

}  // namespace

Value case_schema() {
    format::Glossary glossary;
    const format::Form form = format::Codec<Case>::form(glossary);
    Value::Map schema{{"$schema", Value(kDialect)}, {"title", Value("Steelyard case")}};
    for (const auto& member : *form.schema.get<Value::Map>())
        schema.push_back(member);
    schema.emplace_back("$defs", Value(glossary.definitions()));
    return Value(std::move(schema));
}

Value options_schema(const std::vector<FieldShape>& fields) {
    Value::Map properties;
    for (const FieldShape& field : fields)
        properties.emplace_back(std::string(field.name), schema_of(field, true));
    return Value(Value::Map{{"$schema", Value(kDialect)},
                            {"type", Value("object")},
                            {"properties", Value(std::move(properties))},
                            {"additionalProperties", Value(false)}});
}

Value result_schema(const Shape& shape) {
    Value::Map schema{{"$schema", Value(kDialect)}};
    Value described = schema_of(shape);
    for (auto& member : *described.get<Value::Map>())
        schema.push_back(std::move(member));
    return Value(std::move(schema));
}

}  // namespace steelyard
