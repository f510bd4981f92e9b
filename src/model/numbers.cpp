// SPDX-License-Identifier: Apache-2.0
#include "steelyard/model/numbers.hpp"

#include "steelyard/core/error.hpp"
#include "steelyard/model/validate.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <set>

namespace steelyard {

namespace {

/// `rows[issue][option]` below `base`, for a sheet of points or of values.
template <class Rows, class Visit>
void visit_sheet(const Case& subject, const std::string& base, Rows& rows, const Visit& visit) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Issue& issue = subject.issues[i];
        for (std::size_t o = 0; o < rows[i].size(); ++o) {
            visit(base + '/' + issue.id + '/' + issue.options[o].id, rows[i][o]);
        }
    }
}

/// One preference; `visit` also gets the issue (none for the no-deal value).
template <class P, class Visit>
void visit_preference(const Case& subject, P& preference, const Visit& visit) {
    const std::string base = "/preferences/" + subject[preference.actor].id;
    if (preference.no_deal) {
        visit(base + "/no_deal", *preference.no_deal);
    }
    std::visit(
        [&](auto& form) {
            if constexpr (requires { form.points; }) {
                visit_sheet(subject, base + "/points", form.points, visit);
            } else if constexpr (requires { form.weights; }) {
                for (std::size_t i = 0; i < form.weights.size(); ++i) {
                    if (form.weights[i]) {
                        visit(base + "/weights/" + subject.issues[i].id, *form.weights[i]);
                    }
                }
                visit_sheet(subject, base + "/values", form.values, visit);
            } else {
                for (std::size_t i = 0; i < form.stances.size(); ++i) {
                    if (form.stances[i]) {
                        const std::string at = base + "/positions/" + subject.issues[i].id;
                        visit(at + "/position", form.stances[i]->position);
                        visit(at + "/salience", form.stances[i]->salience);
                    }
                }
            }
        },
        preference.form);
}

/// Amounts by actor, as bundles, obligations and tables hold them.
template <class Amounts, class Visit>
void visit_amounts(const Case& subject, const std::string& base, Amounts& amounts, const Visit& visit) {
    for (auto& [actor, number] : amounts) {
        visit(base + '/' + subject[actor].id, number);
    }
}

template <class C, class Visit>
void visit_all(C& subject, const Visit& visit) {
    for (auto& actor : subject.actors) {
        if (actor.capability) {
            visit("/actors/" + actor.id + "/capability", *actor.capability);
        }
    }
    for (auto& preference : subject.preferences) {
        visit_preference(subject, preference, visit);
    }
    for (std::size_t i = 0; i < subject.bundles.size(); ++i) {
        visit_amounts(subject, "/bundles/" + std::to_string(i) + "/points", subject.bundles[i].points, visit);
    }
    for (std::size_t i = 0; i < subject.obligations.size(); ++i) {
        visit_amounts(subject, "/obligations/" + std::to_string(i) + "/cost", subject.obligations[i].cost,
                      visit);
    }
    for (auto& table : subject.tables) {
        visit_amounts(subject, "/tables/" + table.id + "/power", table.power, visit);
    }
    if (!subject.conflict) {
        return;
    }
    for (auto& preference : subject.conflict->preferences) {
        if (auto* form = std::get_if<MovePoints>(&preference.form)) {
            const std::string base = "/conflict/preferences/" + subject[preference.actor].id +
                                     (form->added_to_deal ? "/points/" : "/weights/");
            for (auto& [move, number] : form->points) {
                visit(base + subject.conflict->moves[move.index].id, number);
            }
        }
    }
}

/// The entry that covers a number at `pointer`, if the number may inherit: the issue's own before `all`.
const SheetBasis* covering(const Case& subject, const Preference& preference, const std::string& pointer) {
    const SheetBasis* found = nullptr;
    for (const SheetBasis& entry : preference.basis) {
        if (!entry.issue) {
            found = found == nullptr ? &entry : found;
        } else if (pointer.find('/' + subject[*entry.issue].id + '/', 1) != std::string::npos ||
                   pointer.ends_with('/' + subject[*entry.issue].id)) {
            return &entry;
        }
    }
    return found;
}

/// Gives a number that states nothing but its value the spread and claims of its `basis` entry.
void inherit(const Case& subject, const Preference& preference, const std::string& pointer, Number& number) {
    const auto* exact = std::get_if<Exact>(&number.distribution);
    if (exact == nullptr || number.basis != Basis{} || pointer.ends_with("/no_deal")) {
        return;
    }
    const SheetBasis* entry = covering(subject, preference, pointer);
    if (entry == nullptr) {
        return;
    }
    if (entry->spread) {
        number.distribution = Spread{exact->value, *entry->spread};
    }
    number.basis = entry->basis;
    number.inherited = true;
}

