// SPDX-License-Identifier: Apache-2.0
#pragma once
/// What every door knows of an analysis: one entry describes it, runs it and documents it.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/core/value.hpp"
#include "steelyard/model/case.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard {

/// How far an analysis has been checked.
enum class Status {
    published,      ///< matches published numbers
    cross_checked,  ///< agrees with an independent method
    experimental
};

constexpr auto choices_of(Status) {
    return std::array{
        Choice<Status>{Status::published, "published", "matches published numbers"},
        Choice<Status>{Status::cross_checked, "cross-checked", "agrees with an independent method"},
        Choice<Status>{Status::experimental, "experimental", "checked by its own tests only"},
    };
}

/// What a case needs for each section, as an author reads it.
constexpr auto choices_of(Section) {
    return std::array{
        Choice<Section>{Section::preferences, "preferences",
                        "what the options are worth to each actor: `preferences`, with points, weights or "
                        "positions"},
        Choice<Section>{Section::positions, "positions",
                        "where actors stand: `preferences`, with positions or with points they follow from"},
        Choice<Section>{Section::capabilities, "capabilities",
                        "what actors can bring to bear: `capability` in `actors`"},
        Choice<Section>{Section::tables, "tables", "who settles which issues: `tables`"},
        Choice<Section>{Section::conflict, "conflict",
                        "what each actor may do and how it ranks what follows: `conflict`"},
        Choice<Section>{Section::voting, "voting", "a voting body, its members and quota: `voting`"},
        Choice<Section>{Section::claims, "claims", "statements that numbers rest on: `claims`"},
        Choice<Section>{Section::questions, "questions", "what the brief is to answer: `questions`"},
        Choice<Section>{Section::outcome, "outcome", "what was agreed in the end: `outcome`"},
    };
}

/// A call that works on a case of the catalogue: documentation and the door tests use it.
struct Example {
    std::string_view case_path;  ///< below cases/, without `.yaml`
    /// Option name and text, in the short forms of `arguments_from_texts` (arguments.hpp).
    std::span<const std::pair<std::string_view, std::string_view>> options = {};
};

/// One analysis, with its types erased.
struct Analysis {
    std::string_view name;      ///< one word or words joined by `_`; the same at every door
    std::string_view module;    ///< the folder it lives in: space, forecast, ...
    std::string_view question;  ///< what it answers, as the analyst asks it
    std::string_view about;     ///< a paragraph: method, cost, what the result holds
    Status status;
    std::span<const std::string_view> references;  ///< author, year, title, page
    std::span<const Section> needs;                ///< sections of the case it cannot do without
    Example example;
    std::vector<FieldShape> (*options)();  ///< the described options with their defaults
    Shape (*result)();                     ///< the shape of the result
    Value (*run)(const Case&, const Value& arguments, const Context&);  ///< typed call behind
    Value (*complete)(const Value& arguments);  ///< the arguments with every default filled in
};

/// Builds an entry from `Result f(const Case&, const Options&, const Context&)`.
template <class O, class R, R (*F)(const Case&, const O&, const Context&)>
constexpr Analysis analysis(std::string_view name, std::string_view module, std::string_view question,
                            std::string_view about, Status status,
                            std::span<const std::string_view> references, std::span<const Section> needs,
                            Example example) {
    return {name,
            module,
            question,
            about,
            status,
            references,
            needs,
            example,
            [] { return fields_of<O>(); },
            [] { return shape_of<R>(); },
            [](const Case& subject, const Value& arguments, const Context& context) {
                return to_value(F(subject, read_options<O>(arguments), context));
            },
            [](const Value& arguments) { return to_value(read_options<O>(arguments)); }};
}

/// Every analysis, in the order in which they are listed to people.
std::span<const Analysis> analyses();

/// The analysis called `name`.  Throws `Error` (unknown_name) with a near match.
const Analysis& find_analysis(std::string_view name);

/// The entry as a tree: name, module, question, about, status, references, needs, example, and the JSON Schemas of
/// options and result.
Value to_tree(const Analysis& analysis);

/// A finished run with all that is needed to repeat it.
struct Run {
    std::string analysis;
    std::string version;           ///< of Steelyard
    std::string case_hash;         ///< SHA-256 of the case's canonical text, overrides applied
    Named<std::string> overrides;  ///< numbers replaced for this run: JSON Pointer, text as given
    Value options;                 ///< complete, defaults included
    std::uint64_t seed = 1;
    Value result;
};

/// The sections that the analysis needs and the case lacks.
std::vector<Section> missing_sections(const Analysis& analysis, const Case& subject);

/// Checks that the case has what the analysis needs, runs it and adds the provenance.  The analysis may run
/// others by name (`Context::run`).  `overrides` only go on record: the case comes with them applied.
/// Throws `Error`: unknown_name, invalid_option, missing_section, cancelled, or what the analysis throws.
Run run(std::string_view name, const Case& subject, const Value& arguments, const Context& context = {},
        Named<std::string> overrides = {});

/// The run as a tree: analysis, version, case_hash, (overrides where there are any,) options, seed, result.
Value to_tree(const Run& run);

}  // namespace steelyard
