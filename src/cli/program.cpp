// SPDX-License-Identifier: Apache-2.0
#include "program.hpp"

#include "command.hpp"
#include "failure.hpp"
#include "help.hpp"
#include "parse.hpp"
#include "steelyard/core/version.hpp"
#include "work.hpp"

#include <algorithm>
#include <new>

namespace steelyard::cli {

namespace {

When read_when(const std::string& text) {
    if (text == "auto")
        return When::automatic;
    if (text == "always")
        return When::always;
    if (text == "never")
        return When::never;
    throw Error(ErrorKind::usage,
                std::vector{Problem{{}, "flag '--color' is not valid", text, "auto, always, never", {}}});
}

int dispatch(std::span<const std::string> words, Terminal& terminal) {
    if (words.empty()) {
        terminal.complain(program_help(terminal));
        return describe(ErrorKind::usage).exit_code;
    }
    if (words[0] == "--version") {
        terminal.line("steelyard " + std::string(version()));
        return 0;
    }
    if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
        if (words.size() > 1)
            terminal.print(command_help(find_command(words[1]), {}, terminal));
        else
            terminal.print(program_help(terminal));
        return 0;
    }
    const Command& command = find_command(words[0]);
    const Invocation call = parse(command, words.subspan(1));
    if (const auto when = call.get("color"))
        terminal.colour(read_when(*when));
    if (call.has("help")) {
        terminal.print(command_help(command, call.arguments, terminal));
        return 0;
    }
    return command.run(call, terminal);
}

}  // namespace

int run_program(const std::vector<std::string>& words) {
    Terminal terminal;
    const bool json = std::ranges::any_of(
        words, [](const std::string& word) { return word == "--json" || word.starts_with("--json="); });
    try {
        catch_interrupts();
        const int code = dispatch(words, terminal);
        terminal.flush();
        return code;
    } catch (const Error& error) {
        return report_error(error, json, terminal);
    } catch (const std::bad_alloc&) {
        return report_error(Error(ErrorKind::limit, "out of memory"), json, terminal);
    } catch (const std::exception& error) {
        return report_defect(error.what(), json, terminal);
    }
}

}  // namespace steelyard::cli
