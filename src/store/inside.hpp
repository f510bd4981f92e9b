// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What the parts of the store share.

#include "database.hpp"
#include "steelyard/store/store.hpp"

namespace steelyard::store {

struct Store::Inside {
    mutable Database database;
};

/// A line of the audit log, within the caller's transaction.
void log(Database& database, const Stamp& stamp, std::string_view action, const std::string& subject);

/// Throws `Error` (usage).
[[noreturn]] void refuse(std::string message, std::string found = {}, std::string allowed = {});

/// Names of readers, experts, events and outcomes are words: no blanks, commas, equals signs or control
/// characters, at most 200 bytes, so that they stand in lines and lists.  Throws `Error` (usage).
void check_name(std::string_view what, std::string_view name);

/// Texts are UTF-8 and at most 20,000 bytes.  Throws `Error` (usage).
void check_text(std::string_view what, const std::string& text);

/// Whether a number lies in an interval; not a number does not.
constexpr bool within(double value, double low, double high) {
    return value >= low && value <= high;
}

/// What is wrong with the chain of forecasts.
std::vector<std::string> check_chain(Database& database);

/// Runs the checks of SQLite and of the chain.
std::vector<std::string> check_database(Database& database);

}  // namespace steelyard::store
