// SPDX-License-Identifier: Apache-2.0
#include "exact.hpp"
#include "exchange_formats.hpp"
#include "findings.hpp"
#include "foreign_text.hpp"
#include "scenario.hpp"
#include "xml.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace steelyard::format {

namespace {

constexpr std::size_t kMostRectangles = 10'000;
/// Evaluations are written as whole numbers up to here: old versions of GENIUS round them to such.
constexpr std::int64_t kMostWhole = 1'000'000'000;

XmlElement element(std::string name, Named<std::string> attributes) {
    XmlElement result;
    result.name = std::move(name);
    result.attributes = std::move(attributes);
    return result;
}

/// What the writers of domain and profiles share.
class GeniusWriter {
public:
    GeniusWriter(const Scenario& scenario, Reading reading, Findings& findings)
        : scenario_(scenario), reading_(reading), findings_(findings) {
        nonlinear_ =
            std::ranges::any_of(scenario.actors, [](const auto& actor) { return !actor.terms.empty(); });
        find_integers();
        if (reading == Reading::genius)
            find_divisor();
    }

    XmlElement domain() const {
        XmlElement root = element("negotiation_template", {});
        XmlElement space =
            element("utility_space", {{"number_of_issues", std::to_string(scenario_.issues.size())}});
        XmlElement top = objective();
        for (std::size_t i = 0; i < scenario_.issues.size(); ++i)
            top.children.push_back(issue(i, nullptr));
        space.children.push_back(std::move(top));
        root.children.push_back(std::move(space));
        return root;
    }

    XmlElement profile(const ScenarioActor& actor) {
        XmlElement root = element("utility_space", {});
        XmlElement top = objective();
        for (std::size_t i = 0; i < scenario_.issues.size(); ++i) {
            if (nonlinear_) {
                top.children.push_back(issue(i, nullptr));
                continue;
            }
            Rational weight = 1;
            const std::vector<Rational> evaluations =
                reading_ == Reading::raw ? as_typed(actor, i, weight) : relative(actor, i, weight);
            top.children.push_back(issue(i, &evaluations));
            top.children.push_back(
                element("weight", {{"index", std::to_string(i + 1)}, {"value", text(weight)}}));
        }
        if (nonlinear_) {
            root.attributes.emplace_back("type", "nonlinear");
            top.children.push_back(rectangles(actor));
        }
        root.children.push_back(std::move(top));
        root.children.push_back(element("discount_factor", {{"value", "1.0"}}));
        root.children.push_back(element("reservation", {{"value", text(actor.no_deal / divisor_)}}));
        return root;
    }

    void report() {
        if (divisor_ != Rational(1))
            findings_.note("all points are divided by " + divisor_.text() +
                           ": GENIUS values no deal above 1");
        if (rounded_)
            findings_.note("some numbers have no finite decimal; they are written to 17 digits");
    }

private:
    std::string text(const Rational& value) { return decimal_text(value, rounded_); }

    XmlElement objective() const {
        const std::string name = scenario_.title.empty() ? "root" : scenario_.title;
        return element("objective",
                       {{"index", "0"}, {"name", name}, {"type", "objective"}, {"etype", "objective"}});
    }

    XmlElement issue(std::size_t i, const std::vector<Rational>* evaluations) const {
        const ScenarioIssue& given = scenario_.issues[i];
        const std::string type = nonlinear_ ? "integer" : "discrete";
        XmlElement result = element("issue", {{"index", std::to_string(i + 1)},
                                              {"name", given.name},
                                              {"type", type},
                                              {"vtype", type},
                                              {"etype", type}});
        if (!given.about.empty())
            result.attributes.emplace_back("description", given.about);
        if (nonlinear_) {
            result.attributes.emplace_back("lowerbound", given.options.front().name);
            result.attributes.emplace_back("upperbound", given.options.back().name);
            return result;
        }
        for (std::size_t o = 0; o < given.options.size(); ++o) {
            XmlElement item =
                element("item", {{"index", std::to_string(o + 1)}, {"value", given.options[o].name}});
            if (!given.options[o].about.empty())
                item.attributes.emplace_back("description", given.options[o].about);
            bool ignored = false;
            if (evaluations != nullptr)
                item.attributes.emplace_back("evaluation", decimal_text((*evaluations)[o], ignored));
            result.children.push_back(std::move(item));
        }
        return result;
    }

