// SPDX-License-Identifier: Apache-2.0
// Long: one maker, with a method for every section of a case.
#include "unit/format/random_case.hpp"

#include "steelyard/model/numbers.hpp"

#include <array>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

namespace steelyard::test {

namespace {

/// Below `end`.
std::size_t below(std::size_t end) {
    return *rc::gen::inRange<std::size_t>(0, end);
}

bool coin() {
    return below(2) == 1;
}

/// Texts that readers of YAML and JSON have taken for something else.
constexpr std::array kAwkward{
    "a: b",
    "a #b",
    "# a",
    "- a",
    "-a",
    "?",
    "? a",
    ": a",
    "a:",
    "[a]",
    "{a}",
    "a, b",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "'a'",
    "\"a\"",
    "a\"b'c",
    "%a",
    "@a",
    "`a`",
    "no",
    "Yes",
    "NULL",
    "~",
    "1",
    "-1.5",
    "1e3",
    "1/3",
    "55..85",
    "2025-10",
    "a\nb",
    "a\n\nb",
    "a\n",
    "a\n\n",
    "\na",
    " a",
    "a ",
    "a \nb",
    "a\n b",
    "\ta",
    "a\tb",
    "a\\nb",
    "a\r\nb",
    "\xC3\xA9",
    "\xE2\x80\xA8",
    "\xC2\x85",
    "\xF0\x9F\x98\x80",
    "\x01",
    "\x7F",
    "\xEF\xBB\xBF",
    "---",
    "...",
    "--- a",
    "<<",
    "=",
    "a  b",
    "https://a.b/c?d=e#f",
};

std::string random_text() {
    const std::size_t kind = below(10);
    if (kind < 4)
        return kAwkward.at(below(kAwkward.size()));
    if (kind < 6)
        return "plain words";
    std::string text;
    const std::size_t words = below(kind == 9 ? 40 : 4);
    for (std::size_t i = 0; i <= words; ++i) {
        text += i == 0 ? "" : below(20) == 0 ? "\n" : " ";
        text += kind == 8 && coin() ? std::string(kAwkward.at(below(kAwkward.size())))
                                    : "word" + std::to_string(i);
    }
    return text;
}

std::string maybe_text() {
    return coin() ? random_text() : std::string();
}

std::string random_id(std::string_view prefix, std::size_t index) {
    constexpr std::array kEndings{"", "_x", "-y", "no", "9"};
    return std::string(prefix) + kEndings.at(below(kEndings.size())) + std::to_string(index);
}

/// From `low` to `high`, whole, decimal or a fraction.
Rational random_between(std::int64_t low, std::int64_t high) {
    constexpr std::array<std::int64_t, 6> kDenominators{1, 1, 2, 3, 1000, 7};
    const std::int64_t denominator = kDenominators.at(below(kDenominators.size()));
    return Rational::fraction(*rc::gen::inRange<std::int64_t>(low * denominator, high * denominator + 1),
                              denominator);
}

/// `count` numbers from `low` to `high`, rising.
std::vector<Rational> rising(std::size_t count, std::int64_t low, std::int64_t high) {
    std::vector<Rational> numbers;
    for (std::size_t i = 0; i < count; ++i)
        numbers.push_back(random_between(low, high));
    std::ranges::sort(numbers);
    return numbers;
}

class Maker {
public:
    Case make() {
        case_.id = random_id("case", 0);
        case_.title = coin() ? case_.id : "T" + random_text();
        case_.as_of = maybe_text();
        case_.about = maybe_text();
        case_.citation = maybe_text();
        make_claims();
        make_actors();
        make_issues();
        make_preferences();
        make_couplings();
        make_tables();
        make_conflict();
        make_voting();
        make_rest();
        apply_sheet_basis(case_);
        return std::move(case_);
    }

private:
    std::string random_name(const std::string& id) { return coin() ? id : random_text(); }

