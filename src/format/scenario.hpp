// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What the formats of automated negotiation have in common, between their files and a case: named issues
/// and options, and one utility function an actor.

#include "findings.hpp"
#include "foreign_text.hpp"
#include "steelyard/core/rational.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/model/case.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::format {

struct ScenarioOption {
    std::string name;
    std::string about;
};

struct ScenarioIssue {
    std::string name;
    std::string about;
    std::vector<ScenarioOption> options;
};

/// Points for deals that contain a combination.
struct ScenarioTerm {
    Condition when;
    Rational points;
};

/// points(deal) = sum over issues of weight x value(option) + the terms that the deal contains.
struct ScenarioActor {
    std::string name;
    Rational no_deal;
    bool weighted = true;                       ///< weights mean something; otherwise they are all 1
    std::vector<Rational> weights;              ///< by issue
    std::vector<std::vector<Rational>> values;  ///< by issue and option; an empty row: no stake
    std::vector<ScenarioTerm> terms;
};

struct Scenario {
    std::string name;   ///< of the case; its id is made of it
    std::string title;  ///< may be empty
    std::string about;
    std::vector<ScenarioIssue> issues;
    std::vector<ScenarioActor> actors;
};

/// Whether the weights say nothing, because all are 1: then values are points.
inline bool all_one(const std::vector<Rational>& weights) {
    return std::ranges::all_of(weights, [](const Rational& weight) { return weight == Rational(1); });
}

/// The case's actors and issues, without preferences.  Ids follow names; options are spaced evenly.
Case outline(const Scenario& scenario);

/// The case: weights times 0-100 values where they say the points exactly, otherwise points; rounded, with a
/// note, where sums of them would leave 64 bits.  Throws `Error` (limit) when even that cannot be.
Case to_case(const Scenario& scenario, Findings& findings);

/// GENIUS values no deal above 1.  Deals that would be worth more get a term that takes the surplus away;
/// a surplus up to 1e-9, which is how weights are rounded, stays and is noted.  Complains at `place` where
/// there are too many such deals.
void cut_at_one(const Scenario& scenario, ScenarioActor& actor, const Place& place, Findings& findings);

/// What a format can carry.
struct Carrier {
    std::string_view title;     ///< in messages
    bool bundles = false;       ///< points for combinations of options
    bool names_as_keys = true;  ///< names are keys, so they are short and of one line
};

/// What a format can say of a case: names, exact points at their best, no-deal values.  Complains of what
/// would change the meaning if it were left out (rules, obligations, several tables, ...) and notes what else
/// is lost.  Throws `Error` (missing_section) where nobody has preferences.
Scenario from_case(const Case& subject, const Carrier& carrier, Findings& findings);

/// Names where they tell things apart and the format can carry them, otherwise ids.
template <class Things>
std::vector<std::string> distinct_names(const Things& things, const Carrier& carrier) {
    std::set<std::string> seen;
    std::vector<std::string> names;
    bool fit = true;
    for (const auto& thing : things) {
        names.push_back(thing.name.empty() ? thing.id : thing.name);
        const bool key = names.back().size() <= CaseLimits::key_bytes &&
                         names.back().find_first_of("\t\r\n") == std::string::npos;
        fit = seen.insert(names.back()).second && (key || !carrier.names_as_keys) &&
              all_printable(names.back()) && fit;
    }
    for (std::size_t k = 0; !fit && k < names.size(); ++k)
        names[k] = things[k].id;
    return names;
}

/// What the domain file is called, without its ending: after the case, and never as an actor's file.
std::string domain_stem(const Scenario& scenario);

/// Complains of everything that decides which deals are possible, accepted or worth what, besides points and
/// no-deal values; notes what is left out besides.
void refuse_and_note(const Case& subject, const Carrier& carrier, Findings& findings);

}  // namespace steelyard::format
