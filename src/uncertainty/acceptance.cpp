// SPDX-License-Identifier: Apache-2.0
#include "steelyard/uncertainty/acceptance.hpp"

#include "steelyard/model/tables.hpp"

#include <algorithm>

namespace steelyard::uncertainty {

namespace {

/// The share of draws in which the target is true.
Chance chance_of(const TargetSpread& spread) {
    Chance chance{0, 0.0, likelihood_band(0)};
    for (const ShareResult& share : spread.shares) {
        if (share.text == "true") {
            chance = {share.share, share.error, share.band};
        }
    }
    return chance;
}

/// The Nash deal with every number at its best, restricted to what the table settles; empty without one.
Named<std::string> nash_deal(const Case& subject, const Table& table, const Context& context) {
    const Value found = context.run(
        "solutions", subject,
        Value(Value::Map{{"table", Value(table.id)}, {"concepts", Value(Value::List{Value("nash")})}}));
    Named<std::string> deal;
    const auto* solutions = found.find("solutions")->get<Value::List>();
    if (solutions == nullptr || solutions->empty()) {
        return deal;
    }
    for (const auto& [issue, option] : *solutions->front().find("deal")->get<Value::Map>()) {
        deal.emplace_back(issue, *option.get<std::string>());
    }
    return deal;
}

}  // namespace

AcceptanceResult acceptance(const Case& subject, const AcceptanceOptions& options, const Context& context,
                            const Catalogue& catalogue, std::string_view study) {
    const Table table = find_table(subject, options.table);
    AcceptanceResult result;
    result.table = table.id;
    result.deal = options.deal.empty() ? nash_deal(subject, table, context) : options.deal;
    const std::string solutions = "solutions(table=" + table.id + ";concepts=nash):";
    EnsembleOptions asked;
    asked.draws = options.draws;
    asked.design = options.design;
    asked.factors = options.factors;
    asked.targets.push_back(solutions + "acceptable_exists");
    std::vector<std::string> issues;
    for (const IssueId issue : table.issues) {
        issues.push_back(subject[issue].id);
        asked.targets.push_back(solutions + "solutions[0].deal." + subject[issue].id);
    }
    std::vector<std::string> actors;
    if (!result.deal.empty()) {
        std::string text;
        for (const auto& [issue, option] : result.deal) {
            text += (text.empty() ? "" : ",") + issue + '=' + option;
        }
        const std::string score = "score(table=" + table.id + ";nearest=0;deal=" + text + "):";
        asked.targets.push_back(score + "acceptable");
        for (const ActorId actor : table.actors) {
            actors.push_back(subject[actor].id);
            asked.targets.push_back(score + "gains." + actors.back() + " < 0");
            asked.targets.push_back(score + "gains." + actors.back());
        }
    }
    const EnsembleResult drawn = ensemble(subject, asked, context, catalogue, study);
    result.draws = drawn.draws;
    result.stopped = drawn.stopped;
    result.any = chance_of(drawn.targets[0]);
    for (std::size_t i = 0; i < issues.size(); ++i) {
        result.options.push_back({issues[i], drawn.targets[1 + i].shares});
    }
    if (!result.deal.empty()) {
        const std::size_t first = 1 + issues.size();
        result.acceptable = chance_of(drawn.targets[first]);
        for (std::size_t a = 0; a < actors.size(); ++a) {
            result.refusals.push_back({actors[a], chance_of(drawn.targets[first + 1 + 2 * a]),
                                       drawn.targets[first + 2 + 2 * a].mean.value_or(0)});
        }
        std::ranges::stable_sort(result.refusals, std::greater<>(),
                                 [](const Refusal& refusal) { return refusal.chance.share; });
    }
    return result;
}

}  // namespace steelyard::uncertainty
