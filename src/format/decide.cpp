// SPDX-License-Identifier: Apache-2.0
#include "stance_builder.hpp"
#include "steelyard/format/stance_tables.hpp"
#include "table_rows.hpp"

#include <algorithm>

namespace steelyard {

using format::read_rows;
using format::StanceBuilder;
using format::TableProblems;
using format::TableRow;

namespace {

struct DecideIssue {
    std::string id, name, about;
    std::optional<Rational> lower, upper;
    std::vector<std::pair<Rational, std::string>> meanings;
};

struct DecideActor {
    std::string id, name, about;
    std::optional<Rational> power;
};

struct DecideStance {
    std::size_t line, actor, issue;
    Rational position, salience;
};

/// Reads the rows in two passes, because they may stand in any order.
class DecideReader {
public:
    explicit DecideReader(std::string_view file) : problems_(file) {}

    ImportedCase read(const std::vector<TableRow>& rows, std::string_view file) {
        for (const TableRow& row : rows) {
            declare(row);
        }
        for (const TableRow& row : rows) {
            if (row.cells.front() == "#M") {
                meaning(row);
            } else if (row.cells.front() == "#D") {
                stance(row);
            }
        }
        finish_scales();
        problems_.raise();
        return build(file);
    }

private:
    void declare(const TableRow& row) {
        const std::string& tag = row.cells.front();
        if ((tag == "#A" || tag == "#P") && row.cell(1).empty()) {
            problems_.add(row.line, tag == "#A" ? "the row names no actor" : "the row names no issue");
        } else if (tag == "#A") {
            if (position_of(actors_, row.cell(1))) {
                problems_.add(row.line, "the actor stands in the file already", row.cell(1));
                return;
            }
            const std::string name = row.cell(2).empty() ? row.cell(1) : row.cell(2);
            actors_.push_back({row.cell(1), name, row.cell(3), std::nullopt});
        } else if (tag == "#P") {
            if (position_of(issues_, row.cell(1))) {
                problems_.add(row.line, "the issue stands in the file already", row.cell(1));
                return;
            }
            const std::string name = row.cell(2).empty() ? row.cell(1) : row.cell(2);
            DecideIssue issue{
                row.cell(1), name, "", Rational::parse(row.cell(3)), Rational::parse(row.cell(4)), {}};
            if (issue.lower && issue.upper) {
                issue.about = row.cell(5);
            } else {
                issue.about = row.cell(3);
                issue.lower.reset();
                issue.upper.reset();
            }
            issues_.push_back(std::move(issue));
        } else if (tag != "#M" && tag != "#D") {
            problems_.add(row.line, "unknown tag", tag, "#A, #P, #M, #D");
        }
    }

    template <class T>
    static std::optional<std::size_t> position_of(const std::vector<T>& list, const std::string& id) {
        const auto place = std::ranges::find(list, id, &T::id);
        return place == list.end() ? std::nullopt
                                   : std::optional(static_cast<std::size_t>(place - list.begin()));
    }

    template <class T>
    std::optional<std::size_t> find(const std::vector<T>& list, const TableRow& row, std::size_t c,
                                    const char* what) {
        const auto place = position_of(list, row.cell(c));
        if (!place) {
            std::vector<std::string> names;
            for (const T& item : list) {
                names.push_back(item.id);
            }
            problems_.add(row.line, std::string("no such ") + what, row.cell(c), join_names(names),
                          nearest_name(row.cell(c), names));
        }
        return place;
    }

    void meaning(const TableRow& row) {
        const auto issue = find(issues_, row, 1, "issue");
        const auto place = problems_.number(row.line, row.cell(2), "the place on the scale");
        if (issue && place) {
            issues_[*issue].meanings.emplace_back(*place, row.cell(3));
        }
    }

