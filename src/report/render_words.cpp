// SPDX-License-Identifier: Apache-2.0
#include "report/render_words.hpp"

#include "report/words.hpp"

#include <algorithm>
#include <array>

namespace steelyard::report {

std::string cell_text(const Value& value) {
    if (const auto* text = value.get<std::string>()) {
        return *text;
    }
    const auto number = value.number();
    return number ? number_text(*number) : "";
}

bool is_numeric(const Value& value) {
    const auto* text = value.get<std::string>();
    return text == nullptr || *text == "–" || *text == "no cost" ||
           (!text->empty() && text->find_first_not_of("0123456789,") == std::string::npos);
}

std::string_view label_name(Label label) {
    for (const auto& choice : choices_of(label)) {
        if (choice.value == label) {
            return choice.name;
        }
    }
    return "";
}

std::string_view level_name(ConfidenceLevel level) {
    for (const auto& choice : choices_of(level)) {
        if (choice.value == level) {
            return choice.name;
        }
    }
    return "";
}

std::string part_heading(const AnswerPart& part) {
    return part.title + " (" + std::string(label_name(part.label)) + ")";
}

std::string question_name(const Brief& brief, std::string_view id) {
    for (std::size_t i = 0; i < brief.answers.size(); ++i) {
        if (brief.answers[i].id == id) {
            return "question " + std::to_string(i + 1);
        }
    }
    return std::string(id);
}

const Reference& claim_of(const Brief& brief, std::string_view id) {
    return *std::ranges::find(brief.claims, id, &Reference::claim);
}

std::string claim_place(const Reference& claim) {
    std::string text;
    const auto add = [&](std::string_view separator, const std::string& piece) {
        text += (text.empty() ? "" : std::string(separator)) + piece;
    };
    if (!claim.source.empty()) {
        add("", claim.source);
    }
    if (claim.paragraph) {
        add(", ", "paragraph " + std::to_string(*claim.paragraph));
    }
    add("; ", claim.kind);
    const std::string code =
        claim.reliability + (claim.credibility ? std::to_string(*claim.credibility) : std::string());
    if (!code.empty()) {
        add(", ", code);
    }
    if (!claim.contradicted_by.empty()) {
        add(", ", "contradicted by " + list_text(claim.contradicted_by));
    }
    return text;
}

std::string claim_line(const Reference& claim) {
    return clause(claim.text) + " (" + (claim.by.empty() ? "" : claim.by + "; ") + claim_place(claim) + ")";
}

std::string source_line(const SourceNote& source) {
    std::string text = source.id + ": " + source.title;
    for (const std::string& piece : {source.author, source.publisher, source.date}) {
        if (!piece.empty()) {
            text += ", " + piece;
        }
    }
    if (!source.reliability.empty()) {
        text += "; reliability " + source.reliability + " (" +
                std::string(reliability_word(source.reliability.front())) + ")";
    }
    text += "; " + count_of(static_cast<std::size_t>(source.claims), "claim");
    if (!source.url.empty()) {
        text += "; " + source.url;
    }
    return text;
}

std::string provenance_line(const Provenance& provenance) {
    std::string text = "Made by Steelyard " + provenance.version + " from the case " + provenance.case_id;
    if (!provenance.case_hash.empty()) {
        text += " (SHA-256 " + provenance.case_hash + ")";
    }
    text += ", seed " + std::to_string(provenance.seed) + ".";
    if (const Value* overrides = provenance.options.find("overrides")) {
        std::string replaced;
        for (const auto& [pointer, number] : *overrides->get<Value::Map>())
            replaced += (replaced.empty() ? "" : ", ") + pointer + " = " + *number.get<std::string>();
        if (!replaced.empty())
            text += " Numbers of the case were replaced for it: " + replaced + ".";
    }
    return text;
}

FactTable shares_table(const GainSpread& gain) {
    FactTable table;
    table.caption = "Where the spread of the gain of " + gain.name + " comes from";
    table.columns = {"Number", "Share of the variance alone", "In all", "From", "To"};
    for (const NumberEffect& effect : gain.numbers) {
        if (effect.total) {
            table.rows.push_back({Value(capitalised(effect.name)), Value(share_text(effect.first)),
                                  Value(share_text(*effect.total)), Value(share_text(*effect.total_low)),
                                  Value(share_text(*effect.total_high))});
        }
    }
    return table;
}

FactTable swings_table(const GainSpread& gain) {
    FactTable table;
    table.caption = "Gain of " + gain.name + " in the balanced deal: " + signed_text(gain.best) +
                    " at best, from " + signed_text(gain.low) + " to " + signed_text(gain.high) +
                    " in nine of ten draws. Numbers that move it most, each alone";
    table.columns = {"Number", "From", "To", "Gain at from", "Gain at to", "Share of the variance alone",
                     "In all"};
    for (const NumberEffect& effect : gain.numbers) {
        table.rows.push_back({Value(capitalised(effect.name)), Value(effect.low), Value(effect.high),
                              Value(signed_text(effect.at_low)), Value(signed_text(effect.at_high)),
                              Value(share_text(effect.first)),
                              Value(effect.total ? share_text(*effect.total) : std::string("–"))});
    }
    return table;
}

std::string_view actor_name(const Brief& brief, std::string_view id) {
    for (const Person& person : brief.actors) {
        if (person.id == id) {
            return short_name(person.name);
        }
    }
    return id;
}

}  // namespace steelyard::report