    ActorId actor() { return ActorId(below(case_.actors.size())); }
    IssueId issue() { return IssueId(below(case_.issues.size())); }
    OptionId option(IssueId i) { return OptionId(below(case_[i].options.size())); }

    /// Some of the first `count` indices, in order, at least one.
    std::vector<std::size_t> some(std::size_t count) {
        std::vector<std::size_t> chosen;
        for (std::size_t i = 0; i < count; ++i) {
            if (coin())
                chosen.push_back(i);
        }
        if (chosen.empty())
            chosen.push_back(below(count));
        return chosen;
    }

    template <class T>
    std::vector<T> some_ids(std::size_t count) {
        std::vector<T> ids;
        for (const std::size_t i : some(count))
            ids.push_back(T(i));
        return ids;
    }

    std::vector<ClaimId> because() {
        return case_.claims.empty() || coin() ? std::vector<ClaimId>{}
                                              : some_ids<ClaimId>(case_.claims.size());
    }

    Basis basis() { return {because(), coin(), maybe_text()}; }

    Distribution distribution(std::int64_t low, std::int64_t high) {
        const auto r = [&](std::size_t n) { return rising(n, low, high); };
        switch (below(10)) {
            case 0: {
                const auto n = r(2);
                return Uniform{n[0], n[1]};
            }
            case 1: {
                const auto n = r(3);
                return Elicited{n[0], n[1], n[2], coin() ? Rational(1) : Rational::fraction(4, 5)};
            }
            case 2:
                return Normal{random_between(low, high), random_between(0, 5)};
            case 3: {
                const auto n = r(3);
                return Triangular{n[0], n[1], n[2]};
            }
            case 4: {
                const auto n = r(2);
                return Beta{random_between(1, 5), random_between(1, 5), n[0], n[1]};
            }
            case 5:
                return Lognormal{Rational::fraction(1, 2), Rational::fraction(1, 10)};
            case 6:
                return Discrete{{{random_between(low, high), Rational::fraction(1, 3)},
                                 {random_between(low, high), Rational::fraction(2, 3)}}};
            case 7:
                return Spread{random_between(low, high), random_between(0, 5)};
            default:
                return Exact{random_between(low, high)};
        }
    }

    Number number(std::int64_t low, std::int64_t high) {
        Number result(distribution(low, high));
        if (below(4) == 0)
            result.basis = basis();
        return result;
    }

    void make_claims() {
        for (std::size_t i = 0, n = below(3); i < n; ++i) {
            Source source;
            source.id = random_id("source", i);
            source.title = random_name(source.id);
            source.publisher = maybe_text();
            source.author = maybe_text();
            source.date = maybe_text();
            source.url = maybe_text();
            source.licence = maybe_text();
            source.note = maybe_text();
            source.origin = maybe_text();
            source.sha256 = maybe_text();
            if (coin())
                source.reliability = static_cast<char>('A' + below(6));
            case_.sources.push_back(source);
        }
        for (std::size_t i = 0, n = below(4); i < n; ++i) {
            Claim claim;
            claim.id = random_id("claim", i);
            claim.text = random_text();
            claim.kind = static_cast<ClaimKind>(below(4));
            claim.by = maybe_text();
            claim.date = maybe_text();
            claim.written_by = maybe_text();
            if (!case_.sources.empty() && coin()) {
                claim.source = SourceId(below(case_.sources.size()));
                SourcePlace place;
                place.paragraph = coin() ? std::optional(static_cast<int>(below(50)) + 1) : std::nullopt;
                place.start = coin() ? std::optional(static_cast<std::int64_t>(below(1000))) : std::nullopt;
                place.end =
                    coin() ? std::optional(static_cast<std::int64_t>(1000 + below(1000))) : std::nullopt;
                place.sha256 = maybe_text();
                place.exact = maybe_text();
                place.prefix = maybe_text();
                place.suffix = maybe_text();
                claim.at = place;
            }
            if (coin())
                claim.credibility = static_cast<int>(below(6)) + 1;
            if (i > 0 && coin())
                claim.superseded_by = ClaimId(below(i));
            if (i > 0 && coin())
                claim.contradicts = some_ids<ClaimId>(i);
            case_.claims.push_back(claim);
        }
    }

