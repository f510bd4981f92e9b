// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Tables of positions and saliences, as other tools and studies keep them, read into cases.
///
/// Names become ids (lower case, other characters as `_`), numbered where two come out alike; the name stays.
/// Where a file has no named options, an issue's options are the places that somebody takes on it, called
/// `at-50`.  Every reader throws `Error` (invalid_case) with all bad rows, each by its line.

#include "steelyard/core/value.hpp"
#include "steelyard/model/case.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace steelyard {

/// A case from another tool's file.
struct ImportedCase {
    Case subject;
    Value options;  ///< options for the `spatial` analysis that the file states; may be empty
    std::vector<std::string> notes;  ///< what the reader decided, for people
};

/// One row per actor: name, capability, then a position and a salience for each issue.
/// The first row names the columns: `Actor`, `Capability` (or `Power`; may be left out), `<issue>` or
/// `<issue> position`, and `<issue> salience`, or, with one issue, `Position` and `Salience`.  Empty cells: no
/// stance.  Saliences are 0-1 when none exceeds 1, otherwise 0-100.  Positions are 0-100 when all lie there and
/// one exceeds 10; otherwise each issue's scale runs from its lowest position to its highest, and its options
/// keep the typed numbers as names.
ImportedCase read_stance_csv(std::string_view text, std::string_view file);

/// A DECIDE file (exchange model): lines tagged #A (actor), #P (issue), #M (place on an issue's scale) and #D
/// (actor, issue, position, salience 0-1, power), parted by tabs or semicolons, quoted or not.
/// The ends of a scale stand in its #P line or else are the first and last of its #M lines.  An actor's power
/// must be the same on every issue.
ImportedCase read_decide(std::string_view text, std::string_view file);

/// A KTAB scenario as CSV: scenario row, heading row, one row per actor.
ImportedCase read_ktab_csv(std::string_view text, std::string_view file);

/// A KTAB scenario as XML, with the model parameters as options.
ImportedCase read_ktab_xml(std::string_view text, std::string_view file);

/// How much a member state counts in a DEU case.
enum class CouncilPower { equal, votes, banzhaf, shapley_shubik };

struct DeuOptions {
    CouncilPower council = CouncilPower::votes;
    double commission = 1;  ///< in units of the mean member state
    double parliament = 1;
};

/// The tables of one data release, each with its file name for messages.
struct DeuTables {
    std::string_view issues, issues_file;  ///< one row an issue
    std::string_view eu15, eu15_file;      ///< votes and power indices in the Council of fifteen
    std::string_view eu27, eu27_file;      ///< and after the enlargements
};

/// The proposals of the data set Decision-making in the European Union (Arregui & Perarnaud 2021, doi
/// 10.34810/data53), one case each in file order: actors com, ep and the member states; the reference point as
/// status quo; the outcome.  An actor takes part in a proposal when it has a position on one of its issues.  A
/// proposal counts by the Council of fifteen unless a state that joined later has a position.  A state that
/// the table of its Council lacks counts as the mean member.
std::vector<Case> read_deu(const DeuTables& tables, const DeuOptions& options = {});

}  // namespace steelyard
