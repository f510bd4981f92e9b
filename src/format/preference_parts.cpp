// SPDX-License-Identifier: Apache-2.0
#include "case_keys.hpp"
#include "case_parts.hpp"

namespace steelyard::format {

namespace {

/// One issue's row of a sheet.
void read_row(Reader& reader, const Node& node, IssueId issue, std::vector<Number>& row) {
    const NameList& options = reader.declared().options[issue.index];
    std::vector<Number> numbers(options.ids().size());
    std::vector<bool> stated(numbers.size());
    const std::size_t before = reader.count();
    if (!reader.is_map(node, "a score sheet"))
        return;
    for (std::size_t k = 0; k < node.keys.size(); ++k) {
        if (!options.find(node.keys[k].text) && reader.cut_by_comma(node, k))
            continue;
        if (const auto option = reader.option(node.keys[k], issue)) {
            Codec<Number>::read(reader, node.items[k], numbers[option->index]);
            stated[option->index] = true;
        }
    }
    std::vector<std::string> left_out;
    for (std::size_t o = 0; o < stated.size(); ++o) {
        if (!stated[o])
            left_out.push_back(options.ids()[o]);
    }
    row = std::move(numbers);
    if (!left_out.empty() && reader.count() == before)  // a misspelt option is one problem, not two
        reader.missing(node,
                       "the sheet leaves out options of issue '" +
                           reader.declared().issues.ids()[issue.index] + "': " + join_names(left_out),
                       "a number for every option; 0 where it is worth nothing");
}

Preference from_entry(Reader& reader, ActorId actor, PreferenceEntry entry) {
    const std::size_t issues = reader.declared().issues.ids().size();
    Preference preference;
    preference.actor = actor;
    preference.no_deal = std::move(entry.no_deal);
    preference.basis = std::move(entry.basis);
    if (entry.weights || entry.values) {
        WeightedValues form;
        form.weights =
            entry.weights ? std::move(entry.weights->rows) : std::vector<std::optional<Number>>(issues);
        form.values = entry.values ? std::move(entry.values->rows) : std::vector<std::vector<Number>>(issues);
        preference.form = std::move(form);
    } else if (entry.positions) {
        preference.form = Stances{std::move(entry.positions->rows)};
    } else {
        preference.form = PointSheet{entry.points ? std::move(entry.points->rows)
                                                  : std::vector<std::vector<Number>>(issues)};
    }
    return preference;
}

PreferenceEntry entry_of(const Preference& preference) {
    PreferenceEntry entry;
    entry.no_deal = preference.no_deal;
    entry.basis = preference.basis;
    if (const auto* sheet = std::get_if<PointSheet>(&preference.form)) {
        entry.points = Sheet{sheet->points};
    } else if (const auto* weighted = std::get_if<WeightedValues>(&preference.form)) {
        entry.weights = ByIssue<Number>{weighted->weights};
        entry.values = Sheet{weighted->values};
    } else {
        entry.positions = ByIssue<Stance>{std::get<Stances>(preference.form).stances};
    }
    return entry;
}

}  // namespace

void Codec<Sheet>::read(Reader& reader, const Node& node, Sheet& target) {
    target.rows.resize(reader.declared().issues.ids().size());
    if (!reader.is_map(node, "a score sheet"))
        return;
    for (std::size_t k = 0; k < node.keys.size(); ++k) {
        if (const auto issue = look_up_key<IssueTag>(reader, node, k))
            read_row(reader, node.items[k], *issue, target.rows[issue->index]);
    }
}

Value Codec<Sheet>::write(const Case& subject, const Sheet& sheet) {
    Value::Map map;
    for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
        if (sheet.rows[i].empty())
            continue;
        Value::Map row;
        for (std::size_t o = 0; o < sheet.rows[i].size(); ++o)
            row.emplace_back(subject.issues[i].options[o].id,
                             Codec<Number>::write(subject, sheet.rows[i][o]));
        map.emplace_back(subject.issues[i].id, Value(std::move(row)));
    }
    return Value(std::move(map));
}

Form Codec<Sheet>::form(Glossary& glossary) {
    Form number = Codec<Number>::form(glossary);
    return {"issue id: (option id: " + number.words + ")", schema_map(schema_map(std::move(number.schema)))};
}

void Keys<PreferenceEntry>::check(Reader& reader, const Node& node, const PreferenceEntry& entry) {
    const int forms =
        int{entry.points.has_value()} + int{entry.weights || entry.values} + int{entry.positions.has_value()};
    if (forms == 0)
        reader.missing(node, "an actor's preferences need one form",
                       "points, or weights with values, or positions");
    else if (forms > 1)
        reader.complain(node, "an actor's preferences have one form only", {},
                        "points, or weights with values, or positions");
    else if (entry.weights.has_value() != entry.values.has_value())
        reader.missing(node, entry.weights ? "weights need values" : "values need weights",
                       "both: points = weight x value / 100");
}

void Codec<std::vector<Preference>>::read(Reader& reader, const Node& node, std::vector<Preference>& target) {
    if (!reader.is_map(node, "this"))
        return;
    for (std::size_t k = 0; k < node.keys.size(); ++k) {
        const auto actor = look_up_key<ActorTag>(reader, node, k);
        PreferenceEntry entry;
        Codec<PreferenceEntry>::read(reader, node.items[k], entry);
        if (actor)
            target.push_back(from_entry(reader, *actor, std::move(entry)));
    }
}

Value Codec<std::vector<Preference>>::write(const Case& subject, const std::vector<Preference>& preferences) {
    Value::Map map;
    for (const Preference& preference : preferences)
        map.emplace_back(subject[preference.actor].id,
                         Codec<PreferenceEntry>::write(subject, entry_of(preference)));
    return Value(std::move(map));
}

Form Codec<std::vector<Preference>>::form(Glossary& glossary) {
    Form entry = Codec<PreferenceEntry>::form(glossary);
    return {"actor id: " + entry.words, schema_map(std::move(entry.schema))};
}

void Codec<std::vector<SheetBasis>>::read(Reader& reader, const Node& node, std::vector<SheetBasis>& target) {
    if (!reader.is_map(node, "this"))
        return;
    for (std::size_t k = 0; k < node.keys.size(); ++k) {
        SheetBasis entry;
        Codec<SheetBasis>::read(reader, node.items[k], entry);
        const bool all = node.keys[k].text == "all";
        entry.issue = all ? std::nullopt : look_up_key<IssueTag>(reader, node, k);
        if (all || entry.issue)
            target.push_back(std::move(entry));
    }
}

Value Codec<std::vector<SheetBasis>>::write(const Case& subject, const std::vector<SheetBasis>& entries) {
    Value::Map map;
    for (const SheetBasis& entry : entries)
        map.emplace_back(entry.issue ? subject[*entry.issue].id : "all",
                         Codec<SheetBasis>::write(subject, entry));
    return Value(std::move(map));
}

Form Codec<std::vector<SheetBasis>>::form(Glossary& glossary) {
    Form entry = Codec<SheetBasis>::form(glossary);
    return {"issue id or `all`: " + entry.words, schema_map(std::move(entry.schema))};
}

}  // namespace steelyard::format