    void make_actors() {
        for (std::size_t i = 0, n = 2 + below(3); i < n; ++i) {
            Actor actor;
            actor.id = random_id("actor", i);
            actor.name = random_name(actor.id);
            actor.about = maybe_text();
            if (coin())
                actor.capability = number(0, 100);
            case_.actors.push_back(actor);
        }
    }

    void make_issues() {
        for (std::size_t i = 0, n = 1 + below(4); i < n; ++i) {
            Issue issue;
            issue.id = random_id("issue", i);
            issue.name = random_name(issue.id);
            issue.about = maybe_text();
            for (std::size_t k = below(3); k > 0; --k)
                issue.levels.push_back(random_text());
            issue.evenly_spaced = coin();
            const std::size_t options = 1 + below(4);
            for (std::size_t o = 0; o < options; ++o) {
                Option option;
                option.id = random_id("o", o);
                option.name = issue.evenly_spaced ? option.id : random_name(option.id);
                option.about = issue.evenly_spaced ? std::string() : maybe_text();
                option.place = !issue.evenly_spaced ? random_between(0, 100)
                               : options == 1       ? Rational(0)
                                                    : Rational::fraction(100 * static_cast<std::int64_t>(o),
                                                                         static_cast<std::int64_t>(options) - 1);
                issue.options.push_back(option);
            }
            if (coin())
                issue.status_quo = OptionId(below(options));
            case_.issues.push_back(issue);
        }
    }

    std::vector<std::vector<Number>> sheet(const std::vector<bool>& stakes, std::int64_t low,
                                           std::int64_t high) {
        std::vector<std::vector<Number>> rows(case_.issues.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            for (std::size_t o = 0; stakes[i] && o < case_.issues[i].options.size(); ++o)
                rows[i].push_back(number(low, high));
        }
        return rows;
    }

    void make_preferences() {
        for (std::size_t a = 0; a + 1 < case_.actors.size(); ++a) {  // the last actor has none
            Preference preference;
            preference.actor = ActorId(a);
            if (coin())
                preference.no_deal = number(-20, 100);
            std::vector<bool> stakes;
            for (std::size_t i = 0; i < case_.issues.size(); ++i)
                stakes.push_back(coin());
            switch (below(3)) {
                case 0:
                    preference.form = PointSheet{sheet(stakes, -50, 100)};
                    break;
                case 1: {
                    WeightedValues form;
                    form.values = sheet(stakes, 0, 100);
                    for (const bool stake : stakes)
                        form.weights.push_back(stake ? std::optional(number(0, 60)) : std::nullopt);
                    preference.form = form;
                    break;
                }
                default: {
                    Stances form;
                    for (const bool stake : stakes)
                        form.stances.push_back(stake ? std::optional(Stance{number(0, 100), number(0, 100)})
                                                     : std::nullopt);
                    preference.form = form;
                }
            }
            for (std::size_t i = 0; i < case_.issues.size(); ++i) {
                if (below(4) == 0)
                    preference.basis.push_back(
                        {IssueId(i), basis(), coin() ? std::optional(random_between(1, 9)) : std::nullopt});
            }
            if (below(4) == 0)
                preference.basis.push_back({std::nullopt, basis(), random_between(1, 9)});
            case_.preferences.push_back(preference);
        }
    }

    Condition condition() {
        Condition result;
        for (const std::size_t i : some(case_.issues.size()))
            result.terms.emplace_back(IssueId(i), some_ids<OptionId>(case_.issues[i].options.size()));
        return result;
    }

    std::vector<std::pair<ActorId, Number>> amounts(std::int64_t low, std::int64_t high) {
        std::vector<std::pair<ActorId, Number>> result;
        for (const auto a : some_ids<ActorId>(case_.actors.size()))
            result.emplace_back(a, number(low, high));
        return result;
    }

