// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Deals in a few words, and what their options do to clauses and points.

#include "setup.hpp"

#include <boost/container/small_vector.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace steelyard::linkage {

/// Bits, 64 to a word.  Small ones stay where they are declared: plays make millions of them.
using Words = boost::container::small_vector<std::uint64_t, 4>;
inline constexpr unsigned kWordBits = 64;

/// What some issues with options do together.
struct Effect {
    /// A bit for every clause's `when`, then as many words again with one for every `then`: no option fails it
    /// (and the clause has one).
    Words alive;
    boost::container::small_vector<std::int64_t, 8> points;  ///< of each actor: sheet points, scaled
};

/// The setup with a bit field for every issue, and the effect of every option.
class Packing {
public:
    /// The setup must outlive it.
    explicit Packing(const Setup& setup_);

    const Setup& setup;

    [[nodiscard]] Words pack(const Assignment& deal) const;
    [[nodiscard]] Assignment unpack(const Words& deal) const;
    [[nodiscard]] int option(const Words& deal, std::size_t issue) const {
        return static_cast<int>(value(deal, issue)) - 1;
    }
    /// Deal words with every bit of these issues.
    [[nodiscard]] Words mask(const std::vector<std::size_t>& issues) const;
    /// Words like those of `Effect::alive` with the bits of these clauses, given by place.
    [[nodiscard]] Words clause_mask(const std::vector<std::size_t>& clauses) const;

    /// The effect of no issue.
    [[nodiscard]] const Effect& nothing() const { return nothing_; }
    /// Adds what the issue's option in `deal` does.
    void add(Effect& effect, const Words& deal, std::size_t issue) const;
    /// The same for the clauses alone.
    void narrow(Words& alive, const Words& deal, std::size_t issue) const;

    /// Clauses that are rules: half as many words as `alive`.
    [[nodiscard]] const Words& rules() const { return rules_; }
    /// Whether a rule is broken by a deal with these clauses alive.
    [[nodiscard]] bool breaks(const Words& alive) const;
    /// Points that an actor has by clauses met in both.
    [[nodiscard]] std::int64_t clause_points(std::size_t actor, const Words& alive, const Words& also) const;
    /// How many words of `alive` belong to each half.
    [[nodiscard]] std::size_t half() const { return rules_.size(); }

private:
    /// Where an issue stands; 0 there means unset, otherwise the option's place from 1.
    struct Field {
        std::size_t word = 0;
        unsigned shift = 0;
        std::uint64_t mask = 0;
    };
    [[nodiscard]] std::size_t value(const Words& deal, std::size_t issue) const {
        const Field& field = fields_[issue];
        return deal[field.word] >> field.shift & field.mask;
    }

    std::vector<Field> fields_;
    std::size_t words_ = 0;
    std::vector<std::vector<Effect>> effects_;  // of each issue: unset, then each option
    Effect nothing_;
    Words rules_;
    std::vector<Words> own_;                         // of each actor: clauses that give it points
    std::vector<std::vector<std::int64_t>> points_;  // actor, clause
};

}  // namespace steelyard::linkage
