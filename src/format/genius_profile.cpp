// SPDX-License-Identifier: Apache-2.0
#include "foreign_text.hpp"
#include "genius_parts.hpp"

#include <algorithm>
#include <map>
#include <ranges>
#include <utility>

namespace steelyard::format {

namespace {

/// The largest evaluation below which GENIUS takes a whole issue as worthless.
const Rational kNothing = Rational::fraction(1, 100'000);

class ProfileReader {
public:
    ProfileReader(const std::vector<GeniusIssue>& issues, Reading reading, Findings& findings)
        : issues_(issues), reading_(reading), findings_(findings), read_(findings) {}

    ScenarioActor read(const XmlElement& root, const std::string& name) {
        ScenarioActor actor;
        actor.name = name;
        actor.weights.resize(issues_.size());
        actor.values.resize(issues_.size());
        const std::string* type = root.attribute("type");
        if (type == nullptr || type->empty() || same_word(*type, "linear") || same_word(*type, "additive"))
            read_additive(root, actor);
        else if (same_word(*type, "nonlinear"))
            read_genius_rectangles(root, issues_, reading_, actor, findings_);
        else
            findings_.unsupported(root.place, "a utility space of this type", *type,
                                  "linear (no type), nonlinear (sums of hyper-rectangles)");
        read_reservation(root, actor);
        note_discount(root, name);
        if (reading_ == Reading::raw && all_one(actor.weights))
            actor.weighted = false;
        // An issue on which nothing depends is no stake.
        for (std::vector<Rational>& row : actor.values) {
            if (std::ranges::all_of(row, [](const Rational& value) { return value == Rational(0); }))
                row.clear();
        }
        return actor;
    }

private:
    void read_additive(const XmlElement& root, ScenarioActor& actor) {
        std::vector<const XmlElement*> elements;
        collect_issues(root, elements);
        std::map<std::int64_t, const XmlElement*> by_index;
        for (const XmlElement* element : elements) {
            if (const auto index = read_.integer(*element, "index"))
                by_index.emplace(*index, element);
        }
        const auto weights = read_weights(root);
        for (std::size_t i = 0; i < issues_.size(); ++i) {
            const GeniusIssue& issue = issues_[i];
            const auto element = by_index.find(issue.index);
            const auto weight = weights.find(issue.index);
            if (element == by_index.end() || weight == weights.end()) {
                findings_.invalid(root.place,
                                  "the profile has no " +
                                      std::string(element == by_index.end() ? "evaluations" : "weight") +
                                      " for issue '" + issue.name + "', index " + std::to_string(issue.index),
                                  {}, "an <issue> and a <weight> of that index");
                continue;
            }
            actor.weights[i] = weight->second;
            actor.values[i] = issue.integer ? integer_values(*element->second, issue)
                                            : discrete_values(*element->second, issue);
            // Nothing depends on the issue: no stake.
            if (std::ranges::all_of(actor.values[i],
                                    [](const Rational& value) { return value == Rational(0); }))
                actor.values[i].clear();
        }
    }

    std::map<std::int64_t, Rational> read_weights(const XmlElement& root) {
        std::vector<const XmlElement*> elements;
        collect(root, "weight", elements);
        std::map<std::int64_t, Rational> weights;
        for (const XmlElement* element : elements) {
            const auto index = read_.integer(*element, "index");
            const auto value = read_.decimal(*element, "value");
            if (!index || !value)
                continue;
            if (*value < Rational(0))
                findings_.invalid(element->place, "a weight is below 0", value->text(), "0 or more");
            if (!weights.emplace(*index, *value).second)
                findings_.invalid(element->place, "two weights of one index", std::to_string(*index),
                                  "each index once");
        }
        return weights;
    }

    std::vector<Rational> discrete_values(const XmlElement& element, const GeniusIssue& issue) {
        std::map<std::string, Rational> evaluations;
        for (const XmlElement& item : element.children) {
            if (item.name != "item")
                continue;
            const std::string* value = read_.text(item, "value");
            if (value == nullptr)
                continue;
            Rational evaluation;
            if (item.attribute("evaluation") == nullptr)
                findings_.invalid(item.place, "item '" + *value + "' has no evaluation", {},
                                  "evaluation=\"...\" on every item");
            else
                evaluation = read_.decimal(item, "evaluation").value_or(Rational(0));
            if (!evaluations.insert_or_assign(*value, evaluation).second)
                findings_.note(item.place.file + ':' + std::to_string(item.place.line) +
                               ": a second evaluation of '" + *value +
                               "'; it replaces the first, as in GENIUS");
        }
        const Rational largest =
            evaluations.empty() ? Rational(0) : std::ranges::max(std::views::values(evaluations));
        std::vector<Rational> values;
        for (const ScenarioOption& option : issue.options) {
            const auto found = evaluations.find(option.name);
            if (found == evaluations.end()) {
                findings_.invalid(element.place,
                                  "issue '" + issue.name + "' has no evaluation of '" + option.name + "'", {},
                                  "an <item> for every value of the domain");
                values.emplace_back();
            } else if (reading_ == Reading::raw) {
                values.push_back(found->second);
            } else {
                values.push_back(largest < kNothing
                                     ? Rational(0)
                                     : read_.kept(exact(found->second) / exact(largest), element));
            }
        }
        return values;
    }

    std::vector<Rational> integer_values(const XmlElement& element, const GeniusIssue& issue) {
        const XmlElement* evaluator = element.child("evaluator");
        if (evaluator == nullptr) {
            findings_.invalid(element.place, "integer issue '" + issue.name + "' has no evaluator", {},
                              "<evaluator ftype=\"linear\" offset=\"..\" slope=\"..\"/>");
            return {};
        }
        const std::string* type = evaluator->attribute("ftype");
        if (type != nullptr && !same_word(*type, "linear")) {
            findings_.unsupported(evaluator->place,
                                  "an evaluator of this type on integer issue '" + issue.name + "'", *type,
                                  "linear");
            return {};
        }
        const auto offset = read_.decimal(*evaluator, "offset");
        const auto slope = read_.decimal(*evaluator, "slope");
        std::int64_t lower = issue.lower;
        if (reading_ == Reading::raw) {
            lower = 0;
        } else if (element.attribute("lowerbound") != nullptr) {
            lower = read_.integer(element, "lowerbound").value_or(lower);
        }
        std::vector<Rational> values;
        for (std::size_t o = 0; offset && slope && o < issue.options.size(); ++o) {
            const Integer steps = Integer(issue.lower) + o - lower;
            const Rational value = read_.kept(exact(*offset) + exact(*slope) * steps, *evaluator);
            values.push_back(reading_ == Reading::raw ? value : std::clamp(value, Rational(0), Rational(1)));
        }
        return values;
    }

    void read_reservation(const XmlElement& root, ScenarioActor& actor) {
        std::vector<const XmlElement*> found;
        collect(root, "reservation", found);
        if (found.size() > 1)
            findings_.invalid(found[1]->place, "a second reservation value", {}, "one");
        if (!found.empty())
            actor.no_deal = read_.decimal(*found.front(), "value").value_or(Rational(0));
    }

    /// A case has no clock.  GENIUS takes a factor outside (0, 1] as 1.
    void note_discount(const XmlElement& root, const std::string& name) {
        std::vector<const XmlElement*> found;
        collect(root, "discount_factor", found);
        for (const XmlElement* element : found) {
            const auto factor = read_.decimal(*element, "value");
            if (factor && *factor > Rational(0) && *factor < Rational(1))
                findings_.note("discount factor " + factor->text() + " of '" + name +
                               "' left out: points are those of a deal made at once");
        }
    }

    const std::vector<GeniusIssue>& issues_;
    Reading reading_;
    Findings& findings_;
    GeniusAttributes read_;
};

}  // namespace

ScenarioActor read_genius_profile(const XmlElement& root, const std::string& name,
                                  const std::vector<GeniusIssue>& issues, Reading reading,
                                  Findings& findings) {
    return ProfileReader(issues, reading, findings).read(root, name);
}

}  // namespace steelyard::format
