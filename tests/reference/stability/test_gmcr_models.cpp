// SPDX-License-Identifier: Apache-2.0
// The published random models in option form are files of the GMCR format: read, analysed, compared cell by cell.
#include "steelyard/format/exchange.hpp"
#include "steelyard/stability/cells.hpp"
#include "support/read_file.hpp"
#include "support/reference_data.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace steelyard::test {
namespace {

using namespace stability;
using Json = nlohmann::json;

TEST(GmcrModels, GiveThePublishedStabilityAfterImportAndAfterARoundTrip) {
    STEELYARD_REFERENCE_OR_SKIP(path, "stability/random_models.json");
    const Json models = Json::parse(read_file(path));
    constexpr std::array kConcepts = {Concept::nash, Concept::gmr, Concept::smr, Concept::seq};
    constexpr std::array kNames = {"nash", "gmr", "smr", "seq"};
    std::size_t compared = 0;
    for (const Json& entry : models.at("option_form")) {
        const Case once =
            import_case("gmcr", std::vector{TextFile{"model.gmcr", entry.at("model").dump()}}).value;
        const Case twice = import_case("gmcr", export_case("gmcr", once).files).value;
        for (const Case* subject : {&once, &twice}) {
            const ConflictGraph conflict = make_graph(*subject);
            const Cells cells = stability_cells(conflict.graph, kConcepts);
            ASSERT_EQ(conflict.graph.states.size(), entry.at("states_decimal").size());
            for (std::size_t c = 0; c < kConcepts.size(); ++c) {
                const Json& truth = entry.at("stability").at(kNames[c]);
                for (std::size_t i = 0; i < truth.size(); ++i) {
                    for (StateIndex s = 0; s < truth[i].size(); ++s, ++compared) {
                        ASSERT_EQ(cells.stable(kConcepts[c], i, s), truth[i][s] == 1)
                            << kNames[c] << ' ' << i << ' ' << s;
                    }
                }
            }
        }
    }
    EXPECT_GT(compared, 5000U);
}

}  // namespace
}  // namespace steelyard::test
