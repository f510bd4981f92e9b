// SPDX-License-Identifier: Apache-2.0
#include "report/answers/answer.hpp"

#include "report/scan.hpp"

#include <algorithm>
#include <array>

namespace steelyard::report {

std::span<const KindRow> kind_rows() {
    static constexpr std::array rows = {
        KindRow{QuestionKind::deal_exists, "deal_exists", answer_deal_exists},
        KindRow{QuestionKind::deal_likely, "deal_likely", answer_deal_likely},
        KindRow{QuestionKind::deal_holds, "deal_holds", answer_deal_holds},
        KindRow{QuestionKind::gains_and_risks, "gains_and_risks", answer_gains_and_risks},
        KindRow{QuestionKind::purpose, "purpose", answer_purpose},
        KindRow{QuestionKind::can_offer, "can_offer", answer_can_offer},
        KindRow{QuestionKind::reaction, "reaction", answer_reaction},
        KindRow{QuestionKind::order, "order", answer_order},
        KindRow{QuestionKind::partners, "partners", answer_partners},
        KindRow{QuestionKind::levels, "levels", answer_levels},
        KindRow{QuestionKind::what_changes, "what_changes", answer_what_changes},
    };
    return rows;
}

const KindRow& row_of(QuestionKind kind) {
    return kind_rows()[static_cast<std::size_t>(kind)];
}

std::string part_title(const Study& study, const QuestionPart& part) {
    const std::string who = part.actor ? study.name(*part.actor) : "";
    switch (part.kind) {
        case QuestionKind::deal_exists:
            return "Whether a deal exists";
        case QuestionKind::deal_likely:
            return "The deal theory points to";
        case QuestionKind::deal_holds:
            return "Whether the deal holds";
        case QuestionKind::gains_and_risks:
            return "Gains and risks of " + who;
        case QuestionKind::purpose:
            return "What " + who + std::string(study.verb(*part.actor, " is after", " are after"));
        case QuestionKind::can_offer:
            return "What " + who + " can offer " + (part.to ? study.name(*part.to) : "");
        case QuestionKind::reaction:
            return "How " + who + " would see it";
        case QuestionKind::order:
            return "The order of the tables";
        case QuestionKind::partners:
            return "One partner or several for " + who;
        case QuestionKind::levels:
            return "One level or all";
        case QuestionKind::what_changes:
            return "What would change the answer";
    }
    return "";
}

void use_table(Draft& draft, const Study& study, const TableStudy& at, const std::vector<ActorId>& actors) {
    std::vector<ActorId> all = at.table.actors;
    all.insert(all.end(), actors.begin(), actors.end());
    for (std::size_t i = 0; i < study.numbers.size(); ++i) {
        if (touches(study, at, study.numbers[i], all)) {
            draft.numbers.insert(i);
        }
    }
}

std::string gain_phrase(const Study& study, const TableStudy& at, ActorId actor, const Rational& gain) {
    if (gain == Rational{}) {
        return std::string(study.verb(actor, "neither gains nor loses", "neither gain nor lose"));
    }
    const std::string verb(gain > Rational{} ? study.verb(actor, "gains ", "gain ")
                                             : study.verb(actor, "loses ", "lose "));
    const double share = study.share(actor, at, abs(gain));
    return verb + points_text(gain) +
           (share > 0 ? " (" + share_text(share) + " of what is at stake for it)" : "");
}

std::string everybody(const Study& study, const std::vector<ActorId>& actors) {
    if (actors.size() < 2) {
        return study.names(actors);
    }
    return (actors.size() == 2 ? "both " : "all of ") + study.names(actors);
}

std::string gains_text(const Study& study, const std::vector<ActorId>& actors, const Deal& deal) {
    std::vector<std::string> items;
    for (const ActorId actor : actors) {
        items.push_back(study.name(actor) + " " + number_text(study.gain(actor, deal)));
    }
    const bool one = actors.size() == 1 && study.gain(actors.front(), deal) == Rational(1);
    return list_text(items) + (one ? " point" : " points");
}

Rational over_no_agreement(const Study& study, ActorId actor, const Named<Rational>& points) {
    const auto own = std::ranges::find(points, study.subject[actor].id, &Named<Rational>::value_type::first);
    return own->second - study.scores.no_deal(actor);
}

std::string concept_name(space::Concept which) {
    switch (which) {
        case space::Concept::utilitarian:
            return "utilitarian";
        case space::Concept::nash:
            return "Nash";
        case space::Concept::weighted_nash:
            return "weighted Nash";
        case space::Concept::kalai_smorodinsky:
            return "Kalai-Smorodinsky";
        case space::Concept::egalitarian:
            return "egalitarian";
        case space::Concept::leximin:
            return "leximin";
        case space::Concept::proportional:
            return "proportional";
    }
    return "?";
}

std::string deal_name(const ChosenDeal& chosen) {
    std::vector<std::string> names;
    for (const space::Concept which : chosen.concepts) {
        names.push_back(concept_name(which));
    }
    return list_text(names);
}

Draft no_agreement(const Study& study, const TableStudy& at, Label label) {
    Draft draft;
    draft.part.label = label;
    draft.part.sentence =
        sentence("at the table “" + study.table_name(at.table) + "” no deal is acceptable, " +
                 "so there is nothing to gain, lose or share");
    draft.part.why.push_back("None of the " + count_text(at.frontier.feasible) +
                             " possible deals is accepted under the table's rule.");
    use_table(draft, study, at, {});
    return draft;
}

std::string obligation_phrase(const Study& study, std::size_t obligation) {
    const Obligation& owed = study.subject.obligations[obligation];
    return "“" + clause(owed.text.empty() ? owed.id : owed.text) + "” (owed by " + study.name(owed.by) +
           " to " + study.name(owed.to) + ")";
}

std::vector<MoveEffect> move_effects(const Study& study, const Deal& deal) {
    std::vector<MoveEffect> effects;
    if (!study.subject.conflict) {
        return effects;
    }
    const Conflict& conflict = *study.subject.conflict;
    const auto option_in = [&](std::uint32_t issue, std::uint32_t option) {
        return deal[issue] == OptionId(option);
    };
    for (std::size_t m = 0; m < conflict.moves.size(); ++m) {
        Deal moved = deal;
        for (const StateDeal& entry : conflict.deal) {
            const bool here = entry.when.evaluate([&](std::uint32_t k) { return k == m; }, option_in);
            const bool otherwise = entry.when.evaluate([](std::uint32_t) { return false; }, option_in);
            for (const auto& [issue, option] : entry.then) {
                if (here && !otherwise) {
                    moved[issue.index] = option;
                }
            }
        }
        if (moved != deal && feasible(study.subject, moved)) {
            effects.push_back({MoveId(m), std::move(moved)});
        }
    }
    return effects;
}

std::string some_of(const std::vector<std::string>& items, std::size_t most) {
    if (items.size() <= most) {
        return list_text(items);
    }
    std::vector<std::string> shown(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(most));
    shown.push_back(std::to_string(items.size() - most) + " more");
    return list_text(shown);
}

Value cell(const Rational& value) {
    return Value(value);
}

}  // namespace steelyard::report
