// SPDX-License-Identifier: Apache-2.0
#include "files.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/files/files.hpp"
#include "terminal.hpp"
#include "work.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>

namespace steelyard::cli {

namespace {

constexpr std::size_t kLargestFile = std::size_t{64} * 1024 * 1024;

[[noreturn]] void fail(std::string_view what, const std::string& path, const std::error_code& error) {
    Problem problem;
    problem.place.file = path;
    problem.message = std::string(what) + ": " + std::strerror(error.value());
    throw Error(ErrorKind::input_output, std::vector{std::move(problem)});
}

void give_up_when_asked() {
    if (interrupt_token().requested())
        throw Error(ErrorKind::cancelled, "stopped");
}

}  // namespace

std::string read_file(const std::string& path) {
    return path == "-" ? read_standard_input(kLargestFile, give_up_when_asked)
                       : steelyard::read_file(path, kLargestFile, give_up_when_asked);
}

void write_file(const std::string& path, std::string_view text, Terminal& terminal) {
    if (path == "-")
        terminal.print(text);
    else
        replace_file(path, text);
}

void make_folder(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directory(path, error);
    if (error)
        fail("cannot make the folder", path, error);
}

std::vector<std::string> list_folder(const std::string& path) {
    std::error_code error;
    std::vector<std::string> files;
    for (std::filesystem::directory_iterator entry(path, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        if (entry->is_regular_file(ignored))
            files.push_back(entry->path().string());
    }
    if (error)
        fail("cannot read the folder", path, error);
    std::ranges::sort(files);
    return files;
}

}  // namespace steelyard::cli
