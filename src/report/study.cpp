// SPDX-License-Identifier: Apache-2.0
#include "report/study.hpp"

#include "report/answers/conflict.hpp"
#include "report/scan.hpp"
#include "report/sheet.hpp"
#include "report/words.hpp"
#include "steelyard/linkage/order.hpp"
#include "steelyard/model/numbers.hpp"

#include <algorithm>
#include <cstdlib>

namespace steelyard::report {

namespace {

/// A count printed by an analysis, as a double: for shares only.
double as_double(const std::string& digits) {
    return std::strtod(digits.c_str(), nullptr);
}

std::vector<std::string> split(std::string_view pointer) {
    std::vector<std::string> parts;
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        const std::size_t slash = pointer.find('/');
        parts.emplace_back(pointer.substr(0, slash));
        pointer.remove_prefix(slash == std::string_view::npos ? pointer.size() : slash);
    }
    return parts;
}

/// By actor: whether the deal leaves it at least its no-deal value; only those at the table count.
std::vector<bool> who_is_willing(const Case& subject, const Scores& scores, const Table& table,
                                 const Deal& deal) {
    std::vector<bool> willing(subject.actors.size());
    for (const ActorId actor : table.actors) {
        willing[actor.index] = scores.of(actor, deal) >= scores.no_deal(actor);
    }
    return willing;
}

}  // namespace

// ---- TableStudy ---------------------------------------------------------------------------------

const ChosenDeal* TableStudy::by(space::Concept wanted) const {
    for (const ChosenDeal& choice : chosen) {
        if (std::ranges::find(choice.concepts, wanted) != choice.concepts.end()) {
            return &choice;
        }
    }
    return nullptr;
}

bool TableStudy::is_open(IssueId issue) const {
    return std::ranges::find(open, issue) != open.end();
}

bool TableStudy::seats(ActorId actor) const {
    return std::ranges::find(table.actors, actor) != table.actors.end();
}

std::vector<const Deal*> TableStudy::candidates() const {
    std::vector<const Deal*> deals;
    for (std::size_t i = 0; i < efficient.size(); ++i) {
        if (accepted[i]) {
            deals.push_back(&efficient[i]);
        }
    }
    return deals;
}

std::optional<double> TableStudy::acceptable_share() const {
    const double feasible = as_double(frontier.feasible);
    if (feasible <= 0) {
        return std::nullopt;
    }
    return as_double(frontier.acceptable) / feasible;
}

TableStudy study_table(const Case& subject, const Table& table, const Context& context) {
    TableStudy study;
    study.table = table;
    for (const IssueId issue : table.issues) {
        if (!settled_option(subject, issue)) {
            study.open.push_back(issue);
        }
    }
    const Scores scores(subject);
    study.frontier = space::frontier(subject, {.table = table.id}, context);
    for (const space::FrontierPoint& point : study.frontier.points) {
        const Deal deal = deal_from_names(subject, point.deal);
        study.accepted.push_back(accepts(table, who_is_willing(subject, scores, table, deal)));
        study.efficient.push_back(deal);
    }
    for (const space::Solution& solution :
         space::solutions(subject, {.table = table.id, .concepts = {}}, context).solutions) {
        const Deal deal = deal_from_names(subject, solution.deal);
        const auto same = std::ranges::find(study.chosen, deal, &ChosenDeal::deal);
        if (same != study.chosen.end()) {
            same->concepts.push_back(solution.concept_name);
        } else {
            study.chosen.push_back({{solution.concept_name}, deal, solution.ties});
        }
    }
    const double feasible = as_double(study.frontier.feasible);
    for (const ActorId actor : table.actors) {
        Table alone = table;
        alone.actors = {actor};
        alone.accept = {};
        const double accepted =
            as_double(space::frontier(with_table(subject, alone), {.table = table.id}, context).acceptable);
        study.willing.push_back({actor, feasible > 0 ? accepted / feasible : 0, 0});
    }
    for (const Deal& deal : study.efficient) {
        std::vector<bool> willing = who_is_willing(subject, scores, table, deal);
        if (accepts(table, willing)) {
            continue;
        }
        for (Willingness& row : study.willing) {
            if (!willing[row.actor.index]) {
                willing[row.actor.index] = true;
                row.stops += accepts(table, willing) ? 1U : 0U;
                willing[row.actor.index] = false;
            }
        }
    }
    return study;
}

