// SPDX-License-Identifier: Apache-2.0
#include "steelyard/power/ratification.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/core/random.hpp"
#include "steelyard/model/scores.hpp"
#include "steelyard/model/tables.hpp"
#include "steelyard/power/voting_game.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace steelyard::power {

namespace {

/// A body that gates an actor of the table.
struct Gate {
    const VotingBody* body = nullptr;
    VotingGame game;
    ActorId actor;
    std::vector<std::optional<std::size_t>>
        player;  // of each member: its place among actors with preferences
};

/// Points as whole numbers over one denominator.
class WholeScores {
public:
    WholeScores(const Case& subject, const Scores& scores) : actors_(scores.actors()) {
        Rational scale = 1;
        const auto widen = [&](const Rational& value) {
            scale *= value.denominator() / std::gcd(scale.numerator(), value.denominator());
        };
        for (const ActorId actor : actors_) {
            widen(scores.no_deal(actor));
            for (std::size_t issue = 0; issue < subject.issues.size(); ++issue) {
                for (std::size_t option = 0; option < subject.issues[issue].options.size(); ++option) {
                    widen(scores.points(actor, IssueId(issue), OptionId(option)));
                }
            }
        }
        for (const ScoreTerm& term : scores.terms()) {
            for (const auto& [actor, points] : term.points) {
                widen(points);
            }
        }
        scale_ = scale;
        for (const ActorId actor : actors_) {
            no_deal_.push_back((scores.no_deal(actor) * scale).numerator());
            std::vector<std::vector<std::int64_t>> sheet;
            for (std::size_t issue = 0; issue < subject.issues.size(); ++issue) {
                std::vector<std::int64_t> row;
                for (std::size_t option = 0; option < subject.issues[issue].options.size(); ++option) {
                    row.push_back(
                        (scores.points(actor, IssueId(issue), OptionId(option)) * scale).numerator());
                }
                sheet.push_back(std::move(row));
            }
            sheets_.push_back(std::move(sheet));
        }
        for (const ScoreTerm& term : scores.terms()) {
            std::vector<std::int64_t> points(actors_.size(), 0);
            for (const auto& [actor, value] : term.points) {
                const auto at = std::ranges::find(actors_, actor);
                if (at != actors_.end()) {
                    points[static_cast<std::size_t>(at - actors_.begin())] += (value * scale).numerator();
                }
            }
            terms_.emplace_back(&term.when, std::move(points));
        }
    }

    [[nodiscard]] const std::vector<ActorId>& actors() const { return actors_; }
    [[nodiscard]] const std::vector<std::int64_t>& no_deal() const { return no_deal_; }
    [[nodiscard]] Rational points(std::int64_t whole) const { return Rational(whole) / scale_; }
    [[nodiscard]] double points(double whole) const { return whole / scale_.to_double(); }

    void of(const Deal& deal, std::vector<std::int64_t>& totals) const {
        for (std::size_t k = 0; k < actors_.size(); ++k) {
            totals[k] = 0;
            for (std::size_t issue = 0; issue < deal.size(); ++issue) {
                totals[k] += sheets_[k][issue][deal[issue].index];
            }
        }
        for (const auto& [when, points] : terms_) {
            if (when->holds(deal)) {
                for (std::size_t k = 0; k < actors_.size(); ++k) {
                    totals[k] += points[k];
                }
            }
        }
    }

private:
    std::vector<ActorId> actors_;
    Rational scale_ = 1;
    std::vector<std::int64_t> no_deal_;
    std::vector<std::vector<std::vector<std::int64_t>>> sheets_;
    std::vector<std::pair<const Condition*, std::vector<std::int64_t>>> terms_;
};

/// How good a deal is by the Nash solution: actors that gain, then the product of their gains.
struct Merit {
    int gaining = -1;
    double product = 0;
    friend auto operator<=>(const Merit&, const Merit&) = default;
};

/// What is gathered over the deals of one win-set.
struct Gathered {
    std::int64_t deals = 0;
    std::vector<std::int64_t> best;
    std::vector<double> sum;
    Merit merit;
    Deal agreed;
    std::vector<std::int64_t> agreed_points;

