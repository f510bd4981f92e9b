// SPDX-License-Identifier: Apache-2.0
// The exchange model against the first rounds that DECIDE computed (commit 51dee66), and against a plain
// implementation that looks at every possible exchange before each step.
#include "steelyard/forecast/exchange.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/format/stance_tables.hpp"
#include "support/read_file.hpp"
#include "support/reference_data.hpp"
#include "unit/forecast/random_input.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace steelyard::forecast {
namespace {

double number(const Value& tree, const std::string& path) {
    return *select(tree, path).number();
}

std::string text(const Value& tree, const std::string& path) {
    const Value found = select(tree, path);
    return *found.get<std::string>();
}

/// Exchanges up to and with the first tie (DECIDE breaks ties at random and drops the losers, so that later
/// ones differ); `ours` breaks it the way the file's run did.
void expect_like(const std::string& name, const std::string& table, std::size_t until_first_tie) {
    STEELYARD_REFERENCE_OR_SKIP(folder, "forecast/exchange");
    const Case subject = read_decide(test::read_file(folder / table), table).subject;
    const Value reference = from_json(test::read_file(folder / (name + ".round1.json")));
    const ExchangeResult result = exchange(subject, {}, {});
    ASSERT_EQ(result.rounds.size(), 1U);
    const ExchangeRound& round = result.rounds[0];
    for (std::size_t k = 0; k < subject.issues.size(); ++k) {
        EXPECT_NEAR(*round.outcomes[k].before,
                    number(reference, "iteration.nbs_start." + subject.issues[k].name), 1e-9);
    }
    ASSERT_GE(round.exchanges.size(), until_first_tie);
    for (std::size_t e = 0; e < until_first_tie; ++e) {
        const std::string at = "iteration.exchanges[" + std::to_string(e) + "]";
        SCOPED_TRACE(at);
        for (const auto& [side, ours] :
             {std::pair{".i", &round.exchanges[e].first}, std::pair{".j", &round.exchanges[e].second}}) {
            const std::string path = at + side;
            EXPECT_EQ(subject[find_actor(subject, ours->actor)].name, text(reference, path + ".actor"));
            EXPECT_EQ(subject[find_issue(subject, ours->gives_way_on)].name,
                      text(reference, path + ".supply"));
            EXPECT_NEAR(ours->from, number(reference, path + ".x"), 1e-9);
            EXPECT_NEAR(ours->to, number(reference, path + ".y"), 1e-9);
            EXPECT_NEAR(ours->gain, number(reference, at + ".gain"), 1e-9);
        }
    }
    // DECIDE measures externalities from the outcome that an exchange saw last; for the first that is ours.
    const RealisedExchange& first = round.exchanges[0];
    const Value externalities = select(reference, "iteration.exchanges[0].externalities");
    for (const auto& [actor_name, entry] : *externalities.get<Value::Map>()) {
        const Value::List& pair = *entry.get<Value::List>();
        const std::string& kind = *pair[0].get<std::string>();
        for (const Externality& ours : first.externalities) {
            if (subject[find_actor(subject, ours.actor)].name == actor_name) {
                EXPECT_NEAR(ours.effect, *pair[1].number(), 1e-9) << actor_name;
                EXPECT_EQ(ours.inner, kind == "ip" || kind == "in") << actor_name;
            }
        }
    }
}

TEST(ExchangeReference, CopenhagenAgreesUpToTheFirstTie) {
    expect_like("copenhagen", "copenhagen.csv", 2);
}

TEST(ExchangeReference, TheTollDecisionAgreesUpToTheFirstTie) {
    expect_like("sample_data", "sample_data.txt", 7);
}

/// The rules of the round once more, with every possible exchange looked at afresh before each step.
class PlainMarket {
public:
    explicit PlainMarket(const ForecastInput& input) : in_(input), now_(input.position), moves_(now_.size()) {
        for (std::size_t k = 0; k < in_.issue_count(); ++k) {
            double top = 0;
            double bottom = 0;
            for (std::size_t a = 0; a < in_.actor_count(); ++a) {
                top += in_.weight(a, k) * in_.position[in_.at(a, k)];
                bottom += in_.weight(a, k);
            }
            weight_.push_back(bottom);
            mean_.push_back(bottom > 0 ? top / bottom : 0);
        }
        start_mean_ = mean_;
        for (std::size_t p = 0; p < in_.issue_count(); ++p) {
            for (std::size_t q = p + 1; q < in_.issue_count(); ++q) {
                for (std::size_t a = 0; a < in_.actor_count(); ++a) {
                    for (std::size_t b = a + 1; b < in_.actor_count(); ++b) {
                        pair(a, b, p, q);
                    }
                }
            }
        }
    }

