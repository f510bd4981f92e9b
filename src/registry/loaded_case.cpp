// SPDX-License-Identifier: Apache-2.0
#include "steelyard/registry/loaded_case.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/evidence/evidence.hpp"
#include "steelyard/evidence/pooled_spreads.hpp"
#include "steelyard/format/json.hpp"
#include "steelyard/model/numbers.hpp"

#include <algorithm>

namespace steelyard {

namespace {

/// Puts a changed number on record.
void record(LoadedCase& loaded, const std::string& pointer, std::string text) {
    std::erase_if(loaded.overrides, [&](const auto& each) { return each.first == pointer; });
    loaded.overrides.emplace_back(pointer, std::move(text));
}

/// The text of an override in a request, which may be a JSON number.
std::string override_text(const std::string& address, const Value& value) {
    if (const auto* text = value.get<std::string>())
        return *text;
    if (const auto* exact = value.get<Rational>())
        return exact->text();
    if (const auto number = value.number())
        return Rational::nearest(*number, 15).text();
    throw Error(ErrorKind::usage, "override '" + address + "': a number or its text is due, not a " +
                                      std::string(value.type_name()));
}

}  // namespace

LoadedCase load_case(std::string text, std::string file_name) {
    return load_case(read_case(std::move(text), std::move(file_name)));
}

LoadedCase load_case(CaseFile file) {
    LoadedCase loaded{std::move(file), {}, {}};
    loaded.subject = loaded.file.value;
    return loaded;
}

bool is_case_name(const Value& subject) {
    const auto* text = subject.get<std::string>();
    return text != nullptr && text->find('\n') == std::string::npos && !text->starts_with('{');
}

LoadedCase load_inline_case(const Value& subject) {
    const auto* text = subject.get<std::string>();
    return load_case(text != nullptr ? *text : to_json(subject), "case of the request");
}

void override_number(LoadedCase& loaded, std::string_view address, const std::string& text) {
    const std::string pointer = resolve_number(loaded.subject, address);
    set_number(loaded.subject, pointer, parse_number_text(text));
    record(loaded, pointer, text);
}

void override_numbers(LoadedCase& loaded, const Named<Value>& overrides) {
    for (const auto& [address, value] : overrides)
        override_number(loaded, address, override_text(address, value));
}

std::string apply_pools(LoadedCase& loaded, const evidence::PoolOptions& judgements,
                        std::string_view summary) {
    const evidence::PooledCase pooled = evidence::pool_spreads(loaded.subject, judgements);
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
           " from judgements of readers and experts (" + std::string(summary) +
           "), pooled with a uniform prior; their centres are the author's.";
}

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

}  // namespace steelyard
