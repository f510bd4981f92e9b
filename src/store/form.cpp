// SPDX-License-Identifier: Apache-2.0
// The form of a panel: headings, and `question:` lines with room for an answer.
#include "inside.hpp"
#include "steelyard/core/error.hpp"
#include "steelyard/model/numbers.hpp"
#include "steelyard/store/panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace steelyard::store {

namespace {

constexpr std::string_view kTitle = "Steelyard panel form 1";

std::string one_line(std::string text) {
    std::ranges::replace_if(text, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return text;
}

// ---- writing ------------------------------------------------------------------------------------

std::vector<std::string> claims_to_ask(const Case& subject, const FormContent& content) {
    std::vector<std::string> known;
    for (const Claim& claim : subject.claims)
        known.push_back(claim.id);
    for (const std::string& id : content.claims) {
        if (std::ranges::find(known, id) == known.end()) {
            throw Error(
                ErrorKind::unknown_name,
                std::vector{Problem{
                    {}, "the case has no such claim", id, join_names(known), nearest_name(id, known)}});
        }
    }
    if (!content.claims.empty())
        return content.claims;
    std::set<std::size_t> used;
    for_each_number(subject, [&](const std::string&, const Number& number) {
        for (const ClaimId id : number.basis.because)
            used.insert(id.index);
    });
    std::vector<std::string> asked;
    for (const std::size_t index : used)
        asked.push_back(subject.claims[index].id);
    return asked;
}

/// "5 up, 2 down, 1 open"
std::string tally(const std::vector<Vote>& votes, std::optional<bool> Vote::* question) {
    int up = 0;
    int down = 0;
    int open = 0;
    for (const Vote& vote : votes)
        ++(!(vote.*question) ? open : *(vote.*question) ? up : down);
    return fmt::format("{} up, {} down, {} open", up, down, open);
}

void write_feedback(const Store& store, const std::string& case_id, const std::string& claim,
                    const std::string& reader, int round, std::string& text) {
    if (round < 2)
        return;
    std::vector<Vote> others;
    std::vector<Vote> own;
    for (Vote& vote : store.visible_votes(case_id, claim, reader)) {
        if (vote.round == round - 1)
            (vote.reader == reader ? own : others).push_back(std::move(vote));
    }
    if (own.empty())
        return;
    const auto said = [](const std::optional<bool>& answer) {
        return !answer ? "open" : *answer ? "up" : "down";
    };
    text += fmt::format("  # Round {}: you said there {}, supports {}.\n", round - 1, said(own[0].there),
                        said(own[0].supports));
    text += fmt::format("  # Others: there {}; supports {}.\n", tally(others, &Vote::there),
                        tally(others, &Vote::supports));
    for (const Vote& vote : others) {
        if (!vote.comment.empty())
            text += "  # \"" + one_line(vote.comment) + "\"\n";
    }
}

void write_claim(const Case& subject, const Claim& claim, const Store& store, const std::string& reader,
                 int round, std::string& text) {
    text += "\nclaim " + claim.id + '\n';
    text += "  # " + one_line(claim.text) + '\n';
    if (claim.source) {
        const Source& source = subject[*claim.source];
        text += "  # Source: " + one_line(source.title.empty() ? source.id : source.title);
        if (claim.at && claim.at->paragraph)
            text += ", paragraph " + std::to_string(*claim.at->paragraph);
        text += '\n';
    }
    std::string numbers;
    for_each_number(subject, [&](const std::string& pointer, const Number& number) {
        for (const ClaimId id : number.basis.because)
            numbers += subject[id].id == claim.id ? ' ' + pointer : "";
    });
    if (!numbers.empty())
        text += "  # Rests on it:" + numbers + '\n';
    write_feedback(store, subject.id, claim.id, reader, round, text);
    text += "  wording: " + wording_of(subject, claim) + '\n';
    text += "  there (up or down):\n  supports (up or down):\n  impact (0 to 4):\n  comment:\n";
}

void write_estimates_so_far(const Store& store, const std::string& case_id, const std::string& about,
                            const std::string& reader, int round, std::string& text) {
    std::string others;
    bool own = false;
    for (const Estimate& estimate : store.estimates(case_id)) {
        if (estimate.about != about || estimate.round != round - 1)
            continue;
        if (estimate.expert == reader) {
            own = true;
            continue;
        }
        others +=
            estimate.probability
                ? fmt::format("  # Round {}: another expert said {}.\n", round - 1, *estimate.probability)
                : fmt::format("  # Round {}: another expert said {}, {}, {}.\n", round - 1, *estimate.low,
                              *estimate.best, *estimate.high);
        if (!estimate.comment.empty())
            others += "  #   \"" + one_line(estimate.comment) + "\"\n";
    }
    if (own)  // first judge, then look
        text += others;
}

// ---- reading ------------------------------------------------------------------------------------

std::string_view trim(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return text;
}

class FormReader {
public:
    FormReader(std::string_view text, std::string file) : file_(std::move(file)) {
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            ++line_;
            read_line(trim(text.substr(0, end)));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        finish_section();
        if (!titled_)
            complain("not a form of a panel", {}, "a first line '# " + std::string(kTitle) + "'");
        for (const auto& [value, name] : {std::pair{&form_.case_id, "case"}, {&form_.reader, "reader"}}) {
            if (value->empty())
                complain("the line '" + std::string(name) + ":' is missing", {}, {});
        }
    }

    FilledForm result() {
        if (!problems_.empty())
            throw Error(ErrorKind::usage, std::move(problems_));
        for (Vote& vote : form_.votes) {
            vote.case_id = form_.case_id;
            vote.reader = form_.reader;
            vote.round = form_.round;
            vote.case_hash = case_hash_;
        }
        for (Estimate& estimate : form_.estimates) {
            estimate.case_id = form_.case_id;
            estimate.expert = form_.reader;
            estimate.round = form_.round;
            estimate.case_hash = case_hash_;
        }
        return std::move(form_);
    }

private:
    enum class Section { heading, claim, number, event };

    void complain(std::string message, std::string_view found, std::string allowed) {
        problems_.push_back(
            {Place{file_, line_, 1, {}}, std::move(message), std::string(found), std::move(allowed), {}});
    }

    void read_line(std::string_view line) {
        if (line.starts_with('#')) {
            titled_ = titled_ || line == "# " + std::string(kTitle);
            return;
        }
        if (line.empty())
            return;
        for (const auto& [word, section] : {std::pair{std::string_view("claim "), Section::claim},
                                            {std::string_view("number "), Section::number},
                                            {std::string_view("event "), Section::event}}) {
            if (line.starts_with(word)) {
                finish_section();
                section_ = section;
                name_ = trim(line.substr(word.size()));
                return;
            }
        }
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) {
            complain("a line without a colon", line, "question: answer");
            return;
        }
        // "there (up or down)" asks for "there"
        std::string_view key = trim(line.substr(0, colon));
        key = trim(key.substr(0, key.find('(')));
        const std::string_view answer = trim(line.substr(colon + 1));
        if (section_ == Section::heading)
            heading(key, answer);
        else if (!answer.empty())
            (section_ == Section::claim) ? vote(key, answer) : estimate(key, answer);
    }

    void heading(std::string_view key, std::string_view answer) {
        if (key == "case")
            form_.case_id = answer;
        else if (key == "case_hash")
            case_hash_ = answer;
        else if (key == "reader")
            form_.reader = answer;
        else if (key == "round")
            form_.round = static_cast<int>(number(key, answer).value_or(0));
        else
            complain("no such line at the top of a form", key, "case, case_hash, reader, round");
    }

    void vote(std::string_view key, std::string_view answer) {
        if (key == "wording")
            vote_.wording = answer;
        else if (key == "there")
            vote_.there = up_or_down(key, answer);
        else if (key == "supports")
            vote_.supports = up_or_down(key, answer);
        else if (key == "comment")
            vote_.comment = answer;
        else if (key == "impact") {
            const auto read = number(key, answer);
            if (read && (*read < 0 || *read > 4 || *read != std::floor(*read)))
                complain("the impact is not valid", answer, "0, 1, 2, 3 or 4");
            else if (read)
                vote_.impact = static_cast<int>(*read);
        } else {
            complain("no such question about a claim", key, "there, supports, impact, comment");
        }
    }

    void estimate(std::string_view key, std::string_view answer) {
        const bool event = section_ == Section::event;
        if (key == "comment")
            estimate_.comment = answer;
        else if (event && key == "chance")
            estimate_.probability = number(key, answer);
        else if (!event && key == "low")
            estimate_.low = number(key, answer);
        else if (!event && key == "best")
            estimate_.best = number(key, answer);
        else if (!event && key == "high")
            estimate_.high = number(key, answer);
        else if (!event && key == "confidence")
            estimate_.confidence = number(key, answer);
        else
            complain("no such question here", key,
                     event ? "chance, comment" : "low, best, high, confidence, comment");
    }

    std::optional<bool> up_or_down(std::string_view key, std::string_view answer) {
        for (const auto& [word, truth] :
             {std::pair{"up", true}, {"yes", true}, {"down", false}, {"no", false}}) {
            if (answer == word)
                return truth;
        }
        complain("the answer to '" + std::string(key) + "' is not valid", answer, "up or down");
        return std::nullopt;
    }

    std::optional<double> number(std::string_view key, std::string_view answer) {
        double read = 0;
        const auto [end, error] = std::from_chars(answer.data(), answer.data() + answer.size(), read);
        if (error == std::errc{} && end == answer.data() + answer.size() && std::isfinite(read))
            return read;
        complain("the answer to '" + std::string(key) + "' is not a number", answer,
                 "a number such as 0.7 or 55");
        return std::nullopt;
    }

    void finish_section() {
        if (section_ == Section::claim) {
            vote_.claim = name_;
            if (vote_.there || vote_.supports || vote_.impact || !vote_.comment.empty())
                form_.votes.push_back(vote_);
        } else if (section_ != Section::heading) {
            estimate_.about = section_ == Section::event ? "event:" + name_ : name_;
            if (estimate_.probability || estimate_.low || estimate_.best || estimate_.high)
                form_.estimates.push_back(estimate_);
            else if (!estimate_.comment.empty() || estimate_.confidence)
                complain("a comment or a confidence without an estimate of '" + name_ + "'", {}, {});
        }
        vote_ = {};
        estimate_ = {};
    }

    std::string file_;
    std::size_t line_ = 0;
    bool titled_ = false;
    Section section_ = Section::heading;
    std::string name_;
    std::string case_hash_;
    Vote vote_;
    Estimate estimate_;
    FilledForm form_;
    std::vector<Problem> problems_;
};

}  // namespace

