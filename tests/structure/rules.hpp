// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard::test {

/// What each module may include, as the build declares it: module -> modules below it.
using Layers = std::map<std::string, std::set<std::string>, std::less<>>;

/// Reads lines "space: core model".
Layers parse_layers(std::string_view text);

/// One source file: its path from the top of the tree, and its text.
struct SourceFile {
    std::string path;
    std::string text;
};

/// Each rule returns what is wrong with `file`, a line of text per finding, naming the path and the line.
std::vector<std::string> include_direction(const SourceFile& file, const Layers& layers);
std::vector<std::string> forbidden_names(const SourceFile& file);
std::vector<std::string> licence_line(const SourceFile& file);
std::vector<std::string> length(const SourceFile& file);

}  // namespace steelyard::test