    void add(const Deal& deal, const std::vector<std::int64_t>& points, const std::optional<Merit>& value) {
        best.resize(points.size(), points.empty() ? 0 : std::numeric_limits<std::int64_t>::min());
        sum.resize(points.size(), 0);
        ++deals;
        for (std::size_t k = 0; k < points.size(); ++k) {
            best[k] = std::max(best[k], points[k]);
            sum[k] += static_cast<double>(points[k]);
        }
        if (value && *value > merit) {
            merit = *value;
            agreed = deal;
            agreed_points = points;
        }
    }
};

class Counting {
public:
    Counting(const Case& subject, const Table& table, std::vector<Gate> gates, Unknown unknown)
        : subject_(subject),
          table_(table),
          scores_(subject),
          whole_(subject, scores_),
          gates_(std::move(gates)),
          unknown_(unknown),
          sets_(gates_.size() + 2),
          points_(whole_.actors().size()),
          willing_(subject.actors.size()) {
        for (Gate& gate : gates_) {
            for (const std::string& member : gate.game.members) {
                gate.player.push_back(place(member));
            }
        }
        for (const ActorId actor : whole_.actors()) {
            sits_.push_back(std::ranges::find(table.actors, actor) != table.actors.end());
        }
    }

    void look_at(const Deal& deal) {
        if (!feasible(subject_, deal)) {
            return;
        }
        ++feasible_;
        whole_.of(deal, points_);
        willing_.assign(subject_.actors.size(), false);
        for (std::size_t k = 0; k < points_.size(); ++k) {
            willing_[whole_.actors()[k].index] = points_[k] >= whole_.no_deal()[k];
        }
        if (!accepts(table_, willing_)) {
            return;
        }
        const std::optional<Merit> value = merit();
        sets_.front().add(deal, points_, value);
        std::vector<bool> all = willing_;
        for (std::size_t g = 0; g < gates_.size(); ++g) {
            if (passes(gates_[g])) {
                sets_[g + 1].add(deal, points_, value);
                continue;
            }
            all[gates_[g].actor.index] = false;
            std::vector<bool> gated = willing_;
            gated[gates_[g].actor.index] = false;
            if (accepts(table_, gated)) {
                sets_[g + 1].add(deal, points_, value);
            }
        }
        if (accepts(table_, all)) {
            sets_.back().add(deal, points_, value);
        }
    }

    [[nodiscard]] std::int64_t feasible_deals() const { return feasible_; }
    [[nodiscard]] const std::vector<Gate>& gates() const { return gates_; }

