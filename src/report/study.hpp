// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What the answers of one brief share: the tables with their efficient deals and solutions, computed once.

#include "steelyard/core/context.hpp"
#include "steelyard/evidence/evidence.hpp"
#include "steelyard/model/case.hpp"
#include "steelyard/model/scores.hpp"
#include "steelyard/model/tables.hpp"
#include "steelyard/space/frontier.hpp"
#include "steelyard/space/solutions.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::linkage {
struct OrderRow;
}

namespace steelyard::report {

/// A deal that one or more solution concepts choose.
struct ChosenDeal {
    std::vector<space::Concept> concepts;
    Deal deal;
    std::string ties;  ///< deals equally good by the first concept
};

/// How often an actor of a table would say yes.
struct Willingness {
    ActorId actor;
    double accepts = 0;  ///< share of feasible deals that leave it at least its no-deal value
    std::size_t stops =
        0;  ///< efficient deals that the table would accept if this actor alone changed its mind
};

/// One table: its space, looked at once.
struct TableStudy {
    Table table;
    std::vector<IssueId> open;  ///< issues on the table that no event has settled
    space::FrontierResult frontier;
    std::vector<Deal> efficient;  ///< a deal for each frontier point
    std::vector<bool> accepted;   ///< whether the table accepts it
    std::vector<ChosenDeal> chosen;
    std::vector<Willingness> willing;

    [[nodiscard]] bool agreement() const { return !chosen.empty(); }
    /// The deal of that concept; nullptr when no deal is acceptable.
    [[nodiscard]] const ChosenDeal* by(space::Concept wanted) const;
    /// The deal the brief speaks of first: Nash's.
    [[nodiscard]] const ChosenDeal* likely() const { return by(space::Concept::nash); }
    [[nodiscard]] bool is_open(IssueId issue) const;
    [[nodiscard]] bool seats(ActorId actor) const;
    /// Efficient deals that the table accepts.
    [[nodiscard]] std::vector<const Deal*> candidates() const;
    /// Acceptable deals as a share of feasible ones; none when no deal is feasible.
    [[nodiscard]] std::optional<double> acceptable_share() const;
};

/// What a number of the case says.
enum class NumberRole { option_points, weight, stance, no_deal, bundle, obligation, power, capability, move };

/// A number of the case with what it is about.
struct CaseNumber {
    std::string pointer;
    NumberRole role = NumberRole::option_points;
    std::optional<ActorId> actor;
    std::optional<IssueId> issue;    ///< option_points, weight, stance
    std::optional<OptionId> option;  ///< option_points
    std::size_t index = 0;           ///< bundle, obligation: which
    Number number;
    std::vector<ClaimId> because;  ///< its own claims, or those of the bundle or obligation it belongs to
    bool assumption = false;
};

struct Scan;
struct ConflictStudy;
class Sheet;

class Study {
public:
    Study(const Case& subject_, const Context& context_);
    Study(const Study&) = delete;
    Study& operator=(const Study&) = delete;
    ~Study();

    const Case& subject;
    const Context& context;
    const Scores scores;
    const std::vector<Table> tables;
    const evidence::EvidenceResult evidence;
    const std::vector<CaseNumber> numbers;
    /// Whether uncertain.hpp will say which single numbers turn an answer, so that answers need not.
    bool drawn = false;

    /// The table, studied.  `id` empty: the first one.
    const TableStudy& at(std::string_view id);
    const TableStudy& at(const QuestionPart& part);
    /// What moving one number does to the table's outcome (scan.hpp).
    const Scan& scan(const TableStudy& at);
    /// Moves and countermoves as seen from the table (answers/conflict.hpp); nullptr without a conflict.
    const ConflictStudy* conflict(const TableStudy& at);
    /// How the table alone talks, seeing the answers of outsiders coming.
    const linkage::OrderRow& play(const TableStudy& at);
    /// The points as ordinary numbers, at whatever values were set last (sheet.hpp).
    Sheet& sheet();
    /// The tables studied so far, in case order.
    [[nodiscard]] std::vector<const TableStudy*> studied() const;

    /// The actor's name as it stands inside a sentence.
    [[nodiscard]] std::string name(ActorId actor) const;
    /// The name as a heading: `United States`.
    [[nodiscard]] std::string heading(ActorId actor) const;
    /// `gains` or `gain`, whichever the name wants.
    [[nodiscard]] std::string_view verb(ActorId actor, std::string_view one, std::string_view several) const;
    [[nodiscard]] std::string names(const std::vector<ActorId>& actors) const;
    [[nodiscard]] std::string table_name(const Table& table) const;
    /// `“Loans and their conditions: on soft terms”`
    [[nodiscard]] std::string quoted(IssueId issue, OptionId option) const;
    /// `Loans and their conditions: on soft terms`
    [[nodiscard]] std::string option_text(IssueId issue, OptionId option) const;
    [[nodiscard]] const std::string& issue_name(IssueId issue) const;
    [[nodiscard]] const std::string& option_name(IssueId issue, OptionId option) const;

    /// Settled option, otherwise status quo.
    [[nodiscard]] std::optional<OptionId> today(IssueId issue) const;
    /// Whether some open issue of the table has an option in force, so that a deal changes something.
    [[nodiscard]] bool has_today(const TableStudy& study) const;
    /// Points of what the actor has on the issue today; of its worst option where nothing is in force.
    [[nodiscard]] Rational base(ActorId actor, IssueId issue) const;
    /// Best minus worst option of the issue.
    [[nodiscard]] Rational range(ActorId actor, IssueId issue) const;
    /// What is at stake for the actor at the table: the ranges of its open issues added up.
    [[nodiscard]] Rational stake(ActorId actor, const TableStudy& study) const;
    [[nodiscard]] Rational gain(ActorId actor, const Deal& deal) const;
    /// The gain as a share of the stake; 0 where nothing is at stake.
    [[nodiscard]] double share(ActorId actor, const TableStudy& study, const Rational& gain) const;
    /// Open issues whose option differs from today's, as `issue (option)`; every one where nothing is in force.
    [[nodiscard]] std::vector<std::string> changes(const TableStudy& study, const Deal& deal) const;
    /// Obligations that the deal breaks.
    [[nodiscard]] std::vector<std::size_t> broken(const Deal& deal) const;

private:
    std::vector<std::optional<TableStudy>> studied_;
    std::map<std::string, std::unique_ptr<Scan>> scans_;
    std::map<std::string, std::unique_ptr<ConflictStudy>> conflicts_;
    std::map<std::string, std::unique_ptr<linkage::OrderRow>> plays_;
    std::unique_ptr<Sheet> sheet_;
};

/// Runs the space analyses of one table.
TableStudy study_table(const Case& subject, const Table& table, const Context& context);

/// The case with one of its tables replaced (and implied tables written out).
Case with_table(const Case& subject, const Table& table);

/// The case after `deal` has been agreed on `issues`: they are today's options now, and every no-deal value that
/// the case states moves by what that is worth to the actor.
Case after(const Case& subject, const Scores& scores, const std::vector<IssueId>& issues, const Deal& deal);

/// Every number of a case with what it is about and what it rests on, in file order.
std::vector<CaseNumber> list_numbers(const Case& subject, const evidence::EvidenceResult& evidence);

}  // namespace steelyard::report
