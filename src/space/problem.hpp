// SPDX-License-Identifier: Apache-2.0
#pragma once
/// A table of a case as pure arithmetic: open issues, whole-number points, and what couples issues.
///
/// Built once per analysis.  What is decided already is folded in: issues off the table or settled become
/// constants, rules on one issue remove options, bundles on one issue join its points, and conditions that
/// cannot hold or must hold disappear.  Points of each actor are multiplied by the common denominator of all
/// its numbers, so that sums, ties and dominance are decided in integers.

#include "arithmetic.hpp"
#include "steelyard/model/case.hpp"
#include "steelyard/model/scores.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace steelyard::space {

/// One issue of a condition; `allowed[option]` by place in the issue's domain.
struct Literal {
    std::size_t issue = 0;
    std::vector<char> allowed;
    friend bool operator==(const Literal&, const Literal&) = default;
    friend auto operator<=>(const Literal&, const Literal&) = default;
};

/// A combination over two or more open issues that adds points, or that no deal may contain.
struct Term {
    std::vector<Literal> when;   ///< by rising issue
    std::vector<BigInt> points;  ///< by actor; empty where it forbids
    [[nodiscard]] bool forbids() const { return points.empty(); }
    /// Whether option numbers by issue meet it.
    [[nodiscard]] bool met(const std::vector<std::size_t>& options) const;
};

/// An issue that is still open, with the options that are left.
struct OpenIssue {
    IssueId id;
    std::vector<OptionId> options;            ///< in case order, at least one unless the problem is empty
    std::vector<std::vector<BigInt>> points;  ///< by option, then actor
};

struct Problem {
    std::vector<ActorId> actors;    ///< whose points are computed
    std::vector<BigInt> scale;      ///< by actor: integer points = points x scale
    std::vector<BigInt> constant;   ///< by actor: points of fixed issues and of conditions that always hold
    std::vector<BigInt> no_deal;    ///< by actor
    std::vector<OpenIssue> issues;  ///< in case order
    std::vector<Term> terms;
    Deal fixed;               ///< options of the issues that are not open (any option elsewhere)
    BigInt deals = 1;         ///< one option for every open issue, rules aside
    bool impossible = false;  ///< some issue has no option left: no deal is feasible
    Width width = Width::narrow;

    [[nodiscard]] std::size_t size() const { return actors.size(); }
    /// Integer points of actor `p` as a fraction.  Throws `Error` (limit) when it does not fit.
    [[nodiscard]] Rational rational(std::size_t p, const BigInt& points) const;
    /// Whether option numbers by issue break a rule.
    [[nodiscard]] bool forbids(const std::vector<std::size_t>& options) const;
    /// Sets `width` from the largest sum that can occur.  Call after changing points.
    void measure();
};

/// The narrowest width for sums of up to `most` in absolute value.
Width width_for(const BigInt& most);

/// The problem that `table` of the case poses, with the points of `actors` (who need not sit at it).
/// `fixed[issue]` as `fixed_options` gives it.
Problem make_problem(const Case& subject, const Scores& scores,
                     const std::vector<std::optional<OptionId>>& fixed, std::vector<ActorId> actors);

/// Where each issue's option stands in a key: a deal as a row of 64-bit words whose order is case order.
class KeyLayout {
public:
    explicit KeyLayout(const Problem& problem);
    [[nodiscard]] std::size_t words() const { return words_; }
    /// The word and the bits that option number `option` of issue `issue` sets.
    [[nodiscard]] std::size_t word(std::size_t issue) const { return places_[issue].word; }
    [[nodiscard]] std::uint64_t bits(std::size_t issue, std::size_t option) const {
        return static_cast<std::uint64_t>(option) << places_[issue].shift;
    }
    /// The option numbers that a key of `words()` words stands for.
    [[nodiscard]] std::vector<std::size_t> options(const std::uint64_t* key) const;

private:
    struct Place {
        std::size_t word = 0;
        unsigned shift = 0;
        std::uint64_t mask = 0;
    };
    std::vector<Place> places_;
    std::size_t words_ = 1;
};

/// The whole deal that option numbers of the open issues stand for.
Deal whole_deal(const Problem& problem, const std::vector<std::size_t>& options);

}  // namespace steelyard::space
