// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The store: one file with readers' votes, experts' estimates, saved forecasts, runs and accounts.
///
/// Cases stay plain files; the store names them by id and hash.  A call that writes returns when the change
/// is on the disk, complete; a program killed at any moment loses nothing that was acknowledged and leaves
/// nothing half-written.  Any number of processes may use one file; each `Store` belongs to one thread.

#include "steelyard/model/case.hpp"
#include "steelyard/store/records.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::store {

struct StoreOptions {
    bool create = true;   ///< make the file where there is none
    int wait_ms = 20000;  ///< how long to wait for another program that is writing
};

/// What `check` found.
struct CheckResult {
    bool sound = true;
    int schema = 0;
    Named<std::int64_t> records;
    std::vector<std::string> problems;

    static constexpr auto fields() {
        return std::tuple{
            field("sound", &CheckResult::sound, "Whether nothing is wrong."),
            field("schema", &CheckResult::schema, "Schema version."),
            field("records", &CheckResult::records, "Records in each table."),
            field("problems", &CheckResult::problems, "What is wrong."),
        };
    }
};

/// The fingerprint of a claim as a reader sees it: SHA-256 of its text, source and place.  Votes count for
/// the wording they were cast on.
std::string wording_of(const Case& subject, const Claim& claim);

class Store {
public:
    /// Opens the store, brings an older one up to date and checks the chain of saved forecasts, in time linear
    /// in their number.  Throws `Error`: input_output (no such file, no store, damaged, a broken chain),
    /// unsupported (written by a newer version).
    explicit Store(const std::string& path, const StoreOptions& options = {});
    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    ~Store();

    // ---- judgements ---------------------------------------------------------------------------

    /// The round of a case: 1, until further ones are opened.
    [[nodiscard]] int round(std::string_view case_id) const;
    /// Opens the next round and returns it.  Throws `Error` (limit) after the ninth.
    int open_round(std::string_view case_id, const Stamp& stamp);

    /// Adds a reader's answers in the current round (`round` 0, or that round).  Questions left open may be
    /// answered later in the round; an answer given stands until the next round, because by then the others'
    /// may have been seen.  Throws `Error` (usage) for a changed answer, an empty vote, another round.
    void vote(const Vote& vote, const Stamp& stamp);
    /// Every vote on a case, by claim, number, reader and round: for the analyst who pools them.
    [[nodiscard]] std::vector<Vote> votes(std::string_view case_id) const;
    /// What `reader` may see of a claim: the own votes, and those of others up to the last round in which the
    /// reader has voted on it (Delphi rule: first judge, then look).
    [[nodiscard]] std::vector<Vote> visible_votes(std::string_view case_id, std::string_view claim,
                                                  std::string_view reader) const;

    /// Adds an expert's estimate in the current round; one for each round.  Throws `Error` (usage) for a
    /// second one, for neither or both of probability and three points, for points out of order.
    void estimate(const Estimate& estimate, const Stamp& stamp);
    [[nodiscard]] std::vector<Estimate> estimates(std::string_view case_id) const;

    /// Several judgements, all or none: the answers of a form.
    void judge(const std::vector<Vote>& votes, const std::vector<Estimate>& estimates, const Stamp& stamp);

    // ---- records ------------------------------------------------------------------------------

    /// Records the case's sources as the case describes them now; nothing when they are recorded already.
    void keep_sources(const Case& subject, std::string_view case_hash, const Stamp& stamp);
    [[nodiscard]] std::vector<SourceRecord> sources(std::string_view case_id) const;

    /// Keeps a run; returns its number.  `id`, `by` and `at` of the record are not read.
    std::int64_t keep_run(const RunRecord& run, const Stamp& stamp);
    [[nodiscard]] std::vector<RunRecord> runs(std::string_view case_id) const;

    // ---- saved forecasts ----------------------------------------------------------------------

    /// Saves forecasts of one or more events, all or none; returns the last link of the chain.  `seq`, `at`
    /// and `hash` are not read.  Throws `Error` (usage): chances that are not a distribution, outcomes that
    /// differ from those of an earlier forecast of the event, an event that is already settled.
    std::string save(const std::vector<Forecast>& forecasts, const Stamp& stamp);
    /// Every forecast, or those of one case, oldest first.
    [[nodiscard]] std::vector<Forecast> forecasts(std::string_view case_id = {}) const;
    /// Settles an event; returns the link.  Throws `Error`: usage (not one of the outcomes that were
    /// forecast, neither outcome nor value).
    std::string resolve(const Outcome& outcome, const Stamp& stamp);
    /// Every outcome in order, corrections included; `latest` leaves only the last one of each event.
    [[nodiscard]] std::vector<Outcome> outcomes(std::string_view case_id = {}, bool latest = true) const;
    /// What is wrong with the chain of forecasts and outcomes; empty when nothing is.
    [[nodiscard]] std::vector<std::string> chain_problems() const;

    // ---- the whole ----------------------------------------------------------------------------

    /// Reads every page, index, reference and link of the chain.  Linear in the file.
    [[nodiscard]] CheckResult check() const;
    /// Writes a copy of this moment to a new file while others go on.  Throws `Error` (input_output) when
    /// there is already a file.
    void backup(const std::string& path) const;
    /// The store as JSON lines: a heading, then a record a line, in a stable order.  Accounts and tokens are
    /// left out unless asked for; what they hold are hashes, never passwords or tokens.
    [[nodiscard]] std::string to_lines(bool with_accounts = false) const;
    /// The audit log, oldest first.
    [[nodiscard]] std::vector<AuditEntry> audit() const;

    /// The connection, for the other parts of this module.
    struct Inside;
    [[nodiscard]] Inside& inside() const { return *inside_; }

private:
    std::unique_ptr<Inside> inside_;
};

/// Replaces what the store at `path` holds by a backup, in one step that other programs see whole or not at
/// all; an older backup is brought up to date, and its audit log says so.  Throws `Error`: input_output (the backup is no store or
/// damaged), unsupported.
void restore(const std::string& backup, const std::string& path, const Stamp& stamp,
             const StoreOptions& options = {});

/// Fills an empty or absent store from JSON lines of this or an earlier schema version.  Throws `Error`:
/// usage with the line of every problem, input_output (the store holds records already), unsupported.
void from_lines(std::string_view text, const std::string& path, const StoreOptions& options = {});

}  // namespace steelyard::store
