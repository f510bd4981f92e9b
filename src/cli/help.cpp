// SPDX-License-Identifier: Apache-2.0
#include "help.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/core/version.hpp"
#include "steelyard/registry/analysis.hpp"

#include <algorithm>

namespace steelyard::cli {

namespace {

constexpr std::size_t kIndent = 2;

/// Two columns: names on the left, meanings wrapped on the right.
class Rows {
public:
    explicit Rows(const Terminal& terminal) : terminal_(terminal) {}

    void add(std::string name, std::string_view meaning) {
        if (columns(name) <= kWidest)
            left_ = std::max(left_, columns(name));
        rows_.emplace_back(std::move(name), meaning);
    }
    [[nodiscard]] std::string text() const {
        const std::size_t indent = kIndent + left_ + 2;
        const std::size_t width = std::max(std::min<std::size_t>(terminal_.width(), 100), indent + 30);
        std::string text;
        for (const auto& [name, meaning] : rows_) {
            text += std::string(kIndent, ' ') + terminal_.ink(Ink::accent, name);
            if (columns(name) > left_)
                text += '\n' + std::string(indent, ' ');
            else
                text += std::string(left_ + 2 - columns(name), ' ');
            text += wrap(meaning, width, indent) + '\n';
        }
        return text;
    }

private:
    static constexpr std::size_t kWidest = 28;

