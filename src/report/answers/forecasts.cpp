// SPDX-License-Identifier: Apache-2.0
#include "report/answers/forecasts.hpp"

#include "steelyard/forecast/challenge.hpp"
#include "steelyard/forecast/exchange.hpp"
#include "steelyard/forecast/forecast.hpp"
#include "steelyard/forecast/procedural.hpp"
#include "steelyard/forecast/spatial.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace steelyard::report {

namespace {

/// The models' results for one table, each run once.
struct Models {
    forecast::ForecastInput input;
    forecast::ForecastResult side_by_side;
    forecast::ProceduralResult procedural;
    forecast::ChallengeResult challenge;
    forecast::ExchangeResult exchange;
    forecast::SpatialResult spatial;
};

Models run_all(const Study& study, const TableStudy& at) {
    const Case& subject = study.subject;
    const Context& context = study.context;
    Models models;
    models.input = forecast::forecast_input(subject, at.table.id);
    forecast::ForecastOptions options;
    options.table = at.table.id;
    models.side_by_side = forecast::forecast(subject, options, context);
    forecast::ProceduralOptions procedural;
    procedural.table = at.table.id;
    models.procedural = forecast::procedural(subject, procedural, context);
    forecast::ChallengeOptions challenge;
    challenge.table = at.table.id;
    models.challenge = forecast::challenge(subject, challenge, context);
    forecast::ExchangeOptions exchange;
    exchange.table = at.table.id;
    models.exchange = forecast::exchange(subject, exchange, context);
    forecast::SpatialOptions spatial;
    spatial.table = at.table.id;
    models.spatial = forecast::spatial(subject, spatial, context);
    return models;
}

class Storyteller {
public:
    Storyteller(const Study& study, const TableStudy& at)
        : study_(study), at_(at), models_(run_all(study, at)) {}

    [[nodiscard]] AnswerPart part() const;

private:
    [[nodiscard]] std::string who(const std::string& id) const {
        return study_.name(find_actor(study_.subject, id));
    }
    [[nodiscard]] std::string one_or_many(const std::string& id, std::string_view one,
                                          std::string_view many) const {
        return who(id) + std::string(study_.verb(find_actor(study_.subject, id), one, many));
    }
    [[nodiscard]] std::string name(const std::string& issue) const {
        return study_.issue_name(find_issue(study_.subject, issue));
    }
    /// The option nearest to a place, quoted.
    [[nodiscard]] std::string at_place(const std::string& issue, double place) const {
        const std::size_t k = index(issue);
        const auto& options = models_.input.options[k];
        const IssueId id = find_issue(study_.subject, issue);
        return "“" +
               study_.option_name(id, find_option(study_.subject, id,
                                                  options[forecast::nearest_option(options, place)].id)) +
               "”";
    }
    [[nodiscard]] std::size_t index(const std::string& issue) const {
        return static_cast<std::size_t>(std::ranges::find(models_.input.issues, issue) -
                                        models_.input.issues.begin());
    }

    [[nodiscard]] std::vector<IssueOutlook> outlooks() const;
    [[nodiscard]] std::vector<PositionLines> rounds() const;
    [[nodiscard]] std::vector<ExchangeArrows> exchanges() const;
    void add_table(AnswerPart& answer) const;
    void add_pivots(AnswerPart& answer) const;
    void add_challenges(AnswerPart& answer) const;
    void add_exchanges(AnswerPart& answer) const;
    void add_turns(AnswerPart& answer) const;

