// SPDX-License-Identifier: Apache-2.0
#include "stance_builder.hpp"
#include "steelyard/format/stance_tables.hpp"
#include "table_rows.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <array>

namespace steelyard {

using format::read_rows;
using format::StanceBuilder;
using format::TableProblems;
using format::TableRow;

namespace {

/// One value of one model parameter, and the option of `spatial` that means it.
struct Parameter {
    std::string_view element;
    std::string_view value;
    std::string_view option;
    std::string_view choice;  ///< empty: nothing to set, it is how the model works here
};

constexpr std::array parameters = {
    Parameter{"VictoryProbModel", "Linear", "victory", "linear"},
    Parameter{"VictoryProbModel", "Square", "victory", "square"},
    Parameter{"VictoryProbModel", "Quartic", "victory", "quartic"},
    Parameter{"VictoryProbModel", "Octic", "victory", "octic"},
    Parameter{"VictoryProbModel", "Binary", "victory", "binary"},
    Parameter{"PCEModel", "Conditional", "conversion", "conditional"},
    Parameter{"PCEModel", "MarkovIncentive", "conversion", "markov_incentive"},
    Parameter{"PCEModel", "MarkovUniform", "conversion", "markov_uniform"},
    Parameter{"StateTransitions", "Deterministic", "transitions", "deterministic"},
    Parameter{"StateTransitions", "Stochastic", "transitions", "stochastic"},
    Parameter{"VotingRule", "Binary", "voting", "binary"},
    Parameter{"VotingRule", "PropBin", "voting", "prop_bin"},
    Parameter{"VotingRule", "Prop", "voting", "prop"},
    Parameter{"VotingRule", "Proportional", "voting", "prop"},
    Parameter{"VotingRule", "PropCbc", "voting", "prop_cubic"},
    Parameter{"VotingRule", "Cubic", "voting", "cubic"},
    Parameter{"BigRAdjust", "None", "belief", "none"},
    Parameter{"BigRAdjust", "NoRA", "belief", "none"},
    Parameter{"BigRAdjust", "OneThird", "belief", "one_third"},
    Parameter{"BigRAdjust", "Half", "belief", "half"},
    Parameter{"BigRAdjust", "TwoThirds", "belief", "two_thirds"},
    Parameter{"BigRAdjust", "Full", "belief", "full"},
    Parameter{"BigRRange", "Min", "risk", "min"},
    Parameter{"BigRRange", "Mid", "risk", "mid"},
    Parameter{"BigRRange", "Max", "risk", "max"},
    Parameter{"ThirdPartyCommit", "NoCommit", "third_parties", "no_commit"},
    Parameter{"ThirdPartyCommit", "SemiCommit", "third_parties", "semi_commit"},
    Parameter{"ThirdPartyCommit", "FullCommit", "third_parties", "full_commit"},
    Parameter{"InterVecBrgn", "S1P1", "bargain", "s1p1"},
    Parameter{"InterVecBrgn", "S2P2", "bargain", "s2p2"},
    Parameter{"InterVecBrgn", "S2PMax", "bargain", "s2pmax"},
    Parameter{"BargnModel", "InitOnlyInterp", "", ""},
};

/// One actor's numbers.
struct KtabActor {
    std::size_t line = 0;
    std::string name, about;
    std::optional<Rational> capability;
    std::vector<std::optional<Rational>> positions, saliences;
};

ImportedCase build(const std::string& title, std::string about, const std::vector<std::string>& dimensions,
                   const std::vector<KtabActor>& actors, TableProblems& problems) {
    std::vector<std::string_view> names;
    for (const KtabActor& actor : actors) {
        if (std::ranges::find(names, actor.name) != names.end()) {
            problems.add(actor.line, "the scenario has an actor of this name already", actor.name);
        }
        names.push_back(actor.name);
        Rational sum;
        for (const auto& salience : actor.saliences) {
            sum += salience.value_or(Rational(0));
        }
        if (sum > Rational(100)) {
            problems.add(actor.line, "the saliences of " + actor.name + " sum to more than 100", sum.text());
        }
    }
    if (actors.empty()) {
        problems.add(0, "the scenario has no actor");
    }
    problems.raise();
    StanceBuilder builder;
    for (const KtabActor& actor : actors) {
        builder.actor(actor.name, actor.about, actor.capability);
    }
    for (std::size_t k = 0; k < dimensions.size(); ++k) {
        builder.issue(dimensions[k], "");
        for (std::size_t a = 0; a < actors.size(); ++a) {
            builder.stance(a, k, *actors[a].positions[k], *actors[a].saliences[k]);
        }
    }
    ImportedCase result;
    result.subject = builder.finish(format::IdMaker("x").make(title), title, std::move(about), "");
    return result;
}

}  // namespace

ImportedCase read_ktab_csv(std::string_view text, std::string_view file) {
    const std::vector<TableRow> rows = read_rows(text, file, ',');
    TableProblems problems(file);
    if (rows.size() < 3 || rows[0].cells.size() < 4) {
        problems.add(1,
                     "not a KTAB scenario: a row with name, description, number of actors and of dimensions, "
                     "a heading row and actors are needed");
        problems.raise();
    }
    const auto count = [&](std::size_t c, const char* what) -> std::size_t {
        const auto number = problems.number(rows[0].line, rows[0].cells[c], what, 1, 1000);
        if (number && number->denominator() != 1) {
            problems.add(rows[0].line, std::string(what) + " is not a whole number", rows[0].cells[c]);
        }
        return number ? static_cast<std::size_t>(number->numerator() / number->denominator()) : 0;
    };
    const std::size_t actor_count = count(2, "the number of actors");
    const std::size_t dimension_count = count(3, "the number of dimensions");
    problems.raise();
    if (rows.size() != actor_count + 2) {
        problems.add(rows[0].line, "the file has " + std::to_string(rows.size() - 2) + " actor rows",
                     rows[0].cells[2]);
    }
    std::vector<std::string> dimensions;
    for (std::size_t k = 0; k < dimension_count; ++k) {
        const std::size_t c = 3 + 2 * k;
        dimensions.push_back(c < rows[1].cells.size() && !rows[1].cells[c].empty()
                                 ? rows[1].cells[c]
                                 : "Dimension " + std::to_string(k + 1));
    }
    std::vector<KtabActor> actors;
    for (std::size_t r = 2; r < rows.size(); ++r) {
        const TableRow& row = rows[r];
        const std::size_t filled = row.cells.back().empty() ? row.cells.size() - 1 : row.cells.size();
        if (filled != 3 + 2 * dimension_count) {
            problems.add(row.line, "the row has " + std::to_string(filled) + " cells", "",
                         std::to_string(3 + 2 * dimension_count));
            continue;
        }
        KtabActor actor{row.line,     row.cells[0],
                        row.cells[1], problems.number(row.line, row.cells[2], "the power", 0),
                        {},           {}};
        for (std::size_t k = 0; k < dimension_count; ++k) {
            actor.positions.push_back(
                problems.number(row.line, row.cells[3 + 2 * k], "the position on " + dimensions[k], 0, 100));
            actor.saliences.push_back(
                problems.number(row.line, row.cells[4 + 2 * k], "the salience of " + dimensions[k], 0, 100));
        }
        actors.push_back(std::move(actor));
    }
    return build(rows[0].cells[0], rows[0].cells[1], dimensions, actors, problems);
}

namespace {

/// Reads one XML document; a node's line is counted from its place in the text.
class KtabXmlReader {
public:
    KtabXmlReader(std::string_view text, std::string_view file) : text_(text), file_(file), problems_(file) {}

