// SPDX-License-Identifier: Apache-2.0
#include "exchange_formats.hpp"
#include "foreign_text.hpp"
#include "genius_parts.hpp"
#include "steelyard/format/case_file.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

namespace steelyard::format {

namespace {

/// ANAC folders hold lists of frontier points under this name; they are not XML.
bool is_point_list(const TextFile& file) {
    std::string stem = file_stem(file.name);
    std::ranges::transform(stem, stem.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const std::size_t begin = file.text.find_first_not_of(" \t\r\n");
    return stem.starts_with("pareto") && (begin == std::string::npos || file.text[begin] != '<');
}

std::string title_of(const XmlElement& root) {
    std::vector<const XmlElement*> objectives;
    collect(root, "objective", objectives);
    const std::string* name = objectives.empty() ? nullptr : objectives.front()->attribute("name");
    return name == nullptr || same_word(*name, "root") || same_word(*name, "any") ? "" : *name;
}

}  // namespace

Imported read_genius(std::span<const TextFile> files, const ExchangeOptions& options) {
    Findings findings;
    std::optional<XmlElement> domain;
    std::string domain_name;
    std::vector<std::pair<std::string, XmlElement>> profiles;
    for (const TextFile& file : files) {
        if (is_point_list(file)) {
            findings.note(file.name + ": a list of frontier points, not read");
            continue;
        }
        XmlElement root = read_xml(file.text, file.name);
        if (root.name == "utility_space") {
            profiles.emplace_back(file_stem(file.name), std::move(root));
        } else if (root.name != "negotiation_template") {
            findings.invalid(root.place, "neither a GENIUS domain nor a profile", '<' + root.name + '>',
                             "<negotiation_template> (the domain), <utility_space> (a profile)");
        } else if (domain) {
            findings.invalid(root.place, "a second domain", file.name, "one domain and its profiles");
        } else {
            domain = std::move(root);
            domain_name = without_domain(file_stem(file.name));
        }
    }
    if (profiles.empty())
        findings.invalid({files.empty() ? "" : files.front().name, 0, 0, {}}, "no profile", {},
                         "at least one file with <utility_space>");
    findings.raise();
    if (profiles.size() > CaseLimits::actors)
        throw Error(ErrorKind::limit, "too many profiles");
    if (!domain) {
        findings.note("no domain file: the issues are those of " + profiles.front().second.place.file);
        domain_name = profiles.front().first;
    }
    const XmlElement& tree = domain ? *domain : profiles.front().second;
    const std::vector<GeniusIssue> issues = read_genius_domain(tree, findings);
    findings.raise();

    const bool raw = options.reading == Reading::raw;
    findings.note(
        raw ? "raw reading: points = weight x evaluation as typed; the reservation value as typed is the "
              "no-deal value"
            : "genius reading: points = weight x evaluation / largest evaluation of the issue; the "
              "reservation value is the no-deal value, though GENIUS itself rules out no deal below it");
    Scenario scenario;
    scenario.name = domain_name;
    scenario.title = title_of(tree);
    scenario.about = raw ? "Imported from GENIUS XML in the raw reading."
                         : "Imported from GENIUS XML in the genius reading.";
    for (const GeniusIssue& issue : issues)
        scenario.issues.push_back({issue.name, issue.about, issue.options});
    for (const auto& [name, root] : profiles) {
        ScenarioActor actor = read_genius_profile(root, name, issues, options.reading, findings);
        if (!raw && findings.clean())
            cut_at_one(scenario, actor, root.place, findings);
        scenario.actors.push_back(std::move(actor));
    }
    findings.raise();
    Case subject = to_case(scenario, findings);
    return {std::move(subject), findings.take_notes()};
}

}  // namespace steelyard::format
