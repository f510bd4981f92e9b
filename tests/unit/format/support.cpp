// SPDX-License-Identifier: Apache-2.0
#include "unit/format/support.hpp"

#include "steelyard/format/case_file.hpp"

namespace steelyard::test {

std::vector<std::string> problems_of(std::string_view text) {
    std::vector<std::string> texts;
    try {
        read_case(std::string(text), {});
    } catch (const Error& error) {
        for (const Problem& problem : error.problems())
            texts.push_back(to_text(problem));
    }
    return texts;
}

std::string small_case(std::string_view more) {
    return "steelyard: 1\n"
           "case: small\n"
           "actors:\n"
           "  us: {name: We}\n"
           "  them: {name: They}\n"
           "issues:\n"
           "  rent: {options: {low: 0, high: 100}, status_quo: low}\n"
           "  jobs: {options: [none_kept, all_kept]}\n" +
           std::string(more);
}

}  // namespace steelyard::test
