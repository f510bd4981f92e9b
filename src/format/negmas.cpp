// SPDX-License-Identifier: Apache-2.0
#include "exact.hpp"
#include "exchange_formats.hpp"
#include "foreign_text.hpp"
#include "foreign_tree.hpp"
#include "scenario.hpp"
#include "steelyard/format/case_file.hpp"
#include "yaml_writer.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <optional>
#include <utility>

namespace steelyard::format {

namespace {

constexpr std::string_view kDomain = "DiscreteCartesianOutcomeSpace";
constexpr std::string_view kProfile = "LinearAdditiveUtilityFunction";
/// Issues that list their values.
constexpr std::array<std::string_view, 5> kLists{"CategoricalIssue", "OrdinalIssue", "CardinalIssue",
                                                 "DiscreteOrdinalIssue", "DiscreteCardinalIssue"};
constexpr std::string_view kFunctions = "TableFun, AffineFun, LinearFun, IdentityFun, ConstFun";

/// `negmas.preferences.value_fun.TableFun` is called `TableFun`.
std::string type_of(const Node& node) {
    const Node* type = ForeignTree::find(node, "type");
    if (type == nullptr || type->kind != Node::Kind::scalar)
        return {};
    return type->text.substr(type->text.rfind('.') + 1);
}

// ---- reading ----------------------------------------------------------------------------------------

class NegmasDomainReader {
public:
    explicit NegmasDomainReader(ForeignTree& tree) : tree_(tree) {}

    std::vector<ScenarioIssue> read() {
        std::vector<ScenarioIssue> issues;
        const Node* list = tree_.need(tree_.root(), "issues", "a domain");
        if (list == nullptr || !tree_.is_list(*list, "issues"))
            return issues;
        for (const Node& node : list->items)
            issues.push_back(issue(node));
        if (issues.empty())
            tree_.invalid(*list, "no issues");
        if (issues.size() > CaseLimits::issues)
            tree_.invalid(*list, "too many issues", std::to_string(issues.size()),
                          "at most " + std::to_string(CaseLimits::issues));
        return issues;
    }

private:
    ScenarioIssue issue(const Node& node) {
        ScenarioIssue result;
        const Node* name = tree_.need(node, "name", "an issue");
        const Node* values = tree_.need(node, "values", "an issue");
        if (name != nullptr)
            result.name = tree_.text(*name, "an issue's name").value_or("");
        if (values == nullptr)
            return result;
        const std::string type = type_of(node);
        if (type == "ContiguousIssue")
            read_range(*values, result);
        else if (type.empty() || std::ranges::find(kLists, type) != kLists.end())
            read_values(*values, result);
        else
            tree_.unsupported(node, "issue '" + result.name + "' is not a list of options", type,
                              "CategoricalIssue, ContiguousIssue and other discrete ones");
        options_ += result.options.size();
        if (options_ > CaseLimits::options)
            throw Error(
                ErrorKind::limit,
                std::vector{Problem{tree_.place(*values),
                                    "too many options",
                                    {},
                                    "at most " + std::to_string(CaseLimits::options) + " in all issues",
                                    {}}});
        return result;
    }

    void read_values(const Node& values, ScenarioIssue& issue) {
        if (!tree_.is_list(values, "values"))
            return;
        std::map<std::string, std::size_t> seen;
        for (const Node& value : values.items) {
            auto name = tree_.text(value, "a value");
            if (!name)
                continue;
            if (!seen.emplace(*name, value.begin.line).second)
                tree_.invalid(value, "a value stands twice in issue '" + issue.name + "'", *name,
                              "each value once");
            issue.options.push_back({std::move(*name), {}});
        }
        if (issue.options.empty())
            tree_.invalid(values, "issue '" + issue.name + "' has no values");
    }

