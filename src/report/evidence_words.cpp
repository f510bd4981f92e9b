// SPDX-License-Identifier: Apache-2.0
#include "report/evidence_words.hpp"

#include "report/words.hpp"

#include <algorithm>
#include <map>

namespace steelyard::report {

namespace {

std::string_view kind_name(ClaimKind kind) {
    switch (kind) {
        case ClaimKind::fact:
            return "fact";
        case ClaimKind::assumption:
            return "assumption";
        case ClaimKind::judgement:
            return "judgement";
        case ClaimKind::estimate:
            return "estimate";
    }
    return "judgement";
}

Reference reference(const Study& study, const Claim& claim) {
    Reference result;
    result.claim = claim.id;
    result.text = claim.text;
    result.kind = std::string(kind_name(claim.kind));
    result.by = claim.by;
    if (claim.source) {
        const Source& source = study.subject[*claim.source];
        result.source = source.id;
        if (source.reliability) {
            result.reliability = std::string(1, *source.reliability);
        }
    }
    if (claim.at) {
        result.paragraph = claim.at->paragraph;
    }
    result.credibility = claim.credibility;
    for (const evidence::ContradictedClaim& found : study.evidence.contradicted) {
        if (found.claim == claim.id) {
            result.contradicted_by = found.by;
        }
    }
    return result;
}

/// Independent origins of the claims that the numbers rest on.
std::set<std::string> origins(const Study& study, const std::set<std::size_t>& numbers) {
    std::set<std::string> found;
    for (const std::size_t index : numbers) {
        for (const ClaimId claim : study.numbers[index].because) {
            if (const auto source = study.subject[claim].source) {
                const Source& record = study.subject[*source];
                found.insert(record.origin.empty() ? record.id : record.origin);
            }
        }
    }
    return found;
}

}  // namespace

RestsOn rests_on(const Study& study, const std::set<std::size_t>& numbers) {
    RestsOn result;
    std::map<std::uint32_t, int> leaning;
    for (const std::size_t index : numbers) {
        const CaseNumber& basis = study.numbers[index];
        ++result.numbers;
        result.assumed += basis.assumption ? 1 : 0;
        result.claimed += basis.because.empty() ? 0 : 1;
        result.unsourced += !basis.assumption && basis.because.empty() ? 1 : 0;
        for (const ClaimId claim : basis.because) {
            ++leaning[claim.index];
        }
    }
    if (result.numbers == 0) {
        result.sentence = "It rests on no number of the case.";
        return result;
    }
    const double share = static_cast<double>(result.assumed) / result.numbers;
    result.assumed_share = share * 100;
    std::vector<std::pair<std::uint32_t, int>> order(leaning.begin(), leaning.end());
    std::ranges::stable_sort(order, std::ranges::greater{}, &std::pair<std::uint32_t, int>::second);
    for (const auto& [claim, times] : order) {
        result.claims.push_back({study.subject.claims[claim].id, times});
    }
    const auto count = static_cast<std::size_t>(result.numbers);
    std::string text = "it uses " + count_of(count, "number") + " of the case: ";
    text += result.assumed == result.numbers
                ? (count == 1 ? "it is the author's assumption" : "all are the author's assumptions")
            : result.assumed == 0 ? "none is an assumption"
                                  : share_text(share) + " are the author's assumptions";
    if (result.claims.empty()) {
        text += ", and none leans on a claim";
    } else {
        text += ", and " +
                std::string(result.claimed == result.numbers
                                ? "all"
                                : share_text(static_cast<double>(result.claimed) / result.numbers)) +
                " lean on " + count_of(result.claims.size(), "claim");
    }
    if (result.unsourced > 0) {
        text += "; " + std::to_string(result.unsourced) + (result.unsourced == 1 ? " has" : " have") +
                " no stated basis";
    }
    result.sentence = sentence(text);
    return result;
}

std::vector<Reference> cited_claims(const Study& study, const std::vector<Answer>& answers) {
    std::vector<Reference> cited;
    for (const Answer& answer : answers) {
        for (const Leaning& leaning : answer.rests_on.claims) {
            if (std::ranges::find(cited, leaning.claim, &Reference::claim) == cited.end()) {
                cited.push_back(
                    reference(study, *std::ranges::find(study.subject.claims, leaning.claim, &Claim::id)));
            }
        }
    }
    return cited;
}

Confidence confidence_in(const Study& study, const RestsOn& basis, const std::set<std::size_t>& numbers) {
    Confidence confidence;
    if (basis.numbers == 0) {
        confidence.sentence = "Nothing was computed, so there is nothing to be confident of.";
        return confidence;
    }
    constexpr double half = 0.5;
    constexpr double fifth = 0.2;
    const double open = static_cast<double>(basis.assumed + basis.unsourced) / basis.numbers;
    const std::size_t independent = origins(study, numbers).size();
    std::vector<std::string> reasons;
    if (open > half) {
        reasons.push_back((open < 1 ? share_text(open) + " of" : std::string("all")) + " its numbers " +
                          (basis.assumed == 0     ? "have no stated basis"
                           : basis.unsourced == 0 ? "are assumptions"
                                                  : "are assumptions or have no stated basis"));
    } else if (open > fifth) {
        reasons.push_back(share_text(open) + " of its numbers are assumptions");
    }
    if (independent == 1) {
        reasons.emplace_back("all its claims come from one origin");
    }
    confidence.level = open > half || independent <= 1 ? ConfidenceLevel::low
                       : open > fifth                  ? ConfidenceLevel::moderate
                                                       : ConfidenceLevel::high;
    if (independent == 0 && basis.assumed > 0) {
        reasons.emplace_back("none of its numbers is traced to a source");
    }
    const std::string level = confidence.level == ConfidenceLevel::low        ? "low"
                              : confidence.level == ConfidenceLevel::moderate ? "moderate"
                                                                              : "high";
    confidence.sentence = sentence("confidence in this answer is " + level +
                                   (reasons.empty() ? "" : ", because " + list_text(reasons)));
    return confidence;
}

Evidence whole_evidence(const Study& study) {
    Evidence result;
    std::set<std::size_t> all;
    for (std::size_t i = 0; i < study.numbers.size(); ++i) {
        const CaseNumber& basis = study.numbers[i];
        all.insert(i);
        ++result.numbers;
        if (basis.because.empty()) {
            ++(basis.assumption ? result.assumed_only : result.unsourced);
        } else {
            ++(basis.assumption ? result.assumed_with_claims : result.claims_only);
        }
    }
    result.claims = static_cast<int>(study.subject.claims.size());
    result.sources = static_cast<int>(study.subject.sources.size());
    std::set<std::string> independent;
    for (const Source& source : study.subject.sources) {
        independent.insert(source.origin.empty() ? source.id : source.origin);
    }
    result.origins = static_cast<int>(independent.size());
    result.contradicted = static_cast<int>(study.evidence.contradicted.size());
    return result;
}

}  // namespace steelyard::report