    /// The k-th win-set; `weight`: how many deals each one looked at stands for.
    [[nodiscard]] WinSet win_set(std::size_t k, double weight, bool exact) const {
        const Gathered& set = sets_[k];
        WinSet result;
        result.deals = exact ? Rational(set.deals)
                             : Rational::nearest(std::round(static_cast<double>(set.deals) * weight));
        const auto n = static_cast<double>(std::max<std::int64_t>(feasible_, 1));
        const double share = static_cast<double>(set.deals) / n;
        result.share = 100 * share;
        result.low = result.high = result.share;
        if (!exact) {
            // Wilson's interval.
            constexpr double kZ = 1.959963984540054;
            const double middle = (share + kZ * kZ / (2 * n)) / (1 + kZ * kZ / n);
            const double half =
                kZ / (1 + kZ * kZ / n) * std::sqrt(share * (1 - share) / n + kZ * kZ / (4 * n * n));
            result.low = set.deals == 0 ? 0 : 100 * std::max(0.0, middle - half);
            result.high = 100 * std::min(1.0, middle + half);
        }
        for (std::size_t a = 0; set.deals > 0 && a < whole_.actors().size(); ++a) {
            const std::string& id = subject_[whole_.actors()[a]].id;
            result.best.emplace_back(id, whole_.points(set.best[a]));
            result.mean.emplace_back(id, whole_.points(set.sum[a] / static_cast<double>(set.deals)));
            if (!set.agreed.empty()) {
                result.points.emplace_back(id, whole_.points(set.agreed_points[a]));
            }
        }
        if (!set.agreed.empty()) {
            result.agreed = name_deal(subject_, set.agreed);
        }
        return result;
    }

private:
    [[nodiscard]] std::optional<std::size_t> place(const std::string& member) const {
        for (std::size_t k = 0; k < whole_.actors().size(); ++k) {
            if (subject_[whole_.actors()[k]].id == member) {
                return k;
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] bool passes(const Gate& gate) const {
        Coalition yes = 0;
        for (std::size_t m = 0; m < gate.player.size(); ++m) {
            const bool vote = gate.player[m] ? points_[*gate.player[m]] >= whole_.no_deal()[*gate.player[m]]
                                             : unknown_ == Unknown::follow && willing_[gate.actor.index];
            yes |= vote ? Coalition{1} << m : 0;
        }
        return gate.game.wins(yes);
    }

    /// Nothing where an actor of the table loses.
    [[nodiscard]] std::optional<Merit> merit() const {
        Merit value{0, 1};
        for (std::size_t k = 0; k < points_.size(); ++k) {
            const std::int64_t gain = points_[k] - whole_.no_deal()[k];
            if (!sits_[k] || gain == 0) {
                continue;
            }
            if (gain < 0) {
                return std::nullopt;
            }
            ++value.gaining;
            value.product *= static_cast<double>(gain);
        }
        return value;
    }

    const Case& subject_;
    const Table& table_;
    Scores scores_;
    WholeScores whole_;
    std::vector<Gate> gates_;
    Unknown unknown_;
    std::vector<bool> sits_;
    std::vector<Gathered> sets_;  // without, with each gate, with all
    std::int64_t feasible_ = 0;
    std::vector<std::int64_t> points_;
    std::vector<bool> willing_;
};

std::vector<Gate> gates_of(const Case& subject, const Table& table, const std::string& wanted) {
    std::vector<Gate> gates;
    const auto gates_table = [&](const VotingBody& body) {
        return body.ratifies && std::ranges::find(table.actors, *body.ratifies) != table.actors.end();
    };
    if (!wanted.empty()) {
        const VotingBody& body = find_body(subject, wanted);
        if (gates_table(body)) {
            gates.push_back({&body, make_voting_game(body), *body.ratifies, {}});
        }
    } else {
        for (const VotingBody& body : subject.voting) {
            if (gates_table(body)) {
                gates.push_back({&body, make_voting_game(body), *body.ratifies, {}});
            }
        }
    }
    if (gates.empty()) {
        throw Error(ErrorKind::missing_section, "no voting body of the case gates an actor of table '" +
                                                    table.id + "': name one by `ratifies`");
    }
    for (const Gate& gate : gates) {
        if (gate.game.members.size() > 64) {
            throw Error(ErrorKind::limit, "a ratifying body has at most 64 members");
        }
    }
    return gates;
}

/// All deals of the table, or random ones.  Returns how many deals each one looked at stands for.
double walk(const std::vector<std::optional<OptionId>>& fixed, const Case& subject,
            const RatificationOptions& options, double total, Counting& counting, const Context& context) {
    Deal deal;
    std::vector<std::size_t> open;
    for (std::size_t issue = 0; issue < fixed.size(); ++issue) {
        deal.push_back(fixed[issue].value_or(OptionId(0)));
        if (!fixed[issue]) {
            open.push_back(issue);
        }
    }
    if (total > options.most) {
        for (std::int64_t draw = 0; draw < options.samples; ++draw) {
            context.check();
            RandomStream random(context.seed, static_cast<std::uint64_t>(draw), 0);
            for (const std::size_t issue : open) {
                deal[issue] = OptionId(random.below(subject.issues[issue].options.size()));
            }
            counting.look_at(deal);
        }
        return total / options.samples;
    }
    while (true) {
        context.check();
        counting.look_at(deal);
        std::size_t k = open.size();
        while (k > 0 && deal[open[k - 1]].index + 1 == subject.issues[open[k - 1]].options.size()) {
            deal[open[k - 1]] = OptionId(0);
            --k;
        }
        if (k == 0) {
            return 1;
        }
        ++deal[open[k - 1]].index;
    }
}

std::string words(const Case& subject, const Ratifier& ratifier, const WinSet& without) {
    const std::string actor = subject[find_actor(subject, ratifier.actor)].name;
    std::string text =
        fmt::format("{:.1f} % of the feasible deals pass at the table, {:.1f} % with {} as well.",
                    without.share, ratifier.with.share, ratifier.body);
    if (ratifier.with.deals == Rational(0)) {
        return text + " Nothing is left to agree on.";
    }
    for (const auto& [who, change] : ratifier.change) {
        if (who != ratifier.actor) {
            continue;
        }
        text += change > Rational(0)
                    ? fmt::format(" That helps {}: {} points more in the agreed deal.", actor, change.text())
                : change < Rational(0)
                    ? fmt::format(" That costs {} {} points in the agreed deal.", actor, (-change).text())
                    : fmt::format(" {} has the same in the agreed deal.", actor);
    }
    return text;
}

}  // namespace

RatificationResult ratification(const Case& subject, const RatificationOptions& options,
                                const Context& context) {
    const Table table = find_table(subject, options.table);
    const std::vector<std::optional<OptionId>> fixed = fixed_options(subject, table);
    Counting counting(subject, table, gates_of(subject, table, options.body), options.unknown);
    double total = 1;
    for (std::size_t issue = 0; issue < fixed.size(); ++issue) {
        total *= fixed[issue] ? 1.0 : static_cast<double>(subject.issues[issue].options.size());
    }
    const double weight = walk(fixed, subject, options, total, counting, context);

    RatificationResult result;
    result.table = table.id;
    result.exact = total <= options.most;
    if (total > 9e18) {
        throw Error(ErrorKind::limit, "the table has more deals than can be counted");
    }
    result.deals = Rational::nearest(total, 17);
    result.feasible =
        result.exact ? Rational(counting.feasible_deals())
                     : Rational::nearest(std::round(static_cast<double>(counting.feasible_deals()) * weight));
    result.without = counting.win_set(0, weight, result.exact);
    for (std::size_t g = 0; g < counting.gates().size(); ++g) {
        const Gate& gate = counting.gates()[g];
        Ratifier ratifier;
        ratifier.body = gate.body->id;
        ratifier.actor = subject[gate.actor].id;
        ratifier.with = counting.win_set(g + 1, weight, result.exact);
        for (std::size_t k = 0; k < std::min(ratifier.with.points.size(), result.without.points.size());
             ++k) {
            ratifier.change.emplace_back(ratifier.with.points[k].first,
                                         ratifier.with.points[k].second - result.without.points[k].second);
        }
        const Coalition all =
            gate.game.members.size() == 64 ? ~Coalition{0} : (Coalition{1} << gate.game.members.size()) - 1;
        for (std::size_t m = 0; m < gate.game.members.size(); ++m) {
            if (!gate.game.wins(all & ~(Coalition{1} << m))) {
                ratifier.blocks.push_back(gate.game.members[m]);
            }
            if (!gate.player[m]) {
                ratifier.assumed.push_back(gate.game.members[m]);
            }
        }
        ratifier.text = words(subject, ratifier, result.without);
        result.ratifiers.push_back(std::move(ratifier));
    }
    result.all = counting.win_set(counting.gates().size() + 1, weight, result.exact);
    return result;
}

}  // namespace steelyard::power
