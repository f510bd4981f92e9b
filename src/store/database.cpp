// SPDX-License-Identifier: Apache-2.0
#include "database.hpp"

#include "steelyard/core/error.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <unistd.h>

namespace steelyard::store {

namespace {

[[noreturn]] void fail_on(const std::string& path, std::string message) {
    Problem problem;
    problem.place.file = path;
    problem.message = std::move(message);
    throw Error(ErrorKind::input_output, std::vector{std::move(problem)});
}

/// Makes the file if it is not there; it will hold password hashes, so nobody else may read it.
void make_private_file(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0)
        fail_on(path, "cannot make the store: " + std::string(std::strerror(errno)));
    ::close(descriptor);
}

int length_of(std::string_view text) {
    if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        throw Error(ErrorKind::limit, "a text for the store is larger than 2 GiB");
    return static_cast<int>(text.size());
}

}  // namespace

// ---- statements ---------------------------------------------------------------------------------

Statement::Statement(Database& database, std::string_view sql) : database_(database) {
    // The length goes along. NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage)
    const int code = sqlite3_prepare_v2(database.handle(), sql.data(), length_of(sql), &statement_, nullptr);
    if (code != SQLITE_OK)
        database_.fail(code);
}

Statement::~Statement() {
    sqlite3_finalize(statement_);
}

Statement& Statement::bind(std::string_view text) {
    // SQLite takes a null pointer for NULL, so an empty text needs an address.
    const char* begin = text.empty() ? "" : text.data();
    const int code = sqlite3_bind_text(statement_, ++bound_, begin, length_of(text), SQLITE_TRANSIENT);
    if (code != SQLITE_OK)
        database_.fail(code);
    return *this;
}

Statement& Statement::bind(std::int64_t integer) {
    const int code = sqlite3_bind_int64(statement_, ++bound_, integer);
    if (code != SQLITE_OK)
        database_.fail(code);
    return *this;
}

Statement& Statement::bind(double real) {
    const int code = sqlite3_bind_double(statement_, ++bound_, real);
    if (code != SQLITE_OK)
        database_.fail(code);
    return *this;
}

Statement& Statement::bind_null() {
    const int code = sqlite3_bind_null(statement_, ++bound_);
    if (code != SQLITE_OK)
        database_.fail(code);
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        database_.fail(code);
    return false;
}

bool Statement::try_step() {
    const int code = sqlite3_step(statement_);
    if ((code & 0xFF) != SQLITE_BUSY && code != SQLITE_ROW)
        database_.fail(code);
    return code == SQLITE_ROW;
}

void Statement::run() {
    while (step()) {
    }
}

void Statement::reset() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    bound_ = 0;
}

int Statement::columns() const {
    return sqlite3_column_count(statement_);
}

std::string Statement::column_name(int column) const {
    return sqlite3_column_name(statement_, column);
}

Statement::Type Statement::type(int column) const {
    switch (sqlite3_column_type(statement_, column)) {
        case SQLITE_NULL:
            return Type::null;
        case SQLITE_INTEGER:
            return Type::integer;
        case SQLITE_FLOAT:
            return Type::real;
        default:
            return Type::text;
    }
}

std::string Statement::text(int column) const {
    const auto* bytes = sqlite3_column_text(statement_, column);
    if (bytes == nullptr)
        return {};
    return {reinterpret_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

double Statement::real(int column) const {
    return sqlite3_column_double(statement_, column);
}

std::optional<std::int64_t> Statement::maybe_integer(int column) const {
    return type(column) == Type::null ? std::nullopt : std::optional(integer(column));
}

std::optional<double> Statement::maybe_real(int column) const {
    return type(column) == Type::null ? std::nullopt : std::optional(real(column));
}

// ---- the connection -----------------------------------------------------------------------------

Database::Database(const std::string& path, Mode mode, int wait_ms) : path_(path) {
    if (mode == Mode::create)
        make_private_file(path);
    sqlite3* handle = nullptr;
    const int access = mode == Mode::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    const int code =
        sqlite3_open_v2(path.c_str(), &handle, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    handle_.reset(handle);  // even a failed opening leaves something to close
    if (code != SQLITE_OK)
        fail(code);
    sqlite3_busy_timeout(handle, wait_ms);
    execute("PRAGMA foreign_keys = ON");
    execute("PRAGMA trusted_schema = OFF");
    if (mode == Mode::read)
        return;
    use_log();
    // FULL also survives the loss of power: a commit is on the disk before it is acknowledged.
    execute("PRAGMA synchronous = FULL");
}

void Database::use_log() {
    // Two programs that make the same store at once meet here, and SQLite does not wait for this change.
    for (int attempt = 0;; ++attempt) {
        Statement journal(*this, "PRAGMA journal_mode = WAL");
        if (!journal.try_step()) {
            if (attempt == 200)
                fail(SQLITE_BUSY);
            sqlite3_sleep(10);
            continue;
        }
        if (journal.text(0) != "wal")
            fail_on(path_, "the place of the store allows no write-ahead log (a network drive, perhaps)");
        return;
    }
}

void Database::Close::operator()(sqlite3* handle) const {
    sqlite3_close(handle);
}

void Database::execute(const std::string& sql) const {
    const int code = sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        fail(code);
}

std::int64_t Database::pragma(const std::string& name) {
    Statement statement(*this, "PRAGMA " + name);
    return statement.step() ? statement.integer(0) : 0;
}

std::int64_t Database::changes() const {
    return sqlite3_changes64(handle());
}

std::int64_t Database::last_row() const {
    return sqlite3_last_insert_rowid(handle());
}

void Database::copy_to(const Database& target) const {
    sqlite3_backup* backup = sqlite3_backup_init(target.handle(), "main", handle(), "main");
    if (backup == nullptr)
        target.fail(sqlite3_errcode(target.handle()));
    // All pages in one step: the source is read under one lock, so the copy is of one moment.
    int code = SQLITE_BUSY;
    for (int attempt = 0; attempt < 200 && (code == SQLITE_BUSY || code == SQLITE_LOCKED); ++attempt) {
        code = sqlite3_backup_step(backup, -1);
        if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
            sqlite3_sleep(50);
    }
    const int end = sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE)
        target.fail(end == SQLITE_OK ? code : end);
}

void Database::fail(int code) const {
    const int primary = code & 0xFF;
    if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED)
        fail_on(path_, "the store is in use by another program that does not let go of it");
    if (primary == SQLITE_NOTADB)
        fail_on(path_, "not a store of Steelyard: the file is no SQLite database");
    if (primary == SQLITE_CORRUPT)
        fail_on(path_, "the store is damaged; restore a backup with 'steelyard store restore'");
    if (primary == SQLITE_CANTOPEN)
        fail_on(path_, "cannot open the store");
    std::string message = "the store failed: ";
    message += handle_ ? sqlite3_errmsg(handle()) : sqlite3_errstr(code);
    fail_on(path_, std::move(message));
}

// ---- transactions -------------------------------------------------------------------------------

Transaction::Transaction(Database& database) : database_(database) {
    database_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    if (open_)
        sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
    database_.execute("COMMIT");
    open_ = false;
}

}  // namespace steelyard::store
