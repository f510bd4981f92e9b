// SPDX-License-Identifier: Apache-2.0
#include "steelyard/evidence/evidence.hpp"

#include "basis.hpp"
#include "dates.hpp"
#include "place.hpp"
#include "sources.hpp"
#include "steelyard/core/sha256.hpp"
#include "steelyard/model/numbers.hpp"

#include <algorithm>

namespace steelyard::evidence {

namespace {

using Names = std::vector<std::string>;

/// What rests on each claim, by claim index.
struct Index {
    std::vector<Names> numbers;
    std::vector<Names> others;
};

void add_once(Names& names, const std::string& name) {
    if (std::ranges::find(names, name) == names.end())
        names.push_back(name);
}

/// Follows every number to its claims; fills the index on the way.
void index_numbers(const Case& subject, Index& index, EvidenceResult& result) {
    for_each_number(subject, [&](const std::string& pointer, const Number& number) {
        const Basis basis = basis_of(subject, pointer, number);
        NumberFinding finding{pointer, {}, {}, basis.assumption};
        for (const ClaimId id : basis.because) {
            add_once(finding.claims, subject[id].id);
            add_once(finding.origins, origin_of(subject, subject[id]));
            add_once(index.numbers[id.index], pointer);
        }
        result.numbers.push_back(std::move(finding));
    });
}

void index_others(const Case& subject, Index& index) {
    const auto add = [&](std::string_view section, const auto& items, const auto& because_of) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            for (const ClaimId id : because_of(items[i]))
                add_once(index.others[id.index], '/' + std::string(section) + '/' + std::to_string(i));
        }
    };
    const auto because = [](const auto& item) -> const std::vector<ClaimId>& { return item.because; };
    add("bundles", subject.bundles, [](const Bundle& b) -> const auto& { return b.basis.because; });
    add("rules", subject.rules, because);
    add("obligations", subject.obligations, because);
    add("events", subject.events, because);
}

Coverage coverage_of(const std::vector<NumberFinding>& numbers) {
    Coverage coverage;
    coverage.numbers = static_cast<int>(numbers.size());
    for (const NumberFinding& number : numbers) {
        const bool claimed = !number.claims.empty();
        coverage.claimed += claimed ? 1 : 0;
        coverage.assumed += number.assumption ? 1 : 0;
        coverage.assumed_only += number.assumption && !claimed ? 1 : 0;
        coverage.unsourced += !number.assumption && !claimed ? 1 : 0;
    }
    const auto share = [&](int part) { return numbers.empty() ? 0 : 100.0 * part / coverage.numbers; };
    coverage.claimed_share = share(coverage.claimed);
    coverage.assumed_share = share(coverage.assumed);
    coverage.unsourced_share = share(coverage.unsourced);
    return coverage;
}

/// The snapshots that were given, by source index.
std::vector<std::optional<Snapshot>> read_texts(const Case& subject, const EvidenceOptions& options) {
    std::vector<std::optional<Snapshot>> texts(subject.sources.size());
    for (const auto& [id, document] : options.texts)
        texts[find_source(subject, id).index].emplace(document.text, "source '" + id + "'");
    return texts;
}

ClaimFinding check_claim(const Claim& claim, const Case& subject,
                         const std::vector<std::optional<Snapshot>>& texts) {
    ClaimFinding finding;
    finding.claim = claim.id;
    if (claim.source)
        finding.source = subject[*claim.source].id;
    if (!claim.at || !claim.source)
        return finding;
    finding.paragraph = claim.at->paragraph;
    finding.start = claim.at->start;
    finding.end = claim.at->end;
    const auto& text = texts[claim.source->index];
    if (!text) {
        finding.status = PlaceStatus::no_text;
        return finding;
    }
    PlaceFinding place = check_place(*claim.at, *text);
    finding.status = place.status;
    finding.problem = std::move(place.problem);
    return finding;
}

TextStatus status_of(const Source& source, const std::optional<Snapshot>& text) {
    if (!text)
        return TextStatus::no_text;
    if (source.sha256.empty())
        return TextStatus::unhashed;
    return sha256(text->text()) == source.sha256 ? TextStatus::matches : TextStatus::differs;
}

