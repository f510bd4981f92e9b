// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Small linear programs in exact fractions, with rows that are made when they are violated.

#include "exact.hpp"
#include "steelyard/core/context.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace steelyard::power {

using Vector = std::vector<Fraction>;

Fraction dot(const Vector& a, const Vector& b);

/// coefficients . z >= bound.  `name` tells rows apart.
struct Row {
    Vector coefficients;
    Fraction bound;
    std::uint64_t name = 0;
};

/// Which row to give.
struct RowSearch {
    bool without_bounds = false;  ///< as if every bound were 0
    bool first = false;           ///< the violated row of the smallest name, not the most violated one
};

/// A row that z violates, or nothing.
using RowSource = std::function<std::optional<Row>(const Vector& z, const RowSearch& search)>;

struct Optimum {
    Vector z;
    Fraction value;
    std::vector<std::uint64_t> binding;  ///< rows with positive multipliers: tight in every optimum
};

/// The largest objective . z over all z that violate no row; z is free in sign.  The program must have an
/// optimum.  Solves the dual by the simplex method (Dantzig's rule, Bland's after a run of steps without
/// progress), so that only the rows of the basis are kept: O(size^2) fractions a step.
/// Throws `Error` (cancelled).
Optimum maximise(const Vector& objective, const RowSource& rows, const Context& context);

}  // namespace steelyard::power