    void stance(const TableRow& row) {
        const auto actor = find(actors_, row, 1, "actor");
        const auto issue = find(issues_, row, 2, "issue");
        const auto position = problems_.number(row.line, row.cell(3), "the position");
        const auto salience = problems_.number(row.line, row.cell(4), "the salience", 0, 1);
        const auto power = problems_.number(row.line, row.cell(5), "the power", 0);
        if (!actor || !issue || !position || !salience || !power) {
            return;
        }
        auto& known = actors_[*actor].power;
        if (known && *known != *power) {
            problems_.add(row.line, "the actor's power differs between issues", power->text(), known->text());
        }
        known = *power;
        const auto same = [&](const DecideStance& other) {
            return other.actor == *actor && other.issue == *issue;
        };
        if (std::ranges::any_of(stances_, same)) {
            problems_.add(row.line, "the actor has a row for this issue already", row.cell(2));
        }
        stances_.push_back({row.line, *actor, *issue, *position, *salience});
    }

    void finish_scales() {
        for (std::size_t k = 0; k < issues_.size(); ++k) {
            DecideIssue& issue = issues_[k];
            if (!issue.lower && issue.meanings.size() >= 2) {
                issue.lower = issue.meanings.front().first;
                issue.upper = issue.meanings.back().first;
                from_meanings_ = true;
            }
            if (!issue.lower || *issue.lower == *issue.upper) {
                problems_.add(0, "the issue has no scale: two #M lines or the ends in its #P line", issue.id);
                continue;
            }
            const Rational low = std::min(*issue.lower, *issue.upper);
            const Rational high = std::max(*issue.lower, *issue.upper);
            for (const DecideStance& stance : stances_) {
                if (stance.issue == k && (stance.position < low || stance.position > high)) {
                    problems_.add(stance.line, "the position is off the issue's scale",
                                  stance.position.text(), low.text() + " to " + high.text());
                }
            }
            std::erase_if(issue.meanings,
                          [&](const auto& meaning) { return meaning.first < low || meaning.first > high; });
        }
    }

    ImportedCase build(std::string_view file) {
        ImportedCase result;
        StanceBuilder builder;
        for (DecideActor& actor : actors_) {
            builder.actor(std::move(actor.name), std::move(actor.about), actor.power.value_or(Rational(0)));
        }
        for (std::size_t k = 0; k < issues_.size(); ++k) {
            DecideIssue& issue = issues_[k];
            const auto place = [&](const Rational& x) {
                return (x - *issue.lower) * 100 / (*issue.upper - *issue.lower);
            };
            builder.issue(std::move(issue.name), std::move(issue.about));
            for (auto& [x, meaning] : issue.meanings) {
                builder.option(k, meaning.empty() ? x.text() : std::move(meaning), place(x));
            }
            for (const DecideStance& stance : stances_) {
                if (stance.issue == k) {
                    builder.option(k, stance.position.text(), place(stance.position));
                    builder.stance(stance.actor, k, place(stance.position), stance.salience * 100);
                }
            }
        }
        if (from_meanings_) {
            result.notes.emplace_back("scales run from the first #M line of an issue to its last");
        }
        result.subject = builder.finish("imported", std::string(file), "", "");
        return result;
    }

    TableProblems problems_;
    std::vector<DecideActor> actors_;
    std::vector<DecideIssue> issues_;
    std::vector<DecideStance> stances_;
    bool from_meanings_ = false;
};

}  // namespace

ImportedCase read_decide(std::string_view text, std::string_view file) {
    // The first line may be of any kind, so the separator is the one that stands in it.
    const std::size_t at = text.find_first_of("\t;");
    std::vector<TableRow> rows = read_rows(text, file, at == std::string_view::npos ? '\t' : text[at]);
    for (TableRow& row : rows) {
        for (std::string& cell : row.cells) {
            if (cell.size() >= 2 && cell.front() == '\'' && cell.back() == '\'') {
                cell = cell.substr(1, cell.size() - 2);
            }
        }
    }
    return DecideReader(file).read(rows, file);
}

}  // namespace steelyard
