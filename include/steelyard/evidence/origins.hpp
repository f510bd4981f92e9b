// SPDX-License-Identifier: Apache-2.0
#pragma once
/// Do several sources tell the same story in the same words?  Then they may be one witness.

#include "steelyard/core/context.hpp"
#include "steelyard/core/described.hpp"
#include "steelyard/model/case.hpp"

#include <string>
#include <tuple>
#include <vector>

namespace steelyard::evidence {

struct OriginsOptions {
    Named<Document> texts;
    int words = 8;
    double share = 10;

    static constexpr auto fields() {
        return std::tuple{
            field("texts", &OriginsOptions::texts,
                  "The text each source was read from: source id and UTF-8 text."),
            field("words", &OriginsOptions::words, "Words in a row that count as the same passage.", "words",
                  {3, 50}),
            field("share", &OriginsOptions::share,
                  "Report pairs that share at least this much of the shorter text.", "%", {0, 100}),
        };
    }
};

/// Two sources that share passages.
struct SharedText {
    std::string first;
    std::string second;
    double share = 0;
    int passages = 0;
    std::string passage;
    bool stated = false;
    std::vector<std::string> numbers;

    static constexpr auto fields() {
        return std::tuple{
            field("first", &SharedText::first, "One source."),
            field("second", &SharedText::second, "The other."),
            field("share", &SharedText::share, "Part of the shorter text that stands in the other.", "%"),
            field("passages", &SharedText::passages, "Runs of that many words that both have."),
            field("passage", &SharedText::passage, "The longest passage they share, in plain words."),
            field("stated", &SharedText::stated, "Whether the case already gives them one origin."),
            field("numbers", &SharedText::numbers,
                  "Numbers that would rest on a single origin if the two were one."),
        };
    }
};

struct OriginsResult {
    int texts = 0;
    std::vector<SharedText> pairs;
    std::vector<std::string> unread;

    static constexpr auto fields() {
        return std::tuple{
            field("texts", &OriginsResult::texts, "Texts that were compared."),
            field("pairs", &OriginsResult::pairs, "Pairs that share passages, the closest first."),
            field("unread", &OriginsResult::unread, "Sources whose text was not given."),
        };
    }
};

/// The words of a text: runs of letters and digits, Latin capitals made small.
std::vector<std::string> plain_words(std::string_view text);

/// Compares every pair of texts by the runs of words they share (Broder 1997, "On the resemblance and
/// containment of documents": containment of w-shingles).  It suggests; whether two reports have
/// one origin is the author's to say, in `origin`.  Time and memory grow with the words of the texts and
/// with pairs of texts.  Throws `Error`: unknown_name (a source the case does not have), cancelled.
OriginsResult origins(const Case& subject, const OriginsOptions& options, const Context& context);

}  // namespace steelyard::evidence
