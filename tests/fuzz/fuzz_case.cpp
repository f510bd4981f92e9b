// SPDX-License-Identifier: Apache-2.0
// Any bytes are a case or an error; a case goes through its canonical text and through JSON unchanged.
#include "steelyard/core/error.hpp"
#include "steelyard/format/case_file.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/model/validate.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

namespace {

void require(bool holds, const char* what, const std::string& text) {
    if (!holds) {
        std::cerr << what << '\n' << text << '\n';
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace steelyard;
    const std::string text(reinterpret_cast<const char*>(data), size);
    CaseFile file;
    try {
        file = read_case(text, "fuzz.yaml");
    } catch (const Error& error) {
        require(!error.problems().empty(), "an error without problems", text);
        return 0;
    }
    require(file.text == text, "the text was changed", text);
    notes(file.value);
    const std::string canonical = write_case(file.value);
    const Case again = read_case(canonical, "canonical").value;
    require(again == file.value, "another case after writing and reading", canonical);
    require(write_case(again) == canonical, "other bytes after writing and reading", canonical);
    const std::string json = to_json(case_to_tree(file.value), 0);
    read_case(json, "case.json");
    require(from_json(json).find("case") != nullptr, "the JSON lost the case", json);
    return 0;
}
