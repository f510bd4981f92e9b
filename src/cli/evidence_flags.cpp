// SPDX-License-Identifier: Apache-2.0
#include "evidence_flags.hpp"

#include "steelyard/evidence/pool.hpp"
#include "steelyard/store/panel.hpp"
#include "store_access.hpp"

namespace steelyard::cli {

std::vector<std::string> apply_evidence(LoadedCase& loaded, const Invocation& call) {
    std::vector<std::string> said;
    if (call.has("pooled")) {
        const auto current = store::current_judgements(open_store(call, false), loaded.subject);
        said.push_back(
            apply_pools(loaded, read_options<evidence::PoolOptions>(current.arguments), current.summary));
    }
    for (const std::string& source : call.all("discredit"))
        said.push_back(apply_discredit(loaded, source));
    return said;
}

}  // namespace steelyard::cli
