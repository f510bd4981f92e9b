// SPDX-License-Identifier: Apache-2.0
#include "ids.hpp"
#include "stance_builder.hpp"
#include "steelyard/format/stance_tables.hpp"
#include "table_rows.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace steelyard {

using format::read_rows;
using format::StanceBuilder;
using format::TableProblems;
using format::TableRow;

namespace {

/// Columns by heading.
class Heading {
public:
    Heading(const TableRow& row, TableProblems& problems) : row_(row), problems_(problems) {}

    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const {
        const auto place = std::ranges::find(row_.cells, name);
        return place == row_.cells.end()
                   ? std::nullopt
                   : std::optional(static_cast<std::size_t>(place - row_.cells.begin()));
    }
    std::size_t need(std::string_view name) {
        const auto place = find(name);
        if (!place) {
            problems_.add(row_.line, "the table has no column of this name", std::string(name));
        }
        return place.value_or(0);
    }

private:
    const TableRow& row_;
    TableProblems& problems_;
};

/// What each member of one Council counts.
using Members = std::map<std::string, Rational>;

Members read_members(std::string_view text, std::string_view file, CouncilPower power) {
    Members members;
    TableProblems problems(file);
    const std::vector<TableRow> rows = read_rows(text, file, ',');
    if (rows.empty()) {
        problems.add(1, "the table is empty");
        problems.raise();
    }
    Heading heading(rows.front(), problems);
    const std::size_t id = heading.need("abbr");
    const std::size_t value = power == CouncilPower::banzhaf          ? heading.need("banzhaf")
                              : power == CouncilPower::shapley_shubik ? heading.need("shapleyshubik")
                                                                      : heading.need("weights");
    problems.raise();
    for (std::size_t r = 1; r < rows.size(); ++r) {
        if (const auto number = problems.number(rows[r].line, rows[r].cell(value), "the weight", 0)) {
            const Rational counts = power == CouncilPower::equal ? Rational(1) : *number;
            if (!members.emplace(rows[r].cell(id), counts).second) {
                problems.add(rows[r].line, "the member stands in the table already", rows[r].cell(id));
            }
        }
    }
    problems.raise();
    const auto counts = [](const auto& member) { return member.second > Rational(0); };
    if (std::ranges::none_of(members, counts)) {
        problems.add(rows.front().line, "no member in the table has a weight above 0");
        problems.raise();
    }
    return members;
}

/// Weights in units of the mean member.
double in_means(const Members& members, const std::string& member) {
    const auto place = members.find(member);
    if (place == members.end()) {
        return 1;
    }
    double sum = 0;
    for (const auto& [name, weight] : members) {
        sum += weight.to_double();
    }
    return place->second.to_double() * static_cast<double>(members.size()) / sum;
}

struct ActorColumns {
    std::string code;
    std::size_t position, salience;
};

class DeuReader {
public:
    DeuReader(const DeuTables& tables, const DeuOptions& options)
        : options_(options),
          eu15_(read_members(tables.eu15, tables.eu15_file, options.council)),
          eu27_(read_members(tables.eu27, tables.eu27_file, options.council)),
          problems_(tables.issues_file),
          rows_(read_rows(tables.issues, tables.issues_file, ',')) {}

    std::vector<Case> read() {
        if (rows_.size() < 2) {
            problems_.add(1, "a heading row and at least one issue are needed");
            problems_.raise();
        }
        Heading heading(rows_.front(), problems_);
        const std::size_t proposal = heading.need("prnrnmc");
        name_ = heading.need("prname");
        issue_ = heading.need("isnr");
        procedure_ = heading.need("proc");
        vote_ = heading.need("counvte");
        reference_ = heading.need("rp");
        outcome_ = heading.need("out");
        for (std::size_t c = 0; c < rows_.front().cells.size(); ++c) {
            const std::string& column = rows_.front().cells[c];
            if (column.size() > 2 && column.starts_with('p')) {
                if (const auto salience = heading.find('s' + column.substr(1))) {
                    actors_.push_back({column.substr(1), c, *salience});
                }
            }
        }
        if (actors_.empty()) {
            problems_.add(rows_.front().line, "no pair of columns p.. and s.. holds an actor's stances");
        }
        problems_.raise();
        std::vector<std::pair<std::string, std::vector<const TableRow*>>> proposals;
        for (std::size_t r = 1; r < rows_.size(); ++r) {
            const std::string id = rows_[r].cell(proposal);
            check_row(rows_[r], id);
            const auto known = std::ranges::find(proposals, id, [](const auto& p) { return p.first; });
            if (known == proposals.end()) {
                proposals.emplace_back(id, std::vector<const TableRow*>{&rows_[r]});
            } else {
                known->second.push_back(&rows_[r]);
            }
        }
        std::vector<Case> cases;
        for (const auto& [id, issues] : proposals) {
            Case subject = proposal_case(id, issues);
            const bool asked =
                options_.wave == DeuWave::all || (options_.wave == DeuWave::enlarged) == enlarged(issues);
            if (asked && !subject.actors.empty()) {
                cases.push_back(std::move(subject));
            }
        }
        problems_.raise();
        return cases;
    }

private:
    [[nodiscard]] Rational capability(const std::string& code, bool all_members) const {
        double counts = 1;
        if (code == "com") {
            counts = options_.commission;
        } else if (code == "ep") {
            counts = options_.parliament;
        } else {
            counts = in_means(all_members ? eu27_ : eu15_, code);
        }
        // Fewer digits would break the ties that votes have.
        return Rational::nearest(counts, 15);
    }

