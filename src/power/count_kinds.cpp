// SPDX-License-Identifier: Apache-2.0
#include "count.hpp"

#include <algorithm>
#include <cstdint>
#include <map>

namespace steelyard::power {

namespace {

// Sums over coalitions and members of up to this many voters fit 64 bits.
constexpr std::size_t kNarrowProfile = 56;

/// Members with the same weights.
struct Kind {
    std::vector<std::int64_t> weights;  // by threshold
    std::vector<std::size_t> members;
};

std::vector<Kind> kinds_of(const VotingGame& game) {
    std::map<std::vector<std::int64_t>, std::vector<std::size_t>> kinds;
    for (std::size_t i = 0; i < game.members.size(); ++i) {
        std::vector<std::int64_t> weights;
        for (const Threshold& threshold : game.thresholds) {
            weights.push_back(threshold.weights[i]);
        }
        kinds[std::move(weights)].push_back(i);
    }
    std::vector<Kind> list;
    for (auto& [weights, members] : kinds) {
        list.push_back({weights, std::move(members)});
    }
    return list;
}

/// Goes through all numbers of members taken of each kind.
template <class Count>
class Profiles {
public:
    Profiles(const VotingGame& game, const std::vector<Kind>& kinds, const Context& context)
        : game_(game),
          kinds_(kinds),
          context_(context),
          taken_(kinds.size(), 0),
          sums_(game.thresholds.size(), 0),
          critical_(kinds.size(), std::vector<Count>(game.members.size(), Count(0))),
          minimal_(critical_) {
        for (const Kind& kind : kinds) {
            ways_.push_back(binomials<Count>(kind.members.size()));
        }
    }

    Vulnerable run() {
        descend(0, 0, Count(1));
        const std::size_t members = game_.members.size();
        Vulnerable result{Tally(members), Tally(members)};
        for (std::size_t t = 0; t < kinds_.size(); ++t) {
            for (const std::size_t i : kinds_[t].members) {
                // Counted for the whole kind, whose members are alike.
                for (std::size_t k = 0; k < members; ++k) {
                    result.critical[i].push_back(Integer(critical_[t][k]) / kinds_[t].members.size());
                    result.minimal[i].push_back(Integer(minimal_[t][k]) / kinds_[t].members.size());
                }
            }
        }
        return result;
    }

private:
    void descend(std::size_t t, std::size_t size, const Count& ways) {
        if (t == kinds_.size()) {
            weigh(size, ways);
            return;
        }
        if (t + 4 == kinds_.size()) {
            context_.check();
        }
        const std::size_t most = kinds_[t].members.size();
        for (std::size_t taken = 0; taken <= most; ++taken) {
            taken_[t] = taken;
            descend(t + 1, size + taken, ways * ways_[t][taken]);
            add(t, 1);
        }
        taken_[t] = 0;
        add(t, -static_cast<std::int64_t>(most) - 1);
    }

    void add(std::size_t t, std::int64_t times) {
        for (std::size_t m = 0; m < sums_.size(); ++m) {
            sums_[m] += times * kinds_[t].weights[m];
        }
    }

    [[nodiscard]] bool wins(std::size_t without) const {
        for (std::size_t m = 0; m < sums_.size(); ++m) {
            const std::int64_t loss = without < kinds_.size() ? kinds_[without].weights[m] : 0;
            if (sums_[m] - loss < game_.thresholds[m].quota) {
                return false;
            }
        }
        return true;
    }

    void weigh(std::size_t size, const Count& ways) {
        if (!wins(kinds_.size())) {
            return;
        }
        std::size_t critical = 0;
        for (std::size_t t = 0; t < kinds_.size(); ++t) {
            critical += taken_[t] > 0 && !wins(t) ? taken_[t] : 0;
        }
        for (std::size_t t = 0; t < kinds_.size() && critical > 0; ++t) {
            if (taken_[t] > 0 && !wins(t)) {
                critical_[t][critical - 1] += ways * Count(taken_[t]);
                if (critical == size) {
                    minimal_[t][size - 1] += ways * Count(taken_[t]);
                }
            }
        }
    }

    const VotingGame& game_;
    const std::vector<Kind>& kinds_;
    const Context& context_;
    std::vector<std::vector<Count>> ways_;  // by kind and number taken
    std::vector<std::size_t> taken_;
    std::vector<std::int64_t> sums_;
    std::vector<std::vector<Count>> critical_, minimal_;  // by kind and number of the others
};

}  // namespace

std::optional<Vulnerable> enumerate_vulnerable(const VotingGame& game, double most, const Context& context) {
    const std::vector<Kind> kinds = kinds_of(game);
    double profiles = 1;
    for (const Kind& kind : kinds) {
        profiles *= static_cast<double>(kind.members.size() + 1);
    }
    if (profiles > most) {
        return std::nullopt;
    }
    return game.members.size() <= kNarrowProfile ? Profiles<std::uint64_t>(game, kinds, context).run()
                                                 : Profiles<Integer>(game, kinds, context).run();
}

}  // namespace steelyard::power
