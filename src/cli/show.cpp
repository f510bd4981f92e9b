// SPDX-License-Identifier: Apache-2.0
#include "show.hpp"

#include "steelyard/core/rational.hpp"

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

std::string cut(std::string text, std::size_t width) {
    if (columns(text) <= width)
        return text;
    std::size_t at = 0;
    for (std::size_t used = 0; used + 1 < width; ++used) {
        do
            ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
    }
    return text.substr(0, at) + "…";
}

/// The text with its tabs and line ends as blanks: one cell of a row.
std::string one_line(std::string text) {
    std::ranges::replace_if(text, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
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
    TableBuilder(const std::vector<FieldShape>& fields, const Value::List& items, bool interactive)
        : fields_(fields), items_(items), interactive_(interactive) {
        table_.rows.resize(items.size());
        table_.details.resize(items.size());
        for (const FieldShape& field : fields)
            add(field);
    }

    Table take() { return std::move(table_); }
    /// What all rows have in common, to be said once.
    [[nodiscard]] const std::vector<std::string>& common() const { return common_; }

private:
    void add(const FieldShape& field) {
        const Shape& shape = field.shape;
        if (is_single(shape)) {
            add_column(
                "", with_unit(field), is_number(shape),
                [&](const Value& value) { return inline_text(value); }, field);
        } else if (shape.kind == ShapeKind::map && is_number(*shape.item)) {
            for (const std::string& name : names(field)) {
                add_column(
                    with_unit(field), name, true,
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
            add_column(
                "", with_unit(field), false, [&](const Value& value) { return inline_text(value); }, field);
        }
    }

    template <class Text>
    void add_column(std::string group, std::string heading, bool number, const Text& text,
                    const FieldShape& field) {
        table_.columns.push_back({std::move(heading), number, std::move(group)});
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

    const std::vector<FieldShape>& fields_;
    const Value::List& items_;
    bool interactive_;
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
        std::string text = exact->text();
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

void show_table(const Table& table, Terminal& terminal) {
    if (!terminal.interactive()) {
        const auto joined = [](const std::vector<std::string>& cells) {
            std::string line;
            for (std::size_t i = 0; i < cells.size(); ++i)
                line += (i > 0 ? "\t" : "") + one_line(cells[i]);
            return line;
        };
        std::vector<std::string> headings;
        for (const Table::Column& column : table.columns)
            headings.push_back((column.group.empty() ? "" : column.group + ' ') + column.heading);
        terminal.line(joined(headings));
        for (const auto& row : table.rows)
            terminal.line(joined(row));
        return;
    }
    constexpr std::size_t gap = 2;
    std::vector<std::size_t> widths;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        std::size_t width = columns(table.columns[c].heading);
        for (const auto& row : table.rows)
            width = std::max(width, columns(row[c]));
        widths.push_back(width);
    }
    const auto total = [&] {
        std::size_t sum = 0;
        for (const std::size_t width : widths)
            sum += width + gap;
        return sum;
    };
    for (constexpr std::size_t narrow = 12; total() > terminal.width() + gap;) {
        std::size_t widest = widths.size();
        for (std::size_t c = 0; c < widths.size(); ++c) {
            if (!table.columns[c].number && widths[c] > narrow &&
                (widest == widths.size() || widths[c] > widths[widest]))
                widest = c;
        }
        if (widest == widths.size())
            break;
        --widths[widest];
    }
    const auto aligned = [&](std::size_t c, const std::string& text) {
        const std::string cell = cut(text, widths[c]);
        const std::string space(widths[c] - columns(cell), ' ');
        return (c > 0 ? std::string(gap, ' ') : "") + (table.columns[c].number ? space + cell : cell + space);
    };
    std::string groups;
    std::string headings;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const Table::Column& column = table.columns[c];
        if (!column.group.empty() && (c == 0 || table.columns[c - 1].group != column.group)) {
            const std::size_t start = columns(headings) + (c > 0 ? gap : 0);
            if (columns(groups) < start)
                groups.append(start - columns(groups), ' ');
            else if (!groups.empty())
                groups += ' ';
            groups += column.group;
        }
        headings += aligned(c, column.heading);
    }
    if (!groups.empty())
        terminal.line(terminal.ink(Ink::faint, groups));
    terminal.line(terminal.ink(Ink::accent, headings));
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        std::string line;
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            line += aligned(c, table.rows[r][c]);
        line.erase(line.find_last_not_of(' ') + 1);
        terminal.line(line);
        for (const std::string& detail :
             r < table.details.size() ? table.details[r] : std::vector<std::string>{})
            terminal.line("    " + terminal.ink(Ink::faint, wrap(detail, terminal.width(), 4)));
    }
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
            TableBuilder builder(field.shape.item->fields, items, terminal.interactive());
            for (const std::string& line : builder.common())
                terminal.line(terminal.ink(Ink::faint, wrap(line, terminal.width(), 0)));
            show_table(builder.take(), terminal);
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