    const Study& study_;
    const TableStudy& at_;
    Models models_;
};

std::vector<IssueOutlook> Storyteller::outlooks() const {
    std::vector<IssueOutlook> rows;
    const forecast::ForecastInput& input = models_.input;
    for (const forecast::ForecastIssue& found : models_.side_by_side.issues) {
        const IssueId issue = find_issue(study_.subject, found.issue);
        const std::size_t k = index(found.issue);
        IssueOutlook row;
        row.issue = found.issue;
        row.name = study_.issue_name(issue);
        for (const forecast::PlacedOption& option : input.options[k]) {
            row.options.push_back(
                {study_.option_name(issue, find_option(study_.subject, issue, option.id)), option.place});
        }
        for (std::size_t a = 0; a < input.actor_count(); ++a) {
            if (input.has(a, k)) {
                row.positions.emplace_back(input.actors[a], input.position[input.at(a, k)]);
            }
        }
        row.today = input.status_quo[k];
        for (const forecast::ModelForecast& model : found.models) {
            if (model.value) {
                row.models.emplace_back(forecast::name_of(model.model), *model.value);
            }
        }
        row.middle = found.value;
        if (found.value) {
            row.option = study_.option_name(issue, find_option(study_.subject, issue, found.option));
            row.likelihood = found.likelihood;
            row.band = found.band;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<PositionLines> Storyteller::rounds() const {
    std::vector<PositionLines> lines;
    const auto way = [](const PositionLines& line) {
        double sum = 0;
        for (const auto& [actor, places] : line.places) {
            sum += std::abs(places.back() - places.front());
        }
        return sum;
    };
    for (const forecast::ChallengeIssue& issue : models_.challenge.issues) {
        PositionLines line{"challenge", issue.issue, name(issue.issue), {}};
        for (std::size_t a = 0; a < issue.actors.size(); ++a) {
            std::vector<double> places;
            for (const forecast::ChallengeRound& round : issue.rounds) {
                places.push_back(round.positions[a]);
            }
            line.places.emplace_back(issue.actors[a], std::move(places));
        }
        lines.push_back(std::move(line));
    }
    const forecast::SpatialResult& spatial = models_.spatial;
    for (std::size_t k = 0; k < models_.input.issue_count() && !spatial.turns.empty(); ++k) {
        PositionLines line{"spatial", models_.input.issues[k], name(models_.input.issues[k]), {}};
        for (std::size_t a = 0; a < spatial.actors.size(); ++a) {
            std::vector<double> places;
            for (const forecast::SpatialTurn& turn : spatial.turns) {
                places.push_back(turn.positions[a][k]);
            }
            line.places.emplace_back(spatial.actors[a], std::move(places));
        }
        lines.push_back(std::move(line));
    }
    constexpr double standing = 0.5;  // places: less than that nobody sees
    std::erase_if(lines,
                  [&](const PositionLines& line) { return line.places.empty() || way(line) < standing; });
    std::ranges::stable_sort(lines, [&](const PositionLines& one, const PositionLines& other) {
        return one.model != other.model ? one.model > other.model : way(one) > way(other);
    });
    return lines;
}

std::vector<ExchangeArrows> Storyteller::exchanges() const {
    std::vector<ExchangeArrows> arrows;
    for (const forecast::ExchangeRound& round : models_.exchange.rounds) {
        for (const forecast::RealisedExchange& made : round.exchanges) {
            const auto step = [&](const forecast::ExchangeSide& side) {
                return ExchangeStep{side.actor, name(side.gives_way_on), side.from, side.to};
            };
            ExchangeArrows arrow{step(made.first), step(made.second), made.first.gain, {}};
            for (const forecast::Externality& effect : made.externalities) {
                arrow.others.emplace_back(effect.actor, effect.effect);
            }
            arrows.push_back(std::move(arrow));
        }
    }
    std::ranges::stable_sort(arrows, std::ranges::greater{}, &ExchangeArrows::gain);
    constexpr double slight = 0.05;  // shown with one decimal, less than that is nothing
    std::erase_if(arrows, [](const ExchangeArrows& arrow) { return arrow.gain < slight; });
    return arrows;
}

void Storyteller::add_table(AnswerPart& answer) const {
    FactTable table;
    table.caption = "What the forecasting models expect, issue by issue";
    table.columns = {"Issue", "Middle of the models", "That exactly this comes out is", "Models' range",
                     "As in the balanced deal"};
    const Deal* nash = at_.agreement() ? &at_.likely()->deal : nullptr;
    for (const forecast::ForecastIssue& row : models_.side_by_side.issues) {
        const IssueId issue = find_issue(study_.subject, row.issue);
        if (!row.value) {
            table.rows.push_back(
                {cell(study_.issue_name(issue)), cell("no forecast"), cell(""), cell(""), cell("")});
            continue;
        }
        const OptionId option = find_option(study_.subject, issue, row.option);
        table.rows.push_back(
            {cell(study_.issue_name(issue)), cell(study_.option_name(issue, option)),
             cell(*to_value(row.band).get<std::string>() + " (" + share_text(row.likelihood) + ")"),
             cell(number_text(std::round(row.low.value_or(0))) + " to " +
                  number_text(std::round(row.high.value_or(0)))),
             cell(nash == nullptr                  ? "–"
                  : (*nash)[issue.index] == option ? "yes"
                                                   : "no")});
    }
    answer.tables.push_back(std::move(table));
}

void Storyteller::add_pivots(AnswerPart& answer) const {
    std::map<std::string, std::size_t> pivots;
    for (const forecast::ProceduralIssue& issue : models_.procedural.issues) {
        if (!issue.pivot.empty()) {
            ++pivots[issue.pivot];
        }
    }
    const auto most =
        std::ranges::max_element(pivots, {}, &std::pair<const std::string, std::size_t>::second);
    if (most != pivots.end()) {
        answer.why.push_back(sentence("were it put to a vote weighted by capability, " +
                                      one_or_many(most->first, " would be", " would be") + " pivotal on " +
                                      std::to_string(most->second) + " of " +
                                      count_of(models_.procedural.issues.size(), "issue")));
    }
}

void Storyteller::add_challenges(AnswerPart& answer) const {
    struct Step {
        const forecast::ChallengeIssue* issue;
        const forecast::ChallengeMove* move;
    };
    std::vector<Step> steps;
    for (const forecast::ChallengeIssue& issue : models_.challenge.issues) {
        for (const forecast::ChallengeRound& round : issue.rounds) {
            for (const forecast::ChallengeMove& move : round.moves) {
                steps.push_back({&issue, &move});
            }
        }
    }
    std::ranges::stable_sort(steps, std::ranges::greater{},
                             [](const Step& step) { return std::abs(step.move->to - step.move->from); });
    constexpr std::size_t shown = 3;
    for (std::size_t s = 0; s < std::min(shown, steps.size()); ++s) {
        const forecast::ChallengeMove& move = *steps[s].move;
        const std::string& issue = steps[s].issue->issue;
        std::string reason;
        switch (move.kind) {
            case forecast::OfferKind::conflict:
                reason = "both expect to win a contest, and it turns out the weaker one";
                break;
            case forecast::OfferKind::compromise:
                reason = "the other looks stronger, and it goes part of the way";
                break;
            case forecast::OfferKind::capitulation:
                reason = "it has more to lose in a contest than the other to win";
                break;
        }
        answer.why.push_back(
            sentence("in the challenge model, " + one_or_many(move.actor, " moves", " move") + " from " +
                     at_place(issue, move.from) + " to " + at_place(issue, move.to) + " on “" + name(issue) +
                     "” at the demand of " + who(move.towards) + ": " + reason));
    }
}

void Storyteller::add_turns(AnswerPart& answer) const {
    if (models_.spatial.turns.size() < 2) {
        return;
    }
    const std::string turns = count_of(models_.spatial.turns.size() - 1, "turn");
    switch (models_.spatial.end) {
        case forecast::SpatialEnd::agreed:
            answer.why.push_back(sentence(
                "in the spatial model, where every actor bargains with one other at a time, all stand at one "
                "place after " +
                turns));
            break;
        case forecast::SpatialEnd::settled:
            answer.why.push_back(
                sentence("in the spatial model, where every actor bargains with one other at a time, hardly "
                         "anybody moves "
                         "any more after " +
                         turns));
            break;
        case forecast::SpatialEnd::limit:
            answer.why.push_back(sentence("in the spatial model the actors still move after " + turns));
            break;
    }
}

void Storyteller::add_exchanges(AnswerPart& answer) const {
    const auto found = exchanges();
    if (found.empty()) {
        answer.why.push_back(
            "The exchange model finds no trade of two issues from which both partners gain.");
        return;
    }
    const ExchangeArrows& first = found.front();
    const auto step = [&](const ExchangeStep& side) {
        return one_or_many(side.actor, " gives", " give") + " way on “" + side.issue + "” (from " +
               number_text(std::round(side.from)) + " to " + number_text(std::round(side.to)) + ")";
    };
    answer.why.push_back(sentence("the exchange model makes " + count_of(found.size(), "trade") +
                                  "; in the most rewarding one " + step(first.first) + " and " +
                                  step(first.second)));
    if (models_.input.actor_count() < 3) {
        return;
    }
    FactTable table;
    table.caption =
        "What the trades of the exchange model do to everybody, in places of the outcome times salience";
    table.columns = {"Actor", "From its own trades", "Gained by others' trades", "Lost by others' trades",
                     "Hurt most by the trade of"};
    const forecast::ExchangeBalance* hurt = nullptr;
    for (const forecast::ExchangeBalance& row : models_.exchange.balances) {
        std::vector<std::string> partners;
        for (const std::string& id : row.hurt_most_by) {
            partners.push_back(who(id));
        }
        const double lost = row.inner_losses + row.outer_losses;
        table.rows.push_back({cell(study_.heading(find_actor(study_.subject, row.actor))), Value(row.own),
                              Value(row.inner_gains + row.outer_gains), Value(lost),
                              cell(partners.empty() ? "nobody" : list_text(partners))});
        if (!partners.empty() &&
            (hurt == nullptr || std::abs(lost) > std::abs(hurt->inner_losses + hurt->outer_losses))) {
            hurt = &row;
        }
    }
    if (hurt != nullptr) {
        answer.why.push_back(sentence(one_or_many(hurt->actor, " is", " are") +
                                      " hurt most by bargains of others, above all by that of " +
                                      who(hurt->hurt_most_by.front()) + " and " +
                                      who(hurt->hurt_most_by.back())));
    }
    answer.tables.push_back(std::move(table));
}

AnswerPart Storyteller::part() const {
    AnswerPart answer;
    answer.title = "What the forecasting models expect";
    answer.label = Label::descriptive;
    ForecastFacts facts{at_.table.id, outlooks(), rounds(), exchanges()};
    std::size_t changed = 0;
    std::size_t same = 0;
    std::size_t foretold = 0;
    const IssueOutlook* surest = nullptr;
    const forecast::ForecastIssue* open = nullptr;
    for (std::size_t k = 0; k < facts.issues.size(); ++k) {
        const IssueOutlook& row = facts.issues[k];
        const forecast::ForecastIssue& found = models_.side_by_side.issues[k];
        if (!row.middle) {
            continue;
        }
        ++foretold;
        const IssueId issue = find_issue(study_.subject, row.issue);
        const OptionId option = find_option(study_.subject, issue, found.option);
        changed += study_.today(issue) != option ? 1U : 0U;
        same += at_.agreement() && at_.likely()->deal[issue.index] == option ? 1U : 0U;
        if (surest == nullptr || row.likelihood > surest->likelihood) {
            surest = &row;
        }
        if (open == nullptr || found.spread > open->spread) {
            open = &found;
        }
    }
    if (surest == nullptr) {
        answer.sentence = "None of the forecasting models gives an outcome for any issue of this table.";
        return answer;
    }
    const std::string all = count_of(foretold, "issue");
    answer.sentence = sentence(
        study_.has_today(at_)
            ? "the forecasting models, issue by issue, expect a change on " + std::to_string(changed) +
                  " of " + all +
                  (at_.agreement() ? "; they agree with the balanced deal on " + std::to_string(same)
                                   : std::string())
            : "the forecasting models, issue by issue, give an outcome for " + all +
                  (at_.agreement() ? ", on " + std::to_string(same) + " of them as in the balanced deal"
                                   : ""));
    answer.why.push_back(
        "The models look at each issue by itself, by the actors' position, salience and capability; the "
        "middle "
        "of the models is their median.");
    add_pivots(answer);
    add_challenges(answer);
    add_turns(answer);
    add_table(answer);
    add_exchanges(answer);
    if (const double error = models_.side_by_side.record_error; error > 0) {
        answer.why.push_back(sentence(
            "confidence in such forecasts is low: where the outcome is known, the middle of these models "
            "was off by " +
            number_text(std::round(error)) + " of 100 places on average"));
    }
    answer.likelihood = Likelihood{
        surest->likelihood, surest->band,
        sentence("the outcome most to be expected is “" + surest->name + ": " + surest->option + "”: " +
                 *to_value(surest->band).get<std::string>() + " (" + share_text(surest->likelihood) + ")")};
    constexpr double apart = 0.5;
    answer.would_change.push_back(
        open->spread < apart
            ? "The models do not differ on any issue; other positions or saliences would move all of them."
            : sentence("which model one trusts matters most on “" + name(open->issue) +
                       "”, where the models go from " + at_place(open->issue, open->low.value_or(0)) +
                       " to " + at_place(open->issue, open->high.value_or(0))));
    answer.forecast = std::move(facts);
    return answer;
}

}  // namespace

AnswerPart models_part(const Study& study, const TableStudy& at) {
    std::size_t stated = 0;
    for (const ActorId actor : at.table.actors) {
        stated += study.subject[actor].capability ? 1U : 0U;
    }
    if (stated == at.table.actors.size()) {
        return Storyteller(study, at).part();
    }
    AnswerPart answer;
    answer.title = "What the forecasting models expect";
    answer.label = Label::descriptive;
    answer.sentence =
        sentence("the forecasting models cannot be asked: " + std::to_string(stated) + " of the " +
                 count_of(at.table.actors.size(), "actor") + " at the table" +
                 (stated > 1 ? " have" : " has") + " a stated capability, and the models need all");
    answer.why.emplace_back("Capability is what an actor can bring to bear; it weighs the positions.");
    answer.would_change.emplace_back("A `capability` for every actor of the table in the case.");
    return answer;
}

}  // namespace steelyard::report
