// SPDX-License-Identifier: Apache-2.0
#include "steelyard/uncertainty/model.hpp"

#include "steelyard/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace steelyard::uncertainty {

namespace {

bool holds(Comparison comparison, std::strong_ordering order) {
    switch (comparison) {
        case Comparison::equal:
            return order == 0;
        case Comparison::unequal:
            return order != 0;
        case Comparison::less:
            return order < 0;
        case Comparison::at_most:
            return order <= 0;
        case Comparison::more:
            return order > 0;
        case Comparison::at_least:
            return order >= 0;
        case Comparison::none:
            break;
    }
    return false;
}

std::strong_ordering compare(double a, double b) {
    return a < b   ? std::strong_ordering::less
           : a > b ? std::strong_ordering::greater
                   : std::strong_ordering::equal;
}

/// A value that is no number, as a text.
std::string text_of(const Value& value) {
    if (const auto* truth = value.get<bool>()) {
        return *truth ? "true" : "false";
    }
    const auto* text = value.get<std::string>();
    return text != nullptr ? *text : std::string();
}

/// Runs the analyses.
class PlainEvaluator : public Evaluator {
public:
    explicit PlainEvaluator(const Model& model)
        : model_(model), subject_(model.subject()), bound_(bound_numbers(subject_, model.factors())) {}

    void evaluate(std::span<const double> values, std::span<Outcome> outcomes) override {
        model_.context().check();
        for (std::size_t f = 0; f < bound_.size(); ++f) {
            if (bound_[f] != nullptr) {
                bound_[f]->distribution = Exact{exact_value(values[f], model_.factors()[f].decimals)};
            }
        }
        for (const Model::Call& call : model_.calls()) {
            const Model::Call::Alternative& run = call.alternatives[call.chosen(values)];
            const Value result = model_.context().run(run.analysis, subject_, run.arguments);
            for (const std::size_t target : call.targets) {
                outcomes[target] = outcome(model_.targets()[target], result);
            }
        }
    }

private:
    Outcome outcome(const Target& target, const Value& result) {
        Value found;
        try {
            found = select(result, target.path);
        } catch (const Error&) {
            return {};  // no deal, no such item
        }
        if (found.is_null()) {
            return {};
        }
        if (const auto number = found.number()) {
            return number_outcome(target, *number, intern("false"), intern("true"));
        }
        const std::string text = text_of(found);
        if (target.comparison == Comparison::none) {
            return {Outcome::Kind::text, intern(text), 0};
        }
        const bool so = holds(target.comparison, text <=> target.against);
        return {Outcome::Kind::text, intern(so ? "true" : "false"), 0};
    }

    const Model& model_;
    Case subject_;
    std::vector<Number*> bound_;
};

/// The described unit of what the path leads to, where a field states one.
std::string unit_of(const Shape& result, std::string_view path) {
    std::string unit;
    const Shape* at = &result;
    std::size_t begin = 0;
    while (begin < path.size()) {
        const std::size_t end = std::min(path.find_first_of(".[", begin), path.size());
        const std::string_view name = path.substr(begin, end - begin);
        if (!name.empty() && at->kind == ShapeKind::record) {
            const auto field = std::ranges::find(at->fields, name, &FieldShape::name);
            if (field == at->fields.end()) {
                return {};
            }
            unit = field->unit;
            at = &field->shape;
        } else if (!name.empty() && at->item != nullptr) {
            at = at->item.get();
        }
        begin = end + 1;
        if (end < path.size() && path[end] == '[') {
            begin = std::min(path.find(']', end), path.size() - 1) + 1;
            at = at->item != nullptr ? at->item.get() : at;
        }
    }
    return unit;
}

}  // namespace

Outcome number_outcome(const Target& target, double value, std::uint32_t no, std::uint32_t yes) {
    if (target.comparison == Comparison::none) {
        return {Outcome::Kind::number, 0, value};
    }
    return {Outcome::Kind::text, holds(target.comparison, compare(value, target.threshold)) ? yes : no, 0};
}

std::uint32_t Evaluator::intern(std::string_view text) {
    if (const auto known = numbers_.find(text); known != numbers_.end()) {
        return known->second;
    }
    constexpr std::size_t most = 100000;
    if (texts_.size() == most) {
        throw Error(ErrorKind::limit, "a target has more than 100,000 different texts; compare it with one");
    }
    texts_.emplace_back(text);
    return numbers_.emplace(text, static_cast<std::uint32_t>(texts_.size() - 1)).first->second;
}

std::size_t Model::Call::chosen(std::span<const double> values) const {
    std::size_t place = 0;
    for (const Wheel& wheel : wheels) {
        place = place * wheel.count + static_cast<std::size_t>(values[wheel.factor]);
    }
    return place;
}