std::string write_form(const Case& subject, std::string_view case_hash, const Store& store,
                       const std::string& reader, const FormContent& content) {
    check_name("reader", reader);
    const int round = store.round(subject.id);
    std::string text = "# " + std::string(kTitle) + '\n';
    text += "# " + one_line(subject.title.empty() ? subject.id : subject.title) + '\n';
    text +=
        "# Write your answers behind the colons; leave blank what you do not want to answer.\n"
        "# there: is it really there, in context?  supports: does it support the numbers that rest on it?\n"
        "# impact: how much does it matter, from 0 (not at all) to 4 (decisive)?\n"
        "# Nobody sees your answers before giving their own.\n\n";
    text +=
        fmt::format("case: {}\ncase_hash: {}\nround: {}\nreader: {}\n", subject.id, case_hash, round, reader);
    for (const std::string& id : claims_to_ask(subject, content)) {
        const auto claim = std::ranges::find(subject.claims, id, &Claim::id);
        write_claim(subject, *claim, store, reader, round, text);
    }
    for (const std::string& address : content.numbers) {
        const std::string pointer = resolve_number(subject, address);
        text += "\nnumber " + pointer + '\n';
        write_estimates_so_far(store, subject.id, pointer, reader, round, text);
        text +=
            "  low:\n  best:\n  high:\n  confidence (how sure that it lies between, 0.5 to 1):\n  comment:\n";
    }
    for (const std::string& event : content.events) {
        check_name("event", event);
        text += "\nevent " + event + '\n';
        write_estimates_so_far(store, subject.id, "event:" + event, reader, round, text);
        text += "  chance (0 to 1):\n  comment:\n";
    }
    return text;
}

FilledForm read_form(std::string_view text, const std::string& file_name) {
    return FormReader(text, file_name).result();
}

}  // namespace steelyard::store
