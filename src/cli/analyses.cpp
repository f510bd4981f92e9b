// SPDX-License-Identifier: Apache-2.0
// `steelyard analyses`: what can be asked, of any case or of this one.
#include "commands.hpp"
#include "steelyard/registry/analysis.hpp"
#include "table.hpp"
#include "work.hpp"

#include <array>

namespace steelyard::cli {

namespace {

constexpr std::array kAnalysesArguments{
    Argument{"CASE",
             "say which of them this case is ready for",
             Argument::Count::optional,
             Argument::Kind::file,
             {}},
};

std::string names_of(const std::vector<Section>& sections) {
    std::string names;
    for (const Section section : sections)
        names += (names.empty() ? "" : ", ") + std::string(detail::choice_name(section));
    return names;
}

int run_analyses(const Invocation& call, Terminal& terminal) {
    const bool has_case = !call.arguments.empty();
    Case subject;
    if (has_case)
        subject = load_case(call.arguments[0], call).subject;
    Table table{{{"analysis"}, {"question"}, {"status"}, {has_case ? "the case lacks" : "needs"}}, {}, {}};
    Value::List list;
    for (const Analysis& analysis : analyses()) {
        const std::vector<Section> needs = has_case
                                               ? missing_sections(analysis, subject)
                                               : std::vector(analysis.needs.begin(), analysis.needs.end());
        const std::string status(detail::choice_name(analysis.status));
        table.rows.push_back(
            {std::string(analysis.name), std::string(analysis.question), status, names_of(needs)});
        Value::List sections;
        for (const Section section : needs)
            sections.push_back(to_value(section));
        list.emplace_back(Value::Map{{"name", Value(analysis.name)},
                                     {"module", Value(analysis.module)},
                                     {"question", Value(analysis.question)},
                                     {"status", Value(status)},
                                     {has_case ? "missing" : "needs", Value(std::move(sections))}});
    }
    if (call.json)
        print_json(terminal, Value(Value::Map{{"analyses", Value(std::move(list))}}));
    else
        show_table(table, terminal);
    return 0;
}

constexpr std::array kAnalysesSamples{
    Sample{"analyses", "every analysis with the question it answers"},
    Sample{"analyses CASE", "and what the case would have to say for it"},
};

constexpr std::array kAnalysesFlags{kSetFlag};

}  // namespace

const Command kAnalysesCommand{
    .name = "analyses",
    .summary = "list what can be asked",
    .about =
        "Status: `published` matches published numbers, `cross-checked` agrees with an independent method, "
        "`experimental` is checked by its own tests only.",
    .arguments = kAnalysesArguments,
    .flags = kAnalysesFlags,
    .samples = kAnalysesSamples,
    .run = &run_analyses,
};

}  // namespace steelyard::cli
