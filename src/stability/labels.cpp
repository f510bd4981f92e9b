// SPDX-License-Identifier: Apache-2.0
// What states and moves are called.
#include "bits.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/model/tables.hpp"
#include "steelyard/stability/graph.hpp"

#include <algorithm>

namespace steelyard::stability {

namespace {

const Conflict& conflict_of(const Case& subject) {
    if (!subject.conflict) {
        throw Error(ErrorKind::missing_section, "the case has no `conflict` section");
    }
    return *subject.conflict;
}

std::string move_words(const Move& move) {
    return "'" + (move.name.empty() ? move.id : move.name) + "'";
}

}  // namespace

std::string state_label(const Case& subject, StateCode code) {
    const Conflict& conflict = conflict_of(subject);
    std::string label;
    for (std::size_t k = 0; k < conflict.moves.size(); ++k) {
        if ((code >> k & 1U) != 0) {
            label += (label.empty() ? "" : "+") + conflict.moves[k].id;
        }
    }
    return label.empty() ? "none" : label;
}

StateCode parse_state(const Case& subject, std::string_view label) {
    const Conflict& conflict = conflict_of(subject);
    if (label == "none") {
        return 0;
    }
    std::vector<std::string> names;
    for (const Move& move : conflict.moves) {
        names.push_back(move.id);
    }
    StateCode code = 0;
    for (std::size_t at = 0; at <= label.size();) {
        const std::size_t end = std::min(label.find('+', at), label.size());
        std::string_view part = label.substr(at, end - at);
        while (part.starts_with(' ')) {
            part.remove_prefix(1);
        }
        while (part.ends_with(' ')) {
            part.remove_suffix(1);
        }
        const auto found = std::ranges::find(names, part);
        if (found == names.end()) {
            throw Error(ErrorKind::unknown_name,
                        std::vector{Problem{{},
                                            "unknown option in the state '" + std::string(label) + "'",
                                            std::string(part),
                                            "none, or options joined by +: " + join_names(names),
                                            nearest_name(part, names)}});
        }
        code |= StateCode{1} << static_cast<unsigned>(found - names.begin());
        at = end + 1;
    }
    return code;
}

std::string describe_move(const Case& subject, ActorId actor, StateCode from, StateCode to) {
    const Conflict& conflict = conflict_of(subject);
    const std::string who = subject[actor].name.empty() ? subject[actor].id : subject[actor].name;
    std::string told;  // names that are sentences about the actor: "Russia raises the energy price"
    std::string taken;
    std::string dropped;
    const auto add = [](std::string& list, const std::string& part) {
        list += (list.empty() ? "" : ", ") + part;
    };
    for (std::size_t k = 0; k < conflict.moves.size(); ++k) {
        if (((from ^ to) >> k & 1U) == 0) {
            continue;
        }
        const Move& move = conflict.moves[k];
        if ((to >> k & 1U) == 0) {
            add(dropped, move_words(move));
        } else if (move.name.starts_with(who + ' ')) {
            add(told, told.empty() ? move.name : move.name.substr(who.size() + 1));
        } else {
            add(taken, move_words(move));
        }
    }
    std::string text = told.empty() ? who : told;
    const auto join = [&](const char* verb, const std::string& list) {
        if (!list.empty()) {
            text += (text == who ? " " : " and ") + std::string(verb) + ' ' + list;
        }
    };
    join("takes up", taken);
    join("drops", dropped);
    return text == who ? who + " stays" : text;
}

std::vector<std::optional<OptionId>> deal_of_state(const Case& subject, StateCode code) {
    const Conflict& conflict = conflict_of(subject);
    std::vector<std::optional<OptionId>> deal(subject.issues.size());
    for (std::size_t i = 0; i < deal.size(); ++i) {
        const auto settled = settled_option(subject, IssueId(i));
        deal[i] = settled ? settled : subject.issues[i].status_quo;
    }
    WordEvaluator words(subject);
    words.go_to(code / 64);
    for (std::size_t e = 0; e < conflict.deal.size(); ++e) {
        if ((words.entry_holds(e) >> (code % 64) & 1U) != 0) {
            for (const auto& [issue, option] : conflict.deal[e].then) {
                deal[issue.index] = option;
            }
        }
    }
    return deal;
}

}  // namespace steelyard::stability