    std::vector<double> run() {
        for (Offer& offer : offers_) {
            price(offer);
        }
        for (;;) {
            Offer* best = nullptr;
            for (Offer& offer : offers_) {
                if (offer.open && (best == nullptr || offer.key() > best->key())) {
                    best = &offer;
                }
            }
            if (best == nullptr) {
                return now_;
            }
            const std::int64_t hoped = best->key();
            price(*best);
            if (!best->open || best->key() < hoped) {
                continue;
            }
            best->open = false;
            const std::size_t si = in_.at(best->i, best->q);
            const std::size_t sj = in_.at(best->j, best->p);
            moves_[si] += best->i_move;
            moves_[sj] += best->j_move;
            now_[si] += best->i_move;
            now_[sj] += best->j_move;
            mean_[best->q] += in_.weight(best->i, best->q) * best->i_move / weight_[best->q];
            mean_[best->p] += in_.weight(best->j, best->p) * best->j_move / weight_[best->p];
            for (Offer& other : offers_) {
                const bool touched = in_.at(other.i, other.q) == si || in_.at(other.i, other.q) == sj ||
                                     in_.at(other.j, other.p) == si || in_.at(other.j, other.p) == sj;
                if (other.open && touched) {
                    price(other);
                }
            }
        }
    }

private:
    struct Offer {
        std::size_t i, j, p, q;
        double i_move = 0, j_move = 0, gain = 0;
        bool open = true;
        [[nodiscard]] std::int64_t key() const { return std::llround(gain / 1e-10); }
    };

    void pair(std::size_t a, std::size_t b, std::size_t p, std::size_t q) {
        const auto off = [&](std::size_t who, std::size_t k) {
            return in_.position[in_.at(who, k)] - mean_[k];
        };
        for (const std::size_t k : {p, q}) {
            if (!(in_.weight(a, k) > 0) || !(in_.weight(b, k) > 0) || !(off(a, k) * off(b, k) < 0)) {
                return;
            }
        }
        const double ratio_a = in_.salience[in_.at(a, p)] / in_.salience[in_.at(a, q)];
        const double ratio_b = in_.salience[in_.at(b, p)] / in_.salience[in_.at(b, q)];
        if (std::abs(ratio_a - ratio_b) > 1e-14) {
            offers_.push_back(ratio_a > ratio_b ? Offer{a, b, p, q} : Offer{b, a, p, q});
        }
    }

    void price(Offer& o) const {
        const auto s = [&](std::size_t who, std::size_t k) { return in_.salience[in_.at(who, k)]; };
        const double i_goal = in_.position[in_.at(o.j, o.q)];
        const double j_goal = in_.position[in_.at(o.i, o.p)];
        const double i_way = i_goal - now_[in_.at(o.i, o.q)];
        const double j_way = j_goal - now_[in_.at(o.j, o.p)];
        const double ratio = (s(o.i, o.p) + s(o.j, o.p)) / (s(o.i, o.q) + s(o.j, o.q));
        const double wi = in_.weight(o.i, o.q);
        const double wj = in_.weight(o.j, o.p);
        const auto i_for = [&](double j_move) {
            return j_move * wj / weight_[o.p] * ratio * weight_[o.q] / wi;
        };
        const auto j_for = [&](double i_move) {
            return i_move * wi / weight_[o.q] / ratio * weight_[o.p] / wj;
        };
        double j_size = std::abs(j_way);
        double i_size = i_for(j_size);
        if (i_size > std::abs(i_way)) {
            i_size = std::abs(i_way);
            j_size = j_for(i_size);
        }
        const double i_sign = i_way > 0 ? 1 : -1;
        const double j_sign = j_way > 0 ? 1 : -1;
        if ((i_goal - mean_[o.q]) * i_sign > 0) {
            i_size = std::min(i_size, std::abs(i_goal - mean_[o.q]) * weight_[o.q] / wi);
            j_size = j_for(i_size);
        }
        if ((j_goal - mean_[o.p]) * j_sign > 0 &&
            j_size > std::abs(j_goal - mean_[o.p]) * weight_[o.p] / wj) {
            j_size = std::abs(j_goal - mean_[o.p]) * weight_[o.p] / wj;
            i_size = i_for(j_size);
        }
        o.i_move = i_sign * i_size;
        o.j_move = j_sign * j_size;
        const double dp = j_size * wj / weight_[o.p];
        const double dq = i_size * wi / weight_[o.q];
        o.gain = (dp * (s(o.i, o.p) - s(o.j, o.p)) + dq * (s(o.j, o.q) - s(o.i, o.q))) / 2;
        const auto fits = [&](double before, double move) {
            return std::abs(move) > 1e-10 && before * move >= 0 &&
                   std::abs(before) + std::abs(move) <= 100 + 1e-9;
        };
        o.open = fits(moves_[in_.at(o.i, o.q)], o.i_move) && fits(moves_[in_.at(o.j, o.p)], o.j_move) &&
                 o.gain >= 1e-10;
    }

