// SPDX-License-Identifier: Apache-2.0
#include "exact.hpp"
#include "exchange_formats.hpp"
#include "findings.hpp"
#include "json_text.hpp"
#include "scenario.hpp"
#include "steelyard/format/json.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace steelyard::format {

namespace {

/// Decimals of a weight that is no decimal.
constexpr int kWeightDecimals = 15;
/// Different utilities of partial bids that are looked through for a reservation bid.
constexpr std::size_t kMostSums = 200'000;

Value domain_of(const Scenario& scenario) {
    Value::Map issues;
    for (const ScenarioIssue& issue : scenario.issues) {
        Value::List values;
        for (const ScenarioOption& option : issue.options)
            values.emplace_back(option.name);
        issues.emplace_back(issue.name, Value(Value::Map{{"values", Value(std::move(values))}}));
    }
    return Value(Value::Map{{"name", Value(scenario.title.empty() ? scenario.name : scenario.title)},
                            {"issuesValues", Value(std::move(issues))}});
}

/// A profile whose weights sum to 1 and whose utilities stay within 0 to 1.
struct Normalised {
    std::vector<Rational> weights;
    std::vector<std::vector<Rational>> utilities;
    WideRational divisor = 1;
    bool rounded = false;
};

Normalised normalise(const Scenario& scenario, const ScenarioActor& actor, Findings& findings) {
    Normalised result{actor.weights, actor.values, 1, false};
    WideRational sum = 0;
    std::vector<WideRational> largest;
    bool within = true;
    for (std::size_t i = 0; i < actor.values.size(); ++i) {
        result.utilities[i].resize(scenario.issues[i].options.size());
        const auto [low, high] = std::ranges::minmax(result.utilities[i]);
        if (low < Rational(0) || actor.weights[i] < Rational(0))
            findings.unsupported(
                {{}, 0, 0, "/preferences/" + actor.name},
                "GeniusWeb has no utilities below 0 (issue '" + scenario.issues[i].name + "')", {},
                "points of 0 or more");
        within = within && high <= Rational(1);
        sum += exact(actor.weights[i]);
        largest.push_back(exact(actor.weights[i]) * exact(high));
    }
    if (actor.weighted && within && sum == 1)
        return result;

    result.divisor = 0;
    for (const WideRational& value : largest)
        result.divisor += value;
    const bool worthless = result.divisor == 0;
    if (worthless)
        result.divisor = 1;
    WideRational left = 1;
    std::optional<std::size_t> last;  // takes what rounding leaves over
    for (std::size_t i = 0; i < largest.size(); ++i) {
        const WideRational share = largest[i] / result.divisor;
        const WideRational weight = round_to(share, boost::multiprecision::pow(Integer(10), kWeightDecimals));
        result.rounded = result.rounded || weight != share;
        result.weights[i] = *narrow(weight);
        left -= weight;
        if (largest[i] > 0 || worthless)
            last = last && largest[*last] > largest[i] ? last : i;
        for (Rational& value : result.utilities[i])
            value = largest[i] == 0
                        ? Rational(0)
                        : fitted(exact(actor.weights[i]) * exact(value) / largest[i], result.rounded);
    }
    if (last)
        result.weights[*last] = *narrow(exact(result.weights[*last]) + left);
    return result;
}

/// The bid, perhaps a partial one, of the least utility that is still at least the no-deal value.
class ReservationSearch {
public:
    ReservationSearch(const Normalised& profile, WideRational target) : target_(std::move(target)) {
        std::vector<WideRational> rest(profile.weights.size() + 1);
        for (std::size_t i = profile.weights.size(); i-- > 0;)
            rest[i] = rest[i + 1] +
                      exact(profile.weights[i]) * exact(*std::ranges::max_element(profile.utilities[i]));
        levels_.push_back({{WideRational(0), {WideRational(0), std::nullopt}}});
        for (std::size_t i = 0; i < profile.weights.size(); ++i) {
            std::map<WideRational, Step> next;
            for (const auto& [sum, step] : levels_.back())
                extend(profile, i, sum, rest[i + 1], next);
            thin(next);
            levels_.push_back(std::move(next));
        }
    }

    /// Nothing where no bid is worth as much.
    [[nodiscard]] std::optional<std::vector<std::optional<std::size_t>>> bid() const {
        auto found = levels_.back().lower_bound(target_);
        if (found == levels_.back().end())
            return std::nullopt;
        std::vector<std::optional<std::size_t>> options(levels_.size() - 1);
        WideRational sum = found->first;
        for (std::size_t i = options.size(); i-- > 0;) {
            const Step& step = levels_[i + 1].at(sum);
            options[i] = step.option;
            sum = step.before;
        }
        return options;
    }
    [[nodiscard]] WideRational utility() const { return levels_.back().lower_bound(target_)->first; }

private:
    struct Step {
        WideRational before;
        std::optional<std::size_t> option;
    };

