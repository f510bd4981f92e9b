// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Small cases at random: every form of coupling, many ties, odd fractions.

#include "steelyard/model/case.hpp"

namespace steelyard::test {

struct CaseShape {
    int most_actors = 4;
    int most_issues = 5;
    int most_options = 4;
    bool coupled = true;  ///< bundles, rules, obligations
    bool several_tables = true;
};

/// Draws with RapidCheck: call it inside a property.
Case random_case(const CaseShape& shape = {});

/// `issue: option` in words, for failure messages.
std::string to_text(const Case& subject);

}  // namespace steelyard::test
