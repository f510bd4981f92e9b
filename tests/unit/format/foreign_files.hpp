// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Small files of other programs, written for the tests, and short ways to import them.

#include "steelyard/format/exchange.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace steelyard::test {

/// A GENIUS domain of two issues, `Price` (low, high) and `Days` (3, 4, 5).
inline TextFile genius_domain() {
    return {"folder/Sale_domain.xml", R"(<negotiation_template>
 <utility_space number_of_issues="9">
  <objective index="1" name="Sale" type="objective">
   <issue index="2" name="Price" type="discrete"><item index="1" value="low"/><item index="2" value="high"/></issue>
   <issue index="3" name="Days" type="integer" lowerbound="3" upperbound="5"/>
  </objective>
 </utility_space>
</negotiation_template>
)"};
}

/// A profile for it: `evaluations` of low and high, and the evaluator of the days.
inline TextFile genius_profile(std::string name, const std::string& low, const std::string& high,
                               const std::string& evaluator = R"(ftype="linear" offset="0.2" slope="0.4")",
                               const std::string& rest = R"(<reservation value="0.3"/>)") {
    return {std::move(name), R"(<utility_space>
 <objective index="1" name="Sale" type="objective">
  <weight index="3" value="0.25"/>
  <weight index="2" value="0.75"/>
  <issue index="2" name="Price" type="discrete"><item value="high" evaluation=")" +
                                 high + R"("/><item value="low" evaluation=")" + low + R"("/></issue>
  <issue index="3" name="Days" type="integer" lowerbound="3" upperbound="5"><evaluator )" +
                                 evaluator + R"(/></issue>
 </objective>
 )" + rest + "\n</utility_space>\n"};
}

inline Imported import(std::string_view format, const std::vector<TextFile>& files,
                       Reading reading = Reading::genius) {
    return import_case(format, files, {reading});
}

/// The error that an import throws; one that says so where it throws none.
inline Error import_error(std::string_view format, const std::vector<TextFile>& files,
                          Reading reading = Reading::genius) {
    try {
        import(format, files, reading);
    } catch (const Error& error) {
        return error;
    }
    return {ErrorKind::usage, "it was imported"};
}

inline std::string joined(const std::vector<std::string>& notes) {
    std::string text;
    for (const std::string& note : notes)
        text += note + '\n';
    return text;
}

/// `text` with the first `from` replaced.
inline std::string with(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    return at == std::string::npos ? "nothing to replace" : text.replace(at, from.size(), to);
}
inline TextFile with(TextFile file, std::string_view from, std::string_view to) {
    file.text = with(std::move(file.text), from, to);
    return file;
}

}  // namespace steelyard::test
