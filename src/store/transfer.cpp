// SPDX-License-Identifier: Apache-2.0
// The store as a whole: checked, copied, written as lines and read back.
#include "inside.hpp"
#include "schema.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/format/json.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <unistd.h>

namespace steelyard::store {

namespace {

constexpr std::string_view kFormat = "steelyard store";

[[noreturn]] void fail_on(const std::string& path, std::string message) {
    Problem problem;
    problem.place.file = path;
    problem.message = std::move(message);
    throw Error(ErrorKind::input_output, std::vector{std::move(problem)});
}

/// A file beside another that is gone at the end.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& beside) : path_(beside + ".new" + std::to_string(getpid())) {
        remove();
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() { remove(); }
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    void remove() const {
        std::error_code ignored;
        for (const char* tail : {"", "-wal", "-shm", "-journal"})
            std::filesystem::remove(path_ + tail, ignored);
    }
    std::string path_;
};

std::vector<std::string> column_names(Database& database, std::string_view table) {
    const Statement query(database, "SELECT * FROM " + std::string(table) + " LIMIT 0");
    std::vector<std::string> names;
    for (int i = 0; i < query.columns(); ++i)
        names.push_back(query.column_name(i));
    return names;
}

std::int64_t count_of(Database& database, std::string_view table) {
    Statement query(database, "SELECT count(*) FROM " + std::string(table));
    return query.step() ? query.integer(0) : 0;
}

Value cell(const Statement& row, int column) {
    switch (row.type(column)) {
        case Statement::Type::null:
            return {};
        case Statement::Type::integer:
            return Value(row.integer(column));
        case Statement::Type::real:
            return Value(row.real(column));
        case Statement::Type::text:
            break;
    }
    return Value(row.text(column));
}

/// A number as it was printed, read by the rule that printed it: to the nearest double.
double nearest_double(const Rational& exact) {
    const std::string text = exact.text();
    double real = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), real);
    return error == std::errc{} && end == text.data() + text.size() ? real : exact.to_double();
}

void bind(Statement& statement, const Value& value) {
    if (value.is_null())
        statement.bind_null();
    else if (const auto* integer = value.get<std::int64_t>())
        statement.bind(*integer);
    else if (const auto* real = value.get<double>())
        statement.bind(*real);
    else if (const auto* exact = value.get<Rational>())
        statement.bind(nearest_double(*exact));
    else if (const auto* text = value.get<std::string>())
        statement.bind(*text);
    else
        refuse("a record holds texts and numbers only", std::string(value.type_name()));
}

std::int64_t integer_of(const Value& record, std::string_view name) {
    const Value* value = record.find(name);
    const auto* integer = value == nullptr ? nullptr : value->get<std::int64_t>();
    return integer == nullptr ? 0 : *integer;
}

/// Adds one line to the table it names.
void insert_line(Database& database, const Value& record, int schema) {
    const auto* map = record.get<Value::Map>();
    const Value* table_name = record.find("table");
    const auto* name = table_name == nullptr ? nullptr : table_name->get<std::string>();
    if (map == nullptr || name == nullptr)
        refuse("a line is a record with the name of its `table`");
    const auto tables = stored_tables();
    const auto table = std::ranges::find(tables, *name, &StoredTable::name);
    if (table == tables.end() || table->since > schema)
        refuse("schema version " + std::to_string(schema) + " has no such table", *name);
    const auto known = column_names(database, table->name);
    std::string columns;
    std::string marks;
    for (const auto& [column, unused] : *map) {
        if (column == "table")
            continue;
        // Only names the table has go into the statement.
        if (std::ranges::find(known, column) == known.end())
            refuse("table '" + *name + "' has no such column", column, join_names(known, 20));
        columns += (columns.empty() ? "" : ", ") + column;
        marks += marks.empty() ? "?" : ", ?";
    }
    if (columns.empty())
        refuse("the record is empty");
    Statement insert(database,
                     "INSERT INTO " + std::string(table->name) + " (" + columns + ") VALUES (" + marks + ')');
    for (const auto& [column, value] : *map) {
        if (column != "table")
            bind(insert, value);
    }
    insert.run();
}

