// SPDX-License-Identifier: Apache-2.0
#pragma once
/// The spatial model of politics written down as it is defined, with plain loops and nothing shared with the
/// engine: slow, for small inputs.  Everything is on the 0-1 scale.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace steelyard::test {

using Matrix = std::vector<std::vector<double>>;

/// Names of options as the definition has them.
struct PlainRules {
    int voting = 2;      ///< 0 binary, 1 prop_bin, 2 prop, 3 prop_cubic, 4 cubic
    int exponent = 1;    ///< of strength: 1, 2, 4, 8
    int conversion = 0;  ///< 0 conditional, 1 markov_incentive, 2 markov_uniform
    int risk = 1;        ///< 0 min, 1 mid, 2 max
    double belief = 1.0 / 3;
    int third_parties = 0;  ///< 0 semi_commit, 1 full_commit, 2 no_commit
    int bargain = 0;        ///< 0 s2p2, 1 s1p1, 2 s2pmax
    double follow = 1;
    int turns = 100;
};

struct PlainTurn {
    Matrix position, ideal;
    std::vector<double> risk;
};

class PlainSpatial {
public:
    PlainSpatial(PlainRules rules, std::vector<double> capability, Matrix salience, Matrix position)
        : rules_(rules),
          c_(std::move(capability)),
          s_(std::move(salience)),
          x_(position),
          ideal_(std::move(position)) {}

    std::vector<PlainTurn> turns;
    /// Two alternatives were so near to each other that rounding decides between them.
    bool close_call = false;
    /// The first so many turns do not hang on rounding.
    std::size_t sure = 0;

    void play() {
        double first = 0;
        for (int t = 0;; ++t) {
            record();
            if (t >= rules_.turns) {
                return;
            }
            const double moved = turn();
            if (t == 0) {
                first = moved;
            } else {
                const double ratio = moved / (first + 1e-4);
                close_call = close_call || std::abs(ratio - 0.02) < 1e-7;
                if (ratio < 0.02) {
                    record();
                    return;
                }
            }
        }
    }

private:
    void record() {
        turns.push_back({x_, ideal_, risks()});
        sure = close_call ? sure : turns.size();
    }

    struct Bargain {
        std::size_t i, j;
        std::vector<double> i_to, j_to;
    };

    [[nodiscard]] std::size_t n() const { return c_.size(); }
    [[nodiscard]] std::size_t m() const { return x_[0].size(); }

    [[nodiscard]] double sum_of_salience(std::size_t i) const {
        double sum = 0;
        for (const double s : s_[i]) {
            sum += s;
        }
        return sum;
    }

    [[nodiscard]] double d(std::size_t i, const std::vector<double>& place) const {
        double above = 0;
        double below = 0;
        for (std::size_t k = 0; k < m(); ++k) {
            above += s_[i][k] * (ideal_[i][k] - place[k]) * s_[i][k] * (ideal_[i][k] - place[k]);
            below += s_[i][k] * s_[i][k];
        }
        return below > 0 ? std::sqrt(above / below) : 0;
    }

    static double u(double d, double r) { return d <= 1 ? (1 - d) * (1 + d * r) : (1 - d) * (1 + r); }

    [[nodiscard]] double vote(double w, double of_a, double of_b) const {
        const double difference = of_a - of_b;
        const double b = std::max(-1.0, std::min(1.0, difference / 1e-8));
        switch (rules_.voting) {
            case 0:
                return w * b;
            case 1:
                return w * (0.8 * difference + 0.2 * b);
            case 2:
                return w * difference;
            case 3:
                return w * (0.5 * difference + 0.5 * std::pow(difference, 3));
            default:
                return w * std::pow(difference, 3);
        }
    }

    /// worth[voter][candidate].  Votes may count differences of 1e-8 in full, so rounding may decide: then a
    /// second count with worth changed in its last digits comes out otherwise.
    std::vector<double> election(const Matrix& worth) {
        Matrix changed = worth;
        double step = 1e-15;
        for (auto& row : changed) {
            for (double& one : row) {
                one += step;
                step = -1.3 * step > 4e-15 ? 1e-15 : -1.3 * step;
            }
        }
        const std::vector<double> p = count(worth);
        const std::vector<double> q = count(changed);
        for (std::size_t a = 0; a < p.size(); ++a) {
            close_call = close_call || std::abs(p[a] - q[a]) > 1e-8;
        }
        return p;
    }

