// SPDX-License-Identifier: Apache-2.0
#include "steelyard/core/error.hpp"
#include "steelyard/core/version.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/format/schema.hpp"
#include "steelyard/model/validate.hpp"
#include "steelyard/registry/analysis.hpp"

#include <algorithm>

namespace steelyard {

namespace {

void require_sections(const Analysis& analysis, const Case& subject) {
    std::vector<Problem> problems;
    for (const Section section : missing_sections(analysis, subject)) {
        const auto choices = choices_of(section);
        const auto* const row = std::ranges::find(choices, section, &Choice<Section>::value);
        problems.push_back({Place{},
                            "'" + std::string(analysis.name) + "' needs what the case does not have; add " +
                                std::string(row->meaning),
                            {},
                            {},
                            {}});
    }
    if (!problems.empty())
        throw Error(ErrorKind::missing_section, std::move(problems));
}

/// The context with a way to run other analyses, which in turn may run others.  These do not report progress: they
/// are steps of the one that was asked for, and may run on several threads at once.
Context with_runner(Context context) {
    Context full = context;
    context.progress = nullptr;
    full.run = [context](std::string_view name, const Case& subject, const Value& arguments) {
        const Analysis& analysis = find_analysis(name);
        require_sections(analysis, subject);
        return analysis.run(subject, arguments, with_runner(context));
    };
    return full;
}

}  // namespace

std::vector<Section> missing_sections(const Analysis& analysis, const Case& subject) {
    std::vector<Section> missing;
    std::ranges::copy_if(analysis.needs, std::back_inserter(missing),
                         [&](Section section) { return !has_section(subject, section); });
    return missing;
}

Run run(std::string_view name, const Case& subject, const Value& arguments, const Context& context,
        Named<std::string> overrides) {
    const Analysis& analysis = find_analysis(name);
    Run run;
    run.analysis = analysis.name;
    run.version = version();
    run.options = analysis.complete(arguments);  // before the sections: a wrong option is told at once
    require_sections(analysis, subject);
    run.case_hash = case_hash(subject);
    run.overrides = std::move(overrides);
    run.seed = context.seed;
    run.result = analysis.run(subject, arguments, with_runner(context));
    return run;
}

Value to_tree(const Run& run) {
    Value::Map tree;
    tree.emplace_back("analysis", Value(run.analysis));
    tree.emplace_back("version", Value(run.version));
    tree.emplace_back("case_hash", Value(run.case_hash));
    if (!run.overrides.empty())
        tree.emplace_back("overrides", to_value(run.overrides));
    tree.emplace_back("options", run.options);
    tree.emplace_back("seed", to_value(run.seed));
    tree.emplace_back("result", run.result);
    return Value(std::move(tree));
}

Value to_tree(const Analysis& analysis) {
    Value::List references;
    for (const std::string_view reference : analysis.references)
        references.emplace_back(reference);
    Value::List needs;
    for (const Section section : analysis.needs)
        needs.push_back(to_value(section));
    Value::Map example{{"case", Value(analysis.example.case_path)}};
    Value::Map options;
    for (const auto& [name, text] : analysis.example.options)
        options.emplace_back(name, Value(text));
    example.emplace_back("options", Value(std::move(options)));
    return Value(Value::Map{{"name", Value(analysis.name)},
                            {"module", Value(analysis.module)},
                            {"question", Value(analysis.question)},
                            {"about", Value(analysis.about)},
                            {"status", to_value(analysis.status)},
                            {"references", Value(std::move(references))},
                            {"needs", Value(std::move(needs))},
                            {"example", Value(std::move(example))},
                            {"options", options_schema(analysis.options())},
                            {"result", result_schema(analysis.result())}});
}

}  // namespace steelyard
