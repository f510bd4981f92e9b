// SPDX-License-Identifier: Apache-2.0
#include "report/sheet.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace steelyard::report {

Sheet::Sheet(const Study& study)
    : subject_(study.subject),
      first_(study.subject.actors.size()),
      extras_of_(study.subject.actors.size()),
      no_deal_(study.subject.actors.size()) {
    for (const Issue& issue : subject_.issues) {
        options_.push_back(width_);
        width_ += issue.options.size();
    }
    for (std::size_t a = 0; a < first_.size(); ++a) {
        first_[a] = a * width_;
    }
    points_.assign(width_ * first_.size(), 0);

    using Key = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;
    std::map<Key, std::size_t> options;  // actor, issue, option: the number
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> weights;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> positions;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> saliences;
    for (std::size_t n = 0; n < study.numbers.size(); ++n) {
        const CaseNumber& number = study.numbers[n];
        best_.push_back(number.number.best().to_double());
        const std::uint32_t actor = number.actor ? number.actor->index : 0;
        switch (number.role) {
            case NumberRole::option_points:
                options.emplace(Key{actor, number.issue->index, number.option->index}, n);
                break;
            case NumberRole::weight:
                weights.emplace(std::pair{actor, number.issue->index}, n);
                break;
            case NumberRole::stance:
                (number.pointer.ends_with("/salience") ? saliences : positions)
                    .emplace(std::pair{actor, number.issue->index}, n);
                break;
            case NumberRole::no_deal:
                no_deals_.emplace_back(actor, n);
                break;
            case NumberRole::bundle:
                extras_.push_back({number.index, actor, n, 1});
                break;
            case NumberRole::obligation:
                if (!subject_.obligations[number.index].hard) {
                    extras_.push_back({subject_.bundles.size() + number.index, actor, n, -1});
                }
                break;
            case NumberRole::power:
            case NumberRole::capability:
            case NumberRole::move:
                break;
        }
    }
    for (const auto& [key, number] : options) {
        const auto& [actor, issue, option] = key;
        Entry entry{Entry::Form::plain, first_[actor] + options_[issue] + option, number, 0, 0};
        const Preference* preference = preference_of(subject_, ActorId(actor));
        if (std::holds_alternative<WeightedValues>(preference->form)) {
            const auto weight = weights.find({actor, issue});
            if (weight == weights.end()) {
                continue;  // an issue without a weight is worth nothing
            }
            entry.form = Entry::Form::weighted;
            entry.by = weight->second;
        }
        entries_.push_back(entry);
    }
    for (const auto& [key, position] : positions) {
        const auto& [actor, issue] = key;
        const auto& ladder = subject_.issues[issue].options;
        for (std::size_t o = 0; o < ladder.size(); ++o) {
            entries_.push_back({Entry::Form::placed, first_[actor] + options_[issue] + o, position,
                                saliences.at(key), ladder[o].place.to_double()});
        }
    }
    std::ranges::stable_sort(extras_, {}, &Extra::actor);
    extra_.resize(extras_.size());
    for (std::size_t a = 0, e = 0; a < extras_of_.size(); ++a) {
        extras_of_[a].first = e;
        while (e < extras_.size() && extras_[e].actor == a) {
            ++e;
        }
        extras_of_[a].second = e;
    }
    if (const auto today = status_quo_deal(subject_)) {
        status_quo_ = add(*today);
        for (const Preference& preference : subject_.preferences) {
            if (!preference.no_deal) {
                today_.push_back(preference.actor.index);
            }
        }
    }
    set(best_);
}

std::size_t Sheet::add(const Deal& deal) {
    const auto [place, fresh] = places_.try_emplace(deal, deals_.size());
    if (fresh) {
        Known known;
        for (std::size_t i = 0; i < deal.size(); ++i) {
            known.options.push_back(options_[i] + deal[i].index);
        }
        for (const Bundle& bundle : subject_.bundles) {
            known.terms.push_back(bundle.when.holds(deal) ? 1 : 0);
        }
        for (const Obligation& obligation : subject_.obligations) {
            known.terms.push_back(obligation.broken_by(deal) ? 1 : 0);
        }
        deals_.push_back(std::move(known));
    }
    return place->second;
}

void Sheet::set(std::span<const double> values) {
    for (const Entry& entry : entries_) {
        const double value = values[entry.number];
        points_[entry.at] = entry.form == Entry::Form::plain ? value
                            : entry.form == Entry::Form::weighted
                                ? values[entry.by] * value / 100
                                : values[entry.by] * (100 - std::abs(value - entry.place)) / 100;
    }
    for (std::size_t e = 0; e < extras_.size(); ++e) {
        extra_[e] = extras_[e].sign * values[extras_[e].number];
    }
    for (const auto& [actor, number] : no_deals_) {
        no_deal_[actor] = values[number];
    }
    for (const std::size_t actor : today_) {
        no_deal_[actor] = total(actor, *status_quo_);
    }
}

double Sheet::total(std::size_t actor, std::size_t deal) const {
    const Known& known = deals_[deal];
    const double* sheet = points_.data() + first_[actor];
    double sum = 0;
    for (const std::size_t option : known.options) {
        sum += sheet[option];
    }
    for (std::size_t e = extras_of_[actor].first; e < extras_of_[actor].second; ++e) {
        sum += known.terms[extras_[e].term] != 0 ? extra_[e] : 0;
    }
    return sum;
}

double Sheet::gain(ActorId actor, std::size_t deal) const {
    return total(actor.index, deal) - no_deal_[actor.index];
}

}  // namespace steelyard::report
