// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The tables of the store, version by version.

#include "database.hpp"

#include <span>
#include <string_view>

namespace steelyard::store {

/// Marks an SQLite file as a store of Steelyard: the bytes `Stly`.
inline constexpr std::int64_t kApplicationId = 0x53746C79;

/// The version this library writes.  Version n is what the first n steps of the schema make.
int newest_schema();

/// Brings the database to version `target`, one transaction a step; makes the tables of an empty one.
/// Versions are whole: a step that fails leaves the version before it.  Throws `Error`: input_output (the
/// file is no store), unsupported (it was written by a newer version).
void migrate(Database& database, int target = newest_schema());

/// Throws like `migrate` when the file is no store that this version can read.  Returns its version; 0 for an
/// empty database.
int schema_of(Database& database);

/// A table that is exported, in an order in which references point backwards.
struct StoredTable {
    std::string_view name;
    int since;            ///< the schema version that made it
    bool secret = false;  ///< holds hashes of passwords or tokens: exported on request only
};
std::span<const StoredTable> stored_tables();

}  // namespace steelyard::store
