// SPDX-License-Identifier: Apache-2.0
#include "show.hpp"

#include "steelyard/core/rational.hpp"
#include "table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace steelyard::cli {

namespace {

/// Longer lists are cut on a terminal; `--json` has them whole.
constexpr std::size_t kMostItems = 12;

bool is_single(const Shape& shape) {
    return shape.kind != ShapeKind::list && shape.kind != ShapeKind::map && shape.kind != ShapeKind::record &&
           shape.kind != ShapeKind::anything;
}

bool is_number(const Shape& shape) {
    return shape.kind == ShapeKind::integer || shape.kind == ShapeKind::number;
}

/// A list or map of single values, or a single value.
bool is_flat(const Shape& shape) {
    return is_single(shape) ||
           ((shape.kind == ShapeKind::list || shape.kind == ShapeKind::map) && is_single(*shape.item));
}

bool is_table(const Shape& shape) {
    return shape.kind == ShapeKind::list && shape.item->kind == ShapeKind::record;
}

std::string spoken(std::string_view name) {
    std::string text(name);
    std::ranges::replace(text, '_', ' ');
    return text;
}

std::string with_unit(const FieldShape& field) {
    std::string text = spoken(field.name);
    if (!field.unit.empty() && field.unit != field.name)
        text += field.unit == "%" ? " %" : " (" + std::string(field.unit) + ")";
    return text;
}

/// As `inline_text`, a long list cut.
std::string short_text(const Value& value) {
    const auto* list = value.get<Value::List>();
    if (list == nullptr || list->size() <= kMostItems)
        return inline_text(value);
    const Value::List first(list->begin(), list->begin() + kMostItems);
    return inline_text(Value(first)) + " and " + std::to_string(list->size() - kMostItems) + " more (--json)";
}

std::string plural(std::size_t count, std::string_view noun) {
    return std::to_string(count) + ' ' + std::string(noun) + (count == 1 ? "" : "s");
}

/// A field of a table's rows as columns: one for a value, one for every name of a map of numbers.
class TableBuilder {
public:
    /// The last `demoted` maps of numbers become lines below their row instead of columns.
    TableBuilder(const std::vector<FieldShape>& fields, const Value::List& items, bool interactive,
                 std::size_t demoted)
        : items_(items), interactive_(interactive) {
        const auto maps = static_cast<std::size_t>(std::ranges::count_if(fields, is_number_map));
        column_maps_ = maps - std::min(maps, demoted);
        table_.rows.resize(items.size());
        table_.details.resize(items.size());
        for (const FieldShape& field : fields)
            add(field);
    }

    [[nodiscard]] const Table& table() const { return table_; }
    /// What all rows have in common, to be said once.
    [[nodiscard]] const std::vector<std::string>& common() const { return common_; }

private:
    static bool is_number_map(const FieldShape& field) {
        return field.shape.kind == ShapeKind::map && is_number(*field.shape.item);
    }

    void add(const FieldShape& field) {
        const Shape& shape = field.shape;
        if (is_single(shape)) {
            add_column("", with_unit(field), [&](const Value& value) { return inline_text(value); }, field);
        } else if (is_number_map(field) && column_maps_ > 0) {
            --column_maps_;
            for (const std::string& name : names(field)) {
                add_column(
                    with_unit(field), name,
                    [&](const Value& value) {
                        const Value* item = value.find(name);
                        return item == nullptr ? "" : inline_text(*item);
                    },
                    field);
            }
        } else if (interactive_ && shape.kind == ShapeKind::map && is_single(*shape.item)) {
            add_differences(field);
        } else if (interactive_ && shape.kind == ShapeKind::list) {
            add_details(field);
        } else {
            add_column("", with_unit(field), [&](const Value& value) { return inline_text(value); }, field);
        }
    }

