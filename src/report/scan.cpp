// SPDX-License-Identifier: Apache-2.0
#include "report/scan.hpp"

#include "report/words.hpp"
#include "steelyard/model/numbers.hpp"

#include <algorithm>
#include <cmath>

namespace steelyard::report {

namespace {

bool mentions(const TableStudy& at, const Condition& condition) {
    return std::ranges::any_of(condition.terms, [&](const auto& term) { return at.is_open(term.first); });
}

/// The product of the table's gains; negative when one of them is.
double product(const std::vector<Rational>& gains) {
    double result = 1;
    for (const Rational& gain : gains) {
        if (gain < Rational{}) {
            return -1;
        }
        result *= gain.to_double();
    }
    return result;
}

/// What deals bring an actor once one of its numbers has moved.
class OwnGain {
public:
    OwnGain(const Study& study, const Case& variant, const CaseNumber& number)
        : actor_(*number.actor), before_(study.scores), after_(variant, actor_) {
        // A number of an issue changes what that issue adds, and at most what there is without agreement.
        terms_move_ = number.role == NumberRole::bundle || number.role == NumberRole::obligation;
        for (std::size_t i = 0; !terms_move_ && i < variant.issues.size(); ++i) {
            const IssueId issue(i);
            for (std::size_t o = 0; o < variant.issues[i].options.size(); ++o) {
                if (after_.points(actor_, issue, OptionId(o)) != before_.points(actor_, issue, OptionId(o))) {
                    moved_.push_back(issue);
                    break;
                }
            }
        }
    }

    /// `before`: what the deal brought before the number moved.
    Rational operator()(const Deal& deal, const Rational& before) const {
        if (terms_move_)
            return after_.of(actor_, deal) - after_.no_deal(actor_);
        Rational gain = before + before_.no_deal(actor_) - after_.no_deal(actor_);
        for (const IssueId issue : moved_) {
            const OptionId option = deal[issue.index];
            gain += after_.points(actor_, issue, option) - before_.points(actor_, issue, option);
        }
        return gain;
    }

private:
    ActorId actor_;
    const Scores& before_;
    Scores after_;
    bool terms_move_ = false;  // a combination's points or a price: the whole sum is made again
    std::vector<IssueId> moved_;
};

/// Judges one variation of the case against what the table agreed on before.
class Judge {
public:
    Judge(const Study& study, const TableStudy& at) : study_(study), at_(at), deals_(at.efficient) {
        if (const ChosenDeal* likely = at.likely()) {
            before_ = likely->deal;
        }
        for (const ChosenDeal& chosen : at.chosen) {
            if (std::ranges::find(deals_, chosen.deal) == deals_.end()) {
                deals_.push_back(chosen.deal);
            }
        }
        for (const Deal& deal : deals_) {
            auto& gains = gains_.emplace_back();
            for (const ActorId actor : at.table.actors) {
                gains.push_back(study.gain(actor, deal));
            }
        }
        for (const ActorId actor : study.scores.actors()) {
            if (before_) {
                before_gains_.emplace_back(actor, study.gain(actor, *before_));
            }
        }
    }

