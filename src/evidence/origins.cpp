// SPDX-License-Identifier: Apache-2.0
#include "steelyard/evidence/origins.hpp"

#include "basis.hpp"
#include "sources.hpp"
#include "steelyard/model/numbers.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace steelyard::evidence {

namespace {

using Words = std::vector<std::string>;

struct Text {
    std::string source;
    Words words;
    std::unordered_map<std::string, std::size_t> shingles;  ///< the words of a run, and where it stands first
};

std::string joined(const Words& words, std::size_t begin, std::size_t count) {
    std::string text;
    for (std::size_t i = begin; i < begin + count; ++i)
        text += (text.empty() ? "" : " ") + words[i];
    return text;
}

Text read(const std::string& source, const std::string& text, std::size_t run) {
    Text made{source, plain_words(text), {}};
    for (std::size_t i = 0; i + run <= made.words.size(); ++i)
        made.shingles.emplace(joined(made.words, i, run), i);
    return made;
}

/// How many words agree from these places on.
std::size_t agreement(const Words& a, std::size_t i, const Words& b, std::size_t j) {
    std::size_t count = 0;
    while (i + count < a.size() && j + count < b.size() && a[i + count] == b[j + count])
        ++count;
    return count;
}

SharedText compare(const Text& a, const Text& b) {
    const bool a_shorter = a.shingles.size() <= b.shingles.size();
    const Text& shorter = a_shorter ? a : b;
    const Text& longer = a_shorter ? b : a;
    SharedText shared;
    shared.first = a.source;
    shared.second = b.source;
    if (shorter.shingles.empty())
        return shared;
    std::size_t length = 0;
    std::size_t start = shorter.words.size();
    for (const auto& [words, at] : shorter.shingles) {
        const auto other = longer.shingles.find(words);
        if (other == longer.shingles.end())
            continue;
        ++shared.passages;
        const std::size_t count = agreement(shorter.words, at, longer.words, other->second);
        if (count > length || (count == length && at < start)) {
            length = count;
            start = at;
        }
    }
    shared.share = 100.0 * shared.passages / static_cast<double>(shorter.shingles.size());
    if (length > 0)
        shared.passage = joined(shorter.words, start, length);
    return shared;
}

std::string origin_of_source(const Source& source) {
    return source.origin.empty() ? source.id : source.origin;
}

/// Numbers that rest on exactly the two origins.
std::vector<std::string> resting_on_both(const Case& subject, const std::string& one,
                                         const std::string& other) {
    std::vector<std::string> found;
    for_each_number(subject, [&](const std::string& pointer, const Number& number) {
        std::set<std::string> origins;
        for (const ClaimId id : basis_of(subject, pointer, number).because)
            origins.insert(origin_of(subject, subject[id]));
        if (one != other && origins == std::set{one, other})
            found.push_back(pointer);
    });
    return found;
}

}  // namespace

std::vector<std::string> plain_words(std::string_view text) {
    Words words;
    std::string word;
    for (const char c : text) {
        const bool capital = c >= 'A' && c <= 'Z';
        const bool part = capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                          static_cast<unsigned char>(c) >= 0x80U;
        if (part)
            word += capital ? static_cast<char>(c - 'A' + 'a') : c;
        else if (!word.empty())
            words.push_back(std::exchange(word, {}));
    }
    if (!word.empty())
        words.push_back(std::move(word));
    return words;
}

OriginsResult origins(const Case& subject, const OriginsOptions& options, const Context& context) {
    OriginsResult result;
    std::vector<Text> texts;
    std::set<std::string> given;
    for (const auto& [id, document] : options.texts) {
        context.check();
        const SourceId source = find_source(subject, id);
        texts.push_back(read(subject[source].id, document.text, static_cast<std::size_t>(options.words)));
        given.insert(id);
    }
    result.texts = static_cast<int>(texts.size());
    for (const Source& source : subject.sources) {
        if (!given.contains(source.id))
            result.unread.push_back(source.id);
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
        for (std::size_t j = i + 1; j < texts.size(); ++j) {
            context.check();
            SharedText shared = compare(texts[i], texts[j]);
            if (shared.passages == 0 || shared.share < options.share)
                continue;
            const std::string one = origin_of_source(subject[find_source(subject, shared.first)]);
            const std::string other = origin_of_source(subject[find_source(subject, shared.second)]);
            shared.stated = one == other;
            shared.numbers = resting_on_both(subject, one, other);
            result.pairs.push_back(std::move(shared));
        }
    }
    std::ranges::stable_sort(result.pairs, std::greater{}, &SharedText::share);
    return result;
}

}  // namespace steelyard::evidence
