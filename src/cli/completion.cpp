// SPDX-License-Identifier: Apache-2.0
// `steelyard completion`: scripts for shells, written from the command table and the registry.
#include "commands.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/registry/analysis.hpp"
#include "terminal.hpp"

#include <algorithm>
#include <array>

namespace steelyard::cli {

namespace {

constexpr std::array kCompletionArguments{
    Argument{"SHELL", "which shell", Argument::Count::one, Argument::Kind::word, "bash zsh fish"},
};

/// The texts between blanks, each with `before` and a blank behind.
template <class Range, class Name>
std::string joined(const Range& items, const Name& name) {
    std::string text;
    for (const auto& item : items)
        text += (text.empty() ? "" : " ") + std::string(name(item));
    return text;
}

/// Every spelling of the flags.
std::string flag_words(std::span<const Flag> flags) {
    return joined(flags, [](const Flag& flag) {
        const std::string name(flag.name);
        return flag.negatable ? "--" + name + " --no-" + name : "--" + name;
    });
}

std::string analysis_words() {
    return joined(analyses(), [](const Analysis& analysis) { return analysis.name; });
}

bool takes(const Command& command, Argument::Kind kind) {
    return std::ranges::any_of(command.arguments,
                               [&](const Argument& argument) { return argument.kind == kind; });
}

std::string_view choices_of_arguments(const Command& command) {
    return command.arguments.empty() ? std::string_view{} : command.arguments[0].choices;
}

/// Flags whose value is one of a few words, each once.
std::vector<const Flag*> flags_with_choices() {
    std::vector<const Flag*> found;
    const auto add = [&](std::span<const Flag> flags) {
        for (const Flag& flag : flags) {
            const auto same = [&](const Flag* other) {
                return other->name == flag.name && other->choices == flag.choices;
            };
            if (!flag.choices.empty() && std::ranges::none_of(found, same))
                found.push_back(&flag);
        }
    };
    add(common_flags());
    for (const Command& command : commands())
        add(command.flags);
    return found;
}

std::string bash() {
    std::string text =
        "# steelyard completion for bash\n"
        "_steelyard() {\n"
        "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
        "  local command=${COMP_WORDS[1]} first=${COMP_WORDS[2]} words=\n"
        "  COMPREPLY=()\n"
        "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
        "    words='" +
        joined(commands(), [](const Command& command) { return command.name; }) +
        " --help --version'\n"
        "  else\n"
        "    case $previous in\n";
    for (const Flag* flag : flags_with_choices())
        text += "      --" + std::string(flag->name) + ") words='" + std::string(flag->choices) + "';;\n";
    text += "    esac\n    case $command:$COMP_CWORD:$words in\n";
    for (const Command& command : commands()) {
        std::string words(choices_of_arguments(command));
        if (takes(command, Argument::Kind::analysis))
            words += (words.empty() ? "" : " ") + analysis_words();
        if (!words.empty())
            text += "      " + std::string(command.name) + ":2:) words='" + words + "';;\n";
    }
    text += "    esac\n    case $command:$current in\n";
    for (const Command& command : commands()) {
        text += "      " + std::string(command.name) + ":-*) words='" + flag_words(flags_of(command)) + "'";
        if (command.takes_options) {
            text += "\n        case $first in\n";
            for (const Analysis& analysis : analyses()) {
                const std::vector<Flag> flags = option_flags(analysis.name);
                if (!flags.empty())
                    text += "          " + std::string(analysis.name) + ") words=\"$words " +
                            flag_words(flags) + "\";;\n";
            }
            text += "        esac";
        }
        text += ";;\n";
    }
    return text +
           "    esac\n"
           "  fi\n"
           "  if [ -n \"$words\" ]; then\n"
           "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
           "  fi\n"
           "}\n"
           "complete -o default -o bashdefault -F _steelyard steelyard\n";
}

/// A text inside single quotes of a shell that closes and reopens them (zsh), for `_arguments`.
std::string zsh_text(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '\'')
            escaped += R"('\'')";
        else if (c == '[' || c == ']' || c == ':' || c == '\\')
            escaped += std::string("\\") + c;
        else
            escaped += c;
    }
    return escaped;
}

std::string zsh_flags(std::span<const Flag> flags, std::string_view indent) {
    std::string text;
    for (const Flag& flag : flags) {
        const auto one = [&](const std::string& name, bool value) {
            text += std::string(indent) + "'*--" + name + "[" + zsh_text(flag.meaning) + "]";
            const bool file = flag.value.find("FILE") != std::string_view::npos || flag.value == "DIR";
            const std::string action = !flag.choices.empty() ? '(' + std::string(flag.choices) + ')'
                                       : file                ? "_files"
                                                             : " ";
            if (value)
                text += (flag.takes == Takes::perhaps ? "::" : ":") + zsh_text(flag.value) + ":" + action;
            text += "' \\\n";
        };
        one(std::string(flag.name), flag.takes != Takes::nothing);
        if (flag.negatable)
            one("no-" + std::string(flag.name), false);
    }
    return text;
}

