// SPDX-License-Identifier: Apache-2.0
// `steelyard describe`: one analysis, from its entry in the registry.
#include "commands.hpp"
#include "help.hpp"
#include "show.hpp"
#include "steelyard/registry/analysis.hpp"
#include "work.hpp"

#include <array>

namespace steelyard::cli {

namespace {

constexpr std::array kDescribeArguments{
    Argument{"ANALYSIS",
             "its name; without one, the list of analyses",
             Argument::Count::optional,
             Argument::Kind::analysis,
             {}},
};

void heading(std::string_view text, Terminal& terminal) {
    terminal.line();
    terminal.line(terminal.ink(Ink::strong, text));
}

/// The fields of a result, inner ones indented.
void show_fields(const std::vector<FieldShape>& fields, std::size_t indent, Terminal& terminal) {
    for (const FieldShape& field : fields) {
        const Shape* inner = &field.shape;
        std::string name(field.name);
        while (inner->item) {
            name += inner->kind == ShapeKind::list ? "[]" : "{}";
            inner = inner->item.get();
        }
        std::string line = std::string(indent, ' ') + name;
        line.append(std::max<std::size_t>(columns(line) + 2, 26) - columns(line), ' ');
        std::string meaning(field.meaning);
        if (!field.unit.empty())
            meaning += " (" + std::string(field.unit) + ")";
        terminal.line(line + wrap(meaning, std::min<std::size_t>(terminal.width(), 100), columns(line)));
        show_fields(inner->fields, indent + 2, terminal);
    }
}

void show(const Analysis& analysis, Terminal& terminal) {
    const std::size_t width = std::min<std::size_t>(terminal.width(), 100);
    terminal.line(terminal.ink(Ink::strong, analysis.name) + ": " + std::string(analysis.question));
    terminal.line();
    terminal.line(wrap(analysis.about, width));
    for (const Section section : analysis.needs) {
        for (const auto& choice : choices_of(section)) {
            if (choice.value == section)
                terminal.line(wrap("Needs " + std::string(choice.meaning) + ".", width));
        }
    }
    for (const auto& choice : choices_of(analysis.status)) {
        if (choice.value == analysis.status)
            terminal.line("Status: " + std::string(choice.name) + ", " + std::string(choice.meaning) + ".");
    }
    heading("Options", terminal);
    const std::vector<Flag> flags = option_flags(analysis.name);
    terminal.print(flags.empty() ? "  none\n" : flag_rows(flags, terminal));
    heading("Result", terminal);
    show_fields(analysis.result().fields, 2, terminal);
    heading("References", terminal);
    for (const std::string_view reference : analysis.references)
        terminal.line("  " + wrap(reference, width, 2));
    heading("Example", terminal);
    terminal.line("  steelyard " + example_line(analysis));
}

int run_describe(const Invocation& call, Terminal& terminal) {
    if (call.arguments.empty())
        return kAnalysesCommand.run(call, terminal);
    const Analysis& analysis = find_analysis(call.arguments[0]);
    if (call.json)
        print_json(terminal, to_tree(analysis));
    else
        show(analysis, terminal);
    return 0;
}

constexpr std::array kDescribeSamples{
    Sample{"describe frontier",
           "what it answers, its options, what the result holds, where the method is from"},
    Sample{"describe frontier --json", "the same with JSON Schemas of options and result"},
};

}  // namespace

const Command kDescribeCommand{
    .name = "describe",
    .summary = "explain one analysis",
    .about = {},
    .arguments = kDescribeArguments,
    .flags = {},
    .samples = kDescribeSamples,
    .run = &run_describe,
};

}  // namespace steelyard::cli