    const ForecastInput& in_;
    std::vector<double> now_, moves_, weight_, mean_, start_mean_;
    std::vector<Offer> offers_;
};

RC_GTEST_PROP(ExchangeReference, EqualsThePlainMarket, (std::uint32_t seed)) {
    ForecastInput input = random_input(seed, false, 7, 4);
    // Exact ties would be broken by the last digit, in which the two ways of computing may differ.
    RandomStream draw(seed, 5, 0);
    for (double& salience : input.salience) {
        salience *= 1 - 0.01 * draw.uniform();
    }
    PlainMarket market(input);
    ForecastInput voted = input;
    voted.position = market.run();
    const auto values = exchange_values(input, {}, {});
    for (std::size_t k = 0; k < input.issue_count(); ++k) {
        const auto expected = weighted_mean(voted, k, Weighting::both);
        RC_ASSERT(values[k].has_value() == expected.has_value());
        if (expected) {
            RC_ASSERT(std::abs(*values[k] - *expected) < 1e-6);
        }
    }
}

RC_GTEST_PROP(ExchangeProperties, StaysOnTheScaleAndRepeatsItself, (std::uint32_t seed)) {
    const ForecastInput input = random_input(seed, seed % 4 != 0);
    for (const double share : {0.0, 1.0}) {
        for (const auto& ties : choices_of(ExchangeTies{})) {
            ExchangeOptions options;
            options.rounds = 3;
            options.ties = ties.value;
            options.gain_share = share;
            options.replications = 3;
            Context context;
            context.seed = seed;
            const auto values = exchange_values(input, options, context);
            RC_ASSERT(on_scale(values));
            RC_ASSERT(values == exchange_values(input, options, context));
        }
    }
}

TEST(ExchangeProperties, BothPartnersGainTheSameAndNobodyTradesWithoutGain) {
    STEELYARD_REFERENCE_OR_SKIP(folder, "forecast/exchange");
    const Case subject = read_decide(test::read_file(folder / "copenhagen.csv"), "x").subject;
    ExchangeOptions options;
    options.rounds = 4;
    const ExchangeResult equal = exchange(subject, options, {});
    options.gain_share = 1;
    const ExchangeResult drawn = exchange(subject, options, {});
    for (const ExchangeRound& round : equal.rounds) {
        ASSERT_FALSE(round.exchanges.empty());
        for (const RealisedExchange& made : round.exchanges) {
            EXPECT_NEAR(made.first.gain, made.second.gain, 1e-9);
            EXPECT_GT(made.first.gain, 0);
        }
    }
    bool differ = false;
    for (const ExchangeRound& round : drawn.rounds) {
        for (const RealisedExchange& made : round.exchanges) {
            EXPECT_GT(made.first.gain, -1e-12);
            EXPECT_GT(made.second.gain, -1e-12);
            differ = differ || std::abs(made.first.gain - made.second.gain) > 0.01;
        }
    }
    EXPECT_TRUE(differ);
    double gained = 0;
    for (const ExchangeRound& round : equal.rounds) {
        for (const RealisedExchange& made : round.exchanges) {
            gained += made.first.gain + made.second.gain;
        }
    }
    double own = 0;
    for (const ExchangeBalance& balance : equal.balances) {
        own += balance.own;
    }
    EXPECT_NEAR(own, gained, 1e-9);
}

}  // namespace
}  // namespace steelyard::forecast
