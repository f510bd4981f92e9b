// SPDX-License-Identifier: Apache-2.0
#include "simplex.hpp"

#include <cassert>
#include <limits>

namespace steelyard::power {

namespace {

constexpr std::uint64_t kArtificial = std::numeric_limits<std::uint64_t>::max();
constexpr int kPatience = 40;  // steps without progress before Bland's rule

/// The dual: least sum of -bound y, where the sum of -coefficients y is the objective and y >= 0.
class Dual {
public:
    explicit Dual(const Vector& objective) : size_(objective.size()), inverse_(size_, Vector(size_, 0)) {
        for (std::size_t i = 0; i < size_; ++i) {
            inverse_[i][i] = objective[i] < 0 ? -1 : 1;
            level_.push_back(objective[i] < 0 ? Fraction(-objective[i]) : objective[i]);
        }
        names_.assign(size_, kArtificial);
        costs_.assign(size_, 0);
    }

    /// Multipliers of the rows of the dual: the z of the program.
    [[nodiscard]] Vector multipliers(bool phase_one) const {
        Vector z(size_, 0);
        for (std::size_t i = 0; i < size_; ++i) {
            const Fraction cost = phase_one ? Fraction(names_[i] == kArtificial ? 1 : 0) : costs_[i];
            for (std::size_t j = 0; cost != 0 && j < size_; ++j) {
                z[j] += cost * inverse_[i][j];
            }
        }
        return z;
    }

    [[nodiscard]] bool feasible() const {
        for (std::size_t i = 0; i < size_; ++i) {
            if (names_[i] == kArtificial && level_[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /// Brings a row's column into the basis.  Returns whether the dual's value moved.
    bool enter(const Row& row) {
        Vector direction(size_, 0);
        for (std::size_t i = 0; i < size_; ++i) {
            direction[i] = -dot(inverse_[i], row.coefficients);
        }
        const std::size_t leaving = leaving_row(direction);
        assert(leaving < size_ && "the program has no optimum");
        const bool moved = level_[leaving] != 0;
        const Fraction pivot = direction[leaving];
        level_[leaving] /= pivot;
        for (Fraction& x : inverse_[leaving]) {
            x /= pivot;
        }
        for (std::size_t i = 0; i < size_; ++i) {
            if (i == leaving || direction[i] == 0) {
                continue;
            }
            level_[i] -= direction[i] * level_[leaving];
            for (std::size_t j = 0; j < size_; ++j) {
                inverse_[i][j] -= direction[i] * inverse_[leaving][j];
            }
        }
        names_[leaving] = row.name;
        costs_[leaving] = -row.bound;
        return moved;
    }

    [[nodiscard]] std::vector<std::uint64_t> positive() const {
        std::vector<std::uint64_t> names;
        for (std::size_t i = 0; i < size_; ++i) {
            if (names_[i] != kArtificial && level_[i] > 0) {
                names.push_back(names_[i]);
            }
        }
        return names;
    }

private:
    [[nodiscard]] std::size_t leaving_row(const Vector& direction) const {
        std::size_t best = size_;
        Fraction ratio;
        for (std::size_t i = 0; i < size_; ++i) {
            // An artificial column at zero must stay there: it leaves before it could move.
            if (names_[i] == kArtificial && level_[i] == 0 && direction[i] != 0) {
                return i;
            }
            if (direction[i] <= 0) {
                continue;
            }
            const Fraction here = level_[i] / direction[i];
            if (best == size_ || here < ratio || (here == ratio && names_[i] < names_[best])) {
                best = i;
                ratio = here;
            }
        }
        return best;
    }

    std::size_t size_;
    std::vector<Vector> inverse_;  // of the basis
    Vector level_;                 // of the basic columns, 0 or more
    std::vector<std::uint64_t> names_;
    Vector costs_;
};

}  // namespace

Fraction dot(const Vector& a, const Vector& b) {
    Fraction sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] != 0 && b[i] != 0) {
            sum += a[i] * b[i];
        }
    }
    return sum;
}

Optimum maximise(const Vector& objective, const RowSource& rows, const Context& context) {
    Dual dual(objective);
    int idle = 0;
    while (true) {
        context.check();
        const bool phase_one = !dual.feasible();
        const Vector z = dual.multipliers(phase_one);
        const std::optional<Row> row = rows(z, {phase_one, idle > kPatience});
        if (!row) {
            assert(!phase_one && "the program has no optimum");
            return {z, dot(objective, z), dual.positive()};
        }
        idle = dual.enter(*row) ? 0 : idle + 1;
    }
}

}  // namespace steelyard::power
