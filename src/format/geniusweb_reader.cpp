// SPDX-License-Identifier: Apache-2.0
#include "exact.hpp"
#include "exchange_formats.hpp"
#include "foreign_text.hpp"
#include "foreign_tree.hpp"
#include "scenario.hpp"
#include "steelyard/format/case_file.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace steelyard::format {

namespace {

constexpr std::string_view kProfile = "LinearAdditiveUtilitySpace";

struct WebIssue {
    std::string name;
    std::vector<ScenarioOption> options;
    std::vector<Rational> numbers;  ///< of a number issue: the options' values
    friend bool operator==(const WebIssue& a, const WebIssue& b) {
        return a.name == b.name && a.numbers == b.numbers &&
               std::ranges::equal(a.options, b.options, {}, &ScenarioOption::name, &ScenarioOption::name);
    }
};

std::vector<WebIssue> read_domain(ForeignTree& tree, const Node& node) {
    std::vector<WebIssue> issues;
    const Node* given = tree.need(node, "issuesValues", "a domain");
    if (given == nullptr || !tree.is_map(*given, "issuesValues"))
        return issues;
    std::size_t options = 0;
    for (std::size_t i = 0; i < given->keys.size(); ++i) {
        WebIssue issue;
        issue.name = given->keys[i].text;
        const Node& content = given->items[i];
        const Node* values = ForeignTree::find(content, "values");
        const Node* range = ForeignTree::find(content, "range");
        if (values != nullptr && tree.is_list(*values, "values")) {
            for (const Node& value : values->items) {
                if (auto name = tree.text(value, "a value"))
                    issue.options.push_back({std::move(*name), {}});
            }
        } else if (range != nullptr && tree.is_list(*range, "range")) {
            std::vector<Rational> numbers;
            for (const Node& number : range->items) {
                if (const auto value = tree.number(number, "a bound of the range"))
                    numbers.push_back(*value);
            }
            if (numbers.size() != 3 || numbers[2] <= Rational(0) || numbers[1] < numbers[0]) {
                tree.invalid(*range, "a range that leads nowhere", {},
                             "[low, high, step] with a step above 0");
                continue;
            }
            const WideRational count = (exact(numbers[1]) - exact(numbers[0])) / exact(numbers[2]);
            if (count >= CaseLimits::options) {
                tree.invalid(*range, "too many options", {},
                             "at most " + std::to_string(CaseLimits::options));
                continue;
            }
            for (Rational value = numbers[0]; value <= numbers[1]; value += numbers[2]) {
                issue.numbers.push_back(value);
                issue.options.push_back({value.text(), {}});
            }
        } else if (values == nullptr && range == nullptr) {
            tree.invalid(content, "issue '" + issue.name + "' has neither values nor a range", {},
                         R"({"values": [..]} or {"range": [low, high, step]})");
            continue;
        }
        if (issue.options.empty())
            tree.invalid(content, "issue '" + issue.name + "' has no options");
        std::set<std::string> seen;
        for (const ScenarioOption& option : issue.options) {
            if (!seen.insert(option.name).second)
                tree.invalid(content, "a value stands twice in issue '" + issue.name + "'", option.name);
        }
        options += issue.options.size();
        issues.push_back(std::move(issue));
    }
    if (issues.empty())
        tree.invalid(*given, "no issues");
    if (options > CaseLimits::options || issues.size() > CaseLimits::issues)
        tree.invalid(*given, "too many issues or options", {},
                     "at most " + std::to_string(CaseLimits::issues) + " issues and " +
                         std::to_string(CaseLimits::options) + " options");
    return issues;
}

class WebProfileReader {
public:
    WebProfileReader(ForeignTree& tree, const std::vector<WebIssue>& issues, Findings& findings)
        : tree_(tree), issues_(issues), findings_(findings) {}