std::vector<std::string_view> split_lines(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

/// The schema version the heading states.
int read_heading(std::string_view line) {
    const Value heading = from_json(line);
    const Value* format = heading.find("format");
    if (format == nullptr || *format != Value(kFormat))
        refuse("the first line is not the heading of an exported store", {},
               R"({"format":"steelyard store","schema":N})");
    const std::int64_t schema = integer_of(heading, "schema");
    if (schema < 1 || schema > newest_schema())
        throw Error(ErrorKind::unsupported, "the lines are of schema version " + std::to_string(schema) +
                                                "; this program knows 1 to " +
                                                std::to_string(newest_schema()));
    return static_cast<int>(schema);
}

void fill(Database& database, const std::vector<std::string_view>& lines, int schema) {
    Transaction transaction(database);
    std::vector<Problem> problems;
    constexpr std::size_t most = 100;
    for (std::size_t i = 1; i < lines.size() && problems.size() < most; ++i) {
        if (lines[i].empty())
            continue;
        try {
            insert_line(database, from_json(lines[i]), schema);
        } catch (const Error& error) {
            Problem problem = error.problems().at(0);
            problem.place = Place{{}, i + 1, 1, {}};
            problems.push_back(std::move(problem));
        }
    }
    if (!problems.empty())
        throw Error(ErrorKind::usage, std::move(problems));
    transaction.commit();
}

/// Brings a database up to date and checks it.
void prepare(Database& fresh) {
    migrate(fresh);
    if (const auto problems = check_database(fresh); !problems.empty())
        fail_on(fresh.path(), "the store to be read is damaged: " + problems[0]);
}

/// Copies a database over the one at `path`.
void replace(Database& fresh, const std::string& path, const StoreOptions& options) {
    Database target(path, options.create ? Database::Mode::create : Database::Mode::write, options.wait_ms);
    schema_of(target);  // never write over a database of another program
    fresh.copy_to(target);
}

}  // namespace

std::vector<std::string> check_database(Database& database) {
    std::vector<std::string> problems;
    Statement pages(database, "PRAGMA integrity_check(20)");
    while (pages.step()) {
        if (pages.text(0) != "ok")
            problems.push_back(pages.text(0));
    }
    Statement references(database, "PRAGMA foreign_key_check");
    while (references.step())
        problems.push_back("a record of '" + references.text(0) + "' refers to nothing in '" +
                           references.text(2) + "'");
    for (std::string& problem : check_chain(database))
        problems.push_back(std::move(problem));
    return problems;
}

CheckResult Store::check() const {
    Database& database = inside_->database;
    CheckResult result;
    result.problems = check_database(database);
    result.sound = result.problems.empty();
    result.schema = schema_of(database);
    for (const StoredTable& table : stored_tables())
        result.records.emplace_back(table.name, count_of(database, table.name));
    return result;
}

void Store::backup(const std::string& path) const {
    if (std::filesystem::exists(path))
        fail_on(path, "there is already a file; a backup never replaces one");
    const TemporaryFile beside(path);
    {
        const Database copy(beside.path(), Database::Mode::create, 0);
        inside_->database.copy_to(copy);
        copy.execute("PRAGMA journal_mode = DELETE");  // one file, complete in itself
    }
    std::error_code error;
    std::filesystem::create_hard_link(beside.path(), path, error);  // fails where somebody was quicker
    if (error) {
        error.clear();
        std::filesystem::rename(beside.path(), path, error);  // a file system without links
    }
    if (error)
        fail_on(path, "cannot write the backup: " + error.message());
}

void restore(const std::string& backup, const std::string& path, const Stamp& stamp,
             const StoreOptions& options) {
    if (!std::filesystem::exists(backup))
        fail_on(backup, "there is no backup");
    const TemporaryFile beside(path);
    Database fresh(beside.path(), Database::Mode::create, 0);
    {
        Database kept(backup, Database::Mode::read, options.wait_ms);
        if (schema_of(kept) == 0)
            fail_on(backup, "not a store of Steelyard: the database is empty");
        kept.copy_to(fresh);
    }
    prepare(fresh);
    {
        Transaction transaction(fresh);
        log(fresh, stamp, "restore", std::filesystem::path(backup).filename().string());
        transaction.commit();
    }
    replace(fresh, path, options);
}

std::string Store::to_lines(bool with_accounts) const {
    Database& database = inside_->database;
    database.execute("BEGIN");  // one moment for all tables
    std::string text =
        to_json(Value(Value::Map{{"format", Value(kFormat)},
                                 {"schema", Value(static_cast<std::int64_t>(schema_of(database)))},
                                 {"accounts", Value(with_accounts)}}),
                0) +
        '\n';
    for (const StoredTable& table : stored_tables()) {
        if (table.secret && !with_accounts)
            continue;
        Statement rows(database, "SELECT * FROM " + std::string(table.name) + " ORDER BY rowid");
        while (rows.step()) {
            Value::Map record{{"table", Value(table.name)}};
            for (int i = 0; i < rows.columns(); ++i)
                record.emplace_back(rows.column_name(i), cell(rows, i));
            text += to_json(Value(std::move(record)), 0) + '\n';
        }
    }
    database.execute("COMMIT");
    return text;
}

void from_lines(std::string_view text, const std::string& path, const StoreOptions& options) {
    if (std::filesystem::exists(path)) {
        const Store existing(path, options);
        for (const auto& [table, count] : existing.check().records) {
            if (count > 0)
                fail_on(path, "the store already holds records; lines are read into an empty store only");
        }
    }
    const auto lines = split_lines(text);
    if (lines.empty())
        refuse("there are no lines");
    const int schema = read_heading(lines[0]);
    const TemporaryFile beside(path);
    Database fresh(beside.path(), Database::Mode::create, 0);
    migrate(fresh, schema);
    fill(fresh, lines, schema);
    prepare(fresh);
    replace(fresh, path, options);
}

}  // namespace steelyard::store