    /// `[low, high]`, both included; `n` means 0 to n - 1.
    void read_range(const Node& values, ScenarioIssue& issue) {
        std::vector<std::int64_t> ends;
        const bool count = values.kind == Node::Kind::scalar;
        if (count)
            ends.push_back(0);
        for (const Node& node : count ? std::vector{values} : values.items) {
            const auto end = node.kind == Node::Kind::scalar ? read_integer(node.text) : std::nullopt;
            if (end)
                ends.push_back(*end);
        }
        const auto low = ends.empty() ? Integer(0) : Integer(ends.front());
        const auto high = ends.empty() ? Integer(-1) : Integer(ends.back()) - (count ? 1 : 0);
        if (ends.size() != 2 || high < low) {
            tree_.invalid(values, "values of a ContiguousIssue", {}, "[low, high], or the number of values");
            return;
        }
        if (high - low >= CaseLimits::options) {
            tree_.invalid(values, "too many options", {}, "at most " + std::to_string(CaseLimits::options));
            return;
        }
        for (Integer value = low; value <= high; ++value)
            issue.options.push_back({value.str(), {}});
    }

    ForeignTree& tree_;
    std::size_t options_ = 0;
};

class NegmasProfileReader {
public:
    NegmasProfileReader(ForeignTree& tree, const std::vector<ScenarioIssue>& issues, Findings& findings)
        : tree_(tree), issues_(issues), findings_(findings) {}

    ScenarioActor read() {
        ScenarioActor actor;
        actor.name = file_stem(tree_.file());
        const Node& root = tree_.root();
        if (const Node* values = per_issue("values"))
            read_all(*values, [&](const Node& node, const ScenarioIssue& issue) {
                actor.values.push_back(values_of(node, issue));
            });
        if (ForeignTree::find(root, "weights") == nullptr)
            actor.weights.assign(issues_.size(), Rational(1));
        else if (const Node* weights = per_issue("weights"))
            read_all(*weights, [&](const Node& node, const ScenarioIssue&) {
                actor.weights.push_back(tree_.number(node, "a weight").value_or(Rational(0)));
            });
        if (const Node* bias = ForeignTree::find(root, "bias"); bias != nullptr && !bias->nothing()) {
            const auto value = tree_.number(*bias, "bias");
            if (value && *value != Rational(0))
                tree_.unsupported(*bias, "a constant added to every deal", bias->text, "bias: 0, or none");
        }
        actor.values.resize(issues_.size());
        actor.weights.resize(issues_.size());
        if (findings_.clean())
            read_reserved(actor);
        actor.weighted = !all_one(actor.weights);
        for (auto& row : actor.values) {
            if (std::ranges::all_of(row, [](const Rational& value) { return value == Rational(0); }))
                row.clear();
        }
        return actor;
    }

private:
    /// What stands under `key`: a list in the order of the issues, or a map by their names.
    const Node* per_issue(std::string_view key) {
        const Node* found = tree_.need(tree_.root(), key, kProfile);
        if (found == nullptr)
            return nullptr;
        if (found->kind == Node::Kind::scalar || found->items.size() != issues_.size()) {
            tree_.invalid(*found, std::string(key) + " must have one entry for each issue",
                          std::to_string(found->items.size()), std::to_string(issues_.size()));
            return nullptr;
        }
        return found;
    }

    template <class Visit>
    void read_all(const Node& node, const Visit& visit) {
        for (std::size_t i = 0; i < issues_.size(); ++i) {
            const Node* item = node.kind == Node::Kind::list
                                   ? &node.items[i]
                                   : tree_.need(node, issues_[i].name, "an entry for each issue");
            if (item != nullptr)
                visit(*item, issues_[i]);
        }
    }