// NOLINTBEGIN(modernize-pass-by-value): case and context are copied into the model either way.
Model::Model(const Case& subject, std::span<const std::string> targets, std::span<const std::string> factors,
             const Context& context, const Catalogue& catalogue)
    : subject_(subject), context_(context), factors_(number_factors(subject, factors)) {
    // NOLINTEND(modernize-pass-by-value)
    context_.progress = nullptr;
    if (targets.empty()) {
        throw Error(ErrorKind::invalid_option,
                    std::vector{Problem{Place{{}, 0, 0, "/targets"},
                                        "nothing is asked for: name at least one target",
                                        {},
                                        "for example compromise:issues[0].value",
                                        {}}});
    }
    std::vector<Problem> problems;
    ErrorKind kind = ErrorKind::invalid_option;
    for (const std::string& text : targets) {
        try {
            const Target target = parse_target(text);
            std::string unit;
            bool number = true;
            for (const std::string& name : target.analyses) {
                const AnalysisFacts facts = catalogue(name);
                if (facts.module == "uncertainty") {
                    throw Error(ErrorKind::invalid_option,
                                "'" + name + "' draws itself; a target is of an analysis that does not");
                }
                const Shape leaf = leaf_shape(facts.result, target.path);
                number = number && target.comparison == Comparison::none &&
                         (leaf.kind == ShapeKind::integer || leaf.kind == ShapeKind::number);
                const bool ordered = target.comparison != Comparison::none &&
                                     (leaf.kind == ShapeKind::integer || leaf.kind == ShapeKind::number);
                if (ordered && !Rational::parse(target.against)) {
                    throw Error(ErrorKind::invalid_option,
                                std::vector{Problem{Place{{}, 0, 0, "/targets"},
                                                    "this value is compared with a number",
                                                    target.against,
                                                    "a number",
                                                    {}}});
                }
                unit = unit_of(facts.result, target.path);
            }
            targets_.push_back(target);
            numeric_.push_back(number ? 1 : 0);
            units_.push_back(std::move(unit));
            add_call(target, catalogue);
        } catch (const Error& error) {
            kind = error.kind();
            problems.insert(problems.end(), error.problems().begin(), error.problems().end());
        }
    }
    if (!problems.empty()) {
        throw Error(kind, std::move(problems));
    }
    for (const Factor& factor : factors_) {
        best_.push_back(factor.best);
    }
    check_names();
}

void Model::add_call(const Target& target, const Catalogue& catalogue) {
    const std::size_t number = targets_.size() - 1;
    for (Call& call : calls_) {
        if (targets_[call.targets.front()].call() == target.call()) {
            call.targets.push_back(number);
            return;
        }
    }
    Call call;
    call.targets.push_back(number);
    const auto wheel = [&](std::string name, const std::vector<std::string>& choices) {
        if (choices.size() < 2) {
            return;
        }
        for (std::size_t c = 0; c < choices.size(); ++c) {
            name += (c == 0 ? " " : "|") + choices[c];
        }
        auto factor = std::ranges::find(factors_, name, &Factor::name);
        if (factor == factors_.end()) {
            Number even(Distribution(Discrete{}));
            const auto count = static_cast<std::int64_t>(choices.size());
            for (std::int64_t c = 0; c < count; ++c) {
                std::get<Discrete>(even.distribution).values.emplace_back(c, Rational::fraction(1, count));
            }
            const std::pair<const Number*, Bounds> one{&even, {}};
            Factor made;
            made.name = std::move(name);
            made.choices = choices;
            made.quantile = quantiles({&one, 1}).front();
            factor = factors_.insert(factors_.end(), std::move(made));
        }
        call.wheels.push_back({static_cast<std::size_t>(factor - factors_.begin()), choices.size()});
    };
    wheel("method", target.analyses);
    for (const auto& [option, texts] : target.options) {
        wheel(option, texts);
    }
    // Every combination of the alternatives.
    std::vector<std::size_t> at(target.options.size() + 1, 0);
    for (bool more = true; more;) {
        Named<std::string> texts;
        for (std::size_t o = 0; o < target.options.size(); ++o) {
            texts.emplace_back(target.options[o].first, target.options[o].second[at[o + 1]]);
        }
        const std::string& analysis = target.analyses[at[0]];
        call.alternatives.push_back({analysis, catalogue(analysis).arguments(texts)});
        more = false;
        for (std::size_t w = at.size(); w-- > 0 && !more;) {
            const std::size_t count = w == 0 ? target.analyses.size() : target.options[w - 1].second.size();
            more = ++at[w] < count;
            if (!more) {
                at[w] = 0;
            }
        }
    }
    calls_.push_back(std::move(call));
}

/// Runs every alternative once at the best numbers: what a map holds (actors, issues) is known only then.
void Model::check_names() {
    Case at_best = subject_;
    const std::vector<Number*> bound = bound_numbers(at_best, factors_);
    for (std::size_t f = 0; f < bound.size(); ++f) {
        if (bound[f] != nullptr) {
            bound[f]->distribution = Exact{exact_value(best_[f], factors_[f].decimals)};
        }
    }
    std::vector<Problem> problems;
    for (const Call& call : calls_) {
        for (const Call::Alternative& run : call.alternatives) {
            const Value result = context_.run(run.analysis, at_best, run.arguments);
            for (const std::size_t target : call.targets) {
                // A list may be shorter in some draws; a name that a map lacks is a slip.
                const std::string& path = targets_[target].path;
                const std::size_t dot = path.rfind('.');
                const bool in_list = path.ends_with(']');
                if (dot == std::string::npos || in_list) {
                    continue;
                }
                Value parent;
                try {
                    parent = select(result, path.substr(0, dot));
                } catch (const Error&) {
                    continue;
                }
                const std::string name = path.substr(dot + 1);
                const auto* map = parent.get<Value::Map>();
                if (map == nullptr || map->empty() || name == "#" || parent.find(name) != nullptr) {
                    continue;
                }
                std::vector<std::string> names;
                for (const auto& [known, unused] : *map) {
                    names.push_back(known);
                }
                problems.push_back({Place{{}, 0, 0, "/targets"}, "the path '" + path + "' leads nowhere",
                                    name, join_names(names), nearest_name(name, names)});
            }
        }
    }
    if (!problems.empty()) {
        throw Error(ErrorKind::unknown_name, std::move(problems));
    }
}

std::unique_ptr<Evaluator> Model::plain_evaluator() const {
    return std::make_unique<PlainEvaluator>(*this);
}

std::unique_ptr<Evaluator> Model::evaluator() const {
    if (auto compiled = compiled_evaluator(*this)) {
        return compiled;
    }
    return plain_evaluator();
}

}  // namespace steelyard::uncertainty
