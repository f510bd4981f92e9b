// SPDX-License-Identifier: Apache-2.0
#pragma once
/// SQLite as this folder uses it: a connection, a statement, a transaction.  Every failure is an `Error`.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace steelyard::store {

class Database;

/// One prepared statement.  Lives shorter than its database.
class Statement {
public:
    Statement(Database& database, std::string_view sql);
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    /// Binds the next parameter, from the first on.
    Statement& bind(std::string_view text);
    Statement& bind(const std::string& text) { return bind(std::string_view(text)); }
    Statement& bind(const char* text) { return bind(std::string_view(text)); }
    Statement& bind(std::int64_t integer);
    Statement& bind(int integer) { return bind(std::int64_t{integer}); }
    Statement& bind(bool truth) { return bind(std::int64_t{truth ? 1 : 0}); }
    Statement& bind(double real);
    Statement& bind_null();
    template <class T>
    Statement& bind(const std::optional<T>& value) {
        return value ? bind(*value) : bind_null();
    }

    /// Moves to the next row; false behind the last.
    bool step();
    /// The first row of a statement that has one, or false where another program stands in the way.
    bool try_step();
    /// Runs a statement that gives no rows.
    void run();
    /// Ready for another run with other parameters.
    void reset();

    [[nodiscard]] int columns() const;
    [[nodiscard]] std::string column_name(int column) const;
    enum class Type { null, integer, real, text };
    [[nodiscard]] Type type(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::optional<std::int64_t> maybe_integer(int column) const;
    [[nodiscard]] std::optional<double> maybe_real(int column) const;

private:
    Database& database_;
    sqlite3_stmt* statement_ = nullptr;
    int bound_ = 0;
};

/// A connection to one file.  Not to be shared between threads; any number of connections and processes may
/// have the same file open.
class Database {
public:
    enum class Mode { read, write, create };

    /// Opens the file in WAL mode with foreign keys on and full synchronisation.  A new file is readable by
    /// its owner only.  Throws `Error` (input_output) when it cannot, or when the file is not a database.
    Database(const std::string& path, Mode mode, int wait_ms);
    Database(Database&&) noexcept = default;
    Database& operator=(Database&&) noexcept = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database() = default;

    void execute(const std::string& sql) const;
    [[nodiscard]] std::int64_t pragma(const std::string& name);
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] sqlite3* handle() const { return handle_.get(); }
    /// Rows that the last statement changed.
    [[nodiscard]] std::int64_t changes() const;
    [[nodiscard]] std::int64_t last_row() const;

    /// Makes `target` an exact copy of this database.  Others may go on reading and writing here meanwhile;
    /// the target is locked while the copy is written, so that nobody sees half of it.
    void copy_to(const Database& target) const;

    /// Throws the `Error` that an SQLite result code stands for.
    [[noreturn]] void fail(int code) const;

private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    void use_log();

    std::string path_;
    std::unique_ptr<sqlite3, Close> handle_;
};

/// All or nothing.  Waits for its turn to write at once, so that two writers never meet half-way.
class Transaction {
public:
    explicit Transaction(Database& database);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    /// After this returns the change is on the disk.
    void commit();

private:
    Database& database_;
    bool open_ = true;
};

}  // namespace steelyard::store
