// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Large deal spaces for speed and cross-checks, the same on every machine.

#include "steelyard/core/random.hpp"
#include "steelyard/model/case.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace steelyard::test {

struct SpaceShape {
    std::size_t issues = 7;
    std::size_t options = 10;
    std::size_t actors = 2;
    std::size_t bundles = 0;
    std::size_t bundle_issues = 3;  ///< at most
    std::uint64_t seed = 1;
};

/// Values are decimals with six places.  Two actors want opposite ends of every issue; more actors differ at
/// random.  Everybody's no-deal value is 0.3 of its largest sum.
inline Case sample_space(const SpaceShape& shape) {
    Case subject;
    subject.id = "space";
    RandomStream random(shape.seed, 0, 0);
    const auto value = [&] {
        return Rational::fraction(static_cast<std::int64_t>(random.below(1'000'000)), 1'000'000);
    };
    for (std::size_t i = 0; i < shape.issues; ++i) {
        Issue issue;
        issue.id = "i" + std::to_string(i + 1);
        for (std::size_t o = 0; o < shape.options; ++o)
            issue.options.push_back({"o" + std::to_string(o + 1), "", "", Rational(0)});
        subject.issues.push_back(std::move(issue));
    }
    for (std::size_t a = 0; a < shape.actors; ++a) {
        subject.actors.push_back({"a" + std::to_string(a + 1), "", "", {}});
        Preference preference;
        preference.actor = ActorId(a);
        PointSheet sheet;
        Rational largest;
        for (std::size_t i = 0; i < shape.issues; ++i) {
            std::vector<Rational> values(shape.options);
            std::ranges::generate(values, value);
            largest += *std::ranges::max_element(values);
            if (shape.actors == 2 && a == 0)
                std::ranges::sort(values);
            if (shape.actors == 2 && a == 1)
                std::ranges::sort(values, std::greater{});
            sheet.points.emplace_back(values.begin(), values.end());
        }
        preference.form = std::move(sheet);
        preference.no_deal = Number(largest * Rational::fraction(3, 10));
        subject.preferences.push_back(std::move(preference));
    }
    for (std::size_t b = 0; b < shape.bundles; ++b) {
        Bundle bundle;
        std::vector<std::size_t> issues;
        const std::size_t size = 2 + random.below(shape.bundle_issues - 1);
        while (issues.size() < size) {
            const auto issue = static_cast<std::size_t>(random.below(shape.issues));
            if (std::ranges::find(issues, issue) == issues.end())
                issues.push_back(issue);
        }
        std::ranges::sort(issues);
        for (const std::size_t issue : issues)
            bundle.when.terms.emplace_back(
                IssueId(issue), std::vector{OptionId(static_cast<std::size_t>(random.below(shape.options)))});
        for (std::size_t a = 0; a < shape.actors; ++a)
            bundle.points.emplace_back(ActorId(a), Number(value() - Rational::fraction(1, 2)));
        subject.bundles.push_back(std::move(bundle));
    }
    return subject;
}

}  // namespace steelyard::test
