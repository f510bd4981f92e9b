// SPDX-License-Identifier: Apache-2.0
// The rules of the house, held against every file of the tree; and each rule against planted violations.
#include "structure/rules.hpp"
#include "support/reference_data.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

namespace steelyard::test {
namespace {

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

Layers declared_layers() {
    return parse_layers(read(STEELYARD_LAYERS));
}

/// Every source file of the project, C++ only or scripts and build files too.
std::vector<SourceFile> tree(const std::set<std::string>& extensions) {
    std::vector<SourceFile> files;
    for (const char* top : {"include", "src", "tests", "bench", "examples", "cmake", "scripts"}) {
        const std::filesystem::path folder = source_path(top);
        if (!std::filesystem::exists(folder)) {
            continue;
        }
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            const bool wanted =
                extensions.contains(entry.path().extension()) || extensions.contains(entry.path().filename());
            if (entry.is_regular_file() && wanted) {
                files.push_back({std::filesystem::relative(entry.path(), source_path("")).generic_string(),
                                 read(entry.path())});
            }
        }
    }
    return files;
}

void expect_kept(const std::vector<SourceFile>& files,
                 const std::function<std::vector<std::string>(const SourceFile&)>& rule) {
    ASSERT_GT(files.size(), 5U) << "the tree was not found";
    for (const SourceFile& file : files) {
        for (const std::string& finding : rule(file)) {
            ADD_FAILURE() << finding;
        }
    }
}

const std::set<std::string> cpp = {".cpp", ".hpp"};
const std::set<std::string> code = {".cpp", ".hpp", ".py", ".sh", ".cmake", "CMakeLists.txt"};

TEST(Structure, IncludesPointDownwards) {
    const Layers layers = declared_layers();
    ASSERT_TRUE(layers.contains("core"));
    expect_kept(tree(cpp), [&](const SourceFile& file) { return include_direction(file, layers); });
}

TEST(Structure, NamesStayInTheirRooms) {
    expect_kept(tree(cpp), forbidden_names);
}

TEST(Structure, EveryFileNamesItsLicence) {
    expect_kept(tree(code), licence_line);
}

TEST(Structure, LongFilesSayWhy) {
    expect_kept(tree(code), length);
}

// The rules themselves.

const Layers small = {{"core", {}}, {"model", {"core"}}, {"space", {"core", "model"}}};

std::size_t upward(const std::string& path, const std::string& text) {
    return include_direction({path, text}, small).size();
}

TEST(Rules, LayersAreReadAsWritten) {
    EXPECT_EQ(parse_layers("core: \nmodel: core\nspace: core model\n"), small);
}

TEST(Rules, AnUpwardIncludeIsFound) {
    EXPECT_EQ(upward("src/model/case.cpp", "#include \"steelyard/space/frontier.hpp\"\n"), 1U);
    EXPECT_EQ(upward("include/steelyard/core/id.hpp", "  # include <steelyard/model/case.hpp>\n"), 1U);
    EXPECT_EQ(upward("src/space/frontier.cpp", "#include \"model/private.hpp\"\n"), 1U);
    EXPECT_EQ(upward("src/space/frontier.cpp", "#include \"../model/private.hpp\"\n"), 1U);
    EXPECT_EQ(upward("src/space/frontier.cpp", "#include \"steelyard/steelyard.hpp\"\n"), 1U);
    EXPECT_EQ(upward("src/nowhere/file.cpp", ""), 1U);
}

TEST(Rules, ADownwardIncludeIsNot) {
    EXPECT_EQ(upward("src/space/frontier.cpp",
                     "#include \"steelyard/space/frontier.hpp\"\n#include \"elimination.hpp\"\n"
                     "#include \"steelyard/core/error.hpp\"\n#include <sys/types.h>\n"),
              0U);
    EXPECT_EQ(upward("include/steelyard/steelyard.hpp", "#include \"steelyard/space/frontier.hpp\"\n"), 0U);
}

TEST(Rules, AForbiddenNameIsFoundOutsideItsRoomOnly) {
    const std::vector<std::pair<std::string, std::string>> planted = {
        {"src/space/a.cpp", "#include <mpi.h>"},
        {"src/model/a.cpp", "#include <sqlite3.h>"},
        {"src/cli/a.cpp", "#include <microhttpd.h>"},
        {"src/model/a.cpp", "#include <yaml.h>"},
        {"src/core/a.cpp", "#include <gtest/gtest.h>"},
        {"src/report/a.cpp", "std::cout << 1;"},
        {"src/report/a.cpp", "fmt::print(\"x\");"},
        {"src/format/a.cpp", "std::ifstream file(path);"},
        {"src/core/a.cpp", "std::exit(1);"},
        {"src/core/a.cpp", "auto t = std::chrono::system_clock::now();"},
        {"src/core/a.cpp", "std::getenv(\"HOME\");"},
        {"src/core/a.cpp", "std::mt19937 g;"},
        {"src/registry/a.hpp", "#include <nlohmann/json.hpp>"},
        {"include/steelyard/core/a.hpp", "#include <fmt/format.h>"},
    };
    for (const auto& [path, text] : planted) {
        EXPECT_EQ(forbidden_names({path, text}).size(), 1U) << path << ": " << text;
    }
    const std::vector<std::pair<std::string, std::string>> sound = {
        {"src/ensemble/a.cpp", "#include <mpi.h>"},
        {"src/store/a.cpp", "#include <sqlite3.h>"},
        {"src/http/a.cpp", "#include <microhttpd.h>"},
        {"src/format/a.cpp", "#include <yaml.h>"},
        {"src/cli/a.cpp", "std::cout << 1;"},
        {"src/report/a.cpp", "// not std::cout"},
        {"tests/unit/a.cpp", "std::cout << 1;"},
        {"src/registry/a.cpp", "#include <nlohmann/json.hpp>"},
        {"src/registry/a.hpp", "#include <nlohmann/json_fwd.hpp>"},
    };
    for (const auto& [path, text] : sound) {
        EXPECT_EQ(forbidden_names({path, text}).size(), 0U) << path << ": " << text;
    }
}

TEST(Rules, AMissingLicenceLineIsFound) {
    EXPECT_EQ(licence_line({"a.cpp", "// text\n\n// SPDX-License-Identifier: Apache-2.0\n"}).size(), 1U);
    EXPECT_EQ(licence_line({"a.cpp", ""}).size(), 1U);
    EXPECT_EQ(licence_line({"a.sh", "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n"}).size(), 0U);
}

TEST(Rules, ALongFileNeedsAReason) {
    std::string text;
    for (int i = 0; i < 501; ++i) {
        text += "int x;\n";
    }
    EXPECT_EQ(length({"a.cpp", text.substr(7)}).size(), 0U);
    EXPECT_EQ(length({"a.cpp", text}).size(), 1U);
    EXPECT_EQ(length({"a.cpp", "// Long:\n" + text}).size(), 1U);
    EXPECT_EQ(length({"a.cpp", "// Long: one table, read as a whole\n" + text}).size(), 0U);
}

}  // namespace
}  // namespace steelyard::test