    std::vector<Rational> values_of(const Node& node, const ScenarioIssue& issue) {
        const std::string type = type_of(node);
        if (type == "TableFun") {
            const Node* mapping = tree_.need(node, "mapping", "TableFun");
            return mapping == nullptr ? std::vector<Rational>() : table(*mapping, issue);
        }
        if (type == "IdentityFun")
            return line(node, issue, 1, 0);
        if (type == "ConstFun")
            return line(node, issue, 0, parameter(node, "bias"));
        if (type == "LinearFun")
            return line(node, issue, parameter(node, "slope"), 0);
        if (type == "AffineFun")
            return line(node, issue, parameter(node, "slope"), parameter(node, "bias"));
        tree_.unsupported(node, "a value function of this type for issue '" + issue.name + "'", type,
                          std::string(kFunctions));
        return {};
    }

    Rational parameter(const Node& node, std::string_view key) {
        const Node* found = tree_.need(node, key, type_of(node));
        return found == nullptr ? Rational(0) : tree_.number(*found, key).value_or(Rational(0));
    }

    std::vector<Rational> table(const Node& mapping, const ScenarioIssue& issue) {
        std::vector<Rational> values;
        for (const ScenarioOption& option : issue.options) {
            const Node* node = tree_.need(mapping, option.name, "the mapping of issue '" + issue.name + "'");
            values.push_back(node == nullptr ? Rational(0)
                                             : tree_.number(*node, "a value").value_or(Rational(0)));
        }
        return values;
    }

    std::vector<Rational> line(const Node& node, const ScenarioIssue& issue, const Rational& slope,
                               const Rational& bias) {
        std::vector<Rational> values;
        for (const ScenarioOption& option : issue.options) {
            bool rounded = false;
            const auto number = slope == Rational(0) ? Rational(0) : read_decimal(option.name, rounded);
            if (!number) {
                tree_.invalid(node, "a value function of numbers for an option that is none", option.name,
                              "TableFun");
                return {};
            }
            values.push_back(fitted(exact(slope) * exact(*number) + exact(bias), rounded));
            if (rounded)
                findings_.note(tree_.file() + ": values of issue '" + issue.name +
                               "' are rounded to 64 bits");
        }
        return values;
    }

    /// No reserved value, or -inf: every deal is better than none.
    void read_reserved(ScenarioActor& actor) {
        const Node* node = ForeignTree::find(tree_.root(), "reserved_value");
        const bool none = node == nullptr || node->nothing() || node->text == "null" ||
                          node->text == "-.inf" || node->text == "-inf";
        if (!none) {
            actor.no_deal = tree_.number(*node, "reserved_value").value_or(Rational(0));
            return;
        }
        WideRational worst = 0;
        for (std::size_t i = 0; i < actor.values.size(); ++i) {
            if (actor.values[i].empty())
                continue;
            const auto [low, high] = std::ranges::minmax(actor.values[i]);
            worst += std::min(exact(actor.weights[i]) * exact(low), exact(actor.weights[i]) * exact(high));
        }
        bool rounded = false;
        actor.no_deal = std::min(Rational(0), fitted(worst, rounded));
        findings_.note("'" + actor.name + "' has no reserved value: its no-deal value is written as " +
                       actor.no_deal.text() + ", below which no deal falls");
    }