std::vector<std::string> split(std::string_view address) {
    std::vector<std::string> parts;
    const char separator = address.starts_with('/') ? '/' : '.';
    if (separator == '/') {
        address.remove_prefix(1);
    }
    for (;;) {
        const std::size_t end = address.find(separator);
        parts.emplace_back(address.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        address.remove_prefix(end + 1);
    }
}

/// The pointers that the parts of a short address may mean, likeliest first.
std::vector<std::string> meanings(const std::vector<std::string>& parts) {
    std::string whole;
    for (const std::string& part : parts) {
        whole += '/' + part;
    }
    std::vector<std::string> pointers{whole};
    if (parts.size() == 3) {
        const std::string base = "/preferences/" + parts[2];
        const std::string place = '/' + parts[0] + '/' + parts[1];
        pointers.push_back(base + "/points" + place);
        pointers.push_back(base + "/values" + place);
        pointers.push_back(base + "/positions" + place);
        if (parts[1] == "weight") {
            pointers.push_back(base + "/weights/" + parts[0]);
        }
    } else if (parts.size() == 2) {
        pointers.push_back("/preferences/" + parts[1] + '/' + parts[0]);
        pointers.push_back("/actors/" + parts[1] + '/' + parts[0]);
    }
    return pointers;
}

/// The short form of a pointer, whether or not it leads back; empty where there is none.
std::string short_form(const std::string& pointer) {
    const std::vector<std::string> at = split(pointer);
    if (at.size() == 3 && at[0] == "actors")
        return at[2] + '.' + at[1];
    if (at.size() == 3 && at[0] == "preferences")
        return at[2] + '.' + at[1];
    if (at.size() == 4 && at[0] == "preferences" && at[2] == "weights")
        return at[3] + ".weight." + at[1];
    if (at.size() == 5 && at[0] == "preferences")
        return at[3] + '.' + at[4] + '.' + at[1];
    std::string dotted;
    for (const std::string& part : at)
        dotted += (dotted.empty() ? "" : ".") + part;
    return dotted;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> number_addresses(const Case& subject) {
    std::vector<std::pair<std::string, std::string>> addresses;
    std::set<std::string, std::less<>> known;
    for_each_number(subject, [&](const std::string& pointer, const Number&) {
        addresses.emplace_back(pointer, short_form(pointer));
        known.insert(pointer);
    });
    for (auto& [pointer, address] : addresses) {
        const std::vector<std::string> wanted = meanings(split(address));
        const auto first =
            std::ranges::find_if(wanted, [&](const std::string& each) { return known.contains(each); });
        if (first == wanted.end() || *first != pointer)
            address = pointer;
    }
    return addresses;
}

void for_each_number(const Case& subject,
                     const std::function<void(const std::string& pointer, const Number&)>& visit) {
    visit_all(subject, visit);
}

void for_each_number(Case& subject, const std::function<void(const std::string& pointer, Number&)>& visit) {
    visit_all(subject, visit);
}

void apply_sheet_basis(Case& subject) {
    for (Preference& preference : subject.preferences) {
        visit_preference(subject, preference, [&](const std::string& pointer, Number& number) {
            inherit(subject, preference, pointer, number);
        });
    }
}

std::string resolve_number(const Case& subject, std::string_view address) {
    const std::vector<std::string> wanted = meanings(split(address));
    std::vector<std::string> known;
    std::size_t best = wanted.size();
    for_each_number(subject, [&](const std::string& pointer, const Number&) {
        const auto found = std::ranges::find(wanted, pointer);
        best = std::min(best, static_cast<std::size_t>(found - wanted.begin()));
        known.push_back(pointer);
    });
    if (best < wanted.size()) {
        return wanted[best];
    }
    std::string nearest;
    for (const std::string& pointer : wanted) {
        nearest = nearest.empty() ? nearest_name(pointer, known) : nearest;
    }
    throw Error(ErrorKind::unknown_name,
                std::vector{Problem{
                    {},
                    "no number of the case stands at this address",
                    std::string(address),
                    "issue.option.actor, issue.position.actor, issue.salience.actor, issue.weight.actor, "
                    "no_deal.actor, capability.actor, or the path in the file with dots",
                    nearest}});
}

void set_number(Case& subject, std::string_view address, const Number& number) {
    const std::string pointer = resolve_number(subject, address);
    for_each_number(subject, [&](const std::string& at, Number& target) {
        if (at == pointer) {
            target = number;
        }
    });
    apply_sheet_basis(subject);
    if (auto problems = defects(subject); !problems.empty()) {
        throw Error(ErrorKind::invalid_case, std::move(problems));
    }
}

}  // namespace steelyard
