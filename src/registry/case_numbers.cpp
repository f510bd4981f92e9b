// SPDX-License-Identifier: Apache-2.0
#include "steelyard/registry/case_numbers.hpp"

#include "steelyard/evidence/pooled_spreads.hpp"
#include "steelyard/model/numbers.hpp"
#include "steelyard/model/validate.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace steelyard {

namespace {

std::vector<std::string> parts_of(const std::string& pointer) {
    std::vector<std::string> parts;
    for (std::size_t begin = 1; begin <= pointer.size();) {
        const std::size_t end = std::min(pointer.find('/', begin), pointer.size());
        parts.push_back(pointer.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

/// Fills in what the place of a number says of it.
void place(const std::vector<std::string>& at, CaseNumber& number) {
    const std::string& section = at.front();
    if (section == "actors") {
        number.kind = NumberKind::capability;
        number.actor = at[1];
    } else if (section == "preferences") {
        number.actor = at[1];
        if (at[2] == "no_deal")
            number.kind = NumberKind::no_deal;
        else
            number.issue = at[3];
        if (at[2] == "weights")
            number.kind = NumberKind::weight;
        if (at[2] == "positions")
            number.kind = at[4] == "position" ? NumberKind::position : NumberKind::salience;
        if (at[2] == "points" || at[2] == "values") {
            number.kind = at[2] == "points" ? NumberKind::points : NumberKind::value;
            number.option = at[4];
        }
    } else {
        number.actor = section == "conflict" ? at[2] : at.back();
        number.kind = section == "bundles"       ? NumberKind::bundle
                      : section == "obligations" ? NumberKind::obligation
                      : section == "tables"      ? NumberKind::power
                      : section == "conflict"    ? NumberKind::conflict
                                                 : NumberKind::other;
    }
    using enum NumberKind;
    const NumberKind kind = number.kind;
    number.unit = kind == points || kind == no_deal || kind == bundle || kind == obligation ? "points" : "";
}

std::string text_of(const LoadedCase& loaded, const std::string& pointer, const Number& number) {
    for (const auto& [at, text] : loaded.overrides) {
        if (at == pointer)
            return text;
    }
    const auto span = loaded.file.spans.find(pointer);
    return span == loaded.file.spans.end()
               ? evidence::number_text(number)
               : loaded.file.text.substr(span->second.begin, span->second.end - span->second.begin);
}

using Numbers = std::map<std::string, std::string, std::less<>>;

Numbers texts_of(const Case& subject) {
    Numbers texts;
    for_each_number(subject, [&](const std::string& pointer, const Number& number) {
        texts.emplace(pointer, evidence::number_text(number));
    });
    return texts;
}

/// Compares two trees, apart from numbers that differ.
class Comparison {
public:
    Comparison(const Numbers& a, const Numbers& b) : a_(a), b_(b) {}

    void compare(const std::string& pointer, const Value& a, const Value& b) {
        if (a == b || is_other_number(pointer))
            return;
        const auto* map_a = a.get<Value::Map>();
        const auto* map_b = b.get<Value::Map>();
        if (map_a != nullptr && map_b != nullptr) {
            compare_maps(pointer, *map_a, *map_b);
            return;
        }
        const auto* list_a = a.get<Value::List>();
        const auto* list_b = b.get<Value::List>();
        if (list_a != nullptr && list_b != nullptr && list_a->size() == list_b->size()) {
            for (std::size_t i = 0; i < list_a->size(); ++i)
                compare(pointer + '/' + std::to_string(i), (*list_a)[i], (*list_b)[i]);
            return;
        }
        found.push_back({pointer, a, b});
    }

    std::vector<OtherDifference> found;

private:
    [[nodiscard]] bool is_other_number(const std::string& pointer) const {
        const auto a = a_.find(pointer);
        const auto b = b_.find(pointer);
        if (a == a_.end() && b == b_.end())
            return false;
        return a == a_.end() || b == b_.end() || a->second != b->second;
    }

    void compare_maps(const std::string& pointer, const Value::Map& a, const Value::Map& b) {
        std::map<std::string_view, const Value*> others;
        for (const auto& [name, value] : b)
            others.emplace(name, &value);
        for (const auto& [name, value] : a) {
            const auto other = others.find(name);
            compare(pointer + '/' + name, value, other == others.end() ? Value() : *other->second);
            if (other != others.end())
                others.erase(other);
        }
        for (const auto& [name, value] : b) {
            if (others.contains(name))
                compare(pointer + '/' + name, Value(), value);
        }
    }

    const Numbers& a_;
    const Numbers& b_;
};

}  // namespace

std::vector<CaseNumber> case_numbers(const LoadedCase& loaded) {
    std::vector<CaseNumber> numbers;
    const auto addresses = number_addresses(loaded.subject);
    auto address = addresses.begin();
    for_each_number(loaded.subject, [&](const std::string& pointer, const Number& number) {
        CaseNumber row;
        row.pointer = pointer;
        row.address = (address++)->second;
        row.text = text_of(loaded, pointer, number);
        row.value = number.best().to_double();
        std::tie(row.low, row.high) = number.range();
        const Bounds bounds = number_bounds(pointer);
        row.bounds = {bounds.low, bounds.high};
        for (const ClaimId claim : number.basis.because)
            row.because.push_back(loaded.subject[claim].id);
        row.assumption = number.basis.assumption;
        const Place at = loaded.file.place(pointer);
        row.line = static_cast<std::int64_t>(at.line);
        row.column = static_cast<std::int64_t>(at.column);
        place(parts_of(pointer), row);
        numbers.push_back(std::move(row));
    });
    return numbers;
}

CaseDifference difference(const Case& a, const Case& b) {
    const Numbers in_a = texts_of(a);
    const Numbers in_b = texts_of(b);
    CaseDifference result;
    std::set<std::string, std::less<>> seen;
    const auto visit = [&](const Case& subject) {
        for (const auto& [pointer, address] : number_addresses(subject)) {
            const auto left = in_a.find(pointer);
            const auto right = in_b.find(pointer);
            const bool same = left != in_a.end() && right != in_b.end() && left->second == right->second;
            if (same || !seen.insert(pointer).second)
                continue;
            const auto text = [](const Numbers& from, const auto& at) {
                return at == from.end() ? std::nullopt : std::optional(at->second);
            };
            result.numbers.push_back({address, pointer, text(in_a, left), text(in_b, right)});
        }
    };
    visit(a);
    visit(b);
    Comparison rest(in_a, in_b);
    rest.compare("", case_to_tree(a), case_to_tree(b));
    result.rest = std::move(rest.found);
    return result;
}

}  // namespace steelyard