    void make_couplings() {
        for (std::size_t k = below(3); k > 0; --k)
            case_.bundles.push_back({condition(), amounts(-10, 10), basis()});
        for (std::size_t k = below(3); k > 0; --k)
            case_.rules.push_back(
                {condition(), coin() ? std::optional(condition()) : std::nullopt, maybe_text(), because()});
        for (std::size_t k = below(3); k > 0; --k) {
            Obligation obligation;
            obligation.id = random_id("duty", k);
            obligation.by = actor();
            obligation.to = actor();
            obligation.text = maybe_text();
            for (std::size_t c = 1 + below(2); c > 0; --c)
                obligation.broken_when.push_back(condition());
            obligation.hard = coin();
            if (coin())
                obligation.cost = amounts(0, 10);
            obligation.because = because();
            case_.obligations.push_back(obligation);
        }
    }

    void make_tables() {
        std::size_t next = 0;
        for (std::size_t k = 0, n = below(3); k < n && next < case_.issues.size(); ++k) {
            Table table;
            table.id = random_id("table", k);
            table.name = random_name(table.id);
            table.actors = some_ids<ActorId>(case_.preferences.size());
            table.issues.push_back(IssueId(next++));
            if (coin())
                table.accept.all_of = {table.actors.front()};
            if (coin())
                table.accept.at_least = static_cast<int>(below(table.actors.size())) + 1;
            if (coin())
                table.accept.groups.push_back({table.actors, 1});
            if (coin())
                table.power.emplace_back(table.actors.front(), number(0, 5));
            case_.tables.push_back(table);
        }
    }

    Expression expression() {
        const Conflict& conflict = *case_.conflict;
        const std::size_t move = below(conflict.moves.size());
        const IssueId i = issue();
        const OptionId o = option(i);
        const std::string atom = case_[i].id + '.' + case_.option(i, o).id;
        Expression result;
        result.text = "not " + conflict.moves[move].id + (coin() ? " if " : " or ") + atom;
        const bool implied = result.text.find(" if ") != std::string::npos;
        result.nodes = {{Expression::Kind::move, static_cast<std::uint32_t>(move), 0},
                        {Expression::Kind::negation, 0, 0},
                        {Expression::Kind::option, i.index, o.index},
                        {implied ? Expression::Kind::implied_by : Expression::Kind::disjunction, 1, 2}};
        return result;
    }

    StateCode state() { return below(std::size_t{1} << case_.conflict->moves.size()); }

    std::vector<std::pair<MoveId, Number>> move_points() {
        std::vector<std::pair<MoveId, Number>> points;
        for (const auto move : some_ids<MoveId>(case_.conflict->moves.size()))
            points.emplace_back(move, number(-9, 9));
        return points;
    }

    void make_conflict() {
        if (coin())
            return;
        Conflict& conflict = case_.conflict.emplace();
        for (std::size_t k = 0, n = 1 + below(3); k < n; ++k) {
            const std::string id = random_id("move", k);
            conflict.moves.push_back({id, random_name(id), actor(), static_cast<Direction>(below(3))});
        }
        const std::size_t moves = conflict.moves.size();
        if (coin())
            conflict.infeasible = {expression(), MutuallyExclusive{some_ids<MoveId>(moves)},
                                   AtLeastOne{some_ids<MoveId>(moves)},
                                   Requires{{{MoveId(below(moves)), MoveId(below(moves))}}}};
        if (coin())
            conflict.coalesce = {expression(), expression()};
        if (coin())
            conflict.graph.push_back({actor(), {{state(), state()}, {state(), state()}}});
        if (coin())
            conflict.status_quo = state();
        if (coin()) {
            const IssueId i = issue();
            conflict.deal.push_back({expression(), {{i, option(i)}}});
        }
        if (coin())
            conflict.misperceptions.push_back({actor(), {expression()}});
        for (std::size_t a = 0; a < case_.actors.size(); ++a) {
            switch (below(4)) {
                case 0:
                    conflict.preferences.push_back({ActorId(a), Statements{{expression(), expression()}}});
                    break;
                case 1:
                    conflict.preferences.push_back(
                        {ActorId(a), StateRanking{{{state()}, {state(), state()}}}});
                    break;
                case 2:
                    conflict.preferences.push_back({ActorId(a), MovePoints{move_points(), coin()}});
                    break;
                default:
                    break;
            }
        }
    }