    /// `number`: what is different in the variant; everybody but its actor has what it had.  `decides`: whether that
    /// actor sits at the table.
    void judge(const Case& variant, const CaseNumber& number, bool decides, ScanEnd& end) const {
        const ActorId changed = *number.actor;
        const OwnGain own_gain(study_, variant, number);
        const auto accepted = [&](const std::vector<Rational>& gains) {
            std::vector<bool> willing(study_.subject.actors.size());
            for (std::size_t k = 0; k < gains.size(); ++k) {
                willing[at_.table.actors[k].index] = gains[k] >= Rational{};
            }
            return accepts(at_.table, willing);
        };
        double to_beat = -1;
        if (before_) {
            end.gains = before_gains_;
            const auto gain_of = [&](ActorId actor) -> Rational& {
                return std::ranges::find(end.gains, actor, &std::pair<ActorId, Rational>::first)->second;
            };
            Rational& own = gain_of(changed);
            own = own_gain(*before_, own);
            if (!decides) {
                return;
            }
            std::vector<Rational> gains;
            for (const ActorId actor : at_.table.actors) {
                gains.push_back(gain_of(actor));
            }
            end.holds = accepted(gains);
            to_beat = product(gains);
        }
        end.agreement = false;
        if (!decides) {
            return;
        }
        constexpr double rounding = 1e-9;
        const auto seat =
            static_cast<std::size_t>(std::ranges::find(at_.table.actors, changed) - at_.table.actors.begin());
        std::vector<Rational> gains;
        for (std::size_t d = 0; d < deals_.size(); ++d) {
            const Deal& deal = deals_[d];
            gains = gains_[d];
            gains[seat] = own_gain(deal, gains[seat]);
            end.agreement = end.agreement || accepted(gains);
            if (const double found = product(gains); before_ && found > to_beat * (1 + rounding) + rounding) {
                to_beat = found;
                end.best = deal;
                end.overtaken = true;
            }
        }
        if (!end.agreement) {
            end.agreement =
                space::solutions(variant, {.table = at_.table.id, .concepts = {space::Concept::egalitarian}},
                                 study_.context)
                    .acceptable_exists;
        }
    }

private:
    const Study& study_;
    const TableStudy& at_;
    std::vector<Deal> deals_;
    // As the case stands: of each deal for the table's actors; of the deal before for everybody.
    std::vector<std::vector<Rational>> gains_;
    std::vector<std::pair<ActorId, Rational>> before_gains_;
    std::optional<Deal> before_;
};

}  // namespace

bool touches(const Study& study, const TableStudy& at, const CaseNumber& number,
             const std::vector<ActorId>& actors) {
    if (!number.actor || std::ranges::find(actors, *number.actor) == actors.end()) {
        return false;
    }
    switch (number.role) {
        case NumberRole::option_points:
        case NumberRole::weight:
        case NumberRole::stance:
            return at.is_open(*number.issue);
        case NumberRole::no_deal:
            return true;
        case NumberRole::bundle:
            return mentions(at, study.subject.bundles[number.index].when);
        case NumberRole::obligation:
            return !study.subject.obligations[number.index].hard &&
                   std::ranges::any_of(study.subject.obligations[number.index].broken_when,
                                       [&](const Condition& condition) { return mentions(at, condition); });
        case NumberRole::power:
        case NumberRole::capability:
        case NumberRole::move:
            return false;
    }
    return false;
}

Scan scan_table(const Study& study, const TableStudy& at) {
    const std::vector<ActorId> actors = study.scores.actors();
    const Judge judge(study, at);
    Scan scan;
    Case variant = study.subject;
    std::size_t index = 0;
    for_each_number(variant, [&](const std::string& /*pointer*/, Number& number) {
        const CaseNumber& entry = study.numbers[index++];
        if (!number.uncertain() || !touches(study, at, entry, actors)) {
            return;
        }
        study.context.check();
        const bool decides = at.seats(*entry.actor);
        scan.numbers += decides ? 1 : 0;
        const Number typed = number;
        const auto [low, high] = typed.range();
        for (const double value : {low, high}) {
            ScanEnd end;
            end.number = &entry;
            end.at = value;
            constexpr int digits = 9;  // enough to print, few enough to stay exact in sums and products
            number = Number(Rational::nearest(value, digits));
            judge.judge(variant, entry, decides, end);
            scan.ends.push_back(std::move(end));
        }
        number = typed;
    });
    return scan;
}

std::string number_phrase(const Study& study, const CaseNumber& number) {
    const Case& subject = study.subject;
    const std::string who = number.actor ? study.name(*number.actor) : "nobody";
    const std::string issue = number.issue ? study.issue_name(*number.issue) : "";
    switch (number.role) {
        case NumberRole::option_points:
            return "the worth of “" + study.option_text(*number.issue, *number.option) + "” to " + who;
        case NumberRole::weight:
            return "the weight of “" + issue + "” for " + who;
        case NumberRole::stance:
            return (number.pointer.ends_with("/salience") ? "how much “" + issue + "” matters to "
                                                          : "the position on “" + issue + "” of ") +
                   who;
        case NumberRole::no_deal:
            return "what " + who + " has without agreement";
        case NumberRole::bundle: {
            const std::string& why = subject.bundles[number.index].basis.why;
            return (why.empty() ? "what a combination of options adds for "
                                : "the combination “" + clause(why) + "” for ") +
                   who;
        }
        case NumberRole::obligation:
            return "the price for " + who + " of breaking “" +
                   clause(subject.obligations[number.index].text) + "”";
        case NumberRole::power:
            return "the bargaining power of " + who;
        case NumberRole::capability:
            return "the capability of " + who;
        case NumberRole::move:
            return "what a move is worth to " + who;
    }
    return number.pointer;
}

std::string end_phrase(const Study& study, const ScanEnd& end) {
    return number_phrase(study, *end.number) + " is " + number_text(end.at) + " rather than " +
           number_text(end.number->number.best());
}

}  // namespace steelyard::report
