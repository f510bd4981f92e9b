// SPDX-License-Identifier: Apache-2.0
// Any three tables are proposals of the DEU study or an error, under every choice of its reader.
#include "foreign.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/format/stance_tables.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace steelyard;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::vector<TextFile> files = fuzz::cut(text);
    files.resize(3);
    const DeuTables tables{files[0].text, "issues", files[1].text, "eu15", files[2].text, "eu27"};
    for (const auto& salience : choices_of(UncodedSalience{})) {
        for (const auto& power : choices_of(CouncilPower{})) {
            std::vector<Case> cases;
            try {
                cases = read_deu(tables, {power.value, 1, 0.5, salience.value, DeuWave::all});
            } catch (const Error& error) {
                fuzz::require(!error.problems().empty(), "an error without problems", text);
                continue;
            }
            for (const Case& subject : cases)
                fuzz::require_sound(subject, text);
        }
    }
    return 0;
}