    ScenarioActor read(const Node& space, std::string name) {
        ScenarioActor actor;
        actor.name = std::move(name);
        const Node* weights = tree_.need(space, "issueWeights", kProfile);
        const Node* utilities = tree_.need(space, "issueUtilities", kProfile);
        WideRational sum = 0;
        for (const WebIssue& issue : issues_) {
            const Node* weight =
                weights == nullptr ? nullptr : tree_.need(*weights, issue.name, "issueWeights");
            const Node* utility =
                utilities == nullptr ? nullptr : tree_.need(*utilities, issue.name, "issueUtilities");
            const auto value = weight == nullptr ? std::nullopt : tree_.number(*weight, "a weight");
            if (value && *value < Rational(0))
                tree_.invalid(*weight, "a weight is below 0", value->text(), "0 to 1");
            actor.weights.push_back(value.value_or(Rational(0)));
            actor.values.push_back(utility == nullptr ? std::vector<Rational>() : values_of(*utility, issue));
            sum += exact(actor.weights.back());
        }
        refuse_others(weights, "issueWeights");
        refuse_others(utilities, "issueUtilities");
        if (findings_.clean() && sum != 1)
            tree_.invalid(*weights, "the weights do not sum to 1", shown_sum(sum), "1, exactly");
        if (const Node* bid = ForeignTree::find(space, "reservationBid"); bid != nullptr && findings_.clean())
            actor.no_deal = utility_of(*bid, actor);
        for (auto& row : actor.values) {
            if (std::ranges::all_of(row, [](const Rational& value) { return value == Rational(0); }))
                row.clear();
        }
        return actor;
    }

private:
    static std::string shown_sum(const WideRational& sum) {
        bool rounded = false;
        return fitted(sum, rounded).text();
    }

    void refuse_others(const Node* map, std::string_view what) {
        if (map == nullptr || map->kind != Node::Kind::map)
            return;
        for (const Node& key : map->keys) {
            if (std::ranges::find(issues_, key.text, &WebIssue::name) == issues_.end())
                tree_.invalid(key, std::string(what) + " names an issue that the domain does not have",
                              key.text);
        }
    }

    std::vector<Rational> values_of(const Node& utility, const WebIssue& issue) {
        if (const Node* discrete = ForeignTree::find(utility, "discreteutils")) {
            const Node* table = tree_.need(*discrete, "valueUtilities", "discreteutils");
            return table == nullptr ? std::vector<Rational>() : table_values(*table, issue);
        }
        if (const Node* numbers = ForeignTree::find(utility, "numberutils"))
            return line_values(*numbers, issue);
        tree_.unsupported(utility, "utilities of this kind for issue '" + issue.name + "'",
                          utility.keys.empty() ? "" : utility.keys.front().text,
                          "discreteutils, numberutils");
        return {};
    }

    /// A utility; complains outside 0 to 1.
    std::optional<Rational> utility(const Node& node) {
        const auto value = tree_.number(node, "a utility");
        if (value && (*value < Rational(0) || *value > Rational(1)))
            tree_.invalid(node, "a utility outside its scale", value->text(), "0 to 1");
        return value;
    }

    std::vector<Rational> table_values(const Node& table, const WebIssue& issue) {
        std::vector<Rational> values;
        for (const ScenarioOption& option : issue.options) {
            const Node* node = tree_.need(table, option.name, "valueUtilities of issue '" + issue.name + "'");
            const auto value = node == nullptr ? std::nullopt : utility(*node);
            values.push_back(value.value_or(Rational(0)));
        }
        if (table.kind == Node::Kind::map && table.keys.size() > issue.options.size())
            tree_.invalid(table, "utilities of values that issue '" + issue.name + "' does not have");
        return values;
    }

    std::vector<Rational> line_values(const Node& line, const WebIssue& issue) {
        if (issue.numbers.empty()) {
            tree_.invalid(line, "numberutils of issue '" + issue.name + "', whose values are no range");
            return {};
        }
        std::vector<Rational> ends;
        for (const char* key : {"lowValue", "lowUtility", "highValue", "highUtility"}) {
            const Node* node = tree_.need(line, key, "numberutils");
            const bool value = std::string_view(key).ends_with("Value");
            if (node == nullptr)
                return {};
            const auto end = value ? tree_.number(*node, key) : utility(*node);
            if (!end)
                return {};
            ends.push_back(*end);
        }
        if (ends[0] > issue.numbers.front() || ends[2] < issue.numbers.back() || ends[0] > ends[2]) {
            tree_.invalid(line, "lowValue and highValue do not span the range of issue '" + issue.name + "'",
                          ends[0].text() + " to " + ends[2].text(),
                          issue.numbers.front().text() + " to " + issue.numbers.back().text());
            return {};
        }
        std::vector<Rational> values;
        for (const Rational& number : issue.numbers) {
            const WideRational width = exact(ends[2]) - exact(ends[0]);
            const WideRational share =
                width == 0 ? WideRational(0) : WideRational((exact(number) - exact(ends[0])) / width);
            bool rounded = false;
            values.push_back(fitted(exact(ends[1]) + share * (exact(ends[3]) - exact(ends[1])), rounded));
            if (rounded)
                findings_.note(tree_.file() + ": utilities of issue '" + issue.name +
                               "' are rounded to 64 bits");
        }
        return values;
    }

