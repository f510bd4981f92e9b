// SPDX-License-Identifier: Apache-2.0
#include "judgement_lines.hpp"

#include "steelyard/evidence/pool.hpp"
#include "steelyard/model/numbers.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <sstream>

namespace steelyard::evidence {

std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    std::istringstream stream{std::string(line)};
    for (std::string word; stream >> word;)
        words.push_back(word);
    return words;
}

std::optional<double> number_of(std::string_view word) {
    double number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc{} || end != word.data() + word.size() || !std::isfinite(number))
        return std::nullopt;
    return number;
}

namespace {

using Words = std::vector<std::string>;

/// Reads the options' lines and collects what is wrong with them.
class LineReader {
public:
    LineReader(const Case& subject, const PoolOptions& options) : subject_(subject) {
        for (const Claim& claim : subject.claims)
            claims_.push_back(claim.id);
        each("votes", options.votes, [&](const Words& words) { return vote(words); });
        each("chances", options.chances, [&](const Words& words) { return chance(words); });
        each("estimates", options.estimates, [&](const Words& words) { return estimate(words); });
        for (const auto& [about, truth] : options.truths) {
            place_ = "/truths/" + about;
            judgements_.truths.emplace_back(address(about), truth);
        }
    }

    Judgements result() {
        if (!unknown_.empty() && problems_.empty())
            throw Error(ErrorKind::unknown_name, std::move(unknown_));
        problems_.insert(problems_.end(), unknown_.begin(), unknown_.end());
        if (!problems_.empty())
            throw Error(ErrorKind::invalid_option, std::move(problems_));
        return std::move(judgements_);
    }

private:
    template <class Read>
    void each(std::string_view option, const std::vector<std::string>& lines, const Read& read) {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            place_ = '/' + std::string(option) + '/' + std::to_string(i);
            const std::string allowed = read(words_of(lines[i]));
            if (!allowed.empty())
                problems_.push_back(
                    {Place{{}, 0, 0, place_}, "not a judgement of this kind", lines[i], allowed, {}});
        }
    }

    // Each returns the form that is allowed where the words are of another.

    std::string vote(const Words& words) {
        std::string form = "CLAIM READER up|down|- up|down|- 0..4|- [NUMBER]";
        if (words.size() < 5 || words.size() > 6)
            return form;
        ClaimVote read;
        read.claim = claim(words[0]);
        read.reader = words[1];
        const auto answer = [](const std::string& word, std::optional<bool>& target) {
            if (word == "up" || word == "down")
                target = word == "up";
            return target.has_value() || word == "-";
        };
        const auto impact = number_of(words[4]);
        if (!answer(words[2], read.there) || !answer(words[3], read.supports) ||
            (words[4] != "-" && (!impact || *impact < 0 || *impact > 4 || *impact != std::floor(*impact))))
            return form;
        if (impact && words[4] != "-")
            read.impact = static_cast<int>(*impact);
        if (words.size() == 6)
            read.number = address(words[5]);
        once("vote " + read.claim + ' ' + read.number, read.reader);
        judgements_.votes.push_back(std::move(read));
        return {};
    }

    std::string chance(const Words& words) {
        const auto probability = words.size() == 3 ? number_of(words[2]) : std::nullopt;
        if (!probability || *probability < 0 || *probability > 1)
            return "claim:ID|event:ID EXPERT 0..1";
        if (!words[0].starts_with("claim:") && !words[0].starts_with("event:"))
            return "claim:ID|event:ID EXPERT 0..1";
        if (words[0].starts_with("claim:"))
            claim(words[0].substr(6));
        once("chance " + words[0], words[1]);
        judgements_.chances.push_back({words[0], words[1], *probability});
        return {};
    }

    std::string estimate(const Words& words) {
        std::string form =
            "NUMBER|event:ID EXPERT LOW BEST HIGH [CONFIDENCE], low <= best <= high, low < "
            "high, confidence above 0 and at most 1";
        if (words.size() < 5 || words.size() > 6)
            return form;
        std::vector<double> points;
        for (std::size_t i = 2; i < words.size(); ++i) {
            const auto number = number_of(words[i]);
            if (!number)
                return form;
            points.push_back(*number);
        }
        constexpr double usual = 0.9;
        points.resize(4, usual);
        const bool ordered = points[0] <= points[1] && points[1] <= points[2] && points[0] < points[2];
        if (!ordered || points[3] <= 0 || points[3] > 1)
            return form;
        const std::string about = address(words[0]);
        once("estimate " + about, words[1]);
        judgements_.estimates.push_back({about, words[1], points[0], points[1], points[2], points[3]});
        return {};
    }

    std::string claim(const std::string& id) {
        if (std::ranges::find(claims_, id) == claims_.end()) {
            unknown_.push_back({Place{{}, 0, 0, place_}, "the case has no such claim", id,
                                claims_.empty() ? "the case has no claims" : join_names(claims_),
                                nearest_name(id, claims_)});
        }
        return id;
    }

    std::string address(const std::string& text) {
        if (text.starts_with("event:"))
            return text;
        try {
            return resolve_number(subject_, text);
        } catch (const Error& error) {
            for (Problem problem : error.problems()) {
                problem.place.pointer = place_;
                unknown_.push_back(std::move(problem));
            }
        }
        return text;
    }

    void once(const std::string& what, const std::string& who) {
        if (!said_.insert(what + '\n' + who).second)
            problems_.push_back({Place{{}, 0, 0, place_},
                                 "'" + who + "' answers the same question twice",
                                 {},
                                 "one answer; the latest round counts",
                                 {}});
    }

    const Case& subject_;
    std::vector<std::string> claims_;
    std::string place_;
    std::set<std::string> said_;
    std::vector<Problem> problems_;
    std::vector<Problem> unknown_;
    Judgements judgements_;
};

}  // namespace

Judgements read_judgements(const Case& subject, const PoolOptions& options) {
    return LineReader(subject, options).result();
}

}  // namespace steelyard::evidence