    /// The smallest power of ten that brings everybody's best deal down to 1.  One for all, so that points of
    /// different actors stay comparable.
    void find_divisor() {
        const WideRational most =
            1 + WideRational(1, 1'000'000'000);  // weights are rounded; GENIUS cuts off the rest
        for (const ScenarioActor& actor : scenario_.actors) {
            WideRational best = 0;
            for (std::size_t i = 0; i < actor.values.size(); ++i) {
                if (!actor.values[i].empty())
                    best += exact(actor.weights[i]) * exact(*std::ranges::max_element(actor.values[i]));
            }
            for (const ScenarioTerm& term : actor.terms)
                best += std::max<WideRational>(0, exact(term.points));
            while (best / exact(divisor_) > most)
                divisor_ *= 10;
        }
    }

    // -- additive --

    std::vector<Rational> as_typed(const ScenarioActor& actor, std::size_t i, Rational& weight) {
        weight = actor.weights[i];
        std::vector<Rational> evaluations = actor.values[i];
        evaluations.resize(scenario_.issues[i].options.size());
        for (const Rational& value : evaluations)
            text(value);
        return evaluations;
    }

    /// Evaluations of which only the ratio to the largest counts, and the weight that the largest one has.
    std::vector<Rational> relative(const ScenarioActor& actor, std::size_t i, Rational& weight) {
        std::vector<Rational> values = actor.values[i];
        values.resize(scenario_.issues[i].options.size());
        const Rational largest = *std::ranges::max_element(values);
        if (std::ranges::any_of(values, [](const Rational& value) { return value < Rational(0); }))
            findings_.unsupported(
                {{}, 0, 0, "/preferences/" + actor.name},
                "GENIUS has no evaluations below 0 (issue '" + scenario_.issues[i].name + "')", {},
                "points of 0 or more, or the raw reading");
        if (largest <= Rational(0)) {
            weight = 0;
            return values;
        }
        weight = fitted(exact(actor.weights[i]) * exact(largest) / exact(divisor_), rounded_);
        Integer common = 1;
        for (const Rational& value : values)
            common = lcm(common, Integer(value.denominator()));
        const bool whole = exact(largest) * common <= kMostWhole;
        for (Rational& value : values) {
            const WideRational scaled =
                whole ? WideRational(exact(value) * common) : WideRational(exact(value) / exact(largest));
            value = fitted(scaled, rounded_);
            text(value);
        }
        return values;
    }

    // -- sums of hyper-rectangles --

    /// Rectangles bound integer issues only: every option must be the next whole number.  They are needed for
    /// combinations, and are the way to say points below 0.
    void find_integers() {
        std::string other;  // the first option that is not the next whole number
        for (const ScenarioIssue& issue : scenario_.issues) {
            std::vector<std::int64_t>& numbers = integers_.emplace_back();
            for (const ScenarioOption& option : issue.options) {
                const auto number = read_integer(option.name);
                const bool next = number && std::to_string(*number) == option.name &&
                                  (numbers.empty() || *number - 1 == numbers.back());
                if (!next && other.empty())
                    other = issue.name + ": " + option.name;
                numbers.push_back(number.value_or(0));
            }
        }
        if (nonlinear_ && !other.empty()) {
            findings_.unsupported({},
                                  "GENIUS has points for combinations only of issues whose options are "
                                  "consecutive whole numbers",
                                  other, "0, 1, 2, ...");
            findings_.raise();
        }
        if (reading_ == Reading::genius && other.empty())
            nonlinear_ = nonlinear_ || std::ranges::any_of(scenario_.actors, has_negative);
    }

    static bool has_negative(const ScenarioActor& actor) {
        return std::ranges::any_of(actor.values, [](const std::vector<Rational>& row) {
            return std::ranges::any_of(row, [](const Rational& value) { return value < Rational(0); });
        });
    }

    struct Run {
        std::size_t issue, first, last;
    };

    XmlElement rectangle(const std::vector<Run>& box, const Rational& points) {
        XmlElement result = element("hyperRectangle", {{"utility", text(points)}});
        for (const Run& run : box) {
            result.children.push_back(
                element("INCLUDES", {{"index", std::to_string(run.issue + 1)},
                                     {"min", std::to_string(integers_[run.issue][run.first])},
                                     {"max", std::to_string(integers_[run.issue][run.last])}}));
        }
        return result;
    }

    /// Neighbouring options as runs, for which `same` says whether the second belongs to the first's run.
    template <class Same>
    static std::vector<Run> runs(std::size_t issue, const std::vector<std::size_t>& options,
                                 const Same& same) {
        std::vector<Run> result;
        for (const std::size_t o : options) {
            if (!result.empty() && result.back().last + 1 == o && same(result.back().last, o))
                result.back().last = o;
            else
                result.push_back({issue, o, o});
        }
        return result;
    }

    XmlElement rectangles(const ScenarioActor& actor) {
        XmlElement function =
            element("ufun", {{"type", "PlainUfun"}, {"weight", "1"}, {"aggregation", "sum"}});
        const auto add = [&](const std::vector<Run>& box, const Rational& points) {
            if (function.children.size() >= kMostRectangles)
                throw Error(ErrorKind::limit, "the bundles need too many hyper-rectangles");
            function.children.push_back(rectangle(box, points));
        };
        for (std::size_t i = 0; i < actor.values.size(); ++i) {
            std::vector<Rational> row;
            std::vector<std::size_t> paid;
            for (std::size_t o = 0; o < actor.values[i].size(); ++o) {
                row.push_back(
                    fitted(exact(actor.weights[i]) * exact(actor.values[i][o]) / exact(divisor_), rounded_));
                if (row.back() != Rational(0))
                    paid.push_back(o);
            }
            for (const Run& run :
                 runs(i, paid, [&](std::size_t a, std::size_t b) { return row[a] == row[b]; })) {
                const bool every = run.first == 0 && run.last + 1 == row.size();
                add(every ? std::vector<Run>{} : std::vector{run}, row[run.first]);
            }
        }
        for (const ScenarioTerm& term : actor.terms) {
            std::vector<std::vector<Run>> boxes{{}};
            for (const auto& [issue, options] : term.when.terms) {
                std::vector<std::size_t> taken;
                for (const OptionId option : options)
                    taken.push_back(option.index);
                std::ranges::sort(taken);
                std::vector<std::vector<Run>> wider;
                for (const auto& box : boxes) {
                    for (const Run& run :
                         runs(issue.index, taken, [](std::size_t, std::size_t) { return true; })) {
                        if (wider.size() >= kMostRectangles)
                            throw Error(ErrorKind::limit, "the bundles need too many hyper-rectangles");
                        wider.push_back(box);
                        wider.back().push_back(run);
                    }
                }
                boxes = std::move(wider);
            }
            for (const auto& box : boxes)
                add(box, fitted(exact(term.points) / exact(divisor_), rounded_));
        }
        XmlElement utility = element("utility", {{"maxutility", "1"}});
        utility.children.push_back(std::move(function));
        return utility;
    }

    const Scenario& scenario_;
    Reading reading_;
    Findings& findings_;
    bool nonlinear_ = false;
    bool rounded_ = false;
    Rational divisor_ = 1;
    std::vector<std::vector<std::int64_t>> integers_;
};

}  // namespace

Exported write_genius(const Case& subject, const ExchangeOptions& options) {
    Findings findings;
    const Scenario scenario = from_case(subject, {"GENIUS XML", true, false}, findings);
    findings.raise();
    GeniusWriter writer(scenario, options.reading, findings);
    Exported result;
    result.files.push_back({domain_stem(scenario) + ".xml", write_xml(writer.domain())});
    for (const ScenarioActor& actor : scenario.actors)
        result.files.push_back({actor.name + ".xml", write_xml(writer.profile(actor))});
    findings.raise();
    writer.report();
    result.notes = findings.take_notes();
    return result;
}

}  // namespace steelyard::format
