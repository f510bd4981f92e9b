// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The parts of the GENIUS reader: domain, additive profiles, sums of hyper-rectangles.

#include "exact.hpp"
#include "findings.hpp"
#include "scenario.hpp"
#include "steelyard/format/exchange.hpp"
#include "xml.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::format {

/// An issue of the domain, under the number by which profiles know it.
struct GeniusIssue {
    std::int64_t index = 0;
    std::string name;
    std::string about;
    bool integer = false;
    std::int64_t lower = 0;
    std::vector<ScenarioOption> options;
};

/// Reads attributes and complains where they are missing or no numbers.
class GeniusAttributes {
public:
    explicit GeniusAttributes(Findings& findings) : findings_(findings) {}

    const std::string* text(const XmlElement& element, std::string_view name);
    /// Rounded, with a note, where it has too many digits.
    std::optional<Rational> decimal(const XmlElement& element, std::string_view name);
    std::optional<std::int64_t> integer(const XmlElement& element, std::string_view name);
    /// The value in 64 bits; notes where that needs rounding.
    Rational kept(const WideRational& value, const XmlElement& at);

private:
    Findings& findings_;
};

/// Whether two words are the same but for capitals.
bool same_word(std::string_view a, std::string_view b);

/// The issues of an objective as GENIUS counts them: those of nested objectives first.
void collect_issues(const XmlElement& objective, std::vector<const XmlElement*>& issues);

/// Every element of that name below `element`, in file order.
void collect(const XmlElement& element, std::string_view name, std::vector<const XmlElement*>& found);

/// The issues of a domain file, or of a profile.
std::vector<GeniusIssue> read_genius_domain(const XmlElement& root, Findings& findings);

/// A profile; complains where it does not fit the issues.
ScenarioActor read_genius_profile(const XmlElement& root, const std::string& name,
                                  const std::vector<GeniusIssue>& issues, Reading reading,
                                  Findings& findings);

/// The sum of hyper-rectangles of a nonlinear profile: values for those of one issue, terms for the others.
void read_genius_rectangles(const XmlElement& root, const std::vector<GeniusIssue>& issues, Reading reading,
                            ScenarioActor& actor, Findings& findings);

}  // namespace steelyard::format