    template <class Text>
    void add_column(std::string group, std::string heading, const Text& text, const FieldShape& field) {
        table_.columns.push_back({std::move(heading), std::move(group)});
        for (std::size_t row = 0; row < items_.size(); ++row) {
            const Value* value = items_[row].find(field.name);
            table_.rows[row].push_back(value == nullptr || value->is_null() ? "" : text(*value));
        }
    }

    [[nodiscard]] std::vector<std::string> names(const FieldShape& field) const {
        std::vector<std::string> names;
        for (const Value& item : items_) {
            const Value* map = item.find(field.name);
            if (map == nullptr || map->get<Value::Map>() == nullptr)
                continue;
            for (const auto& [name, unused] : *map->get<Value::Map>()) {
                if (std::ranges::find(names, name) == names.end())
                    names.push_back(name);
            }
        }
        return names;
    }

    /// A map of texts such as a deal: its common part once, the rest below each row.
    void add_differences(const FieldShape& field) {
        std::string same;
        std::set<std::string> common;
        for (const std::string& name : names(field)) {
            const Value* first = entry(items_.front(), field, name);
            const bool everywhere = items_.size() > 1 && std::ranges::all_of(items_, [&](const Value& item) {
                                        const Value* other = entry(item, field, name);
                                        return other != nullptr && first != nullptr && *other == *first;
                                    });
            if (!everywhere)
                continue;
            common.insert(name);
            same += (same.empty() ? "" : ", ") + name + '=' + inline_text(*first);
        }
        if (!same.empty())
            common_.push_back(spoken(field.name) + " in every row: " + same);
        for (std::size_t row = 0; row < items_.size(); ++row) {
            const Value* map = items_[row].find(field.name);
            if (map == nullptr || map->get<Value::Map>() == nullptr)
                continue;
            std::string text;
            for (const auto& [name, value] : *map->get<Value::Map>()) {
                if (!common.contains(name))
                    text += (text.empty() ? "" : ", ") + name + '=' + inline_text(value);
            }
            if (!text.empty())
                table_.details[row].push_back(spoken(field.name) + ": " + text);
        }
    }

    void add_details(const FieldShape& field) {
        for (std::size_t row = 0; row < items_.size(); ++row) {
            const Value* value = items_[row].find(field.name);
            const auto* list = value == nullptr ? nullptr : value->get<Value::List>();
            if (list == nullptr || list->empty())
                continue;
            const bool flat = is_single(*field.shape.item);
            table_.details[row].push_back(
                spoken(field.name) + ": " +
                (flat ? short_text(*value) : plural(list->size(), "item") + ", see --json"));
        }
    }

    static const Value* entry(const Value& item, const FieldShape& field, const std::string& name) {
        const Value* map = item.find(field.name);
        return map == nullptr ? nullptr : map->find(name);
    }

    const Value::List& items_;
    bool interactive_;
    std::size_t column_maps_ = 0;
    Table table_;
    std::vector<std::string> common_;
};

/// Rows of name, value and meaning.
void show_flat(const std::vector<const FieldShape*>& fields, const Value& record, Terminal& terminal) {
    std::size_t left = 0;
    for (const FieldShape* field : fields)
        left = std::max(left, columns(with_unit(*field)));
    for (const FieldShape* field : fields) {
        const Value* value = record.find(field->name);
        const std::string text = value == nullptr || value->is_null() ? "" : inline_text(*value);
        const std::string name = with_unit(*field);
        if (!terminal.interactive()) {
            terminal.line(name + '\t' + one_line(text));
            continue;
        }
        const std::string shown = text.empty() ? "none" : short_text(*value);
        constexpr std::size_t middle = 12;
        std::string row = terminal.ink(Ink::accent, name) + std::string(left + 2 - columns(name), ' ');
        if (columns(shown) <= middle) {
            row += std::string(middle - columns(shown), ' ') + terminal.ink(Ink::strong, shown) + "  " +
                   terminal.ink(Ink::faint, wrap(field->meaning, terminal.width(), left + middle + 4));
        } else {
            row += wrap(shown, terminal.width(), left + 2);
        }
        terminal.line(row);
    }
}

/// The widest table that fits the terminal; off a terminal, every column.
void show_items(const std::vector<FieldShape>& fields, const Value::List& items, Terminal& terminal) {
    std::size_t demoted = 0;
    for (;;) {
        const TableBuilder builder(fields, items, terminal.interactive(), demoted);
        const Table& table = builder.table();
        if (!terminal.interactive() || table_width(table) <= terminal.width() || demoted == fields.size()) {
            for (const std::string& line : builder.common())
                terminal.line(terminal.ink(Ink::faint, wrap(line, terminal.width())));
            show_table(table, terminal);
            return;
        }
        ++demoted;
    }
}

void show_heading(std::string_view text, Terminal& terminal) {
    terminal.line();
    if (terminal.interactive())
        terminal.line(terminal.ink(Ink::strong, wrap(text, terminal.width())));
    else
        terminal.line("# " + std::string(text));
}

}  // namespace

