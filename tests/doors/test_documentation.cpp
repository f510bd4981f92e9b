// SPDX-License-Identifier: Apache-2.0
// The examples of the documentation, run and compared.
//
// A block with title="NAME" behind its opening is written to NAME; in a block ```console every line `$ COMMAND` is run, in the
// order of the page, in one folder for each page. What is shown below a command must be what it prints on a
// terminal of 100 columns; a line `...` stands for any number of lines; nothing shown means that it only has
// to succeed. `# exit code N` behind a command says that it ends with N.
#include "doors/program.hpp"
#include "support/reference_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <span>
#include <sstream>

using steelyard::test::Outcome;
using steelyard::test::Scratch;

namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const std::string& text) {
    Lines lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        line.erase(line.find_last_not_of(" \r") + 1);
        lines.push_back(line);
    }
    while (!lines.empty() && lines.back().empty())
        lines.pop_back();
    return lines;
}

struct Block {
    std::string info;  ///< what stands behind the opening ```
    Lines lines;
    std::size_t line = 0;  ///< of the first line, from 1
};

std::vector<Block> blocks_of(const std::string& page) {
    std::vector<Block> blocks;
    bool inside = false;
    std::size_t number = 0;
    std::istringstream stream(page);
    for (std::string line; std::getline(stream, line);) {
        ++number;
        const bool fence = line.starts_with("```");
        if (fence && !inside)
            blocks.push_back({line.substr(3), {}, number + 1});
        else if (!fence && inside)
            blocks.back().lines.push_back(line);
        inside = fence ? !inside : inside;
    }
    return blocks;
}

/// Whether the lines are the expected ones, where `...` stands for any number of lines.
bool matches(std::span<const std::string> expected, std::span<const std::string> actual) {
    if (expected.empty())
        return actual.empty();
    if (expected[0] != "...")
        return !actual.empty() && expected[0] == actual[0] && matches(expected.subspan(1), actual.subspan(1));
    for (std::size_t skip = 0; skip <= actual.size(); ++skip) {
        if (matches(expected.subspan(1), actual.subspan(skip)))
            return true;
    }
    return false;
}

std::string joined(const Lines& lines) {
    std::string text;
    for (const std::string& line : lines)
        text += line + '\n';
    return text;
}

struct Command {
    std::string text;
    int exit_code = 0;
    Lines output;
    std::size_t line = 0;
};

std::vector<Command> commands_of(const Block& block) {
    std::vector<Command> commands;
    for (std::size_t i = 0; i < block.lines.size(); ++i) {
        const std::string& line = block.lines[i];
        if (line.starts_with("$ ")) {
            Command command{line.substr(2), 0, {}, block.line + i};
            const std::size_t mark = command.text.find("  # exit code ");
            if (mark != std::string::npos) {
                command.exit_code = std::stoi(command.text.substr(mark + 14));
                command.text.erase(mark);
            }
            commands.push_back(std::move(command));
        } else if (!commands.empty()) {
            commands.back().output.push_back(line);
        }
    }
    for (Command& command : commands)
        command.output = lines_of(joined(command.output));
    return commands;
}

class Documentation : public testing::TestWithParam<std::string> {};

/// Pages with commands to run.
std::vector<std::string> pages() {
    std::vector<std::string> pages{"README.md"};
    for (const std::string folder : {"docs/guide", "docs/reference"}) {
        for (const auto& entry : std::filesystem::directory_iterator(steelyard::test::source_path(folder))) {
            if (entry.path().extension() == ".md" &&
                steelyard::test::file_text(entry.path().string()).find("```console") != std::string::npos)
                pages.push_back(folder + '/' + entry.path().filename().string());
        }
    }
    std::ranges::sort(pages);
    return pages;
}

std::string test_name(const testing::TestParamInfo<std::string>& page) {
    std::string name = std::filesystem::path(page.param).stem().string();
    std::ranges::replace(name, '-', '_');
    return name;
}

}  // namespace

TEST_P(Documentation, ExamplesDoWhatThePageShows) {
    const Scratch scratch;
    const std::string program = std::filesystem::path(STEELYARD_PROGRAM).parent_path();
    // The catalogue is at hand, as in a checkout.
    std::filesystem::create_directory_symlink(steelyard::test::source_path("cases"), scratch.path("cases"));
    steelyard::test::Start start;
    start.terminal = true;
    start.folder = scratch.folder();
    start.environment = {"NO_COLOR=1", "PATH=" + program + ':' + std::getenv("PATH")};
    for (const Block& block :
         blocks_of(steelyard::test::file_text(steelyard::test::source_path(GetParam())))) {
        const std::size_t title = block.info.find("title=\"");
        if (title != std::string::npos) {
            const std::string name =
                block.info.substr(title + 7, block.info.find('"', title + 7) - title - 7);
            std::filesystem::create_directories(std::filesystem::path(scratch.path(name)).parent_path());
            (void)scratch.file(name, joined(block.lines));
        }
        if (!block.info.starts_with("console"))
            continue;
        for (const Command& command : commands_of(block)) {
            const Outcome outcome = steelyard::test::run_program({"sh", "-c", command.text}, start);
            EXPECT_EQ(outcome.exit_code, command.exit_code)
                << GetParam() << ':' << command.line << ": $ " << command.text << '\n'
                << outcome.out;
            EXPECT_TRUE(command.output.empty() || matches(command.output, lines_of(outcome.out)))
                << GetParam() << ':' << command.line << ": $ " << command.text << " prints\n"
                << outcome.out;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Pages, Documentation, testing::ValuesIn(pages()), test_name);

TEST(DocumentationTest, NoticesWhatDiffers) {
    EXPECT_TRUE(matches(Lines{"a", "...", "c"}, Lines{"a", "b", "b", "c"}));
    EXPECT_TRUE(matches(Lines{"a", "..."}, Lines{"a"}));
    EXPECT_FALSE(matches(Lines{"a", "...", "d"}, Lines{"a", "b", "c"}));
    EXPECT_FALSE(matches(Lines{"a"}, Lines{"a", "b"}));
    const auto commands =
        commands_of(blocks_of("text\n```console\n$ one\nout\n\n$ two  # exit code 3\n```\n").at(0));
    ASSERT_EQ(commands.size(), 2U);
    EXPECT_EQ(commands[0].output, Lines{"out"});
    EXPECT_EQ(commands[1].exit_code, 3);
    EXPECT_EQ(commands[1].line, 6U);
}
