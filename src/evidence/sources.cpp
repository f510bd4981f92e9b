// SPDX-License-Identifier: Apache-2.0
#include "sources.hpp"

#include "steelyard/core/error.hpp"

#include <string>
#include <vector>

namespace steelyard::evidence {

SourceId find_source(const Case& subject, std::string_view id) {
    std::vector<std::string> known;
    for (std::size_t i = 0; i < subject.sources.size(); ++i) {
        if (subject.sources[i].id == id)
            return SourceId(i);
        known.push_back(subject.sources[i].id);
    }
    throw Error(ErrorKind::unknown_name,
                std::vector{Problem{{},
                                    "the case has no such source",
                                    std::string(id),
                                    known.empty() ? "the case has no sources" : join_names(known),
                                    nearest_name(id, known)}});
}

}  // namespace steelyard::evidence