    [[nodiscard]] std::vector<double> count(const Matrix& worth) const {
        const std::size_t candidates = worth[0].size();
        Matrix support(candidates, std::vector<double>(candidates, 1e-8));
        Matrix wins(candidates, std::vector<double>(candidates, 0.5));
        for (std::size_t a = 0; a < candidates; ++a) {
            for (std::size_t b = 0; b < candidates; ++b) {
                for (std::size_t v = 0; v < n(); ++v) {
                    support[a][b] += std::max(0.0, vote(c_[v], worth[v][a], worth[v][b]));
                }
            }
        }
        for (std::size_t a = 0; a < candidates; ++a) {
            for (std::size_t b = 0; b < candidates; ++b) {
                if (a != b) {
                    const double own = std::pow(support[a][b], rules_.exponent);
                    const double other = std::pow(support[b][a], rules_.exponent);
                    wins[a][b] = own / (own + other);
                }
            }
        }
        std::vector<double> p(candidates, 1.0 / static_cast<double>(candidates));
        if (rules_.conversion == 0) {
            double total = 0;
            for (std::size_t a = 0; a < candidates; ++a) {
                p[a] = 1;
                for (std::size_t b = 0; b < candidates; ++b) {
                    p[a] *= wins[a][b];
                }
                total += p[a];
            }
            for (double& one : p) {
                one /= total;
            }
            return p;
        }
        Matrix challenges(candidates, std::vector<double>(candidates));
        for (std::size_t b = 0; b < candidates; ++b) {
            double column = 0;
            for (std::size_t a = 0; a < candidates; ++a) {
                challenges[a][b] = support[a][b] * wins[a][b] + (a == b ? 1e-10 : 0);
                column += challenges[a][b];
            }
            for (std::size_t a = 0; a < candidates; ++a) {
                challenges[a][b] /= column;
            }
        }
        const double enough = rules_.conversion == 1 ? 1e-8 : 1e-6;
        for (int step = 0; step < 10000; ++step) {
            std::vector<double> q(candidates, 0.0);
            double change = 0;
            for (std::size_t a = 0; a < candidates; ++a) {
                for (std::size_t b = 0; b < candidates; ++b) {
                    q[a] += rules_.conversion == 1
                                ? wins[a][b] * (p[a] * challenges[b][a] + p[b] * challenges[a][b])
                                : wins[a][b] * (p[a] + p[b]) / static_cast<double>(candidates);
                }
                change = std::max(change, std::abs(q[a] - p[a]));
            }
            for (std::size_t a = 0; a < candidates; ++a) {
                p[a] = (p[a] + q[a]) / 2;
            }
            if (change <= enough) {
                break;
            }
        }
        return p;
    }

    std::vector<double> risks() {
        Matrix worth(n(), std::vector<double>(n()));
        for (std::size_t i = 0; i < n(); ++i) {
            for (std::size_t j = 0; j < n(); ++j) {
                worth[i][j] = 1 - d(i, x_[j]);
            }
        }
        const std::vector<double> p = election(worth);
        const double lo = *std::min_element(p.begin(), p.end());
        const double hi = *std::max_element(p.begin(), p.end());
        // A range that is nothing but rounding would be blown up to all attitudes there are.
        close_call = close_call || (hi - lo > 0 && hi - lo < 1e-7);
        std::vector<double> r(n(), 0.0);
        for (std::size_t i = 0; i < n() && hi > lo; ++i) {
            r[i] = rules_.risk == 0   ? (p[i] - lo) / (hi - lo)
                   : rules_.risk == 1 ? (3 * p[i] - hi - 2 * lo) / (2 * (hi - lo))
                                      : (2 * p[i] - hi - lo) / (hi - lo);
        }
        return r;
    }

    /// How i sees its challenge to j: the chance to win and the gain.
    [[nodiscard]] std::pair<double, double> challenge(std::size_t i, std::size_t j,
                                                      const std::vector<double>& r) const {
        const auto worth = [&](std::size_t who, std::size_t place) {
            return u(d(who, x_[place]), (1 - rules_.belief) * r[i] + rules_.belief * r[who]);
        };
        double x = 1e-10;
        double y = 1e-10;
        for (const std::size_t principal : {i, j}) {
            const double v =
                vote(sum_of_salience(principal) * c_[principal], worth(principal, i), worth(principal, j));
            x += std::max(v, 0.0);
            y += std::max(-v, 0.0);
        }
        const double x0 = x;
        const double y0 = y;
        for (std::size_t k = 0; k < n() && rules_.third_parties != 2; ++k) {
            if (k == i || k == j) {
                continue;
            }
            const double w = sum_of_salience(k) * c_[k];
            double v = vote(w, worth(k, i), worth(k, j));
            if (rules_.third_parties == 0) {
                const double p = (x0 + std::max(v, 0.0)) / (x0 + std::max(v, 0.0) + y0 + std::max(-v, 0.0));
                v = vote(w, p * (2 * worth(k, i) + worth(k, k)) + (1 - p) * 3 * worth(k, j),
                         p * 3 * worth(k, i) + (1 - p) * (2 * worth(k, j) + worth(k, k)));
            }
            x += std::max(v, 0.0);
            y += std::max(-v, 0.0);
        }
        const double phi = x / (x + y);
        const double s = sum_of_salience(j);
        return {phi, (1 - s) * 2 * worth(i, i) + s * (phi * 2 * worth(i, i) + (1 - phi) * 2 * worth(i, j)) -
                         (worth(i, i) + worth(i, j))};
    }