Case with_table(const Case& subject, const Table& table) {
    Case variant = subject;
    variant.tables = effective_tables(subject);
    for (Table& candidate : variant.tables) {
        if (candidate.id == table.id) {
            candidate = table;
        }
    }
    return variant;
}

Case after(const Case& subject, const Scores& scores, const std::vector<IssueId>& issues, const Deal& deal) {
    Case variant = subject;
    for (const IssueId issue : issues) {
        variant.issues[issue.index].status_quo = deal[issue.index];
    }
    const auto before = status_quo_deal(subject);
    const auto now = status_quo_deal(variant);
    for (Preference& preference : variant.preferences) {
        if (preference.no_deal && before && now) {
            const Rational moved = scores.of(preference.actor, *now) - scores.of(preference.actor, *before);
            preference.no_deal = Number(scores.no_deal(preference.actor) + moved);
        }
    }
    return variant;
}

// ---- numbers ------------------------------------------------------------------------------------

std::vector<CaseNumber> list_numbers(const Case& subject, const evidence::EvidenceResult& evidence) {
    std::map<std::string_view, std::size_t> claims;
    for (std::size_t c = 0; c < subject.claims.size(); ++c) {
        claims.emplace(subject.claims[c].id, c);
    }
    std::map<std::string_view, const evidence::NumberFinding*> findings;
    for (const evidence::NumberFinding& finding : evidence.numbers) {
        findings.emplace(finding.number, &finding);
    }
    std::vector<CaseNumber> numbers;
    for_each_number(subject, [&](const std::string& pointer, const Number& number) {
        const std::vector<std::string> parts = split(pointer);
        CaseNumber entry;
        entry.pointer = pointer;
        entry.number = number;
        const evidence::NumberFinding& finding = *findings.at(pointer);
        entry.assumption = finding.assumption;
        for (const std::string& claim : finding.claims) {
            entry.because.emplace_back(claims.at(claim));
        }
        const std::string& section = parts.front();
        if (section == "actors") {
            entry.role = NumberRole::capability;
            entry.actor = find_actor(subject, parts[1]);
        } else if (section == "preferences") {
            entry.actor = find_actor(subject, parts[1]);
            if (parts[2] == "no_deal") {
                entry.role = NumberRole::no_deal;
            } else {
                entry.issue = find_issue(subject, parts[3]);
                if (parts[2] == "weights") {
                    entry.role = NumberRole::weight;
                } else if (parts[2] == "positions") {
                    entry.role = NumberRole::stance;
                } else {
                    entry.option = find_option(subject, *entry.issue, parts[4]);
                }
            }
        } else if (section == "bundles" || section == "obligations") {
            entry.role = section == "bundles" ? NumberRole::bundle : NumberRole::obligation;
            entry.index = static_cast<std::size_t>(std::stoul(parts[1]));
            entry.actor = find_actor(subject, parts[3]);
        } else if (section == "tables") {
            entry.role = NumberRole::power;
            entry.actor = find_actor(subject, parts[3]);
        } else {
            entry.role = NumberRole::move;
            entry.actor = find_actor(subject, parts[2]);
        }
        numbers.push_back(std::move(entry));
    });
    return numbers;
}

// ---- Study --------------------------------------------------------------------------------------

Study::Study(const Case& subject_, const Context& context_)
    : subject(subject_),
      context(context_),
      scores(subject_),
      tables(effective_tables(subject_)),
      evidence(evidence::evidence(subject_, {}, context_)),
      numbers(list_numbers(subject_, evidence)),
      studied_(tables.size()) {}

Study::~Study() = default;

const Scan& Study::scan(const TableStudy& at) {
    auto& slot = scans_[at.table.id];
    if (!slot) {
        slot = std::make_unique<Scan>(scan_table(*this, at));
    }
    return *slot;
}

const ConflictStudy* Study::conflict(const TableStudy& at) {
    const auto [slot, fresh] = conflicts_.try_emplace(at.table.id);
    if (fresh) {
        if (auto found = study_conflict(*this, at)) {
            slot->second = std::make_unique<ConflictStudy>(std::move(*found));
        }
    }
    return slot->second.get();
}

const linkage::OrderRow& Study::play(const TableStudy& at) {
    auto& slot = plays_[at.table.id];
    if (!slot) {
        linkage::OrderOptions options;
        options.tables = {at.table.id};
        slot = std::make_unique<linkage::OrderRow>(
            std::move(linkage::order(subject, options, context).orders.front()));
    }
    return *slot;
}

