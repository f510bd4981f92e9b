// SPDX-License-Identifier: Apache-2.0
#include "foreign_text.hpp"
#include "genius_parts.hpp"
#include "steelyard/format/case_file.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

namespace steelyard::format {

namespace {

std::string type_of(const XmlElement& issue) {
    for (const char* name : {"type", "vtype"}) {
        if (const std::string* type = issue.attribute(name))
            return *type;
    }
    return "discrete";
}

class DomainReader {
public:
    explicit DomainReader(Findings& findings) : findings_(findings), read_(findings) {}

    std::vector<GeniusIssue> issues(const XmlElement& root) {
        std::vector<const XmlElement*> elements;
        collect_issues(root.name == "objective" ? root : wrapped(root), elements);
        std::vector<GeniusIssue> issues;
        std::map<std::int64_t, std::size_t> lines;
        for (const XmlElement* element : elements) {
            auto issue = read_issue(*element);
            if (!issue)
                continue;
            const auto [known, fresh] = lines.emplace(issue->index, element->place.line);
            if (!fresh) {
                findings_.invalid(
                    element->place,
                    "two issues of one index; the other is on line " + std::to_string(known->second),
                    std::to_string(issue->index), "each index once");
                continue;
            }
            options_ += issue->options.size();
            issues.push_back(std::move(*issue));
        }
        if (elements.empty())
            findings_.invalid(root.place, "no issues", {},
                              "<objective> with an <issue> for each thing to settle");
        if (issues.size() > CaseLimits::issues)
            findings_.invalid(root.place, "too many issues", std::to_string(issues.size()),
                              "at most " + std::to_string(CaseLimits::issues));
        return issues;
    }

private:
    /// Templates wrap the tree in <utility_space>; profiles are one.
    static const XmlElement& wrapped(const XmlElement& root) {
        const XmlElement* inner = root.child("utility_space");
        return inner == nullptr ? root : *inner;
    }

    std::optional<GeniusIssue> read_issue(const XmlElement& element) {
        const auto index = read_.integer(element, "index");
        if (!index)
            return std::nullopt;
        GeniusIssue issue;
        issue.index = *index;
        const std::string* name = element.attribute("name");
        issue.name = name == nullptr || name->empty() ? "issue " + std::to_string(*index) : *name;
        if (const std::string* about = element.attribute("description");
            about != nullptr && *about != issue.name)
            issue.about = *about;
        const std::string type = type_of(element);
        if (same_word(type, "discrete"))
            read_items(element, issue);
        else if (same_word(type, "integer"))
            read_range(element, issue);
        else
            findings_.unsupported(element.place, "issue '" + issue.name + "' is not a list of options", type,
                                  "discrete, integer");
        return issue;
    }

    void read_items(const XmlElement& element, GeniusIssue& issue) {
        std::map<std::string, std::size_t> seen;
        for (const XmlElement& item : element.children) {
            if (item.name != "item")
                continue;
            const std::string* value = read_.text(item, "value");
            if (value == nullptr)
                continue;
            if (value->empty())
                findings_.invalid(item.place, "an item without a value", {}, "value=\"...\"");
            if (!seen.emplace(*value, item.place.line).second) {
                findings_.note(item.place.file + ':' + std::to_string(item.place.line) + ": value '" +
                               *value + "' stands twice in issue '" + issue.name + "'; it is one option");
                continue;
            }
            const std::string* about = item.attribute("description");
            issue.options.push_back({*value, about == nullptr || *about == *value ? "" : *about});
        }
        if (issue.options.empty())
            findings_.invalid(element.place, "issue '" + issue.name + "' has no items", {},
                              "<item value=\"...\"/> for each option");
        limit_options(element, issue.options.size());
    }

    void read_range(const XmlElement& element, GeniusIssue& issue) {
        const XmlElement* range = element.child("range");
        const XmlElement& holder = range == nullptr ? element : *range;
        const auto lower = read_.integer(holder, "lowerbound");
        const auto upper = read_.integer(holder, "upperbound");
        if (!lower || !upper)
            return;
        if (*upper < *lower) {
            findings_.invalid(holder.place, "the upper bound is below the lower one",
                              std::to_string(*lower) + " to " + std::to_string(*upper),
                              "lowerbound <= upperbound");
            return;
        }
        const auto count = static_cast<std::uint64_t>(*upper) - static_cast<std::uint64_t>(*lower);
        if (!limit_options(element, count))
            return;
        issue.integer = true;
        issue.lower = *lower;
        for (std::int64_t value = *lower;; ++value) {
            issue.options.push_back({std::to_string(value), {}});
            if (value == *upper)
                break;
        }
    }

    bool limit_options(const XmlElement& element, std::uint64_t count) {
        if (count < CaseLimits::options && options_ + count < CaseLimits::options)
            return true;
        findings_.invalid(element.place, "too many options", {},
                          "at most " + std::to_string(CaseLimits::options) + " in all issues together");
        return false;
    }

    Findings& findings_;
    GeniusAttributes read_;
    std::size_t options_ = 0;
};

}  // namespace

const std::string* GeniusAttributes::text(const XmlElement& element, std::string_view name) {
    const std::string* found = element.attribute(name);
    if (found == nullptr)
        findings_.invalid(element.place, '<' + element.name + "> needs " + std::string(name) + "=\"...\"");
    return found;
}

std::optional<Rational> GeniusAttributes::decimal(const XmlElement& element, std::string_view name) {
    const std::string* found = text(element, name);
    if (found == nullptr)
        return std::nullopt;
    bool rounded = false;
    auto value = read_decimal(*found, rounded);
    if (!value)
        findings_.invalid(element.place, std::string(name) + " is not a number", *found,
                          "a decimal such as 0.25, smaller than 1e18");
    if (rounded)
        findings_.note(element.place.file + ':' + std::to_string(element.place.line) + ": " +
                       std::string(name) + ' ' + *found + " has more digits than stay exact; it is rounded");
    return value;
}

std::optional<std::int64_t> GeniusAttributes::integer(const XmlElement& element, std::string_view name) {
    const std::string* found = text(element, name);
    if (found == nullptr)
        return std::nullopt;
    const auto value = read_integer(*found);
    if (!value)
        findings_.invalid(element.place, std::string(name) + " is not a whole number", *found, "such as 3");
    return value;
}

Rational GeniusAttributes::kept(const WideRational& value, const XmlElement& at) {
    bool rounded = false;
    const Rational result = fitted(value, rounded);
    if (rounded)
        findings_.note(at.place.file + ':' + std::to_string(at.place.line) +
                       ": values that need more than 64 bits are rounded");
    return result;
}

bool same_word(std::string_view a, std::string_view b) {
    return std::ranges::equal(
        a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

void collect_issues(const XmlElement& objective, std::vector<const XmlElement*>& issues) {
    for (const XmlElement& child : objective.children) {
        if (child.name == "objective")
            collect_issues(child, issues);
    }
    for (const XmlElement& child : objective.children) {
        if (child.name == "issue")
            issues.push_back(&child);
    }
}

void collect(const XmlElement& element, std::string_view name, std::vector<const XmlElement*>& found) {
    for (const XmlElement& child : element.children) {
        if (child.name == name)
            found.push_back(&child);
        collect(child, name, found);
    }
}

std::vector<GeniusIssue> read_genius_domain(const XmlElement& root, Findings& findings) {
    return DomainReader(findings).issues(root);
}

}  // namespace steelyard::format
