// SPDX-License-Identifier: Apache-2.0
// `steelyard reference`: the reference pages of the documentation, in Markdown.
#include "commands.hpp"
#include "help.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/format/schema.hpp"
#include "steelyard/registry/analysis.hpp"
#include "terminal.hpp"

#include <algorithm>
#include <array>

namespace steelyard::cli {

namespace {

/// A text in a cell of a Markdown table.
std::string cell(std::string_view text) {
    std::string escaped;
    for (const char c : text)
        escaped += c == '|' ? "\\|" : c == '<' ? "&lt;" : std::string(1, c);
    return escaped;
}

std::string code(std::string_view text) {
    return '`' + std::string(text) + '`';
}

std::string flag_table(std::span<const Flag> flags) {
    if (flags.empty())
        return {};
    std::string text = "\n| flag | meaning |\n|---|---|\n";
    for (const Flag& flag : flags) {
        std::string meaning = cell(flag.meaning);
        if (!flag.choices.empty())
            meaning += " (" + cell(flag.choices) + ")";
        text += "| " + code(cell(flag_text(flag))) + " | " + meaning + " |\n";
    }
    return text;
}

std::string argument_table(std::span<const Argument> arguments) {
    if (arguments.empty())
        return {};
    std::string text = "\n| argument | meaning |\n|---|---|\n";
    for (const Argument& argument : arguments) {
        std::string meaning = cell(argument.meaning);
        if (!argument.choices.empty())
            meaning += " (" + cell(argument.choices) + ")";
        text += "| " + code(argument.name) + " | " + meaning + " |\n";
    }
    return text;
}

std::string commands_page() {
    std::string text =
        "# Commands\n\nWritten by `steelyard reference commands`. `steelyard COMMAND --help` says the "
        "same.\n";
    for (const Command& command : commands()) {
        text += "\n## " + std::string(command.name) + "\n\n" + std::string(command.summary) +
                ".\n\n```\nsteelyard " + usage_line(command) + "\n```\n";
        if (!command.about.empty())
            text += '\n' + std::string(command.about) + '\n';
        text += argument_table(command.arguments) + flag_table(command.flags);
        if (!command.samples.empty())
            text += '\n';
        for (const Sample& sample : command.samples)
            text += "* " + code("steelyard " + std::string(sample.line)) + ": " +
                    std::string(sample.meaning) + '\n';
    }
    return text + "\n## Flags of every command\n" + flag_table(common_flags());
}

std::string exit_codes_page() {
    std::string text =
        "# Exit codes\n\nWritten by `steelyard reference exit-codes`. With `--json` an error is printed to "
        "standard error as\n"
        "`{\"error\": {\"kind\": ..., \"problems\": [...]}}`, where `kind` is the name in this table.\n\n"
        "| code | name | meaning |\n|---|---|---|\n";
    for (const ExitCode& row : exit_codes())
        text += "| " + std::to_string(row.code) + " | " + code(row.name) + " | " + cell(row.meaning) + " |\n";
    return text +
           "\nA reader that goes away (`steelyard ... | head`) ends the program with SIGPIPE, which shells "
           "show as 141.\n";
}

void add_fields(const std::vector<FieldShape>& fields, const std::string& path, std::string& text) {
    for (const FieldShape& field : fields) {
        const Shape* inner = &field.shape;
        std::string name = path + std::string(field.name);
        while (inner->item) {
            name += inner->kind == ShapeKind::list ? "[]" : "{}";
            inner = inner->item.get();
        }
        text += "| " + code(name) + " | " + cell(field.meaning) + " | " + cell(field.unit) + " |\n";
        add_fields(inner->fields, name + '.', text);
    }
}

std::string analyses_page() {
    std::string text =
        "# Analyses\n\nWritten by `steelyard reference analyses` from the registry. `steelyard describe "
        "ANALYSIS` says the "
        "same.\n\n| analysis | question | status |\n|---|---|---|\n";
    for (const Analysis& analysis : analyses())
        text += "| [" + std::string(analysis.name) + "](#" + std::string(analysis.name) + ") | " +
                cell(analysis.question) + " | " + std::string(detail::choice_name(analysis.status)) + " |\n";
    text += "\nStatus:";
    for (const auto& choice : choices_of(Status{}))
        text += (choice.value == Status::published ? " *" : "; *") + std::string(choice.name) + "* " +
                std::string(choice.meaning);
    text += ".\n";
    for (const Analysis& analysis : analyses()) {
        text += "\n## " + std::string(analysis.name) + "\n\n**" + std::string(analysis.question) + "**\n\n" +
                std::string(analysis.about) + "\n\n";
        for (const Section section : analysis.needs) {
            for (const auto& choice : choices_of(section)) {
                if (choice.value == section)
                    text += "Needs " + std::string(choice.meaning) + ".\n\n";
            }
        }
        text += "```\nsteelyard " + example_line(analysis) + "\n```\n";
        text += flag_table(option_flags(analysis.name));
        text += "\n| result | meaning | unit |\n|---|---|---|\n";
        add_fields(analysis.result().fields, "", text);
        text += "\nReferences:\n\n";
        for (const std::string_view reference : analysis.references)
            text += "* " + std::string(reference) + "\n";
    }
    return text;
}

struct Page {
    std::string_view name;
    std::string (*text)();
};
constexpr std::array kPages{
    Page{"analyses", &analyses_page},
    Page{"case-format", &case_format_page},
    Page{"commands", &commands_page},
    Page{"exit-codes", &exit_codes_page},
};

constexpr std::array kReferenceArguments{
    Argument{"PAGE", "which page", Argument::Count::one, Argument::Kind::word,
             "analyses case-format commands exit-codes"},
};

int run_reference(const Invocation& call, Terminal& terminal) {
    const auto* const page = std::ranges::find(kPages, call.arguments[0], &Page::name);
    if (page == kPages.end()) {
        std::vector<std::string> names;
        for (const Page& each : kPages)
            names.emplace_back(each.name);
        throw Error(ErrorKind::usage, std::vector{Problem{{},
                                                          "there is no such page",
                                                          call.arguments[0],
                                                          join_names(names),
                                                          nearest_name(call.arguments[0], names)}});
    }
    terminal.print(page->text());
    return 0;
}

constexpr std::array kReferenceSamples{
    Sample{"reference case-format", "every section and key of a case file, offline"},
};

}  // namespace

const Command kReferenceCommand{
    .name = "reference",
    .summary = "print a page of the reference, in Markdown",
    .about = {},
    .arguments = kReferenceArguments,
    .flags = {},
    .samples = kReferenceSamples,
    .run = &run_reference,
};

}  // namespace steelyard::cli
