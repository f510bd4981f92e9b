// SPDX-License-Identifier: Apache-2.0
#include "structure/rules.hpp"

#include <algorithm>
#include <regex>
#include <sstream>

namespace steelyard::test {

namespace {

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    std::istringstream stream{std::string(text)};
    for (std::string line; std::getline(stream, line);) {
        lines.push_back(line);
    }
    return lines;
}

std::string finding(const SourceFile& file, std::size_t index, std::string_view text) {
    return file.path + ":" + std::to_string(index + 1) + ": " + std::string(text);
}

/// "space" for src/space/frontier.cpp and include/steelyard/space/frontier.hpp; empty for every other path.
std::string module_of(std::string_view path) {
    for (const std::string_view top : {"src/", "include/steelyard/"}) {
        if (path.starts_with(top)) {
            path.remove_prefix(top.size());
            const std::size_t slash = path.find('/');
            return slash == std::string_view::npos ? "" : std::string(path.substr(0, slash));
        }
    }
    return "";
}

/// A name in the library or the program that only some folders may use.
struct Forbidden {
    std::regex pattern;                ///< of the name, in a line without its comment
    std::vector<std::string> allowed;  ///< beginnings of paths
    std::string reason;
};

const std::vector<Forbidden>& forbidden() {
    static const std::vector<std::string> doors = {"src/cli/",      "src/http/",  "src/python/",
                                                   "src/ensemble/", "src/files/", "src/store/"};
    static const std::vector<std::string> nobody = {};
    static const auto name = [](const char* text) { return std::regex(text, std::regex::optimize); };
    static const std::vector<Forbidden> rows = {
        {name(R"([<"]mpi\.h[>"])"), {"src/ensemble/"}, "only the job runner knows MPI"},
        {name(R"([<"](sqlite3\.h|SQLiteCpp/))"), {"src/store/"}, "only the store knows SQLite"},
        {name(R"([<"]microhttpd\.h[>"])"), {"src/http/"}, "only the server knows its HTTP library"},
        {name(R"([<"]yaml\.h[>"])"), {"src/format/"}, "only the readers and writers know YAML"},
        {name(R"([<"]pugixml\.hpp[>"])"), {"src/format/"}, "only the readers and writers know XML"},
        {name(R"([<"](gtest|gmock|rapidcheck|benchmark)[/.])"), nobody, "test headers stay in tests"},
        {name(R"(\bstd::(cout|cerr|clog|puts|printf|fprintf)\b|\bfmt::print\b)"), doors,
         "only a door prints"},
        {name(R"(\bstd::(cin|ifstream|ofstream|fstream|fopen)\b)"), doors, "only a door opens a file"},
        {name(R"(\bstd::(exit|quick_exit|_Exit)\b)"), doors, "only a door exits"},
        {name(R"(\b(system_clock|steady_clock|high_resolution_clock)\b|\bstd::time\()"), doors,
         "only a door reads the clock"},
        {name(R"(\bstd::getenv\b)"), doors, "only a door reads the environment"},
        {name(R"(\bstd::(rand|srand|random_device|mt19937|mt19937_64|default_random_engine)\b)"), nobody,
         "draws come from the seeded streams of core"},
    };
    return rows;
}

}  // namespace

Layers parse_layers(std::string_view text) {
    Layers layers;
    for (const std::string& line : lines_of(text)) {
        const std::size_t colon = line.find(':');
        if (colon == std::string::npos) {
            continue;
        }
        std::set<std::string>& below = layers[line.substr(0, colon)];
        std::istringstream names(line.substr(colon + 1));
        for (std::string name; names >> name;) {
            below.insert(name);
        }
    }
    return layers;
}

std::vector<std::string> include_direction(const SourceFile& file, const Layers& layers) {
    const std::string module = module_of(file.path);
    if (module.empty()) {
        return {};
    }
    const auto layer = layers.find(module);
    if (layer == layers.end()) {
        return {file.path + ": the build declares no module '" + module + "'"};
    }
    static const std::regex include(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re");
    std::vector<std::string> findings;
    const std::vector<std::string> lines = lines_of(file.text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::smatch match;
        if (!std::regex_search(lines[i], match, include)) {
            continue;
        }
        const std::string path = match[1];
        if (path.find("../") != std::string::npos) {
            findings.push_back(finding(file, i, "includes through '..': " + path));
            continue;
        }
        std::string_view rest = path;
        const bool is_public = rest.starts_with("steelyard/");
        if (is_public) {
            rest.remove_prefix(std::string_view("steelyard/").size());
        }
        const std::size_t slash = rest.find('/');
        if (slash == std::string_view::npos) {
            if (is_public) {
                findings.push_back(finding(file, i, "includes " + path + ", which reaches every module"));
            }
            continue;
        }
        const std::string target(rest.substr(0, slash));
        if (target == module) {
            continue;
        }
        if (is_public && !layer->second.contains(target)) {
            findings.push_back(finding(file, i, module + " may not include " + path));
        } else if (!is_public && layers.contains(target)) {
            findings.push_back(finding(file, i, module + " includes a private header of " + target));
        }
    }
    return findings;
}

std::vector<std::string> forbidden_names(const SourceFile& file) {
    if (!file.path.starts_with("src/") && !file.path.starts_with("include/")) {
        return {};
    }
    std::vector<std::string> findings;
    const bool is_header = file.path.ends_with(".hpp");
    const bool is_public = file.path.starts_with("include/");
    static const std::regex json(R"re([<"]nlohmann/(?!json_fwd\.hpp))re");
    static const std::regex library(
        R"re(#\s*include\s*[<"](nlohmann|fmt|sodium|pugixml|boost/(asio|json)))re");
    const std::vector<std::string> lines = lines_of(file.text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string code = lines[i].substr(0, lines[i].find("//"));
        for (const Forbidden& row : forbidden()) {
            const bool allowed = std::ranges::any_of(
                row.allowed, [&](const std::string& place) { return file.path.starts_with(place); });
            if (!allowed && std::regex_search(code, row.pattern)) {
                findings.push_back(finding(file, i, row.reason + ": " + code));
            }
        }
        if (is_header && !file.path.starts_with("src/format/") && std::regex_search(code, json)) {
            findings.push_back(finding(file, i, "JSON in a header slows every unit that includes it"));
        }
        if (is_public && std::regex_search(code, library)) {
            findings.push_back(finding(file, i, "a public header includes an outside library: " + code));
        }
    }
    return findings;
}

std::vector<std::string> licence_line(const SourceFile& file) {
    const std::vector<std::string> lines = lines_of(file.text);
    const std::size_t end = std::min<std::size_t>(lines.size(), 2);  // the second line, after a #! line
    for (std::size_t i = 0; i < end; ++i) {
        if (lines[i].find("SPDX-License-Identifier: Apache-2.0") != std::string::npos) {
            return {};
        }
    }
    return {file.path + ": no SPDX-License-Identifier line at the top"};
}

std::vector<std::string> length(const SourceFile& file) {
    constexpr std::size_t limit = 500;
    const std::vector<std::string> lines = lines_of(file.text);
    if (lines.size() <= limit) {
        return {};
    }
    for (std::size_t i = 0; i < 5; ++i) {
        const std::size_t at = lines[i].find("Long:");
        if (at != std::string::npos && lines[i].size() > at + std::string_view("Long: a reason").size()) {
            return {};
        }
    }
    return {file.path + ": " + std::to_string(lines.size()) +
            " lines; make it two files, or give the reason after 'Long:' in its first five lines"};
}

}  // namespace steelyard::test