    double r4(double place) {
        const double steps = place * 10000;
        close_call = close_call || std::abs(steps - std::floor(steps) - 0.5) < 1e-6;
        return std::floor(steps + 0.5) / 10000;
    }

    Bargain offer(std::size_t i, std::size_t j, double phi) {
        Bargain bargain{i, j, x_[i], x_[j]};
        constexpr double least = 1e-6;
        for (std::size_t k = 0; k < m(); ++k) {
            const double a = x_[i][k];
            const double b = x_[j][k];
            if (rules_.bargain == 2) {
                const double di = std::max(0.0, (1 - phi) - phi);
                const double dj = std::max(0.0, phi - (1 - phi));
                const double si = s_[i][k] * s_[i][k];
                const double sj = s_[j][k] * s_[j][k];
                bargain.i_to[k] = a + di * sj / (di * sj + least + (1 - di) * si) * (b - a);
                bargain.j_to[k] = b + dj * si / (dj * si + least + (1 - dj) * sj) * (a - b);
            } else {
                const int power = rules_.bargain == 0 ? 2 : 1;
                const double wi = std::pow(s_[i][k] * phi, power);
                const double wj = std::pow(s_[j][k] * (1 - phi), power);
                bargain.i_to[k] = r4(((wi + least) * a + wj * b) / (wi + least + wj));
                bargain.j_to[k] = r4((wi * a + (least + wj) * b) / (wi + least + wj));
            }
        }
        return bargain;
    }

    double turn() {
        const std::vector<double> r = risks();
        std::vector<Bargain> bargains;
        for (std::size_t i = 0; i < n(); ++i) {
            std::size_t target = i;
            double best = 1e-5;
            double chance = 0;
            for (std::size_t j = 0; j < n(); ++j) {
                if (i == j) {
                    continue;
                }
                const auto [phi, gain] = challenge(i, j, r);
                close_call = close_call || std::abs(gain - best) < 1e-9;
                if (gain > best) {
                    best = gain;
                    target = j;
                    chance = phi;
                }
            }
            if (target != i) {
                bargains.push_back(offer(i, target, chance));
            }
        }
        Matrix to = x_;
        for (std::size_t k = 0; k < n(); ++k) {
            std::vector<const Bargain*> queue{nullptr};
            for (const Bargain& bargain : bargains) {
                if (bargain.i == k || bargain.j == k) {
                    queue.push_back(&bargain);
                }
            }
            Matrix worth(n());
            for (std::size_t a = 0; a < n(); ++a) {
                for (const Bargain* bargain : queue) {
                    double sum = 0;
                    for (std::size_t place = 0; place < n(); ++place) {
                        const bool by = bargain != nullptr && bargain->i == place;
                        const bool with = bargain != nullptr && bargain->j == place;
                        sum += u(d(a, by ? bargain->i_to : (with ? bargain->j_to : x_[place])), r[a]);
                    }
                    worth[a].push_back(sum / static_cast<double>(n()));
                }
            }
            const std::vector<double> p = election(worth);
            std::size_t winner = 0;
            for (std::size_t q = 1; q < queue.size(); ++q) {
                winner = p[q] > p[winner] ? q : winner;
            }
            for (std::size_t q = 0; q < queue.size(); ++q) {
                close_call = close_call || (q != winner && std::abs(p[q] - p[winner]) < 1e-9);
            }
            if (const Bargain* won = queue[winner]; won != nullptr) {
                to[k] = won->i == k ? won->i_to : won->j_to;
            }
        }
        double moved = 0;
        for (std::size_t k = 0; k < n(); ++k) {
            double square = 0;
            for (std::size_t issue = 0; issue < m(); ++issue) {
                square += (to[k][issue] - x_[k][issue]) * (to[k][issue] - x_[k][issue]);
                ideal_[k][issue] = rules_.follow * to[k][issue] + (1 - rules_.follow) * ideal_[k][issue];
            }
            moved += std::sqrt(square);
        }
        x_ = to;
        return moved;
    }

    PlainRules rules_;
    std::vector<double> c_;
    Matrix s_, x_, ideal_;
};

}  // namespace steelyard::test
