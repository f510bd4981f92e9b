// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Targets as functions of factors: what every analysis of this module draws from.

#include "steelyard/core/context.hpp"
#include "steelyard/uncertainty/factor.hpp"
#include "steelyard/uncertainty/target.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::uncertainty {

/// The value of a target: a number, a text by its number in the evaluator's list, or absent when the path leads
/// nowhere (no deal, no such item).  Truth values and comparisons are the texts `true` and `false`.
struct Outcome {
    enum class Kind : std::uint8_t { absent, number, text };
    Kind kind = Kind::absent;
    std::uint32_t text = 0;
    double number = 0;

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// Computes targets at given values of the factors.  Not to be shared among threads.
class Evaluator {
public:
    Evaluator() = default;
    Evaluator(const Evaluator&) = delete;
    Evaluator& operator=(const Evaluator&) = delete;
    virtual ~Evaluator() = default;

    /// `values`: one for each factor, as `Factor::at` gives them; `outcomes`: one for each target.
    virtual void evaluate(std::span<const double> values, std::span<Outcome> outcomes) = 0;

    [[nodiscard]] const std::string& text(std::uint32_t number) const { return texts_[number]; }
    [[nodiscard]] std::size_t texts() const { return texts_.size(); }

protected:
    std::uint32_t intern(std::string_view text);

private:
    std::vector<std::string> texts_;
    std::map<std::string, std::uint32_t, std::less<>> numbers_;
};

/// A case with what is asked of it.
class Model {
public:
    /// `targets`, `factors`: texts, see target.hpp and factor.hpp; no factors means all uncertain numbers.  Every
    /// target is checked against the result's shape, and then runs once with every number at its best.
    /// Throws `Error`: invalid_option (no target, a target of this module), unknown_name, missing_section.
    Model(const Case& subject, std::span<const std::string> targets, std::span<const std::string> factors,
          const Context& context, const Catalogue& catalogue);

    [[nodiscard]] const Case& subject() const { return subject_; }
    [[nodiscard]] const Context& context() const { return context_; }
    [[nodiscard]] const std::vector<Factor>& factors() const { return factors_; }
    [[nodiscard]] const std::vector<Target>& targets() const { return targets_; }
    /// Whether the target is a number wherever it is there at all.
    [[nodiscard]] bool numeric(std::size_t target) const { return numeric_[target] != 0; }
    /// The unit that the result states; may be empty.
    [[nodiscard]] const std::string& unit(std::size_t target) const { return units_[target]; }
    /// Every factor at its best; choices at their first alternative.
    [[nodiscard]] const std::vector<double>& best() const { return best_; }

    /// For one thread.  Forecasts of stances alone are compiled: no reading, allocating or looking up for a draw
    /// (docs/methods/uncertainty.md); everything else runs the analysis through `Context::run`.
    [[nodiscard]] std::unique_ptr<Evaluator> evaluator() const;
    /// Always through `Context::run`: the slow one that tests compare with.
    [[nodiscard]] std::unique_ptr<Evaluator> plain_evaluator() const;

    /// One run of an analysis that some targets share.
    struct Call {
        struct Alternative {
            std::string analysis;
            Value arguments;
        };
        struct Wheel {
            std::size_t factor = 0;
            std::size_t count = 0;
        };
        std::vector<Alternative> alternatives;  ///< of all wheels together, the last one turning fastest
        std::vector<Wheel> wheels;              ///< the choices
        std::vector<std::size_t> targets;

        [[nodiscard]] std::size_t chosen(std::span<const double> values) const;
    };
    [[nodiscard]] const std::vector<Call>& calls() const { return calls_; }

private:
    void add_call(const Target& target, const Catalogue& catalogue);
    void check_names();

    Case subject_;
    Context context_;
    std::vector<Factor> factors_;
    std::vector<Target> targets_;
    std::vector<char> numeric_;
    std::vector<std::string> units_;
    std::vector<Call> calls_;
    std::vector<double> best_;
};

/// The static forecasts (`compromise`, `median`, `nash_bargaining`, `procedural`) of a case with stances, compiled; nothing
/// where a target needs more than that.
std::unique_ptr<Evaluator> compiled_evaluator(const Model& model);

/// `value` held against the target's comparison, or itself: how all evaluators turn what they find into an outcome.
Outcome number_outcome(const Target& target, double value, std::uint32_t no, std::uint32_t yes);

}  // namespace steelyard::uncertainty
