// SPDX-License-Identifier: Apache-2.0
#include "report/conclusion.hpp"

#include "report/answers/answer.hpp"

#include <algorithm>

namespace steelyard::report {

namespace {

/// Whether the table accepts the deal.
class Accepting {
public:
    Accepting(const Study& study, const TableStudy& at)
        : table_(at.table), actors_(study.subject.actors.size()) {}

    bool operator()(const Sheet& sheet, std::size_t deal) const {
        const auto would = [&](ActorId actor) { return sheet.gain(actor, deal) >= -rounding_error; };
        if (table_.accept.unanimity()) {
            return std::ranges::all_of(table_.actors, would);
        }
        std::vector<bool> willing(actors_);
        for (const ActorId actor : table_.actors) {
            willing[actor.index] = would(actor);
        }
        return accepts(table_, willing);
    }

private:
    const Table& table_;
    std::size_t actors_;
};

/// Nash's measure: the product of the gains; below 0 where somebody would lose.
double product_of_gains(const Sheet& sheet, const Table& table, std::size_t deal) {
    double product = 1;
    for (const ActorId actor : table.actors) {
        const double gain = sheet.gain(actor, deal);
        if (gain < -rounding_error) {
            return -1;
        }
        product *= std::max(gain, 0.0);
    }
    return product;
}

std::string at_table(const Study& study, const TableStudy& at) {
    return study.tables.size() > 1 ? " at the table “" + study.table_name(at.table) + "”" : "";
}

std::string accepting(const Study& study, const TableStudy& at) {
    return at.table.accept.unanimity() ? everybody(study, at.table.actors) : "the table, by its rule,";
}

}  // namespace

std::vector<std::size_t> choices_of_table(Sheet& sheet, const TableStudy& at) {
    std::vector<std::size_t> places;
    const auto add = [&](const Deal& deal) {
        if (const std::size_t place = sheet.add(deal); std::ranges::find(places, place) == places.end()) {
            places.push_back(place);
        }
    };
    for (const ChosenDeal& chosen : at.chosen) {
        add(chosen.deal);
    }
    std::ranges::for_each(at.efficient, add);
    return places;
}

Conclusion concludes_exists(Study& study, const TableStudy& at) {
    const auto choices = choices_of_table(study.sheet(), at);
    const bool exists = at.agreement();
    return {(exists ? "a deal exists that " : "no deal exists that ") + accepting(study, at) +
                " would accept" + at_table(study, at),
            [choices, exists, accepted = Accepting(study, at)](const Sheet& sheet) {
                return exists ==
                       std::ranges::any_of(choices, [&](std::size_t deal) { return accepted(sheet, deal); });
            }};
}

Conclusion concludes_balanced(Study& study, const TableStudy& at) {
    const auto choices = choices_of_table(study.sheet(), at);
    const std::size_t mine = study.sheet().add(at.likely()->deal);
    return {"this very deal stays the balanced one" + at_table(study, at),
            [choices, mine, &at](const Sheet& sheet) {
                const double to_beat = product_of_gains(sheet, at.table, mine);
                return to_beat >= 0 && std::ranges::none_of(choices, [&](std::size_t deal) {
                           return product_of_gains(sheet, at.table, deal) >
                                  to_beat * (1 + rounding_error) + rounding_error;
                       });
            }};
}

Conclusion concludes_holds(Study& study, const TableStudy& at) {
    const std::size_t mine = study.sheet().add(at.likely()->deal);
    return {accepting(study, at) + " would accept the balanced deal" + at_table(study, at),
            [mine, accepted = Accepting(study, at)](const Sheet& sheet) { return accepted(sheet, mine); }};
}

Conclusion concludes_gain(Study& study, const TableStudy& at, ActorId actor) {
    const std::size_t mine = study.sheet().add(at.likely()->deal);
    const auto sign = [actor, mine](const Sheet& sheet) {
        const double gain = sheet.gain(actor, mine);
        return gain > rounding_error ? 1 : gain < -rounding_error ? -1 : 0;
    };
    const int now = sign(study.sheet());
    const std::string does(now > 0 ? study.verb(actor, "gains from", "gain from")
                           : now < 0
                               ? study.verb(actor, "loses by", "lose by")
                               : study.verb(actor, "neither gains nor loses by", "neither gain nor lose by"));
    return {study.name(actor) + " " + does + " the balanced deal" + at_table(study, at),
            [sign, now](const Sheet& sheet) { return sign(sheet) == now; }};
}

Conclusion concludes_better(Study& study, ActorId actor, const Deal& better, const Deal& other,
                            std::string claim) {
    Sheet& sheet = study.sheet();
    const std::size_t one = sheet.add(better);
    const std::size_t two = sheet.add(other);
    return {std::move(claim), [actor, one, two](const Sheet& drawn) {
                return drawn.gain(actor, one) > drawn.gain(actor, two) + rounding_error;
            }};
}

BalancedGain::BalancedGain(Study& study, const TableStudy& at)
    : at_(at), choices_(choices_of_table(study.sheet(), at)) {}

std::optional<std::size_t> BalancedGain::choose(const Sheet& sheet) const {
    std::optional<std::size_t> best;
    double most = -1;
    for (const std::size_t deal : choices_) {
        const double product = product_of_gains(sheet, at_.table, deal);
        if (product >= 0 && product > most * (1 + rounding_error) + (best ? rounding_error : 0)) {
            most = product;
            best = deal;
        }
    }
    return best;
}

}  // namespace steelyard::report
