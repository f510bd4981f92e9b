// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/registry/analysis.hpp"

namespace steelyard {

std::span<const Analysis> analyses() {
    static const std::vector<Analysis> all = [] {
        std::vector<Analysis> list;
        for (const std::span<const Analysis> part : {
                 registry::space_part(),
                 registry::forecast_part(),
                 registry::power_part(),
                 registry::stability_part(),
                 registry::linkage_part(),
                 registry::uncertainty_part(),
                 registry::evidence_part(),
             })
            list.insert(list.end(), part.begin(), part.end());
        return list;
    }();
    return all;
}

const Analysis& find_analysis(std::string_view name) {
    std::vector<std::string> names;
    for (const Analysis& analysis : analyses()) {
        if (analysis.name == name)
            return analysis;
        names.emplace_back(analysis.name);
    }
    throw Error(ErrorKind::unknown_name, std::vector{Problem{{},
                                                             "there is no such analysis",
                                                             std::string(name),
                                                             join_names(names, 60),
                                                             nearest_name(name, names)}});
}

}  // namespace steelyard