Sheet& Study::sheet() {
    if (!sheet_) {
        sheet_ = std::make_unique<Sheet>(*this);
    }
    return *sheet_;
}

const TableStudy& Study::at(std::string_view id) {
    const Table table = find_table(subject, id);
    const auto found = std::ranges::find(tables, table.id, &Table::id);
    auto& slot = studied_[static_cast<std::size_t>(found - tables.begin())];
    if (!slot) {
        context.report("table " + table.id, 0, 0);
        slot = study_table(subject, table, context);
    }
    return *slot;
}

const TableStudy& Study::at(const QuestionPart& part) {
    return part.tables.empty() ? at("") : at(tables[part.tables.front().index].id);
}

std::vector<const TableStudy*> Study::studied() const {
    std::vector<const TableStudy*> found;
    for (const auto& slot : studied_) {
        if (slot) {
            found.push_back(&*slot);
        }
    }
    return found;
}

std::string Study::name(ActorId actor) const {
    const Actor& person = subject[actor];
    return in_sentence(person.name.empty() ? person.id : person.name);
}

std::string Study::heading(ActorId actor) const {
    const Actor& person = subject[actor];
    return std::string(short_name(person.name.empty() ? person.id : person.name));
}

std::string_view Study::verb(ActorId actor, std::string_view one, std::string_view several) const {
    return is_plural(subject[actor].name) ? several : one;
}

std::string Study::names(const std::vector<ActorId>& actors) const {
    std::vector<std::string> items;
    for (const ActorId actor : actors) {
        items.push_back(name(actor));
    }
    return list_text(items);
}

std::string Study::table_name(const Table& table) const {
    return table.name.empty() ? table.id : table.name;
}

const std::string& Study::issue_name(IssueId issue) const {
    const Issue& item = subject[issue];
    return item.name.empty() ? item.id : item.name;
}

const std::string& Study::option_name(IssueId issue, OptionId option) const {
    const Option& item = subject.option(issue, option);
    return item.name.empty() ? item.id : item.name;
}

std::string Study::quoted(IssueId issue, OptionId option) const {
    return "“" + option_text(issue, option) + "”";
}

std::string Study::option_text(IssueId issue, OptionId option) const {
    return issue_name(issue) + ": " + option_name(issue, option);
}

std::optional<OptionId> Study::today(IssueId issue) const {
    const auto settled = settled_option(subject, issue);
    return settled ? settled : subject[issue].status_quo;
}

bool Study::has_today(const TableStudy& study) const {
    return std::ranges::any_of(study.open, [&](IssueId issue) { return today(issue).has_value(); });
}

Rational Study::base(ActorId actor, IssueId issue) const {
    if (const auto option = today(issue)) {
        return scores.points(actor, issue, *option);
    }
    Rational worst = scores.points(actor, issue, OptionId{});
    for (std::size_t o = 1; o < subject[issue].options.size(); ++o) {
        worst = std::min(worst, scores.points(actor, issue, OptionId(o)));
    }
    return worst;
}

Rational Study::range(ActorId actor, IssueId issue) const {
    Rational low = scores.points(actor, issue, OptionId{});
    Rational high = low;
    for (std::size_t o = 1; o < subject[issue].options.size(); ++o) {
        low = std::min(low, scores.points(actor, issue, OptionId(o)));
        high = std::max(high, scores.points(actor, issue, OptionId(o)));
    }
    return high - low;
}

Rational Study::stake(ActorId actor, const TableStudy& study) const {
    Rational sum;
    for (const IssueId issue : study.open) {
        sum += range(actor, issue);
    }
    return sum;
}

Rational Study::gain(ActorId actor, const Deal& deal) const {
    return scores.of(actor, deal) - scores.no_deal(actor);
}

double Study::share(ActorId actor, const TableStudy& study, const Rational& gain) const {
    const Rational all = stake(actor, study);
    return all > Rational{} ? gain.to_double() / all.to_double() : 0;
}

std::vector<std::string> Study::changes(const TableStudy& study, const Deal& deal) const {
    std::vector<std::string> items;
    for (const IssueId issue : study.open) {
        const OptionId option = deal[issue.index];
        if (today(issue) != option) {
            items.push_back(issue_name(issue) + " (" + option_name(issue, option) + ")");
        }
    }
    return items;
}

std::vector<std::size_t> Study::broken(const Deal& deal) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < subject.obligations.size(); ++i) {
        if (subject.obligations[i].broken_by(deal)) {
            found.push_back(i);
        }
    }
    return found;
}

}  // namespace steelyard::report
