// SPDX-License-Identifier: Apache-2.0
#include "bits.hpp"

#include "steelyard/model/tables.hpp"

#include <array>

namespace steelyard::stability {

Word move_taken(std::size_t k, std::uint64_t word) {
    constexpr std::array<Word, 6> within = {0xaaaaaaaaaaaaaaaa, 0xcccccccccccccccc, 0xf0f0f0f0f0f0f0f0,
                                            0xff00ff00ff00ff00, 0xffff0000ffff0000, 0xffffffff00000000};
    return k < within.size() ? within[k] : (word >> (k - within.size()) & 1U) != 0 ? ~Word{0} : Word{0};
}

WordEvaluator::WordEvaluator(const Case& subject)
    : subject_(&subject), start_(subject.issues.size()), entry_holds_(subject.conflict->deal.size()) {
    for (std::size_t i = 0; i < start_.size(); ++i) {
        const auto settled = settled_option(subject, IssueId(i));
        start_[i] = settled ? settled : subject.issues[i].status_quo;
    }
    go_to(0);
}

void WordEvaluator::go_to(std::uint64_t word) {
    word_ = word;
    for (std::size_t e = 0; e < entry_holds_.size(); ++e) {
        entry_holds_[e] = evaluate(subject_->conflict->deal[e].when, e);
    }
}

Word WordEvaluator::evaluate(const Expression& expression, std::size_t entries) const {
    using Kind = Expression::Kind;
    std::vector<Word> truth(expression.nodes.size());
    for (std::size_t i = 0; i < truth.size(); ++i) {
        const Expression::Node& node = expression.nodes[i];
        switch (node.kind) {
            case Kind::move:
                truth[i] = move_taken(node.first, word_);
                break;
            case Kind::option:
                truth[i] = takes(IssueId(node.first), OptionId(node.second), entries);
                break;
            case Kind::negation:
                truth[i] = ~truth[node.first];
                break;
            case Kind::conjunction:
                truth[i] = truth[node.first] & truth[node.second];
                break;
            case Kind::disjunction:
                truth[i] = truth[node.first] | truth[node.second];
                break;
            case Kind::implied_by:
                truth[i] = truth[node.first] | ~truth[node.second];
                break;
            case Kind::equivalence:
                truth[i] = ~(truth[node.first] ^ truth[node.second]);
                break;
        }
    }
    return truth.empty() ? Word{0} : truth.back();
}

Word WordEvaluator::takes(IssueId issue, OptionId option, std::size_t entries) const {
    Word taken = start_[issue.index] == option ? ~Word{0} : Word{0};
    for (std::size_t e = 0; e < entries; ++e) {
        for (const auto& [set_issue, set_option] : subject_->conflict->deal[e].then) {
            if (set_issue == issue) {
                taken = set_option == option ? taken | entry_holds_[e] : taken & ~entry_holds_[e];
            }
        }
    }
    return taken;
}

}  // namespace steelyard::stability
