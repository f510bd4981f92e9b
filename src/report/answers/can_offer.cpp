// SPDX-License-Identifier: Apache-2.0
#include "report/answers/answer.hpp"
#include "report/answers/offers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace steelyard::report {

Draft answer_can_offer(Study& study, const QuestionPart& part) {
    const ActorId giver = *part.actor;
    const ActorId receiver = *part.to;
    const std::string who = study.name(giver);
    const std::string whom = study.name(receiver);
    // The table they share; without one, the first.
    std::string table;
    for (const Table& candidate : study.tables) {
        const auto sits = [&](ActorId actor) {
            return std::ranges::find(candidate.actors, actor) != candidate.actors.end();
        };
        if (table.empty() && sits(giver) && sits(receiver)) {
            table = candidate.id;
        }
    }
    const TableStudy& at = part.tables.empty() ? study.at(table) : study.at(part);
    Draft draft;
    AnswerPart& answer = draft.part;
    answer.label = Label::prescriptive;
    if (!study.scores.has(giver) || !study.scores.has(receiver)) {
        answer.sentence =
            sentence("the case has no score sheet for one of the two, so offers cannot be compared");
        return draft;
    }
    const Offers found = offers_of(study, at, giver, {receiver});
    const std::vector<Offer>& offers = found.offers;
    use_table(draft, study, at, {giver, receiver});
    if (offers.empty()) {
        answer.sentence = sentence(who + " has nothing to offer that is worth anything to " + whom +
                                   " by the score sheets of this case");
        return draft;
    }
    const auto phrase = [&](const Offer& offer) {
        return study.quoted(offer.issue, offer.option) + " (worth " + number_text(offer.best_worth()) +
               (offer.cost > Rational{}   ? ", costs " + number_text(offer.cost)
                : offer.cost < Rational{} ? ", brings it " + number_text(abs(offer.cost)) + " as well"
                                          : ", costs nothing") +
               ")";
    };
    std::vector<const Offer*> free;
    std::vector<const Offer*> priced;
    for (const Offer* offer : best_by_issue(offers)) {
        (offer->cost > Rational{} ? priced : free).push_back(offer);
    }
    const auto phrases = [&](const std::vector<const Offer*>& list) {
        std::vector<std::string> items;
        for (const Offer* offer : list) {
            items.push_back(phrase(*offer));
        }
        return items;
    };
    std::string text =
        who + " can offer " + whom + " something on " + count_of(free.size() + priced.size(), "issue");
    text += free.empty() ? ", nothing of it for free"
                         : ", on " + std::to_string(free.size()) + " of them at no cost to itself";
    if (!priced.empty()) {
        text += "; its cheapest concession for what it is worth is " + phrase(*priced.front());
    }
    answer.sentence = sentence(text);
    answer.why.push_back(
        sentence("here worth is in points of " + whom + ", cost in points of " + who +
                 "; they share no unit, so their ratio ranks the offers and says nothing about who gets "
                 "the better of it"));
    if (!free.empty()) {
        answer.why.push_back(sentence("in the interest of both: " + some_of(phrases(free), 5)));
    }
    if (!priced.empty()) {
        answer.why.push_back(
            sentence("concessions, cheapest for their worth first: " + some_of(phrases(priced), 5)));
    }
    const auto dearest = std::ranges::max_element(offers, {}, &Offer::best_worth);
    answer.why.push_back(sentence("what would be worth most: " + phrase(*dearest)));
    FactTable ranked;
    ranked.caption = "What " + who + " can offer " + whom + ", most worth for its cost first";
    ranked.columns = {"Offer", "Cost", "Worth", "Worth per cost", "Alone?"};
    for (const Offer& offer : offers) {
        std::vector<std::string> notes;
        if (!offer.conditions.empty()) {
            notes.emplace_back("needs more");
        }
        if (!offer.breaks.empty()) {
            notes.push_back("breaks " + count_of(offer.breaks.size(), "obligation"));
        }
        ranked.rows.push_back({cell(study.option_text(offer.issue, offer.option)), cell(offer.cost),
                               cell(offer.best_worth()),
                               offer.cost > Rational{} ? Value(offer.ratio()) : cell("no cost"),
                               cell(notes.empty() ? "yes" : list_text(notes))});
    }
    answer.tables.push_back(std::move(ranked));
    std::vector<std::string> reasons;
    std::vector<std::size_t> breaks;
    for (const Offer& offer : offers) {
        for (const std::string& reason : offer.conditions) {
            if (std::ranges::find(reasons, reason) == reasons.end()) {
                reasons.push_back(reason);
            }
        }
        for (const std::size_t index : offer.breaks) {
            if (std::ranges::find(breaks, index) == breaks.end()) {
                breaks.push_back(index);
            }
        }
    }
    for (const std::string& reason : reasons) {
        answer.would_change.push_back(sentence("some offers need more than themselves: " + reason));
    }
    for (const std::size_t index : breaks) {
        answer.would_change.push_back(sentence("some offers break " + obligation_phrase(study, index) +
                                               "; the price is counted above"));
    }
    std::vector<std::string> ruled_out;
    for (const auto& [offer, obligation] : found.ruled_out) {
        ruled_out.push_back(study.quoted(offer.issue, offer.option) + ", which " +
                            obligation_phrase(study, obligation) + " rules out");
    }
    if (!ruled_out.empty()) {
        answer.would_change.push_back(sentence("not counted: " + list_text(ruled_out)));
    }
    // That the first concession keeps its place, or, with none, that the first offer stays free and wanted.
    std::vector<std::size_t> deals;
    const Offer& first = priced.empty() ? *free.front() : *priced.front();
    deals.push_back(study.sheet().add(first.offered));
    for (std::size_t i = 1; i < priced.size(); ++i) {
        deals.push_back(study.sheet().add(priced[i]->offered));
    }
    const std::size_t start = study.sheet().add(found.start);
    const auto ratio = [start, giver, receiver](const Sheet& sheet, std::size_t deal) {
        const double cost = sheet.gain(giver, start) - sheet.gain(giver, deal);
        const double worth = sheet.gain(receiver, deal) - sheet.gain(receiver, start);
        return worth <= rounding_error  ? 0
               : cost <= rounding_error ? std::numeric_limits<double>::infinity()
                                        : worth / cost;
    };
    const std::string offer_text = study.quoted(first.issue, first.option);
    if (priced.empty()) {
        draft.conclusion = {
            offer_text + " stays worth something to " + whom + " and costs " + who + " nothing",
            [ratio, deals](const Sheet& sheet) { return std::isinf(ratio(sheet, deals.front())); }};
    } else {
        draft.conclusion = {"no other concession is worth more to " + whom + " for its cost to " + who +
                                " than " + offer_text,
                            [ratio, deals](const Sheet& sheet) {
                                const double mine = ratio(sheet, deals.front());
                                return mine > 0 && std::ranges::none_of(deals, [&](std::size_t deal) {
                                           return ratio(sheet, deal) > mine * (1 + rounding_error);
                                       });
                            }};
    }
    if (priced.size() > 1 && !study.drawn) {
        answer.would_change.push_back(
            sentence("the first concession loses its place if it costs more than " +
                     points_text(priced[0]->best_worth().to_double() / priced[1]->ratio())));
    }
    return draft;
}

}  // namespace steelyard::report
