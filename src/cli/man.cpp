// SPDX-License-Identifier: Apache-2.0
// `steelyard man`: the manual page, written from the command table and the registry.
#include "commands.hpp"
#include "help.hpp"
#include "steelyard/core/version.hpp"
#include "steelyard/registry/analysis.hpp"
#include "terminal.hpp"

#include <array>

namespace steelyard::cli {

namespace {

/// Text as roff takes it literally: no request at the beginning of a line, hyphens that can be copied.
std::string roff(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '\\')
            escaped += "\\e";
        else if (c == '-')
            escaped += "\\-";
        else if ((c == '.' || c == '\'') && (escaped.empty() || escaped.back() == '\n'))
            escaped += std::string("\\&") + c;
        else
            escaped += c;
    }
    return escaped;
}

std::string tagged(const std::string& tag, std::string_view text) {
    return ".TP\n.B " + roff(tag) + "\n" + roff(text) + "\n";
}

std::string flags(std::span<const Flag> flags) {
    std::string text;
    for (const Flag& flag : flags) {
        std::string meaning(flag.meaning);
        if (!flag.choices.empty())
            meaning += " (" + std::string(flag.choices) + ")";
        text += tagged(flag_text(flag), meaning);
    }
    return text;
}

std::string page() {
    std::string text =
        ".TH STEELYARD 1 \"\" \"Steelyard " + std::string(version()) + "\" \"User Commands\"\n";
    text +=
        ".SH NAME\nsteelyard \\- negotiation analysis you can check, from one sourced plain\\-text case\n";
    text += ".SH SYNOPSIS\n.B steelyard\n.I COMMAND\n[\\fIARGUMENT\\fR]... [\\fB\\-\\-FLAG\\fR]...\n";
    text +=
        ".SH DESCRIPTION\n" +
        roff(
            "From one case (who is at the table, what is on it, what each option is worth to whom, what "
            "happens "
            "without a deal, who owes what to whom, and where each number comes from) Steelyard answers what "
            "can be agreed, what is likely, whether it will hold and what would change the answer. The same "
            "case, options and seed give the same bytes.") +
        "\n.PP\n" + roff("In place of a file, - is standard input or output.") + "\n";
    text += ".SH COMMANDS\n";
    for (const Command& command : commands()) {
        text += ".SS " + roff(usage_line(command)) + "\n" + roff(command.summary) + ".\n";
        if (!command.about.empty())
            text += ".PP\n" + roff(command.about) + "\n";
        for (const Argument& argument : command.arguments) {
            std::string meaning(argument.meaning);
            if (!argument.choices.empty())
                meaning += " (" + std::string(argument.choices) + ")";
            text += tagged(std::string(argument.name), meaning);
        }
        text += flags(command.flags);
        for (const Sample& sample : command.samples)
            text += ".PP\n.B " + roff("steelyard " + std::string(sample.line)) + "\n.br\n" +
                    roff(sample.meaning) + "\n";
    }
    text += ".SH FLAGS OF EVERY COMMAND\n" + flags(common_flags());
    text += ".SH ANALYSES\n";
    for (const Analysis& analysis : analyses()) {
        text += ".SS " + roff(analysis.name) + "\n" + roff(analysis.question) + "\n.PP\n" +
                roff(analysis.about) + "\n" + flags(option_flags(analysis.name));
    }
    text += ".SH EXIT STATUS\n";
    for (const ExitCode& code : exit_codes())
        text += tagged(std::to_string(code.code), code.meaning);
    text +=
        ".SH ENVIRONMENT\n" + tagged("NO_COLOR", "when set, output is not coloured unless --color says so");
    return text;
}

int run_man(const Invocation&, Terminal& terminal) {
    terminal.print(page());
    return 0;
}

constexpr std::array kManSamples{
    Sample{"man | man -l -", "read it"},
    Sample{"man > steelyard.1", "keep it"},
};

}  // namespace

const Command kManCommand{
    .name = "man",
    .summary = "print the manual page",
    .about = {},
    .arguments = {},
    .flags = {},
    .samples = kManSamples,
    .run = &run_man,
};

}  // namespace steelyard::cli
