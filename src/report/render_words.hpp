// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Phrases that all renderers share.

#include "steelyard/report/brief.hpp"

#include <string>
#include <string_view>

namespace steelyard::report {

/// A cell as text: numbers with at most one decimal.
std::string cell_text(const Value& value);
bool is_numeric(const Value& value);

/// `Gains and risks of Russia (normative)`
std::string part_heading(const AnswerPart& part);
/// `Question 3`: the place of a question by its id.
std::string question_name(const Brief& brief, std::string_view id);

/// The claim of that id among the brief's.
const Reference& claim_of(const Brief& brief, std::string_view id);
/// `Says that ... (Alexander Lukashenko, svpressa paragraph 5; fact, C2)`
std::string claim_line(const Reference& claim);
/// `svpressa paragraph 5; fact, C2`
std::string claim_place(const Reference& claim);
std::string source_line(const SourceNote& source);
std::string provenance_line(const Provenance& provenance);

/// An actor's name by its id.
std::string_view actor_name(const Brief& brief, std::string_view id);

/// The value of an id in a named list; nullptr when it is not there.
template <class T>
const T* value_of(const Named<T>& items, std::string_view id) {
    for (const auto& [name, value] : items) {
        if (name == id) {
            return &value;
        }
    }
    return nullptr;
}

/// Where the spread of an actor's gain comes from, as a table: the numbers with a total index.
FactTable shares_table(const GainSpread& gain);
/// The swings of an actor's gain as a table.
FactTable swings_table(const GainSpread& gain);

std::string_view label_name(Label label);
std::string_view level_name(ConfidenceLevel level);

}  // namespace steelyard::report