    /// A cell too many or too few puts every stance behind it on the wrong actor.
    void check_row(const TableRow& row, const std::string& proposal) {
        const std::size_t columns = rows_.front().cells.size();
        if (row.cells.size() != columns) {
            problems_.add(row.line, "the row has another number of cells than the heading",
                          std::to_string(row.cells.size()), std::to_string(columns));
        }
        const std::string issue = row.cell(issue_);
        if (proposal.empty() || issue.empty()) {
            problems_.add(row.line,
                          "the row names no " + std::string(proposal.empty() ? "proposal" : "issue"));
        } else if (!seen_.emplace(proposal, issue).second) {
            problems_.add(row.line, "the proposal has a row for this issue already", issue);
        }
    }

    using Rows = std::vector<const TableRow*>;

    /// Whether the study gives the actor a stance on the issue.
    [[nodiscard]] bool has_stance(const TableRow& row, const ActorColumns& actor) const {
        return !row.cell(actor.position).empty() &&
               (options_.uncoded_salience != UncodedSalience::omit || !row.cell(actor.salience).empty());
    }

    /// Whether a state that joined after the Council of fifteen has a position.
    [[nodiscard]] bool enlarged(const Rows& issues) const {
        return std::ranges::any_of(actors_, [&](const ActorColumns& actor) {
            return actor.code != "com" && actor.code != "ep" && !eu15_.contains(actor.code) &&
                   std::ranges::any_of(
                       issues, [&](const TableRow* row) { return !row->cell(actor.position).empty(); });
        });
    }

    Case proposal_case(const std::string& id, const Rows& issues) {
        StanceBuilder builder;
        const bool all_members = enlarged(issues);
        const std::string uncoded = options_.uncoded_salience == UncodedSalience::middle ? "50" : "0";
        std::vector<std::optional<std::size_t>> place;
        for (const ActorColumns& actor : actors_) {
            const bool takes_part =
                std::ranges::any_of(issues, [&](const TableRow* row) { return has_stance(*row, actor); });
            place.push_back(
                takes_part ? std::optional(builder.actor(actor.code, "", capability(actor.code, all_members)))
                           : std::nullopt);
        }
        for (std::size_t k = 0; k < issues.size(); ++k) {
            const TableRow& row = *issues[k];
            builder.issue(row.cell(issue_), "");
            for (std::size_t a = 0; a < actors_.size(); ++a) {
                if (!has_stance(row, actors_[a])) {
                    continue;
                }
                const std::string position = row.cell(actors_[a].position);
                const std::string salience = row.cell(actors_[a].salience);
                const auto x =
                    problems_.number(row.line, position, "the position of " + actors_[a].code, 0, 100);
                const auto s = problems_.number(row.line, salience.empty() ? uncoded : salience,
                                                "the salience of " + actors_[a].code, 0, 100);
                if (x && s) {
                    builder.stance(*place[a], k, *x, *s);
                }
            }
            if (const std::string reference = row.cell(reference_); !reference.empty()) {
                if (const auto x = problems_.number(row.line, reference, "the reference point", 0, 100)) {
                    builder.status_quo(k, *x);
                }
            }
            if (const std::string outcome = row.cell(outcome_); !outcome.empty()) {
                if (const auto x = problems_.number(row.line, outcome, "the outcome", 0, 100)) {
                    builder.outcome(k, *x);
                }
            }
        }
        const TableRow& first = *issues.front();
        return builder.finish(
            case_ids_.make("deu-" + id), first.cell(name_),
            "Procedure " + first.cell(procedure_) + ", Council vote " + first.cell(vote_) + ".",
            "Arregui and Perarnaud 2021, Decision-making in the European Union III, doi 10.34810/data53, CC "
            "BY 4.0");
    }

    DeuOptions options_;
    Members eu15_, eu27_;
    format::IdMaker case_ids_{"x"};
    TableProblems problems_;
    std::vector<TableRow> rows_;
    std::vector<ActorColumns> actors_;
    std::set<std::pair<std::string, std::string>> seen_;  // proposals with their issues
    std::size_t name_ = 0, issue_ = 0, procedure_ = 0, vote_ = 0, reference_ = 0, outcome_ = 0;
};

}  // namespace

std::vector<Case> read_deu(const DeuTables& tables, const DeuOptions& options) {
    return DeuReader(tables, options).read();
}

}  // namespace steelyard