    void make_voting() {
        for (std::size_t k = below(2); k > 0; --k) {
            VotingBody body;
            body.id = random_id("body", k);
            body.name = random_name(body.id);
            body.majority = {{{"one", random_between(1, 5)}, {"two", random_between(1, 5)}},
                             random_between(1, 2)};
            if (coin())
                body.vetoes = {"two"};
            if (coin())
                body.also.push_back({{{"one", 1}, {"three", random_between(0, 3)}}, 1});
            if (coin())
                body.ratifies = actor();
            case_.voting.push_back(body);
        }
    }

    QuestionPart part() {
        QuestionPart result;
        result.kind = static_cast<QuestionKind>(below(11));
        if (coin())
            result.actor = actor();
        if (coin())
            result.to = actor();
        if (!case_.tables.empty() && coin())
            result.tables = some_ids<TableId>(case_.tables.size());
        result.conclusion = maybe_text();
        return result;
    }

    Value random_value(std::size_t depth) {
        switch (below(depth == 0 ? 5 : 7)) {
            case 0:
                return Value();
            case 1:
                return Value(coin());
            case 2:
                return Value(*rc::gen::inRange<std::int64_t>(-1000, 1000));
            case 3:
                return Value(Rational::fraction(2 * static_cast<std::int64_t>(below(1000)) + 1, 1000));
            case 4:
                return Value(random_text());
            case 5: {
                Value::List list;
                for (std::size_t k = below(3); k > 0; --k)
                    list.push_back(random_value(depth - 1));
                return Value(list);
            }
            default: {
                Value::Map map;
                for (std::size_t k = below(3); k > 0; --k)
                    map.emplace_back(std::to_string(k) + "no key", random_value(depth - 1));
                return Value(map);
            }
        }
    }

    void make_rest() {
        for (std::size_t k = below(3); k > 0; --k) {
            Event event;
            event.date = maybe_text();
            event.text = maybe_text();
            event.because = because();
            const IssueId i = issue();
            const bool clear =
                std::ranges::none_of(case_.events, [](const Event& e) { return !e.settles.empty(); });
            if (coin() && clear)
                event.settles.emplace_back(i, case_[i].status_quo.value_or(option(i)));
            case_.events.push_back(event);
        }
        for (std::size_t k = below(3); k > 0; --k) {
            Question question;
            question.id = coin() ? random_id("q", k) : std::string();
            question.ask = random_text();
            for (std::size_t p = 1 + below(2); p > 0; --p)
                question.parts.push_back(part());
            case_.questions.push_back(question);
        }
        for (std::size_t i = 0; i < case_.issues.size(); ++i) {
            if (coin())
                case_.outcome.push_back({IssueId(i), option(IssueId(i))});
            else if (coin())
                case_.outcome.push_back({IssueId(i), random_between(0, 100)});
        }
        for (std::size_t k = below(2); k > 0; --k) {
            KnownAnswer known;
            known.analysis = "frontier";
            known.options = random_value(2);
            known.path = "points[concept=nash].#";
            known.value = random_value(0);
            if (coin())
                known.within = random_between(0, 1);
            known.cite = maybe_text();
            case_.known.push_back(known);
        }
    }

    Case case_;
};

}  // namespace

rc::Gen<std::string> any_text() {
    return rc::gen::exec(random_text);
}

rc::Gen<Case> any_case() {
    return rc::gen::exec([] { return Maker().make(); });
}

}  // namespace steelyard::test
