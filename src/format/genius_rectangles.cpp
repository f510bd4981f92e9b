// SPDX-License-Identifier: Apache-2.0
#include "genius_parts.hpp"
#include "steelyard/format/case_file.hpp"

#include <algorithm>
#include <utility>

namespace steelyard::format {

namespace {

class RectangleReader {
public:
    RectangleReader(const std::vector<GeniusIssue>& issues, Reading reading, Findings& findings)
        : issues_(issues), reading_(reading), findings_(findings), read_(findings) {}

    void read(const XmlElement& root, ScenarioActor& actor) {
        actor.weighted = false;
        std::ranges::fill(actor.weights, Rational(1));
        std::vector<const XmlElement*> found;
        collect(root, "utility", found);
        if (found.size() != 1) {
            findings_.invalid(root.place, "a nonlinear profile needs one <utility>",
                              std::to_string(found.size()), "<utility maxutility=\"..\"><ufun ..>");
            return;
        }
        const auto most = read_.decimal(*found.front(), "maxutility");
        if (most && *most <= Rational(0))
            findings_.invalid(found.front()->place, "maxutility must be above 0", most->text());
        const XmlElement* function = found.front()->child("ufun");
        if (function == nullptr)
            findings_.invalid(found.front()->place, "a nonlinear profile needs a <ufun>");
        if (!most || *most <= Rational(0) || function == nullptr)
            return;
        const WideRational scale = reading_ == Reading::raw ? WideRational(1) : 1 / exact(*most);
        WideRational constant;
        read_function(*function, scale, actor, constant);
        if (constant != 0 && !issues_.empty())
            add(actor, 0, every_option(0), constant, *function);
    }

private:
    [[nodiscard]] std::vector<OptionId> every_option(std::size_t issue) const {
        std::vector<OptionId> options;
        for (std::size_t o = 0; o < issues_[issue].options.size(); ++o)
            options.emplace_back(o);
        return options;
    }

    void add(ScenarioActor& actor, std::size_t issue, const std::vector<OptionId>& options,
             const WideRational& points, const XmlElement& at) {
        std::vector<Rational>& row = actor.values[issue];
        row.resize(issues_[issue].options.size());
        for (const OptionId option : options)
            row[option.index] = read_.kept(exact(row[option.index]) + points, at);
    }

    void read_function(const XmlElement& function, const WideRational& factor, ScenarioActor& actor,
                       WideRational& constant) {
        const std::string* aggregation = function.attribute("aggregation");
        if (aggregation != nullptr && !same_word(*aggregation, "sum")) {
            findings_.unsupported(function.place, "a utility function that is not a sum", *aggregation,
                                  "sum");
            return;
        }
        for (const XmlElement& child : function.children) {
            if (child.name == "hyperRectangle") {
                read_rectangle(child, factor, actor, constant);
            } else if (child.name == "ufun") {
                const auto weight =
                    child.attribute("weight") == nullptr ? Rational(1) : read_.decimal(child, "weight");
                if (weight)
                    read_function(child, factor * exact(*weight), actor, constant);
            } else {
                findings_.unsupported(child.place, "a utility function of this kind", child.name,
                                      "hyperRectangle, ufun");
            }
        }
    }

    /// A rectangle of INCLUDES pays inside; one of EXCLUDES pays outside, that is: always, and inside not.
    void read_rectangle(const XmlElement& rectangle, const WideRational& factor, ScenarioActor& actor,
                        WideRational& constant) {
        const auto utility = read_.decimal(rectangle, "utility");
        const auto weight =
            rectangle.attribute("weight") == nullptr ? Rational(1) : read_.decimal(rectangle, "weight");
        const bool includes = rectangle.child("INCLUDES") != nullptr;
        const bool excludes = rectangle.child("EXCLUDES") != nullptr;
        if (includes && excludes)
            findings_.unsupported(rectangle.place, "a hyper-rectangle with both INCLUDES and EXCLUDES");
        bool empty = false;
        auto box = read_box(rectangle, empty);
        if (!utility || !weight || !box || (includes && excludes))
            return;
        const WideRational points = exact(*utility) * exact(*weight) * factor;
        if (excludes)
            constant += points;
        if (empty || points == 0)
            return;
        const WideRational inside = excludes ? WideRational(-points) : points;
        if (box->terms.empty()) {
            constant += inside;
        } else if (box->terms.size() == 1) {
            add(actor, box->terms.front().first.index, box->terms.front().second, inside, rectangle);
        } else {
            for (const auto& [issue, options] : box->terms)
                term_options_ += options.size();
            if (term_options_ > CaseLimits::values)
                throw Error(ErrorKind::limit,
                            std::vector{Problem{rectangle.place,
                                                "the hyper-rectangles are too many or too wide",
                                                {},
                                                "at most " + std::to_string(CaseLimits::values) +
                                                    " options in all bounds together",
                                                {}}});
            actor.terms.push_back({std::move(*box), read_.kept(inside, rectangle)});
        }
    }

    /// The bounds as a combination; bounds that hold always are left out.  `empty`: some bound never holds.
    std::optional<Condition> read_box(const XmlElement& rectangle, bool& empty) {
        std::vector<std::optional<std::pair<std::int64_t, std::int64_t>>> ranges(issues_.size());
        bool sound = true;
        for (const XmlElement& bound : rectangle.children) {
            const auto index = read_.integer(bound, "index");
            const auto low = read_.integer(bound, "min");
            const auto high = read_.integer(bound, "max");
            const auto issue =
                index ? std::ranges::find(issues_, *index, &GeniusIssue::index) : issues_.end();
            sound = sound && index && low && high;
            if (!index || !low || !high)
                continue;
            if (issue == issues_.end() || !issue->integer) {
                findings_.invalid(bound.place, "a bound needs an integer issue", std::to_string(*index),
                                  "the index of an integer issue");
                sound = false;
                continue;
            }
            auto& range = ranges[static_cast<std::size_t>(issue - issues_.begin())];
            range = range ? std::pair{std::max(range->first, *low), std::min(range->second, *high)}
                          : std::pair{*low, *high};
        }
        if (!sound)
            return std::nullopt;
        Condition box;
        for (std::size_t i = 0; i < issues_.size(); ++i) {
            if (!ranges[i])
                continue;
            std::vector<OptionId> options;
            for (std::size_t o = 0; o < issues_[i].options.size(); ++o) {
                const std::int64_t value = issues_[i].lower + static_cast<std::int64_t>(o);
                if (ranges[i]->first <= value && value <= ranges[i]->second)
                    options.emplace_back(o);
            }
            empty = empty || options.empty();
            if (options.size() < issues_[i].options.size())
                box.terms.emplace_back(IssueId(i), std::move(options));
        }
        return box;
    }

    const std::vector<GeniusIssue>& issues_;
    Reading reading_;
    Findings& findings_;
    GeniusAttributes read_;
    std::size_t term_options_ = 0;
};

}  // namespace

void read_genius_rectangles(const XmlElement& root, const std::vector<GeniusIssue>& issues, Reading reading,
                            ScenarioActor& actor, Findings& findings) {
    RectangleReader(issues, reading, findings).read(root, actor);
}

}  // namespace steelyard::format
