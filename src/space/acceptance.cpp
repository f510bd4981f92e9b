// SPDX-License-Identifier: Apache-2.0
#include "acceptance.hpp"

#include "steelyard/core/error.hpp"

namespace steelyard::space {

namespace {

Willing everybody(std::size_t actors) {
    return actors == 64 ? ~Willing{0} : (Willing{1} << actors) - 1;
}

}  // namespace

AcceptanceRule::AcceptanceRule(const Table& table, const Problem& problem, std::size_t actors_in_case)
    : table_(table), actors_(problem.actors), actors_in_case_(actors_in_case) {
    if (actors_.size() > 64)
        throw Error(ErrorKind::limit, "a table has at most 64 actors");
    if (actors_.size() <= 12) {
        known_.resize(std::size_t{1} << actors_.size());
        for (Willing willing = 0; willing < known_.size(); ++willing)
            known_[willing] = static_cast<char>(ask(willing));
    }
    unanimous_ = accepts(everybody(actors_.size()));
    for (std::size_t p = 0; p < actors_.size(); ++p)
        unanimous_ = unanimous_ && needs(p);
}

bool AcceptanceRule::needs(std::size_t actor) const {
    return !accepts(everybody(actors_.size()) & ~(Willing{1} << actor));
}

bool AcceptanceRule::accepts(Willing willing) const {
    return known_.empty() ? ask(willing) : known_[willing] != 0;
}

bool AcceptanceRule::ask(Willing willing) const {
    std::vector<bool> by_actor(actors_in_case_);
    for (std::size_t p = 0; p < actors_.size(); ++p)
        by_actor[actors_[p].index] = (willing >> p & 1U) != 0;
    return steelyard::accepts(table_, by_actor);
}

}  // namespace steelyard::space
