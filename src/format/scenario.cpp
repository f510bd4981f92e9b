// SPDX-License-Identifier: Apache-2.0
#include "scenario.hpp"

#include "exact.hpp"
#include "ids.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace steelyard::format {

namespace {

/// A surplus over 1 that is only how weights were rounded.
const WideRational kRoundedWeights{1, 1'000'000'000};
constexpr int kMostDecimals = 15;    ///< of points that are rounded
constexpr int kFewestDecimals = 12;  ///< of weights that are rounded
constexpr std::size_t kMostCuts = 256;
constexpr std::size_t kMostSteps = 5'000'000;

void name_as(std::string& name, const std::string& given, const std::string& id) {
    name = given.empty() ? id : given;
}

/// An actor's points at full width.
struct ProfileSheet {
    std::vector<std::vector<WideRational>> points;  ///< by issue and option
    std::vector<WideRational> terms;
    WideRational no_deal;

    explicit ProfileSheet(const ScenarioActor& actor) : no_deal(exact(actor.no_deal)) {
        for (std::size_t i = 0; i < actor.values.size(); ++i) {
            points.emplace_back();
            for (const Rational& value : actor.values[i])
                points.back().push_back(exact(actor.weights[i]) * exact(value));
        }
        for (const ScenarioTerm& term : actor.terms)
            terms.push_back(exact(term.points));
    }

    template <class Visit>
    void each(const Visit& visit) {
        for (auto& row : points)
            std::ranges::for_each(row, visit);
        std::ranges::for_each(terms, visit);
        visit(no_deal);
    }

    /// The least common denominator; with a `limit`, any number above it once it is passed.
    Integer denominator(const std::optional<Integer>& limit = std::nullopt) {
        Integer common = 1;
        each([&](const WideRational& value) {
            if (!limit || common <= *limit)
                common = lcm(common, boost::multiprecision::denominator(value));
        });
        return common;
    }

    /// No sum of points, whole or partial, is further from 0.
    [[nodiscard]] WideRational bound() const {
        WideRational sum = abs(no_deal);
        for (const auto& row : points) {
            WideRational largest = 0;
            for (const WideRational& value : row)
                largest = std::max<WideRational>(largest, abs(value));
            sum += largest;
        }
        for (const WideRational& term : terms)
            sum += abs(term);
        return sum;
    }
};

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

/// Whether every sum of numbers of that denominator, times `factor`, stays in 64 bits.
bool fits(const Integer& denominator, const WideRational& bound, int factor) {
    return WideRational(denominator) * (bound + 1) * factor < WideRational(kMost);
}

bool fits(ProfileSheet& sheet, int factor) {
    return fits(sheet.denominator(kMost), sheet.bound(), factor);
}

/// The form with weights, where weight x value / 100 gives the points within 64 bits.
std::optional<WeightedValues> weighted_form(const ScenarioActor& actor) {
    if (!actor.weighted)
        return std::nullopt;
    WeightedValues form;
    for (std::size_t i = 0; i < actor.values.size(); ++i) {
        const Rational& weight = actor.weights[i];
        form.weights.emplace_back();
        form.values.emplace_back();
        if (actor.values[i].empty())
            continue;
        form.weights.back() = Number(weight);
        for (const Rational& value : actor.values[i]) {
            const auto percent = narrow(exact(value) * 100);
            if (weight < Rational(0) || !percent || *percent < Rational(0) || *percent > Rational(100) ||
                !narrow(exact(weight) * exact(*percent)) || !narrow(exact(weight) * exact(value)))
                return std::nullopt;
            form.values.back().emplace_back(*percent);
        }
    }
    return form;
}

/// The same with the weights rounded to as many decimals as the sums leave room for; nothing below 12.
std::optional<std::pair<WeightedValues, int>> rounded_weights(ScenarioActor actor) {
    for (int decimals = 17; actor.weighted && decimals >= kFewestDecimals; --decimals) {
        const Integer grid = boost::multiprecision::pow(Integer(10), static_cast<unsigned>(decimals));
        for (Rational& weight : actor.weights)
            weight = narrow(round_to(exact(weight), grid)).value_or(weight);
        ProfileSheet sheet(actor);
        if (!fits(sheet, 2))
            continue;
        if (auto form = weighted_form(actor))
            return std::pair{std::move(*form), decimals};
    }
    return std::nullopt;
}

/// Rounds the sheet to as many decimals as its sums leave room for.  Returns their number.
int round_sheet(ProfileSheet& sheet, const std::string& actor) {
    const WideRational bound = sheet.bound();
    int decimals = kMostDecimals;
    Integer grid = boost::multiprecision::pow(Integer(10), kMostDecimals);
    while (decimals > 0 && !fits(grid, bound, 2)) {
        grid /= 10;
        --decimals;
    }
    if (!fits(grid, bound, 2))
        throw Error(ErrorKind::limit, "the points of '" + actor + "' are too large to be kept exactly");
    sheet.each([&](WideRational& value) { value = round_to(value, grid); });
    return decimals;
}

PointSheet point_form(const ProfileSheet& sheet) {
    PointSheet form;
    for (const auto& row : sheet.points) {
        form.points.emplace_back();
        for (const WideRational& value : row)
            form.points.back().emplace_back(*narrow(value));
    }
    return form;
}

// ---- deals above 1 --------------------------------------------------------------------------------

/// Looks for the deals worth more than 1, in case order.
class SurplusSearch {
public:
    SurplusSearch(const ScenarioActor& actor, const Scenario& scenario) : actor_(actor) {
        ProfileSheet sheet(actor);
        scale_ = sheet.denominator();
        const auto scaled = [&](const WideRational& value) {
            return Integer(numerator(WideRational(value * scale_)));
        };
        for (std::size_t i = 0; i < sheet.points.size(); ++i) {
            points_.emplace_back(scenario.issues[i].options.size());  // no stake: zeros
            for (std::size_t o = 0; o < sheet.points[i].size(); ++o)
                points_[i][o] = scaled(sheet.points[i][o]);
        }
        for (const WideRational& term : sheet.terms)
            terms_.push_back(scaled(term));
        rest_.resize(points_.size() + 1);
        for (std::size_t i = points_.size(); i-- > 0;)
            rest_[i] = rest_[i + 1] + *std::ranges::max_element(points_[i]);
        limit_ = scale_ + scaled_floor(kRoundedWeights);
        deal_.resize(points_.size());
    }

    void run() { descend(0, 0); }

    struct Found {
        Deal deal;
        WideRational surplus;
    };
    [[nodiscard]] const std::vector<Found>& found() const { return found_; }
    [[nodiscard]] bool too_many() const { return found_.size() > kMostCuts; }
    [[nodiscard]] bool unfinished() const { return steps_ > kMostSteps; }

    /// The most that any deal can be worth, perhaps more.
    [[nodiscard]] WideRational ceiling() const {
        Integer sum = rest_.front();
        for (const Integer& term : terms_)
            sum += std::max<Integer>(0, term);
        return {sum, scale_};
    }

private:
    [[nodiscard]] Integer scaled_floor(const WideRational& value) const {
        const WideRational product = value * scale_;
        return numerator(product) / denominator(product);
    }

    /// Whether the options chosen for the first `settled` issues leave the term possible.
    [[nodiscard]] bool open(const ScenarioTerm& term, std::size_t settled) const {
        return std::ranges::all_of(term.when.terms, [&](const auto& entry) {
            const auto& [issue, options] = entry;
            return issue.index >= settled || std::ranges::binary_search(options, deal_[issue.index]);
        });
    }

    void descend(std::size_t issue, const Integer& sum) {
        steps_ += 1 + terms_.size();
        if (too_many() || unfinished())
            return;
        const bool whole = issue == points_.size();
        Integer most = sum + rest_[issue];
        for (std::size_t t = 0; t < terms_.size(); ++t) {
            if ((whole || terms_[t] > 0) && open(actor_.terms[t], issue))
                most += terms_[t];
        }
        if (most <= limit_)
            return;
        if (whole) {
            found_.push_back({deal_, WideRational(Integer(most - scale_), scale_)});
            return;
        }
        for (std::size_t o = 0; o < points_[issue].size(); ++o) {
            deal_[issue] = OptionId(o);
            descend(issue + 1, sum + points_[issue][o]);
        }
    }

    const ScenarioActor& actor_;
    Integer scale_;
    Integer limit_;
    std::vector<std::vector<Integer>> points_;
    std::vector<Integer> terms_;
    std::vector<Integer> rest_;  ///< the most that the issues from i on can add
    Deal deal_;
    std::vector<Found> found_;
    std::size_t steps_ = 0;
};

}  // namespace

Case outline(const Scenario& scenario) {
    Case subject;
    subject.id = IdMaker("case_").make(scenario.name);
    subject.title = scenario.title.empty() ? subject.id : scenario.title;
    subject.about = scenario.about;
    IdMaker actor_ids("actor_");
    for (const ScenarioActor& given : scenario.actors) {
        Actor actor;
        actor.id = actor_ids.make(given.name);
        name_as(actor.name, given.name, actor.id);
        subject.actors.push_back(std::move(actor));
    }
    IdMaker issue_ids("issue_");
    for (const ScenarioIssue& given : scenario.issues) {
        Issue issue;
        issue.id = issue_ids.make(given.name);
        name_as(issue.name, given.name, issue.id);
        issue.about = given.about;
        issue.evenly_spaced = true;
        IdMaker option_ids("v");
        const auto last = static_cast<std::int64_t>(given.options.size()) - 1;
        for (std::size_t o = 0; o < given.options.size(); ++o) {
            Option option;
            option.id = option_ids.make(given.options[o].name);
            name_as(option.name, given.options[o].name, option.id);
            option.about = given.options[o].about;
            option.place =
                last > 0 ? Rational::fraction(100 * static_cast<std::int64_t>(o), last) : Rational(0);
            // Only a plain list of ids leaves its places to the order.
            issue.evenly_spaced = issue.evenly_spaced && option.name == option.id && option.about.empty();
            issue.options.push_back(std::move(option));
        }
        subject.issues.push_back(std::move(issue));
    }
    return subject;
}

Case to_case(const Scenario& scenario, Findings& findings) {
    Case subject = outline(scenario);
    for (std::size_t a = 0; a < scenario.actors.size(); ++a) {
        const ScenarioActor& actor = scenario.actors[a];
        ProfileSheet sheet(actor);
        Preference preference;
        preference.actor = ActorId(a);
        const std::string because = ": exact ones would need more than 64 bits";
        if (fits(sheet, 2)) {
            auto form = weighted_form(actor);
            if (form)
                preference.form = std::move(*form);
            else
                preference.form = point_form(sheet);
        } else if (auto rounded = rounded_weights(actor)) {
            preference.form = std::move(rounded->first);
            findings.note("weights of '" + actor.name + "' are rounded to " +
                          std::to_string(rounded->second) + " decimals" + because);
        } else {
            const int decimals = round_sheet(sheet, actor.name);
            preference.form = point_form(sheet);
            findings.note("points of '" + actor.name + "' are rounded to " + std::to_string(decimals) +
                          " decimals" + because);
        }
        preference.no_deal = Number(*narrow(sheet.no_deal));
        subject.preferences.push_back(std::move(preference));
        for (std::size_t t = 0; t < actor.terms.size(); ++t)
            subject.bundles.push_back(
                {actor.terms[t].when, {{ActorId(a), Number(*narrow(sheet.terms[t]))}}, {}});
    }
    return subject;
}

void cut_at_one(const Scenario& scenario, ScenarioActor& actor, const Place& place, Findings& findings) {
    SurplusSearch search(actor, scenario);
    const WideRational surplus = search.ceiling() - 1;
    if (surplus <= 0)
        return;
    if (surplus <= kRoundedWeights) {
        findings.note("weights of '" + actor.name +
                      "' sum to a little over 1 (rounding, at most 1e-9); GENIUS would cut deals off at 1, "
                      "here they keep the surplus");
        return;
    }
    search.run();
    if (search.too_many()) {
        findings.unsupported(place,
                             "GENIUS cuts utilities off at 1, and the weights lift more than " +
                                 std::to_string(kMostCuts) + " deals above it: points cannot express that",
                             {}, "weights that sum to 1, or the raw reading");
        return;
    }
    if (search.unfinished()) {
        findings.note("GENIUS cuts utilities off at 1; whether any deal of '" + actor.name +
                      "' would be cut could not be settled, and none is");
        return;
    }
    if (!search.found().empty())
        findings.note("deals of '" + actor.name +
                      "' that would be worth more than 1: " + std::to_string(search.found().size()) +
                      "; a bundle each cuts them off there, as GENIUS does");
    for (const auto& [deal, over] : search.found()) {
        ScenarioTerm term;
        for (std::size_t i = 0; i < deal.size(); ++i)
            term.when.terms.emplace_back(IssueId(i), std::vector{deal[i]});
        bool rounded = false;
        term.points = fitted(WideRational(-over), rounded);
        actor.terms.push_back(std::move(term));
    }
}

}  // namespace steelyard::format
