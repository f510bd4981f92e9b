// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What the importers of stance tables have in common: from names and numbers to a case.

#include "ids.hpp"
#include "steelyard/model/case.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::format {

/// `at-50`, `at-33_3`: the id of an unnamed place.
std::string place_id(const Rational& place);

/// Collects actors, issues and stances, and makes the case.
class StanceBuilder {
public:
    std::size_t actor(std::string name, std::string about, std::optional<Rational> capability);
    std::size_t issue(std::string name, std::string about);
    /// An option with a name of its own.  Without any, `finish` makes options of the places taken.
    void option(std::size_t issue, std::string name, Rational place);
    void stance(std::size_t actor, std::size_t issue, Rational position, Rational salience);
    void status_quo(std::size_t issue, Rational place) { extra_[issue].first = place; }
    void outcome(std::size_t issue, Rational place) { extra_[issue].second = place; }

    /// Ids as given by the caller instead of made from names.
    void set_actor_id(std::size_t actor, std::string id) { case_.actors[actor].id = std::move(id); }
    void set_issue_id(std::size_t issue, std::string id) { case_.issues[issue].id = std::move(id); }

    Case finish(std::string id, std::string title, std::string about, std::string citation);

private:
    Case case_;
    IdMaker actor_ids_{"x"}, issue_ids_{"x"};
    std::vector<std::vector<std::optional<Stance>>> stances_;  // actor, issue
    std::map<std::size_t, std::pair<std::optional<Rational>, std::optional<Rational>>> extra_;  // by issue
};

}  // namespace steelyard::format
