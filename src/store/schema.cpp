// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

#include "steelyard/core/error.hpp"

#include <array>

namespace steelyard::store {

namespace {

/// What readers and experts say, what was run, and which texts it rested on.
constexpr std::string_view kJudgements = R"sql(
CREATE TABLE sources (
    case_id TEXT NOT NULL,
    source TEXT NOT NULL,
    case_hash TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    author TEXT NOT NULL,
    date TEXT NOT NULL,
    url TEXT NOT NULL,
    licence TEXT NOT NULL,
    reliability TEXT NOT NULL,
    origin TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (case_id, source)
) STRICT;

CREATE TABLE rounds (
    case_id TEXT NOT NULL,
    round INTEGER NOT NULL CHECK (round BETWEEN 1 AND 9),
    at TEXT NOT NULL,
    PRIMARY KEY (case_id, round)
) STRICT;

CREATE TABLE votes (
    case_id TEXT NOT NULL,
    claim TEXT NOT NULL,
    number TEXT NOT NULL,
    reader TEXT NOT NULL CHECK (reader <> ''),
    round INTEGER NOT NULL CHECK (round BETWEEN 1 AND 9),
    wording TEXT NOT NULL,
    case_hash TEXT NOT NULL,
    there INTEGER CHECK (there IN (0, 1)),
    supports INTEGER CHECK (supports IN (0, 1)),
    impact INTEGER CHECK (impact BETWEEN 0 AND 4),
    comment TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (case_id, claim, number, reader, round)
) STRICT;

CREATE TABLE estimates (
    case_id TEXT NOT NULL,
    about TEXT NOT NULL,
    expert TEXT NOT NULL CHECK (expert <> ''),
    round INTEGER NOT NULL CHECK (round BETWEEN 1 AND 9),
    case_hash TEXT NOT NULL,
    probability REAL CHECK (probability BETWEEN 0 AND 1),
    low REAL,
    best REAL,
    high REAL,
    confidence REAL CHECK (confidence > 0 AND confidence <= 1),
    comment TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (case_id, about, expert, round),
    CHECK ((probability IS NULL) <> (best IS NULL)),
    CHECK ((best IS NULL) = (low IS NULL) AND (best IS NULL) = (high IS NULL)),
    CHECK (low <= best AND best <= high)
) STRICT;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    analysis TEXT NOT NULL,
    version TEXT NOT NULL,
    case_id TEXT NOT NULL,
    case_hash TEXT NOT NULL,
    seed TEXT NOT NULL,
    overrides TEXT NOT NULL,
    options TEXT NOT NULL,
    result TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
)sql";

/// Forecasts and outcomes, in a chain that nobody can rewrite unnoticed.
constexpr std::string_view kLedger = R"sql(
CREATE TABLE ledger (
    seq INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('forecast', 'outcome')),
    case_id TEXT NOT NULL,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    at TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX ledger_by_event ON ledger (case_id, event);
CREATE TRIGGER ledger_keeps BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'a saved forecast cannot be changed'); END;
CREATE TRIGGER ledger_holds BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'a saved forecast cannot be removed'); END;
)sql";

/// Who may do what, and who did what.
constexpr std::string_view kAccounts = R"sql(
CREATE TABLE accounts (
    name TEXT PRIMARY KEY CHECK (name <> ''),
    role TEXT NOT NULL CHECK (role IN ('reader', 'expert', 'owner')),
    password TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    at TEXT NOT NULL
) STRICT;

CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (name),
    label TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    expires TEXT NOT NULL,
    revoked TEXT
) STRICT;

CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END;
CREATE TRIGGER audit_holds BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log cannot be shortened'); END;
)sql";

constexpr std::array kSteps{kJudgements, kLedger, kAccounts};

constexpr std::array kTables{
    StoredTable{"sources", 1},        StoredTable{"rounds", 1},       StoredTable{"votes", 1},
    StoredTable{"estimates", 1},      StoredTable{"runs", 1},         StoredTable{"ledger", 2},
    StoredTable{"accounts", 3, true}, StoredTable{"tokens", 3, true}, StoredTable{"audit", 3},
};

[[noreturn]] void refuse(const Database& database, ErrorKind kind, std::string message) {
    Problem problem;
    problem.place.file = database.path();
    problem.message = std::move(message);
    throw Error(kind, std::vector{std::move(problem)});
}

}  // namespace

int newest_schema() {
    return static_cast<int>(kSteps.size());
}

std::span<const StoredTable> stored_tables() {
    return kTables;
}

int schema_of(Database& database) {
    const std::int64_t version = database.pragma("user_version");
    if (database.pragma("application_id") == kApplicationId) {
        if (version > newest_schema()) {
            refuse(database, ErrorKind::unsupported,
                   "the store has schema version " + std::to_string(version) + "; this program knows up to " +
                       std::to_string(newest_schema()) + ": use a newer Steelyard");
        }
        return static_cast<int>(version);
    }
    Statement tables(database, "SELECT count(*) FROM sqlite_schema");
    if (!tables.step() || tables.integer(0) != 0)
        refuse(database, ErrorKind::input_output, "not a store of Steelyard: a database of another program");
    return 0;
}

void migrate(Database& database, int target) {
    while (schema_of(database) < target) {
        Transaction transaction(database);
        const int version = schema_of(database);  // another program may have been quicker
        if (version >= target)
            return;
        database.execute(std::string(kSteps[static_cast<std::size_t>(version)]));
        database.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
        database.execute("PRAGMA user_version = " + std::to_string(version + 1));
        transaction.commit();
    }
}

}  // namespace steelyard::store
