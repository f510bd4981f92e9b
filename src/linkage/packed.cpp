// SPDX-License-Identifier: Apache-2.0
#include "packed.hpp"

#include <algorithm>
#include <bit>

namespace steelyard::linkage {

namespace {

void put(Words& words, std::size_t at, bool value) {
    const std::uint64_t bit = std::uint64_t{1} << at % kWordBits;
    words[at / kWordBits] = value ? words[at / kWordBits] | bit : words[at / kWordBits] & ~bit;
}

}  // namespace

Packing::Packing(const Setup& setup_) : setup(setup_) {
    const auto& issues = setup.subject.issues;
    unsigned used = kWordBits;
    for (const Issue& issue : issues) {
        const auto width = static_cast<unsigned>(std::bit_width(issue.options.size()));
        if (used + width > kWordBits) {
            ++words_;
            used = 0;
        }
        fields_.push_back({words_ - 1, used, (std::uint64_t{1} << width) - 1});
        used += width;
    }

    const std::size_t actors = setup.subject.actors.size();
    const std::size_t clauses = setup.clauses.size();
    const std::size_t half_words = (clauses + kWordBits - 1) / kWordBits;
    const std::size_t half_bits = half_words * kWordBits;
    nothing_.alive.assign(2 * half_words, 0);
    nothing_.points.assign(actors, 0);
    rules_.assign(half_words, 0);
    own_.assign(actors, rules_);
    points_.assign(actors, std::vector<std::int64_t>(clauses, 0));
    for (std::size_t c = 0; c < clauses; ++c) {
        const Clause& clause = setup.clauses[c];
        put(nothing_.alive, c, true);
        put(nothing_.alive, half_bits + c, clause.then.has_value());
        put(rules_, c, clause.forbids);
        for (const auto& [actor, value] : clause.points) {
            put(own_[actor], c, true);
            points_[actor][c] += value;
        }
    }
    for (std::size_t i = 0; i < issues.size(); ++i) {
        effects_.emplace_back(issues[i].options.size() + 1, nothing_);
        for (std::size_t o = 0; o < issues[i].options.size(); ++o) {
            for (std::size_t a = 0; a < actors; ++a) {
                effects_[i][o + 1].points[a] = setup.sheet[a].empty() ? 0 : setup.sheet[a][i][o];
            }
        }
    }
    const auto read = [&](const Term& term, std::size_t bit) {
        for (const auto& [issue, allowed] : term.parts) {
            put(effects_[issue][0].alive, bit, false);
            for (std::size_t o = 0; o < allowed.size(); ++o) {
                if (allowed[o] == 0) {
                    put(effects_[issue][o + 1].alive, bit, false);
                }
            }
        }
    };
    for (std::size_t c = 0; c < clauses; ++c) {
        read(setup.clauses[c].when, c);
        if (setup.clauses[c].then) {
            read(*setup.clauses[c].then, half_bits + c);
        }
    }
}

Words Packing::pack(const Assignment& deal) const {
    Words packed(words_, 0);
    for (std::size_t i = 0; i < deal.size(); ++i) {
        packed[fields_[i].word] |= static_cast<std::uint64_t>(deal[i] + 1) << fields_[i].shift;
    }
    return packed;
}

Assignment Packing::unpack(const Words& deal) const {
    Assignment options(fields_.size());
    for (std::size_t i = 0; i < options.size(); ++i) {
        options[i] = option(deal, i);
    }
    return options;
}

Words Packing::mask(const std::vector<std::size_t>& issues) const {
    Words words(words_, 0);
    for (const std::size_t issue : issues) {
        words[fields_[issue].word] |= fields_[issue].mask << fields_[issue].shift;
    }
    return words;
}

Words Packing::clause_mask(const std::vector<std::size_t>& clauses) const {
    Words words(2 * half(), 0);
    for (const std::size_t c : clauses) {
        put(words, c, true);
        put(words, half() * kWordBits + c, true);
    }
    return words;
}

void Packing::add(Effect& effect, const Words& deal, std::size_t issue) const {
    narrow(effect.alive, deal, issue);
    const auto& points = effects_[issue][value(deal, issue)].points;
    for (std::size_t a = 0; a < points.size(); ++a) {
        effect.points[a] += points[a];
    }
}

void Packing::narrow(Words& alive, const Words& deal, std::size_t issue) const {
    const Words& left = effects_[issue][value(deal, issue)].alive;
    for (std::size_t w = 0; w < left.size(); ++w) {
        alive[w] &= left[w];
    }
}

bool Packing::breaks(const Words& alive) const {
    for (std::size_t w = 0; w < half(); ++w) {
        if ((alive[w] & ~alive[half() + w] & rules_[w]) != 0) {
            return true;
        }
    }
    return false;
}

std::int64_t Packing::clause_points(std::size_t actor, const Words& alive, const Words& also) const {
    std::int64_t sum = 0;
    for (std::size_t w = 0; w < half(); ++w) {
        for (std::uint64_t met = alive[w] & also[w] & own_[actor][w]; met != 0; met &= met - 1) {
            sum += points_[actor][w * kWordBits + static_cast<std::size_t>(std::countr_zero(met))];
        }
    }
    return sum;
}

}  // namespace steelyard::linkage