std::string inline_text(const Value& value) {
    if (const auto* truth = value.get<bool>())
        return *truth ? "yes" : "no";
    if (const auto* integer = value.get<std::int64_t>())
        return std::to_string(*integer);
    if (const auto* exact = value.get<Rational>()) {
        const std::string text = exact->text();
        return text.size() <= 10 ? text : fmt::format("{:.6g}", exact->to_double());
    }
    if (const auto* real = value.get<double>())
        return fmt::format("{:.6g}", *real);
    if (const auto* text = value.get<std::string>())
        return *text;
    std::string text;
    if (const auto* list = value.get<Value::List>()) {
        for (const Value& item : *list)
            text += (text.empty() ? "" : ", ") + inline_text(item);
    } else if (const auto* map = value.get<Value::Map>()) {
        for (const auto& [name, item] : *map)
            text += (text.empty() ? "" : ", ") + name + '=' + inline_text(item);
    }
    return text;
}

void show_record(const std::vector<FieldShape>& fields, const Value& record, Terminal& terminal) {
    std::vector<const FieldShape*> flat;
    for (const FieldShape& field : fields) {
        if (is_flat(field.shape))
            flat.push_back(&field);
    }
    show_flat(flat, record, terminal);
    for (const FieldShape& field : fields) {
        const Value* value = record.find(field.name);
        if (is_flat(field.shape) || value == nullptr)
            continue;
        if (is_table(field.shape)) {
            const auto& items = *value->get<Value::List>();
            show_heading(spoken(field.name) + ": " + std::string(field.meaning), terminal);
            if (items.empty()) {
                terminal.line("none");
                continue;
            }
            show_items(field.shape.item->fields, items, terminal);
        } else if (field.shape.kind == ShapeKind::record) {
            if (value->is_null())
                continue;
            show_heading(spoken(field.name) + ": " + std::string(field.meaning), terminal);
            show_record(field.shape.fields, *value, terminal);
        } else {
            show_heading(spoken(field.name) + ": " + std::string(field.meaning), terminal);
            const std::string text = inline_text(*value);
            terminal.line(text.empty()             ? "none"
                          : terminal.interactive() ? wrap(text, terminal.width())
                                                   : text);
        }
    }
}

void show_run(const Run& run, Terminal& terminal) {
    const Analysis& analysis = find_analysis(run.analysis);
    if (terminal.interactive())
        terminal.line(terminal.ink(Ink::strong, run.analysis) + ": " + std::string(analysis.question) + '\n');
    show_record(analysis.result().fields, run.result, terminal);
    if (!terminal.interactive())
        return;
    std::string record = "\nSteelyard " + run.version + ", case " + run.case_hash.substr(0, 12) + ", seed " +
                         std::to_string(run.seed);
    for (const auto& [pointer, text] : run.overrides)
        record += ", " + pointer + " = " + text;
    terminal.line(terminal.ink(Ink::faint, record));
}

}  // namespace steelyard::cli
