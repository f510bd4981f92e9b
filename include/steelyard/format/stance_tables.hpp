// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Tables of positions and saliences, as other tools and studies keep them, read into cases.
///
/// Names become ids (lower case, other characters as `_`), numbered where two come out alike; the name stays.
/// Where a file has no named options, an issue's options are the places that somebody takes on it, called
/// `at-50`.  Every reader throws `Error` (invalid_case) with all bad rows, each by its line.

#include "steelyard/core/described.hpp"
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

constexpr auto choices_of(CouncilPower) {
    return std::array{
        Choice<CouncilPower>{CouncilPower::equal, "equal", "every state counts the same"},
        Choice<CouncilPower>{CouncilPower::votes, "votes", "its votes in the Council"},
        Choice<CouncilPower>{CouncilPower::banzhaf, "banzhaf", "its Banzhaf index"},
        Choice<CouncilPower>{CouncilPower::shapley_shubik, "shapley_shubik", "its Shapley-Shubik index"},
    };
}

/// What becomes of a position whose salience the study did not code.
enum class UncodedSalience { zero, omit, middle };

constexpr auto choices_of(UncodedSalience) {
    return std::array{
        Choice<UncodedSalience>{UncodedSalience::zero, "zero",
                                "the actor stands there but does not care: it counts only where all count "
                                "the same"},
        Choice<UncodedSalience>{UncodedSalience::omit, "omit", "the position is left out"},
        Choice<UncodedSalience>{UncodedSalience::middle, "middle", "the actor cares by 50"},
    };
}

/// Which proposals are read, by the Council that dealt with them.
enum class DeuWave { all, fifteen, enlarged };

constexpr auto choices_of(DeuWave) {
    return std::array{
        Choice<DeuWave>{DeuWave::all, "all", "all proposals"},
        Choice<DeuWave>{DeuWave::fifteen, "fifteen", "those of the Council of fifteen"},
        Choice<DeuWave>{DeuWave::enlarged, "enlarged",
                        "those on which a state that joined later has a position"},
    };
}

struct DeuOptions {
    CouncilPower council = CouncilPower::votes;
    double commission = 1;  ///< in units of the mean member state
    double parliament = 1;
    UncodedSalience uncoded_salience = UncodedSalience::zero;
    DeuWave wave = DeuWave::all;
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
/// the table of its Council lacks counts as the mean member.  A proposal on which nobody has a stance is no case
/// and left out.
std::vector<Case> read_deu(const DeuTables& tables, const DeuOptions& options = {});

}  // namespace steelyard