std::string zsh() {
    std::string text =
        "#compdef steelyard\n"
        "# steelyard completion for zsh\n"
        "_steelyard() {\n"
        "  local -a found\n"
        "  if (( CURRENT == 2 )); then\n"
        "    found=(\n";
    for (const Command& command : commands())
        text += "      '" + std::string(command.name) + ":" + zsh_text(command.summary) + "'\n";
    text +=
        "    )\n"
        "    _describe command found\n"
        "    return\n"
        "  fi\n"
        "  local -a own\n"
        "  case $words[2] in\n";
    for (const Command& command : commands()) {
        text += "    " + std::string(command.name) + ")\n";
        const bool analysis = takes(command, Argument::Kind::analysis);
        std::string first(choices_of_arguments(command));
        if (analysis)
            first += (first.empty() ? "" : " ") + analysis_words();
        if (command.takes_options) {
            text += "      case $words[3] in\n";
            for (const Analysis& each : analyses()) {
                const std::vector<Flag> flags = option_flags(each.name);
                if (flags.empty())
                    continue;
                text += "        " + std::string(each.name) + ") own=( \\\n" +
                        zsh_flags(flags, "          ") + "          );;\n";
            }
            text += "      esac\n";
        }
        text += "      shift words; (( CURRENT-- ))\n      _arguments $own \\\n" +
                zsh_flags(flags_of(command), "        ");
        if (!first.empty())
            text += "        '1:name:(" + first + ")' \\\n";
        text += "        '*:file:_files'\n      ;;\n";
    }
    return text + "  esac\n}\n_steelyard \"$@\"\n";
}

std::string fish_text(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '\'' || c == '\\')
            escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string fish_flags(std::span<const Flag> flags, const std::string& condition) {
    std::string text;
    for (const Flag& flag : flags) {
        const auto one = [&](const std::string& name) {
            text += "complete -c steelyard -n '" + condition + "' -l " + name + " -d '" +
                    fish_text(flag.meaning) + "'";
            if (flag.takes == Takes::a_value)
                text += " -r";
            if (!flag.choices.empty())
                text += " -x -a '" + std::string(flag.choices) + "'";
            text += '\n';
        };
        one(std::string(flag.name));
        if (flag.negatable)
            one("no-" + std::string(flag.name));
    }
    return text;
}

std::string fish() {
    std::string text = "# steelyard completion for fish\n";
    for (const Command& command : commands()) {
        const std::string name(command.name);
        text += "complete -c steelyard -f -n __fish_use_subcommand -a " + name + " -d '" +
                fish_text(command.summary) + "'\n";
        const std::string condition = "__fish_seen_subcommand_from " + name;
        std::string first(choices_of_arguments(command));
        if (takes(command, Argument::Kind::analysis))
            first += (first.empty() ? "" : " ") + analysis_words();
        if (!first.empty())
            text += "complete -c steelyard -n '" + condition + "' -a '" + first + "'\n";
        text += fish_flags(flags_of(command), condition);
        if (!command.takes_options)
            continue;
        for (const Analysis& analysis : analyses()) {
            text += fish_flags(option_flags(analysis.name),
                               condition + "; and __fish_seen_subcommand_from " + std::string(analysis.name));
        }
    }
    return text;
}

int run_completion(const Invocation& call, Terminal& terminal) {
    const std::string& shell = call.arguments[0];
    if (shell != "bash" && shell != "zsh" && shell != "fish") {
        const std::vector<std::string> shells{"bash", "zsh", "fish"};
        throw Error(
            ErrorKind::usage,
            std::vector{Problem{
                {}, "no completion for this shell", shell, join_names(shells), nearest_name(shell, shells)}});
    }
    terminal.print(shell == "bash" ? bash() : shell == "zsh" ? zsh() : fish());
    return 0;
}

constexpr std::array kCompletionSamples{
    Sample{"completion bash > /etc/bash_completion.d/steelyard", "for bash"},
    Sample{"completion zsh > ~/.zfunc/_steelyard", "for zsh, with ~/.zfunc in $fpath"},
    Sample{"completion fish > ~/.config/fish/completions/steelyard.fish", "for fish"},
};

}  // namespace

const Command kCompletionCommand{
    .name = "completion",
    .summary = "print a completion script for a shell",
    .about = "An installed Steelyard has brought these scripts along.",
    .arguments = kCompletionArguments,
    .flags = {},
    .samples = kCompletionSamples,
    .run = &run_completion,
};

}  // namespace steelyard::cli
