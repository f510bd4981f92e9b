// SPDX-License-Identifier: Apache-2.0
#include "steelyard/stability/equilibria.hpp"

namespace steelyard::stability {

namespace {

class Teller {
public:
    Teller(const Case& subject, const ConflictGraph& conflict, Concept which, std::size_t maker, StateIndex s)
        : subject_(subject), conflict_(conflict), which_(which), maker_(maker), state_(s) {}

    Reason tell() const {
        const Proof proof = prove(conflict_.graph, which_, maker_, state_);
        Reason reason;
        reason.concept_name = detail::choice_name(which_);
        reason.decision_maker = conflict_.graph.makers[maker_].id;
        reason.stable = proof.stable;
        const std::string me = name(maker_);
        if (!proof.stable) {
            reason.upset_by = step(maker_, state_, *proof.upsetting_move);
            reason.text = reason.upset_by->text + (which_ == Concept::nash
                                                       ? "; that is better for it at once."
                                                       : "; nothing the others may do makes that a mistake.");
        } else if (!conflict_.graph.makers[maker_].sees(state_)) {
            reason.text = me + " does not see this state, so it makes no move here.";
        } else if (proof.answers.empty()) {
            reason.text = me + " has no move to anything better.";
        }
        constexpr std::size_t told_in_words = 3;
        for (std::size_t k = 0; k < proof.answers.size(); ++k) {
            reason.deterred.push_back(deterrence(proof.answers[k]));
            if (k < told_in_words) {
                reason.text += (reason.text.empty() ? "" : " ") + words(reason.deterred.back());
            }
        }
        if (proof.answers.size() > told_in_words) {
            reason.text += " The same holds for its other " +
                           std::to_string(proof.answers.size() - told_in_words) + " improvements.";
        }
        return reason;
    }

private:
    [[nodiscard]] std::string name(std::size_t maker) const {
        const Actor& actor = subject_[conflict_.actors[maker]];
        return actor.name.empty() ? actor.id : actor.name;
    }
    [[nodiscard]] StateCode code(StateIndex s) const { return conflict_.graph.states.code(s); }
    [[nodiscard]] ChainStep step(std::size_t maker, StateIndex from, StateIndex to) const {
        return {conflict_.graph.makers[maker].id, state_label(subject_, code(to)),
                describe_move(subject_, conflict_.actors[maker], code(from), code(to))};
    }
    [[nodiscard]] Deterrence deterrence(const Answer& answer) const {
        Deterrence told;
        told.improvement = step(maker_, state_, answer.improvement);
        StateIndex at = which_ == Concept::sim ? state_ : answer.improvement;
        for (const Step& each : answer.sequence) {
            told.sequence.push_back(step(each.maker, at, each.to));
            at = which_ == Concept::sim ? state_ : each.to;
        }
        told.sanction = state_label(subject_, code(answer.sanction));
        return told;
    }
    [[nodiscard]] std::string words(const Deterrence& told) const {
        std::string text = "If " + told.improvement.text + (which_ == Concept::sim ? " while " : ", then ");
        for (std::size_t k = 0; k < told.sequence.size(); ++k) {
            text += (k == 0 ? "" : which_ == Concept::sim ? " and " : ", then ") + told.sequence[k].text;
        }
        return text + ": no better for " + name(maker_) + " than before.";
    }

    const Case& subject_;
    const ConflictGraph& conflict_;
    Concept which_;
    std::size_t maker_;
    StateIndex state_;
};

}  // namespace

Reason explain(const Case& subject, const ConflictGraph& conflict, Concept which, std::size_t maker,
               StateIndex s) {
    return Teller(subject, conflict, which, maker, s).tell();
}

}  // namespace steelyard::stability