    const Terminal& terminal_;
    std::vector<std::pair<std::string, std::string>> rows_;
    std::size_t left_ = 0;
};

std::string heading(std::string_view text, const Terminal& terminal) {
    return '\n' + terminal.ink(Ink::strong, text) + '\n';
}

std::string paragraphs(std::string_view text, const Terminal& terminal) {
    return text.empty() ? "" : '\n' + wrap(text, std::min<std::size_t>(terminal.width(), 100)) + '\n';
}

std::string samples(std::span<const Sample> samples, const Terminal& terminal) {
    std::string text;
    for (const Sample& sample : samples) {
        text += "  " + terminal.ink(Ink::accent, "steelyard " + std::string(sample.line)) + '\n';
        text += "      " + wrap(sample.meaning, std::min<std::size_t>(terminal.width(), 100), 6) + '\n';
    }
    return text;
}

void add_flags(Rows& rows, std::span<const Flag> flags) {
    for (const Flag& flag : flags) {
        std::string meaning(flag.meaning);
        if (!flag.choices.empty())
            meaning += " (" + std::string(flag.choices) + ")";
        rows.add(flag_text(flag), meaning);
    }
}

constexpr std::array kFirstSteps{
    Sample{"brief cases/belarus-us/2025-major-agreement.yaml", "answer the questions of the first case"},
    Sample{"check my-case.yaml", "say everything that is wrong with a case, with line and column"},
    Sample{"analyses my-case.yaml", "list what can be asked of this case"},
    Sample{"run frontier my-case.yaml --set no_deal.port=40", "run one analysis with one number replaced"},
};

}  // namespace

std::string flag_text(const Flag& flag) {
    std::string text = flag.letter != 0 ? std::string{'-', flag.letter, ',', ' '} : std::string();
    text += flag.negatable ? "--[no-]" : "--";
    text += flag.name;
    if (flag.takes == Takes::a_value)
        text += ' ' + std::string(flag.value);
    if (flag.takes == Takes::perhaps)
        text += " [" + std::string(flag.value) + ']';
    return text;
}

std::string usage_line(const Command& command) {
    std::string text(command.name);
    for (const Argument& argument : command.arguments) {
        using Count = Argument::Count;
        const std::string name(argument.name);
        const bool optional = argument.count == Count::optional || argument.count == Count::any;
        const bool several = argument.count == Count::many || argument.count == Count::any;
        text += ' ' + (optional ? '[' + name + ']' : name) + (several ? "..." : "");
    }
    if (!command.flags.empty() || command.takes_options)
        text += " [--FLAG]...";
    return text;
}

std::string flag_rows(std::span<const Flag> flags, const Terminal& terminal) {
    Rows rows(terminal);
    add_flags(rows, flags);
    return rows.text();
}

std::string example_line(const Analysis& analysis) {
    std::string line =
        "run " + std::string(analysis.name) + " cases/" + std::string(analysis.example.case_path) + ".yaml";
    const std::vector<FieldShape> options = analysis.options();
    for (const auto& [name, text] : analysis.example.options) {
        const auto option = std::ranges::find(options, name, &FieldShape::name);
        const bool document = option != options.end() && option->shape.document;
        const bool plain = text.find_first_of(" '\"\n$&;<>|*?[]{}()") == std::string_view::npos;
        std::string flag(name);
        std::ranges::replace(flag, '_', '-');
        line += " --" + flag + ' ' +
                (document ? "FILE"
                 : plain  ? std::string(text)
                          : '\'' + std::string(text) + '\'');
    }
    return line;
}

std::vector<ExitCode> exit_codes() {
    std::vector<ExitCode> codes{
        {0, "success", "Done; what was asked for has been printed or written."},
        {kNegativeFinding, "finding",
         "Done, with a negative finding: `evidence` found orphans, `cite` did not find the words."},
    };
    for (const ErrorKindRow& row : error_kinds())
        codes.push_back({row.exit_code, std::string(row.name), std::string(row.meaning)});
    codes.push_back({kDefect, "defect", "A defect of the program itself."});
    std::ranges::sort(codes, {}, &ExitCode::code);
    return codes;
}

std::string program_help(const Terminal& terminal) {
    std::string text = terminal.ink(Ink::strong, "steelyard " + std::string(version())) +
                       ": negotiation analysis you can check, from one sourced plain-text case\n";
    text += heading("Usage", terminal) + "  steelyard COMMAND [ARGUMENT]... [--FLAG]...\n";
    text += heading("Commands", terminal);
    Rows rows(terminal);
    for (const Command& command : commands())
        rows.add(std::string(command.name), command.summary);
    text += rows.text();
    text += heading("First steps", terminal) + samples(kFirstSteps, terminal);
    text += heading("Everywhere", terminal);
    Rows everywhere(terminal);
    add_flags(everywhere, common_flags());
    everywhere.add("--version", "the version");
    everywhere.add("-", "in place of a file: standard input or output");
    text += everywhere.text();
    text += heading("Exit codes", terminal);
    Rows codes(terminal);
    for (const ExitCode& code : exit_codes())
        codes.add(std::to_string(code.code), code.meaning);
    text += codes.text();
    text +=
        "\n`steelyard COMMAND --help` explains a command, `steelyard describe` the analyses, and\n"
        "`steelyard man | man -l -` is all of it as a manual page.\n";
    return text;
}

std::string command_help(const Command& command, std::span<const std::string> arguments,
                         const Terminal& terminal) {
    std::string text = terminal.ink(Ink::strong, "steelyard " + std::string(command.name)) + ": " +
                       std::string(command.summary) + '\n';
    text += heading("Usage", terminal) + "  steelyard " + usage_line(command) + '\n';
    text += paragraphs(command.about, terminal);
    if (!command.arguments.empty()) {
        text += heading("Arguments", terminal);
        Rows rows(terminal);
        for (const Argument& argument : command.arguments) {
            std::string meaning(argument.meaning);
            if (!argument.choices.empty())
                meaning += " (" + std::string(argument.choices) + ")";
            rows.add(std::string(argument.name), meaning);
        }
        text += rows.text();
    }
    text += heading("Flags", terminal);
    Rows rows(terminal);
    add_flags(rows, flags_of(command));
    text += rows.text();
    if (command.takes_options && !arguments.empty() && arguments[0] != "-") {
        const std::vector<Flag> options = option_flags(arguments[0]);
        text += heading("Options of " + arguments[0], terminal);
        text += options.empty() ? "  none\n" : flag_rows(options, terminal);
    }
    if (!command.samples.empty())
        text += heading("Examples", terminal) + samples(command.samples, terminal);
    return text;
}

}  // namespace steelyard::cli