std::vector<SourceFinding> sources_of(const Case& subject, const Index& index,
                                      const std::vector<std::optional<Snapshot>>& texts) {
    std::vector<SourceFinding> findings;
    for (std::size_t s = 0; s < subject.sources.size(); ++s) {
        const Source& source = subject.sources[s];
        SourceFinding finding{source.id, status_of(source, texts[s]), {}, source.origin, {}, {}};
        if (source.reliability)
            finding.reliability = std::string(1, *source.reliability);
        if (finding.origin.empty())
            finding.origin = source.id;
        for (std::size_t c = 0; c < subject.claims.size(); ++c) {
            if (subject.claims[c].source != SourceId(s))
                continue;
            finding.claims.push_back(subject.claims[c].id);
            for (const std::string& number : index.numbers[c])
                add_once(finding.numbers, number);
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

/// Why a claim is stale; empty when it is not.
std::string staleness(const Claim& claim, const Case& subject, const std::optional<int>& stale_after) {
    if (claim.superseded_by)
        return "superseded by " + subject[*claim.superseded_by].id;
    if (!stale_after)
        return {};
    const std::string& dated = claim.date.empty() && claim.source ? subject[*claim.source].date : claim.date;
    const auto date = read_date(dated);
    const auto as_of = read_date(subject.as_of);
    if (!date || !as_of || as_of->first - date->last <= std::chrono::days(*stale_after))
        return {};
    return "dated " + dated + ", more than " + std::to_string(*stale_after) + " days before " + subject.as_of;
}

void find_stale(const Case& subject, const Index& index, const EvidenceOptions& options,
                EvidenceResult& result) {
    for (std::size_t c = 0; c < subject.claims.size(); ++c) {
        std::string why = staleness(subject.claims[c], subject, options.stale_after);
        if (!why.empty())
            result.stale.push_back({subject.claims[c].id, std::move(why), index.numbers[c]});
    }
}

void find_contradicted(const Case& subject, const Index& index, EvidenceResult& result) {
    std::vector<Names> by(subject.claims.size());
    for (const Claim& claim : subject.claims) {
        for (const ClaimId other : claim.contradicts)
            add_once(by[other.index], claim.id);
    }
    for (std::size_t c = 0; c < by.size(); ++c) {
        if (!by[c].empty())
            result.contradicted.push_back({subject.claims[c].id, std::move(by[c]), index.numbers[c]});
    }
}

Fall fall_of(SourceId source, const EvidenceResult& result) {
    const SourceFinding& discredited = result.sources[source.index];
    Fall fall{discredited.source, discredited.claims, {}, {}};
    for (const NumberFinding& number : result.numbers) {
        const auto falls = [&](const std::string& claim) {
            return std::ranges::find(discredited.claims, claim) != discredited.claims.end();
        };
        if (std::ranges::none_of(number.claims, falls))
            continue;
        auto& list = std::ranges::all_of(number.claims, falls) ? fall.lost : fall.weakened;
        list.push_back(number.number);
    }
    return fall;
}

}  // namespace

EvidenceResult evidence(const Case& subject, const EvidenceOptions& options, const Context& context) {
    const auto texts = read_texts(subject, options);
    EvidenceResult result;
    Index index{std::vector<Names>(subject.claims.size()), std::vector<Names>(subject.claims.size())};
    index_numbers(subject, index, result);
    index_others(subject, index);
    result.coverage = coverage_of(result.numbers);
    for (const NumberFinding& number : result.numbers) {
        if (number.claims.empty() && !number.assumption)
            result.unsourced.push_back(number.number);
        if (number.origins.size() == 1)
            result.single_origin.push_back(number.number);
    }
    for (std::size_t c = 0; c < subject.claims.size(); ++c) {
        context.check();
        ClaimFinding finding = check_claim(subject.claims[c], subject, texts);
        finding.numbers = index.numbers[c];
        finding.others = index.others[c];
        result.verified += finding.status == PlaceStatus::verified ? 1 : 0;
        if (finding.status == PlaceStatus::orphan)
            result.orphans.push_back(finding.claim);
        if (finding.numbers.empty() && finding.others.empty())
            result.unused.push_back(finding.claim);
        result.claims.push_back(std::move(finding));
    }
    result.sources = sources_of(subject, index, texts);
    find_stale(subject, index, options, result);
    find_contradicted(subject, index, result);
    if (!options.source.empty())
        result.fall = fall_of(find_source(subject, options.source), result);
    return result;
}

}  // namespace steelyard::evidence