    ImportedCase read() {
        if (text_.size() > (16U << 20U)) {
            throw Error(
                ErrorKind::limit,
                std::vector{Problem{{file_, 1, 0, ""}, "the file is larger than 16 MiB", "", "", ""}});
        }
        // Nested deeper than a scenario can be: refused before the parser's recursion could matter.
        pugi::xml_document document;
        const auto parsed = document.load_buffer(text_.data(), text_.size());
        if (!parsed) {
            problems_.add(line_at(parsed.offset),
                          std::string("not well-formed XML: ") + parsed.description());
            problems_.raise();
        }
        const pugi::xml_node scenario = document.child("Scenario");
        if (!scenario) {
            problems_.add(1, "the document is not a KTAB scenario", document.first_child().name(),
                          "<Scenario>");
            problems_.raise();
        }
        std::vector<std::string> dimensions;
        for (const pugi::xml_node dimension : scenario.child("Dimensions").children("dName")) {
            dimensions.emplace_back(dimension.text().get());
        }
        if (dimensions.empty()) {
            problems_.add(line(scenario), "the scenario names no dimension", "", "<Dimensions><dName>");
        }
        for (const pugi::xml_node node : scenario.child("Actors").children("Actor")) {
            actors_.push_back(actor(node, dimensions));
        }
        ImportedCase result =
            build(scenario.child_value("name"), scenario.child_value("desc"), dimensions, actors_, problems_);
        Value::Map options;
        read_parameters(scenario.child("ModelParameters"), options, result.notes);
        read_accommodation(scenario.child("IdealAdjustment"), result.subject, options);
        problems_.raise();
        result.options = Value(std::move(options));
        return result;
    }

private:
    [[nodiscard]] std::size_t line_at(std::ptrdiff_t offset) const {
        const auto end =
            std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)), text_.size());
        return 1 + static_cast<std::size_t>(
                       std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    }
    [[nodiscard]] std::size_t line(const pugi::xml_node& node) const { return line_at(node.offset_debug()); }