    void extend(const Normalised& profile, std::size_t i, const WideRational& sum, const WideRational& rest,
                std::map<WideRational, Step>& next) const {
        if (sum + rest >= target_)
            next.try_emplace(sum, Step{sum, std::nullopt});
        for (std::size_t o = 0; o < profile.utilities[i].size(); ++o) {
            const WideRational whole = sum + exact(profile.weights[i]) * exact(profile.utilities[i][o]);
            if (whole + rest >= target_)
                next.try_emplace(whole, Step{sum, o});
        }
    }

    /// Keeps every n-th sum, and the largest, when there are too many.
    static void thin(std::map<WideRational, Step>& sums) {
        const std::size_t every = sums.size() / kMostSums + 1;
        std::size_t k = 0;
        for (auto it = sums.begin(); every > 1 && it != std::prev(sums.end());)
            it = k++ % every == 0 ? std::next(it) : sums.erase(it);
    }

    WideRational target_;
    std::vector<std::map<WideRational, Step>> levels_;
};

class WebWriter {
public:
    WebWriter(const Scenario& scenario, Findings& findings) : scenario_(scenario), findings_(findings) {}

    Value profile(const ScenarioActor& actor) {
        const Normalised given = normalise(scenario_, actor, findings_);
        Value::Map utilities;
        Value::Map weights;
        bool rounded = given.rounded;
        for (std::size_t i = 0; i < scenario_.issues.size(); ++i) {
            const ScenarioIssue& issue = scenario_.issues[i];
            Value::Map table;
            for (std::size_t o = 0; o < issue.options.size(); ++o)
                table.emplace_back(issue.options[o].name, number(given.utilities[i][o], rounded));
            utilities.emplace_back(
                issue.name,
                Value(Value::Map{
                    {"discreteutils", Value(Value::Map{{"valueUtilities", Value(std::move(table))}})}}));
            weights.emplace_back(issue.name, number(given.weights[i], rounded));
        }
        Value::Map space{{"name", Value(actor.name)},
                         {"issueUtilities", Value(std::move(utilities))},
                         {"issueWeights", Value(std::move(weights))},
                         {"domain", domain_of(scenario_)}};
        if (given.divisor != 1)
            findings_.note("points of '" + actor.name + "' are divided by " + shown(given.divisor) +
                           ", so that its best deal is worth 1");
        if (rounded)
            findings_.note("some utilities of '" + actor.name + "' have no finite decimal; they are rounded");
        add_reservation(actor, given, space);
        return Value(Value::Map{{"LinearAdditiveUtilitySpace", Value(std::move(space))}});
    }

private:
    static std::string shown(const WideRational& value) {
        bool rounded = false;
        return fitted(value, rounded).text();
    }

    static Value number(const Rational& value, bool& rounded) {
        rounded = rounded || !is_json_number(value);
        return Value(value);
    }

    void add_reservation(const ScenarioActor& actor, const Normalised& given, Value::Map& space) {
        const WideRational target = exact(actor.no_deal) / given.divisor;
        if (target <= 0) {
            if (target < 0)
                findings_.note("the no-deal value of '" + actor.name + "' is below 0; GeniusWeb has 0 there");
            return;
        }
        const ReservationSearch search(given, target);
        const auto bid = search.bid();
        if (!bid) {
            findings_.unsupported(
                {{}, 0, 0, "/preferences/" + actor.name + "/no_deal"},
                "GeniusWeb states what an actor has without a deal as a bid, and none is worth that "
                "much",
                actor.no_deal.text());
            return;
        }
        if (search.utility() != target)
            findings_.note("the no-deal value of '" + actor.name + "', " + shown(target) +
                           ", is written as the bid of the next utility found above it, " +
                           shown(search.utility()));
        Value::Map values;
        for (std::size_t i = 0; i < bid->size(); ++i) {
            if ((*bid)[i])
                values.emplace_back(scenario_.issues[i].name,
                                    Value(scenario_.issues[i].options[*(*bid)[i]].name));
        }
        space.emplace_back("reservationBid", Value(Value::Map{{"issuevalues", Value(std::move(values))}}));
    }

    const Scenario& scenario_;
    Findings& findings_;
};

}  // namespace

Exported write_geniusweb(const Case& subject, const ExchangeOptions&) {
    Findings findings;
    const Scenario scenario = from_case(subject, {"GeniusWeb"}, findings);
    findings.raise();
    Exported result;
    result.files.push_back({domain_stem(scenario) + ".json", to_json(domain_of(scenario)) + '\n'});
    WebWriter writer(scenario, findings);
    for (const ScenarioActor& actor : scenario.actors)
        result.files.push_back({actor.name + ".json", to_json(writer.profile(actor)) + '\n'});
    findings.raise();
    result.notes = findings.take_notes();
    return result;
}

}  // namespace steelyard::format
