// SPDX-License-Identifier: Apache-2.0
#include "csv.hpp"
#include "exchange_formats.hpp"
#include "findings.hpp"
#include "foreign_text.hpp"
#include "scenario.hpp"
#include "steelyard/model/scores.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace steelyard::format {

namespace {

std::string small(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

/// The row of what the actors have without agreement.
bool is_no_deal(std::string_view text) {
    const std::string name = small(text);
    return name == "no_deal" || name == "no deal";
}

/// Where everything stands in the table.
struct Columns {
    bool wide = true;
    std::optional<std::size_t> place;
    std::size_t first_actor = 2;      ///< wide: of the columns of points
    std::vector<std::string> actors;  ///< wide: by column from `first_actor`, empty where there is none
};

/// One issue as its rows say it, in the order of first mention.
struct SheetIssue {
    std::string name;
    std::vector<std::string> options;
    std::vector<std::optional<Rational>> places;
    std::map<std::string, std::size_t> by_name;
    std::size_t line = 0;
};

class SheetReader {
public:
    SheetReader(const TextFile& file, Findings& findings)
        : file_(file.name), findings_(findings), table_(read_csv(file.text, file.name)) {}

    Case read() {
        if (table_.rows.empty()) {
            findings_.invalid({file_, 1, 1, {}}, "the table is empty", {},
                              "the header issue,option,<actors> and rows");
            findings_.raise();
        }
        const Columns columns = header(table_.rows.front());
        findings_.raise();
        for (const std::string& actor : columns.actors) {
            if (!actor.empty())
                actor_index(actor);
        }
        for (std::size_t r = 1; r < table_.rows.size(); ++r)
            row(table_.rows[r], columns);
        if (issues_.empty())
            findings_.invalid({file_, table_.rows.front().front().line, 1, {}}, "no issues", {},
                              "a row for each option of each issue");
        if (scenario_.actors.empty())
            findings_.invalid({file_, table_.rows.front().front().line, 1, {}}, "no actors", {},
                              "a column of points for each actor");
        findings_.raise();
        return finish();
    }

private:
    Place place(const CsvCell& cell) const { return {file_, cell.line, cell.column, {}}; }

    static std::string cell_text(const std::vector<CsvCell>& cells, std::size_t column) {
        return column < cells.size() ? cells[column].text : std::string();
    }

    Columns header(const std::vector<CsvCell>& cells) {
        Columns columns;
        const std::string shape = "issue,option,<actor>,<actor>,... or issue,option,actor,points";
        if (small(cell_text(cells, 0)) != "issue" || small(cell_text(cells, 1)) != "option") {
            findings_.invalid(place(cells.front()), "the table does not begin with a header of a score sheet",
                              cell_text(cells, 0) + ',' + cell_text(cells, 1), shape);
            return columns;
        }
        if (small(cell_text(cells, 2)) == "place") {
            columns.place = 2;
            columns.first_actor = 3;
        }
        std::vector<std::string> rest;
        for (std::size_t c = columns.first_actor; c < cells.size(); ++c)
            rest.push_back(cells[c].text);
        const bool tall = rest.size() == 2 && small(rest[0]) == "actor" && small(rest[1]) == "points";
        columns.wide = !tall;
        if (!columns.wide)
            return columns;
        std::set<std::string> seen;
        for (std::size_t k = 0; k < rest.size(); ++k) {
            if (!rest[k].empty() && !seen.insert(rest[k]).second)
                findings_.invalid(place(cells[columns.first_actor + k]), "an actor has two columns", rest[k],
                                  "one column for each actor");
        }
        columns.actors = std::move(rest);
        return columns;
    }

    std::size_t actor_index(const std::string& name) {
        const auto [found, fresh] = actors_.emplace(name, scenario_.actors.size());
        if (fresh) {
            scenario_.actors.emplace_back().name = name;
            points_.emplace_back();
            no_deal_.emplace_back();
        }
        return found->second;
    }

    void row(const std::vector<CsvCell>& cells, const Columns& columns) {
        const std::string issue_name = cell_text(cells, 0);
        const std::string option_name = cell_text(cells, 1);
        const bool no_deal = is_no_deal(issue_name);
        if (no_deal && !option_name.empty())
            findings_.invalid(place(cells[1]), "the no_deal row has an option", option_name, "an empty cell");
        if (!no_deal && option_name.empty()) {
            findings_.invalid(place(cells.front()), "a row without an option", issue_name,
                              "issue and option, or no_deal with an empty option");
            return;
        }
        if (!no_deal && issue_name.empty() && issues_.empty()) {
            findings_.invalid(place(cells.front()), "a row without an issue", {},
                              "the issue's name; below it an empty cell means the same issue");
            return;
        }
        if (!no_deal)
            enter(cells, issue_name, option_name, columns);
        if (columns.wide) {
            for (std::size_t c = columns.first_actor; c < cells.size(); ++c)
                wide_cell(cells, c, columns, no_deal);
        } else {
            long_cell(cells, columns, no_deal);
        }
    }

    /// Makes the row's issue and option the current ones.
    void enter(const std::vector<CsvCell>& cells, const std::string& issue_name,
               const std::string& option_name, const Columns& columns) {
        if (!issue_name.empty()) {
            const auto [found, fresh] = by_name_.emplace(issue_name, issues_.size());
            if (fresh)
                issues_.push_back({issue_name, {}, {}, {}, cells.front().line});
            issue_ = found->second;
        }
        SheetIssue& issue = issues_[issue_];
        const auto [found, fresh] = issue.by_name.emplace(option_name, issue.options.size());
        option_ = found->second;
        if (fresh) {
            issue.options.push_back(option_name);
            issue.places.emplace_back();
        } else if (columns.wide) {
            findings_.invalid(place(cells[1]), "an option of issue '" + issue.name + "' stands twice",
                              option_name, "one row for each option");
        }
        if (columns.place && *columns.place < cells.size() && !cells[*columns.place].text.empty()) {
            const CsvCell& cell = cells[*columns.place];
            const auto value = Rational::parse(cell.text);
            if (!value || *value < Rational(0) || *value > Rational(100))
                findings_.invalid(place(cell), "a place on the issue's scale must be a number", cell.text,
                                  "0 to 100");
            else
                issue.places[option_] = *value;
        }
    }

    void wide_cell(const std::vector<CsvCell>& cells, std::size_t column, const Columns& columns,
                   bool no_deal) {
        const CsvCell& cell = cells[column];
        if (cell.text.empty())
            return;
        const std::size_t k = column - columns.first_actor;
        if (k >= columns.actors.size() || columns.actors[k].empty()) {
            findings_.invalid(place(cell), "a number under no actor", cell.text,
                              "the actor's name in the header");
            return;
        }
        store(cell, actor_index(columns.actors[k]), no_deal);
    }

    void long_cell(const std::vector<CsvCell>& cells, const Columns& columns, bool no_deal) {
        const std::string name = cell_text(cells, columns.first_actor);
        if (name.empty()) {
            findings_.invalid(place(cells.front()), "a row without an actor", {}, "the actor's name");
            return;
        }
        const std::size_t actor = actor_index(name);
        const std::size_t column = columns.first_actor + 1;
        if (column >= cells.size() || cells[column].text.empty())
            return;
        if (!no_deal && points_[actor].contains({issue_, option_})) {
            findings_.invalid(place(cells.front()), "two rows for one option of '" + name + "'",
                              cells[1].text, "one row for each option and actor");
            return;
        }
        store(cells[column], actor, no_deal);
    }

    void store(const CsvCell& cell, std::size_t actor, bool no_deal) {
        const auto number = parse_number(cell.text);
        if (!number) {
            const bool comma = cell.text.find(',') != std::string::npos;
            findings_.invalid(place(cell), "not a number", cell.text,
                              comma ? "a point for the decimals: 3.5" : "such as 12, 3.5, 1/3 or 10..14");
            return;
        }
        if (!no_deal) {
            points_[actor].emplace(std::pair{issue_, option_}, *number);
        } else if (no_deal_[actor]) {
            findings_.invalid(place(cell), "a second no_deal value of '" + scenario_.actors[actor].name + "'",
                              cell.text, "one");
        } else {
            no_deal_[actor] = *number;
        }
    }

    Case finish() {
        scenario_.name = file_stem(file_);
        scenario_.about = "Imported from a score sheet.";
        for (const SheetIssue& issue : issues_) {
            ScenarioIssue& given = scenario_.issues.emplace_back();
            given.name = issue.name;
            for (const std::string& option : issue.options)
                given.options.push_back({option, {}});
        }
        Case subject = outline(scenario_);
        for (std::size_t i = 0; i < issues_.size(); ++i)
            set_places(issues_[i], subject.issues[i]);
        for (std::size_t a = 0; a < scenario_.actors.size(); ++a) {
            PointSheet sheet;
            for (std::size_t i = 0; i < issues_.size(); ++i)
                sheet.points.push_back(points_of(a, i));
            if (!no_deal_[a])
                findings_.note("no no_deal value of '" + scenario_.actors[a].name + "': 0 is taken");
            subject.preferences.push_back(
                {ActorId(a), no_deal_[a].value_or(Number(0)), std::move(sheet), {}});
        }
        findings_.raise();
        return subject;
    }

    void set_places(const SheetIssue& given, Issue& issue) {
        const auto stated = std::ranges::count_if(given.places, [](const auto& p) { return p.has_value(); });
        if (stated == 0)
            return;
        if (static_cast<std::size_t>(stated) != given.places.size()) {
            findings_.invalid({file_, given.line, 1, {}},
                              "issue '" + given.name + "' has places for some options only", {},
                              "a place for every option of the issue, or for none");
            return;
        }
        for (std::size_t o = 0; o < issue.options.size(); ++o) {
            issue.evenly_spaced = issue.evenly_spaced && issue.options[o].place == *given.places[o];
            issue.options[o].place = *given.places[o];
        }
    }

    /// All options of an issue, or none of them: no stake.
    std::vector<Number> points_of(std::size_t actor, std::size_t issue) {
        std::vector<Number> row;
        std::vector<std::string> missing;
        for (std::size_t o = 0; o < issues_[issue].options.size(); ++o) {
            const auto found = points_[actor].find({issue, o});
            if (found == points_[actor].end())
                missing.push_back(issues_[issue].options[o]);
            else
                row.push_back(found->second);
        }
        if (!row.empty() && !missing.empty()) {
            findings_.invalid({file_, issues_[issue].line, 1, {}},
                              "points of '" + scenario_.actors[actor].name +
                                  "' are missing for options of issue '" + issues_[issue].name + "'",
                              join_names(missing),
                              "a number for every option, or for none: then it has no stake");
        }
        return row;
    }

    std::string file_;
    Findings& findings_;
    CsvTable table_;
    Scenario scenario_;
    std::vector<SheetIssue> issues_;
    std::map<std::string, std::size_t> by_name_;
    std::map<std::string, std::size_t> actors_;
    std::vector<std::map<std::pair<std::size_t, std::size_t>, Number>> points_;  // by actor
    std::vector<std::optional<Number>> no_deal_;
    std::size_t issue_ = 0;
    std::size_t option_ = 0;
};

/// A number as a cell; ranges stay, other uncertain ones become their best.
std::string cell(const Number& number, bool& lost) {
    if (const auto* uniform = std::get_if<Uniform>(&number.distribution);
        uniform != nullptr && !number.inherited)
        return uniform->low.text() + ".." + uniform->high.text();
    lost = lost || number.uncertain();
    return number.best().text();
}

}  // namespace

Imported read_scoresheet(std::span<const TextFile> files, const ExchangeOptions&) {
    Findings findings;
    if (files.size() != 1)
        throw Error(ErrorKind::usage, "a score sheet is one file");
    Case subject = SheetReader(files.front(), findings).read();
    return {std::move(subject), findings.take_notes()};
}

Exported write_scoresheet(const Case& subject, const ExchangeOptions&) {
    Findings findings;
    const Carrier carrier{"a score sheet"};
    refuse_and_note(subject, carrier, findings);
    findings.raise();
    const Scores scores(subject);
    const std::vector<ActorId> actors = scores.actors();
    std::vector<std::string> header{"issue", "option"};
    const auto uneven = [](const Issue& issue) {
        const auto last = static_cast<std::int64_t>(issue.options.size()) - 1;
        for (std::int64_t o = 0; o <= last; ++o) {
            const Rational even = last > 0 ? Rational::fraction(100 * o, last) : Rational(0);
            if (issue.options[static_cast<std::size_t>(o)].place != even)
                return true;
        }
        return false;
    };
    // A column called `place` would be taken for the places.
    const bool places = std::ranges::any_of(subject.issues, uneven) || subject[actors.front()].id == "place";
    if (places)
        header.emplace_back("place");
    for (const ActorId actor : actors)
        header.push_back(subject[actor].id);
    if (actors.size() == 2 && subject[actors[0]].id == "actor" && subject[actors[1]].id == "points")
        throw Error(ErrorKind::unsupported, "a score sheet cannot have actors called 'actor' and 'points'");

    std::vector<std::vector<std::string>> rows{header};
    std::vector<bool> lost(actors.size(), false);
    const std::vector<std::string> issue_names = distinct_names(subject.issues, carrier);
    for (std::size_t i = 0; i < subject.issues.size(); ++i) {
        const Issue& issue = subject.issues[i];
        if (is_no_deal(issue_names[i]))
            throw Error(ErrorKind::unsupported, "a score sheet cannot have an issue called 'no_deal'");
        const std::vector<std::string> option_names = distinct_names(issue.options, carrier);
        for (std::size_t o = 0; o < issue.options.size(); ++o) {
            std::vector<std::string> row{issue_names[i], option_names[o]};
            if (places)
                row.push_back(issue.options[o].place.text());
            for (std::size_t k = 0; k < actors.size(); ++k) {
                const auto* sheet = std::get_if<PointSheet>(&preference_of(subject, actors[k])->form);
                bool uncertain = false;
                if (sheet == nullptr)
                    row.push_back(scores.points(actors[k], IssueId(i), OptionId(o)).text());
                else if (sheet->points[i].empty())
                    row.emplace_back();
                else
                    row.push_back(cell(sheet->points[i][o], uncertain));
                lost[k] = lost[k] || uncertain;
            }
            rows.push_back(std::move(row));
        }
    }
    std::vector<std::string> last{"no_deal", ""};
    if (places)
        last.emplace_back();
    for (std::size_t k = 0; k < actors.size(); ++k) {
        const auto& no_deal = preference_of(subject, actors[k])->no_deal;
        bool uncertain = false;
        last.push_back(no_deal ? cell(*no_deal, uncertain) : scores.no_deal(actors[k]).text());
        if (lost[k] || uncertain)
            findings.note("uncertain numbers of '" + subject[actors[k]].id +
                          "' that are no ranges are written as their best estimate");
    }
    rows.push_back(std::move(last));
    return {{{subject.id + ".csv", write_csv(rows)}}, findings.take_notes()};
}

}  // namespace steelyard::format

namespace steelyard {

std::string scoresheet_template(std::span<const std::string> actors) {
    std::vector<std::string> header{"issue", "option"};
    std::set<std::string> seen;
    for (const std::string& actor : actors) {
        if (actor.empty() || !seen.insert(actor).second)
            throw Error(ErrorKind::usage,
                        std::vector{Problem{{},
                                            actor.empty() ? "an actor without a name" : "an actor twice",
                                            actor,
                                            "different names",
                                            {}}});
        header.push_back(actor);
    }
    if (actors.empty())
        header.insert(header.end(), {"seller", "buyer"});
    std::vector<std::vector<std::string>> rows{header};
    for (const auto& [issue, option] :
         std::initializer_list<std::pair<const char*, const char*>>{{"price", "low"},
                                                                    {"price", "middle"},
                                                                    {"price", "high"},
                                                                    {"delivery", "early"},
                                                                    {"delivery", "late"},
                                                                    {"no_deal", ""}}) {
        rows.push_back({issue, option});
        rows.back().resize(header.size());
    }
    return format::write_csv(rows);
}

}  // namespace steelyard