    KtabActor actor(const pugi::xml_node& node, const std::vector<std::string>& dimensions) {
        KtabActor actor;
        actor.line = line(node);
        actor.name = node.child_value("name");
        actor.about = node.child_value("description");
        actor.capability = number(node.child("capability"), "the capability", actor.line, std::nullopt);
        numbers(node.child("Position"), "dCoord", "the position on ", dimensions, actor.line,
                actor.positions);
        numbers(node.child("Salience"), "dSal", "the salience of ", dimensions, actor.line, actor.saliences);
        return actor;
    }

    std::optional<Rational> number(const pugi::xml_node& node, const std::string& what, std::size_t fallback,
                                   std::optional<double> high) {
        std::string text = node.text().get();
        std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
        return problems_.number(node ? line(node) : fallback, text, what, 0, high);
    }

    void numbers(const pugi::xml_node& parent, const char* name, const std::string& what,
                 const std::vector<std::string>& dimensions, std::size_t fallback,
                 std::vector<std::optional<Rational>>& into) {
        for (const pugi::xml_node node : parent.children(name)) {
            const std::string of = into.size() < dimensions.size() ? dimensions[into.size()] : "nothing";
            into.push_back(number(node, what + of, fallback, 100));
        }
        if (into.size() != dimensions.size()) {
            problems_.add(fallback,
                          "the actor has " + std::to_string(into.size()) + " <" + name + "> entries", "",
                          std::to_string(dimensions.size()));
            into.resize(dimensions.size());
        }
    }

    void read_parameters(const pugi::xml_node& node, Value::Map& options, std::vector<std::string>& notes) {
        for (const pugi::xml_node entry : node.children()) {
            const std::string name = entry.name();
            const std::string value = entry.text().get();
            std::vector<std::string> values;
            const Parameter* found = nullptr;
            for (const Parameter& parameter : parameters) {
                if (parameter.element == name) {
                    values.emplace_back(parameter.value);
                    found = parameter.value == value ? &parameter : found;
                }
            }
            if (values.empty()) {
                notes.push_back("model parameter " + name + " is not known and was passed over");
            } else if (found == nullptr) {
                problems_.add(line(entry), "unknown value of " + name, value, join_names(values),
                              nearest_name(value, values));
            } else if (!found->option.empty()) {
                options.emplace_back(found->option, Value(found->choice));
            }
        }
    }

    /// A stated matrix says everything: entries that it leaves out are 0, also on the diagonal.
    void read_accommodation(const pugi::xml_node& node, const Case& subject, Value::Map& options) {
        if (!node) {
            return;
        }
        std::vector<std::string> names;
        for (const KtabActor& actor : actors_) {
            names.push_back(actor.name);
        }
        Value::Map matrix;
        for (const Actor& actor : subject.actors) {
            matrix.emplace_back(actor.id + '.' + actor.id, Value(Rational(0)));
        }
        for (const pugi::xml_node pair : node.children("iaPair")) {
            const auto find = [&](const char* element) {
                const std::string name = pair.child_value(element);
                const auto place = std::ranges::find(names, name);
                if (place == names.end()) {
                    problems_.add(line(pair), "no such actor", name, join_names(names),
                                  nearest_name(name, names));
                }
                return static_cast<std::size_t>(place - names.begin());
            };
            const std::size_t i = find("adjustingIdeal");
            const std::size_t j = find("referencePos");
            const auto share = number(pair.child("adjust"), "the adjustment", line(pair), 1);
            if (i >= names.size() || j >= names.size() || !share) {
                continue;
            }
            const std::string name = subject.actors[i].id + '.' + subject.actors[j].id;
            const auto known = std::ranges::find(matrix, name, &Value::Map::value_type::first);
            if (known != matrix.end()) {
                known->second = Value(*share);
            } else {
                matrix.emplace_back(name, Value(*share));
            }
        }
        options.emplace_back("accommodation", Value(std::move(matrix)));
    }

    std::string_view text_;
    std::string file_;
    TableProblems problems_;
    std::vector<KtabActor> actors_;
};

}  // namespace

ImportedCase read_ktab_xml(std::string_view text, std::string_view file) {
    return KtabXmlReader(text, file).read();
}

}  // namespace steelyard
