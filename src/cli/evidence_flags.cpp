// SPDX-License-Identifier: Apache-2.0
#include "evidence_flags.hpp"

#include "steelyard/evidence/evidence.hpp"
#include "steelyard/evidence/pool.hpp"
#include "steelyard/evidence/pooled_spreads.hpp"
#include "steelyard/model/numbers.hpp"
#include "steelyard/store/panel.hpp"
#include "store_access.hpp"

#include <algorithm>

namespace steelyard::cli {

namespace {

/// Puts a changed number on record.
void record(LoadedCase& loaded, const std::string& pointer, std::string text) {
    std::erase_if(loaded.overrides, [&](const auto& each) { return each.first == pointer; });
    loaded.overrides.emplace_back(pointer, std::move(text));
}

std::string apply_pools(LoadedCase& loaded, const Invocation& call) {
    const auto current = store::current_judgements(open_store(call, false), loaded.subject);
    const auto options = read_options<evidence::PoolOptions>(current.arguments);
    const evidence::PooledCase pooled = evidence::pool_spreads(loaded.subject, options);
    std::size_t changed = 0;
    for (const evidence::SpreadChange& change : pooled.changes) {
        if (!change.changed)
            continue;
        ++changed;
        record(loaded, change.number, change.after);
    }
    loaded.subject = pooled.subject;
    return "The spread of " + std::to_string(changed) +
           (changed == 1 ? " number follows" : " numbers follow") +
           " from judgements of readers and experts (" + current.summary +
           "), pooled with a uniform prior; their centres are the author's.";
}

/// What a source takes with it when it falls.
std::string apply_discredit(LoadedCase& loaded, const std::string& source) {
    evidence::EvidenceOptions options;
    options.source = source;
    const auto fall = evidence::evidence(loaded.subject, options, {}).fall;
    const std::vector<std::string>& lost = fall->lost;
    loaded.subject = evidence::with_full_ranges(loaded.subject, lost);
    for_each_number(std::as_const(loaded.subject), [&](const std::string& pointer, const Number& number) {
        if (std::ranges::find(lost, pointer) != lost.end())
            record(loaded, pointer, evidence::number_text(number));
    });
    return "Without the source " + source + ", " + std::to_string(lost.size()) +
           (lost.size() == 1 ? " number rests" : " numbers rest") +
           " on no claim and may take any value of the full range; " + std::to_string(fall->weakened.size()) +
           " more keep a claim from elsewhere.";
}

}  // namespace

std::vector<std::string> apply_evidence(LoadedCase& loaded, const Invocation& call) {
    std::vector<std::string> said;
    if (call.has("pooled"))
        said.push_back(apply_pools(loaded, call));
    for (const std::string& source : call.all("discredit"))
        said.push_back(apply_discredit(loaded, source));
    return said;
}

}  // namespace steelyard::cli