    ForeignTree& tree_;
    const std::vector<ScenarioIssue>& issues_;
    Findings& findings_;
};

// ---- writing ----------------------------------------------------------------------------------------

/// A decimal, because YAML readers know no fractions; 17 decimals where it has no finite one.
Value number(const Rational& value, bool& rounded) {
    if (value.text().find('/') == std::string::npos)
        return Value(value);
    rounded = true;
    for (Integer grid = boost::multiprecision::pow(Integer(10), 17);; grid /= 10) {
        if (const auto close = narrow(round_to(exact(value), grid)))
            return Value(*close);
    }
}

}  // namespace

Imported read_negmas(std::span<const TextFile> files, const ExchangeOptions&) {
    Findings findings;
    std::deque<ForeignTree> profiles;
    std::optional<std::vector<ScenarioIssue>> issues;
    Scenario scenario;
    for (const TextFile& file : files) {
        ForeignTree tree(file, findings);
        if (tree.broken() || !tree.is_map(tree.root(), "the file"))
            continue;
        const std::string type = type_of(tree.root());
        if (type == kProfile) {
            profiles.push_back(std::move(tree));
        } else if (ForeignTree::find(tree.root(), "issues") == nullptr) {
            tree.unsupported(tree.root(), "neither a domain nor a linear profile", type,
                             std::string(kDomain) + ", " + std::string(kProfile));
        } else if (issues) {
            tree.invalid(tree.root(), "a second domain", file.name, "one domain and its profiles");
        } else {
            if (!type.empty() && type.find("CartesianOutcomeSpace") == std::string::npos)
                tree.unsupported(tree.root(), "an outcome space of this type", type, std::string(kDomain));
            issues = NegmasDomainReader(tree).read();
            scenario.name = without_domain(file_stem(file.name));
            if (const Node* name = ForeignTree::find(tree.root(), "name"))
                scenario.title = name->text;
        }
    }
    const std::string first = files.empty() ? "" : files.front().name;
    if (!issues && findings.clean())
        findings.invalid({first, 0, 0, {}}, "no domain", {}, "one file with issues");
    if (profiles.empty() && findings.clean())
        findings.invalid({first, 0, 0, {}}, "no profile", {},
                         "at least one file of type " + std::string(kProfile));
    findings.raise();

    findings.note("points = weight x value as typed; the reserved value is the no-deal value");
    scenario.about = "Imported from NegMAS YAML.";
    scenario.issues = std::move(*issues);
    for (ForeignTree& tree : profiles)
        scenario.actors.push_back(NegmasProfileReader(tree, scenario.issues, findings).read());
    findings.raise();
    Case subject = to_case(scenario, findings);
    return {std::move(subject), findings.take_notes()};
}

Exported write_negmas(const Case& subject, const ExchangeOptions&) {
    Findings findings;
    const Scenario scenario = from_case(subject, {"NegMAS YAML"}, findings);
    findings.raise();
    Value::List issues;
    for (const ScenarioIssue& issue : scenario.issues) {
        Value::List values;
        for (const ScenarioOption& option : issue.options)
            values.emplace_back(option.name);
        issues.emplace_back(Value::Map{{"name", Value(issue.name)},
                                       {"type", Value("CategoricalIssue")},
                                       {"values", Value(std::move(values))}});
    }
    Exported result;
    result.files.push_back(
        {domain_stem(scenario) + ".yml",
         to_yaml(Value(Value::Map{{"name", Value(scenario.title.empty() ? scenario.name : scenario.title)},
                                  {"type", Value(kDomain)},
                                  {"issues", Value(std::move(issues))}}))});
    bool rounded = false;
    for (const ScenarioActor& actor : scenario.actors) {
        Value::List values;
        Value::List weights;
        for (std::size_t i = 0; i < scenario.issues.size(); ++i) {
            Value::Map mapping;
            for (std::size_t o = 0; o < scenario.issues[i].options.size(); ++o)
                mapping.emplace_back(
                    scenario.issues[i].options[o].name,
                    number(actor.values[i].empty() ? Rational(0) : actor.values[i][o], rounded));
            values.emplace_back(
                Value::Map{{"type", Value("TableFun")}, {"mapping", Value(std::move(mapping))}});
            weights.push_back(number(actor.weights[i], rounded));
        }
        result.files.push_back(
            {actor.name + ".yml", to_yaml(Value(Value::Map{{"name", Value(actor.name)},
                                                           {"type", Value(kProfile)},
                                                           {"reserved_value", number(actor.no_deal, rounded)},
                                                           {"values", Value(std::move(values))},
                                                           {"weights", Value(std::move(weights))}}))});
    }
    if (rounded)
        findings.note("some numbers have no finite decimal; they are rounded to 17 decimals");
    result.notes = findings.take_notes();
    return result;
}

}  // namespace steelyard::format