    /// Issues that the bid leaves open count 0.
    Rational utility_of(const Node& bid, const ScenarioActor& actor) {
        WideRational sum = 0;
        const Node* values = tree_.need(bid, "issuevalues", "reservationBid");
        if (values == nullptr || !tree_.is_map(*values, "issuevalues"))
            return 0;
        for (std::size_t k = 0; k < values->keys.size(); ++k) {
            const auto issue = std::ranges::find(issues_, values->keys[k].text, &WebIssue::name);
            if (issue == issues_.end()) {
                tree_.invalid(values->keys[k], "reservationBid names an issue that the domain does not have",
                              values->keys[k].text);
                continue;
            }
            const Node& node = values->items[k];
            bool rounded = false;
            const auto number = read_decimal(node.text, rounded);
            const auto option = std::ranges::find_if(issue->options, [&](const ScenarioOption& o) {
                const auto at = static_cast<std::size_t>(&o - issue->options.data());
                return issue->numbers.empty() ? o.name == node.text : number && issue->numbers[at] == *number;
            });
            if (option == issue->options.end()) {
                tree_.invalid(node,
                              "reservationBid has a value that issue '" + issue->name + "' does not have",
                              node.text);
                continue;
            }
            const auto i = static_cast<std::size_t>(issue - issues_.begin());
            const auto o = static_cast<std::size_t>(option - issue->options.begin());
            sum += exact(actor.weights[i]) * exact(actor.values[i][o]);
        }
        bool rounded = false;
        const Rational result = fitted(sum, rounded);
        if (rounded)
            findings_.note("the reservation value of '" + actor.name + "' is rounded to 64 bits");
        return result;
    }

    ForeignTree& tree_;
    const std::vector<WebIssue>& issues_;
    Findings& findings_;
};

/// Whether both name the same issues with the same values; the order of names in an object means nothing.
bool same_domain(std::vector<WebIssue> a, std::vector<WebIssue> b) {
    std::ranges::sort(a, {}, &WebIssue::name);
    std::ranges::sort(b, {}, &WebIssue::name);
    return a == b;
}

}  // namespace

Imported read_geniusweb(std::span<const TextFile> files, const ExchangeOptions&) {
    Findings findings;
    std::deque<ForeignTree> trees;
    std::vector<std::pair<ForeignTree*, const Node*>> profiles;
    std::optional<std::vector<WebIssue>> issues;
    std::string name;
    std::string title;
    const auto take_domain = [&](ForeignTree& tree, const Node& node) {
        std::vector<WebIssue> given = read_domain(tree, node);
        if (issues && findings.clean() && !same_domain(*issues, given))
            tree.invalid(node, "the domain differs from that of the files before");
        if (issues)
            return;
        issues = std::move(given);
        name = without_domain(file_stem(tree.file()));
        const Node* own = ForeignTree::find(node, "name");
        title = own == nullptr ? "" : own->text;
        if (&node != &tree.root() && !title.empty())
            name = title;
    };
    for (const TextFile& file : files) {
        ForeignTree& tree = trees.emplace_back(file, findings);
        if (tree.broken() || !tree.is_map(tree.root(), "the file"))
            continue;
        if (ForeignTree::find(tree.root(), "issuesValues") != nullptr) {
            if (issues)
                tree.invalid(tree.root(), "a second domain", file.name, "one domain and its profiles");
            else
                take_domain(tree, tree.root());
        } else if (const Node* space = ForeignTree::find(tree.root(), kProfile)) {
            profiles.emplace_back(&tree, space);
        } else {
            tree.unsupported(tree.root(), "neither a domain nor a linear profile",
                             tree.root().keys.empty() ? "" : tree.root().keys.front().text,
                             std::string(kProfile) + ", or a domain with issuesValues");
        }
    }
    if (profiles.empty() && findings.clean())
        findings.invalid({files.empty() ? "" : files.front().name, 0, 0, {}}, "no profile", {},
                         "at least one file with " + std::string(kProfile));
    findings.raise();
    for (const auto& [tree, space] : profiles) {
        if (const Node* domain = tree->need(*space, "domain", kProfile))
            take_domain(*tree, *domain);
    }
    findings.raise();

    findings.note(
        "points = weight x utility as typed; the utility of the reservation bid is the no-deal value, 0 "
        "where there is no such bid");
    Scenario scenario;
    scenario.name = name;
    scenario.title = title;
    scenario.about = "Imported from GeniusWeb JSON.";
    for (const WebIssue& issue : *issues)
        scenario.issues.push_back({issue.name, {}, issue.options});
    for (const auto& [tree, space] : profiles)
        scenario.actors.push_back(
            WebProfileReader(*tree, *issues, findings).read(*space, file_stem(tree->file())));
    findings.raise();
    Case subject = to_case(scenario, findings);
    return {std::move(subject), findings.take_notes()};
}

}  // namespace steelyard::format
